"""Ranks as ranges: who is surely above whom decides, and whom luck cannot tell apart share places."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)


def places(everybody: Sequence[Who], above: Callable[[Who, Who], bool]) -> dict[Who, tuple[int, int]]:
    """The first and the last place each may have; `above(a, b)` says whether a is surely above b."""
    return {
        one: (
            1 + sum(above(other, one) for other in everybody if other != one),
            len(everybody) - sum(above(one, other) for other in everybody if other != one),
        )
        for one in everybody
    }


def shown(first: int, last: int) -> str:
    """A range of places as it is written: "4", or "4–8"."""
    return str(first) if first == last else f"{first}–{last}"
