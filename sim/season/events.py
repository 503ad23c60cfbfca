"""What befalls the operation in a week: the scenario as the events in force make it."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sim.scenario import Scenario
from sim.scenario.events import Event
from sim.scenario.types import ISSUE_TYPES

Changes = dict[str, Any]
MOST_GROWTH = 30.0
"""Logarithm of the most that demand grows by; more than anybody could serve."""


def in_force(scenario: Scenario, week: int) -> Scenario:
    """The scenario of one week, counted from the beginning of the plan."""
    now = tuple(event for event in scenario.events if event.in_force(week))
    if not now:
        return scenario
    return _changed(scenario, now, week if any(event.kind == "demand_growth" for event in now) else 0)


def turnover_at_partner(scenario: Scenario, week: int) -> float:
    """Share of the partner's people replaced at the beginning of a week."""
    shares = [
        event.size for event in scenario.events if event.kind == "vendor_turnover" and event.week == week
    ]
    return min(1.0, sum(shares))


@lru_cache(maxsize=256)
def _changed(scenario: Scenario, events: tuple[Event, ...], week: int) -> Scenario:
    for event in events:
        if event.kind in CHANGES:
            scenario = scenario.changed(CHANGES[event.kind](scenario, event, week))
    return scenario


def _surge(scenario: Scenario, event: Event, _: int) -> Changes:
    return {"assumptions.demand.issues_per_day": _more_issues(scenario, 1 + event.size)}


def _growth(scenario: Scenario, event: Event, week: int) -> Changes:
    times = math.exp(min(MOST_GROWTH, math.log1p(event.size) * (week - event.week + 1)))
    return {"assumptions.demand.issues_per_day": _more_issues(scenario, times)}


def _more_issues(scenario: Scenario, times: float) -> float:
    return min(1e6, scenario.assumptions.demand.issues_per_day * times)


def _fault(scenario: Scenario, event: Event, _: int) -> Changes:
    mix = dict(zip(ISSUE_TYPES, scenario.assumptions.demand.mix.row(), strict=True))
    mix["complaint"] += event.size
    total = sum(mix.values())
    return {
        "assumptions.demand.issues_per_day": _more_issues(scenario, 1 + event.size),
        "assumptions.demand.mix": {name: share / total for name, share in mix.items()},
    }


def _sickness(scenario: Scenario, event: Event, _: int) -> Changes:
    return {"assumptions.handling.absence": min(1.0, scenario.assumptions.handling.absence + event.size)}


def _cut(scenario: Scenario, event: Event, _: int) -> Changes:
    agents = scenario.plan.staffing.agents
    if not agents:
        return {}
    return {"plan.staffing.agents": max(1, agents - max(1, round(agents * min(1.0, event.size))))}


def _bot_breaks(scenario: Scenario, event: Event, _: int) -> Changes:
    settles = scenario.assumptions.bot.settles.row()
    left = {name: share * max(0.0, 1 - event.size) for name, share in zip(ISSUE_TYPES, settles, strict=True)}
    return {"assumptions.bot.settles": left}


def _abuse(scenario: Scenario, event: Event, _: int) -> Changes:
    path = "assumptions.workforce.exhaustion.abuse_share"
    return {path: min(1.0, scenario.value(path) * (1 + event.size))}


def _competitor(scenario: Scenario, event: Event, _: int) -> Changes:
    path = "assumptions.customers.loyalty.barrier"
    return {path: scenario.value(path) * max(0.0, 1 - event.size)}


def _promises_more(scenario: Scenario, event: Event, _: int) -> Changes:
    path = "assumptions.customers.expectation.promise"
    return {path: min(100.0, scenario.value(path) + event.size)}


CHANGES: dict[str, Callable[[Scenario, Event, int], Changes]] = {
    "surge": _surge,
    "demand_growth": _growth,
    "product_fault": _fault,
    "sickness": _sickness,
    "budget_cut": _cut,
    "bot_breaks": _bot_breaks,
    "abusive_week": _abuse,
    "competitor_opens": _competitor,
    "bigger_promise": _promises_more,
}
"""What each kind of event changes; turnover at the partner changes people instead."""
