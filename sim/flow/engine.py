"""Run weeks: new issues and those left over go through the journey, and what is left is handed on."""

import gc
from collections.abc import Iterator

import numpy as np

from sim.flow.contract import (
    CARRIED,
    ISSUE,
    LOG,
    MINUTES_PER_WEEK,
    Fate,
    Operation,
    Outcome,
    Owed,
    Table,
    Week,
)
from sim.flow.fate import fate, new_issues
from sim.flow.journey import arrivals
from sim.flow.people import ROW, Centre, Contact, Issue
from sim.flow.roster import operation
from sim.flow.rules import NEVER, next_opening
from sim.scenario import Scenario

NOTHING_LEFT = np.zeros(0, ISSUE)


def weeks(scenario: Scenario, seed: int, replication: int, count: int, follow_up: bool) -> Iterator[Week]:
    """`count` weeks one after the other; `follow_up` adds one week in which only issues left over go on.

    With the follow-up nearly every issue is known to its end; its last contacts meet an emptier line.
    """
    waiting = NOTHING_LEFT
    for number in range(count + follow_up):
        new = new_issues(scenario, seed, replication, number) if number < count else NOTHING_LEFT
        week = run_week(scenario, seed, replication, number, np.concatenate([new, waiting]))
        waiting = week.waiting
        yield week


def run_week(scenario: Scenario, seed: int, replication: int, number: int, issues: Table) -> Week:
    """One week of issues, new or left over; `arrives` of those left over may lie outside opening hours."""
    concrete = operation(scenario, seed, replication, number)
    fates = fate(scenario, issues, seed, replication)
    due = _let_in(fates, concrete)
    later = due == NEVER
    fates.issues["arrives"] = due
    fates = Fate(fates.issues[~later], fates.contacts[~later])
    log, carried = run(concrete, fates)
    shelf = issues[later]
    left = fates.issues[carried["issue"]]
    left["arrives"], left["first_contact"], left["owed"] = carried["due"], carried["contact"], carried["owed"]
    waiting = np.concatenate([left, shelf])
    waiting["arrives"] -= MINUTES_PER_WEEK
    return Week(concrete, fates, log, carried, waiting)


def run(concrete: Operation, fates: Fate) -> tuple[Table, Table]:
    """The journey in SimPy: the log, in the order in which contacts arrived, and what is carried over."""
    centre = Centre(concrete, fates.contacts)
    order = np.argsort(fates.issues["arrives"], kind="stable").tolist()
    rows = fates.issues.tolist()
    centre.env.process(arrivals(centre, [Issue(number, *rows[number]) for number in order]))
    _run_without_collector(centre)
    for contact in centre.contacts:
        if contact.outcome == Outcome.IN_PROGRESS:
            centre.carry(contact.number, contact.contact, _owed(contact), 0.0)
    log = np.array([ROW(contact) for contact in centre.contacts], LOG)
    return log, np.array(sorted(centre.carried), CARRIED)


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


def _run_without_collector(centre: Centre) -> None:
    """Nothing in a week is garbage before its end; looking for it costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        centre.env.run()
    finally:
        if was_on:
            gc.enable()


def _owed(contact: Contact) -> int:
    return Owed.WILL_SETTLE if contact.promised == Outcome.RESOLVED else Owed.WILL_NOT
