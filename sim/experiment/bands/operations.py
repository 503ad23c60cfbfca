"""The operations in which it is asked what emerges: from hit-and-miss to consistent, and what is tried in them."""

from typing import Any

from sim.scenario import Scenario

Changes = dict[str, Any]
LOYALTY, CAREERS = "assumptions.customers.loyalty", "assumptions.workforce.careers"
WEEKS = 104
BASE = {"simple": 1.8, "standard": 1.05, "complex": 0.4, "complaint": 0.2}


def settles_more(log_odds: float) -> Changes:
    """A product or a process with which contacts settle more easily."""
    return {"assumptions.resolution.base": {name: base + log_odds for name, base in BASE.items()}}


CAREFUL: Changes = {
    "plan.teamwork.routing_accuracy": 0.95,
    "plan.teamwork.context_kept": 0.95,
    "plan.people.hires_attitude": 0.8,
    "plan.people.training": 1.0,
}
OPERATIONS: dict[str, Changes] = {
    "hit-and-miss": {"plan.staffing.agents": 8, "plan.people.hires_attitude": 0.65},
    "today": {},
    "careful": {"plan.staffing.agents": 11, **CAREFUL},
    "good": {"plan.staffing.agents": 13, **CAREFUL, **settles_more(1.0)},
    "consistent": {
        "plan.staffing.agents": 16,
        "plan.teamwork.routing_accuracy": 1.0,
        "plan.teamwork.context_kept": 1.0,
        "plan.people.hires_attitude": 0.9,
        "plan.people.training": 1.0,
        "plan.chatbot.coverage": 0.0,
        **settles_more(2.5),
    },
}
"""From bad to good; the last two need a product that is easier to serve, which no lever of the plan gives."""

DELIGHT: Changes = {"plan.delight.share": 0.2, "assumptions.customers.quality.delight_fades": 1.0}
"""The programme of the statements: one issue in five, twelve points, as new as on the first day."""
FEARLESS: Changes = {f"{LOYALTY}.risk_aversion": 0.0, f"{LOYALTY}.failure_weight": 0.0}
"""The switch of T04: nobody minds variability, nobody remembers failures."""


def operation(name: str, *more: Changes) -> Scenario:
    """One of the operations with further changes."""
    changes: Changes = {}
    for each in (OPERATIONS[name], *more):
        changes |= each
    return Scenario().changed(changes) if changes else Scenario()
