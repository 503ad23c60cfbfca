"""The right-hand side: what the room sees now, and one of six panels."""

from collections.abc import Callable, Mapping
from typing import Final

import ipywidgets as w

from sim.views.desk import words
from sim.views.desk.projecting import BOARDS
from sim.views.desk.seen import Seen
from sim.views.room.parts import Safely, button, choice_buttons, column, mark, row, tag, text
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


class Projected:
    """What the room sees now, with buttons to turn its slides, and how it may see the board."""

    def __init__(self, turn: Callable[[int], None], boards: Callable[[str], None], safely: Safely) -> None:
        self.shown = text("", "kit-projected-words")
        self.earlier, self.later = button("◀", tooltip="Earlier slide"), button("▶", tooltip="Later slide")
        self.earlier.on_click(safely(lambda _button: turn(-1)))
        self.later.on_click(safely(lambda _button: turn(1)))
        self.boards = w.Dropdown(
            options=list(BOARDS),
            description="The room sees the board with",
            layout=w.Layout(width="auto", margin="0"),
        )
        self.boards.add_class("kit-menu-box")
        self.boards.observe(safely(lambda change: boards(change["new"])), "value")
        self._stands_in = ""
        self.slides = row(self.earlier, self.later, classes="kit-slides kit-gone")
        self.widget: w.HBox = row(self.shown, self.slides, classes="kit-projected")

    def show(self, seen: Seen) -> None:
        """Show it in words, before the projector has drawn it."""
        self._stands_in = f" (booklet page {seen.booklet} stands in)" if seen.booklet else ""
        title, sentence = words.projected(seen.session, computing=seen.computing)
        self._say(title, sentence)

    def headline(self, slides: tuple[str, ...], page: int) -> None:
        """Show the headline of the slide itself."""
        many = len(slides) > 1
        mark(self.slides, "kit-gone", not many)
        self.earlier.disabled, self.later.disabled = page == 0, page + 1 >= len(slides)
        if slides:
            self._say(
                f"Slide {page + 1} of {len(slides)}:" if many else "", slides[min(page, len(slides) - 1)]
            )

    def _say(self, bold: str, rest: str) -> None:
        said = f"<p>{tag('b', bold)} {tag('span', rest)}</p>"
        self.shown.value = tag("h4", f"The projector shows now{self._stands_in}") + said


class Side:
    """The panels, of which one is shown, below what the room sees."""

    def __init__(self, projected: Projected, panels: Mapping[str, w.Widget], safely: Safely) -> None:
        self.projected = projected
        self.panels = {name: column(panels[name], classes="kit-panel-box kit-gone") for name in PANELS}
        self.choice = choice_buttons("Panel", PANELS)
        self.choice.observe(safely(lambda change: self.turn_to(change["new"])), "value")
        self._phase = ""
        self.widget: w.VBox = column(
            projected.widget,
            self.choice,
            column(*self.panels.values(), classes="kit-panel-scroll"),
            classes="kit-right",
        )
        self.turn_to(PANELS[0])

    def show(self, seen: Seen) -> None:
        """Show what the room sees; when the phase changes, its panel comes to the front."""
        self.projected.show(seen)
        state = seen.session.state
        if f"{state.round} {state.phase}" != self._phase:
            self._phase = f"{state.round} {state.phase}"
            self.choice.value = OF_PHASE[state.phase]
            self.turn_to(self.choice.value)

    def turn_to(self, name: str) -> None:
        """Bring a panel to the front."""
        for each, panel in self.panels.items():
            mark(panel, "kit-gone", each != name)
