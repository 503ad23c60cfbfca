"""The right side of the page: the headline, and four panels of title, picture and what to keep in mind."""

from collections.abc import Mapping
from html import escape
from typing import Any

from sim.views.charts import CustomersPanel, LoyaltyPanel, ProfitPanel, StaffPanel
from sim.views.charts.canvas import DRAWING
from sim.views.months import notes, sentences
from sim.views.months.equivalents import season_equivalents
from sim.views.months.still import PANELS
from sim.views.room.board import Board, Drawn, picture_html
from sim.views.room.parts import tag, text
from sim.views.sentences import with_verdicts
from sim.views.year import words
from sim.views.year.runs import Found

SCALE = 2.0
"""Dots to a css pixel."""


class Gallery:
    """The four pictures; they keep their axes while a run refines."""

    def __init__(self) -> None:
        self._panels: Mapping[str, Any] = dict(
            zip(PANELS, (LoyaltyPanel(), CustomersPanel(), ProfitPanel(), StaffPanel()), strict=True)
        )

    def forget(self) -> None:
        """Let the axes fit another season afresh."""
        for panel in self._panels.values():
            panel.forget()

    def draw(self, found: Found) -> Drawn:
        """Draw what was found; until there is something, axes and words."""
        still = words.still_of(found)
        told = season_equivalents(still.data, still.found)
        pictures = {}
        for name, panel in self._panels.items():
            with DRAWING:
                panel.update(getattr(still.data, name))
                png = panel.png(SCALE)
            pictures[name] = picture_html(png, told[name])
        below = sentences.below(still.found, running=found.state == "running", same=still.same)
        shown = with_verdicts(below) if found.done else escape(words.FIRST)
        return Drawn(still.headline, shown, still.titles(), pictures)


class YearBoard(Board):
    """The widgets that show what is drawn, each panel with a line or two of what to keep in mind."""

    def __init__(self) -> None:
        self.notes = {name: text("", "kit-panel-note") for name in PANELS}
        super().__init__(PANELS, self.notes)

    def remind(self, found: Found) -> None:
        """Say beside each panel what its result rests on."""
        now, plan = found.seasons.plans
        for name, note in self.notes.items():
            note.value = tag("span", notes.short(name, now, plan))
