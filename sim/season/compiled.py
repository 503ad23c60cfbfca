"""The plain functions of a season, compiled: the same lines, over the same rows as they lie in their tables."""

from pathlib import Path

from sim.flow.compiled_people import code_folder, compile_parts, kept_in, njit, plain
from sim.flow.contract import Table
from sim.season import contacts
from sim.season.contacts import Here

SOURCES = ("contacts.py", "compiled.py")

compile_parts(contacts)
with kept_in(code_folder(*(Path(__file__).parent / source for source in SOURCES))) as can_be_kept:
    _add_all = njit(nogil=True, cache=can_be_kept, _nrt=False)(contacts.add_all)


def add_all(issues: Table, log: Table, draws: Table, here: Here) -> None:
    """Add a week's contacts to their issues; changes `issues`."""
    _add_all(issues, plain(log), plain(draws), Here(*map(plain, here)))
