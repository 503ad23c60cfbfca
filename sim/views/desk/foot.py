"""The foot of the desk: what has just happened, how far computing is, and how safe it all is."""

from collections.abc import Callable
from html import escape

import ipywidgets as w

from sim.experiment import Progress
from sim.views.room.parts import Safely, button, column, mark, row, tag, text


class Foot:
    """A status line, the store's line, and progress with its Stop."""

    def __init__(self, stop: Callable[[], None], safely: Safely) -> None:
        self.line, self.store = text("", "kit-line"), text("", "kit-store")
        self.progress = text("", "kit-progress")
        self.stop = button(
            "Stop", "kit-run", tooltip="End what is being computed; nothing that came in is lost"
        )
        self.stop.on_click(safely(lambda _button: stop()))
        words = column(self.line, self.store, classes="kit-foot-words")
        self.running = row(self.progress, self.stop, classes="kit-progress-row kit-gone")
        self.widget: w.HBox = row(words, self.running, classes="kit-foot kit-desk-foot")
        self.said, self.trouble = "", False

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One sentence about what has just happened."""
        self.said, self.trouble = sentence, trouble
        shown = tag("span", ("✕ " if trouble else "") + sentence, "kit-error" if trouble else "kit-said")
        self.line.value = f'<div role="status">{shown}</div>'

    def show(self, stored: str) -> None:
        """What is on the disk."""
        self.store.value = tag("span", stored)

    def started(self, title: str) -> None:
        """Something that takes a while has begun."""
        self._title = title
        self._bar("", 0, 1)
        mark(self.running, "kit-gone", False)

    def told(self, progress: Progress) -> None:
        """How far it has come."""
        left = progress.seconds_left
        rest = (
            f", {max(1, round(left))} s left" if left is not None and progress.done < progress.total else ""
        )
        self._bar(f"{progress.done} of {progress.total}{rest}", progress.done, progress.total)

    def ended(self) -> None:
        """Nothing runs any more."""
        mark(self.running, "kit-gone", True)

    def _bar(self, words: str, done: int, total: int) -> None:
        width = 100 * done / max(1, total)
        self.progress.value = (
            f'<div class="kit-progress-words"><b>{escape(self._title)}</b> {escape(words)}</div>'
            f'<div class="kit-bar" role="progressbar" aria-label="{escape(self._title)}" aria-valuemin="0" '
            f'aria-valuemax="{total}" aria-valuenow="{done}"><div style="width:{width:.0f}%"></div></div>'
        )

    _title = ""
