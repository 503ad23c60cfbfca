"""Demand + luck -> one new issue: when it arrives, whose it is and what it needs; plain functions, as in `fate`."""

import math
from typing import Any, NamedTuple

from sim.flow.contract import TICK, Floats, Words
from sim.flow.counter import counted, exponential, normal, uniform
from sim.flow.fate import lateness

STREAMS = ("count", "day", "minute", "type", "customer", "needs", "worth")
"""The streams of an issue's luck; one question each."""
COUNT, DAY, MINUTE, TYPE, CUSTOMER, NEEDS, WORTH = range(len(STREAMS))


class Demand(NamedTuple):
    """What the plan and the week make of demand.

    `days`: the share of the week's issues that has come by the end of each open day; `shares` and `minutes`: how each
    day's come, a row a day; `types`: shares of the types, added up; `needs`: the share that needs an exception, `worth`
    and `worth_ln_sd` the median and the spread of its dollars; `luck`: where the streams begin.
    """

    opens: Floats
    closes: Floats
    days: Floats
    shares: Floats
    minutes: Floats
    types: Floats
    customers: float
    core_share: float
    core_first: bool
    needs: float
    worth: float
    worth_ln_sd: float
    luck: Words


def count(expected: float, start: int) -> int:
    """How many come where so many are expected: the points of a unit Poisson process below it (E1)."""
    come, point = -1, 0.0
    while point < expected:
        come += 1
        point += exponential(uniform(start, counted(come)))
    return max(come, 0)


def bring(issues: Any, demand: Demand, week: int) -> None:
    """Write every new issue of a week, row by row of its luck; `issues` has rows of `ISSUE`, all zero at first."""
    for row in range(len(issues)):
        issues[row].week, issues[row].row = week, row
        when(issues[row], demand, counted(row))
        who(issues[row], demand, counted(row))


def when(issue: Any, demand: Demand, steps: int) -> None:
    """In opening hours: the day in proportion to its expected issues, the minute by its profile."""
    day = place(demand.days, uniform(demand.luck[DAY], steps))
    profile = demand.shares[day], demand.minutes[day]
    late = lateness(profile, uniform(demand.luck[MINUTE], steps))
    issue.arrives = min(demand.opens[day] + late, demand.closes[day] - TICK)


def who(issue: Any, demand: Demand, steps: int) -> None:
    """Type, customer, priority, and the worth of the exception the issue needs (0: none)."""
    luck = demand.luck
    issue.kind = place(demand.types, uniform(luck[TYPE], steps))
    customer = uniform(luck[CUSTOMER], steps)
    issue.customer = int(customer * demand.customers)
    issue.core = customer < demand.core_share
    issue.priority = 1 if demand.core_first and not issue.core else 0
    if uniform(luck[NEEDS], steps) < demand.needs:
        issue.needs = demand.worth * math.exp(demand.worth_ln_sd * normal(uniform(luck[WORTH], steps)))


def place(shares: Floats, luck: float) -> int:
    """In which part of a whole a number between 0 and 1 lies; `shares` are added up, the last is the whole."""
    at = 0
    while at < len(shares) - 1 and shares[at] <= luck:
        at += 1
    return at
