"""One number that is placed: with the mouse or the arrow keys on a slider, or typed in a box. It opens empty."""

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from sim.exercise.answers import understood
from sim.exercise.source import Asked
from sim.scenario import BadInput
from sim.views.card.hands import Hands
from sim.views.room.dial import plain, step_for
from sim.views.room.parts import box, mark

FINER = 5
"""A card's slider is this many times finer than a lever's, of about twenty steps."""


class Spot:
    """One number within the scale of a question, or none yet.

    Args:
        asked: The question.
        name: How slider and box are known to screen readers.
        hands: Whom to tell.
        moved: Called when it was placed, moved or taken away, to draw it.
    """

    def __init__(
        self, asked: Asked, name: str, hands: Hands, moved: Callable[[], None], *, upright: bool = False
    ) -> None:
        self.value: float | None = None
        self._asked = asked.model_copy(update={"kind": "number"})
        self._hands, self._moved, self._quiet = hands, moved, False
        low, high = asked.scale
        self._step = step_for((high - low) / FINER, whole=False)
        self.slider = w.FloatSlider(
            value=low, min=low, max=high, step=self._step, readout=False, description=name,
            orientation="vertical" if upright else "horizontal",
            layout=w.Layout(width="28px" if upright else "auto", margin="0", min_width="0"),
        )  # fmt: skip
        self.slider.add_class("kit-slider")
        self.slider.add_class("kit-untouched")
        self.box = box(name, "kit-number", "kit-answer")
        self.slider.observe(hands.safely(self._slid), "value")
        self.box.observe(hands.safely(self._typed), "value")

    def put(self, value: float | None) -> None:
        """Stand there, or nowhere, without telling anybody but who draws it."""
        self.value, self._quiet = None if value is None else round(value, 8), True
        self.box.value = "" if self.value is None else plain(self.value)
        # The slider stands on its own steps: sent anything else, the browser would send the nearest step back.
        self.slider.value = self.slider.min if self.value is None else self._stepped(self.value)
        self._quiet = False
        mark(self.slider, "kit-untouched", self.value is None)
        self._moved()

    def freeze(self) -> None:
        """Be moved no more; the handle gives way to a drawn mark."""
        self.slider.disabled = self.box.disabled = True
        mark(self.slider, "kit-gone", on=True)

    def _slid(self, change: dict[str, Any]) -> None:
        stepped = self._stepped(change["new"])
        if not self._quiet and (self.value is None or stepped != self._stepped(self.value)):
            self._place(stepped)

    def _stepped(self, value: float) -> float:
        low, high = self._asked.scale
        return min(max(round(round(value / self._step) * self._step, 8), low), high)

    def _typed(self, change: dict[str, Any]) -> None:
        if self._quiet:
            return
        try:
            answer = understood(self._asked, change["new"])
        except BadInput as error:
            self.put(self.value)
            kept = "Nothing is placed yet." if self.value is None else f"Kept at {plain(self.value)}."
            self._hands.say(f"✕ {error} {kept}")
            return
        self._place(answer if isinstance(answer, float) else None)

    def _place(self, value: float | None) -> None:
        self.put(value)
        self._hands.say("")
        self._hands.changed()
