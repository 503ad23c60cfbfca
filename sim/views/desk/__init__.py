"""The facilitator's desk: teams, cards, codes, the clock, results and debrief of a workshop, on one page."""

from sim.views.desk.desk import Desk
from sim.views.desk.opening import as_asked, desk

__all__ = ["Desk", "as_asked", "desk"]
