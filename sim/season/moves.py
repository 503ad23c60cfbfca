"""Who leaves and why, who joins, and how loyal those are who were there (E15, E18)."""

from typing import NamedTuple

import numpy as np

from sim.flow.contract import Bools, Floats, Ints
from sim.scenario import Scenario
from sim.season import clientele, loyalty
from sim.season.contract import Customers, State


class Moves(NamedTuple):
    """Who left and why, who joined, and how loyal those are who were there."""

    customers: Customers
    left: Ints
    why: Floats
    joined: int
    worth: Floats
    many: Floats
    leaving: float
    praise: float
    variability: float
    expectation: float


def moves(scenario: Scenario, state: State, customers: Customers) -> Moves:
    """The end of a week; `customers`, after all issues, is the week's own copy, and changed."""
    key = (state.seed, state.replication)
    like = scenario.assumptions.customers.loyalty
    worth = loyalty.loyalty(customers, state.week, like)
    monthly = loyalty.hazard(worth, like)
    left = clientele.leave(customers, loyalty.weekly(monthly), state.week, key)
    why = loyalty.why(customers, left, monthly[left], like)
    alive, known = customers.alive, len(state.customers.alive)
    here = max(1, int(np.count_nonzero(alive)))
    bins = loyalty.spectrum(worth[alive])
    talk = loyalty.talk(*bins, like)
    expected = loyalty.newcomers(state.usual, talk, like)
    room = max(0, int(like.market * state.usual) - here + len(left))
    joined = min(room, clientele.joining(min(expected, 10.0 * room), state.week, key))
    leaving = _mean(monthly, alive)
    praise = loyalty.praise(*bins, like)
    felt = (_mean(np.sqrt(customers.spread), alive), _mean(customers.expectation, alive))
    alive[left] = False
    after = clientele.join(scenario, customers, joined, known, state.week + 1, key)
    return Moves(after, left, why, joined, *bins, leaving, praise, *felt)


def _mean(found: Floats, alive: Bools) -> float:
    """The mean of the customers we have, NaN where there are none."""
    here = np.count_nonzero(alive)
    return float(found.sum(where=alive)) / here if here else np.nan
