"""`sim evidence`: what is assumed, and how sure anybody is of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.text import Text

from sim.cli import screen
from sim.cli.choose import value_in_words, with_unit
from sim.experiment import assumed
from sim.experiment.assumed import Assumption
from sim.scenario import FieldFacts

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
    for kind, those in groupby(found, key=lambda one: one.kind):
        screen.say()
        screen.say(kind, "bold")
        for one in those:
            for line in lines(one):
                screen.say(line)
    screen.say()
    screen.say(NEXT)


def lines(one: Assumption) -> Iterator[Text]:
    """An assumption on two lines: what it is and where; what it is worth and how far it is known."""
    facts = one.facts
    yield Text.assemble(facts.title, (f"  {facts.path}", "dim"))
    sure = ", ".join(one.doubts)
    worth = "; ".join(part for part in (with_unit(facts, one.value), plausible(facts)) if part)
    source = f" Source: {facts.evidence}." if facts.evidence else ""
    yield Text(f"  {worth}. {f'{sure.capitalize()}.' if sure else ''}{source}")


def plausible(facts: FieldFacts) -> str:
    """The range within which a result must hold to be believed; empty where nobody has set one."""
    if not facts.plausible:
        return ""
    low, high = (value_in_words(facts, end) for end in facts.plausible)
    return f"plausible {low.removesuffix(' of 100')} to {high}"


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
