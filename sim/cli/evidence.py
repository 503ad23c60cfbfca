"""`sim evidence`: what is assumed and how sure anybody is of it; and what a result hangs on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any, cast

from rich.text import Text

from sim.cli import figures, screen
from sim.cli.choose import Chosen, chosen, differences, exact, number_of, value_in_words, with_unit
from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.run import estimate_content, scenario_content
from sim.cli.screen import Column, Row, Section
from sim.cli.watch import let_workers_go
from sim.experiment import assumed
from sim.experiment.assumed import Assumption, Doubt
from sim.experiment.estimate import Estimate
from sim.experiment.replications import Report
from sim.experiment.seasons import Months
from sim.experiment.sensitivity import (
    REPLICATIONS,
    REPLICATIONS_OF_WALKS,
    SHORT,
    WALKS,
    End,
    Morris,
    OneAtATime,
    morris,
    one_at_a_time,
    sign,
    weeks_for,
)
from sim.flow import Engine, prepare
from sim.measures import Measure
from sim.scenario import BadInput, FieldFacts
from sim.season.catalogue import MEASURES
from sim.views import formats, looks

NO_ANCHOR = "no anchor"
NOBODY_MEASURED = (
    "No anchor: nobody has measured anything like it, so that the number is a guess. Low confidence: measured, but "
    "elsewhere, long ago, or only roughly."
)
NARROWEST = 16
"""Characters that the sources need at the least."""
WORDS = {
    "depends on": "It depends on",
    "cannot tell yet": "Cannot tell yet, whatever these are",
    "holds": "It holds, whatever these are",
}


# ----------------------------------------------------------------------------------------------- what is assumed


def evidence(*, no_anchor: bool, as_json: bool) -> None:
    """Print every assumption: usual value, plausible range, source, and how sure anybody is of it."""
    every = assumed.listed()
    found = [one for one in every if not (no_anchor and one.facts.has_anchor)]
    if as_json:
        screen.show_json(_listed_content(every, found))
        return
    screen.say(assumed.in_short(every), "bold")
    screen.say(NOBODY_MEASURED)
    screen.say()
    screen.show_table(*_table(found))
    screen.say("sim evidence --result MEASURE --plan SCENARIO asks which of them a result hangs on.")


def _table(found: Sequence[Assumption]) -> tuple[list[Column], list[Row]]:
    titles = ("assumption", "usual", "plausible", "confidence", "source")
    room = max(NARROWEST, screen.out().width // 3)
    rows: list[Row] = []
    for one in found:
        group = ", ".join(one.facts.path.split(".")[1:-1])
        if not rows or group != last:  # noqa: F821  # bound with the first row
            rows.append(Section(group.capitalize()))
        last = group
        rows.append(_row(one.facts, one.value, room))
    return [Column(title, number=False) for title in titles], rows


def _row(facts: FieldFacts, value: Any, room: int) -> tuple[str, ...]:
    sure = "\n".join(word for word in (facts.confidence, "" if facts.has_anchor else NO_ANCHOR) if word)
    return _named(facts), with_unit(facts, value), _range(facts), sure, fill(facts.evidence, room)


def _named(facts: FieldFacts) -> str:
    return f"{facts.title}\n  {_short(facts.path)}"


def _short(path: str) -> str:
    return path.removeprefix(f"{assumed.ROOT}.")


def _range(facts: FieldFacts) -> str:
    if not facts.plausible:
        return ""
    low, high = (value_in_words(facts, end).removesuffix(" of 100") for end in facts.plausible)
    return f"{low} to {high}"


def _listed_content(every: Sequence[Assumption], found: Sequence[Assumption]) -> dict[str, Any]:
    return {
        "command": "evidence",
        "total": len(every),
        "no_anchor": sum(not one.facts.has_anchor for one in every),
        "low_confidence": sum(one.facts.confidence == "low" for one in every),
        "assumptions": [_assumption_content(one) for one in found],
    }


def _assumption_content(one: Assumption) -> dict[str, Any]:
    names = ("path", "title", "unit", "low", "high", "plausible", "help", "evidence", "confidence")
    return {name: getattr(one.facts, name) for name in names} | {
        "value": one.value,
        "has_anchor": one.facts.has_anchor,
    }


# ------------------------------------------------------------------------------------------ what a result hangs on


@dataclass(frozen=True)
class Asked:
    """How a result is attacked on the command line; None for what is usual."""

    result: str
    plan: str
    against: str = "today"
    sets: Sequence[str] = ()
    vary: Sequence[str] = ()
    no_anchor: bool = False
    method: str = "one"
    weeks: int | None = None
    settle: int = SHORT.settle
    replications: int | None = None
    walks: int = WALKS
    seed: int = 1
    workers: int | None = None
    engine: str = "auto"

    @property
    def months(self) -> Months:
        """As long as the measure needs, unless said otherwise."""
        return Months(self.weeks or max(SHORT.weeks, weeks_for(self.result)), self.settle)

    @property
    def names(self) -> list[str]:
        """The assumptions or groups to vary; none for the usual ones."""
        named = [word for word in self.vary if "=" not in word]
        if not self.no_anchor or self.vary:
            return named
        bare = {one.facts.path for one in assumed.listed() if not one.facts.has_anchor}
        return [path for path in assumed.usual() if path in bare]

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Ends of one's own, from words such as quality.delight=0:18; raises BadInput."""
        return dict(_ends(word) for word in self.vary if "=" in word)

    def pair(self) -> tuple[Chosen, Chosen]:
        """What is compared: a plan may be given by its changes alone."""
        plan = f"{self.against}+{self.plan}" if "=" in self.plan.split("+")[0] else self.plan
        return chosen(self.against, self.sets), chosen(plan, self.sets)


def _ends(word: str) -> tuple[str, tuple[float, float]]:
    name, _, text = word.partition("=")
    low, colon, high = text.partition(":")
    if not colon:
        raise BadInput(f"--vary: {word} is no range; write name=low:high, such as quality.delight=0:18.")
    return name, (number_of(low, f"--vary: {word}"), number_of(high, f"--vary: {word}"))


def hangs_on(ask: Asked, *, as_json: bool) -> None:
    """Attack a result and print what it hangs on."""
    if not ask.result or not ask.plan:
        missing, other = ("--plan", "--result") if ask.result else ("--result", "--plan")
        raise BadInput(f"{missing} is missing: with {other} it says which result to attack.")
    against, plan = ask.pair()
    found = _attacked(ask, against, plan)
    if as_json:
        screen.show_json(_content(ask, against, plan, found))
        return
    screen.say(_headline(found), "bold")
    otherwise = differences(against.scenario, plan.scenario)
    screen.say(f"{plan.scenario.title}, against {against.scenario.title}: {'; '.join(otherwise)}.")
    screen.say()
    screen.show_table(*(_swings(found) if isinstance(found, OneAtATime) else _effects(found)))
    for words in _closing(found):
        screen.say(words)


def _attacked(ask: Asked, against: Chosen, plan: Chosen) -> OneAtATime | Morris:
    """Run it with progress on standard error; Ctrl-C keeps what is finished."""
    doubts = assumed.doubts(against.scenario, plan.scenario, ask.names, ask.ranges)
    runs, many = _runs(ask, len(doubts))
    opening = (
        f"Trying {len(doubts)} assumption{'' if len(doubts) == 1 else 's'}: {many}, {ask.months.weeks} weeks each after "
        f"{ask.settle} to settle; Ctrl-C stops and keeps what is finished."
    )
    ready = prepare(cast(Engine, ask.engine), screen.tell)
    with stoppable() as stop, view_of(Work(runs, opening, "Pair of seasons")) as view:
        found = _found(ask, against, plan, ready, view.show, stop)
    if found.stopped:
        let_workers_go()
    if isinstance(found, OneAtATime) and not found.swings:
        raise Stopped("Stopped before the first assumption was finished, so there is nothing to show.")
    if isinstance(found, Morris) and not found.effects:
        raise Stopped("Stopped before two walks were finished, so there is nothing to show.")
    return found
