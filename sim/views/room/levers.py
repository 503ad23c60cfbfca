"""A lever: name, slider, number box, and one line that says what it means or what was wrong."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from sim.scenario import FieldFacts
from sim.views.room.dial import Dial, lever_dial
from sim.views.room.parts import Safely, box, column, mark, row, tag, text

Apply = Callable[[str, Any], str]
"""Set a field to a value; returns a sentence where that cannot be, or nothing."""


class Lever:
    """One number of the plan, moved by slider, by arrow keys or by typing.

    Args:
        facts: The field it moves.
        page: A name no other page has, so that each page keeps its own tick for now.
        apply: Called with the field's path and its new value; returns a sentence if it cannot be.
        safely: Wraps every callback.
    """

    def __init__(self, facts: FieldFacts, page: str, apply: Apply, safely: Safely) -> None:
        self.facts = facts
        self._apply = apply
        self._value: Any = facts.default
        self._quiet = False
        self._mark = f"{page}-{facts.path.replace('.', '-')}"
        self._now = text("", "kit-lever-now")
        self._line = text("", "kit-lever-line")
        self.slider = w.FloatSlider(description=facts.title, readout=False, layout=_stretch())
        self.slider.add_class("kit-slider")
        self.box = box(facts.title, "kit-number")
        self.slider.observe(safely(self._slid), "value")
        self.box.observe(safely(self._typed), "value")
        self.widget = column(
            row(self._name(), self._now, classes="kit-lever-head"),
            row(self.slider, self.box, classes="kit-lever-set"),
            self._line,
            classes=f"kit-lever {self._mark}",
        )

    @property
    def sentence(self) -> str:
        """The sentence under the lever, if something had to be put right."""
        return self._told

    def show(self, value: Any, now: Any) -> None:
        """Stand at `value` with the tick at `now`; what was said before is taken back."""
        self._value = value
        self.dial = lever_dial(self.facts, now, value)
        self._now.value = tag("span", f"now {self.dial.text(now)}") + self._tick(now)
        self._quietly(lambda: _range(self.slider, self.dial))
        self._place()
        self._say("")

    def hush(self) -> None:
        """Take back what was said."""
        self._say("")

    def _name(self) -> w.HTML:
        unit = lever_dial(self.facts, self.facts.default).unit
        return text(f"<b>{escape(self.facts.title)}</b> {tag('span', unit, 'kit-unit')}", "kit-lever-name")

    def _tick(self, now: Any) -> str:
        place = self.dial.place_of(now)
        return f"<style>.{self._mark} .noUi-target::after{{left:calc({place:.3g}% - 1.5px)}}</style>"

    def _place(self) -> None:
        shown, written = self.dial.shown(self._value), self.dial.text(self._value)
        self._quietly(lambda: self.slider.set_trait("value", shown))
        self._quietly(lambda: self.box.set_trait("value", written))

    def _quietly(self, change: Callable[[], None]) -> None:
        """Change a widget without hearing it as somebody's move."""
        self._quiet = True
        try:
            change()
        finally:
            self._quiet = False

    def _say(self, sentence: str) -> None:
        self._told = sentence
        shown = tag("b", sentence, "kit-error") if sentence else tag("span", self.facts.help, "kit-help")
        self._line.value = f'<div role="status">{shown}</div>'
        mark(self.widget, "kit-wrong", bool(sentence))

    def _slid(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self._set(self.dial.value(change["new"]), "")

    def _typed(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            reading = self.dial.read(change["new"], self._value)
            self._set(reading.value, reading.sentence)

    def _set(self, value: Any, sentence: str) -> None:
        """Move to `value`, or stay and say why not."""
        if value != self._value:
            refused = self._apply(self.facts.path, value)
            sentence = f"✕ {refused} Kept at {self.dial.text(self._value)}." if refused else sentence
            self._value = self._value if refused else value
        self._place()
        self._say(sentence)


def _range(slider: w.FloatSlider, dial: Dial) -> None:
    """Give a slider its range, in an order in which low never passes high."""
    with slider.hold_trait_notifications():
        slider.min, slider.max, slider.step = dial.low, dial.high, dial.step


def _stretch() -> w.Layout:
    return w.Layout(flex="1 1 0", width="auto", min_width="0", margin="0")
