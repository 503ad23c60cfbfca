"""What happens to contacts, in minutes."""

from sim.flow.choice import ENGINES, GETTING_READY, Engine, prepare
from sim.flow.contract import Outcome, Team, Week
from sim.flow.engine import run_week, weeks

__all__ = ["ENGINES", "GETTING_READY", "Engine", "Outcome", "Team", "Week", "prepare", "run_week", "weeks"]
