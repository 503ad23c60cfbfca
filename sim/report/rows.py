"""Rows of text become rows of numbers: what is no interval is left out, what cannot be read is refused by its cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report import amounts
from sim.report.columns import Column, Layout
from sim.report.moments import DAY_SECONDS, Moments, Whole
from sim.report.starts import Mask, StartReader, Starts, names_total, refuse_start
from sim.report.tables import Block, Table
from sim.report.words import Repairs, refuse, shown
from sim.scenario.errors import BadInput

COUNTS: Final = ("offered", "answered", "abandoned", "in_target")
SHARES: Final = ("abandoned_share", "in_target_share")
TIMES: Final = (
    "handle", "handle_total", "talk", "talk_total", "hold", "hold_total", "wrap", "wrap_total", "speed", "staffed_time",
)  # fmt: skip
AMOUNTS: Final = (*COUNTS, *SHARES, *TIMES, "agents")

SHARE_SIGN: Final = re.compile(r"[\d.,\s]+%\s*")


@dataclass(frozen=True)
class Rows:
    """Every interval of a report in numbers, as it stands in the file.

    `frame` has the spreadsheet row, the date read both ways, how it is written, the second of the day, the queue, and a
    column for each role of `AMOUNTS` the report has (times in seconds where the unit is known). `with_unit` are roles
    whose cells tell their own unit; `signed` are shares written with a percent sign; `queues` are the queues' names.
    """

    frame: pd.DataFrame
    layout: Layout
    with_unit: frozenset[str]
    signed: frozenset[str]
    queues: tuple[str, ...]


def rows(table: Table, repairs: Repairs) -> Rows:
    """Read the whole table, block by block; BadInput names the first cell that cannot be read."""
    reader = _Reader(table.layout, table.decimal_comma, repairs)
    frames = [reader.take(block) for block in table.blocks if len(block.cells)]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if frame.empty:
        raise BadInput(
            f"The report names its columns in row {table.layout.row} but has no intervals below them."
        )
    last = frame["row"].iloc[-1]
    repairs.rows("Left out as blank", [row for row in reader.blanks if row < last])
    return Rows(
        frame,
        table.layout,
        frozenset(reader.with_unit),
        frozenset(reader.signed),
        tuple(map(str.strip, reader.queues)),
    )


@dataclass
class _Reader:
    """Reads block after block, remembering what only the blocks before can tell."""

    layout: Layout
    comma_likely: bool
    repairs: Repairs
    comma: bool | None = None
    with_unit: set[str] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)
    queues: dict[str, int] = field(default_factory=dict)
    blanks: list[int] = field(default_factory=list)
    starts: StartReader = field(init=False)

    def __post_init__(self) -> None:
        self.starts = StartReader(self.layout, self.repairs)

    def take(self, block: Block) -> pd.DataFrame:
        """The block's intervals in numbers."""
        number = block.cells.index.to_numpy(np.int32)
        starts = self.starts.read(block.cells, number)
        queue, queue_total = self._queue(block.cells)
        starts.total |= queue_total
        read = self._amounts(block.cells)
        filled = np.any([bad | ~np.isnan(amount) for amount, bad in read.values()], axis=0)
        kept = self._kept(starts, filled, number)
        _refuse_cells(
            block, self.layout, starts.unread & kept, {role: bad & kept for role, (_, bad) in read.items()}
        )
        self._note(starts.when, kept, number)
        parts: dict[str, npt.NDArray[Any]] = {
            "row": number,
            "day_first": starts.when.day_first,
            "month_first": starts.when.month_first,
            "style": starts.when.style.astype(np.int8),
            "second": starts.when.second,
            "queue": queue,
            **{role: amount for role, (amount, _) in read.items()},
        }
        return pd.DataFrame({name: part[kept] for name, part in parts.items()})

    def _queue(self, cells: pd.DataFrame) -> tuple[Whole, Mask]:
        """The queue of each row, counted from 0, and which rows name a total in its place."""
        if not self.layout.queues:
            return np.zeros(len(cells), np.int32), np.zeros(len(cells), np.bool_)
        names, *others = (cells[column.position] for column in self.layout.queues)
        for other in others:
            names = names + " / " + other
        codes, texts = amounts.different(names)
        known = np.array([self.queues.setdefault(text, len(self.queues)) for text in texts], np.int32)
        return known[codes], np.array([names_total(text) for text in texts], np.bool_)[codes]

    def _amounts(self, cells: pd.DataFrame) -> dict[str, tuple[amounts.Amounts, Mask]]:
        columns = {role: self.layout.columns[role] for role in AMOUNTS if role in self.layout.columns}
        if self.comma is None:
            texts: pd.Series[str] = pd.concat([cells[column.position] for column in columns.values()])
            told = amounts.decimal_comma(texts.unique().tolist())
            self.comma = self.comma_likely if told is None else told
        found = {}
        for role, column in columns.items():
            amount, bad, seen = amounts.read(cells[column.position], _reader(role, column, comma=self.comma))
            if role in TIMES and amounts.says_unit(seen):
                self.with_unit.add(role)
            if role in SHARES and any(text.rstrip().endswith("%") for text in seen):
                self.signed.add(role)
            found[role] = amount, bad
        return found

    def _kept(self, starts: Starts, filled: Mask, number: Whole) -> Mask:
        """Which rows are intervals; the others are noted."""
        empty = starts.blank & ~filled
        note = starts.unread & ~filled & ~starts.total & ~starts.heading
        silent = ~(starts.blank | starts.unread | filled | starts.total | starts.heading)
        self.blanks.extend(number[empty & ~starts.total].tolist())
        self.repairs.rows("Left out as totals", number[starts.total])
        self.repairs.rows("Left out as column names again", number[starts.heading])
        self.repairs.rows("Left out as remarks", number[note])
        self.repairs.rows("Left out for want of any number", number[silent])
        return ~(empty | note | silent | starts.total | starts.heading)

    def _note(self, when: Moments, kept: Mask, number: Whole) -> None:
        late = kept & (when.second == DAY_SECONDS)
        self.repairs.rows("24:00 taken as midnight at the start of the next day", number[late])
        if (kept & when.offset).any():
            self.repairs.say(
                "The times tell their distance from UTC: they were taken as they stand, as local time."
            )


def _reader(role: str, column: Column, *, comma: bool) -> Callable[[str], float | None]:
    if role in COUNTS:
        return partial(amounts.count, comma=comma)
    if role in SHARES:
        return partial(amounts.share, comma=comma)
    if role in TIMES:
        unit = 1.0 if column.unit is None else column.unit
        return partial(amounts.duration, comma=comma, unit=unit, hours_minutes=column.hours_minutes)
    return partial(amounts.number, comma=comma)


def _refuse_cells(block: Block, layout: Layout, unread: Mask, bad: dict[str, Mask]) -> None:
    """Raise BadInput for the first row that has a cell which cannot be read, or cells beyond the named columns."""
    beyond = block.width > layout.width
    troubled = np.flatnonzero(np.any([unread, *bad.values(), beyond & ~unread], axis=0))
    if not len(troubled):
        return
    at = troubled[0]
    row = int(block.cells.index[at])
    if beyond[at]:
        raise BadInput(
            f"Row {row} has {block.width[at]} cells, but row {layout.row} names {layout.width} columns: "
            "a number such as 1,234 may have been cut in two."
        )
    if unread[at]:
        raise refuse_start(layout, block.cells.iloc[at], row)
    role = next(role for role, cells in bad.items() if cells[at])
    text = block.cells.iloc[at][layout.columns[role].position]
    raise refuse(row, layout.name(role), f'"{shown(text)}" {_trouble(role, text)}')


def _trouble(role: str, text: str) -> str:
    if role in TIMES:
        return "is not a length of time such as 185, 3:05 or 0:03:05"
    return "is a share; a number of contacts is needed" if SHARE_SIGN.fullmatch(text) else "is not a number"
