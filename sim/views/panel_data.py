"""What the four panels show, built from the summaries of the replications run so far.

Each panel takes one plain record with a side for now and a side for the plan; a side is None until its first
replication is in. Shares stay 0 to 1 here, waits are minutes, costs are dollars.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, nan
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.experiment.estimate import CONFIDENCE, Estimate, estimate
from sim.measures import Summary
from sim.measures.summary import SLOT, WAIT_BIN, WAIT_BINS

Side = TypeVar("Side")

DOTS = 50
"""Dots in a picture of waits, so that each stands for 2 of 100 contacts."""
DAYS_SHOWN = 20
"""Dots in a row of days."""
LAST_WAIT = WAIT_BIN * (WAIT_BINS - 1)
"""Minutes from which `Summary.wait_counts` no longer tells waits apart."""
PER = 1000
"""The journey is told per this many contacts."""
TEAM_ORDER = ("In-house", "Specialists", "Partner")

LEAVES: Mapping[str, tuple[str, ...]] = {
    "bot_settled": ("bot_settled",),
    "bot_lost": ("bot_stranded", "bot_gave_up"),
    "resolved_at_once": ("resolved_at_once",),
    "resolved_passed_on": ("resolved_passed_on",),
    "in_progress": ("in_progress",),
    "abandoned_passed_on": ("abandoned_passed_on",),
    "unresolved_passed_on": ("unresolved_passed_on",),
    "unresolved_at_once": ("unresolved_at_once",),
    "abandoned": ("abandoned",),
    "turned_away": ("turned_away",),
}
"""The ways a contact leaves the journey, told by the counts of `Summary.journey`: each contact takes exactly one.

Lost at the bot are those who gave up, met a dead end, or left believing it settled what it had not.
"""

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "resolved at once": ("resolved_at_once",),
    "resolved, passed on": ("resolved_passed_on",),
    "settled by the bot": ("bot_settled",),
    "unresolved": ("unresolved_at_once", "unresolved_passed_on"),
    "hung up": ("abandoned", "abandoned_passed_on"),
    "lost at the bot": ("bot_lost",),
    "turned away": ("turned_away",),
    "waiting for a call back": ("in_progress",),
}
"""Where contacts end, in the order and words of the panel; each leaf belongs to one ending."""

SOLVED = ("resolved at once", "resolved, passed on", "settled by the bot")
UNSOLVED = ("unresolved", "hung up", "lost at the bot", "turned away")

PAGE_ENDS: Mapping[str, tuple[str, ...]] = {
    "resolved": ("bot_settled", "resolved_at_once", "resolved_passed_on"),
    "call_back": ("in_progress",),
    "hung_up_passed_on": ("abandoned_passed_on",),
    "unresolved": ("unresolved_passed_on", "unresolved_at_once"),
    "hung_up": ("abandoned",),
    "turned_away": ("turned_away",),
    "bot_lost": ("bot_lost",),
}
"""Where the bands of the full-page journey end, top to bottom, and those lost at the bot; leaves top to bottom."""


@dataclass(frozen=True)
class WaitAxis:
    """The bins in which dots are stacked, in minutes: `bins` of `step`, and one more for all longer waits.

    The promise lies on the edge of a bin wherever quarter minutes allow it, so that dots stand on one side of it.
    """

    step: float
    bins: int
    ticks: tuple[float, ...]

    @property
    def top(self) -> float:
        """Where the last, open bin begins."""
        return self.step * self.bins


@dataclass(frozen=True)
class WaitingSide:
    """Waits of one operation; `dots` counts the dots in each bin of the axis, the open one last."""

    replications: int
    in_time: Estimate
    hung_up: Estimate
    mean: Estimate
    p90: Estimate
    dots: tuple[int, ...]
    hours: tuple[float, ...]
    waits: tuple[Estimate, ...]


@dataclass(frozen=True)
class WaitingData:
    """How long customers wait, against the promise in minutes."""

    promise: float
    axis: WaitAxis
    now: WaitingSide | None
    plan: WaitingSide | None


@dataclass(frozen=True)
class TeamDays:
    """One team's days: the share of its issues that had the promise kept.

    Up to 20 days are shown as they are. More are shown by 20 of them, spread evenly over all days in order of their
    share, so that each dot is a real day that stands for a twentieth of the days, and `at_bar`, which counts the dots
    at the bar, is the count over all days scaled to 20 and rounded.
    """

    team: str
    days: int
    dots: tuple[float, ...]
    at_bar: int
    middle: float
    share_at_bar: Estimate

    @property
    def missed(self) -> int:
        """Dots short of the bar."""
        return len(self.dots) - self.at_bar


@dataclass(frozen=True)
class ConsistencySide:
    """The days of each team that had issues."""

    replications: int
    teams: tuple[TeamDays, ...]

    def team(self, name: str) -> TeamDays | None:
        """The team of that name, None if it had no issues."""
        return next((days for days in self.teams if days.team == name), None)


@dataclass(frozen=True)
class ConsistencyData:
    """How alike the days are, against the bar (a share)."""

    bar: float
    teams: tuple[str, ...]
    now: ConsistencySide | None
    plan: ConsistencySide | None


@dataclass(frozen=True)
class JourneySide:
    """Where contacts of one operation go, of 1,000.

    `endings` (by the words of ENDINGS), `page_ends` (by the names of PAGE_ENDS), `unsolved` and `come_back` are
    estimates over the replications; `whole` holds the leaves of the mean journey, and how many came through the bot,
    in whole contacts that add up to 1,000.
    """

    replications: int
    endings: Mapping[str, Estimate]
    page_ends: Mapping[str, Estimate]
    unsolved: Estimate
    come_back: Estimate
    whole: Mapping[str, int]

    def contacts(self, ending: str) -> int:
        """Whole contacts of 1,000 with this ending."""
        return sum(self.whole[leaf] for leaf in ENDINGS[ending])

    @property
    def solved(self) -> int:
        """Whole contacts of 1,000 that got a solution."""
        return sum(self.contacts(ending) for ending in SOLVED)

    @property
    def no_solution(self) -> int:
        """Whole contacts of 1,000 that ended without a solution."""
        return sum(self.contacts(ending) for ending in UNSOLVED)


@dataclass(frozen=True)
class JourneyData:
    """Where contacts end."""

    now: JourneySide | None
    plan: JourneySide | None


@dataclass(frozen=True)
class CostSide:
    """Dollars for a contact, contacts to resolve one issue, dollars for a resolved issue.

    The mean of the middle one is the ratio of the two others, so that the arithmetic on screen holds.
    """

    replications: int
    contact: Estimate
    contacts: Estimate
    resolved: Estimate


@dataclass(frozen=True)
class CostData:
    """What contacts and resolved issues cost."""

    now: CostSide | None
    plan: CostSide | None


@dataclass(frozen=True)
class PanelData:
    """One record for each of the four panels."""

    waiting: WaitingData
    consistency: ConsistencyData
    journey: JourneyData
    cost: CostData


def panel_data(
    now: Sequence[Summary],
    plan: Sequence[Summary],
    *,
    promise: float,
    bar: float,
    confidence: float = CONFIDENCE,
) -> PanelData:
    """What the panels show after the replications run so far; either sequence may still be empty.

    Args:
        now: Summaries of the operation as it is.
        plan: Summaries of the plan.
        promise: Minutes within which every contact is to be answered.
        bar: Share of a day's issues with the promise kept from which the day is at the bar.
        confidence: Of the intervals.
    """
    axis = wait_axis(promise)
    return PanelData(
        WaitingData(promise, axis, *_sides(now, plan, lambda runs: waiting_side(runs, axis, confidence))),
        consistency_data(now, plan, bar, confidence),
        JourneyData(*_sides(now, plan, lambda runs: journey_side(runs, confidence))),
        CostData(*_sides(now, plan, lambda runs: cost_side(runs, confidence))),
    )


def _sides(
    now: Sequence[Summary], plan: Sequence[Summary], build: Callable[[Sequence[Summary]], Side]
) -> tuple[Side | None, Side | None]:
    return build(now) if now else None, build(plan) if plan else None


def _measure(runs: Sequence[Summary], name: str, confidence: float) -> Estimate:
    return estimate([run.values[name] for run in runs], confidence)


# -------------------------------------------------------------------------------------------- waiting


def wait_axis(promise: float) -> WaitAxis:
    """The axis for a promise in minutes: it reaches two or three promises, in whole quarter minutes."""
    quarters = promise / WAIT_BIN
    if promise > LAST_WAIT / 3:
        return WaitAxis(LAST_WAIT / 8, 8, (0.0, LAST_WAIT / 2, LAST_WAIT))
    if quarters > 0 and quarters % 4 == 0:
        return WaitAxis(promise / 4, 8, (0.0, promise, 2 * promise))
    if quarters > 0 and quarters % 3 == 0:
        return WaitAxis(promise / 3, 9, (0.0, promise, 2 * promise, 3 * promise))
    step = WAIT_BIN * max(1, ceil(quarters / 4))
    return WaitAxis(step, 8, (0.0, 4 * step, 8 * step))


def waiting_side(runs: Sequence[Summary], axis: WaitAxis, confidence: float) -> WaitingSide:
    """Waits of one operation; dots pool the contacts of all replications."""
    counts = np.sum([run.wait_counts for run in runs], axis=0)
    starts = sorted({float(start) for run in runs for start in run.slot_start})
    by_slot: dict[float, list[float]] = {start: [] for start in starts}
    for run in runs:
        for start, wait in zip(run.slot_start, run.slot_wait, strict=True):
            by_slot[float(start)].append(float(wait))
    return WaitingSide(
        len(runs),
        _measure(runs, "answered_in_promise", confidence),
        estimate([_share(run.journey["abandoned"], run.journey["queued"]) for run in runs], confidence),
        _measure(runs, "wait_mean", confidence),
        _measure(runs, "wait_p90", confidence),
        wait_dots(counts, axis),
        tuple((start + SLOT / 2) / 60 for start in starts),
        tuple(estimate(waits, confidence) for waits in by_slot.values()),
    )


def wait_dots(counts: npt.NDArray[np.int64], axis: WaitAxis) -> tuple[int, ...]:
    """Fifty dots shared out over the bins of the axis; none if nobody queued."""
    width = round(axis.step / WAIT_BIN)
    edges = [width * i for i in range(axis.bins + 1)]
    return shared_out(np.add.reduceat(counts, edges), DOTS)


def shared_out(amounts: Sequence[float] | npt.NDArray[np.int64], total: int) -> tuple[int, ...]:
    """Whole numbers in proportion to `amounts` that add up to `total` (largest remainders); zeros if all are zero."""
    exact = np.asarray(amounts, dtype=float)
    if exact.sum() <= 0:
        return (0,) * len(exact)
    exact = exact / exact.sum() * total
    whole = np.floor(exact).astype(int)
    left = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return tuple(int(count) for count in whole)


# ---------------------------------------------------------------------------------------- consistency


def consistency_data(
    now: Sequence[Summary], plan: Sequence[Summary], bar: float, confidence: float
) -> ConsistencyData:
    """The days of each team, now and under the plan; a team is named if either side has issues for it."""
    sides = _sides(now, plan, lambda runs: consistency_side(runs, bar, confidence))
    named = {days.team for side in sides if side for days in side.teams}
    known = [team for team in TEAM_ORDER if team in named]
    return ConsistencyData(bar, (*known, *sorted(named.difference(known))), *sides)


def consistency_side(runs: Sequence[Summary], bar: float, confidence: float) -> ConsistencySide:
    """The days of one operation, pooled over its replications; a day without issues for a team is not its day."""
    names = sorted({team for run in runs for team in run.teams})
    shares = {team: [_day_shares(run, team) for run in runs] for team in names}
    rows = (team_days(team, shares[team], bar, confidence) for team in names)
    return ConsistencySide(len(runs), tuple(row for row in rows if row.days))


def _day_shares(run: Summary, team: str) -> npt.NDArray[np.float64]:
    if team not in run.teams:
        return np.empty(0)
    column = run.teams.index(team)
    issues = run.issues[:, column]
    return np.asarray(run.kept[issues > 0, column] / issues[issues > 0], dtype=float)


def team_days(
    team: str, by_run: Sequence[npt.NDArray[np.float64]], bar: float, confidence: float
) -> TeamDays:
    """One team's days from the shares of its days in each replication."""
    days = np.sort(np.concatenate(by_run)) if by_run else np.empty(0)
    if not days.size:
        return TeamDays(team, 0, (), 0, nan, estimate([], confidence))
    dots = days[spread_over(days.size)]
    at_bar = estimate([float(np.mean(shares >= bar)) for shares in by_run if shares.size], confidence)
    return TeamDays(
        team,
        int(days.size),
        tuple(float(share) for share in dots),
        int(np.sum(dots >= bar)),
        float(np.median(days)),
        at_bar,
    )


def spread_over(days: int) -> npt.NDArray[np.int64]:
    """Places, in a sorted row of days, of the at most 20 days that stand for all."""
    shown = min(days, DAYS_SHOWN)
    return np.asarray((np.arange(shown) + 0.5) * days / shown, dtype=np.int64)


# -------------------------------------------------------------------------------------------- journey


def journey_side(runs: Sequence[Summary], confidence: float) -> JourneySide:
    """Where contacts of one operation go, of 1,000; a replication without contacts has no journey."""
    told = [_of_thousand(run.journey) for run in runs if run.journey["arrived"]]

    def over_runs(leaves: Iterable[str]) -> Estimate:
        names = tuple(leaves)
        return estimate([sum(one[leaf] for leaf in names) for one in told], confidence)

    return JourneySide(
        len(runs),
        {ending: over_runs(leaves) for ending, leaves in ENDINGS.items()},
        {end: over_runs(leaves) for end, leaves in PAGE_ENDS.items()},
        over_runs(leaf for ending in UNSOLVED for leaf in ENDINGS[ending]),
        over_runs(["come_back"]),
        _whole(told),
    )


def _of_thousand(journey: Mapping[str, int]) -> dict[str, float]:
    scale = PER / journey["arrived"]
    told = {leaf: scale * sum(journey[count] for count in counts) for leaf, counts in LEAVES.items()}
    return told | {name: scale * journey[name] for name in ("come_back", "to_bot")}


def _whole(told: Sequence[Mapping[str, float]]) -> dict[str, int]:
    means = [sum(one[leaf] for one in told) for leaf in LEAVES]
    whole = dict(zip(LEAVES, shared_out(means, PER), strict=True))
    to_bot = round(sum(one["to_bot"] for one in told) / max(len(told), 1))
    least = whole["bot_settled"] + whole["bot_lost"]
    return whole | {"to_bot": min(max(to_bot, least), PER) if any(whole.values()) else 0}


# ----------------------------------------------------------------------------------------------- cost


def cost_side(runs: Sequence[Summary], confidence: float) -> CostSide:
    """What contacts and resolved issues of one operation cost."""
    contact = _measure(runs, "cost_per_contact", confidence)
    resolved = _measure(runs, "cost_per_resolved_issue", confidence)
    spread = estimate([_contacts_to_resolve(run) for run in runs], confidence)
    mean = _share(resolved.mean, contact.mean)
    return CostSide(
        len(runs), contact, Estimate(mean, spread.half_width, confidence, spread.replications), resolved
    )


def _contacts_to_resolve(run: Summary) -> float:
    return _share(run.values["cost_per_resolved_issue"], run.values["cost_per_contact"])


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
