"""Reports in text: cut at commas, semicolons, tabs or bars, and read block by block."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.columns import Layout, layout
from sim.report.tables import BLOCK_ROWS, TOP, Block, Table, names_known, naming_row
from sim.report.words import file_name
from sim.scenario.errors import BadInput

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE: Final = 1 << 17
"""Characters looked at to find the delimiter and the row that names the columns."""

SPARE: Final = 8
"""Cells beyond the named ones that a row may have before the file cannot be cut into rows at all."""

HIDING: Final = re.compile(r"sep=.", re.IGNORECASE)
"""A first line such as "sep=;" tells a spreadsheet the delimiter and is not shown as a row."""


@dataclass(frozen=True)
class Cut:
    """How a text file is cut: its delimiter, its first rows, and how many lines a spreadsheet would not show."""

    delimiter: str
    rows: list[list[str]]
    hidden: int

    @property
    def width(self) -> int:
        """The most cells looked for in a row."""
        return max(map(len, self.rows)) + SPARE


def text_table(path: Path, encoding: str) -> Table:
    """Open a report in text; BadInput when no row of it names columns that can be used."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE)
    hidden = int(bool(HIDING.fullmatch(sample.partition("\n")[0].strip())))
    cut = max((Cut(mark, _rows(sample, mark), hidden) for mark in DELIMITERS), key=_fitness)
    top = naming_row(cut.rows, path)
    found = layout(cut.rows[top], top + 1 - hidden)
    return Table(found, cut.delimiter == ";", _blocks(path, encoding, cut, found))


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    """The first rows of the sample, cut at this delimiter."""
    lines = list(io.StringIO(sample, newline=""))
    whole = lines if len(sample) < SAMPLE or len(lines) < 2 else lines[:-1]
    try:
        return list(islice(csv.reader(whole, delimiter=delimiter), TOP)) or [[]]
    except csv.Error:
        return [[]]


def _fitness(cut: Cut) -> tuple[int, int]:
    return max((names_known(row), len(row)) for row in cut.rows)


def _blocks(path: Path, encoding: str, cut: Cut, found: Layout) -> Iterator[Block]:
    used, beyond = found.positions, list(range(found.width, cut.width))
    try:
        with pd.read_csv(
            path,
            sep=cut.delimiter,
            encoding=encoding,
            header=None,
            names=list(range(cut.width)),
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            chunksize=BLOCK_ROWS,
        ) as frames:
            for frame in frames:
                frame.index = frame.index + 1 - cut.hidden
                below = frame[frame.index > found.row]
                yield Block(below[used].fillna(""), _width(below[beyond].fillna(""), found.width))
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as trouble:
        raise _uncut(str(trouble), path, cut, found) from None


def _width(beyond: pd.DataFrame, named: int) -> npt.NDArray[np.int64]:
    filled = (beyond != "").to_numpy()
    last = filled.shape[1] - filled[:, ::-1].argmax(axis=1)
    return np.where(filled.any(axis=1), named + last, named)


def _uncut(trouble: str, path: Path, cut: Cut, found: Layout) -> BadInput:
    """Say why the file cannot be cut into rows, from what pandas says of it."""
    cells = re.search(r"in line (\d+), saw (\d+)", trouble)
    if cells:
        row = int(cells[1]) - cut.hidden
        return BadInput(f"Row {row} has {cells[2]} cells, but row {found.row} names {found.width} columns.")
    quote = re.search(r"starting at row (\d+)", trouble)
    if quote:
        row = int(quote[1]) + 1 - cut.hidden
        return BadInput(f"Row {row} opens a quotation mark that is never closed.")
    return BadInput(f"{file_name(path)} cannot be cut into rows and columns; export it again as CSV or XLSX.")
