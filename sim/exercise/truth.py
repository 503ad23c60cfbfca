"""What the model answers to what a learner is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.exercise.source import DIRECTIONS, Asked
from sim.experiment.expected import Told

Answer = float | str | tuple[str, ...] | tuple[float, ...]
"""A number, one of the options, an order of them, or a curve; of a plan, its decision code."""


@dataclass(frozen=True)
class Truth:
    """The model's answer: one number, or a row of them for a curve, in the unit shown; or texts in order, best first.

    `around`: half the width of the interval of each number.
    """

    values: tuple[float, ...] = ()
    around: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()


def truth(asked: Asked, told: Mapping[str, Told]) -> Truth:
    """What the model answers; a scenario has many right answers and is not asked here."""
    return {
        "number": _number, "direction": _direction, "choice": _choice, "ranking": _ranking, "curve": _curve,
    }[asked.kind](asked, told)  # fmt: skip


def _numbers(*found: Told) -> Truth:
    return Truth(tuple(each.value for each in found), tuple(each.tolerance for each in found))


def _number(asked: Asked, told: Mapping[str, Told]) -> Truth:
    return _numbers(told[str(asked.answer)])


def _direction(asked: Asked, told: Mapping[str, Told]) -> Truth:
    found = told[str(asked.answer)]
    middle, around = found.value, max(asked.matters, found.tolerance)
    falls, same, rises = DIRECTIONS
    return Truth(texts=(same if abs(middle) <= around else rises if middle > 0 else falls,))


def _choice(asked: Asked, told: Mapping[str, Told]) -> Truth:
    if asked.key is not None:
        return Truth(texts=(asked.options[asked.key].text,))
    if asked.answer:
        middle = told[asked.answer].value
        nearest = min(asked.options, key=lambda option: abs((option.value or 0.0) - middle))
        return Truth(texts=(nearest.text,))
    return Truth(texts=_in_order(asked, told)[:1])


def _ranking(asked: Asked, told: Mapping[str, Told]) -> Truth:
    return Truth(texts=_in_order(asked, told))


def _in_order(asked: Asked, told: Mapping[str, Told]) -> tuple[str, ...]:
    falling = asked.best == "highest"
    ranked = sorted(asked.options, key=lambda option: told[str(option.question)].value, reverse=falling)
    return tuple(option.text for option in ranked)


def _curve(asked: Asked, told: Mapping[str, Told]) -> Truth:
    return _numbers(*(told[name] for name in asked.answers))
