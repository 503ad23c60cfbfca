"""The right side of the page: the headline, and the views, of which one is shown: panels of title, picture and note."""

from collections.abc import Callable, Sequence

import ipywidgets as w

from sim.views.room.gallery import VIEWS, Drawn, View
from sim.views.room.parts import Safely, choice_buttons, column, mark, row, tag, text

WHOSE = {"● plan": "plan", "○ now": "now"}


class Page:
    """The panels of one view, two in a row."""

    def __init__(self, view: View, names: Sequence[str]) -> None:
        self.titles = {name: text("", "kit-panel-title") for name in names}
        self.pictures = {name: text("", "kit-panel-picture") for name in names}
        self.notes = {name: text("", "kit-panel-note") for name in names}
        panels = [
            column(
                self.titles[name],
                self.pictures[name],
                self.notes[name],
                classes=f"kit-panel kit-panel-{name}",
            )
            for name in names
        ]
        rows = [row(*panels[at : at + 2], classes="kit-panels") for at in range(0, len(panels), 2)]
        self.widget: w.VBox = column(*rows, classes=f"kit-view kit-view-{view}")

    def show(self, drawn: Drawn) -> None:
        """Show what is drawn; what is not stays."""
        for name, title in drawn.titles.items():
            self.titles[name].value = tag("h3", title) if title else ""
            self.pictures[name].value = drawn.pictures[name]
        for name, note in self.notes.items():
            note.value = tag("span", drawn.notes.get(name, ""))


class Board:
    """The widgets that show what is drawn, one view at a time.

    Args:
        whose: Told whose journey is wanted: "plan" or "now".
        safely: Wraps every callback.
    """

    def __init__(self, whose: Callable[[str], None], safely: Safely) -> None:
        self.headline = text("", "kit-headline")
        self.below = text("", "kit-below")
        self.waiting = text("", "kit-redrawing")
        self.whose = choice_buttons("Whose journey", list(WHOSE))
        self.whose.observe(safely(lambda change: whose(WHOSE[change["new"]])), "value")
        self.pages: dict[str, Page] = {view: Page(view, names) for view, names in VIEWS.items()}
        head = row(self.headline, self.waiting, self.whose, classes="kit-headline-row")
        self.widget: w.VBox = column(
            column(head, self.below, classes="kit-head"),
            *(page.widget for page in self.pages.values()),
            classes="kit-board",
        )

    def turn_to(self, view: View) -> None:
        """Show that view."""
        for name, page in self.pages.items():
            mark(page.widget, "kit-gone", name != view)
        mark(self.whose, "kit-gone", view != "journey")

    def show(self, drawn: Drawn) -> None:
        """Show what is drawn, in its view."""
        self.headline.value = tag("h2", drawn.headline)
        self.below.value = drawn.below
        self.pages[drawn.view].show(drawn)

    def redrawing(self, on: bool) -> None:
        """Say whether the pictures are older than the levers."""
        self.waiting.value = tag("span", "redrawing") if on else ""
