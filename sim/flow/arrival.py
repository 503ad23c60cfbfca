"""Demand + luck -> one new issue: when it arrives, whose it is and what it needs; plain functions, as in `fate`."""

import math
from typing import Any, NamedTuple

from sim.flow.contract import TICK, Clientele, Floats, Words
from sim.flow.counter import counted, exponential, normal, uniform
from sim.flow.fate import lateness

STREAMS = ("count", "day", "minute", "type", "customer", "needs", "worth", "occurs")
"""The streams of an issue's luck; one question each."""
COUNT, DAY, MINUTE, TYPE, CUSTOMER, NEEDS, WORTH, OCCURS = range(len(STREAMS))


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


def room_for(clientele: Clientele) -> int:
    """Rows enough for the issues of a clientele, but once in a million years."""
    expected = float(clientele.issues.sum())
    return int(expected + 10 * math.sqrt(expected) + 50)


def bring(issues: Any, demand: Demand, week: int) -> None:
    """Write every new issue of a week, row by row of its luck; `issues` has rows of `ISSUE`, all zero at first."""
    for row in range(len(issues)):
        customer = uniform(demand.luck[CUSTOMER], counted(row))
        who(issues[row], demand, int(customer * demand.customers), customer < demand.core_share)
        what(issues[row], demand, week, row)


def bring_from(
    issues: Any, demand: Demand, brought: Any, core: Any, difficult: Any, most: float, week: int
) -> int:
    """Write the new issues of a clientele (E1), as far as `issues` has room, and return how many there are.

    Customers stand side by side on a line, each `most` wide; a unit Poisson process marks it, and of the marks in a
    customer's part those become issues whose luck is below `brought`, the issues expected of the customer. So whoever
    leaves, joins at the end, or has fewer issues moves nobody else's.
    """
    came, row, point, end = 0, 0, 0.0, most * len(brought)
    while True:
        point += exponential(uniform(demand.luck[COUNT], counted(row)))
        if point >= end:
            return came
        customer = min(int(point / most), len(brought) - 1)
        if uniform(demand.luck[OCCURS], counted(row)) * most < brought[customer]:
            if came < len(issues):
                who(issues[came], demand, customer, core[customer])
                issues[came].difficult = difficult[customer]
                what(issues[came], demand, week, row)
            came += 1
        row += 1


def what(issue: Any, demand: Demand, week: int, row: int) -> None:
    """What the luck of a row makes of an issue: when it arrives, its type, the worth of the exception it needs."""
    steps = counted(row)
    issue.week, issue.row = week, row
    when(issue, demand, steps)
    issue.kind = place(demand.types, uniform(demand.luck[TYPE], steps))
    if uniform(demand.luck[NEEDS], steps) < demand.needs:
        issue.needs = demand.worth * math.exp(demand.worth_ln_sd * normal(uniform(demand.luck[WORTH], steps)))


def when(issue: Any, demand: Demand, steps: int) -> None:
    """In opening hours: the day in proportion to its expected issues, the minute by its profile."""
    day = place(demand.days, uniform(demand.luck[DAY], steps))
    profile = demand.shares[day], demand.minutes[day]
    late = lateness(profile, uniform(demand.luck[MINUTE], steps))
    issue.arrives = min(demand.opens[day] + late, demand.closes[day] - TICK)


def who(issue: Any, demand: Demand, customer: int, core: bool) -> None:
    """Whose issue it is, and how soon it is their turn."""
    issue.customer, issue.core = customer, core
    issue.priority = 1 if demand.core_first and not core else 0


def place(shares: Floats, luck: float) -> int:
    """In which part of a whole a number between 0 and 1 lies; `shares` are added up, the last is the whole."""
    at = 0
    while at < len(shares) - 1 and shares[at] <= luck:
        at += 1
    return at
