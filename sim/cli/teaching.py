"""`sim lesson` and `sim expected`: a lesson in words, and the numbers that texts quote asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from sim.cli import screen
from sim.cli.guard import FAILED, FINE
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.exercise.shelf import Quoting, expected_beside, opened, quoting
from sim.exercise.source import Lesson
from sim.exercise.words import View, lesson_in_words
from sim.experiment.expected import Told, ask, drifted, keep, kept
from sim.scenario import BadInput

NEVER = "{}: never asked; run sim expected --write."


def show_lesson(name: str, view: str, *, as_json: bool) -> None:
    """Print a lesson's cards as Markdown."""
    path, lesson = opened(name)
    text = lesson_in_words(lesson, _numbers(path, lesson, view), cast("View", view))
    if as_json:
        facts = {"lesson": lesson.lesson, "title": lesson.title, "view": view, "text": text}
        screen.show_json({"command": "lesson", **facts})
    else:
        screen.show_text(text)


def _numbers(path: Path, lesson: Lesson, view: str) -> Mapping[str, Told]:
    """The numbers kept with a lesson; a student's view does without where there are none."""
    try:
        return kept(expected_beside(path), lesson.questions)
    except BadInput:
        if view == "student":
            return {}
        raise


# ------------------------------------------------------------------------------------------------- asked again


@dataclass(frozen=True)
class Found:
    """A file whose questions were asked again: a sentence for each answer that drifted, and whether it was written."""

    file: str
    questions: int
    drifted: tuple[str, ...]
    written: bool


def ask_again(folders: Sequence[Path], *, write: bool, as_json: bool) -> int:
    """Ask again, say what drifted, and write it down if told to; returns the exit code."""
    every = list(quoting(folders or [Path()]))
    if not every:
        raise BadInput("No lesson and no workshop here asks the model; give the folder they lie in.")
    found = [_again(each, write=write) for each in every]
    if as_json:
        screen.show_json([asdict(each) for each in found])
    else:
        _show(found)
    return FAILED if any(each.drifted and not each.written for each in found) else FINE


def _again(each: Quoting, *, write: bool) -> Found:
    now = _asked(each)
    try:
        told = tuple(drifted(kept(each.expected, each.questions), now))
    except BadInput as error:
        told = (str(error),) if each.expected.exists() else (NEVER.format(each.expected.name),)
    if write and told:
        keep(each.expected, now)
    return Found(str(each.path), len(each.questions), told, write and bool(told))


def _asked(each: Quoting) -> dict[str, Told]:
    total = sum(
        {(one.replications, one.seed, one.over): one.replications for one in each.questions.values()}.values()
    )
    work = Work(total, f"Asking {len(each.questions)} questions of {each.path.name}.")
    with stoppable() as stop, view_of(work) as view:
        try:
            return ask(each.questions, view.show, stop)
        except BadInput as error:
            if stop.is_set():
                raise Stopped("Stopped. No file was changed.") from error
            raise


def _show(found: Sequence[Found]) -> None:
    for each in found:
        number = len(each.drifted)
        state = f"{number} drifted" if number else "as they were"
        screen.say(f"{each.file}: {each.questions} answers, {state}{', written' if each.written else ''}.")
        for sentence in each.drifted:
            screen.say(f"  {sentence}")
