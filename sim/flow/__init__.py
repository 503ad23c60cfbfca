"""What happens to contacts, in minutes."""

from sim.flow.contract import Outcome, Team, Week
from sim.flow.engine import run_week, weeks

__all__ = ["Outcome", "Team", "Week", "run_week", "weeks"]
