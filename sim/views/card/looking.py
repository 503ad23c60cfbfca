"""Look inside: the lines of the journey that a lever moves, for those who want to see how the model does it."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w

from sim.scenario import BadInput, fields, path_of
from sim.views.card import words
from sim.views.inside import inside
from sim.views.inside_entries import ENTRIES
from sim.views.room.parts import Safely, column, mark, row, text


def explained(levers: Sequence[str]) -> tuple[str, ...]:
    """Those of the levers whose lines are explained."""
    known = {entry.path for entry in ENTRIES.values()}
    return tuple(path for path in map(_path, levers) if path in known)


def _path(lever: str) -> str:
    """The field of a lever; nothing where no field, or more than one, has that name."""
    try:
        return path_of(lever)
    except BadInput:
        return ""


class LookInside:
    """A button for each lever, and below them the lines of the one that is down."""

    def __init__(self, levers: Sequence[str], safely: Safely) -> None:
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
            self.lines.value = inside(lever)._repr_html_()
        mark(self.lines, "kit-gone", not any(each.value for each in self.buttons.values()))


def _button(lever: str) -> w.ToggleButton:
    made = w.ToggleButton(
        description=f"Look inside: {words.lever_name(fields()[lever])}",
        layout=w.Layout(width="auto", margin="0"),
    )
    made.add_class("kit-second")
    return made
