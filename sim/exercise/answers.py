"""What a learner typed or chose, understood, or told in one sentence why it could not be."""

from collections.abc import Sequence
from numbers import Real
from typing import Any

from sim.exercise.numbers import number as read
from sim.exercise.source import Asked
from sim.exercise.truth import Answer
from sim.scenario import BadInput


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
    """The one number in what was given, typed in digits or in words; raises BadInput with one sentence."""
    if isinstance(given, str):
        return read(given).value
    if isinstance(given, bool) or not isinstance(given, Real):
        raise BadInput("That is not a number; type one such as 25.")
    try:
        return read(float(given)).value
    except OverflowError:
        raise BadInput("That is too large a number; type one such as 25.") from None


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
