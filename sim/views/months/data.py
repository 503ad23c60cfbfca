"""What the panels of a season show, built from the replications run so far.

Each panel takes one plain record with a side for now and a side for the plan; a side is None until its first
replication is in. Shares stay 0 to 1 here, money is dollars, and a path begins where its record says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sim.experiment.estimate import CONFIDENCE, Estimate, estimate
from sim.flow.contract import Floats
from sim.season.contract import WEEKS_PER_YEAR, Cause
from sim.season.ledger import break_even
from sim.season.summary import SeasonSummary

Pair = Sequence[SeasonSummary]
"""One replication: the season of now, then that of the plan."""
Path = tuple[Estimate, ...]
"""A value week by week."""
Side = TypeVar("Side")

SMOOTH = 4
"""Weeks over which the profit of a week is averaged."""
GROUPS: Mapping[str, tuple[Cause, ...]] = {
    "not solved": (Cause.NOT_SETTLED,),
    "waited": (Cause.WAITED,),
    "passed on": (Cause.PASSED_ON,),
    "other service": (
        Cause.MANY_CONTACTS,
        Cause.DECISION,
        Cause.BOT,
        Cause.RUDENESS,
        Cause.REMEMBERED,
        Cause.ERRATIC,
    ),
    "anyhow": (Cause.ANYHOW,),
}
"""Why customers leave, as the panel tells it: three reasons, all others that service gave, and none of them."""
HORIZONS: Mapping[str, str] = {
    "12 months": "profit_12",
    "24 months": "profit_24",
    "24 months and the customers left": "profit_24_with_value",
}
"""How far money is counted, and the measure that counts it."""


@dataclass(frozen=True)
class LoyaltySide:
    """Customers of the beginning: the share still there, from week 0 on, and the share lost by what drove them away.

    `lost` by the words of GROUPS, `causes` by cause; each adds up to all that are not still there.
    """

    replications: int
    left: Path
    lost: Mapping[str, Estimate]
    causes: Mapping[Cause, Estimate]


@dataclass(frozen=True)
class LoyaltyData:
    """Who stays, and what drove the others away."""

    weeks: int
    now: LoyaltySide | None
    plan: LoyaltySide | None


@dataclass(frozen=True)
class CustomersSide:
    """How many customers there are, from week 0 on."""

    replications: int
    have: Path


@dataclass(frozen=True)
class CustomersData:
    """The customers we have, those who joined included."""

    weeks: int
    now: CustomersSide | None
    plan: CustomersSide | None


@dataclass(frozen=True)
class ProfitSide:
    """Profit of a week in dollars, a mean over some weeks; the first is that of week `begins`."""

    replications: int
    begins: int
    weekly: Path


@dataclass(frozen=True)
class Gain:
    """What the plan brings against now, in dollars worth at the beginning, summed up from week 0 on.

    `pays_back`: the week from which what was paid has come back for good, None where nothing was paid or it does not;
    `ahead_until`: the last week in which the sum is above nothing, 0 if none; `paying`: in how many replications it
    ends there.
    """

    replications: int
    summed: Path
    pays_back: int | None
    ahead_until: int
    paying: int

    @property
    def surely(self) -> bool:
        """Whether the whole interval of the sum at the end is a gain."""
        return self.replications > 1 and self.summed[-1].low > 0


@dataclass(frozen=True)
class ProfitData:
    """What the plan earns and brings; `horizons`: plan less now by the words of HORIZONS, where weeks suffice."""

    weeks: int
    now: ProfitSide | None
    plan: ProfitSide | None
    gain: Gain | None
    horizons: Mapping[str, Estimate]


@dataclass(frozen=True)
class StaffSide:
    """The house's people, from week 1 on: how many are at work, how exhausted, and the time a contact gets."""

    replications: int
    at_work: Path
    exhaustion: Path
    time_taken: Path


@dataclass(frozen=True)
class StaffData:
    """What the months do to people."""

    weeks: int
    now: StaffSide | None
    plan: StaffSide | None


@dataclass(frozen=True)
class SeasonData:
    """One record for each of the four panels."""

    loyalty: LoyaltyData
    customers: CustomersData
    profit: ProfitData
    staff: StaffData


def season_data(
    pairs: Sequence[Pair], weeks: int, *, discount: float = 0.0, confidence: float = CONFIDENCE
) -> SeasonData:
    """What the panels show after the replications run so far, of which there may be none yet.

    Args:
        pairs: Now and plan, replication by replication.
        weeks: How long a season is.
        discount: What a dollar loses in a year.
        confidence: Of the intervals.
    """

    def sides(build: Callable[[Pair, float], Side]) -> tuple[Side | None, Side | None]:
        if not pairs:
            return None, None
        now, plan = zip(*pairs, strict=True)
        return build(now, confidence), build(plan, confidence)

    return SeasonData(
        LoyaltyData(weeks, *sides(loyalty_side)),
        CustomersData(weeks, *sides(customers_side)),
        ProfitData(
            weeks,
            *sides(profit_side),
            gain(pairs, discount, confidence) if pairs else None,
            horizons(pairs, confidence),
        ),
        StaffData(weeks, *sides(staff_side)),
    )


def path(rows: Sequence[Floats], confidence: float) -> Path:
    """The mean of each week over replications, with its interval."""
    return tuple(estimate(week, confidence) for week in np.asarray(rows, float).T)


def at_first(run: SeasonSummary) -> float:
    """Customers at the beginning, at least one: a week counts those with whom it begins."""
    return max(1.0, float(run.weekly["customers"][0]))


def loyalty_side(runs: Sequence[SeasonSummary], confidence: float) -> LoyaltySide:
    """Who stays and why others left, of one plan."""
    lost = [run.causes / at_first(run) for run in runs]
    return LoyaltySide(
        len(runs),
        path([np.append(1.0, run.remaining) for run in runs], confidence),
        {
            word: estimate([one[list(group)].sum() for one in lost], confidence)
            for word, group in GROUPS.items()
        },
        {cause: estimate([one[cause] for one in lost], confidence) for cause in Cause},
    )


def customers_side(runs: Sequence[SeasonSummary], confidence: float) -> CustomersSide:
    """How many customers there are at the end of each week, of one plan."""
    return CustomersSide(len(runs), path([_had(run) for run in runs], confidence))


def _had(run: SeasonSummary) -> Floats:
    weekly = run.weekly
    last = weekly["customers"][-1] - weekly["left"][-1] + weekly["joined"][-1]
    return np.append(weekly["customers"], last)


def profit_side(runs: Sequence[SeasonSummary], confidence: float) -> ProfitSide:
    """The profit of a week, smoothed, of one plan."""
    over = min(SMOOTH, len(runs[0].weekly["profit"]))
    smooth = [np.convolve(run.weekly["profit"], np.full(over, 1 / over), "valid") for run in runs]
    return ProfitSide(len(runs), over, path(smooth, confidence))


def gain(pairs: Sequence[Pair], discount: float, confidence: float) -> Gain:
    """What the plan brings, summed up, and when that pays back what it cost."""
    gains = np.array([worth(plan.weekly["profit"] - now.weekly["profit"], discount) for now, plan in pairs])
    summed = np.cumsum(gains, axis=1)
    back = break_even(gains.mean(axis=0))
    begun = np.zeros((len(pairs), 1))
    return Gain(
        len(pairs),
        path(list(np.hstack([begun, summed])), confidence),
        back if back and back > 1 else None,
        max((week for week, sum_ in enumerate(summed.mean(axis=0), 1) if sum_ > 0), default=0),
        int(np.count_nonzero(summed[:, -1] > 0)),
    )


def worth(weekly: Floats, discount: float) -> Floats:
    """Weekly dollars, each worth at the beginning."""
    factor = (1 + discount) ** (-1 / WEEKS_PER_YEAR)
    return np.asarray(weekly * factor ** np.arange(len(weekly)), float)


def horizons(pairs: Sequence[Pair], confidence: float) -> dict[str, Estimate]:
    """Plan less now for each horizon that the season reaches."""
    found = {
        word: estimate([plan.values[name] - now.values[name] for now, plan in pairs], confidence)
        for word, name in HORIZONS.items()
    }
    return {word: one for word, one in found.items() if one.replications}


def staff_side(runs: Sequence[SeasonSummary], confidence: float) -> StaffSide:
    """What the months do to the people of one plan."""
    names = ("at_work", "exhaustion", "time_taken")
    return StaffSide(len(runs), *(path([run.weekly[name] for run in runs], confidence) for name in names))
