"""The plain functions of a season, compiled: the same lines, over the same rows as they lie in their tables."""

from collections import namedtuple
from pathlib import Path
from typing import Any

from sim.flow.compiled_people import code_folder, compile_parts, kept_in, njit, plain
from sim.flow.contract import Bools, Table
from sim.scenario import customers
from sim.season import contacts, feeling, tally
from sim.season.contacts import Here
from sim.season.feeling import Feelings, Impression, Manner
from sim.season.tally import Days, Tally

SOURCES = ("contacts.py", "feeling.py", "tally.py", "compiled.py")

# Their fields are the assumptions' own; mypy wants such tuples written out, which would say it twice.
_named_tuple: Any = namedtuple
Expecting = _named_tuple("Expecting", customers.Expectation.model_fields)
Believing = _named_tuple("Believing", customers.Belief.model_fields)


def add_all(issues: Table, log: Table, draws: Table, here: Here) -> None:
    """Add a week's contacts to their issues; changes `issues`."""
    _add_all(issues, plain(log), plain(draws), Here(*map(plain, here)))


def count_all(found: Tally, log: Table, draws: Table, core: Bools, days: Days) -> None:
    """Count a week's contacts; changes `found`."""
    _count_all(found, plain(log), plain(draws), plain(core), days)


def live_all(feelings: Feelings, left: Impression, like: Manner) -> None:
    """Live through a week's issues; changes `feelings`, and fills in what they felt."""
    expectation, belief = Expecting(**dict(like.expectation)), Believing(**dict(like.belief))
    _live_all(
        feelings, Impression(*map(plain, left)), Manner(expectation, belief, like.kept, like.delight_counts)
    )


for room in (contacts, feeling, tally):
    compile_parts(room)
CODE = code_folder(*(Path(__file__).parent / source for source in SOURCES), Path(customers.__file__))
with kept_in(CODE) as can_be_kept:
    _add_all, _count_all, _live_all = (
        njit(nogil=True, cache=can_be_kept, _nrt=False)(kernel)
        for kernel in (contacts.add_all, tally.count_all, feeling.live_all)
    )
