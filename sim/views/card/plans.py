"""A plan as an answer: the task's levers to move, or a decision code to paste."""

from __future__ import annotations

import secrets
from typing import Any

from sim.exercise.plans import changed
from sim.exercise.source import Check
from sim.exercise.truth import Answer
from sim.experiment.questions import opened
from sim.scenario import BadInput, FieldFacts, Scenario, fields, path_of
from sim.scenario.codes import decode, encode
from sim.views.card.hands import Hands
from sim.views.room.drawer import Row
from sim.views.room.levers import Lever
from sim.views.room.parts import box, column, row, tag, text


class PlanLevers:
    """The levers of a task, beginning where the operation stands; a decision code sets them all."""

    def __init__(self, asked: Check, hands: Hands) -> None:
        self._asked, self._hands = asked, hands
        self._base = self.scenario = opened(asked.operation, {})
        page = f"kit-{secrets.token_hex(4)}"
        self.levers: dict[str, Lever] = {}
        self.rows: dict[str, Row] = {}
        for path in map(path_of, asked.levers):
            facts = fields()[path]
            if _slides(facts):
                self.levers[path] = Lever(facts, page, self._apply, hands.safely)
            else:
                self.rows[path] = Row(facts, self._apply, hands.safely)
        self.code = box("Decision code", "kit-code")
        self.code.observe(hands.safely(self._pasted), "value")
        parts = [each.widget for each in self.levers.values()]
        parts += [each.widget for each in self.rows.values()]
        label = text(tag("span", "Or paste a decision code", "kit-help"))
        self.widget = column(*parts, row(label, self.code, classes="kit-code-row"))
        self.widget.add_class("kit-plan-levers")
        self._show()

    @property
    def given(self) -> str:
        """The plan's decision code, or its changes where it has none; empty while nothing is changed."""
        if not changed(self.scenario, self._asked.operation):
            return ""
        try:
            return encode(self.scenario, self._asked.operation)
        except BadInput:
            return self._changes()

    def plan(self, _given: str) -> Scenario:
        """The plan, whatever it is called."""
        return self.scenario

    def freeze(self, _answer: Answer | None) -> None:
        """Be changed no more."""
        for lever in self.levers.values():
            lever.slider.disabled = lever.box.disabled = True
        for each in self.rows.values():
            each.control.widget.disabled = True
        self.code.disabled = True

    def _changes(self) -> str:
        return ", ".join(
            f"{path}={value}" for path, value in changed(self.scenario, self._asked.operation).items()
        )

    def _apply(self, path: str, value: Any) -> str:
        try:
            self.scenario = self.scenario.changed({path: value})
        except BadInput as error:
            return str(error)
        self._hands.say("")
        self._hands.changed()
        return ""

    def _pasted(self, change: dict[str, Any]) -> None:
        if not change["new"].strip():
            return
        found = decode(change["new"])
        self.scenario = found.scenario
        self._show()
        self._hands.say(found.told or f"The levers stand as {found.code} says.")
        self._hands.changed()

    def _show(self) -> None:
        for path, lever in self.levers.items():
            lever.show(self.scenario.value(path), self._base.value(path))
        for path, each in self.rows.items():
            each.show(self.scenario.value(path))


def _slides(facts: FieldFacts) -> bool:
    return isinstance(facts.default, int | float) and not isinstance(facts.default, bool)
