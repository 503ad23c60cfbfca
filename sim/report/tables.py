"""A report as a table of text, in blocks of rows: where the names of its columns stand, and every cell under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.columns import Layout, recognised
from sim.report.words import file_name, shown
from sim.scenario.errors import BadInput

TOP: Final = 40
"""Rows within which the names of the columns are looked for: exports put titles and filters above them."""

BLOCK_ROWS: Final = 50_000
"""Rows read at a time: what bounds the memory a long report takes."""


@dataclass(frozen=True)
class Block:
    """Some rows of text: one column for each recognised position, the index is the spreadsheet's row number.

    `width` is the number of cells of each row where that is more than the named columns.
    """

    cells: pd.DataFrame
    width: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """A report cut into cells: which column is which, and its rows below their names, block by block."""

    layout: Layout
    decimal_comma: bool
    blocks: Iterator[Block]


def names_known(row: Sequence[str]) -> int:
    """How many different roles the cells of this row name."""
    return len({column.role for column in recognised(row)})


def naming_row(rows: Sequence[Sequence[str]], path: Path) -> int:
    """Which of the first rows names the columns: the one with most names we know. BadInput when none does."""
    known = [names_known(row) for row in rows]
    if max(known, default=0) < 2:
        first = next((row for row in rows if any(cell.strip() for cell in row)), [])
        cells = " | ".join(shown(cell, 20) for cell in first[:8])
        raise BadInput(
            f"{file_name(path)} names no columns of an interval report in its first {TOP} rows, "
            f'such as "Interval start", "Offered", "Answered" and "AHT"; it begins with "{shown(cells, 80)}".'
        )
    return known.index(max(known))
