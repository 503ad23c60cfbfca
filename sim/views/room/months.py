"""What the months ask for besides the levers: how long, what befalls, what customers mind; and what comes of it."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from sim.scenario.events import EVENT_KINDS
from sim.views.months.sentences import NOT_RUN
from sim.views.months.still import SeasonStill
from sim.views.room import words
from sim.views.room.parts import Safely, choice_buttons, column, mark, row, tag, text
from sim.views.room.worlds import NO_EVENT, Choice, event_in_words

LENGTHS = {"52": 52, "104": 104}
Set = Callable[[str, Any], None]
"""Sets one part of the choice: weeks, event or unmoved."""


class MonthsControls:
    """Two lengths, a menu of events, a switch; below them the horizons of profit and the culture of either side.

    Args:
        change: Told whatever is chosen.
        safely: Wraps every callback.
    """

    def __init__(self, change: Set, safely: Safely) -> None:
        self._change, self._quiet = change, False
        self.weeks = choice_buttons("Weeks", list(LENGTHS))
        self.event = _events()
        self.unmoved = w.Checkbox(
            description=words.UNMOVED, indent=False, layout=w.Layout(margin="0", width="auto")
        )
        self.unmoved.add_class("kit-switch")
        self.unmoved.tooltip = words.UNMOVED_OFF
        self._event_line, self._unmoved_line = text("", "kit-help-line"), text("", "kit-help-line")
        self.horizons, self.culture = text("", "kit-horizons"), text("", "kit-culture")
        for name, control in (("weeks", self.weeks), ("event", self.event), ("unmoved", self.unmoved)):
            control.observe(safely(lambda change, name=name: self._chosen(name, change["new"])), "value")
        self.widget: w.VBox = column(
            row(text(tag("h4", "Weeks")), self.weeks, self.event, classes="kit-lengths"),
            self._event_line,
            column(self.unmoved, self._unmoved_line, classes="kit-switch-box"),
            classes="kit-months",
        )
        self.outcome: w.VBox = column(
            _headed("Profit: plan less now, thousand dollars", self.horizons),
            _headed("Culture", self.culture),
            classes="kit-months kit-outcome",
        )

    def show(self, choice: Choice) -> None:
        """Stand where the choice says, without telling anybody."""
        self._quiet = True
        self.weeks.value = next((name for name, weeks in LENGTHS.items() if weeks == choice.weeks), None)
        self.event.value, self.unmoved.value = choice.event, choice.unmoved
        self._quiet = False
        self._event_line.value = tag("span", event_in_words(choice.event), "kit-help")
        self._unmoved_line.value = tag("span", words.UNMOVED_ON, "kit-help")
        mark(self._event_line, "kit-gone", not choice.event)
        mark(self._unmoved_line, "kit-gone", not choice.unmoved)

    def tell(self, still: SeasonStill) -> None:
        """Show the horizons and the culture of either side."""
        told, sentence = words.horizons(still)
        rows = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td class="kit-number-cell">{escape(less)}</td>'
            f'<td style="color:{colour}">{escape(verdict)}</td></tr>'
            for name, less, verdict, colour in told
        )
        table = f"<table>{rows}</table>" if rows else ""
        self.horizons.value = table + (tag("span", sentence, "kit-help") if sentence else "")
        self.culture.value = "".join(
            f"<p>{tag('b', word, f'kit-{word}')} {escape(culture)}</p>" for word, culture in still.cultures()
        ) or tag("span", NOT_RUN, "kit-help")

    def _chosen(self, name: str, value: Any) -> None:
        if not self._quiet:
            self._change(name, LENGTHS[value] if name == "weeks" else value)


def _headed(title: str, content: w.Widget) -> w.VBox:
    return column(text(tag("h4", title)), content)


def _events() -> w.Dropdown:
    options = [("no event", NO_EVENT), *((title, kind) for kind, (title, _) in EVENT_KINDS.items())]
    menu = w.Dropdown(
        description="What befalls both",
        options=options,
        layout=w.Layout(width="auto", margin="0", min_width="0"),
    )
    menu.add_class("kit-menu-box")
    return menu
