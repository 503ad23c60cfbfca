"""The finding on the control room's panels, for those who want to see the week that made it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from threading import Event

import ipywidgets as w

from sim.exercise.source import Panels
from sim.experiment import Comparison
from sim.experiment.experiments import together
from sim.experiment.replications import WEEK, Report
from sim.scenario import BadInput
from sim.views.card import words
from sim.views.card.steps import Host, RunningStep
from sim.views.room.parts import mark, text
from sim.views.still import pictures_of

Pictures = list[tuple[str, str]]
"""What each says, and the picture as an address."""
ALONE = "Nothing is changed here, so now and plan are the same operation."
BOTH = "Grey and dashed is before, called now; blue is after, called the plan."


class PanelsStep(RunningStep):
    """A button that runs the two plans once more and shows them as the control room does."""

    name = "panels"

    def __init__(self, host: Host, panels: Panels) -> None:
        self.panels = panels
        super().__init__(host)

    def _parts(self) -> Sequence[w.Widget]:
        self.go.remove_class("kit-main")
        self.go.add_class("kit-second")
        self.pictures = text("", "kit-card-panels")
        return self.go, self.bar, self.pictures

    def show(self) -> None:
        """Be as it stands: a button, or the pictures."""
        self._label("See it on the panels")
        mark(self.go, "kit-gone", bool(self.pictures.value))

    def _act(self) -> None:
        self._run(self._drawn, self._found, self._failed)

    def _drawn(self, report: Report, stop: Event) -> Pictures:
        question = self.host.questions[self.panels.of]
        plans = question.scenarios()
        results = together(
            plans, question.replications, None, question.seed, WEEK, "auto", None, report, stop
        )
        if results[0].stopped:
            raise BadInput(words.STOPPED)
        return pictures_of(Comparison(results[0], results[-1]), self.panels.names)

    def _found(self, pictures: Pictures) -> None:
        self.pictures.value = "".join(
            f'<img class="kit-panel-picture" alt="{escape(said)}" src="{source}">'
            for said, source in pictures
        )
        alone = len(self.host.questions[self.panels.of].scenarios()) == 1
        self.say(ALONE if alone else BOTH)
