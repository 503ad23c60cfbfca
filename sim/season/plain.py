"""The plain functions of a season as they are, for where they are not compiled: the twin of `compiled`."""

from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.flow.contract import Table
from sim.season import contacts, feeling
from sim.season.contacts import Here
from sim.season.feeling import Feelings, Impression, Manner


def add_all(issues: Table, log: Table, draws: Table, here: Here) -> None:
    """Add a week's contacts to their issues; changes `issues`."""
    as_lists = Here._make(part.tolist() if isinstance(part, np.ndarray) else part for part in here)
    rows = rows_of(issues)
    contacts.add_all(rows, rows_of(log), rows_of(draws), as_lists)
    columns = attrgetter(*(issues.dtype.names or ()))
    issues[:] = np.array([columns(row) for row in rows], issues.dtype)


def rows_of(table: Table) -> list[Any]:
    """The rows of a table, which have its columns by name and can be changed."""
    names = table.dtype.names or ()
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in table.tolist()]


def live_all(customers: Feelings, left: Impression, like: Manner) -> None:
    """Live through a week's issues; changes `customers`, and fills in what they felt."""
    feeling.live_all(customers, left, like)
