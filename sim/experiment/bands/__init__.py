"""What must emerge from months of service, and whether it does: T01 to T22, each with its band and its interval."""

from sim.experiment.bands.band import Band
from sim.experiment.bands.run import check_season

__all__ = ["Band", "check_season"]
