"""How busy the world is: four buttons, and a line that says what the chosen one means."""

from collections.abc import Callable
from typing import Any

from sim.scenario import Scenario
from sim.views.room.parts import Safely, choice_buttons, column, tag, text
from sim.views.room.worlds import FACTORS, USUAL, in_words


class DemandButtons:
    """Quiet, Usual, Busy or Outage, for now and plan alike."""

    def __init__(self, chosen: Callable[[str], None], safely: Safely) -> None:
        self._chosen = chosen
        self._quiet = False
        self.buttons = choice_buttons("Demand", list(FACTORS))
        self.buttons.value = USUAL
        self.buttons.observe(safely(self._pressed), "value")
        self._line = text("", "kit-demand-line")
        self.widget = column(text(tag("h4", "Demand")), self.buttons, self._line, classes="kit-demand")

    def show(self, demand: str, now: Scenario) -> None:
        """Stand at `demand`, and say what it means for this operation."""
        self._quiet = True
        self.buttons.value = demand
        self._quiet = False
        self._line.value = tag("span", in_words(now, demand), "kit-help")

    def _pressed(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self._chosen(change["new"])
