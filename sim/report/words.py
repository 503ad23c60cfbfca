"""Sentences about a report: where something stands, what was repaired, numbers and times as people write them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from sim.scenario.errors import BadInput

NAMED: Final = 3
"""How many rows or names a sentence lists before it says how many more there are."""

MANY: Final = 12
"""How many column names a sentence lists before it says how many more there are."""


class Repairs:
    """What was repaired while reading: plain sentences, each told once with the spreadsheet rows it touched."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}
        self._count: dict[str, int] = {}

    def say(self, sentence: str) -> None:
        """Note `sentence` once, however often it is said."""
        self._count.setdefault(sentence, 0)

    def rows(self, what: str, rows: Iterable[int]) -> None:
        """Note that `what` was done in these `rows`; more rows may be added to the same `what` later."""
        found = [int(row) for row in rows]
        if found:
            named = self._rows.setdefault(what, [])
            named.extend(found[: NAMED - len(named)])
            self._count[what] = self._count.get(what, 0) + len(found)

    def sentences(self) -> tuple[str, ...]:
        """Everything noted so far, in the order in which it was first noted."""
        return tuple(
            f"{what}: {row_list(self._rows[what], count)}." if what in self._rows else what
            for what, count in self._count.items()
        )


def refuse(row: int, column: str, trouble: str) -> BadInput:
    """The sentence for one cell that cannot be used: spreadsheet row, column name, and what is wrong there."""
    return BadInput(f'Row {row}, column "{shown(column)}": {trouble}.')


def row_list(rows: Sequence[int], count: int | None = None) -> str:
    """Name rows as in "row 12", "rows 12 and 15" or "rows 12, 15, 18 and 40 more"."""
    count = len(rows) if count is None else count
    return f"row{'s' if count > 1 else ''} {listed([str(row) for row in rows], NAMED, count)}"


def listed(names: Sequence[str], most: int = MANY, count: int | None = None) -> str:
    """Join names as in "a, b and c"; beyond `most`, as in "a, b, c and 4 more"."""
    left = (len(names) if count is None else count) - min(most, len(names))
    named = [*names[:most], f"{left:,} more"] if left else list(names)
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def shown(value: object, most: int = 40) -> str:
    """A cell's text made fit for one line: control characters out, at most `most` characters."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)[:1000]).split())
    return text if len(text) <= most else f"{text[: most - 3]}..."


def file_name(path: Path) -> str:
    """The file's own name, in quotes, for the start of a sentence."""
    return f'"{shown(path.name or path, 80)}"'


def figure(value: float) -> str:
    """A number as people write it: 1,234 or 12.5."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.6g}"


def duration(seconds: float) -> str:
    """A length of time as people say it: "9 h", "5 h 30 min", "3 min 5 s" or "10.8 s"."""
    hours, rest = divmod(abs(round(seconds, 1)), 3600)
    minutes, left = divmod(rest, 60)
    parts = [
        f"{amount:g} {unit}"
        for amount, unit in ((hours, "h"), (minutes, "min"), (round(left, 1), "s"))
        if amount
    ]
    return ("-" if seconds < 0 else "") + (" ".join(parts) or "0 s")


def day(moment: np.datetime64) -> str:
    """A date with its weekday: "2024-02-05 (Monday)"."""
    return f"{moment.astype('datetime64[D]')} ({moment.astype('datetime64[s]').item():%A})"


def minute(moment: np.datetime64) -> str:
    """A date and time of day: "2024-02-05 07:30"."""
    return str(moment.astype("datetime64[m]")).replace("T", " ")
