"""Weeks -> one flat journal of contacts and of issues, with the fate each contact met."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, NOBODY, Bools, Bot, Floats, Ints, Outcome, Table, Week
from sim.scenario import Scenario

PER_WEEK = 2**40


@dataclass(frozen=True)
class Journal:
    """Contacts and issues of all weeks; `counted` marks contacts that arrived in the measured weeks."""

    scenario: Scenario
    log: Table
    fates: Table
    issues: Table
    of_issue: Ints
    counted: Bools
    weeks: tuple[Week, ...]
    measured: int

    @cached_property
    def wait(self) -> Floats:
        """Minutes in the first queue, to the answer or the end; NaN for those who never queued."""
        return wait_in(self.log, "")

    @cached_property
    def wait_2(self) -> Floats:
        """Minutes in the specialists' queue."""
        return wait_in(self.log, "_2")

    @cached_property
    def answered(self) -> Bools:
        """Contacts a person answered."""
        return np.isfinite(self.log["answered"])

    @cached_property
    def queued(self) -> Bools:
        """Contacts that joined a queue."""
        return np.isfinite(self.log["queued"])

    @cached_property
    def to_bot(self) -> Bools:
        """Contacts that began with the bot."""
        return (self.fates["bot"] != Bot.NONE) & (self.log["owed"] == 0)

    @cached_property
    def asked(self) -> Bools:
        """Contacts that a supervisor had to decide."""
        return np.isfinite(self.log["asked"])

    @cached_property
    def team(self) -> Ints:
        """The team that last held each contact; NOBODY where no person did."""
        agents = np.concatenate([self.weeks[0].operation.agents["team"].astype(np.int64), [NOBODY]])
        second = self.log["agent_2"]
        return np.where(second != NOBODY, agents[second], agents[self.log["agent"]])

    @cached_property
    def settles(self) -> Bools:
        """Contacts that settled their issue."""
        return np.isin(self.log["outcome"], (Outcome.RESOLVED, Outcome.CONTAINED))

    def open_minutes(self, start: Floats, end: Floats) -> Floats:
        """Minutes of opening time between two moments counted from the first Monday."""
        return self._opened(end) - self._opened(start)

    def _opened(self, at: Floats) -> Floats:
        hours = self.weeks[0].operation.hours
        week, minute = np.divmod(at, MINUTES_PER_WEEK)
        whole_week = float(np.sum(hours["closes"] - hours["opens"]))
        return week * whole_week + passed_within(hours["opens"], hours["closes"], minute)

    def issues_with(self, contacts: Bools) -> Bools:
        """Issues that made at least one of these contacts."""
        found = np.zeros(len(self.issues), bool)
        found[self.of_issue[contacts & (self.of_issue != NOBODY)]] = True
        return found


def passed_within(starts: Floats, ends: Floats, at: Floats) -> Floats:
    """Minutes inside the intervals, which follow one another, that have passed by each moment."""
    edges = np.column_stack([starts, ends]).ravel()
    inside = np.diff(edges) * (np.arange(len(edges) - 1) % 2 == 0)
    return np.interp(at, edges, np.concatenate([[0.0], np.cumsum(inside)]))


def wait_in(log: Table, leg: str) -> Floats:
    """Minutes in a queue, to the answer or, for those not answered, to the end of the contact."""
    until = np.where(np.isnan(log["answered" + leg]), log["closed"], log["answered" + leg])
    return np.asarray(until - log["queued" + leg], np.float64)


def journal(scenario: Scenario, weeks: Sequence[Week], warm_up: int, measured: int) -> Journal:
    """The journal of a run whose first `warm_up` weeks are not counted and whose next `measured` are."""
    logs = [_from_first_monday(week.log, number) for number, week in enumerate(weeks)]
    log = np.concatenate(logs)
    fates = np.concatenate([week.fate.contacts[week.log["issue"], week.log["contact"]] for week in weeks])
    of_log = np.concatenate([_identity(week.fate.issues[week.log["issue"]]) for week in weeks])
    within = np.concatenate([np.full(len(week.log), number) for number, week in enumerate(weeks)])
    counted = (within >= warm_up) & (within < warm_up + measured) & (log["owed"] == 0)
    issues = np.concatenate([_began(weeks[number], number) for number in range(warm_up, warm_up + measured)])
    known = _identity(issues)
    order = np.argsort(known)
    place = np.searchsorted(known, of_log, sorter=order).clip(max=max(0, len(known) - 1))
    of_issue = order[place] if len(known) else np.zeros(len(log), np.int64)
    of_issue = np.where(known[of_issue] == of_log, of_issue, NOBODY) if len(known) else of_issue - 1
    return Journal(scenario, log, fates, issues, of_issue, counted, tuple(weeks), measured)


def _from_first_monday(log: Table, number: int) -> Table:
    shifted = log.copy()
    for name in log.dtype.names or ():
        if log.dtype[name] == np.float64:
            shifted[name] += number * MINUTES_PER_WEEK
    return shifted


def _identity(issues: Table) -> Ints:
    return np.asarray(issues["week"].astype(np.int64) * PER_WEEK + issues["row"], np.int64)


def _began(week: Week, number: int) -> Table:
    """The issues that began in this week, `arrives` from the first Monday."""
    fresh = (week.fate.issues["week"] == number) & (week.fate.issues["owed"] == 0)
    began = week.fate.issues[fresh & (week.fate.issues["first_contact"] == 0)].copy()
    began["arrives"] += number * MINUTES_PER_WEEK
    return began
