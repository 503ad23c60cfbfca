"""The right side of the page: the headline, and four panels of title, picture, and the same in words."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets as w

from sim.views import sentences
from sim.views.charts import ConsistencyPanel, CostPanel, JourneyPanel, WaitingPanel
from sim.views.charts.canvas import DRAWING
from sim.views.equivalents import Equivalent, equivalents
from sim.views.panel_data import PanelData
from sim.views.room import words
from sim.views.room.parts import column, row, tag, text
from sim.views.room.runs import Found
from sim.views.still import data_of, titles_of

NAMES = ("waiting", "consistency", "journey", "cost")
QUICK, FINE = 1.0, 2.0
"""Dots to a css pixel: of a first look, and of a picture that stays."""


@dataclass(frozen=True)
class Drawn:
    """All that the board shows: a headline, the sentence below it as HTML, and title and picture of each panel."""

    headline: str
    below: str
    titles: Mapping[str, str]
    pictures: Mapping[str, str]


class Gallery:
    """The four pictures; they keep their axes while a run refines."""

    def __init__(self) -> None:
        self._panels: dict[str, Any] = {
            "waiting": WaitingPanel(),
            "consistency": ConsistencyPanel(),
            "journey": JourneyPanel(),
            "cost": CostPanel(),
        }

    def forget(self) -> None:
        """Let the axes fit another operation afresh."""
        for panel in self._panels.values():
            panel.forget()

    def draw(self, found: Found, scale: float) -> Drawn:
        """Draw what was found; until there is something, axes, thresholds and words."""
        data = data_of(found.comparison)
        told, titles = equivalents(data), titles_of(data, found.comparison)
        pictures = {name: self._picture(name, data, told[name], scale) for name in NAMES}
        if not found.plan.summaries:
            return Drawn(sentences.headline_of_now(None), escape(words.FIRST), titles, pictures)
        return Drawn(words.headline(found), words.below(found), titles, pictures)

    def _picture(self, name: str, data: PanelData, told: Equivalent, scale: float) -> str:
        panel = self._panels[name]
        with DRAWING:
            panel.update(getattr(data, name))
            png = panel.png(scale)
        return picture_html(png, told)


def picture_html(png: bytes, told: Equivalent) -> str:
    """A picture with its sentence for those who do not see it, and its table behind it."""
    source = f"data:image/png;base64,{b64encode(png).decode('ascii')}"
    image = f'<img class="kit-picture" decoding="sync" alt="{escape(told.sentence)}" src="{source}">'
    return f'{image}<div class="kit-hidden">{told.html()}</div>'


class Board:
    """The widgets that show what is drawn.

    Args:
        names: Of the panels, row by row.
        below: What else stands in a panel, under its picture.
    """

    def __init__(self, names: Sequence[str] = NAMES, below: Mapping[str, w.Widget] | None = None) -> None:
        under = below or {}
        self.headline = text("", "kit-headline")
        self.below = text("", "kit-below")
        self.waiting = text("", "kit-redrawing")
        self.titles = {name: text("", "kit-panel-title") for name in names}
        self.pictures = {name: text("", "kit-panel-picture") for name in names}
        panels = [
            column(
                self.titles[name],
                self.pictures[name],
                *([under[name]] if name in under else []),
                classes=f"kit-panel kit-panel-{name}",
            )
            for name in names
        ]
        self.widget: w.VBox = column(
            column(
                row(self.headline, self.waiting, classes="kit-headline-row"), self.below, classes="kit-head"
            ),
            row(*panels[:2], classes="kit-panels"),
            row(*panels[2:], classes="kit-panels"),
            classes="kit-board",
        )

    def show(self, drawn: Drawn) -> None:
        """Show what is drawn."""
        self.headline.value = tag("h2", drawn.headline)
        self.below.value = drawn.below
        for name in self.titles:
            self.titles[name].value = tag("h3", drawn.titles[name])
            self.pictures[name].value = drawn.pictures[name]

    def redrawing(self, on: bool) -> None:
        """Say whether the pictures are older than the levers."""
        self.waiting.value = tag("span", "redrawing") if on else ""
