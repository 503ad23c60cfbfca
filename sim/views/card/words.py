"""Sentences of a card: amounts, gaps between a prediction and the model, and what a number of the model is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sim.exercise.source import Asked
from sim.exercise.truth import Answer, Truth
from sim.experiment.expected import Told
from sim.experiment.questions import Question
from sim.scenario.fields import FieldFacts
from sim.views import formats

INSIDE = "inside the model's range"
TROUBLE = "That did not work. Nothing you locked or wrote is lost; details are in {}."
KEPT_NUMBERS = "The run did not finish; these are the numbers kept with the lesson. Details are in {}."
NOT_FINISHED = "That run did not finish. Your prediction stays locked. Try again; details are in {}."
STOPPED = "Stopped. Nothing is lost; run it again when you like."
PLACE = {
    "number": "Place the mark on the line, or type a number, to go on.",
    "direction": "Choose one, to go on.",
    "choice": "Choose one, to go on.",
    "ranking": "Give every line its place, to go on.",
    "curve": "Give the curve a height at every point, to go on.",
}
SURE_NEXT = "Say how sure you are, to go on."
LONG = "Months take longer than a week does, a minute perhaps."
FINAL = "After this it cannot be changed."
RUNS = {"week": "Run the week", "year": "Run the year", "two years": "Run two years"}


def amount(value: float, asked: Asked) -> str:
    """A number of the answer as people write it; with its sign where the scale goes below zero."""
    low = asked.scale[0]
    places = _places(value)
    return formats.signed(value, places) if low < 0 else formats.number(value, places)


def _places(value: float) -> int:
    return next((places for places in (0, 1) if round(value, places) == value), 2)


def with_unit(shown: str, asked: Asked) -> str:
    """A number and its unit."""
    return f"{shown} {asked.unit}".strip()


def gap(asked: Asked, answer: Answer, found: Truth, told: Sequence[Told]) -> str:
    """How far a prediction lies from the model's answer, in words: "59 points short"."""
    if asked.kind == "number" and isinstance(answer, float):
        return _gap(asked, answer, found.values[0], found.around[0], told[0].digits)
    if asked.kind == "curve" and isinstance(answer, tuple):
        return _curve_gap(asked, [float(each) for each in answer], found, told)
    if asked.kind == "ranking" and isinstance(answer, tuple):
        same = sum(one == other for one, other in zip(answer, found.texts, strict=True))
        return f"{same} of {len(answer)} in the same place"
    return "you and the model agree" if answer == found.texts[0] else "you and the model differ"


def _gap(asked: Asked, answer: float, middle: float, around: float, digits: int) -> str:
    between = answer - middle
    if abs(between) <= around:
        return INSIDE
    shown = formats.number(abs(between), digits)
    return f"{shown} {_points(asked, shown)} {'over' if between > 0 else 'short'}".replace("  ", " ")


def _points(asked: Asked, shown: str) -> str:
    """What a difference is counted in: points of a share or of a percentage, or the unit itself."""
    if asked.unit.startswith("%") or "of 100" in asked.unit:
        return "point" if shown == "1" else "points"
    return asked.unit


def _curve_gap(asked: Asked, answer: Sequence[float], found: Truth, told: Sequence[Told]) -> str:
    rows = list(zip(answer, found.values, found.around, asked.points, told, strict=True))
    inside = sum(abs(one - middle) <= around for one, middle, around, _, _ in rows)
    if inside == len(rows):
        return f"{INSIDE} at every point"
    one, middle, around, at, number = max(rows, key=lambda each: abs(each[0] - each[1]) - each[2])
    furthest = _gap(asked, one, middle, around, number.digits)
    return f"{inside} of {len(rows)} points {INSIDE}; furthest at {at:g}: {furthest}"


def names_of(asked: Asked) -> tuple[str, ...]:
    """The questions whose numbers a picture of the answer shows."""
    return (asked.answer,) if asked.kind == "number" and asked.answer else asked.answers


def interval(told: Told, unit: str) -> str:
    """The model's number with its unit and interval: 96 % (84 to 108)."""
    return f"{f'{told} {unit}'.strip()} ({told.range})"


def clock(at: datetime) -> str:
    """The time of day at which something was locked."""
    return f"{at:%H:%M}"


def run_label(questions: Iterable[Question]) -> str:
    """What the button says that asks these questions."""
    spans = {question.over for question in questions}
    return next(RUNS[over] for over in ("two years", "year", "week") if over in spans or over == "week")


def run_help(questions: Iterable[Question]) -> str:
    """What will be run."""
    questions = list(questions)
    often = max(question.replications for question in questions)
    long = "" if all(question.over == "week" for question in questions) else f" {LONG}"
    return f"The model runs now, {often} replications, on the same customers with the same luck.{long}"


def lever_name(facts: FieldFacts) -> str:
    """A lever as a button names it."""
    return facts.title.lower()
