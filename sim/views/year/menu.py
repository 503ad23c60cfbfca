"""The header: whose year it is, and on the right what the results rest on, in full."""

from html import escape

import ipywidgets as w

from sim.scenario import Scenario
from sim.views.months import notes
from sim.views.room.parts import Safely, button, column, mark, row, tag, text

HELP = """
<h4>What you see</h4>
<p>Two plans live through the same weeks from the same settled operation, with the same customers and the same luck:
<b>○ now</b> and <b>● plan</b>. Bands hold the truth about the model 95 times in 100 and narrow as replications come in.
▲ better and ▼ worse are said only when the whole interval of the difference says so.</p>
<h4>What this rests on</h4>
"""


class YearMenu:
    """The header bar, and the sheet that opens below it."""

    def __init__(self, safely: Safely) -> None:
        self.whose = text("", "kit-whose")
        self.button = button("What this rests on", "kit-menu")
        self.button.on_click(safely(lambda _button: self.open(not self.shown)))
        self.sheet = text(HELP)
        self._panel = column(self.sheet, classes="kit-sheet kit-gone")
        bar = row(text(tag("h1", "The year")), self.whose, self.button, classes="kit-header")
        self.widget: w.VBox = column(bar, self._panel, classes="kit-top")
        self.shown = False

    def show(self, whose: str, now: Scenario, plan: Scenario) -> None:
        """Say whose operation it is, and what results about these two rest on."""
        self.whose.value = tag("span", whose)
        self.sheet.value = HELP + "".join(f"<p>{escape(note)}</p>" for note in notes.in_full(now, plan))

    def open(self, shown: bool) -> None:
        """Open or close the sheet."""
        self.shown = shown
        mark(self._panel, "kit-gone", not shown)
        mark(self.button, "kit-down", shown)
