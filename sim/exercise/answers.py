"""What a learner typed or chose, understood, or told in one sentence why it could not be."""

from collections.abc import Sequence
from math import isfinite, nan
from numbers import Real
from typing import Any

from sim.exercise.source import Asked
from sim.exercise.truth import Answer
from sim.scenario import BadInput

NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)
LONGEST_SHOWN = 20
"""Letters of what was typed that a sentence quotes."""


def understood(asked: Asked, given: Any) -> Answer | None:
    """The answer given; None for a blank; raises BadInput for what cannot be one."""
    if _is_blank(given):
        return None
    if asked.kind == "number":
        return _within(asked, number(given))
    if asked.kind in ("choice", "direction"):
        return _one_of(asked, given)
    if asked.kind == "ranking":
        return _order(asked, given)
    if asked.kind == "curve":
        return _heights(asked, given)
    if not isinstance(given, str):
        raise BadInput("A plan is given as its decision code.")
    return given.strip()


def number(given: Any) -> float:
    """A number as people write it: signed, with a comma, with %, or in words up to twenty; raises BadInput."""
    if isinstance(given, str):
        return _read(given)
    if isinstance(given, bool) or not isinstance(given, Real):
        raise BadInput("That is not a number; type one such as 25.")
    return _finite(given, "that")


def _read(text: str) -> float:
    plain = text.strip().lower().replace("\N{MINUS SIGN}", "-").strip("%$ ")
    if plain in NUMBER_WORDS:
        return float(NUMBER_WORDS.index(plain))
    if plain.count(",") == 1 and "." not in plain and len(plain.split(",")[1]) != 3:
        plain = plain.replace(",", ".")
    return _finite(plain.replace(",", "").replace(" ", ""), text)


def _finite(given: Any, text: str) -> float:
    """A number that can be worked with; raises BadInput quoting the beginning of what was typed."""
    try:
        found = float(given)
    except (ValueError, OverflowError):
        found = nan
    if not isfinite(found):
        raise BadInput(f"“{_cut(text)}” is not a number; type one such as 25.")
    return found


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"


def _is_blank(given: Any) -> bool:
    if isinstance(given, str):
        return not given.strip()
    return given is None or (isinstance(given, tuple | list) and not given)


def _within(asked: Asked, found: float) -> float:
    low, high = asked.scale
    if not low <= found <= high:
        edge = low if found < low else high
        raise BadInput(f"{found:g} is outside {low:g} to {high:g}; nearest {edge:g}.")
    return found


def _one_of(asked: Asked, given: Any) -> str:
    for text in asked.texts:
        if isinstance(given, str) and given.strip().casefold() == text.casefold():
            return text
    raise BadInput(f"That is not one of the answers: {'; '.join(asked.texts)}.")


def _order(asked: Asked, given: Any) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise BadInput("Give every answer its place, the first one first.")
    order = tuple(_one_of(asked, each) for each in given)
    if sorted(order) != sorted(asked.texts):
        raise BadInput(f"Give each of the {len(asked.texts)} answers one place.")
    return order


def _heights(asked: Asked, given: Any) -> tuple[float, ...]:
    heights = [] if isinstance(given, str) or not isinstance(given, Sequence) else list(given)
    if len(heights) != len(asked.points) or any(_is_blank(each) for each in heights):
        raise BadInput(f"Give the curve a height at each of its {len(asked.points)} points.")
    return tuple(_within(asked, number(each)) for each in heights)
