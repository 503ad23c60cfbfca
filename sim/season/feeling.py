"""What an issue does to what a customer expects, believes and remembers (E11 to E14)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Floats, Ints
from sim.scenario.customers import Belief, Expectation
from sim.scenario.customers import Customers as Answers
from sim.scenario.plan import Promise
from sim.season.contract import WEEKS_PER_MONTH, Customers

MOST = 100.0


USUAL = {"answer_within": 2.0, "decision_within": 540.0, "contacts": 2.0}
"""The promise that makes customers expect what `Expectation.promise` says (season 6.3)."""
STRICTEST = 1 / 60
SURE = 1e-9
"""A variance at which nothing more is learnt."""
MOST_NOTCHES = 3.0


def promised(promise: Promise, like: Expectation) -> float:
    """Points that the promise makes customers expect: more for every standard twice as strict as usual (E12)."""
    notches = sum(
        float(np.clip(np.log2(usual / max(STRICTEST, getattr(promise, name))), -MOST_NOTCHES, MOST_NOTCHES))
        for name, usual in USUAL.items()
    )
    return float(np.clip(like.promise + like.notch * notches, 0.0, MOST))


def surprise(quality: Floats, expected: Floats, like: Expectation) -> Floats:
    """Surplus or shortfall against what was expected, beyond the zone of tolerance (E11); in units of ten points."""
    distance = (quality - expected) / 10
    gain = np.maximum(0.0, distance - like.tolerance) ** like.gain_power
    loss = np.maximum(0.0, -distance - like.tolerance) ** like.loss_power
    return gain - like.loss_aversion * loss


def satisfaction(quality: Floats, delight: Floats, expected: Floats, like: Expectation, of: str) -> Floats:
    """E11: quality and the weight of surprise; delight is quality, or only surprise, as is assumed."""
    felt = surprise(quality + delight, expected, like)
    counted = quality + delight if of == "quality" else quality
    return np.clip(counted + like.weight * felt, 0.0, MOST)


def expects(expected: Floats, quality: Floats, like: Expectation) -> Floats:
    """What is expected next time (E12)."""
    distance = quality - expected
    return expected + np.where(distance > 0, like.up, like.down) * distance


def learns(
    belief: Floats, doubt: Floats, spread: Floats, felt: Floats, like: Belief
) -> tuple[Floats, Floats, Floats, Floats]:
    """Belief, doubt, variability felt, and the weight that this issue had (E13: a Kalman filter)."""
    doubt = doubt + like.drift_variance
    weight = doubt / np.maximum(doubt + spread, SURE)
    belief = belief + weight * (felt - belief)
    spread = spread + like.spread_rate * ((felt - belief) ** 2 - spread)
    return belief, doubt * (1 - weight), spread, weight


@dataclass(frozen=True)
class Impression:
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


def live_through(customers: Customers, left: Impression, like: Answers) -> None:
    """What the week's issues leave in the customers, one issue of each after the other; changes `customers`."""
    for rows in in_turn(left.customer):
        who, quality, expected = (
            left.customer[rows],
            left.quality[rows],
            customers.expectation[left.customer[rows]],
        )
        delight = left.delight[rows]
        if delight.any():
            delight = delight * left.fades ** customers.delights[who]
            customers.delights[who] += delight > 0
        felt = satisfaction(quality, delight, expected, like.expectation, like.quality.delight_is)
        belief, doubt, spread, weight = learns(
            customers.belief[who], customers.doubt[who], customers.spread[who], felt, like.belief
        )
        customers.belief[who], customers.doubt[who], customers.spread[who] = belief, doubt, spread
        customers.expectation[who] = expects(expected, quality + delight, like.expectation)
        customers.failures[who] += left.failure[rows]
        own = customers.kept[who]
        customers.kept[who] = np.where(
            np.isnan(own), left.kept[rows], own + like.kept.weight * (left.kept[rows] - own)
        )
        customers.losses[who] += weight[:, None] * (left.losses[rows] - customers.losses[who])
        left.satisfied[rows] = felt


def in_turn(customer: Ints) -> Iterator[Ints]:
    """Rows of the first issue of each customer, then of the second, and so on."""
    order = np.argsort(customer, kind="stable")
    ordered = customer[order]
    first = np.ones(len(order), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    begins = np.flatnonzero(first)
    turn = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    for number in range(int(turn.max(initial=-1)) + 1):
        yield order[turn == number]


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
