"""Every assumption as a table for a notebook: the least sure first, and what has no anchor says so in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from sim.experiment.assumed import Assumption, in_short, least_sure_first, listed
from sim.views import formats, looks

COLUMNS = ("Assumption", "Usually", "Unit", "Plausible", "How sure", "Source", "Field")
LONGEST = 40
HEIGHT = 420
"""Css pixels of the table, which scrolls."""


@dataclass(frozen=True)
class AssumptionsTable:
    """All assumptions, or some, in one table."""

    found: Sequence[Assumption] = field(default_factory=lambda: least_sure_first(listed()))

    @property
    def headline(self) -> str:
        """How much of it rests on nothing that was measured."""
        return in_short(self.found)

    def rows(self) -> list[tuple[str, ...]]:
        """One row an assumption, in words."""
        return [_row(one) for one in self.found]

    def __repr__(self) -> str:
        return "\n".join([self.headline, *(" | ".join(row) for row in self.rows())])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="{_STUCK}">{escape(name)}</th>' for name in COLUMNS)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in self.rows())
        table = f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return (
            f"<p><b>{escape(self.headline)}</b></p>"
            f'<div tabindex="0" role="region" aria-label="Assumptions" style="max-height:{HEIGHT}px;overflow:auto">'
            f"{table}</div>"
        )


_CELL = "text-align:left;vertical-align:top;padding:2px 10px 2px 0"
_STUCK = f"{_CELL};position:sticky;top:0;background:{looks.PAPER};color:{looks.INK}"


def _cells(row: Sequence[str]) -> str:
    first = f'<th scope="row" style="{_CELL};font-weight:normal">{escape(row[0])}</th>'
    return first + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row[1:])


def _row(one: Assumption) -> tuple[str, ...]:
    facts = one.facts
    low_to_high = " to ".join(map(told, facts.plausible)) if facts.plausible else ""
    sure = ", ".join(one.doubts)
    return facts.title, told(one.value), facts.unit, low_to_high, sure, facts.evidence, facts.path


def told(value: Any) -> str:
    """A value of an assumption with no more digits than it needs; long lists are cut."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.4g}".replace("-", formats.MINUS) if abs(value) < 1e4 else formats.number(value)
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
