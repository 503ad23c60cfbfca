"""What an answer is given with: each kind opens empty, works from the keyboard, and can be frozen."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import ipywidgets as w

from sim.exercise.source import Asked
from sim.exercise.truth import Answer
from sim.views.card.hands import Hands
from sim.views.card.heights import BOTTOM, HEIGHT, TOP, across, curve_html
from sim.views.card.picture import WIDTH
from sim.views.card.scale import LINE, height_of, scale_html
from sim.views.card.spots import Spot
from sim.views.room.parts import choice_buttons, column, row, tag, text


class Control(Protocol):
    """What one answer is given with."""

    widget: w.Widget

    @property
    def given(self) -> Any:
        """What is there so far; None where something is missing."""

    def freeze(self, answer: Answer | None) -> None:
        """Stand at this answer and be changed no more."""


def control_for(asked: Asked, hands: Hands) -> Control:
    """The control that suits a kind of question."""
    if asked.kind == "number":
        return NumberLine(asked, hands)
    if asked.kind == "ranking":
        return Places(asked, hands)
    if asked.kind == "curve":
        return Heights(asked, hands)
    return OneOf(asked, hands)


def options_of(name: str, options: Sequence[str]) -> w.ToggleButtons:
    """Buttons of which none is down yet."""
    made = choice_buttons(name, options)
    made.value = None
    return made


class OneOf:
    """One of several answers, each a button with its words."""

    def __init__(self, asked: Asked, hands: Hands) -> None:
        self._hands = hands
        self.buttons = options_of(asked.ask, asked.texts)
        self.buttons.observe(hands.safely(lambda _: hands.changed()), "value")
        self.widget = column(self.buttons, classes="kit-options")

    @property
    def given(self) -> str | None:
        """The answer whose button is down."""
        found: str | None = self.buttons.value
        return found

    def freeze(self, answer: Answer | None) -> None:
        """Keep down the button of that answer."""
        if answer is not None:
            self.buttons.value = answer
        self.buttons.disabled = True


class Places:
    """A place for every answer: a row of numbered buttons each. A place that is given away leaves its former row."""

    def __init__(self, asked: Asked, hands: Hands) -> None:
        self._hands = hands
        self._quiet = False
        numbers = [str(at) for at in range(1, len(asked.options) + 1)]
        self.rows = {text: options_of(f"Place of: {text}", numbers) for text in asked.texts}
        for name, buttons in self.rows.items():
            buttons.observe(hands.safely(self._placing(name)), "value")
        ends = (
            f"1 is the {asked.best}, {numbers[-1]} the {'lowest' if asked.best == 'highest' else 'highest'}."
        )
        lines = [
            row(text(tag("span", name)), each, classes="kit-place-row") for name, each in self.rows.items()
        ]
        self.widget = column(text(tag("p", ends, "kit-help")), *lines, classes="kit-places")

    @property
    def given(self) -> tuple[str, ...] | None:
        """The answers in order, once every one has its place."""
        if any(buttons.value is None for buttons in self.rows.values()):
            return None
        return tuple(sorted(self.rows, key=lambda name: int(self.rows[name].value)))

    def freeze(self, answer: Answer | None) -> None:
        """Keep that order."""
        self._quiet = True
        for place, name in enumerate(answer if isinstance(answer, tuple) else (), start=1):
            self.rows[str(name)].value = str(place)
        for buttons in self.rows.values():
            buttons.disabled = True

    def _placing(self, name: str) -> Callable[[dict[str, Any]], None]:
        def placed(change: dict[str, Any]) -> None:
            if self._quiet:
                return
            self._give_up(name, change["new"])
            self._hands.changed()

        return placed

    def _give_up(self, name: str, place: str | None) -> None:
        """Let another answer that stands at this place lose it, and say so."""
        for other, buttons in self.rows.items():
            if place is not None and other != name and buttons.value == place:
                self._quiet = True
                buttons.value = None
                self._quiet = False
                self._hands.say(f"“{other}” gave up place {place}.")
                return
        self._hands.say("")


class NumberLine:
    """A number: placed on a line with the mouse or the arrow keys, or typed."""

    def __init__(self, asked: Asked, hands: Hands) -> None:
        self._asked = asked
        self.picture = text(scale_html(asked), "kit-drawn")
        self.spot = Spot(asked, f"{asked.ask} {asked.unit}".strip(), hands, self._draw)
        self.spot.slider.layout.top = f"{100 * LINE / height_of(asked):.2f}%"
        self.note = text(tag("span", asked.unit), "kit-beside")
        place = column(self.picture, self.spot.slider, classes="kit-scale")
        self.widget = column(place, row(self.spot.box, self.note, classes="kit-answer-row"))

    @property
    def given(self) -> float | None:
        """The number that was placed."""
        return self.spot.value

    def freeze(self, answer: Answer | None) -> None:
        """Keep the mark where it is."""
        self.spot.put(answer if isinstance(answer, float) else None)
        self.spot.freeze()
        self.picture.value = scale_html(self._asked, self.spot.value)

    def _draw(self) -> None:
        self.picture.value = scale_html(self._asked, self.spot.value, marked=False)


class Heights:
    """A curve: a height at each of its points, by vertical sliders or typed."""

    def __init__(self, asked: Asked, hands: Hands) -> None:
        self._asked = asked
        self.picture = text(curve_html(asked, [None] * len(asked.points)), "kit-drawn")
        self.spots = [self._spot(at, hands) for at in asked.points]
        drawn = column(self.picture, *(each.slider for each in self.spots), classes="kit-heights")
        self.widget = column(drawn, row(*self._boxes(), classes="kit-height-row"))

    @property
    def given(self) -> tuple[float, ...] | None:
        """The heights, once every point has one."""
        known = tuple(each for each in self._heights() if each is not None)
        return known if len(known) == len(self.spots) else None

    def freeze(self, answer: Answer | None) -> None:
        """Keep the curve as it is."""
        heights = answer if isinstance(answer, tuple) else [None] * len(self.spots)
        for spot, height in zip(self.spots, heights, strict=True):
            spot.put(None if height is None else float(height))
            spot.freeze()
        self.picture.value = curve_html(self._asked, self._heights())

    def _heights(self) -> list[float | None]:
        return [spot.value for spot in self.spots]

    def _draw(self) -> None:
        self.picture.value = curve_html(self._asked, self._heights(), marked=False)

    def _spot(self, at: float, hands: Hands) -> Spot:
        name = f"{self._asked.axis} {at:g}, {self._asked.unit}".strip(" ,")
        spot = Spot(self._asked, name, hands, self._draw, upright=True)
        spot.slider.add_class("kit-upright")
        layout = spot.slider.layout
        layout.left = f"{100 * across(self._asked).at(at) / WIDTH:.2f}%"
        layout.top, layout.height = f"{100 * TOP / HEIGHT:.2f}%", f"{100 * (BOTTOM - TOP) / HEIGHT:.2f}%"
        return spot

    def _boxes(self) -> list[w.VBox]:
        labels = [text(tag("span", f"{at:g}"), "kit-unit") for at in self._asked.points]
        pairs = zip(labels, self.spots, strict=True)
        return [column(label, spot.box, classes="kit-height") for label, spot in pairs]
