"""A card's texts with their numbers in them. What is not known, or not to be told yet, is left as a blank."""

from collections.abc import Mapping
from typing import Any

from sim.exercise.source import Asked, Card, Check
from sim.experiment.expected import Told

BLANK = "…"


class _Blank:
    """Stands for a number that is not told, and for each part of it."""

    def __getattr__(self, _name: str) -> "_Blank":
        return self

    def __format__(self, _spec: str) -> str:
        return BLANK


class _Known(dict[str, Any]):
    def __missing__(self, _name: str) -> _Blank:
        return _Blank()


def spoken(card: Card, told: Mapping[str, Told]) -> Card:
    """The card with the numbers its questions, hints and comments quote.

    What it says once the model has run stays as it is, for the numbers of that run.
    """
    changes: dict[str, Any] = {"hints": tuple(filled(hint, told) for hint in card.hints)}
    for name in ("predict", "observe", "check", "again"):
        asked = getattr(card, name)
        changes[name] = asked and _asked(asked, told)
    if card.explain:
        points = tuple(filled(point, told) for point in card.explain.points)
        changes["explain"] = card.explain.model_copy(
            update={"ask": filled(card.explain.ask, told), "points": points}
        )
    return card.model_copy(update=changes)


def open_numbers(card: Card, told: Mapping[str, Told]) -> dict[str, Told]:
    """The numbers that a card may quote before it was worked on: all but those it asks for, or shows as a finding."""
    closed = {name for asked in card.asked() for name in asked.quoted()}
    closed |= {name for asked in (card.predict, card.again) if asked for name in asked.shown()}
    closed |= set(card.surprise.shown()) if card.surprise else set()
    return {name: each for name, each in told.items() if name not in closed}


def filled(text: str, told: Mapping[str, Told]) -> str:
    """The text with the numbers that are told; blanks for the others, braces that quote nothing as they are."""
    try:
        return text.format_map(_Known(told))
    except (AttributeError, IndexError, ValueError):
        return text


def _asked(asked: Asked, told: Mapping[str, Told]) -> Asked:
    changes: dict[str, Any] = {"ask": filled(asked.ask, told)}
    if isinstance(asked, Check):
        changes |= {"right": filled(asked.right, told), "look": filled(asked.look, told)}
        changes["misconceptions"] = tuple(
            each.model_copy(update={"hint": filled(each.hint, told)}) for each in asked.misconceptions
        )
    return asked.model_copy(update=changes)
