"""The task of a card: an answer, a check that says what to look at next, hints, and the solution after an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event
from typing import Any

import ipywidgets as w

from sim.exercise.answers import understood
from sim.exercise.checks import Verdict, check
from sim.exercise.source import HINTS, Check
from sim.exercise.spoken import filled
from sim.experiment.questions import answers
from sim.experiment.replications import Report
from sim.views.card import words
from sim.views.card.controls import Control, control_for
from sim.views.card.plans import PlanLevers
from sim.views.card.steps import Host, RunningStep
from sim.views.card.verdicts import verdict_html
from sim.views.room.parts import button, mark, row, tag, text


class TaskStep(RunningStep):
    """The task and its check."""

    name = "task"

    def __init__(self, host: Host, asked: Check) -> None:
        self.asked = asked
        super().__init__(host)

    def _parts(self) -> Sequence[w.Widget]:
        self.control: Control | PlanLevers = (
            PlanLevers(self.asked, self.hands)
            if self.asked.kind == "scenario"
            else control_for(self.asked, self.hands)
        )
        self.hint = button("", "kit-second")
        self.solve = button("See solution", "kit-second")
        self.hint.on_click(self.safely(lambda _: self._hint()))
        self.solve.on_click(self.safely(lambda _: self._solve()))
        self.verdict, self.hints, self.solution = text("", "kit-verdict"), text("", "kit-hints"), text("")
        head = text(tag("h4", "Task") + tag("p", self.asked.ask))
        buttons = row(self.go, self.hint, self.solve, classes="kit-task-buttons")
        return head, self.control.widget, buttons, self.bar, self.verdict, self.hints, self.solution

    # --------------------------------------------------------------------------------- what it shows

    def show(self) -> None:
        """Be as the attempt says."""
        attempt, card = self.attempt, self.attempt.card
        self._label("Run my plan and check" if self.asked.kind == "scenario" else "Check")
        self.verdict.value = verdict_html(attempt.verdict) if attempt.tries else ""
        self.hint.description = f"Hint {min(attempt.hints + 1, HINTS)}/{HINTS}"
        self.hint.disabled = attempt.hints >= HINTS
        taken = "".join(tag("li", hint) for hint in card.hints[: attempt.hints])
        self.hints.value = f"<ol>{taken}</ol>" if taken else ""
        self.solve.disabled = not attempt.attempted or attempt.solution_seen
        self._show_solution()
        if attempt.verdict.word == "met" or attempt.solution_seen:
            self._freeze([each.given for each in attempt.tries if each.verdict.counts][-1])

    def _show_solution(self) -> None:
        if self.attempt.solution_seen:
            solution = filled(self.attempt.card.solution, self.known())
            self.solution.value = tag("h4", "Solution") + tag("p", solution)

    def _freeze(self, given: Any) -> None:
        if "kit-gone" not in self.go._dom_classes:
            self.control.freeze(None if self.asked.kind == "scenario" else understood(self.asked, given))
            mark(self.go, "kit-gone", on=True)
            mark(self.hint, "kit-gone", on=True)

    # ---------------------------------------------------------------------------------- what it does

    def _act(self) -> None:
        given = self.control.given
        if not isinstance(self.control, PlanLevers):
            self.host.take(self.attempt.answer(given, self.host.numbers()))
            self.say("")
        elif not given:
            self.say("✕ Move a lever first; then run the plan.")
        else:
            self._run(partial(self._verdict, given, self.control.scenario), self._checked, self._unfinished)

    def _verdict(self, given: str, plan: Any, report: Report, stop: Event) -> tuple[str, Verdict]:
        asking = partial(answers, progress=report, stop=stop)
        return given, check(self.asked, given, {}, lambda _: plan, asking)

    def _checked(self, found: tuple[str, Verdict]) -> None:
        if self.asking.stopped and not found[1].counts:
            self.say(words.STOPPED)
        else:
            self.host.take(self.attempt.tried(*found))
            self.say("")

    def _hint(self) -> None:
        self.host.take(self.attempt.hint())

    def _solve(self) -> None:
        self.host.take(self.attempt.solve())
