"""All randomness: named streams that belong to a seed, a replication, a week and a contact number.

A stream never depends on the plan, on another stream or on how many numbers are asked of it, so two plans meet
the same customers with the same patience and the same fate, and a new name moves nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zlib import crc32

import numpy as np

from sim.flow.contract import Floats, Ints

BLOCK = 256
WORD = 2**32
MOST_KEPT = 32
"""Blocks of the longest stream that is kept for the next plan: 64 MiB in all. Three weeks have some 520 streams."""
FOR_EVER = -1
"""The week of what does not change from week to week, such as an agent's pace."""


def stream(seed: int, replication: int, week: int, name: str, contact: int = 0) -> np.random.Generator:
    """The generator that belongs to one name."""
    entropy = [seed, replication, week - FOR_EVER, contact, crc32(name.encode())]
    # The same numbers either way; numpy reads an array of words three times as fast as a list.
    small = max(entropy) < WORD
    return np.random.default_rng(np.array(entropy, np.uint32) if small else entropy)


def _fresh(law: str, seed: int, replication: int, week: int, name: str, contact: int, blocks: int) -> Floats:
    generator = stream(seed, replication, week, name, contact)
    draw: Callable[[int], Floats] = getattr(generator, law)
    drawn = draw(blocks * BLOCK)
    drawn.flags.writeable = False
    return drawn


_draw = lru_cache(maxsize=1024)(_fresh)


def draws(law: str, key: tuple[int, int, int], name: str, contact: int, count: int) -> Floats:
    """The first `count` numbers of a stream; `law` is random, standard_normal or standard_exponential."""
    blocks = -(-count // BLOCK)
    draw = _draw if blocks <= MOST_KEPT else _fresh
    return draw(law, *key, name, contact, blocks)[:count]


@dataclass(frozen=True)
class Luck:
    """The luck of a set of issues: rows of one or more weeks, one after the other."""

    seed: int
    replication: int
    weeks: tuple[int, ...]
    rows: tuple[Ints, ...]

    @cached_property
    def _counts(self) -> tuple[int, ...]:
        """How many numbers of its stream each week's rows reach to."""
        return tuple(int(rows.max()) + 1 if len(rows) else 0 for rows in self.rows)

    def uniform(self, name: str, contact: int = 0) -> Floats:
        """Uniform on [0, 1), one number an issue."""
        return self._numbers("random", name, contact)

    def normal(self, name: str, contact: int = 0) -> Floats:
        """Standard normal, one number an issue."""
        return self._numbers("standard_normal", name, contact)

    def _numbers(self, law: str, name: str, contact: int) -> Floats:
        parts = [
            draws(law, (self.seed, self.replication, week), name, contact, count)[rows]
            for week, rows, count in zip(self.weeks, self.rows, self._counts, strict=True)
            if count
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0)
