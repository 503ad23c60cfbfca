"""The plain functions of a season as they are, for where they are not compiled: the twin of `compiled`."""

from collections import namedtuple
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.flow.contract import CONTACT, LOG, Bools, Table
from sim.flow.journey import without_collector
from sim.season import contacts, feeling, tally
from sim.season.contacts import Here
from sim.season.feeling import Feelings, Impression, Manner
from sim.season.tally import Days, Tally

# Their fields are the columns of the contract; mypy wants such tuples written out, which would say it twice.
_named_tuple: Any = namedtuple
Contact = _named_tuple("Contact", LOG.names)
Draws = _named_tuple("Draws", CONTACT.names)
# What counting reads of them, for most of the time would go into reading the rest.
Counted = _named_tuple(
    "Counted",
    "issue owed queued answered freed agent queued_2 answered_2 freed_2 agent_2 decision outcome closed",
)
Brought = _named_tuple("Brought", "bot team story talk wrap_up story_2 talk_2 wrap_up_2")


@without_collector()
def add_all(issues: Table, log: Table, draws: Table, here: Here) -> None:
    """Add a week's contacts to their issues; changes `issues`."""
    rows = to_change(issues)
    contacts.add_all(rows, in_rows(log, Contact), in_rows(draws, Draws), in_lists(here))
    changed(issues, rows)


@without_collector()
def count_all(found: Tally, log: Table, draws: Table, core: Bools, days: Days) -> None:
    """Count a week's contacts; changes `found`."""
    counted = in_lists(found)._replace(number=to_change(found.number), posts=to_change(found.posts))
    rows = in_rows(log, Counted), in_rows(draws, Brought)
    tally.count_all(counted, *rows, core.tolist(), in_lists(days))
    for table in ("number", "posts"):
        changed(getattr(found, table), getattr(counted, table))
    for name in ("bots", "waits", "core", "work", "busy"):
        column = getattr(found, name)
        column[:] = np.reshape(getattr(counted, name), column.shape)


@without_collector()
def live_all(feelings: Feelings, left: Impression, like: Manner) -> None:
    """Live through a week's issues; changes `feelings`, and fills in what they felt."""
    who, place = np.unique(left.customer, return_inverse=True)
    theirs = Feelings._make(column[who].tolist() for column in feelings)
    rows = in_lists(left._replace(customer=place))
    feeling.live_all(theirs, rows, like)
    left.satisfied[:] = rows.satisfied
    for column, values in zip(feelings, theirs, strict=True):
        column[who] = np.reshape(values, (len(who), *column.shape[1:]))


def to_change(table: Table) -> Any:
    """The rows of a table, whose fields plain Python can change."""
    names = table.dtype.names or ()
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in table.tolist()]


def changed(table: Table, rows: Any) -> None:
    """Write such rows back; changes `table`."""
    table[:] = np.array([attrgetter(*table.dtype.names or ())(row) for row in rows], table.dtype)


def in_rows(table: Table, kind: Any) -> list[Any]:
    """The rows of a table as named tuples of one kind, for which plain Python is quicker."""
    columns = (table[name].tolist() for name in kind._fields)
    return list(map(kind._make, zip(*columns, strict=True)))


def in_lists(arrays: Any) -> Any:
    """The same named columns as lists, for which plain Python is quicker too."""
    return arrays._make(part.tolist() if isinstance(part, np.ndarray) else part for part in arrays)
