"""Customers in their places: who brings how many issues, who comes and who goes."""

from typing import Any

import numpy as np
from scipy.special import ndtri, pdtrik

from sim.flow.contract import Bools, Clientele, Floats, Ints
from sim.flow.issues import usual_week
from sim.flow.luck import FOR_EVER, Key, draws, draws_at
from sim.scenario import Scenario
from sim.season.contract import WEEKS_PER_YEAR, Customers, Reason, State, Taste
from sim.season.feeling import promised
from sim.season.prevention import issues_left

MANY = 1e6
WIDTHS = 4.0
"""Customers are laid out on a line as wide as a power of this, so that most changes of demand leave them in place."""
NEWCOMERS = 0.01
"""Room for those who join in a week, as a share of all places; where it is not enough, more is made."""
FIELDS = tuple(Customers.__dataclass_fields__)


def first_customers(scenario: Scenario, week: int, key: tuple[int, int]) -> Customers:
    """Those who are there at the beginning: everybody as somebody new, but with us for various times."""
    count = scenario.assumptions.demand.customers
    years = scenario.assumptions.customers.loyalty.tenure_years
    waited = draws("exponential", (*key, FOR_EVER), "tenure", count) * years * WEEKS_PER_YEAR
    core = draws("uniform", (*key, FOR_EVER), "core", count) < scenario.assumptions.demand.core_share
    luck = _characters((*key, FOR_EVER), np.arange(count))
    return _new(scenario, week - waited.astype(np.int64), core, *luck)


def _characters(key: Key, places: Ints) -> tuple[Floats, Floats]:
    """Uniform luck of the customers in these places: how difficult they are, and their taste."""
    return draws_at("uniform", key, "difficult", places), draws_at("uniform", key, "taste", places)


def _new(scenario: Scenario, joined: Ints, core: Bools, conduct: Floats, taste: Floats) -> Customers:
    like, count = scenario.assumptions.customers, len(joined)
    return Customers(
        alive=np.ones(count, bool),
        core=core,
        difficult=conduct < like.quality.difficult,
        taste=(taste * len(Taste)).astype(np.int64),
        joined=joined,
        expectation=np.full(count, promised(scenario.plan.promise, like.expectation)),
        belief=np.full(count, like.belief.start),
        doubt=np.full(count, like.belief.unsure),
        spread=np.full(count, like.belief.spread),
        failures=np.zeros(count),
        kept=np.full(count, np.nan),
        delights=np.zeros(count),
        losses=np.zeros((count, len(Reason))),
    )


def clientele(scenario: Scenario, state: State) -> Clientele:
    """How many issues each customer brings in a usual week: all alike, fewer where causes were taken away."""
    each = usual_week(scenario) / scenario.assumptions.demand.customers
    brings = each * issues_left(state.causes, scenario.assumptions.demand)
    most = WIDTHS ** np.ceil(np.log(each) / np.log(WIDTHS)) if each > 0 else 1.0
    here = state.customers
    return Clientele(np.where(here.alive, brings, 0.0), here.core, here.difficult, float(most))


def leave(customers: Customers, chance: Floats, week: int, key: tuple[int, int]) -> Ints:
    """Places of those who leave at the end of the week."""
    luck = draws("uniform", (*key, week), "leaves", len(chance))
    return np.flatnonzero(customers.alive & (luck < chance))


def joining(expected: float, week: int, key: tuple[int, int]) -> int:
    """How many join where so many are expected (Poisson)."""
    luck = float(draws("uniform", (*key, week), "joins", 1)[0])
    if expected > MANY:  # where the inverse of Poisson's law is not to be had, and the normal one is as good
        return max(0, int(np.ceil(expected + np.sqrt(expected) * ndtri(luck))))
    return int(np.ceil(pdtrik(luck, expected))) if expected > 0 else 0


def join(
    scenario: Scenario, customers: Customers, count: int, known: int, week: int, key: tuple[int, int]
) -> Customers:
    """New customers take the first free places; those at the end that nobody took are given up, down to `known`.

    `customers` is the week's own copy, and changed.
    """
    places = np.flatnonzero(~customers.alive)[:count]
    if len(places) < count:
        customers = copied(customers, count)
        places = np.flatnonzero(~customers.alive)[:count]
    luck = draws_at("uniform", (*key, week), "core", places)
    core = luck < scenario.assumptions.demand.core_share
    new = _new(scenario, np.full(count, week, np.int64), core, *_characters((*key, week), places))
    last = max(known, int(places.max(initial=-1)) + 1)
    return Customers(**{name: _seated(customers, new, name, places)[:last] for name in FIELDS})


def _seated(customers: Customers, new: Customers, name: str, places: Ints) -> Any:
    column = getattr(customers, name)
    column[places] = getattr(new, name)
    return column


def for_a_week(customers: Customers) -> Customers:
    """A copy for a week to change, with room for those who may join, so that joining copies nothing again."""
    return copied(customers, int(NEWCOMERS * len(customers.alive)))


def copied(customers: Customers, room: int = 0) -> Customers:
    """A copy to change, with room for so many more at the end."""
    return Customers(**{name: _with_room(getattr(customers, name), room) for name in FIELDS})


def _with_room(column: Any, room: int) -> Any:
    return np.concatenate([column, np.zeros((room, *column.shape[1:]), column.dtype)])
