"""Do the lessons say what the model says: each surprise in its direction, each turn where it is said to turn?"""

from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pytest

from sim.exercise.shelf import expected_beside
from sim.exercise.source import Lesson, read
from sim.experiment.expected import Told, kept

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
LESSONS = {path.stem: path for path in sorted(NOTEBOOKS.glob("lesson_[0-9][0-9]_*[a-z].yaml"))}
LESSONS = {name: path for name, path in LESSONS.items() if "expected" not in path.name}
Numbers = Mapping[str, Told]


def opened(number: str) -> tuple[Lesson, Numbers]:
    """A lesson and its numbers."""
    (path,) = (path for name, path in LESSONS.items() if name.startswith(f"lesson_{number}_"))
    lesson = read(path)
    return lesson, kept(expected_beside(path), lesson.questions)


def low(told: Told) -> float:
    return told.answer.low


def high(told: Told) -> float:
    return told.answer.high


CLAIMS: Mapping[str, tuple[str, Callable[[Numbers], bool]]] = {
    "callers wait longest at lunch": ("00", lambda n: low(n["wait_1330"]) > high(n["wait_1030"])),
    "less than half as long in the morning": (
        "00", lambda n: n["wait_1030"].value < n["wait_1330"].value / 2,
    ),
    "without lunch, the morning is worst": ("00", lambda n: low(n["nolunch_1030"]) > high(n["nolunch_1330"])),
    "lunch is why": ("00", lambda n: high(n["lunch_moves"]) < 0),
    "an average hides those who wait too long": ("00", lambda n: high(n["answered"]) < 0.95),
    "the wait grows far more than the work": ("01", lambda n: low(n["fewer"]) > 3 * 100 / 9),
    "fewer people meet more contacts": ("01", lambda n: low(n["fewer_work"]) > 0),
    "the next cut costs more": ("01", lambda n: high(n["lost_6"]) < low(n["fewer_kept"])),
    "slack makes a cut cheap": ("01", lambda n: low(n["lost_12"]) > high(n["fewer_kept"])),
    "people alone do not reach the bar": ("01", lambda n: high(n["kept_13"]) < 0.75),
    "a kept promise gets dearer": ("01", lambda n: low(n["price_10"]) > high(n["price_7"])),
    "uneven cover swings more": ("02", lambda n: low(n["swings"]) > 1),
    "uneven cover costs more": ("02", lambda n: low(n["dearer"]) > 0),
    "below the bar, swinging cannot be told from steady": ("02", lambda n: low(n["bar_low"]) < 0 < high(n["bar_low"])),
    "near the bar, swinging loses days": ("02", lambda n: high(n["bar_high"]) < 0),
    "slack buys consistency": ("02", lambda n: low(n["sd_6"]) > high(n["sd_12"])),
    "the story does more than a person": ("02", lambda n: low(n["told_gain"]) > high(n["agent_gain"])),
    "a department more breaks promises": ("02", lambda n: high(n["silos"]) < 0),
    "for its money, a person keeps more customers than delight": (
        "03", lambda n: low(n["agent_worth"]) > high(n["wow_worth"]),
    ),
    "delight keeps customers too": ("03", lambda n: low(n["wow_stays"]) > 0),
    "the survey likes delight better": ("03", lambda n: low(n["wow_satisfaction"]) > high(n["agent_satisfaction"])),
    "delight works alike where promises are broken and kept": (
        "03", lambda n: abs(n["careful_wow"].value / n["lean_wow"].value - 1) < 0.25,
    ),
    "a person does most where most is broken": ("03", lambda n: low(n["lean_agent"]) > high(n["careful_agent"])),
    "strong delight draws level where promises are kept": (
        "03", lambda n: low(n["strong_agent"]) < n["strong_wow"].answer.mean < high(n["strong_agent"]),
    ),
    "delight moves no promise": ("03", lambda n: abs(n["wow_kept"].value) + n["wow_kept"].tolerance < 1),
}  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_a_lesson_says_is_what_the_model_says(claim: str) -> None:
    number, holds = CLAIMS[claim]
    assert holds(opened(number)[1])


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_asks_every_card_in_the_order_of_its_source(name: str) -> None:
    lesson = read(LESSONS[name])
    notebook = nbformat.read(LESSONS[name].with_suffix(".ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    shown = [
        cell.source.split('"')[1]
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.startswith("this.card(")
    ]
    assert shown == [card.id for card in lesson.cards]


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_its_nine_blocks_in_order(name: str) -> None:
    notebook = nbformat.read(LESSONS[name].with_suffix(".ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    heads = [line for cell in notebook.cells for line in cell.source.splitlines() if line.startswith("## ")]
    assert [head.split(" · ")[0] for head in heads] == ["## 1", "## 2", "## 3 to 6", "## 7", "## 8", "## 9"]


@pytest.mark.parametrize("name", LESSONS)
def test_the_cards_take_no_longer_than_the_lesson(name: str) -> None:
    lesson = read(LESSONS[name])
    assert sum(card.minutes for card in lesson.cards) <= lesson.minutes


@pytest.mark.parametrize("name", LESSONS)
def test_numbers_that_are_the_lesson_are_compared(name: str) -> None:
    """Their cells are tagged, and their stored output is there to compare with."""
    notebook = nbformat.read(LESSONS[name].with_suffix(".ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    saying = [cell for cell in notebook.cells if cell.source.startswith("this.say(")]
    assert saying
    for cell in saying:
        assert "nbval-check-output" in cell.metadata.tags
        assert cell.outputs
