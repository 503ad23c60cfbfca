"""Predict, locked, reveal: nothing of the model's answer is in the page before the prediction is locked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

import ipywidgets as w

from sim.exercise.attempt import SURE, Which
from sim.exercise.source import Asked, Prediction
from sim.exercise.truth import truth
from sim.experiment.expected import Told, fill
from sim.scenario import BadInput
from sim.views.card import words
from sim.views.card.controls import Control, Heights, NumberLine, control_for, options_of
from sim.views.card.heights import curve_html
from sim.views.card.scale import Model, scale_html
from sim.views.card.steps import Host, RunningStep
from sim.views.room.log import log_file
from sim.views.room.parts import column, mark, tag, text

STAGES = ("Predict", "Locked", "Reveal")


class PredictStep(RunningStep):
    """One prediction of a card, from the empty scale to the gap."""

    name = "predict"

    def __init__(self, host: Host, which: Which) -> None:
        self.which = which
        self.prediction: Prediction = host.attempt.prediction(which)
        super().__init__(host)

    @property
    def stage(self) -> int:
        """0 while it can be changed, 1 once it is locked, 2 once it is revealed."""
        return (self.which in self.attempt.locked) + (self.which in self.attempt.ran)

    def _parts(self) -> Sequence[w.Widget]:
        self.strip = text("", "kit-strip")
        self.title = text("", "kit-card-title")
        self.control: Control = control_for(self.prediction, self.hands)
        self.sure = options_of("How sure?", SURE)
        self.sure.observe(self.safely(lambda _: self._changed()), "value")
        self.how_sure = column(text(tag("h4", "How sure?")), self.sure, classes="kit-sure")
        self.locked_at = text("", "kit-locked-at", "kit-gone")
        self.help = text("", "kit-card-help")
        self.question = text("", "kit-gone")
        given = (self.control.widget, self.how_sure, self.locked_at)
        return self.strip, self.title, *given, self.go, self.bar, self.help, self.question

    # --------------------------------------------------------------------------------- what it shows

    def show(self) -> None:
        """Be as the attempt says: open, locked, or revealed."""
        self.strip.value = _strip(self.stage)
        if self.stage:
            self._freeze()
        if self.stage == 2:
            self._reveal()
        else:
            self.title.value = tag("h3", self.prediction.ask)
            self._next()

    def _next(self) -> None:
        """What can be done now: lock, or run."""
        if self.stage:
            questions = [self.host.questions[name] for name in self.prediction.shown()]
            self._label(words.run_label(questions))
            self._help(words.run_help(questions))
            return
        placed, sure = self.control.given is not None, self.sure.value is not None
        self._label("Lock my prediction", ready=placed and sure)
        missing = words.SURE_NEXT if placed else words.PLACE[self.prediction.kind]
        self._help(words.FINAL if placed and sure else missing)

    def _help(self, sentence: str) -> None:
        self.help.value = tag("span", sentence, "kit-help")

    def _freeze(self) -> None:
        locked = self.attempt.locked[self.which]
        if not self.sure.disabled:
            self.control.freeze(locked.answer)
            self.sure.value, self.sure.disabled = locked.sure, True
            mark(self.widget, "kit-frozen", on=True)
        self.locked_at.value = tag("span", f"Locked at {words.clock(locked.at)}, {locked.sure}.", "kit-help")
        mark(self.locked_at, "kit-gone", on=False)

    def _reveal(self) -> None:
        seen, asked = self.attempt.seen, self.prediction
        answer = self.attempt.locked[self.which].answer
        found = truth(asked, seen)
        told = [seen[name] for name in words.names_of(asked)]
        gap = words.gap(asked, answer, found, told)
        self.title.value = tag("h3", fill(asked.reveal, seen))
        self.question.value = f"<details><summary>You were asked</summary>{tag('p', asked.ask)}</details>"
        mark(self.question, "kit-gone", on=False)
        self._draw(answer, told, found.texts, gap)
        mark(self.go, "kit-gone", on=True)
        mark(self.how_sure, "kit-gone", on=True)
        self._help(fill(asked.below, seen))

    def _draw(self, answer: Any, told: Sequence[Told], texts: Sequence[str], gap: str) -> None:
        """Lay the model's answer beside yours."""
        models = [_model(each) for each in told]
        if isinstance(self.control, NumberLine):
            self.control.picture.value = scale_html(self.prediction, answer, models[0], gap)
            beside = f"you; model {words.interval(told[0], self.prediction.unit)}"
            self.control.note.value = tag("span", beside)
        elif isinstance(self.control, Heights):
            self.control.picture.value = curve_html(self.prediction, answer, models, gap)
            self.locked_at.value = tag("p", _sentence(gap)) + self.locked_at.value
        else:
            self.locked_at.value = beside_html(self.prediction, answer, texts, gap) + self.locked_at.value
            mark(self.control.widget, "kit-gone", on=True)

    # ---------------------------------------------------------------------------------- what it does

    def _act(self) -> None:
        if self.stage == 0:
            self._lock()
        elif self.stage == 1:
            self._ask(self.prediction.shown(), self._found, self._failed)

    def _lock(self) -> None:
        at = datetime.now().astimezone()
        self.host.take(self.attempt.lock(self.control.given, self.sure.value, at, self.which))
        self.say(f"Locked. {words.FINAL.replace('After this it', 'It')}")

    def _found(self, told: Mapping[str, Told]) -> None:
        self._reveal_as(told)
        self._announce()

    def _announce(self) -> None:
        """Say the finding to those who do not see that the title has changed."""
        found = re.sub("<.*?>", "", self.title.value)
        self.line.value = (
            f'<div role="status" aria-live="polite"><span class="kit-hidden">{found}</span></div>'
        )

    def _reveal_as(self, told: Mapping[str, Told]) -> None:
        self.host.take(self.attempt.reveal(told, self.which))

    def _failed(self, refused: str) -> None:
        """Say that it was stopped; of a run that did not finish, show the numbers kept with the lesson."""
        kept = {} if self.asking.stopped else self._kept()
        if kept:
            self._reveal_as(kept)
            self.say(words.KEPT_NUMBERS.format(log_file().name))
        else:
            super()._failed(refused)

    def _kept(self) -> Mapping[str, Told]:
        """The numbers kept with the lesson; none where the file is missing or older than the lesson."""
        try:
            numbers = self.host.numbers()
        except BadInput:
            return {}
        return {name: numbers[name] for name in self.prediction.shown()}


def _strip(stage: int) -> str:
    """The three stages, the one that is on in bold, those behind with a tick."""
    cells = []
    for at, name in enumerate(STAGES):
        ticked = f"✓ {name}" if at < stage else name
        current = ' class="kit-on" aria-current="step"' if at == stage else ""
        cells.append(f"<li{current}>{escape(ticked)}</li>")
    return f'<ol class="kit-stages" aria-label="Steps of the prediction">{"".join(cells)}</ol>'


def _model(told: Told) -> Model:
    return Model(told.value, told.tolerance, str(told), told.range)


def _sentence(gap: str) -> str:
    return f"{gap[0].upper()}{gap[1:]}."


def beside_html(asked: Asked, answer: Any, texts: Sequence[str], gap: str) -> str:
    """Your choice or your order, and the model's, side by side in a table."""
    mine = answer if isinstance(answer, tuple) else (answer,)
    theirs = texts if asked.kind == "ranking" else texts[:1]
    places = range(1, len(mine) + 1) if len(mine) > 1 else [0]
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("", "◆ you", "● the model") if name or len(mine) > 1
    )
    rows = "".join(_row(*each) for each in zip(places, mine, theirs, strict=True))
    return f'<table class="kit-beside-table"><tr>{head}</tr>{rows}</table>{tag("p", _sentence(gap))}'


def _row(place: int, mine: Any, theirs: str) -> str:
    """A line of the table; with its place where there are several."""
    number = f'<th scope="row">{place}</th>' if place else ""
    return f'<tr>{number}<td>{escape(str(mine))}</td><td class="kit-model">{escape(theirs)}</td></tr>'
