"""One exercise card: its steps one below the other, each opened by the one before, none changed once it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import RLock
from typing import Any

import ipywidgets as w

from sim.exercise.attempt import Attempt
from sim.exercise.source import Card
from sim.exercise.spoken import open_numbers, spoken
from sim.exercise.words import card_in_words
from sim.experiment.expected import Questions, Told
from sim.scenario import BadInput
from sim.views.card.looking import LookInside, explained
from sim.views.card.names import pressed_names
from sim.views.card.panels import PanelsStep
from sim.views.card.prediction import PredictStep
from sim.views.card.small import ObserveStep, SurpriseStep, WhyStep
from sim.views.card.steps import Step
from sim.views.card.still import still_html
from sim.views.card.style import style_html
from sim.views.card.task import TaskStep
from sim.views.room.handles import handle_names
from sim.views.room.parts import column, tag, text

LEVELS = {1: "read", 2: "change one lever", 3: "design under constraint", 4: "criticise"}
ORDER = ("predict", "panels", "observe", "explain", "surprise", "check", "again")
Numbers = Callable[[], Mapping[str, Told]]


class CardView:
    """A card to work on; show `widget`, or leave the card as the last line of a cell.

    Callbacks come from any thread, runs tell from their own: whatever changes the card holds the lock.

    Args:
        source: The card as its lesson has it; all that is shown of it where it stands still.
        attempt: What was done with it before; its card's texts have their numbers.
        questions: The lesson's.
        numbers: Gives the lesson's kept numbers; raises BadInput where there are none.
        kept: Called with what the attempt was and what it is now, after every step.
        waits: What the card waits for, in a sentence; nothing else of it is shown until `wait_no_more`.
    """

    def __init__(
        self,
        source: Card,
        attempt: Attempt,
        questions: Questions,
        numbers: Numbers,
        kept: Callable[[Attempt, Attempt], None] = lambda _before, _after: None,
        waits: str = "",
    ) -> None:
        self.lock = RLock()
        self.waits = waits
        self.source, self.attempt = source, attempt
        self.questions = questions
        self._numbers, self._kept = numbers, kept
        self.steps: dict[str, Step] = {}
        self.inside: LookInside | None = None
        self.page = column(classes="kit-card")
        self.widget = column(text(style_html()), handle_names(), pressed_names(), self.page, classes="kit")
        self._head = text(_head(attempt.card), "kit-card-head")
        self._open()

    @property
    def card(self) -> Card:
        """The exercise."""
        return self.attempt.card

    @property
    def done(self) -> bool:
        """Whether every step of it is done."""
        return all_done(self.attempt)

    def numbers(self) -> Mapping[str, Told]:
        """The lesson's kept numbers; raises BadInput where there are none."""
        return self._numbers()

    def take(self, attempt: Attempt) -> None:
        """Go on with what a step made of the attempt: show it, open what it opens, and keep it."""
        with self.lock:
            before, self.attempt = self.attempt, attempt
            try:
                self._kept(before, attempt)
            finally:  # what cannot be kept is shown all the same
                for step in self.steps.values():
                    step.show()
                self._open()

    def wait_no_more(self) -> None:
        """Open, where the card waited for another."""
        with self.lock:
            if self.waits:
                self.waits = ""
                self._open()

    def start_over(self, waits: str = "") -> None:
        """Begin the card afresh, perhaps after another; whatever runs is stopped, and what it finds is not shown."""
        with self.lock:
            self.waits = waits
            for step in self.steps.values():
                step.leave()
            self.attempt = Attempt(self.card)
            self.steps, self.inside = {}, None
            self._open()

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until no step runs; whether none does."""
        running = [step for step in self.steps.values() if hasattr(step, "asking")]
        return all(step.asking.wait(seconds) for step in running)

    def close(self) -> None:
        """Take the card away."""
        self.widget.close()

    def _open(self) -> None:
        """Build the steps that are open now, and the buttons to look inside."""
        if self.waits:
            self.page.children = (text(_title(self.card) + tag("p", self.waits, "kit-help")),)
            return
        shown: list[w.Widget] = [self._head]
        for name in open_steps(self.attempt):
            if name not in self.steps:
                self.steps[name] = self._built(name)
            shown.append(self.steps[name].widget)
        looking = self._looking()
        self.page.children = (*shown, looking) if looking is not None else tuple(shown)

    def _built(self, name: str) -> Step:
        card = self.card
        if name in ("predict", "again"):
            return PredictStep(self, "predict" if name == "predict" else "again")
        if name == "panels" and card.panels:
            return PanelsStep(self, card.panels)
        if name == "observe" and card.observe:
            return ObserveStep(self, card.observe)
        if name == "explain" and card.explain:
            return WhyStep(self, card.explain)
        if name == "surprise" and card.surprise:
            return SurpriseStep(self, card.surprise)
        assert card.check is not None  # noqa: S101  # the only step left that a card can have
        return TaskStep(self, card.check)

    def _looking(self) -> w.Widget | None:
        """Buttons to look inside, once there is something to compare the lines with."""
        levers = explained(self.card.levers)
        if not levers or not is_done(self.attempt, steps_of(self.card)[0]):
            return None
        if self.inside is None:
            step = next(iter(self.steps.values()))
            self.inside = LookInside(levers, step.safely)
        return self.inside.widget

    def __repr__(self) -> str:
        if self.waits:
            return f"{self.card.title}. {self.waits}"
        return card_in_words(self.source, self._open_numbers(), "student")

    def _open_numbers(self) -> Mapping[str, Told]:
        try:
            return open_numbers(self.source, self._numbers())
        except BadInput:
            return {}

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        shown = tag("p", repr(self)) if self.waits else still_html(spoken(self.source, self._open_numbers()))
        still = {"text/plain": repr(self), "text/html": shown}
        return {**still, **self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}


def steps_of(card: Card) -> list[str]:
    """The steps a card has, in order."""
    return [name for name in ORDER if getattr(card, name) is not None]


def all_done(attempt: Attempt) -> bool:
    """Whether every step of a card is done."""
    return all(is_done(attempt, name) for name in steps_of(attempt.card))


def open_steps(attempt: Attempt) -> Iterator[str]:
    """The steps that are open: those that are done, and the next one."""
    for name in steps_of(attempt.card):
        yield name
        if not is_done(attempt, name):
            return


def is_done(attempt: Attempt, name: str) -> bool:
    """Whether a step is done; panels, and what may surprise, are there to be looked at and keep nobody."""
    if name in ("predict", "again"):
        return name in attempt.ran
    if name == "observe":
        return any(each.verdict.counts for each in attempt.observed)
    if name == "explain":
        return bool(attempt.why)
    return name in ("panels", "surprise") or attempt.verdict.word == "met" or attempt.solution_seen


def _head(card: Card) -> str:
    level = f"level {card.level}: {LEVELS[card.level]} · {card.minutes:g} min"
    return f"{_title(card)}{tag('span', level, 'kit-help')}"


def _title(card: Card) -> str:
    return tag("h2", card.title)
