"""Measures as people read them: which belong together, their units, and numbers with as many decimals as they bear."""

from math import inf, isfinite
from types import MappingProxyType
from typing import Final

from sim.experiment import Estimate
from sim.measures import MEASURES, Measure
from sim.views import formats

SHORT: Final = MappingProxyType(
    {
        "Customers": (
            "promise_kept",
            "answered_in_promise",
            "service_level",
            "wait_mean",
            "speed_of_answer",
            "wait_p90",
            "abandonment_rate",
            "first_contact_resolution",
            "unresolved",
            "contacts_per_issue",
            "worst_tenth_minutes",
            "day_sd",
            "team_gap",
            "days_at_bar",
        ),
        "People": (
            "offered",
            "handle_time",
            "occupancy",
            "overtime_minutes",
            "transfer_rate",
            "approval_rate",
        ),
        "Money": ("cost_per_contact", "cost_per_resolved_issue", "cost_week"),
    }
)
"""What is shown unless all is asked for, in the order customers, people, money."""

REST: Final = MappingProxyType(
    {
        "Customers": (
            "kept_answered",
            "kept_contacts",
            "kept_story",
            "kept_decision",
            "settled",
            "service_level_of_answered",
            "service_level_of_offered",
            "service_level_short_excluded",
            "wait_p50",
            "wait_p95",
            "longest_wait",
            "waited",
            "turned_away_rate",
            "containment_apparent",
            "containment_true",
            "group_gap",
            "hour_gap",
        ),
        "People": (
            "hold_rate",
            "decision_minutes",
            "issues",
            "contacts",
            "answered",
            "abandoned",
            "in_target",
        ),
        "Money": ("goodwill_week",),
    }
)

SPREADS: Final = frozenset({"day_sd", "team_gap", "group_gap", "hour_gap"})
"""Differences between shares: told in points."""

PER_ISSUE: Final = "contacts_per_issue"


def groups(*, everything: bool) -> dict[str, tuple[Measure, ...]]:
    """The measures to show, by group; everything means all there are."""
    return {
        title: tuple(MEASURES[name] for name in (*names, *(REST[title] if everything else ())))
        for title, names in SHORT.items()
    }


def scale(measure: Measure) -> float:
    """What a value is multiplied by to be shown: shares are shown of 100."""
    return 100.0 if measure.kind == "share" else 1.0


def unit(measure: Measure) -> str:
    """The unit a value is shown in."""
    if measure.kind == "share":
        return "points" if measure.name in SPREADS else "of 100"
    if measure.name == PER_ISSUE:
        return "an issue"
    return measure.unit


def decimals(measure: Measure, *values: float) -> int:
    """Decimals that suit all of these values of a measure."""
    if measure.kind == "share":
        return 1
    if measure.kind == "dollars":
        return formats.decimals_for(*values)
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    few = measure.kind == "minutes" or measure.name == PER_ISSUE
    return (2 if largest < 100 else 1 if largest < 1000 else 0) if few else 0


def shown(measure: Measure, value: float, places: int) -> str:
    """A value in the unit of its measure; what grows for ever is said so."""
    if value == inf:
        return "grows"
    return formats.number(scale(measure) * value, places)


def mean(measure: Measure, found: Estimate) -> str:
    """The mean of an estimate: 63.1."""
    return shown(measure, found.mean, decimals(measure, found.mean))


def interval(measure: Measure, found: Estimate) -> str:
    """The interval of an estimate, as far as the measure can go: 61.0 to 65.2."""
    if not formats.has_interval(found):
        return formats.NONE
    most = 1.0 if measure.kind == "share" else inf
    places = decimals(measure, found.mean)
    return " to ".join(shown(measure, min(max(end, 0.0), most), places) for end in (found.low, found.high))


def with_half_width(measure: Measure, found: Estimate) -> str:
    """The mean and half-width of an estimate: 63.1 ±2.1."""
    return formats.with_half_width(found, scale(measure), decimals(measure, found.mean))


def difference(measure: Measure, found: Estimate, places: int) -> str:
    """A difference with its sign and half-width: −9.2 ±1.1."""
    change = formats.signed(scale(measure) * found.mean, places)
    return f"{change} {formats.plus_minus(found, scale(measure), places)}".strip()


def amount(measure: Measure, found: Estimate) -> str:
    """How large a difference is, whichever way it goes: 9.2 ±1.1."""
    places = decimals(measure, found.mean)
    change = formats.number(abs(scale(measure) * found.mean), places)
    return f"{change} {formats.plus_minus(found, scale(measure), places)}".strip()
