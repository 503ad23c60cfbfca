"""Weeks -> one flat journal of contacts and of issues, with the fate each contact met."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.flow.contract import (
    LOG,
    MINUTES_PER_WEEK,
    NOBODY,
    Bools,
    Bot,
    Floats,
    Ints,
    Outcome,
    Owed,
    Table,
    Week,
)
from sim.measures.columns import Columns, count, end_to_end, one_of
from sim.measures.intervals import passed_within
from sim.scenario import Scenario

TIMES = tuple(name for name in LOG.names or () if LOG[name] == np.float64)
"""The columns of the log that are moments: all that are not codes or numbers."""


class Talks(NamedTuple):
    """Every talk until its wrap-up is done, holds included: first legs, then those after a transfer."""

    who: Ints
    since: Floats
    until: Floats


@dataclass(frozen=True)
class Journal:
    """Contacts of all weeks, with their fates row by row, and the issues `met` in each week."""

    scenario: Scenario
    log: Columns
    fates: Columns
    met: Columns
    weeks: tuple[Week, ...]
    warm_up: int
    measured: int

    @cached_property
    def _counts(self) -> Bools:
        """Rows of `met` that are issues of the measured weeks, in the week in which they began."""
        return _began(self.met) & self.met.in_weeks(self.warm_up, self.measured)

    @cached_property
    def issues(self) -> Columns:
        """Issues that began in the measured weeks."""
        return self.met.where(self._counts)

    @cached_property
    def of_issue(self) -> Ints:
        """Each contact's row in `issues`, or `len(issues)` where its issue began in another week."""
        first = np.searchsorted(self.met.week, np.arange(len(self.weeks)))
        return _place(self.met, self._counts)[first[self.log.week] + self.log["issue"]]

    @cached_property
    def wait(self) -> Floats:
        """Minutes in the first queue, to the answer or the end; NaN for those who never queued."""
        return wait_in(self.log, "")

    @cached_property
    def wait_2(self) -> Floats:
        """Minutes in the specialists' queue."""
        return wait_in(self.log, "_2")

    @cached_property
    def arrived(self) -> Bools:
        """Contacts that arrived; the other rows finish call-backs of an earlier week."""
        return one_of(self.log["owed"], Owed.NOTHING)

    @cached_property
    def counted(self) -> Bools:
        """Contacts that arrived in the measured weeks."""
        return self.arrived & self.log.in_weeks(self.warm_up, self.measured)

    @cached_property
    def to_bot(self) -> Bools:
        """Contacts that began with the bot."""
        return ~one_of(self.fates["bot"], Bot.NONE) & self.arrived

    @cached_property
    def bots(self) -> Ints:
        """How many of the measured contacts met each end with the bot, by code of `Bot`."""
        return np.bincount(self.fates["bot"][self.counted], minlength=len(Bot))

    @cached_property
    def queued(self) -> Bools:
        """Contacts that joined a queue."""
        return np.isfinite(self.log["queued"])

    @cached_property
    def answered(self) -> Bools:
        """Contacts a person answered."""
        return np.isfinite(self.log["answered"])

    @cached_property
    def transferred(self) -> Bools:
        """Contacts that joined the specialists' queue."""
        return np.isfinite(self.log["queued_2"])

    @cached_property
    def asked(self) -> Bools:
        """Contacts that a supervisor had to decide."""
        return np.isfinite(self.log["asked"])

    @cached_property
    def decided(self) -> Bools:
        """Contacts that a supervisor has decided."""
        return np.isfinite(self.log["decided"])

    @cached_property
    def team(self) -> Ints:
        """The team that last held each contact; NOBODY where no person did."""
        teams = np.append(self.weeks[0].operation.agents["team"].astype(np.int64), NOBODY)
        second = self.log["agent_2"]
        return teams[np.where(second != NOBODY, second, self.log["agent"])]

    @cached_property
    def settles(self) -> Bools:
        """Contacts that settled their issue."""
        return self.ended(Outcome.RESOLVED, Outcome.CONTAINED)

    def ended(self, *how: Outcome) -> Bools:
        """Contacts that ended in one of these ways."""
        return one_of(self.log["outcome"], *how)

    def open_minutes(self, since: Floats, until: Floats) -> Floats:
        """Minutes of opening time between moments counted from the first Monday."""
        hours = self.weeks[0].operation.hours
        whole_week = float((hours["closes"] - hours["opens"]).sum())
        week, minute = np.divmod([since, until], MINUTES_PER_WEEK)
        opened = week * whole_week + passed_within(hours["opens"], hours["closes"], minute)
        return opened[1] - opened[0]

    def issues_with(self, contacts: Bools) -> Bools:
        """Issues that made at least one of these contacts."""
        found = np.zeros(len(self.issues) + 1, bool)
        found[self.of_issue[contacts]] = True
        return found[:-1]


def talks_in(log: Table | Columns) -> Talks:
    """The talks of a log."""
    who, since, until = (
        np.concatenate([log[name], log[f"{name}_2"]]) for name in ("agent", "answered", "freed")
    )
    held = np.flatnonzero(who != NOBODY)
    return Talks(who[held].astype(np.int64), since[held], until[held])


def wait_in(log: Table | Columns, leg: str) -> Floats:
    """Minutes in a queue, to the answer or, for those not answered, to the end of the contact."""
    answered = log["answered" + leg]
    until = np.where(np.isnan(answered), log["closed"], answered)
    return np.asarray(until - log["queued" + leg], np.float64)


def journal(scenario: Scenario, weeks: Sequence[Week], warm_up: int, measured: int) -> Journal:
    """The journal of a run whose first `warm_up` weeks are not counted and whose next `measured` are."""
    log = end_to_end([week.log for week in weeks], TIMES)
    fates = end_to_end([week.draws for week in weeks])
    met = end_to_end([week.fate.issues for week in weeks], ["arrives"])
    return Journal(scenario, log, fates, met, tuple(weeks), warm_up, measured)


def _began(met: Columns) -> Bools:
    """Issues that began in the week that met them; the others were left over from an earlier one."""
    new = one_of(met["owed"], Owed.NOTHING) & one_of(met["first_contact"], 0)
    return new & (met["week"] == met.week)


def _place(met: Columns, began: Bools) -> Ints:
    """The row of each issue met among those that `began`, or their number where it is none of them.

    Week and row of its luck tell an issue from all others; the rows of a week are 0, 1, 2 and so on.
    """
    luck = met["week"] * (met["row"].max(initial=0) + 1) + met["row"]
    known = count(began)
    place = np.full(luck.max(initial=-1) + 1, known)
    place[luck[began]] = np.arange(known)
    return np.asarray(place[luck], np.int64)
