"""Which session this page has: earlier ones to open, a new one to begin, one to take over, and its report."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ipywidgets as w

from sim.views.desk.folders import Kept
from sim.views.desk.seen import Act
from sim.views.room.parts import Safely, button, column, mark, row, tag, text

HOW = "Every session has a folder of its own. What came in is in its file before this page says so."


@dataclass(frozen=True)
class Choices:
    """What can be done about sessions."""

    open: Callable[[Path], None]
    new: Act
    rehearse: Act
    take_over: Act


class Keeping:
    """The sheet of sessions."""

    def __init__(self, choices: Choices, safely: Safely) -> None:
        self.earlier = w.Dropdown(description="Earlier session", layout=w.Layout(width="auto", margin="0"))
        self.earlier.add_class("kit-menu-box")
        self.open, self.new = button("Open it"), button("New session")
        self.rehearse, self.take_over = button("New rehearsal"), button("Take over here", "kit-main")
        self.open.on_click(safely(lambda _button: self._open(choices)))
        self.new.on_click(safely(lambda _button: choices.new()))
        self.rehearse.on_click(safely(lambda _button: choices.rehearse()))
        self.take_over.on_click(safely(lambda _button: choices.take_over()))
        self.place = text("")
        self.widget: w.VBox = column(
            text(tag("h4", "Sessions") + tag("p", HOW)),
            self.place, row(self.earlier, self.open), row(self.new, self.rehearse, self.take_over),
        )  # fmt: skip

    def _open(self, choices: Choices) -> None:
        if self.earlier.value:
            choices.open(Path(self.earlier.value))

    def show(self, found: tuple[Kept, ...], folder: Path, *, reads: bool, unread: str = "") -> None:
        """Show the sessions there are, and the sentence about those that cannot be read."""
        told = tag("p", f"▲ {unread}", "kit-error") if unread else ""
        self.place.value = tag("p", f"This one: {folder}") + told
        self.earlier.options = [(each.line, str(each.folder)) for each in found]
        self.earlier.value = str(found[0].folder) if found else None
        self.open.disabled = not found
        mark(self.take_over, "kit-gone", not reads)
