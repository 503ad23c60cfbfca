"""The left column of the page: what is compared, for how long, and what came of it in words."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from sim.scenario import Scenario
from sim.views.months.sentences import NOT_RUN
from sim.views.months.still import SeasonStill
from sim.views.room.parts import Safely, column, row, tag, text
from sim.views.year import words
from sim.views.year.choice import Choice

WEEKS = (52, 104)
REPLICATIONS = (4, 10, 20)
Set = Callable[[str, Any], None]
"""Sets one part of the choice: now, plan, weeks, replications or unmoved."""


class Side:
    """Every choice of the page, and below them the horizons and the culture of either plan.

    Args:
        known: The scenarios to choose from.
        chosen: What is chosen at first.
        change: Told whatever else is chosen.
        safely: Wraps every callback.
    """

    def __init__(self, known: Sequence[Scenario], chosen: Choice, change: Set, safely: Safely) -> None:
        self._change, self._quiet = change, False
        self.now, self.plan = (_menu(name, known) for name in ("Now", "Plan"))
        self.weeks = _buttons("Weeks", _options(WEEKS, chosen.weeks))
        self.replications = _buttons("Replications", _options(REPLICATIONS, chosen.replications))
        self.unmoved = w.Checkbox(
            description=words.UNMOVED, indent=False, layout=w.Layout(margin="0", width="auto")
        )
        self.unmoved.add_class("kit-switch")
        self._unmoved_line = text("", "kit-help-line")
        self.horizons = text("", "kit-horizons")
        self.culture = text("", "kit-culture")
        for name, control in self.controls().items():
            control.observe(safely(lambda change, name=name: self._chosen(name, change["new"])), "value")
        self.widget: w.VBox = column(
            self._compare(),
            row(
                _headed("Weeks", self.weeks),
                _headed("Replications", self.replications),
                classes="kit-lengths",
            ),
            column(self.unmoved, self._unmoved_line, classes="kit-switch-box"),
            _headed("Profit: plan less now, thousand dollars", self.horizons),
            _headed("Culture", self.culture),
            classes="kit-scroll",
        )

    def _compare(self) -> w.VBox:
        chip = '<span class="kit-chip kit-chip-{0}">{1} {0}</span>'
        return column(
            row(text(chip.format("now", "○"), "kit-who"), self.now, classes="kit-pick"),
            row(text(chip.format("plan", "●"), "kit-who"), self.plan, classes="kit-pick"),
            classes="kit-picks",
        )

    def controls(self) -> dict[str, w.Widget]:
        """Each control by the part of the choice it sets."""
        return {
            "now": self.now,
            "plan": self.plan,
            "weeks": self.weeks,
            "replications": self.replications,
            "unmoved": self.unmoved,
        }

    def show(self, choice: Choice) -> None:
        """Stand where the choice says, without telling anybody."""
        self._quiet = True
        self.now.value, self.plan.value = choice.now, choice.plan
        self.weeks.value, self.replications.value = choice.weeks, choice.replications
        self.unmoved.value = choice.unmoved
        self._quiet = False
        line = words.UNMOVED_ON if choice.unmoved else words.UNMOVED_OFF
        self._unmoved_line.value = tag("span", line, "kit-help")

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
            self._change(name, value)


def _headed(title: str, content: w.Widget) -> w.VBox:
    return column(text(tag("h4", title)), content)


def _menu(name: str, known: Sequence[Scenario]) -> w.Dropdown:
    """A menu of scenarios, known to screen readers by `name`."""
    options = [(scenario.title, scenario) for scenario in known]
    menu = w.Dropdown(
        description=name, options=options, layout=w.Layout(width="auto", margin="0", min_width="0")
    )
    menu.add_class("kit-menu-box")
    return menu


def _options(usual: Sequence[int], chosen: int) -> list[tuple[str, int]]:
    return [(str(number), number) for number in sorted({*usual, chosen})]


def _buttons(name: str, options: Sequence[tuple[str, int]]) -> w.ToggleButtons:
    made = w.ToggleButtons(
        options=options,
        description=name,
        style=w.ToggleButtonsStyle(button_width="auto"),
        layout=w.Layout(margin="0", width="auto"),
    )
    made.add_class("kit-choices")
    return made
