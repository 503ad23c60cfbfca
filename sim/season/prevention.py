"""Causes taken away: fewer issues come (E24)."""

from sim.scenario.assumptions import Demand
from sim.scenario.policy import Prevention
from sim.season.contract import WEEKS_PER_MONTH


def causes_after(causes: float, plan: Prevention, world: Demand) -> float:
    """The share of preventable causes left a week later: d phi / dt = - phi * pi."""
    rate = world.prevention_rate * plan.effort * plan.feedback
    return float(causes * (1 - rate) ** (1 / WEEKS_PER_MONTH))


def issues_left(causes: float, world: Demand) -> float:
    """Issues as a share of those there would be with all causes."""
    return 1 - world.preventable * (1 - causes)
