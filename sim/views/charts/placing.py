"""Where things go: scales, round axis ends, labels kept apart, dots that do not cover each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from matplotlib.ticker import MaxNLocator


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to css pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Pixels of `value`."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def middle(self) -> float:
        """Pixels of the middle of the scale."""
        return (self.start + self.end) / 2


class RoundLimits:
    """Round ends of an axis, fitted to the first data, that move only when data leave them.

    An axis begins at 0 unless its data are far from it.

    Args:
        low: Where the axis begins until there are data.
        high: Where it ends until there are data.
        parts: Most parts between ticks.
        steps: Round numbers, times any power of 10, that may lie between two ticks.
        least: Shortest axis, however little the data need.
    """

    def __init__(
        self,
        low: float,
        high: float,
        *,
        parts: int,
        steps: Sequence[float] = (1, 2, 3, 4, 5, 10),
        least: float,
    ) -> None:
        self._locator = MaxNLocator(nbins=parts, steps=list(steps))
        self._empty = (low, high)
        self._least = least
        self.reset()

    def reset(self) -> None:
        """Forget the data seen so far."""
        self._fitted = False
        self.ticks = self._round(*self._empty)

    def hold(self, values: Sequence[float]) -> tuple[float, ...]:
        """The ticks for an axis that holds `values`; the first and the last are its ends."""
        known = [value for value in values if isfinite(value)]
        inside = known and self.ticks[0] <= min(known) and max(known) <= self.ticks[-1]
        if known and not (inside and self._fitted):
            self.ticks = self._round(min(known), max(known))
            self._fitted = True
        return self.ticks

    def _round(self, low: float, high: float) -> tuple[float, ...]:
        if low < high / 3:
            low = min(low, 0.0)
        ticks = self._locator.tick_values(low, max(high, low + abs(low) / 10, low + self._least))
        return tuple(round(float(tick), 12) for tick in ticks)


class LimitsBelow(RoundLimits):
    """Round ends of an axis whose upper end is `top`, which no data exceed.

    Args:
        top: Where the axis ends.
        low: Where it begins until there are data.
        parts: Most parts between ticks.
        steps: As for `RoundLimits`.
        least: Shortest axis.
    """

    def __init__(self, top: float, low: float, *, parts: int, steps: Sequence[float], least: float) -> None:
        super().__init__(0.0, top - low, parts=parts, steps=steps, least=least)
        self._top = top

    def hold(self, values: Sequence[float]) -> tuple[float, ...]:
        """The ticks for an axis from below `values` up to the top."""
        below = super().hold([0.0, *(self._top - value for value in values)] if values else [])
        return tuple(self._top - tick for tick in reversed(below))


def kept_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near to `wanted` as their sizes allow, in the order of `wanted`, from `low` to `high`.

    Where there is too little room for all, the last ones stand beyond `high`.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [0.0] * len(wanted)
    free = high
    for i in reversed(order):
        places[i] = min(wanted[i], free - sizes[i] / 2)
        free = places[i] - sizes[i] / 2
    free = low
    for i in order:
        places[i] = max(places[i], free + sizes[i] / 2)
        free = places[i] + sizes[i] / 2
    return places


def swarm(places: Sequence[float], size: float, room: float) -> list[float]:
    """Offsets across the row, at most `room` either way, so that dots of `size` at `places` cover little of each other.

    `places` are sorted. Each dot takes the free level nearest to the middle, or else the one that covers least.
    """
    levels = [0.0] + [side * size * step for step in range(1, int(room / size) + 1) for side in (-1, 1)]
    last = dict.fromkeys(levels, float("-inf"))
    offsets = []
    for place in places:
        free = [level for level in levels if place - last[level] >= size]
        level = free[0] if free else min(levels, key=lambda level: last[level])
        last[level] = place
        offsets.append(level)
    return offsets
