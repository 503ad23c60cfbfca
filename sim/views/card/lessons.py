"""A lesson as its notebook opens it: its cards, its numbers, and what was done so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from threading import RLock

from sim.exercise import diary, shelf
from sim.exercise.attempt import Attempt
from sim.exercise.diary import Diary
from sim.exercise.source import Card, Lesson
from sim.exercise.spoken import spoken
from sim.experiment.expected import Told, fill, kept
from sim.scenario import BadInput
from sim.views.card.card import CardView, all_done
from sim.views.card.strip import Strip
from sim.views.room.log import log

CLOSED = "That could not be opened; details are in the log."


class Sentence:
    """One sentence, where something else was wanted that cannot be had."""

    def __init__(self, said: str) -> None:
        self.said = said

    def __repr__(self) -> str:
        return self.said

    def _repr_html_(self) -> str:
        return f'<p role="status">✕ {escape(self.said)}</p>'


class Said:
    """Words for people, as Markdown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


class OpenLesson:
    """A lesson that is being worked on; what cannot be had is told in a sentence in its place."""

    def __init__(self, path: Path, lesson: Lesson, diary_file: Diary) -> None:
        self.path, self.lesson = path, lesson
        self._diary = diary_file
        self._lock = RLock()
        self._told: Mapping[str, Told] | None = None
        self._views: dict[str, CardView] = {}
        self._strips: list[Strip] = []
        self.attempts: dict[str, Attempt] = {}
        self._recall()

    @property
    def told(self) -> Mapping[str, Told]:
        """The numbers kept with the lesson, by question; none where the file is missing or older than the lesson."""
        try:
            return self._numbers()
        except BadInput:
            return {}

    def card(self, name: str) -> CardView | Sentence:
        """A card to work on, as the last line of a cell; a sentence where the lesson has no such card."""
        try:
            with self._lock:
                return self._view(self.lesson.card(str(name)))
        except BadInput as error:
            return Sentence(str(error))
        except Exception:  # noqa: BLE001  # nobody who uses the kit ever sees a traceback
            log().exception("card %s of %s", name, self.path)
            return Sentence(CLOSED)

    def say(self, text: str) -> Said:
        """The text with its {names} replaced by the numbers kept with the lesson."""
        try:
            return Said(fill(text, self._numbers()))
        except BadInput as error:
            return Said(f"✕ {error}")

    def progress(self) -> Strip:
        """The cards of the lesson, which of them are done, and a way to start over."""
        strip = Strip(self.lesson.cards, self.start_over)
        self._strips.append(strip)
        strip.show(self.attempts)
        return strip

    def start_over(self) -> str:
        """Begin the lesson afresh; what was done so far is kept aside. Returns a sentence; raises BadInput."""
        with self._lock:
            aside = self._diary.start_over(datetime.now().astimezone())
            self._recall()
            for view in self._views.values():
                view.start_over(self._waits(view.source))
            self._shown()
        where = f" What was there is kept as {aside.name}." if aside else ""
        return f"The lesson begins afresh.{where}"

    def _view(self, source: Card) -> CardView:
        """The card as it is shown; the same wherever it is."""
        if source.id not in self._views:
            attempt, questions = self.attempts[source.id], self.lesson.questions
            self._views[source.id] = CardView(
                source, attempt, questions, self._numbers, self._kept, self._waits(source)
            )
        return self._views[source.id]

    def _waits(self, source: Card) -> str:
        """What a card waits for, in a sentence; empty where it waits for nothing."""
        if not source.after or all_done(self.attempts[source.after]):
            return ""
        return f"This card opens when “{self.lesson.card(source.after).title}” is done."

    def _numbers(self) -> Mapping[str, Told]:
        if self._told is None:
            self._told = kept(shelf.expected_beside(self.path), self.lesson.questions)
        return self._told

    def _recall(self) -> None:
        """Go on where the diary ends."""
        steps = self._diary.steps()
        for card in self.lesson.cards:
            self.attempts[card.id] = diary.attempt_from(spoken(card, self.told), steps, self.told)

    def _kept(self, before: Attempt, after: Attempt) -> None:
        with self._lock:
            self.attempts[after.card.id] = after
            self._shown()
            for view in self._views.values():
                if not self._waits(view.source):
                    view.wait_no_more()
            for step in diary.steps_between(before, after):
                self._diary.add(step)

    def _shown(self) -> None:
        for strip in self._strips:
            strip.show(self.attempts)

    def __repr__(self) -> str:
        return f"Lesson {self.lesson.lesson}: {self.lesson.title}, {len(self.lesson.cards)} cards."


class NoLesson:
    """Stands where a lesson was wanted that cannot be opened, and says why wherever it is asked for anything."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.told: Mapping[str, Told] = {}

    def card(self, name: str) -> Sentence:  # noqa: ARG002  # as a lesson has it
        """Why there is none."""
        return Sentence(self.said)

    def say(self, text: str) -> Said:  # noqa: ARG002  # as a lesson has it
        """Why there is nothing to quote."""
        return Said(f"✕ {self.said}")

    def progress(self) -> Sentence:
        """Why there is none."""
        return Sentence(self.said)

    def __repr__(self) -> str:
        return self.said

    def _repr_html_(self) -> str:
        return Sentence(self.said)._repr_html_()


def lesson(name: str | Path, *, remember: bool = True) -> OpenLesson | NoLesson:
    """Open a lesson by its number ("00"), its name, or its file; what cannot be opened is told in a sentence.

    Args:
        name: Looked for in the current folder, in ./notebooks, and beside the package.
        remember: Whether what is locked is kept in a file of the user's, so that it outlives the kernel.
    """
    try:
        path, source = shelf.opened(str(name))
        return OpenLesson(path, source, Diary(diary.file_for(path) if remember else None))
    except BadInput as error:
        return NoLesson(str(error))
    except Exception:  # noqa: BLE001  # nobody who uses the kit ever sees a traceback
        log().exception("lesson %s", name)
        return NoLesson(CLOSED)
