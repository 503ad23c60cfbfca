"""The foot of the left column: how far the run is, the button that stops it, and what has just happened."""

from collections.abc import Callable
from html import escape

import ipywidgets as w

from sim.views.room.parts import Safely, button, column, row, tag, text
from sim.views.year import words
from sim.views.year.runs import Found

LABELS = {"running": "Stop", "stopped": "Go on", "finished": "Stop"}


class YearFoot:
    """Progress with its button, which stops a run or goes on with one that was stopped, and a line of words."""

    def __init__(self, run: Callable[[], None], safely: Safely) -> None:
        self.progress = text("", "kit-progress")
        self.run = button("Stop", "kit-run")
        self.run.on_click(safely(lambda _button: run()))
        self.line = text("", "kit-line")
        self.widget: w.VBox = column(
            row(self.progress, self.run, classes="kit-progress-row"), self.line, classes="kit-foot"
        )
        self.say("")

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One sentence about what has just happened; without one, what always holds."""
        kind = "kit-error" if trouble else "kit-said"
        shown = tag("span", ("✕ " if trouble else "") + (sentence or words.SAME_CUSTOMERS), kind)
        self.line.value = f'<div role="status">{shown}</div>'

    def show(self, found: Found) -> None:
        """How far the run is."""
        bold, rest = words.progress(found)
        self._bar(bold, rest, found.done, found.total)
        self.run.description = LABELS[found.state]
        self.run.disabled = found.state == "finished"

    def started(self, total: int) -> None:
        """A run has begun, and has nothing to show yet."""
        self._bar("Starting", "", 0, total)
        self.run.description, self.run.disabled = "Stop", False

    def broke(self, total: int) -> None:
        """A run ended for no good reason."""
        self._bar("Not finished", "", 0, total)
        self.run.description, self.run.disabled = "Go on", False

    def _bar(self, bold: str, rest: str, done: int, total: int) -> None:
        self.progress.value = (
            f'<div class="kit-progress-words"><b>{escape(bold)}</b> {escape(rest)}</div>'
            f'<div class="kit-bar" role="progressbar" aria-label="Replications" aria-valuemin="0" '
            f'aria-valuemax="{total}" aria-valuenow="{done}"><div style="width:{100 * done / total:.1f}%"></div></div>'
        )
