"""All randomness: named streams that belong to a seed, a replication, a week and a contact number.

A stream never depends on the plan, on another stream or on how many numbers are asked of it, so two plans meet
the same customers with the same patience and the same fate, and a new name moves nobody. Its numbers are counted, not
drawn one after the other: the number of any row can be had without those before it (one by one: `counter`).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from scipy.special import ndtri

from sim.flow import counter
from sim.flow.contract import Floats, Ints, Words

FOR_EVER = -1
"""The week of what does not change from week to week, such as an agent's pace."""
GOLDEN, FIRST, SECOND = (
    np.uint64(number & counter.MASK) for number in (counter.GOLDEN, counter.FIRST, counter.SECOND)
)

PLACES = 64
"""More than the contacts of one issue."""

Key = tuple[int, int, int]
"""Seed, replication and week."""


@lru_cache(maxsize=4096)
def stream(seed: int, replication: int, week: int, name: str, contact: int = 0) -> int:
    """Where the counter of a stream starts."""
    text = f"{seed} {replication} {week} {contact} {name}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def split_mix(state: Words) -> Words:
    """SplitMix64's output, in place: 64 random bits for each state of its counter (Steele, Lea & Flood 2014)."""
    state ^= state >> np.uint64(30)
    state *= FIRST
    state ^= state >> np.uint64(27)
    state *= SECOND
    state ^= state >> np.uint64(31)
    return state


def steps(rows: Ints) -> Words:
    """How far the counter has come at each row."""
    return (rows.astype(np.uint64) + np.uint64(1)) * GOLDEN


LAWS: dict[str, Callable[[Floats], Floats]] = {
    "uniform": lambda luck: luck,
    "normal": lambda luck: np.asarray(ndtri(luck), np.float64),
    "exponential": lambda luck: np.asarray(-np.log1p(-luck), np.float64),
}
"""Each a rising function of the same uniform number, in its standard form."""


def draws(law: str, key: Key, name: str, count: int) -> Floats:
    """The first `count` numbers of a stream; `law` is one of `LAWS`."""
    return draws_at(law, key, name, np.arange(count))


def draws_at(law: str, key: Key, name: str, rows: Ints) -> Floats:
    """The numbers of these rows of a stream."""
    return _numbers(law, np.uint64(stream(*key, name)) + steps(rows))


def draws_among(law: str, key: Key, names: Sequence[str], which: Ints, rows: Ints) -> Floats:
    """The numbers of these rows, each of that one of the streams which `which` says."""
    starts = np.array([stream(*key, name) for name in names], np.uint64)
    return _numbers(law, starts[which] + steps(rows))


def _numbers(law: str, state: Words) -> Floats:
    """The numbers of counters that have come so far; changes `state`."""
    bits = split_mix(state) >> np.uint64(12)
    return LAWS[law](np.asarray((bits + 0.5) * counter.UNIT, np.float64))


class RowLuck:
    """The luck of single rows, each of the streams of its own week and contact."""

    def __init__(self, seed: int, replication: int, week: Ints, row: Ints, contact: Ints | int = 0) -> None:
        self._key = (seed, replication)
        place = week.astype(np.int64) * PLACES + contact
        first = int(place.min()) if len(place) else 0
        there = np.bincount(place - first) > 0
        self._found = [divmod(int(at) + first, PLACES) for at in np.flatnonzero(there)]
        self._where = (np.cumsum(there) - 1)[place - first]
        self._steps = steps(row)

    def draws(self, law: str, name: str) -> Floats:
        """One number a row, of the stream of that name; `law` is one of `LAWS`."""
        starts = [stream(*self._key, week, name, contact) for week, contact in self._found]
        return _numbers(law, np.array(starts, np.uint64)[self._where] + self._steps)
