"""Whole scenarios as Hypothesis makes and shrinks them: every field at its least, at its most or between."""

from typing import Any

from hypothesis import strategies as st

from sim.scenario import BadInput, FieldFacts, Scenario, fields
from sim.scenario.plan import Hours

KEPT = ("assumptions.money", "assumptions.demand", "plan.hours", "plan.promise")
MOST: dict[str, int] = {
    "plan.staffing.agents": 6,
    "plan.staffing.specialists": 3,
    "plan.staffing.short_breaks": 2,
    "plan.empowerment.supervisors": 3,
    "plan.empowerment.hold_limit": 3,
    "plan.outsourcing.agents": 3,
    "assumptions.repeats.most_contacts": 6,
}
"""Whole numbers, and the most of them that a small operation has."""
KINDS: dict[str, tuple[Any, ...]] = {
    "plan.hours": (Hours(), Hours.daily(0, 1440), Hours.daily(600, 601), Hours.daily(1, 1439, days=3)),
    "plan.core_first": (False, True),
    "plan.chatbot.hands_over": (False, True),
    "plan.chatbot.carries_context": (False, True),
    "plan.outsourcing.vendor": ("cost", "quality"),
    "plan.staffing.curve": (None, ((0.5, 1.0, 0.0, 1.0),), ((0.0, 1.0),)),
    "assumptions.demand.issues_per_day": (0.0, 3.0, 30.0, 90.0),
    "assumptions.demand.day_factor_cv": (0.0, 1.0),
    "assumptions.patience.kind": ("exponential", "weibull", "infinite"),
    "assumptions.handling.talk_kind": ("exponential", "lognormal", "fixed"),
    "assumptions.handling.wrap_up_kind": ("exponential", "lognormal", "fixed"),
}


def any_scenario() -> st.SearchStrategy[Scenario]:
    """Few people, few issues, and anything else."""
    numbers = {path: _number(path, facts) for path, facts in fields().items() if _is_number(path, facts)}
    kinds = {path: st.sampled_from(values) for path, values in KINDS.items()}
    changes = st.fixed_dictionaries({}, optional={**numbers, **kinds})
    found: st.SearchStrategy[Any] = changes.map(_scenario).filter(lambda scenario: scenario is not None)
    return found


def _is_number(path: str, facts: FieldFacts) -> bool:
    bounded = facts.low is not None and facts.high is not None
    return bounded and not path.startswith(KEPT) and path not in KINDS


def _number(path: str, facts: FieldFacts) -> st.SearchStrategy[Any]:
    low, high = float(facts.low or 0.0), float(facts.high or 0.0)
    if path in MOST:
        return st.integers(int(low), MOST[path])
    if isinstance(facts.default, bool):
        return st.booleans()
    if isinstance(facts.default, int):
        return st.integers(int(low), int(high))
    return st.sampled_from([low, high]) | st.floats(low, high)


def _scenario(changes: dict[str, Any]) -> Scenario | None:
    try:
        return Scenario().changed({"assumptions.demand.issues_per_day": 12.0, **changes})
    except BadInput:
        return None
