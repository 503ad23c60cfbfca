"""The small steps of a card: what is there to see, why, and what may surprise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as w

from sim.exercise.answers import understood
from sim.exercise.source import Check, Explain, Surprise
from sim.exercise.spoken import filled
from sim.exercise.words import SEE
from sim.experiment.expected import Told
from sim.views.card.controls import control_for
from sim.views.card.steps import Host, RunningStep, Step
from sim.views.card.verdicts import verdict_html
from sim.views.room.parts import button, mark, tag, text

KINDS = {"structural": ("●", "structural"), "assumed": ("◆", "hangs on an assumption")}


class ObserveStep(Step):
    """Say what is there to see."""

    name = "observe"

    def __init__(self, host: Host, asked: Check) -> None:
        self.asked = asked
        super().__init__(host)

    def _parts(self) -> Sequence[w.Widget]:
        self.control = control_for(self.asked, self.hands)
        self.check = button("Say what I see", "kit-second")
        self.check.on_click(self.safely(lambda _: self._check()))
        self.verdict = text("", "kit-verdict")
        head = text(tag("h4", SEE) + tag("p", self.asked.ask.removeprefix(SEE).strip()))
        return head, self.control.widget, self.check, self.verdict

    def show(self) -> None:
        """Be as the attempt says."""
        seen = self.attempt.observed
        self.verdict.value = verdict_html(seen[-1].verdict) if seen else ""
        self.check.disabled = self.control.given is None
        if seen and seen[-1].verdict.word == "met":
            self.control.freeze(understood(self.asked, seen[-1].given))
            mark(self.check, "kit-gone", on=True)

    def _check(self) -> None:
        self.host.take(self.attempt.observe(self.control.given, self.host.numbers()))


class WhyStep(Step):
    """One's own words, and then the points to compare them with."""

    name = "why"

    def __init__(self, host: Host, asked: Explain) -> None:
        self.asked = asked
        super().__init__(host)

    def _parts(self) -> Sequence[w.Widget]:
        self.box = w.Textarea(
            description=self.asked.ask, rows=3, layout=w.Layout(width="auto", margin="0", height="auto")
        )
        self.box.add_class("kit-why")
        self.keep = button("Keep my words", "kit-second")
        self.keep.on_click(self.safely(lambda _: self._keep()))
        self.points = text("", "kit-points")
        return text(tag("h4", self.asked.ask)), self.box, self.keep, self.points

    def show(self) -> None:
        """Be as the attempt says."""
        why = self.attempt.why
        if why:
            self.box.value, self.box.disabled = why, True
            mark(self.keep, "kit-gone", on=True)
            points = "".join(tag("li", point) for point in self.asked.points)
            self.points.value = (
                f"{tag('p', 'Compare your words with these. Nobody grades them.')}<ul>{points}</ul>"
            )

    def _keep(self) -> None:
        if not self.box.value.strip():
            self.say("✕ Write a few words first; then compare.")
            return
        self.host.take(self.attempt.explain(self.box.value))
        self.say("")


class SurpriseStep(RunningStep):
    """What may surprise: whether any sane queue shows it, and where it turns."""

    name = "surprise"

    def __init__(self, host: Host, surprise: Surprise) -> None:
        self.surprise = surprise
        self.flipped: Told | None = None
        super().__init__(host)

    def _parts(self) -> Sequence[w.Widget]:
        self.told, self.turns = text(""), text("", "kit-turned")
        self.go.remove_class("kit-main")
        self.go.add_class("kit-second")
        return self.told, self.turns, self.go, self.bar

    def show(self) -> None:
        """Say it, with the numbers there are."""
        sign, word = KINDS[self.surprise.kind]
        badge = f'<p><span class="kit-badge kit-badge-{self.surprise.kind}">{sign} {escape(word)}</span></p>'
        numbers = self.known()
        self.told.value = badge + tag("p", filled(self.surprise.says, numbers))
        if self.flipped is None:
            self.turns.value = tag("p", filled(self.surprise.turns, numbers))
        self._label("Show where it turns")

    def _act(self) -> None:
        self._ask([self.surprise.flip], self._found, self._failed)

    def _found(self, told: Mapping[str, Told]) -> None:
        self.flipped = told[self.surprise.flip]
        turns = filled(self.surprise.turns, {**self.known(), **told})
        often = f"Run just now, {self.flipped.answer.replications} replications: {self.flipped.pm}."
        self.turns.value = tag("p", f"● {turns}", "kit-model") + tag("p", often, "kit-help")
        self.say("")
