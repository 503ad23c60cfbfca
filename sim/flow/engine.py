"""Run weeks: new issues and those left over go through the journey, and what is left is handed on."""

from collections.abc import Iterator

import numpy as np

from sim.flow.chances import fate_of
from sim.flow.choice import Engine, player
from sim.flow.contract import (
    ISSUE,
    MINUTES_PER_WEEK,
    TICK,
    Crew,
    Fate,
    Floats,
    Operation,
    Owed,
    Played,
    Table,
    Week,
)
from sim.flow.issues import new_issues
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
        new = new_issues(scenario, seed, replication, number, engine) if number < count else NOTHING_LEFT
        week = run_week(scenario, seed, replication, number, one_table(new, waiting), engine)
        waiting = week.waiting
        yield week


def run_week(
    scenario: Scenario,
    seed: int,
    replication: int,
    number: int,
    issues: Table,
    engine: Engine = "auto",
    crew: Crew | None = None,
) -> Week:
    """One week of issues, new or left over; `arrives` of those left over may lie outside opening hours."""
    concrete = operation(scenario, seed, replication, number, crew)
    due = _let_in(issues, concrete)
    # `take`, for picking rows with brackets copies them field by field
    here, shelf = (issues.take(np.flatnonzero(rows)) for rows in (due != NEVER, due == NEVER))
    here["arrives"] = due[due != NEVER]
    fates = fate_of(scenario, here, seed, replication)
    log, draws, carried = run(concrete, fates, engine)
    waiting = one_table(_left(here, carried), shelf)
    waiting["arrives"] -= MINUTES_PER_WEEK
    return Week(concrete, fates, log, draws, carried, waiting)


def one_table(first: Table, second: Table) -> Table:
    """Two tables of one kind end to end; row by row, for numpy joins tables field by field."""
    row = np.dtype((np.void, first.dtype.itemsize))
    return np.concatenate([first.view(row), second.view(row)]).view(first.dtype)


def run(concrete: Operation, fates: Fate, engine: Engine = "auto") -> Played:
    """The journey, by one engine or the other."""
    return player(engine)(concrete, fates)


def _let_in(issues: Table, concrete: Operation) -> Floats:
    """When each issue gets through; call-backs owed are worked on from the first opening."""
    arrives: Floats = issues["arrives"].copy()
    owed = issues["owed"] != Owed.NOTHING
    left_over = (issues["first_contact"] > 0) & ~owed
    arrives[left_over] = next_openings(arrives[left_over], issues["lateness"][left_over], concrete.hours)
    arrives[owed] = concrete.hours["opens"][0]
    return arrives


def _left(issues: Table, carried: Table) -> Table:
    """The issues that go on in a later week."""
    left = issues.take(carried["issue"])
    left["arrives"], left["first_contact"] = carried["due"], carried["contact"]
    for name in ("owed", "kind", "stranded", "lateness"):
        left[name] = carried[name]
    return left


def next_openings(due: Floats, lateness: Floats, hours: Table) -> Floats:
    """`rules.next_opening` for many customers at once."""
    window = np.searchsorted(hours["closes"], due, side="right")
    opens, closes = (np.append(hours[edge], 0.0)[window] for edge in ("opens", "closes"))
    through = np.where(due < opens, np.minimum(opens + lateness, closes - TICK), due)
    return np.where(window < len(hours), through, NEVER)
