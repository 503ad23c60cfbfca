"""Every lesson there is, and the sample of the tests: a card of each kind, with questions answered in a blink."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.exercise.shelf import expected_beside, lessons_in
from sim.exercise.source import Card, Lesson, read
from sim.exercise.spoken import spoken
from sim.experiment.expected import Told, kept

HERE = Path(__file__).resolve().parent
SAMPLE = HERE / "lessons" / "lesson_99_sample.yaml"
PATHS = {path.stem: path for path in (SAMPLE, *lessons_in(HERE.parent / "notebooks"))}


@dataclass(frozen=True)
class Found:
    """A lesson and its numbers."""

    lesson: Lesson
    told: Mapping[str, Told]


@cache
def found(name: str) -> Found:
    """A lesson by the name of its file."""
    lesson = read(PATHS[name])
    return Found(lesson, kept(expected_beside(PATHS[name]), lesson.questions))


def cards() -> list[tuple[str, str]]:
    """Every card: the name of its lesson, and its id."""
    return [(name, card.id) for name in PATHS for card in found(name).lesson.cards]


def card(name: str, card_id: str) -> Card:
    """A card with its numbers in its texts."""
    return spoken(found(name).lesson.card(card_id), found(name).told)


def telling() -> Card:
    """The sample's first card, but what it asks after the reveal quotes what the reveal shows, and one more number."""
    source = found(SAMPLE.stem).lesson.card("number")
    assert source.explain
    assert source.check
    asks = source.explain.model_copy(
        update={"ask": "Why {longer.pm} and not {wait_four}, on {busy_two:.0f}?"}
    )
    task = source.check.model_copy(update={"ask": "It grew by {longer.pm} %. And the promises?"})
    return source.model_copy(update={"explain": asks, "check": task})
