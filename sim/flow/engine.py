"""Run weeks: new issues and those left over go through the journey, and what is left is handed on."""

from collections.abc import Iterator

import numpy as np

from sim.flow.choice import Engine, player
from sim.flow.contract import ISSUE, MINUTES_PER_WEEK, Fate, Operation, Owed, Table, Week
from sim.flow.fate import fate, new_issues
from sim.flow.roster import operation
from sim.flow.rules import NEVER, next_opening
from sim.scenario import Scenario

NOTHING_LEFT = np.zeros(0, ISSUE)


def weeks(
    scenario: Scenario,
    seed: int,
    replication: int,
    count: int,
    follow_up: bool,
    engine: Engine = "auto",
) -> Iterator[Week]:
    """`count` weeks one after the other; `follow_up` adds one week in which only issues left over go on.

    With the follow-up nearly every issue is known to its end; its last contacts meet an emptier line.
    """
    waiting = NOTHING_LEFT
    for number in range(count + follow_up):
        new = new_issues(scenario, seed, replication, number) if number < count else NOTHING_LEFT
        week = run_week(scenario, seed, replication, number, np.concatenate([new, waiting]), engine)
        waiting = week.waiting
        yield week


def run_week(
    scenario: Scenario, seed: int, replication: int, number: int, issues: Table, engine: Engine = "auto"
) -> Week:
    """One week of issues, new or left over; `arrives` of those left over may lie outside opening hours."""
    concrete = operation(scenario, seed, replication, number)
    fates = fate(scenario, issues, seed, replication)
    due = _let_in(fates, concrete)
    later = due == NEVER
    fates.issues["arrives"] = due
    if later.any():
        fates = Fate(fates.issues[~later], fates.contacts[~later])
    log, carried = run(concrete, fates, engine)
    shelf = issues[later]
    left = fates.issues[carried["issue"]]
    left["arrives"], left["first_contact"], left["owed"] = carried["due"], carried["contact"], carried["owed"]
    waiting = np.concatenate([left, shelf])
    waiting["arrives"] -= MINUTES_PER_WEEK
    return Week(concrete, fates, log, carried, waiting)


def run(concrete: Operation, fates: Fate, engine: Engine = "auto") -> tuple[Table, Table]:
    """The journey: the log, in the order in which contacts arrived, and what is carried over."""
    return player(engine)(concrete, fates)


def _let_in(fates: Fate, concrete: Operation) -> np.ndarray:
    """When each issue gets through; call-backs owed are worked on from the first opening."""
    arrives = fates.issues["arrives"].copy()
    first = fates.issues["first_contact"]
    hours = concrete.hours
    outside = np.flatnonzero((first > 0) | (fates.issues["owed"] > 0))
    for row in outside.tolist():
        if fates.issues["owed"][row] != Owed.NOTHING:
            arrives[row] = hours["opens"][0]
        else:
            lateness = float(fates.contacts["lateness"][row, first[row]])
            arrives[row] = next_opening(float(arrives[row]), lateness, hours)
    return arrives
