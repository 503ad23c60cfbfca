"""`sim evidence`: what is assumed, and how sure anybody is of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import fill
from typing import Any

from sim.cli import screen
from sim.cli.choose import value_in_words, with_unit
from sim.cli.screen import Column, Row, Section
from sim.experiment import assumed
from sim.experiment.assumed import Assumption
from sim.scenario import FieldFacts

COLUMNS = tuple(
    Column(title, number=False) for title in ("assumption", "usual", "plausible", "confidence", "source")
)
NARROWEST = 16
"""Characters that the sources need at the least."""
NEXT = "sim evidence --result MEASURE --plan SCENARIO asks which of them a result hangs on."
FACTS = ("path", "title", "unit", "low", "high", "plausible", "help", "evidence", "confidence", "has_anchor")


def evidence(*, no_anchor: bool, as_json: bool) -> None:
    """Print every assumption: usual value, plausible range, source, and how sure anybody is of it."""
    every = assumed.listed()
    found = [one for one in every if not (no_anchor and one.facts.has_anchor)]
    if as_json:
        screen.show_json(content(every, found))
        return
    screen.say(assumed.in_short(every), "bold")
    screen.say(assumed.MEANING)
    screen.say()
    screen.show_table(COLUMNS, list(_rows(found)))
    screen.say(NEXT)


def _rows(found: Sequence[Assumption]) -> Iterator[Row]:
    """Assumptions of one kind together, under its name."""
    room = max(NARROWEST, screen.out().width // 3)
    for kind, those in groupby(found, key=lambda one: one.kind):
        yield Section(kind)
        for one in those:
            yield _row(one, room)


def _row(one: Assumption, room: int) -> tuple[str, ...]:
    facts = one.facts
    usual, source = with_unit(facts, one.value), fill(facts.evidence, room)
    return named(facts), usual, plausible(facts), "\n".join(one.doubts), source


def named(facts: FieldFacts) -> str:
    """The title of an assumption and where it stands, on two lines."""
    return f"{facts.title}\n{facts.path.removeprefix(f'{assumed.ROOT}.')}"


def plausible(facts: FieldFacts) -> str:
    """The range within which a result must hold to be believed; empty where nobody has set one."""
    if not facts.plausible:
        return ""
    low, high = (value_in_words(facts, end) for end in facts.plausible)
    return f"{low.removesuffix(' of 100')} to {high}"


def content(every: Sequence[Assumption], found: Sequence[Assumption]) -> dict[str, Any]:
    """What `sim evidence --json` prints."""
    return {
        "command": "evidence",
        "total": len(every),
        "no_anchor": sum(not one.facts.has_anchor for one in every),
        "low_confidence": sum(one.facts.confidence == "low" for one in every),
        "assumptions": [
            {"value": one.value} | {name: getattr(one.facts, name) for name in FACTS} for one in found
        ],
    }
