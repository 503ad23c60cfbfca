"""Reports in XLSX workbooks: the sheet that names an interval report's columns, read block by block."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol, cast

import numpy as np
import pandas as pd

from sim.report.columns import Layout, layout
from sim.report.tables import BLOCK_ROWS, TOP, Block, Table, names_known, naming_row
from sim.report.words import Repairs, file_name, shown
from sim.scenario.errors import BadInput


class Sheet(Protocol):
    """What is used of a worksheet that is read row by row."""

    title: str

    def reset_dimensions(self) -> None:
        """Forget the size the sheet claims to have."""

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
        """The rows from the first, empty ones included."""


def workbook_table(path: Path, repairs: Repairs) -> Table:
    """Open a report in a workbook; BadInput when no sheet of it names columns that can be used."""
    with ExitStack() as closing:
        tops = _tops(path, closing)
        sheet, rows = max(tops, key=lambda found: max(map(names_known, found[1]), default=0))
        if not any(any(row) for row in rows):
            raise BadInput(f"{file_name(path)} is empty.")
        if len(tops) > 1:
            repairs.say(f'The workbook has {len(tops)} sheets: "{shown(sheet.title)}" was read.')
        top = naming_row(rows, path)
        found = layout(rows[top], top + 1)
        return Table(found, False, _blocks(sheet, found, path, closing.pop_all()))


def _tops(path: Path, closing: ExitStack) -> list[tuple[Sheet, list[list[str]]]]:
    """Every sheet with its first rows."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        closing.callback(book.close)
        tops = [(sheet, _top(sheet)) for sheet in cast("list[Sheet]", book.worksheets)]
    except Exception:  # noqa: BLE001  a damaged workbook makes openpyxl raise whatever it stumbles over
        raise _damaged(path) from None
    if not tops:
        raise BadInput(f"{file_name(path)} has no sheet with rows.")
    return tops


def _damaged(path: Path) -> BadInput:
    return BadInput(f"{file_name(path)} is damaged and cannot be read; export it again, or save it as CSV.")


def _top(sheet: Sheet) -> list[list[str]]:
    # Some exporters write a wrong size into the sheet, which would hide its rows.
    sheet.reset_dimensions()
    return [[_text(cell) for cell in row] for row in islice(sheet.iter_rows(values_only=True), TOP)]


def _blocks(sheet: Sheet, found: Layout, path: Path, closing: ExitStack) -> Iterator[Block]:
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    with closing:
        while block := _next(rows, found, path):
            below = [(row, cells) for row, cells in block if row > found.row]
            frame = pd.DataFrame(
                [cells for _, cells in below], [row for row, _ in below], found.positions, dtype=str
            )
            yield Block(frame, np.full(len(frame), found.width))


def _next(
    rows: Iterator[tuple[int, tuple[Any, ...]]], found: Layout, path: Path
) -> list[tuple[int, list[str]]]:
    try:
        return [
            (row, [_cell(cells, at) for at in found.positions]) for row, cells in islice(rows, BLOCK_ROWS)
        ]
    except Exception:  # noqa: BLE001  as above: the damage may show only further down
        raise _damaged(path) from None


def _cell(cells: Sequence[Any], at: int) -> str:
    return _text(cells[at]) if at < len(cells) else ""


def _text(value: Any) -> str:
    """A workbook's cell as a report in text would have written it."""
    return WRITTEN.get(type(value), str)(value)


def _clock(value: timedelta) -> str:
    minutes, seconds = divmod(value.total_seconds(), 60)
    return f"{int(minutes // 60)}:{int(minutes % 60):02}:{int(seconds):02}"


WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    datetime: lambda value: value.isoformat(" ", "seconds"),
    date: lambda value: value.isoformat(),
    time: lambda value: value.isoformat("seconds"),
    timedelta: _clock,
    float: repr,
}
