"""Run weeks: new issues and those left over go through the journey, and what is left is handed on."""

from collections.abc import Iterator

import numpy as np

from sim.flow.choice import Engine, player
from sim.flow.contract import ISSUE, MINUTES_PER_WEEK, TICK, Fate, Floats, Operation, Owed, Table, Week
from sim.flow.fate import fate, new_issues
from sim.flow.roster import operation
from sim.flow.rules import NEVER
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


def _let_in(fates: Fate, concrete: Operation) -> Floats:
    """When each issue gets through; call-backs owed are worked on from the first opening."""
    arrives: Floats = fates.issues["arrives"].copy()
    first, owed = fates.issues["first_contact"], fates.issues["owed"] != Owed.NOTHING
    left_over = np.flatnonzero((first > 0) & ~owed)
    lateness = fates.contacts["lateness"][left_over, first[left_over]]
    arrives[left_over] = next_openings(arrives[left_over], lateness, concrete.hours)
    arrives[owed] = concrete.hours["opens"][0]
    return arrives


def next_openings(due: Floats, lateness: Floats, hours: Table) -> Floats:
    """`rules.next_opening` for many customers at once."""
    window = np.searchsorted(hours["closes"], due, side="right")
    opens, closes = (np.append(hours[edge], 0.0)[window] for edge in ("opens", "closes"))
    through = np.where(due < opens, np.minimum(opens + lateness, closes - TICK), due)
    return np.where(window < len(hours), through, NEVER)
