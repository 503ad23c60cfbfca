"""What queueing theory expects of a scenario before any run: the guess that stands beside every result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, inf, nan

import numpy as np
import numpy.typing as npt

from sim.flow.chances import misses
from sim.flow.contract import Operation, Team
from sim.flow.roster import operation, vendor_terms
from sim.scenario import Scenario
from sim.theory import beta_of, erlang_a_queue, square_root_staffing

HALF_HOUR = 30.0
SAFE_BETA = 1.0
"""The beta of the staffing suggested: it runs safe, with few waiting (Halfin and Whitt 1981)."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Busiest:
    """The half-hour that brings the first line most work.

    Attributes:
        minute: when it begins, in minutes of the week from Monday 00:00.
        load: the work it brings, in erlangs.
        on_duty: first-line agents on duty, on average over the half-hour and over absences.
        suggested: agents that square-root staffing would have on duty, with a beta of 1.
        beta: the beta that those on duty amount to.
    """

    minute: float
    load: float
    on_duty: float
    suggested: float
    beta: float


@dataclass(frozen=True)
class Guess:
    """What theory expects of an average week.

    Attributes:
        handle_time: mean minutes that a contact keeps a first-line agent; nan without contacts.
        load: work offered to the first line on average over opening hours, in erlangs.
        busiest: the half-hour with most of it.
        values: the measures theory speaks about, by their names in `MEASURES`; nan where there is nothing to measure,
            infinite where a line that nobody leaves would grow for ever.
    """

    handle_time: float
    load: float
    busiest: Busiest
    values: Mapping[str, float]


def guess(scenario: Scenario) -> Guess:
    """The long run of Erlang A in each half-hour on its own, averaged over contacts.

    Known to it: demand by weekday and half-hour, the first contacts that the bot keeps, teams on duty (breaks and
    average absence counted), mean handle times, mean patience, and what is passed on to specialists.

    Not known to it: issues that come back, redials, holds for approval, days busier than usual, queues carried from
    one half-hour into the next, closing time, differences between agents, priority, those who hang up at once, and
    laws of talk and patience other than the exponential. What a run shows beyond the guess is their doing.
    """
    slots, lines = list(_slots(scenario)), list(_lines(scenario))
    everyone = operation(scenario.changed("assumptions.handling.absence", 0.0), 0, 0, 0)
    staffed = {line.team: _on_duty(scenario, everyone, line.team, slots) for line in lines}
    first = [line for line in lines if line.team != Team.SPECIALISTS]
    minutes = np.array([slot.minutes for slot in slots])
    work = np.array([slot.issues for slot in slots]) * sum(line.share * line.handle_time for line in first)
    return Guess(
        handle_time=_ratio(
            sum(line.share * line.handle_time for line in first), sum(line.share for line in first)
        ),
        load=_ratio(float(work.sum()), float(minutes.sum())),
        busiest=_busiest(
            slots, work / minutes, sum((staffed[line.team] for line in first), np.zeros(len(slots)))
        ),
        values=_values(scenario, slots, lines, staffed),
    )


# ------------------------------------------------------------------------------------------ what comes in


@dataclass(frozen=True)
class _Slot:
    """At most half an hour of opening: when it begins in the week, its minutes, and the new issues expected."""

    starts: float
    minutes: float
    issues: float


def _slots(scenario: Scenario) -> Iterator[_Slot]:
    demand = scenario.assumptions.demand
    weekdays = [
        index for index, day in zip(demand.weekday_index, scenario.plan.hours.days(), strict=True) if day
    ]
    for at, (opens, closes) in enumerate(scenario.plan.hours.windows()):
        weights = np.cumsum([0.0, *demand.intraday[at % len(demand.intraday)]])
        edges = np.append(np.arange(opens, closes, HALF_HOUR), closes)
        shares = np.diff(np.interp(edges, np.linspace(opens, closes, len(weights)), weights / weights[-1]))
        issues = demand.issues_per_day * weekdays[at] * shares
        yield from map(_Slot, edges[:-1].tolist(), np.diff(edges).tolist(), issues.tolist())


@dataclass(frozen=True)
class _Line:
    """A team and what comes to it: contacts per new issue, mean handle time and mean patience in minutes."""

    team: Team
    share: float
    handle_time: float
    patience: float


def _lines(scenario: Scenario) -> Iterator[_Line]:
    """The first-line teams with their part of the first contacts, and the specialists with what is passed on."""
    handling, outsourced = scenario.assumptions.handling, scenario.plan.outsourcing.share
    asks, cold = _asks(scenario)
    talk, passed_on = _talk(scenario), asks * _passed_on(scenario)
    shorter = talk * (asks - passed_on * (1 - handling.talk_before_transfer))
    extra = cold * handling.story_minutes + asks * handling.wrap_up_mean
    patience = scenario.assumptions.patience
    stays = inf if patience.kind == "infinite" else patience.mean
    for team, part, pace in (
        (Team.IN_HOUSE, 1 - outsourced, 1.0),
        (Team.PARTNER, outsourced, vendor_terms(scenario).handle_time),
    ):
        if part > 0:
            minutes = _ratio(float((shorter * pace + extra).sum()), float(asks.sum()))
            yield _Line(team, part * float(asks.sum()), minutes, stays)
    if passed_on.any():
        again = (1 - scenario.plan.teamwork.context_kept) * handling.story_minutes
        minutes = _ratio(float(passed_on @ (talk + again + handling.wrap_up_mean)), float(passed_on.sum()))
        yield _Line(Team.SPECIALISTS, float(passed_on.sum()), minutes, stays * patience.after_transfer)


def _asks(scenario: Scenario) -> tuple[Floats, Floats]:
    """First contacts that ask for a person, per new issue and by type, and those among them told again after a bot."""
    bot, answers = scenario.plan.chatbot, scenario.assumptions.bot
    mix = np.array(scenario.assumptions.demand.mix.row())
    tries = mix * bot.coverage * np.array(bot.takes())
    unsettled = (1 - np.array(answers.settles.row())) * (1 - answers.seems_to_settle)
    handed_over = tries * unsettled * (1 - answers.gives_up) * bot.hands_over
    return mix - tries + handed_over, handed_over * (not bot.carries_context)


def _passed_on(scenario: Scenario) -> Floats:
    """Share of answered contacts passed on, by type."""
    team, handling = scenario.plan.teamwork, scenario.assumptions.handling
    missed = misses(team)
    return np.minimum(1.0, missed * np.array(handling.transfer_by_type.row()))


def _talk(scenario: Scenario) -> Floats:
    """Mean talk time by type, in minutes."""
    handling = scenario.assumptions.handling
    return np.array(handling.talk_by_type.row()) * handling.talk_mean * scenario.plan.time_standard


# --------------------------------------------------------------------------------------- who is there


def _on_duty(scenario: Scenario, everyone: Operation, team: Team, slots: Sequence[_Slot]) -> Floats:
    """Agents of a team on duty, averaged over each slot and over absences."""
    shifts = everyone.on_duty[everyone.agents["team"][everyone.on_duty["who"]] == team]
    starts = np.array([[slot.starts] for slot in slots])
    minutes = np.array([slot.minutes for slot in slots])
    overlap = np.minimum(shifts["ends"], starts + minutes[:, None]) - np.maximum(shifts["starts"], starts)
    present = 1 - scenario.assumptions.handling.absence
    return np.asarray(np.maximum(overlap, 0.0).sum(axis=1) / minutes * present, np.float64)


def _busiest(slots: Sequence[_Slot], load: Floats, on_duty: Floats) -> Busiest:
    at = int(np.argmax(load))
    most, there = float(load[at]), float(on_duty[at])
    return Busiest(slots[at].starts, most, there, square_root_staffing(most, SAFE_BETA), beta_of(most, there))


# ------------------------------------------------------------------------------------ what theory expects


@dataclass(frozen=True)
class _Sums:
    """Contacts, minutes and agent-minutes, added up over slots."""

    contacts: float = 0.0
    waited: float = 0.0
    waits: float = 0.0
    abandoned: float = 0.0
    answered: float = 0.0
    answered_after: float = 0.0
    in_target: float = 0.0
    beyond_target: float = 0.0
    in_promise: float = 0.0
    busy: float = 0.0
    duty: float = 0.0

    def plus(self, other: "_Sums", times: float = 1.0) -> "_Sums":
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return _Sums(*(mine + (times * more if times else 0.0) for mine, more in pairs))


def _values(
    scenario: Scenario, slots: Sequence[_Slot], lines: Sequence[_Line], staffed: Mapping[Team, Floats]
) -> dict[str, float]:
    """Measures of the first queue; hanging up, work and handle time are counted over every line, as a run does."""
    first, every = _Sums(), _Sums()
    for line in lines:
        here = _Sums()
        for slot, agents in zip(slots, staffed[line.team].tolist(), strict=True):
            here = here.plus(_between(scenario, line, slot, agents))
        every = every.plus(here)
        first = first if line.team == Team.SPECIALISTS else first.plus(here)
    counted = {
        "of_offered": first.contacts,
        "of_answered": first.answered,
        "short_abandoned_excluded": first.in_target + first.beyond_target,
    }
    return {
        "offered": first.contacts,
        "waited": _ratio(first.waited, first.contacts),
        "wait_mean": _ratio(first.waits, first.contacts),
        "speed_of_answer": _ratio(first.answered_after, first.answered),
        "service_level": _ratio(first.in_target, counted[scenario.plan.promise.service_level_definition]),
        "answered_in_promise": _ratio(first.in_promise, first.contacts),
        "abandonment_rate": _ratio(every.abandoned, first.contacts),
        "handle_time": _ratio(
            sum(line.share * line.handle_time for line in lines),
            sum(line.share for line in lines if line.team != Team.SPECIALISTS),
        ),
        "occupancy": _ratio(every.busy, every.duty),
    }


def _between(scenario: Scenario, line: _Line, slot: _Slot, agents: float) -> _Sums:
    """One slot with an average number of agents: in proportion between the whole numbers on either side."""
    more = agents - floor(agents)
    fewer = _Sums().plus(_in_slot(scenario, line, slot, floor(agents)), 1 - more)
    return fewer.plus(_in_slot(scenario, line, slot, floor(agents) + 1), more) if more else fewer


def _in_slot(scenario: Scenario, line: _Line, slot: _Slot, agents: int) -> _Sums:
    contacts, promise = slot.issues * line.share, scenario.plan.promise
    duty = agents * slot.minutes
    if contacts <= 0:
        return _Sums(duty=duty)
    queue = erlang_a_queue(contacts / slot.minutes, line.handle_time, agents, line.patience)
    answered = contacts * queue.p_answered
    return _Sums(
        contacts=contacts,
        waited=contacts * queue.p_wait,
        waits=contacts * queue.wait_mean,
        abandoned=contacts * queue.p_abandon,
        answered=answered,
        answered_after=answered * queue.speed_of_answer if answered else 0.0,
        in_target=contacts * queue.answered_within(promise.answer_target),
        beyond_target=contacts * queue.waits_beyond(promise.answer_target),
        in_promise=contacts * queue.answered_within(promise.answer_within),
        busy=queue.occupancy * duty if agents else 0.0,
        duty=duty,
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else nan
