"""What the terminal can show: plain sentences, tables that never cut a number, and JSON for machines."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

PROSE = 88
"""Widest line of prose, in characters; tables use the whole terminal."""

GAP = 2
NARROWEST = 10
"""Characters left to the first column of a table before its numbers begin to wrap."""

PLAIN = {
    "−": "-",
    "–": "-",
    "±": "+-",
    "▲": "^",
    "▼": "v",
    "○": "o",
    "●": "*",
    "✕": "x",
    "×": "x",
    "·": "-",
    "…": "...",
    "√": "sqrt ",
    "β": "beta",
    "’": "'",
    "“": '"',
    "”": '"',
}
"""What stands in for a character on terminals that do not have it."""


def out() -> Console:
    """The console of results. Made anew each time: tests and pipes change what standard output is."""
    return _console(sys.stdout)


def err() -> Console:
    """The console of progress and of what went wrong."""
    return _console(sys.stderr)


def _console(stream: IO[str]) -> Console:
    return Console(file=stream, markup=False, highlight=False, emoji=False)


def say(words: str | Text = "", style: str = "") -> None:
    """Print a paragraph of results."""
    console = out()
    text = words if isinstance(words, Text) else Text(words)
    console.print(fit(text, sys.stdout), style=style or None, width=min(PROSE, console.width))


def say_notes(title: str, notes: Sequence[str]) -> None:
    """Print notes under their title, each beside its mark, and an empty line; nothing where there is none."""
    if not notes:
        return
    say(title, "bold")
    console, listed = out(), Table.grid(padding=(0, 1, 0, 0))
    for note in notes:
        listed.add_row(fit(Text("·"), sys.stdout), fit(Text(note), sys.stdout))
    console.print(listed, width=min(PROSE, console.width))
    console.print()


def show_text(words: str) -> None:
    """Print a text as it is, in lines of its own."""
    sys.stdout.write(f"{fit(Text(words.rstrip()), sys.stdout).plain}\n")


def tell(words: str) -> None:
    """Print one line beside the results: progress, or what went wrong."""
    err().print(fit(Text(words), sys.stderr), soft_wrap=True)


def fit(text: Text, stream: IO[str]) -> Text:
    """The text in characters that the stream can show."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.plain.encode(encoding)
    except UnicodeEncodeError:
        return Text(
            "".join(_shown(character, encoding) for character in text.plain), text.style, end=text.end
        )
    return text


def _shown(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return PLAIN.get(character, "?")
    return character


# ------------------------------------------------------------------------------------------------- tables


@dataclass(frozen=True)
class Column:
    """A column of a table: what stands above it, and whether it holds numbers."""

    title: str
    number: bool = True


@dataclass(frozen=True)
class Section:
    """A line that opens a group of rows."""

    title: str


Cell = str | Text
Row = Sequence[Cell] | Section


def show_table(columns: Sequence[Column], rows: Sequence[Row], *, together: int = 0) -> None:
    """Print a table without lines; where the terminal is too narrow, columns go on in a further table below.

    Args:
        columns: The first column names the rows and wraps; the others are kept whole.
        rows: Cells by column, or the opening of a group.
        together: Number of columns that stay side by side; 0 keeps all of them.
    """
    console, step = out(), together or len(columns) - 1
    rows = [row if isinstance(row, Section) else [_fitted(cell) for cell in row] for row in rows]
    widths = [_width(columns, rows, at) for at in range(len(columns))]
    room = console.width - min(widths[0], console.width // 3)
    for group in _groups(widths, step, room):
        chosen = [0, *group]
        first = max(NARROWEST, min(widths[0], console.width - sum(widths[at] + GAP for at in group)))
        table = _table([columns[at] for at in chosen], first)
        for row in rows:
            _add(table, row if isinstance(row, Section) else [row[at] for at in chosen], len(chosen))
        console.print(table)
        console.print()


def _fitted(cell: Cell) -> Text:
    return fit(cell if isinstance(cell, Text) else Text(cell), sys.stdout)


def _groups(widths: Sequence[int], step: int, room: int) -> list[list[int]]:
    """Columns after the first, dealt out to as few tables as hold them."""
    groups: list[list[int]] = [[]]
    for at in range(1, len(widths), step):
        more = list(range(at, min(at + step, len(widths))))
        if groups[-1] and sum(widths[column] + GAP for column in [*groups[-1], *more]) > room:
            groups.append([])
        groups[-1] += more
    return groups


def _width(columns: Sequence[Column], rows: Sequence[Row], at: int) -> int:
    cells = [str(row[at]) for row in rows if not isinstance(row, Section)]
    cells += [row.title for row in rows if isinstance(row, Section) and at == 0]
    heading = max(columns[at].title.split() or [""], key=len) if columns[at].number else columns[at].title
    return max(cell_len(line) for cell in [*cells, heading] for line in cell.split("\n"))


def _table(columns: Sequence[Column], first: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_edge=False)
    for at, column in enumerate(columns):
        table.add_column(
            fit(Text(column.title, "dim"), sys.stdout),
            justify="right" if column.number else "left",
            overflow="fold",
            width=first if at == 0 else None,
        )
    return table


def _add(table: Table, row: Row, columns: int) -> None:
    if isinstance(row, Section):
        if table.row_count:
            table.add_row(*[""] * columns)
        table.add_row(fit(Text(row.title, "bold"), sys.stdout), *[""] * (columns - 1))
    else:
        table.add_row(*row)


# --------------------------------------------------------------------------------------------------- JSON


def show_json(content: Any) -> None:
    """Print JSON and nothing else; what is not a number, or not finite, is null."""
    sys.stdout.write(json.dumps(plain(content), indent=2, allow_nan=False) + "\n")


def plain(content: Any) -> Any:
    """Content that JSON can hold: no NaN, no infinity, no numpy, no tuples."""
    if isinstance(content, Mapping):
        return {str(name): plain(value) for name, value in content.items()}
    if isinstance(content, list | tuple | set):
        return [plain(value) for value in content]
    if hasattr(content, "model_dump"):
        return content.model_dump(mode="json")
    if hasattr(content, "tolist"):
        return plain(content.tolist())
    if isinstance(content, float):
        return content if isfinite(content) else None
    return content if isinstance(content, str | int | None) else str(content)
