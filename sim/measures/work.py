"""What the people did and what it cost: occupancy, overtime, money."""

from collections.abc import Iterator

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, NOBODY, Decision, Floats, Ints, Table, Team, Week
from sim.flow.roster import vendor_terms
from sim.measures.journal import Journal, passed_within
from sim.scenario import Scenario
from sim.scenario.types import MINUTES_PER_DAY

DAYS_IN_A_WEEK = 7


def work(journal: Journal, warm_up: int) -> dict[str, float]:
    """Occupancy, overtime and cost of the measured weeks; money and minutes are for one week."""
    weeks = journal.weeks[warm_up : warm_up + journal.measured]
    on_duty = sum(float(_length(week.operation.on_duty).sum()) for week in weeks)
    busy_on_duty = sum(float(_within(week, week.operation.on_duty).sum()) for week in weeks)
    overtime = [_overtime(week) for week in weeks]
    sessions = int(np.sum(journal.to_bot & journal.counted))
    goodwill = _goodwill(journal)
    people = sum(
        _wages(journal.scenario, week, minutes) for week, minutes in zip(weeks, overtime, strict=True)
    )
    cost = people + sessions * journal.scenario.assumptions.money.bot_session + goodwill
    return {
        "occupancy": busy_on_duty / on_duty if on_duty else np.nan,
        "overtime_minutes": float(sum(minutes.sum() for minutes in overtime)) / journal.measured,
        "cost_week": cost / journal.measured,
        "goodwill_week": goodwill / journal.measured,
    }


FAR_APART = 8 * MINUTES_PER_WEEK
"""Minutes between the weeks of two agents laid on one line; nobody works overtime for so long."""


def _length(shifts: Table) -> Floats:
    return np.asarray(shifts["ends"] - shifts["starts"], np.float64)


def _legs(week: Week) -> Iterator[tuple[Ints, Floats, Floats]]:
    """Who was busy, from when and until when: first legs, then those after a transfer."""
    for leg in ("", "_2"):
        rows = np.flatnonzero(week.log["agent" + leg] != NOBODY)
        who: Ints = week.log["agent" + leg][rows].astype(np.int64)
        yield who, week.log["answered" + leg][rows], week.log["freed" + leg][rows]


def _busy(week: Week) -> Floats:
    """Busy minutes by agent, wrap-up and holds included."""
    busy = np.zeros(len(week.operation.agents))
    for who, answered, freed in _legs(week):
        np.add.at(busy, who, freed - answered)
    return busy


def _within(week: Week, shifts: Table) -> Floats:
    """Busy minutes inside the given shifts, by agent."""
    within = np.zeros(len(week.operation.agents))
    starts, ends = (shifts["who"] * FAR_APART + shifts[name] for name in ("starts", "ends"))
    for who, *times in _legs(week):
        answered, freed = (passed_within(starts, ends, who * FAR_APART + time) for time in times)
        np.add.at(within, who, freed - answered)
    return within


def _overtime(week: Week) -> Floats:
    """Busy minutes before the first or after the last shift of a day, by agent; a break worked through is none."""
    return np.maximum(0.0, _busy(week) - _within(week, _whole_days(week.operation.on_duty)))


def _whole_days(shifts: Table) -> Table:
    """Shifts of one agent that begin on one day joined into one, breaks included."""
    day = shifts["who"] * DAYS_IN_A_WEEK + shifts["starts"] // MINUTES_PER_DAY
    first = np.flatnonzero(np.diff(day, prepend=-1.0))
    joined = shifts[first].copy()
    joined["ends"] = np.maximum.reduceat(shifts["ends"], first) if len(first) else joined["ends"]
    return joined


def _wages(scenario: Scenario, week: Week, overtime: Floats) -> float:
    """Paid time and overtime of all teams, and the supervisors' time, in dollars."""
    money = scenario.assumptions.money
    rates = {
        Team.IN_HOUSE: money.agent_hour,
        Team.PARTNER: money.agent_hour * vendor_terms(scenario).cost,
        Team.SPECIALISTS: money.specialist_hour,
    }
    wages = week.operation.supervisor_minutes / 60 * money.supervisor_hour
    for team, rate in rates.items():
        extra = float(overtime[week.operation.agents["team"] == team].sum())
        wages += (week.operation.paid_minutes[team] + money.overtime * extra) / 60 * rate
    return wages


def _goodwill(journal: Journal) -> float:
    """Dollars given away: the worth of every exception allowed, once an issue."""
    log, fates = journal.log, journal.fates
    by_agent = (log["decision"] == Decision.BY_AGENT) & fates["granted"]
    by_boss = (log["decision"] > Decision.BY_AGENT) & fates["approved"] & ~np.isnan(log["decided"])
    return float(journal.issues["needs"][journal.issues_with(by_agent | by_boss)].sum())
