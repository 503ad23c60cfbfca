"""Tables of several weeks, read as one and column by column."""

from collections.abc import Callable, Collection, Sequence
from functools import reduce
from operator import or_

import numpy as np

from sim.flow.contract import MINUTES_PER_WEEK, Bools, Column, Ints, Table


class Columns:
    """A table whose columns are read when first asked for: its rows are wide, and most columns are never needed.

    `week`: the week each row comes from, counted from 0.
    """

    def __init__(self, week: Ints, read: Callable[[str], Column]) -> None:
        self.week = week
        self._read = read
        self._known: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.week)

    def __getitem__(self, name: str) -> Column:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def in_weeks(self, first: int, count: int) -> Bools:
        """Rows that come from `count` weeks, beginning with the `first`."""
        return (self.week >= first) & (self.week < first + count)

    def where(self, wanted: Bools | slice) -> "Columns":
        """The wanted rows only."""
        return Columns(self.week[wanted], lambda name: self[name][wanted])

    def of_week(self, number: int) -> "Columns":
        """The rows of one week."""
        return self.where(slice(*np.searchsorted(self.week, (number, number + 1))))


def end_to_end(tables: Sequence[Table], times: Collection[str] = ()) -> Columns:
    """The tables of successive weeks end to end; columns named in `times` count minutes from the first Monday."""
    week = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    monday = week * MINUTES_PER_WEEK

    def read(name: str) -> Column:
        column = np.concatenate([table[name] for table in tables])
        return column + monday if name in times else column

    return Columns(week, read)


def count(wanted: Bools) -> int:
    """How many are wanted."""
    return int(np.count_nonzero(wanted))


def one_of(codes: Column, *wanted: int) -> Bools:
    """Where a column of codes holds one of those wanted."""
    # As plain numbers: beside a member of an enum, numpy first widens the whole column.
    return reduce(or_, (codes == int(code) for code in wanted))
