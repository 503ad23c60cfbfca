"""A card in words: as a student, somebody with the solutions, or an instructor reads it."""

from collections.abc import Iterator, Mapping
from typing import Literal

from sim.exercise.source import Asked, Card, Lesson
from sim.exercise.spoken import open_numbers, spoken
from sim.exercise.truth import truth
from sim.experiment.claims import CLAIMS
from sim.experiment.expected import Told, fill

View = Literal["student", "solution", "instructor"]
SEE = "What do you see?"
VIEWS: tuple[View, ...] = ("student", "solution", "instructor")


def lesson_in_words(lesson: Lesson, told: Mapping[str, Told], view: View) -> str:
    """A lesson's cards as Markdown. A student's view holds no answer, no solution and no instructor's note."""
    minutes = sum(card.minutes for card in lesson.cards)
    cards = "1 card" if len(lesson.cards) == 1 else f"{len(lesson.cards)} cards"
    head = f"# {lesson.lesson} · {lesson.title}\n\n{cards}, {minutes:g} minutes.\n"
    return "\n".join([head, *(card_in_words(card, told, view) for card in lesson.cards)])


def card_in_words(card: Card, told: Mapping[str, Told], view: View) -> str:
    """One card as Markdown; a student's quotes no number that the card asks for, or shows as a finding."""
    head = [f"## {card.title}", f"*Level {card.level} · {card.minutes:g} minutes*"]
    card = spoken(card, open_numbers(card, told) if view == "student" else told)
    parts = [*head, *_for_students(card, whole=view != "student")]
    if view != "student":
        parts += _with_solutions(card, told)
    if view == "instructor":
        parts += _for_instructors(card, told)
    return "\n\n".join(parts) + "\n"


def _for_students(card: Card, *, whole: bool) -> Iterator[str]:
    """What a card asks; later steps may tell what earlier ones ask for, so a student meets them in turn."""
    if card.predict:
        yield f"**Predict.** {_asked(card.predict)}"
    if card.observe and (whole or not card.predict):
        yield f"**{SEE}** {_asked(card.observe).removeprefix(SEE).strip()}"
    if card.explain and (whole or not card.asked()):
        yield f"**Why?** {card.explain.ask.removeprefix('Why? ')}"
    if card.check:
        yield f"**Task.** {_asked(card.check)}"
    if card.again:
        yield f"**Predict again.** {_asked(card.again)}"


def _asked(asked: Asked) -> str:
    texts = asked.texts
    options = "".join(f"\n- {text}" for text in texts) if texts else ""
    scale = f" ({asked.low:g} to {asked.high:g} {asked.unit})" if asked.low is not None else ""
    return f"{asked.ask}{scale}{options}"


def _with_solutions(card: Card, told: Mapping[str, Told]) -> Iterator[str]:
    for name, asked in (
        ("Prediction", card.predict),
        ("Seen", card.observe),
        ("Task", card.check),
        ("Again", card.again),
    ):
        if asked and asked.kind != "scenario":
            yield f"**{name}: the model's answer.** {in_words(asked, told)}"
    for asked in (card.predict, card.again):
        if asked:
            yield f"{fill(asked.reveal, told)} {fill(asked.below, told)}".strip()
    if card.surprise:
        kind = "structural" if card.surprise.kind == "structural" else "hangs on an assumption"
        yield f"**{kind.capitalize()}.** {fill(card.surprise.says, told)} {fill(card.surprise.turns, told)}"
    if card.solution:
        yield f"**Solution.** {fill(card.solution, told)}"


def _for_instructors(card: Card, told: Mapping[str, Told]) -> Iterator[str]:
    for claim in CLAIMS:
        if claim.number == card.idea:
            yield f"**Puts to the test.** {claim.number}: {claim.claim}"
    if card.instructor:
        yield f"**For instructors.** {fill(card.instructor, told)}"
    for each in card.watch:
        yield f"- “{fill(each.says, told)}” → {fill(each.reply, told)}"
    for asked in (card.observe, card.check):
        for shown in asked.misconceptions if asked else ():
            yield f"- *{shown.name}*: {shown.hint}"


def in_words(asked: Asked, told: Mapping[str, Told]) -> str:
    """The model's answer in words."""
    if asked.kind == "number":
        return f"{told[str(asked.answer)].pm} {asked.unit}".strip()
    if asked.kind == "curve":
        return ", ".join(
            f"{at:g}: {told[name]}" for at, name in zip(asked.points, asked.answers, strict=True)
        )
    return " › ".join(truth(asked, told).texts)
