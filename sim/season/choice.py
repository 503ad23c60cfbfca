"""Which functions live the season through: compiled ones or plain Python, with the same numbers to the bit."""

from collections.abc import Callable
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.flow.choice import Engine, prepare
from sim.flow.contract import Table
from sim.season import contacts
from sim.season.contacts import Here

Adder = Callable[[Table, Table, Table, Here], None]


def adder(engine: Engine) -> Adder:
    """What adds a week's contacts to their issues; raises BadInput when compiled is asked for and cannot be had."""
    if prepare(engine) == "simpy":
        return add_all
    from sim.season import compiled

    return compiled.add_all


def add_all(issues: Table, log: Table, draws: Table, here: Here) -> None:
    """Add a week's contacts to their issues in plain Python; changes `issues`."""
    as_lists = Here._make(part.tolist() if isinstance(part, np.ndarray) else part for part in here)
    rows = rows_of(issues)
    contacts.add_all(rows, rows_of(log), rows_of(draws), as_lists)
    columns = attrgetter(*(issues.dtype.names or ()))
    issues[:] = np.array([columns(row) for row in rows], issues.dtype)


def rows_of(table: Table) -> list[Any]:
    """The rows of a table, which have its columns by name and can be changed."""
    names = table.dtype.names or ()
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in table.tolist()]
