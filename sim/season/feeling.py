"""What an issue does to what a customer expects, believes and remembers (E11 to E14)."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.flow.choice import Engine
from sim.flow.contract import Floats, Ints
from sim.scenario.customers import Belief, Expectation
from sim.scenario.customers import Customers as Answers
from sim.scenario.plan import Promise
from sim.season.choice import by
from sim.season.contract import WEEKS_PER_MONTH, Customers

MOST = 100.0


USUAL = {"answer_within": 2.0, "decision_within": 540.0, "contacts": 2.0}
"""The promise that makes customers expect what `Expectation.promise` says (season 6.3)."""
STRICTEST = 1 / 60
SURE = 1e-9
"""A variance at which nothing more is learnt."""
MOST_NOTCHES = 3.0


@lru_cache(maxsize=64)
def promised(promise: Promise, like: Expectation) -> float:
    """Points that the promise makes customers expect: more for every standard twice as strict as usual (E12)."""
    notches = sum(
        min(max(-MOST_NOTCHES, float(np.log2(usual / max(STRICTEST, getattr(promise, name))))), MOST_NOTCHES)
        for name, usual in USUAL.items()
    )
    return min(max(0.0, like.promise + like.notch * notches), MOST)


def surprise(quality: float, expected: float, like: Expectation) -> float:
    """Surplus or shortfall against what was expected, beyond the zone of tolerance (E11); in units of ten points."""
    distance = (quality - expected) / 10
    gain = max(0.0, distance - like.tolerance) ** like.gain_power
    loss = max(0.0, -distance - like.tolerance) ** like.loss_power
    return gain - like.loss_aversion * loss


def satisfaction(quality: float, delight: float, expected: float, like: Expectation, counts: bool) -> float:
    """E11: quality and the weight of surprise; delight `counts` as quality, or is only surprise."""
    felt = surprise(quality + delight, expected, like)
    counted = quality + delight if counts else quality
    return min(max(0.0, counted + like.weight * felt), MOST)


def expects(expected: float, quality: float, like: Expectation) -> float:
    """What is expected next time (E12)."""
    distance = quality - expected
    return expected + (like.up if distance > 0 else like.down) * distance


def learns(
    belief: float, doubt: float, spread: float, felt: float, like: Belief
) -> tuple[float, float, float, float]:
    """Belief, doubt, variability felt, and the weight that this issue had (E13: a Kalman filter)."""
    doubt = doubt + like.drift_variance
    weight = doubt / max(doubt + spread, SURE)
    belief = belief + weight * (felt - belief)
    off = felt - belief
    spread = spread + like.spread_rate * (off * off - spread)
    return belief, doubt * (1 - weight), spread, weight


class Impression(NamedTuple):
    """What each ended issue leaves, row by row in order of their end.

    `quality`: points without delight; `failure`: what is remembered of it, 0 where the promise was kept; `losses`:
    points by reason. `satisfied` is filled in as the issues are lived through. `fades`: what each recent delight leaves
    of the next.
    """

    customer: Ints
    quality: Floats
    delight: Floats
    failure: Floats
    kept: Floats
    losses: Floats
    satisfied: Floats
    fades: float = 1.0


class Feelings(NamedTuple):
    """What an issue changes in customers: columns of `Customers`."""

    expectation: Floats
    belief: Floats
    doubt: Floats
    spread: Floats
    failures: Floats
    kept: Floats
    delights: Floats
    losses: Floats


class Manner(NamedTuple):
    """How customers take what they meet; `delight_counts`: as quality; `kept`: weight of the latest promise."""

    expectation: Expectation
    belief: Belief
    kept: float
    delight_counts: bool


def live_through(
    customers: Customers | Feelings, left: Impression, like: Answers, engine: Engine = "auto"
) -> None:
    """What the week's issues leave in the customers, one issue after the other; changes `customers`."""
    feelings = Feelings._make(getattr(customers, name) for name in Feelings._fields)
    manner = Manner(like.expectation, like.belief, like.kept.weight, like.quality.delight_is == "quality")
    by(engine).live_all(feelings, left, manner)


def live_all(customers: Feelings, left: Impression, like: Manner) -> None:
    """Live through the issues in their order; a plain function, which the compiled season compiles."""
    for row in range(len(left.customer)):
        live_one(customers, left.customer[row], left, row, like)


def live_one(customers: Feelings, who: int, left: Impression, row: int, like: Manner) -> None:
    """What one issue leaves in its customer."""
    quality, delight, expected = left.quality[row], left.delight[row], customers.expectation[who]
    if delight > 0.0:
        delight *= left.fades ** customers.delights[who]
        customers.delights[who] += 1.0 if delight > 0.0 else 0.0
    felt = satisfaction(quality, delight, expected, like.expectation, like.delight_counts)
    left.satisfied[row] = felt
    customers.belief[who], customers.doubt[who], customers.spread[who], weight = learns(
        customers.belief[who], customers.doubt[who], customers.spread[who], felt, like.belief
    )
    customers.expectation[who] = expects(expected, quality + delight, like.expectation)
    customers.failures[who] += left.failure[row]
    customers.kept[who] = own_share(customers.kept[who], left.kept[row], like.kept)
    remembered, latest = customers.losses[who], left.losses[row]
    for reason in range(len(latest)):
        remembered[reason] += weight * (latest[reason] - remembered[reason])


def own_share(before: float, kept: float, weight: float) -> float:
    """The customer's own share of promises kept, which begins with the first issue."""
    return kept if math.isnan(before) else before + weight * (kept - before)


def week_passes(customers: Customers, like: Answers, promise: Promise) -> None:
    """Between issues expectation drifts to the promise (E12), belief to its quiet level; failures fade (E14).

    Changes `customers`.
    """
    drift = 1 - (1 - like.expectation.drift) ** (1 / WEEKS_PER_MONTH)
    step = like.belief.quiet_drift / WEEKS_PER_MONTH
    customers.expectation[:] += drift * (promised(promise, like.expectation) - customers.expectation)
    customers.belief[:] += np.clip(like.belief.quiet - customers.belief, 0.0, step)
    customers.failures[:] *= faded(like.memory.months)
    customers.delights[:] *= faded(like.quality.delight_months)


def faded(months: float) -> float:
    """What a week leaves of something forgotten with a time constant in months."""
    return float(np.exp(-1 / (months * WEEKS_PER_MONTH)))
