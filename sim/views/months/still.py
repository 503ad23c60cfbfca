"""A season of two plans that stands still, for a saved notebook: verdicts in a table, panels as pictures."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from sim.experiment.seasons import Seasons
from sim.season.catalogue import MEASURES
from sim.views import formats, looks
from sim.views.months import notes, sentences
from sim.views.months.data import HORIZONS, SeasonData, season_data
from sim.views.months.equivalents import season_equivalents
from sim.views.months.findings import MEASURED, STAY, season_findings
from sim.views.sentences import Finding, with_verdicts
from sim.views.still import COLUMNS, FAMILY, Line, table_html

SCALES = {"share": 100.0, "thousands": 1e-3}
UNITS = {"share": "of 100", "minutes": "minutes", "dollars": "dollars", "count": ""}
JUDGED = tuple(name for name in MEASURED if name != "at_work")
"""Measures of the table; how many people are at work the plan itself decides."""
PANELS = ("loyalty", "customers", "profit", "staff")


@dataclass(frozen=True)
class SeasonStill:
    """A season as a notebook keeps it: a headline, the table of verdicts, the four panels, and what they rest on."""

    seasons: Seasons
    weeks: int

    @property
    def discount(self) -> float:
        """What a dollar loses in a year."""
        return self.seasons.plans[1].assumptions.money.discount

    @cached_property
    def found(self) -> dict[str, Finding]:
        """What was found on every measure."""
        return season_findings(self.seasons.summaries, self.weeks, discount=self.discount)

    @cached_property
    def data(self) -> SeasonData:
        """What the panels show."""
        return season_data(self.seasons.summaries, self.weeks, discount=self.discount)

    @property
    def same(self) -> bool:
        """Whether the plan is the same as now."""
        now, plan = ((one.plan, one.assumptions, one.events) for one in self.seasons.plans)
        return now == plan

    @property
    def headline(self) -> str:
        """The finding."""
        return sentences.headline(self.found, self.weeks, same=self.same)

    def titles(self) -> dict[str, str]:
        """The finding of each panel."""
        data, found = self.data, self.found
        return {
            "loyalty": sentences.loyalty_title(data.loyalty, found),
            "customers": sentences.customers_title(data.customers),
            "profit": sentences.profit_title(data.profit, found),
            "staff": sentences.staff_title(data.staff, found),
        }

    def lines(self) -> list[Line]:
        """The table of verdicts: customers, then people, then money."""
        if not self.found:
            return []
        stay = line_of(f"Still with us after {self.weeks} weeks, of 100", self.found[STAY], "share")
        measured = [line_of(_named(name), self.found[name], MEASURES[name].kind) for name in JUDGED]
        reached = [word for word in HORIZONS if word in self.found]
        money = [
            line_of(f"Profit over {word}, thousand $", self.found[word], "thousands") for word in reached
        ]
        return [stay, *measured, *money]

    def in_short(self) -> list[Line]:
        """Customers who stay, and profit over every horizon that is reached."""
        told = self.lines()
        return [told[0], *told[1 + len(JUDGED) :]] if told else []

    def cultures(self) -> list[tuple[str, str]]:
        """Which kind of business each side was, by the side's word."""
        where = self.seasons.plans[1].assumptions.culture
        return [
            (who.word, sentences.culture(self.seasons.summaries, number, where))
            for number, who in enumerate((looks.NOW, looks.PLAN))
            if self.seasons.summaries
        ]

    def __repr__(self) -> str:
        rows = [COLUMNS, *((o.measure, o.now, o.plan, o.difference, o.verdict) for o in self.lines())]
        widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
        table = ("  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) for row in rows)
        told = [f"{word}: {culture}" for word, culture in self.cultures()]
        return "\n".join([self.headline, "", *(line.rstrip() for line in table), "", *told])

    def _repr_html_(self) -> str:
        below = with_verdicts(sentences.below(self.found, same=self.same))
        told = "".join(f"<p><b>{word}</b>: {escape(culture)}</p>" for word, culture in self.cultures())
        now, plan = self.seasons.plans[:2]
        kept = "".join(f"<li>{escape(note)}</li>" for note in notes.in_full(now, plan))
        return (
            f'<div style="max-width:920px;font-family:{FAMILY};color:{looks.INK}">'
            f'<h3 style="margin:0">{escape(self.headline)}</h3>'
            f"<p>{below}<br>{escape(self.basis())}</p>{table_html(self.lines())}{told}{self._pictures()}"
            f"<h4>What this rests on</h4><ul>{kept}</ul></div>"
        )

    def basis(self) -> str:
        """What the numbers rest on."""
        count = len(self.seasons.summaries)
        if count < 2:
            return "One replication, so no interval; both plans met the same customers."
        return (
            f"± are 95 % intervals from {count} replications of {self.weeks} weeks; both plans met the same "
            "customers with the same luck."
        )

    def _pictures(self) -> str:
        from sim.views.charts import CustomersPanel, LoyaltyPanel, Panel, ProfitPanel, StaffPanel, export_png

        kinds: Sequence[type[Panel[Any]]] = (LoyaltyPanel, CustomersPanel, ProfitPanel, StaffPanel)
        told, titles = season_equivalents(self.data, self.found), self.titles()
        return "".join(
            _picture(export_png(kind, getattr(self.data, name), titles[name]), told[name].sentence)
            for name, kind in zip(PANELS, kinds, strict=True)
        )


def _picture(png: bytes, alt: str) -> str:
    source = f"data:image/png;base64,{b64encode(png).decode('ascii')}"
    return f'<img alt="{escape(alt)}" width="432" src="{source}" style="margin:8px 12px 0 0">'


def line_of(name: str, found: Finding, kind: str) -> Line:
    """One measure in words, both sides with the same decimals."""
    scale = SCALES.get(kind, 1.0)
    largest = max(abs(found.now.mean), abs(found.plan.mean))
    places = (
        1
        if kind == "share"
        else 2
        if kind in ("minutes", "dollars") and largest < 1e4
        else int(scale * largest < 1e3)
    )
    return Line(
        name,
        formats.number(scale * found.now.mean, places),
        formats.number(scale * found.plan.mean, places),
        f"{formats.signed(scale * found.difference.mean, places)} "
        f"{formats.plus_minus(found.difference, scale, places)}".strip(),
        found.word,
    )


def _named(name: str) -> str:
    measure = MEASURES[name]
    unit = UNITS[measure.kind]
    return f"{measure.title}, {unit}" if unit else measure.title
