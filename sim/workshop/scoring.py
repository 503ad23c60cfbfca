"""The points of a plan, gated: delight counts only on days at the bar. Luck is told beside every score.

Two widths are kept apart. The *luck band* is about single weeks: 95 of 100 weeks of the same plan lie within it. It
is what the board's grey bar shows, so that a room sees what a board drawn from one week would be worth. Ranks are
decided by something narrower: the paired difference between two teams on the same customers, week by week. So grey bars
may overlap where a difference can be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan, sqrt
from typing import Literal

import numpy as np

from sim.experiment import Estimate, Results, estimate
from sim.experiment.estimate import CONFIDENCE, t_quantile
from sim.flow.contract import Floats
from sim.measures import Summary
from sim.scenario import Scenario

Tier = Literal["unparalleled", "good enough", "hit-and-miss"]
TIERS: tuple[Tier, ...] = ("unparalleled", "good enough", "hit-and-miss")
"""The three businesses, the best first."""
ALWAYS, OFTEN = 95, 50
"""Days at the bar, of 100, from which a plan is unparalleled, and from which it is good enough."""


@dataclass(frozen=True)
class Score:
    """What a plan scored, week by week on the customers all teams met; `worth` as in `points`."""

    results: Results
    worth: float

    @cached_property
    def weeks(self) -> tuple[float, ...]:
        """The points of every week."""
        plan = self.results.scenario
        return tuple(points(summary, plan, self.worth) for summary in self.results.summaries)

    @cached_property
    def mean(self) -> Estimate:
        """The mean of its weeks, with the interval of that mean."""
        return estimate(self.weeks)

    @cached_property
    def band(self) -> tuple[float, float]:
        """The luck band: between these ends lie 95 of 100 single weeks of the same plan."""
        low, high = luck_band(self.weeks)
        return max(0.0, low), min(100.0 + self.worth, high)

    @cached_property
    def days(self) -> tuple[int, int]:
        """How many of its days were at the bar, and how many days there were, over all weeks."""
        bar = self.results.scenario.plan.promise.bar
        shares = [_day_shares(summary) for summary in self.results.summaries]
        return sum(int((each >= bar).sum()) for each in shares), sum(len(each) for each in shares)

    @property
    def tier(self) -> Tier:
        """Which of the three businesses it is."""
        return tier(*self.days)


def points(summary: Summary, plan: Scenario, worth: float) -> float:
    """The points of one week: the mean over its days.

    A day scores 100 times the share of its issues with the promise kept; if that share is at the bar, also `worth`
    times the share of issues delighted, which is the plan's delight among the served. NaN for a week without issues.
    """
    shares = _day_shares(summary)
    if not len(shares):
        return nan
    settled = summary.values["settled"]
    delight = worth * plan.plan.delight.share * (settled if isfinite(settled) else 0.0)
    return float(np.mean(100 * shares + delight * (shares >= plan.plan.promise.bar)))


def tier(days_at_bar: int, days: int) -> Tier:
    """The business of which so many days were at the bar."""
    if days and 100 * days_at_bar >= ALWAYS * days:
        return "unparalleled"
    return "good enough" if days and 100 * days_at_bar >= OFTEN * days else "hit-and-miss"


def luck_band(weeks: Sequence[float]) -> tuple[float, float]:
    """The interval in which 95 of 100 further single weeks lie, by Student's t; open where there is only one week."""
    mean = estimate(weeks)
    if mean.replications < 2:
        return -np.inf, np.inf
    spread = float(np.nanstd(weeks, ddof=1)) * sqrt(1 + 1 / mean.replications)
    half = t_quantile(CONFIDENCE, mean.replications - 1) * spread
    return mean.mean - half, mean.mean + half


def above(one: Score, other: Score) -> bool:
    """Whether one plan is surely above another.

    A higher tier is, whatever the points. Within a tier, the 95% interval of the paired difference has to lie above
    zero; the same plan twice never is.
    """
    if one.tier != other.tier:
        return TIERS.index(one.tier) < TIERS.index(other.tier)
    return difference(one, other).low > 0


def difference(one: Score, other: Score) -> Estimate:
    """One less the other in points, paired week by week on the same customers."""
    return estimate([ours - theirs for ours, theirs in zip(one.weeks, other.weeks, strict=True)])


def _day_shares(summary: Summary) -> Floats:
    """The share of issues with the promise kept, of every day that had any."""
    kept, issues = summary.day_kept, summary.day_issues
    return kept[issues > 0] / issues[issues > 0]
