"""The panels in words and tables, for those who do not see the pictures and for files that cannot hold them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from typing import TypeVar

from sim.experiment import Estimate
from sim.views import formats, sentences
from sim.views.panel_data import (
    ENDINGS,
    ConsistencyData,
    ConsistencySide,
    CostData,
    JourneyData,
    JourneySide,
    PanelData,
    WaitingData,
    WaitingSide,
)

Side = TypeVar("Side")
SIDES = ("now", "plan")


@dataclass(frozen=True)
class Equivalent:
    """A sentence and a small table that say what a panel shows; the first column names the rows."""

    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self) -> str:
        """A table with the sentence for its caption."""
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in self.columns)
        body = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
            for row in self.rows
        )
        caption = f"<caption>{escape(self.sentence)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def markdown(self) -> str:
        """The sentence, and a table in Markdown."""
        lines = [self.columns, ("---", *["---:"] * (len(self.columns) - 1)), *self.rows]
        return f"{self.sentence}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def equivalents(data: PanelData) -> dict[str, Equivalent]:
    """All four panels: waiting, consistency, journey, cost."""
    return {
        "waiting": waiting_equivalent(data.waiting),
        "consistency": consistency_equivalent(data.consistency),
        "journey": journey_equivalent(data.journey),
        "cost": cost_equivalent(data.cost),
    }


def waiting_equivalent(data: WaitingData) -> Equivalent:
    """The promise, the average, the tail, and where in the day the longest waits are."""
    promise = formats.short(data.promise)
    sides = (data.now, data.plan)
    rows = [
        _row(f"Answered within {promise} minutes, of 100", sides, lambda s: _shared(s.in_time)),
        _row("Hung up, of 100", sides, lambda s: _shared(s.hung_up)),
        _row("Average wait, minutes", sides, lambda s: formats.with_half_width(s.mean, decimals=2)),
        _row(
            "Nine in ten waited less than, minutes",
            sides,
            lambda s: formats.with_half_width(s.p90, decimals=2),
        ),
        _row("Longest half-hour average, minutes", sides, _longest),
    ]
    top = formats.short(data.axis.top)
    rows.append(
        _row(f"Waited {top} minutes or more, of 100", sides, lambda s: formats.number(2 * s.dots[-1]))
    )
    return Equivalent(f"{sentences.waiting_title(data)}.", ("Waiting", *SIDES), tuple(rows))


def _longest(side: WaitingSide) -> str:
    known = [
        (wait.mean, hour, wait)
        for hour, wait in zip(side.hours, side.waits, strict=True)
        if isfinite(wait.mean)
    ]
    if not known:
        return formats.NONE
    _, hour, wait = max(known, key=lambda one: one[0])
    minutes = round(60 * hour)
    return f"{formats.with_half_width(wait, decimals=2)} around {minutes // 60}:{minutes % 60:02}"


def consistency_equivalent(data: ConsistencyData) -> Equivalent:
    """For each team, the days at the bar and the middle day."""
    bar = formats.of_hundred(data.bar)
    columns = (
        "Team",
        *(f"days at the bar, {s}" for s in SIDES),
        *(f"middle day, of 100, {s}" for s in SIDES),
    )
    rows = tuple(
        (
            team,
            *(_days_at_bar(side, team) for side in (data.now, data.plan)),
            *(_middle(side, team) for side in (data.now, data.plan)),
        )
        for team in data.teams
    )
    sentence = f"{sentences.consistency_title(data)}. A day is at the bar with {bar} of 100 promises kept."
    return Equivalent(sentence, columns, rows)


def _days_at_bar(side: ConsistencySide | None, team: str) -> str:
    days = side.team(team) if side else None
    if days is None:
        return formats.NONE
    share = f"{_shared(days.share_at_bar)} of 100" if formats.has_interval(days.share_at_bar) else ""
    counted = f"{days.at_bar} of {len(days.dots)}"
    return f"{counted} ({share}, {days.days} days)" if share else counted


def _middle(side: ConsistencySide | None, team: str) -> str:
    days = side.team(team) if side else None
    return formats.of_hundred(days.middle) if days else formats.NONE


def journey_equivalent(data: JourneyData) -> Equivalent:
    """Each ending, of 1,000 contacts."""
    rows = tuple((ending, *(_contacts(side, ending) for side in (data.now, data.plan))) for ending in ENDINGS)
    return Equivalent(f"{sentences.journey_title(data)}.", ("Of 1,000 contacts", *SIDES), rows)


def _contacts(side: JourneySide | None, ending: str) -> str:
    return formats.with_half_width(side.endings[ending]) if side else formats.NONE


def cost_equivalent(data: CostData) -> Equivalent:
    """The three lines of the arithmetic."""
    sides = (data.now, data.plan)
    money = [amount.mean for side in sides if side for amount in (side.contact, side.resolved)]
    places = formats.decimals_for(*money)
    rows = (
        _row(
            "Cost of a contact, dollars", sides, lambda s: formats.with_half_width(s.contact, decimals=places)
        ),
        _row(
            "Contacts to resolve one issue", sides, lambda s: formats.with_half_width(s.contacts, decimals=2)
        ),
        _row(
            "Cost of a resolved issue, dollars",
            sides,
            lambda s: formats.with_half_width(s.resolved, decimals=places),
        ),
    )
    return Equivalent(f"{sentences.cost_title(data)}.", ("Cost", *SIDES), rows)


def _row(name: str, sides: Sequence[Side | None], cell: Callable[[Side], str]) -> tuple[str, ...]:
    return (name, *(cell(side) if side is not None else formats.NONE for side in sides))


def _shared(share: Estimate) -> str:
    return formats.with_half_width(share, 100)
