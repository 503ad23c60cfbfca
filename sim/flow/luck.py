"""All randomness: named streams that belong to a seed, a replication, a week and a contact number.

A stream never depends on the plan, on another stream or on how many numbers are asked of it, so two plans meet
the same customers with the same patience and the same fate, and a new name moves nobody. Its numbers are counted, not
drawn one after the other: the number of any row can be had without those before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from sim.flow.contract import Floats, Ints

FOR_EVER = -1
"""The week of what does not change from week to week, such as an agent's pace."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
UNIT = 2.0**-52
"""Between two neighbouring numbers; half of it keeps them off 0 and 1."""

Words = npt.NDArray[np.uint64]
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


def draws(law: str, key: Key, name: str, contact: int, count: int) -> Floats:
    """The first `count` numbers of a stream; `law` is one of `LAWS`."""
    return _drawn(law, name, contact, [(key, steps(np.arange(count)))])


def _drawn(law: str, name: str, contact: int, parts: Sequence[tuple[Key, Words]]) -> Floats:
    states = [np.uint64(stream(*key, name, contact)) + counted for key, counted in parts]
    bits = split_mix(np.concatenate(states) if len(states) > 1 else states[0]) >> np.uint64(12)
    return LAWS[law](np.asarray((bits + 0.5) * UNIT, np.float64))


@dataclass(frozen=True)
class Luck:
    """The luck of a set of issues: rows of one or more weeks, one after the other."""

    seed: int
    replication: int
    weeks: tuple[int, ...]
    rows: tuple[Ints, ...]

    def uniform(self, name: str, contact: int = 0) -> Floats:
        """Uniform between 0 and 1, one number an issue."""
        return _drawn("uniform", name, contact, self._parts)

    def normal(self, name: str, contact: int = 0) -> Floats:
        """Standard normal, one number an issue."""
        return _drawn("normal", name, contact, self._parts)

    def exponential(self, name: str, contact: int = 0) -> Floats:
        """Exponential with mean 1, one number an issue."""
        return _drawn("exponential", name, contact, self._parts)

    @cached_property
    def _parts(self) -> list[tuple[Key, Words]]:
        return [
            ((self.seed, self.replication, week), steps(rows))
            for week, rows in zip(self.weeks, self.rows, strict=True)
        ]
