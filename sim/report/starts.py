"""When each row's interval starts, from one column or from a date and a time; and which rows are none."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.amounts import different
from sim.report.columns import Column, Layout
from sim.report.moments import (
    BLANK,
    NEVER,
    UNREADABLE,
    YEARS,
    Moment,
    Moments,
    Whole,
    moment,
    moments,
    times_alone,
)
from sim.report.words import Repairs, refuse, shown
from sim.scenario.errors import BadInput

STYLE, SECOND = 2, 3
"""Where `Moments.table` keeps them."""

TOTAL: Final = re.compile(
    r"\s*(?:(?:grand|sub|daily|day|weekly|overall|report|queue|skill)[\s-]*)?(?:totals?|sum|summary|averages?|avg|mean)\b",
    re.IGNORECASE,
)

Mask = npt.NDArray[np.bool_]


@dataclass
class Starts:
    """When the intervals of one block start, and which rows hold a total or the columns' names again instead."""

    when: Moments
    total: Mask
    heading: Mask

    @property
    def blank(self) -> Mask:
        """Rows with nothing where the start belongs."""
        blank: Mask = (self.when.style == BLANK) & (self.when.second == NEVER)
        return blank

    @property
    def unread(self) -> Mask:
        """Rows whose start is neither empty nor a date with a time of day."""
        unread: Mask = ~self.blank & ((self.when.style < 0) | (self.when.second == NEVER))
        return unread


@dataclass
class StartReader:
    """Reads the starts of block after block, remembering the last date for rows that leave it out."""

    layout: Layout
    repairs: Repairs
    last_day: Whole = field(default_factory=lambda: np.array([Moment(style=BLANK)], np.int32))

    def read(self, cells: pd.DataFrame, number: Whole) -> Starts:
        """The starts of one block, whose spreadsheet rows are `number`."""
        start, day = self.layout.columns.get("start"), self.layout.columns.get("date")
        if start is None or day is None:
            return _read(cells, start or self.layout.columns["date"], moments)
        clock = _read(cells, start, partial(times_alone, hours=_counts_hours(start)))
        days = _read(cells, day, moments)
        when = Moments(self._joined(days.when.table, clock.when.table, number))
        return Starts(when, days.total | clock.total, days.heading & clock.heading)

    def _joined(self, days: Whole, clock: Whole, number: Whole) -> Whole:
        """Date and time from two columns; an empty date repeats the one above, as merged cells are exported."""
        above = np.vstack([self.last_day, days])
        source = np.maximum.accumulate(np.where(above[:, STYLE] >= 0, np.arange(len(above)), 0))
        self.last_day = above[source[-1:]]
        own = clock[:, STYLE] >= 0
        repeated = (days[:, STYLE] == BLANK) & (clock[:, SECOND] != NEVER) & ~own
        self.repairs.rows("Date repeated from the row above", number[repeated])
        days = np.where(repeated[:, None], above[source[1:]], days)
        days = np.where(own[:, None], clock, days)
        days[:, SECOND:] = clock[:, SECOND:]
        days[(days[:, STYLE] == BLANK) & (clock[:, STYLE] != BLANK), STYLE] = UNREADABLE
        return days


def names_total(text: str) -> bool:
    """Whether this cell calls its row a total."""
    return bool(TOTAL.match(text))


def refuse_start(layout: Layout, cells: "pd.Series[str]", row: int) -> BadInput:
    """Say which cell of a row's start cannot be read, and why."""
    start, day = layout.columns.get("start"), layout.columns.get("date")
    dated = day or layout.columns["start"]
    text = str(cells[dated.position])
    if moment(text).style < 0:
        return refuse(row, dated.name, f'"{shown(text)}" is not a date between {YEARS[0]} and {YEARS[1]}')
    if start is None or day is None:
        trouble = "has no time of day; a report by intervals of 15, 30 or 60 minutes is needed"
        return refuse(row, dated.name, f'"{shown(text)}" {trouble}')
    return refuse(
        row, start.name, f'"{shown(str(cells[start.position]))}" is not a time of day such as 07:30'
    )


def _counts_hours(column: Column) -> bool:
    """Whether a bare 7 in this column is seven o'clock."""
    return "hour" in column.name.casefold() and "half" not in column.name.casefold()


def _read(cells: pd.DataFrame, column: Column, read: Callable[[list[str]], Moments]) -> Starts:
    codes, texts = different(cells[column.position])
    when = read(texts)
    total, heading = np.zeros((2, len(texts)), np.bool_)
    for at in np.flatnonzero((when.style < 0) & (when.second == NEVER)):
        total[at] = names_total(texts[at])
        heading[at] = texts[at].strip().casefold() == column.name.casefold()
    return Starts(Moments(when.table[codes]), total[codes], heading[codes])
