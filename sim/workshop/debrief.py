"""What a debrief looks at: predicted and came, when it broke, one average with two outcomes, one lever swapped."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import isfinite
from threading import Event

import numpy as np

from sim.experiment import Comparison, Estimate, Progress, Results
from sim.scenario import fields
from sim.scenario.words import nearest
from sim.workshop.board import result_of
from sim.workshop.forecast import outcome_of
from sim.workshop.limits import lever_words
from sim.workshop.outcome import RoundResult
from sim.workshop.refused import Refused
from sim.workshop.rounds import play
from sim.workshop.session import Session

CLOSE_SHARE = 0.1
CLOSE_MINUTES = 0.1
"""Two mean waits are nearly the same when they differ by no more than a tenth, or than this many minutes."""
MATTERS = 0.01
"""Less than this difference in promise kept, or in its spread over days, shows nothing."""


@dataclass(frozen=True)
class Point:
    """A number predicted and what came, both in the prediction's unit."""

    team: int
    name: str
    predicted: float
    came: float


@dataclass(frozen=True)
class Moment:
    """The half-hour from `minute` of the day; `broke` when its mean wait passes the promise, else it is the longest.

    `wait` and `promise` are in minutes; the wait is the mean over all weeks and days.
    """

    team: int
    name: str
    minute: float
    wait: float
    promise: float
    broke: bool
    sentence: str


@dataclass(frozen=True)
class SameAverage:
    """Two teams with nearly one mean wait (minutes), the one that keeps more promises first; shares from 0 to 1."""

    one: str
    other: str
    waits: tuple[float, float]
    kept: tuple[float, float]
    day_sd: tuple[float, float]
    sentence: str


@dataclass(frozen=True)
class Swap:
    """A team's plan with one lever of another's, on the same customers: promises kept of 100, after less before."""

    one: str
    other: str
    lever: str
    before: Estimate
    after: Estimate
    difference: Estimate
    sentence: str


def predicted_and_came(session: Session, round_: str, ask: str) -> tuple[Point, ...]:
    """Every number predicted in a computed round, beside what came of it; raises Refused."""
    where = session.round_named(round_)
    result, asked = result_of(session, where), where.ask(ask)
    if asked is None or asked.kind != "number":
        raise Refused("not now", f"{ask}: is no number predicted in {where.called}.")
    found = []
    for team in session.state.teams:
        made, own = session.state.of(round_).predictions.get((team.number, ask)), result.of(team.number)
        if own and made and isinstance(made.value, float):
            found.append(Point(team.number, team.name, made.value, outcome_of(asked, result, own).mean))
    return tuple(each for each in found if isfinite(each.came))


def moment_it_broke(session: Session, round_: str, team: int) -> Moment:
    """The first half-hour in which a team's mean wait passed the promise, or its longest; raises Refused."""
    who, own = session.team(team), _own(session, round_, team)
    waits, promise = _by_half_hour(own), own.scenario.plan.promise.answer_within
    if np.isnan(waits).all():
        raise Refused("not now", f"{who.name}: nobody had to queue, so nothing broke.")
    over = np.flatnonzero(waits > promise)
    at = int(over[0]) if len(over) else int(np.nanargmax(waits))
    minute, wait = float(own.summaries[0].slot_start[at]), float(waits[at])
    if len(over):
        told = f"at {_clock(minute)} the mean wait first passes the promised {promise:g} min: {wait:.1f} min"
    else:
        told = f"the wait is longest at {_clock(minute)}, {wait:.1f} min, within the promised {promise:g} min"
    sentence = f"{who.name}: {told}."
    return Moment(team, who.name, minute, wait, promise, bool(len(over)), sentence)


def same_average(session: Session, round_: str) -> SameAverage | None:
    """The two teams of a computed round that show best what an average hides; None where no two do. Raises Refused."""
    result = result_of(session, session.round_named(round_))
    first_of: dict[int, int] = {}
    for team in session.state.teams:
        if team.number in result.plan_of:
            first_of.setdefault(result.plan_of[team.number], team.number)
    found = [
        pair
        for one, other in combinations(sorted(first_of), 2)
        if (pair := _pair(session, result, (first_of[one], first_of[other]))) is not None
    ]
    return max(found, key=_shows, default=None)


def swap(
    session: Session,
    one: int,
    other: int,
    lever: str,
    round_: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    workers: int | None = None,
) -> Swap:
    """Team one's plan with one lever, by path, of team other's; nothing of it enters the session. Raises Refused."""
    where = session.round if round_ is None else session.round_named(round_)
    ours, theirs = (session.plan(session.team(team), where.id) for team in (one, other))
    if lever not in fields():
        raise Refused("not now", f"{lever}: no such lever; {nearest(lever, fields())}.")
    value = theirs.scenario.value(lever)
    result = play(
        {one: ours.scenario, 0: ours.scenario.changed(lever, value)},
        today=ours.scenario, replications=session.workshop.replications, seed=session.workshop.seed,
        progress=progress, stop=stop, workers=workers,
    )  # fmt: skip
    before, after = result.results[result.plan_of[one]], result.results[result.plan_of[0]]
    difference = _of_hundred(Comparison(before, after).difference("promise_kept"))
    kept = [_of_hundred(each.estimate("promise_kept")) for each in (before, after)]
    sentence = (
        f"{ours.team.name} with {lever_words(lever, value)}, as {theirs.team.name}: {kept[1].mean:.0f} of 100 "
        f"promises kept instead of {kept[0].mean:.0f}, a difference of {_signed(difference)}."
    )
    return Swap(ours.team.name, theirs.team.name, lever, kept[0], kept[1], difference, sentence)


def levers_between(session: Session, one: int, other: int, round_: str | None = None) -> tuple[str, ...]:
    """The paths in which two teams' plans differ in a round, the one under way if none is named; raises Refused."""
    ours, theirs = (session.plan(session.team(team), round_).scenario for team in (one, other))
    plans = (path for path in fields() if path.startswith("plan."))
    return tuple(path for path in plans if ours.value(path) != theirs.value(path))


def _own(session: Session, round_: str, team: int) -> Results:
    own = result_of(session, session.round_named(round_)).of(team)
    if own is None:
        raise Refused("not now", f"{session.team(team).name}: joined after this round was computed.")
    return own


def _by_half_hour(results: Results) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Mean waits over all weeks; NaN where nobody queued in any of them."""
    waits = np.array([summary.slot_wait for summary in results.summaries])
    there = ~np.isnan(waits)
    total = np.where(there, waits, 0.0).sum(axis=0)
    return np.where(there.any(axis=0), total / np.maximum(1, there.sum(axis=0)), np.nan)


def _pair(session: Session, result: RoundResult, teams: tuple[int, int]) -> SameAverage | None:
    own = [result.results[result.plan_of[team]] for team in teams]
    waits, kept, spread = (
        [each.estimate(name).mean for each in own] for name in ("wait_mean", "promise_kept", "day_sd")
    )
    near = max(CLOSE_MINUTES, CLOSE_SHARE * max(waits))
    tells = abs(kept[0] - kept[1]) >= MATTERS or abs(spread[0] - spread[1]) >= MATTERS
    if not tells or not abs(waits[0] - waits[1]) <= near:
        return None
    first, second = sorted((0, 1), key=lambda at: -kept[at])
    one, other = (session.team(teams[at]).name for at in (first, second))
    sentence = (
        f"{one} and {other} let people wait nearly the same, {waits[first]:.1f} and {waits[second]:.1f} min "
        f"on average, but keep {100 * kept[first]:.0f} and {100 * kept[second]:.0f} of 100 promises."
    )
    return SameAverage(
        one, other, (waits[first], waits[second]), (kept[first], kept[second]),
        (spread[first], spread[second]), sentence,
    )  # fmt: skip


def _shows(pair: SameAverage) -> float:
    return abs(pair.kept[0] - pair.kept[1]) + abs(pair.day_sd[0] - pair.day_sd[1])


def _of_hundred(found: Estimate) -> Estimate:
    return Estimate(100 * found.mean, 100 * found.half_width, found.confidence, found.replications)


def _signed(found: Estimate) -> str:
    return f"{found.mean:+.1f} ±{found.half_width:.1f}".replace("-", "\N{MINUS SIGN}")


def _clock(minute: float) -> str:
    return f"{int(minute) // 60}:{int(minute) % 60:02d}"
