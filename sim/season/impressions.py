"""What the issues that came to their end were like, and what they leave in their customers (E9, E10, E14, E16)."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.flow.contract import Bools, Floats, Table
from sim.flow.luck import RowLuck
from sim.scenario import Scenario
from sim.season import quality, recovery
from sim.season.contract import Customers, State
from sim.season.feeling import Impression


@dataclass(frozen=True)
class Left:
    """What the week's ended issues were like; `impression` of those whose customer is still the same.

    `lifted`: points by which customers were compensated.
    """

    ended: Table
    verdict: quality.Verdict
    mended: recovery.Mended
    delighted: Bools
    lifted: float
    still: Bools
    impression: Impression


def impressions(scenario: Scenario, ended: Table, state: State) -> Left:
    """E9, E10, E16: quality, delight, failure and recovery of each issue that came to its end."""
    plan, like = scenario.plan, scenario.assumptions.customers
    luck = _drawn(scenario, ended, state)
    verdict = quality.judge(ended, plan.promise)
    lost, smooth = _as_felt(scenario, ended, state)
    smooth += luck.mood * np.where(verdict.kept, like.quality.noise_kept, like.quality.noise_broken)
    tries = np.array([luck.complains, luck.found])
    mended = recovery.mend(
        ended, verdict, plan.recovery, like.memory, plan.prevention.feedback, plan.empowerment.trust, tries
    )
    points = smooth - lost.sum(axis=1)
    helped = np.flatnonzero(mended.helped)
    just = mended.justice[helped]
    points[helped] = recovery.after(points[helped], smooth[helped], just, plan.recovery, like.memory)
    lost[helped] *= (1 - just)[:, None]
    lifted = np.maximum(0.0, plan.recovery.guarantee - points)
    delighted = (luck.pleased < plan.delight.share) & ended["served"]
    still = _still_the_same(ended, state.customers)
    rows = np.flatnonzero(still)
    impression = Impression(
        customer=ended["customer"][rows],
        quality=np.clip(points + lifted, 0.0, 100.0)[rows],
        delight=like.quality.delight * delighted[rows],
        failure=mended.remembered[rows],
        kept=verdict.kept[rows].astype(np.float64),
        losses=lost[rows],
        satisfied=np.zeros(len(rows)),
        fades=1.0 if plan.delight.refreshed else like.quality.delight_fades,
    )
    return Left(ended, verdict, mended, delighted, float(lifted.sum()), still, impression)


class Drawn(NamedTuple):
    """Luck of each ended issue: a standard normal mood, and uniform numbers for what may happen to it."""

    mood: Floats
    complains: Floats
    found: Floats
    pleased: Floats


def _drawn(scenario: Scenario, ended: Table, state: State) -> Drawn:
    """The luck of each issue; where nothing hangs on it, none is drawn."""
    luck = RowLuck(state.seed, state.replication, ended["week"], ended["row"])
    nobody = np.ones(len(ended))
    return Drawn(
        mood=luck.draws("normal", "mood"),
        complains=luck.draws("uniform", "complains"),
        found=luck.draws("uniform", "found") if scenario.plan.recovery.reaches_out else nobody,
        pleased=luck.draws("uniform", "delight") if scenario.plan.delight.share else nobody,
    )


def _as_felt(scenario: Scenario, ended: Table, state: State) -> tuple[Floats, Floats]:
    """Points lost by reason, as customers of that taste feel them, and points of the same issue gone smoothly."""
    like, variants = scenario.assumptions.customers.quality, scenario.plan.personalisation.variants
    lost = quality.losses(ended, like, scenario.plan.promise)
    taste = state.customers.taste[ended["customer"]]
    felt = quality.by_taste(lost, taste, quality.fits(variants, like), like)
    return felt, quality.smooth(ended, like, variants)


def _still_the_same(ended: Table, customers: Customers) -> Bools:
    """Whether an issue's customer is still with us; the place may be free, or somebody else's."""
    place = ended["customer"]
    return customers.alive[place] & (customers.joined[place] <= ended["week"])
