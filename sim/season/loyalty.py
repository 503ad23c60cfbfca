"""Who stays, who leaves and why, who talks, and what a survey would say (E15, E18, E19)."""

from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from sim.flow.contract import Floats, Ints
from sim.scenario.customers import Loyalty
from sim.season.contract import WEEKS_PER_MONTH, WEEKS_PER_YEAR, Cause, Customers

FELT = 100.0
"""Loyalty of somebody whom nothing has ever troubled."""
NPS_SLOPE, NPS_SPREAD = 0.12, 1.3
PROMOTERS, DETRACTORS = 8.5, 6.5
YEARS = 100
LEAST_POINTS = 1e-9
"""Fewer points lost than this are none."""


def tenure_bonus(years: Floats, like: Loyalty) -> Floats:
    """Points that time with us gives (E15; Bolton 1998)."""
    return np.minimum(like.tenure_most, like.tenure * np.log1p(years))


def loyalty(customers: Customers, week: int, like: Loyalty) -> Floats:
    """L of every place (E15), in points."""
    bonus = _bonus_by_week(like)
    tenure = bonus[np.clip(week - customers.joined, 0, len(bonus) - 1)]
    return value(customers.belief, customers.spread, customers.failures, tenure, like)


@lru_cache(maxsize=64)
def _bonus_by_week(like: Loyalty) -> Floats:
    """The bonus of each whole number of weeks."""
    bonus = tenure_bonus(np.arange(int(WEEKS_PER_YEAR * YEARS)) / WEEKS_PER_YEAR, like)
    bonus.flags.writeable = False  # it is kept
    return bonus


def value(belief: Floats, spread: Floats, failures: Floats, tenure: Floats, like: Loyalty) -> Floats:
    """E15: belief, less the dislike of variability, less remembered failures, plus tenure."""
    uneasy = like.risk_aversion * np.sqrt(spread)
    return belief - uneasy - like.failure_weight * np.minimum(failures, like.failures_most) + tenure


def hazard(worth: Floats, like: Loyalty) -> Floats:
    """Share that leaves in a month (E15; Jones & Sasser 1995); a switching barrier holds back what is avoidable."""
    avoidable = (like.churn_most - like.churn_least) / (1 + np.exp((worth - like.middle) / like.width))
    return like.churn_least + (1 - like.barrier) * avoidable


def weekly(monthly: Floats) -> Floats:
    """Chance to leave within a week, at a hazard a month."""
    return -np.expm1(-monthly / WEEKS_PER_MONTH)


def retention(monthly: Floats) -> Floats:
    """Share that is still there a year later, at a hazard a month that stays."""
    return np.exp(-12 * monthly)


def why(customers: Customers, who: Ints, monthly: Floats, like: Loyalty) -> Floats:
    """For each of these customers the shares of the causes of leaving, a row each (columns: `Cause`).

    What nobody could avoid is the least hazard; the rest is shared out over the points that the reasons, remembered
    failures and the dislike of variability take away from loyalty.
    """
    points = np.zeros((len(who), len(Cause)))
    points[:, : customers.losses.shape[1]] = np.maximum(0.0, customers.losses[who])
    points[:, Cause.REMEMBERED] = like.failure_weight * np.minimum(
        customers.failures[who], like.failures_most
    )
    points[:, Cause.ERRATIC] = like.risk_aversion * np.sqrt(customers.spread[who])
    anyhow = np.minimum(1.0, like.churn_least / np.maximum(monthly, np.finfo(float).tiny))
    total = points.sum(axis=1)
    some = total > LEAST_POINTS
    shares = points * (np.where(some, 1 - anyhow, 0.0) / np.where(some, total, 1.0))[:, None]
    shares[:, Cause.ANYHOW] = np.where(some, anyhow, 1.0)
    return shares


def spectrum(worth: Floats, step: float = 0.25) -> tuple[Floats, Floats]:
    """Loyalty in narrow bins: their middles, and how many customers are in each."""
    place = np.floor(worth / step).astype(np.int64)
    if not len(place):
        return np.zeros(0), np.zeros(0)
    least = int(place.min())
    return (np.arange(least, place.max() + 1) + 0.5) * step, np.bincount(place - least).astype(np.float64)


def messages(worth: Floats, like: Loyalty) -> Floats:
    """Messages a month of somebody of this loyalty: praise above 0, blame below (E18; Anderson 1998)."""
    off = worth - like.talk_pivot
    told = like.talks * (np.abs(off) / 20) ** like.talk_power
    return np.where(off < 0, -like.blame * told, told)


def talk(worth: Floats, many: Floats, like: Loyalty) -> float:
    """Net messages a month for 100 customers."""
    return float((messages(worth, like) * many).sum() / max(1.0, many.sum()) * 100)


def praise(worth: Floats, many: Floats, like: Loyalty) -> float:
    """Messages of praise a month for 100 customers."""
    return float((np.maximum(0.0, messages(worth, like)) * many).sum() / max(1.0, many.sum()) * 100)


def newcomers(usual: float, net: float, like: Loyalty) -> float:
    """Customers expected to join in a week (E18); `usual`: customers at the beginning."""
    return usual * like.joins * max(0.0, 1 + like.talk_brings * net)


def promoter_score(worth: Floats, many: Floats) -> float:
    """NPS in points (E19): an output for comparison, never a driver; 9 and 10 less 0 to 6, of a rounded answer."""
    would = NPS_SLOPE * worth
    praise = 1 - ndtr((PROMOTERS - would) / NPS_SPREAD)
    blame = ndtr((DETRACTORS - would) / NPS_SPREAD)
    return float(100 * ((praise - blame) * many).sum() / max(1.0, many.sum()))
