"""The right-hand side: what the room sees now, and one of six panels."""

from collections.abc import Mapping
from typing import Final

import ipywidgets as w

from sim.views.desk import words
from sim.views.desk.seen import Seen
from sim.views.room.parts import Safely, choice_buttons, column, mark, tag, text
from sim.workshop.source import Phase

PANELS: Final = ("Room", "Codes", "Round", "Results", "Debrief", "Notes")
OF_PHASE: Final[Mapping[Phase, str]] = {
    "brief": "Round",
    "predict": "Room",
    "decide": "Codes",
    "frozen": "Room",
    "computed": "Results",
    "reveal": "Results",
    "debrief": "Debrief",
}
"""The panel that a phase wants first; another may be chosen at any time."""


class Side:
    """The panels, of which one is shown."""

    def __init__(self, panels: Mapping[str, w.Widget], safely: Safely) -> None:
        self.projected = text("", "kit-projected")
        self.panels = {name: column(panels[name], classes="kit-panel-box kit-gone") for name in PANELS}
        self.choice = choice_buttons("Panel", PANELS)
        self.choice.observe(safely(lambda change: self.turn_to(change["new"])), "value")
        self._phase = ""
        self.widget: w.VBox = column(
            self.projected,
            self.choice,
            column(*self.panels.values(), classes="kit-panel-scroll"),
            classes="kit-right",
        )
        self.turn_to(PANELS[0])

    def show(self, seen: Seen) -> None:
        """Show what the room sees; when the phase changes, its panel comes to the front."""
        title, sentence = words.projected(seen.session, computing=seen.computing)
        self.projected.value = (
            tag("h4", "The projector shows now")
            + f"<p><b>{tag('span', title)}</b> {tag('span', sentence)}</p>"
        )
        state = seen.session.state
        if f"{state.round} {state.phase}" != self._phase:
            self._phase = f"{state.round} {state.phase}"
            self.choice.value = OF_PHASE[state.phase]
            self.turn_to(self.choice.value)

    def turn_to(self, name: str) -> None:
        """Bring a panel to the front."""
        for each, panel in self.panels.items():
            mark(panel, "kit-gone", each != name)
