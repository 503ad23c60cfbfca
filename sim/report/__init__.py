"""A manager's own data: from the interval report of a telephone system to a scenario."""

from sim.report.calibration import Row
from sim.report.importing import Imported, import_report, try_on
from sim.report.read import Report, read

__all__ = ["Imported", "Report", "Row", "import_report", "read", "try_on"]
