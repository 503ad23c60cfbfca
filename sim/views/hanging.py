"""What the findings about the kit's own plans depend on, as `sim hangs` last stored it: a table, and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape

from sim.experiment.hangs import RESULTS, stored_hangs
from sim.scenario import fields, named
from sim.season.catalogue import MEASURES
from sim.views import formats, looks
from sim.views.equivalents import Equivalent
from sim.views.still import FAMILY

COLUMNS = ("Finding", "plan less today", "depends on", "holds for the other")
UNITS: Mapping[str, tuple[float, int, str]] = {
    "stays_12": (100.0, 1, "of 100"),
    "profit_12": (1e-3, 0, "thousand dollars"),
}
"""What a result is multiplied with to be told, its decimals, its unit."""
NOT_STORED = "Nothing is stored yet; sim hangs writes it."
TOLD = 4
"""Assumptions named in one sentence."""


@dataclass(frozen=True)
class Finding:
    """One result of one plan: plan less today, the assumptions it depends on, and how many it does not."""

    plan: str
    result: str
    difference: float
    half_width: float
    depends_on: tuple[str, ...]
    others: int

    @property
    def sure(self) -> bool:
        """Whether the whole interval lies on one side of nothing; a finding that cannot be told depends on nothing."""
        return abs(self.difference) > self.half_width

    @property
    def told(self) -> str:
        """The difference with its interval, in words."""
        scale, places, unit = UNITS[self.result]
        size = formats.signed(scale * self.difference, places)
        return f"{size} ±{formats.number(scale * self.half_width, places)} {unit}"

    @property
    def titles(self) -> tuple[str, ...]:
        """The assumptions it depends on, as people read them."""
        return tuple(fields()[path].title.lower() for path in self.depends_on)


def read(rows: Sequence[Mapping[str, str]]) -> list[Finding]:
    """Findings from the table that `save_hangs` wrote, plan by plan."""
    return [
        _finding(plan, result, [row for row in rows if (row["plan"], row["result"]) == (plan, result)])
        for plan in dict.fromkeys(row["plan"] for row in rows)
        for result in RESULTS
    ]


def _finding(plan: str, result: str, rows: Sequence[Mapping[str, str]]) -> Finding:
    sizes = float(rows[0]["difference"]), float(rows[0]["half_width"])
    depends = tuple(row["assumption"] for row in rows if row["word"] == "depends on")
    found = Finding(plan, result, *sizes, depends, len(rows) - len(depends))
    return found if found.sure else replace(found, depends_on=(), others=len(rows))


@cache
def stored() -> tuple[Finding, ...]:
    """What is stored; nothing where there is no such file."""
    try:
        return tuple(read(stored_hangs()))
    except FileNotFoundError:
        return ()


def depends_on(plan: str) -> list[str]:
    """For a plan of the kit beside today: on what the findings that can be told depend, a sentence each."""
    return [_sentence(one) for one in stored() if one.plan == plan and one.sure]


def _sentence(one: Finding) -> str:
    what = f"Under other assumptions, in few seasons each: {MEASURES[one.result].title.lower()} {one.told}"
    if not one.depends_on:
        return f"{what}. Holds at both ends of all {one.others} doubtful ones, one at a time."
    return f"{what}. Depends on {_cut(one.titles)}; holds for the other {one.others}, one at a time."


def _cut(titles: Sequence[str]) -> str:
    """The first few, which move the finding most, and how many more."""
    more = len(titles) - TOLD
    return ", ".join(titles[:TOLD]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class HangsTable:
    """Every finding about the kit's own plans, and what it depends on."""

    found: Sequence[Finding] = field(default_factory=stored)

    def equivalent(self) -> Equivalent:
        """The table."""
        return Equivalent("What the plans of the kit do in a year", COLUMNS, tuple(map(_row, self.found)))

    def __repr__(self) -> str:
        return self.equivalent().markdown() if self.found else NOT_STORED

    def _repr_html_(self) -> str:
        shown = self.equivalent().html() if self.found else f"<p>{escape(NOT_STORED)}</p>"
        return f'<div style="font-family:{FAMILY};color:{looks.INK}">{shown}</div>'


def _row(one: Finding) -> tuple[str, ...]:
    finding = f"{named(one.plan).title}: {MEASURES[one.result].title.lower()}"
    depends = _cut(one.titles) or ("none" if one.sure else "cannot tell yet")
    return finding, one.told, depends, formats.number(one.others) if one.sure else formats.NONE
