"""Boxes of the grid: they show what the session has, and keep what it refused until it is put right."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w

from sim.views.room.parts import Safely, box, mark

Entered = Callable[[Any], bool]
"""Told what was entered; returns whether it was taken."""
NOTHING, NOT_IN = "", "not in"


class Cell:
    """A box to type in. With `blank`, an emptied box is told too; else what was there comes back."""

    def __init__(
        self, name: str, style: str, entered: Entered, safely: Safely, *, blank: bool = False
    ) -> None:
        self.widget = box(name, style)
        self._entered, self._shown, self.refused, self._blank = entered, NOTHING, False, blank
        self.widget.observe(safely(self._changed), "value")

    def show(self, value: str, hint: str = "", *, closed: bool = False) -> None:
        """Stand at this value, unless something refused is waiting to be put right."""
        self.widget.placeholder, self.widget.disabled = hint, closed
        self._shown = value
        if not self.refused:
            self._stand_at(value)

    def call(self, name: str) -> None:
        """Be known to screen readers by this name."""
        self.widget.description = name

    def forget(self) -> None:
        """Let go of what was refused."""
        self._refuse(False)
        self._stand_at(self._shown)

    def _changed(self, change: dict[str, Any]) -> None:
        typed = str(change["new"])
        if typed == self._shown:
            self._refuse(False)
            return
        if not typed.strip() and not self._blank:
            self.forget()
            return
        taken = self._entered(typed)
        self._refuse(not taken)
        if taken:
            self._stand_at(self._shown)

    def _refuse(self, refused: bool) -> None:
        self.refused = refused
        mark(self.widget, "kit-refused", refused)

    def _stand_at(self, value: str) -> None:
        self._shown = value
        if self.widget.value != value:
            self.widget.value = value


class Menu:
    """A list to choose one of; its first line says that nothing was chosen yet."""

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], entered: Entered, safely: Safely
    ) -> None:
        self._entered, self._options = entered, list(options)
        self._shown, self._hint, self.refused = "", NOT_IN, False
        everything = [(NOT_IN, ""), *self._options]
        layout = w.Layout(margin="0", width="auto")
        self.widget = w.Dropdown(options=everything, value="", description=name, layout=layout)
        self.widget.add_class("kit-menu-box")
        self.widget.observe(safely(self._changed), "value")

    def show(self, value: str, hint: str = NOT_IN, *, closed: bool = False) -> None:
        """Stand at this value; `hint` is the first line's word."""
        self._shown, self._hint = value, hint
        self.widget.disabled = closed
        options = [(hint, ""), *self._options]
        if list(self.widget.options) != options:
            self.widget.options = options
        if self.widget.value != value:
            self.widget.value = value

    def call(self, name: str) -> None:
        """Be known to screen readers by this name."""
        self.widget.description = name

    def forget(self) -> None:
        """Go back to what holds."""
        self.show(self._shown, self._hint)

    def _changed(self, change: dict[str, Any]) -> None:
        chosen = change["new"] or ""
        if chosen == self._shown:
            return
        if not chosen or not self._entered(chosen):
            self.forget()
