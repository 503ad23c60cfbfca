"""The cards of a lesson in a row, which of them are done, and a way to start over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from sim.exercise.attempt import Attempt
from sim.exercise.source import Card
from sim.scenario import BadInput
from sim.views.card import words
from sim.views.card.card import all_done, is_done, open_steps, steps_of
from sim.views.card.style import page_html, style_html
from sim.views.room.log import log, log_file
from sim.views.room.parts import button, column, mark, row, tag, text


class Strip:
    """How far a lesson has come; show `widget`, or leave the strip as the last line of a cell.

    Args:
        cards: Of the lesson.
        start_over: Begins the lesson afresh and returns a sentence; raises BadInput.
    """

    def __init__(self, cards: Sequence[Card], start_over: Callable[[], str]) -> None:
        self._cards, self._start_over = cards, start_over
        self._attempts: Mapping[str, Attempt] = {}
        self.cells, self.line = text(""), text("", "kit-card-line")
        self.again = button("Start over", "kit-second")
        self.sure = button("Yes, put everything aside", "kit-second", "kit-gone")
        self.stay = button("No, keep it", "kit-second", "kit-gone")
        self.again.on_click(lambda _: self._asking(on=True))
        self.stay.on_click(lambda _: self._asking(on=False))
        self.sure.on_click(lambda _: self._over())
        buttons = row(self.again, self.sure, self.stay, classes="kit-task-buttons")
        page = column(self.cells, buttons, self.line, classes="kit-card kit-strip-card")
        self.widget = column(text(style_html() + page_html()), page, classes="kit")

    def show(self, attempts: Mapping[str, Attempt]) -> None:
        """Show how far each card has come."""
        self._attempts = dict(attempts)
        cells = "".join(_cell(at, card, attempts[card.id]) for at, card in enumerate(self._cards, start=1))
        done = sum(all_done(attempts[card.id]) for card in self._cards)
        told = tag("p", f"{done} of {len(self._cards)} cards done.", "kit-help")
        self.cells.value = (
            f'<ol class="kit-progress-strip" aria-label="Cards of the lesson">{cells}</ol>{told}'
        )

    def _asking(self, *, on: bool) -> None:
        mark(self.again, "kit-gone", on)
        for each in (self.sure, self.stay):
            mark(each, "kit-gone", not on)

    def _over(self) -> None:
        try:
            said = self._start_over()
        except BadInput as error:
            said = f"✕ {error}"
        except Exception:  # noqa: BLE001  # nobody hears what a callback raises
            log().exception("start over")
            said = f"✕ {words.TROUBLE.format(log_file().name)}"
        self._asking(on=False)
        self.line.value = f'<div role="status">{tag("span", said, "kit-said")}</div>'

    def __repr__(self) -> str:
        return "\n".join(
            f"{at}. {card.title}: {_far(self._attempts[card.id])}"
            for at, card in enumerate(self._cards, start=1)
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}


def _far(attempt: Attempt) -> str:
    steps, done = steps_of(attempt.card), all_done(attempt)
    if done:
        return "done"
    behind = sum(is_done(attempt, name) for name in open_steps(attempt))
    return f"{behind} of {len(steps)} steps" if behind else "not begun"


def _cell(at: int, card: Card, attempt: Attempt) -> str:
    done = all_done(attempt)
    ticked = f"{'✓ ' if done else ''}{at} {card.title}"
    state = ' class="kit-done"' if done else ""
    return f"<li{state}>{escape(ticked)}<br>{escape(_far(attempt))}</li>"
