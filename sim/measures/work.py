"""What the people did and what it cost: occupancy, overtime, money."""

from typing import NamedTuple

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, Bools, Bot, Decision, Floats, Ints, Table, Team, Week
from sim.flow.roster import vendor_terms
from sim.measures.columns import one_of
from sim.measures.intervals import Intervals, on_one_line
from sim.measures.journal import Journal, talks_in
from sim.scenario import Scenario
from sim.scenario.types import MINUTES_PER_DAY


def work(journal: Journal) -> dict[str, float]:
    """Occupancy, overtime and cost of the measured weeks; money and minutes are for one week."""
    weeks = [_week(journal, journal.warm_up + number) for number in range(journal.measured)]
    on_duty, busy, overtime, wages = (sum(amounts) for amounts in zip(*weeks, strict=True))
    goodwill = _goodwill(journal)
    cost = wages + _sessions(journal.scenario, journal.bots) + goodwill
    return {
        "occupancy": busy / on_duty if on_duty else np.nan,
        "overtime_minutes": overtime / journal.measured,
        "cost_week": cost / journal.measured,
        "goodwill_week": goodwill / journal.measured,
    }


def service(scenario: Scenario, week: Week, bots: Ints, overtime: Floats) -> float:
    """What people and bot cost in a week, in dollars and without goodwill.

    For whoever has counted the week's contacts: `bots` by their end with the bot, `overtime` in minutes by agent.
    """
    return _wages(scenario, week, overtime) + _sessions(scenario, bots)


def _sessions(scenario: Scenario, bots: Ints) -> float:
    """Dollars for the bot's sessions with contacts, by their end with it."""
    return int(bots.sum() - bots[Bot.NONE]) * scenario.assumptions.money.bot_session


class _Week(NamedTuple):
    """Agents' minutes on duty, busy ones among them, and overtime; and what all people cost, in dollars."""

    on_duty: float
    busy: float
    overtime: float
    wages: float


def _week(journal: Journal, number: int) -> _Week:
    """One week's work."""
    week, busy = journal.weeks[number], on_one_line(*talks_in(journal.log.of_week(number)))
    shifts = _shifts(week.operation.on_duty, number)
    # Nearly all work lies inside one shift; how much of it is outside must be found out for the rest only.
    rest = busy.where(~busy.inside_one_of(shifts))
    off_duty = rest.minutes - rest.minutes_inside(shifts)
    overtime = _overtime(rest, shifts)
    return _Week(
        on_duty=float(shifts.minutes.sum()),
        busy=float(busy.minutes.sum() - off_duty.sum()),
        overtime=float(overtime.sum()),
        wages=_wages(journal.scenario, week, _by_agent(week, rest, overtime)),
    )


def _overtime(busy: Intervals, shifts: Intervals) -> Floats:
    """Work before the first or after the last shift of a day; a break worked through is none."""
    return busy.minutes - busy.minutes_inside(_whole_days(shifts))


def _by_agent(week: Week, busy: Intervals, minutes: Floats) -> Floats:
    return np.bincount(busy.who, minutes, len(week.operation.agents)).astype(np.float64)


def _shifts(on_duty: Table, number: int) -> Intervals:
    monday = number * MINUTES_PER_WEEK
    return on_one_line(on_duty["who"], monday + on_duty["starts"], monday + on_duty["ends"])


def _whole_days(shifts: Intervals) -> Intervals:
    """Shifts of one agent that begin on one day joined into one, breaks included."""
    day = shifts.starts // MINUTES_PER_DAY
    is_first = np.ones(len(day), bool)
    is_first[1:] = day[1:] != day[:-1]
    first = np.flatnonzero(is_first)
    ends = np.maximum.reduceat(shifts.ends, first) if len(first) else shifts.ends
    return Intervals(shifts.who[first], shifts.starts[first], ends)


def _wages(scenario: Scenario, week: Week, overtime: Floats) -> float:
    """Paid time and overtime of all teams, and the supervisors' time, in dollars; `overtime` in minutes by agent."""
    money = scenario.assumptions.money
    rates = {
        Team.IN_HOUSE: money.agent_hour,
        Team.PARTNER: money.agent_hour * vendor_terms(scenario).cost,
        Team.SPECIALISTS: money.specialist_hour,
    }
    extra = np.bincount(week.operation.agents["team"], overtime, len(Team)).tolist()
    wages = week.operation.supervisor_minutes / 60 * money.supervisor_hour
    for team, rate in rates.items():
        wages += (week.operation.paid_minutes[team] + money.overtime * extra[team]) / 60 * rate
    return wages


def _goodwill(journal: Journal) -> float:
    """Dollars given away: the worth of every exception allowed, once an issue."""
    return float(journal.issues["needs"][journal.issues_with(allowed(journal))].sum())


def allowed(journal: Journal) -> Bools:
    """Contacts in which an exception was allowed, by the agent or by a supervisor."""
    decision, fates = journal.log["decision"], journal.fates
    by_agent = one_of(decision, Decision.BY_AGENT) & fates["granted"]
    by_boss = one_of(decision, Decision.ON_HOLD, Decision.BY_CALL_BACK) & fates["approved"] & journal.decided
    return by_agent | by_boss
