"""Look inside: the lines of the journey that a lever moves, for those who want to see how the model does it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import ipywidgets as w

from sim.scenario import fields, path_of
from sim.views.card import words
from sim.views.room.parts import Safely, column, mark, row, text


def insides() -> Callable[[str], Any] | None:
    """What shows the lines of a lever; None where this kit has it not."""
    try:
        found: Callable[[str], Any] = import_module("sim.views.inside").inside
    except (ImportError, AttributeError):
        return None
    return found


class LookInside:
    """A button for each lever, and below them the lines of the one that is down."""

    def __init__(self, levers: tuple[str, ...], inside: Callable[[str], Any], safely: Safely) -> None:
        self._inside = inside
        self.buttons = {lever: _button(lever) for lever in levers}
        self.lines = text("", "kit-inside", "kit-gone")
        for lever, each in self.buttons.items():
            each.observe(safely(lambda change, lever=lever: self._toggled(lever, change["new"])), "value")
        self.widget = column(row(*self.buttons.values(), classes="kit-task-buttons"), self.lines)

    def _toggled(self, lever: str, down: bool) -> None:
        others = [each for name, each in self.buttons.items() if name != lever and each.value]
        if down:
            for each in others:
                each.value = False
            self.lines.value = self._inside(lever)._repr_html_()
        mark(self.lines, "kit-gone", not any(each.value for each in self.buttons.values()))


def _button(lever: str) -> w.ToggleButton:
    made = w.ToggleButton(
        description=f"Look inside: {words.lever_name(fields()[path_of(lever)])}",
        layout=w.Layout(width="auto", margin="0"),
    )
    made.add_class("kit-second")
    return made
