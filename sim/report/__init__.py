"""A manager's own data: read the interval report of a telephone system."""

from sim.report.read import Report, read

__all__ = ["Report", "read"]
