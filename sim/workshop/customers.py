"""A handful of customers, followed through the same issue under several plans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sim.experiment.questions import opened
from sim.flow import weeks
from sim.flow.contract import MINUTES_PER_WEEK
from sim.measures.journal import Journal, journal
from sim.measures.promise import issues_of, late, told_again
from sim.scenario import BadInput, Scenario
from sim.scenario.plan import WEEKDAYS
from sim.scenario.types import ISSUE_TYPES, MINUTES_PER_DAY
from sim.workshop.guide import Guide, Person

WARM_UP, MEASURED = 1, 1
TWICE = 2


@dataclass(frozen=True)
class Fate:
    """What became of one issue under one plan.

    `waits`: minutes in each queue, in order; `told`: how often the story was told; `hung_up`: whether a contact ended
    unanswered; `late`: whether an answer came later than promised.
    """

    plan: str
    waits: tuple[float, ...]
    contacts: int
    told: int
    passed_on: bool
    hung_up: bool
    late: bool
    settled: bool
    kept: bool


@dataclass(frozen=True)
class Followed:
    """A customer: when they first contact us, about what, and their fate under every plan."""

    person: Person
    day: str
    clock: str
    about: str
    fates: tuple[Fate, ...]


def followed(guide: Guide) -> list[Followed]:
    """Everybody the guide follows, in its order; raises BadInput."""
    if guide.fates is None:
        return []
    people = sorted(guide.fates.people, key=lambda person: person.replication)
    found: dict[str, Followed] = {}
    for replication, group in groupby(people, key=lambda person: person.replication):
        told = _journals(guide, replication)
        found |= {person.name: _followed(person, told) for person in group}
    return [found[person.name] for person in guide.fates.people]


def _journals(guide: Guide, replication: int) -> dict[str, Journal]:
    plans = guide.fates.plans if guide.fates else {}
    return {
        name: lived(opened(guide.operation, changes), guide.seed, replication)
        for name, changes in plans.items()
    }


def lived(scenario: Scenario, seed: int, replication: int) -> Journal:
    """The journal of one replication."""
    run = list(weeks(scenario, seed, replication, WARM_UP + MEASURED, True))
    return journal(scenario, run, WARM_UP, MEASURED)


def _followed(person: Person, told: Mapping[str, Journal]) -> Followed:
    first = next(iter(told.values()))
    at = _place(first, person.issue)
    minute = float(first.issues["arrives"][at]) % MINUTES_PER_WEEK
    day, clock = divmod(minute, MINUTES_PER_DAY)
    return Followed(
        person,
        WEEKDAYS[int(day)].capitalize(),
        f"{int(clock) // 60:02d}:{int(clock) % 60:02d}",
        tuple(ISSUE_TYPES)[int(first.issues["kind"][at])],
        tuple(_fate(name, each, _place(each, person.issue)) for name, each in told.items()),
    )


def _place(written: Journal, issue: int) -> int:
    """The place of an issue among those of the measured week, by the row of its luck; raises BadInput."""
    places = np.flatnonzero(written.issues["row"] == issue)
    if not len(places):
        raise BadInput(f"Customers: issue {issue} does not come in this week; choose another.")
    return int(places[0])


def _fate(plan: str, written: Journal, at: int) -> Fate:
    mine = written.of_issue == at
    judged, again = issues_of(written), told_again(written)
    legs = np.column_stack([written.wait[mine], written.wait_2[mine]]).ravel()
    return Fate(
        plan=plan,
        waits=tuple(float(wait) for wait in legs if np.isfinite(wait)),
        contacts=int(judged.contacts[at]),
        told=1 + int(again[mine].sum()),
        passed_on=bool(written.transferred[mine].any()),
        hung_up=bool((~written.answered & written.queued)[mine].any()),
        late=bool(late(written)[mine].any()),
        settled=bool(judged.standards["settled"][at]),
        kept=bool(judged.kept[at]),
    )


def in_words(fate: Fate) -> str:
    """A fate in one line."""
    return ", ".join(_parts(fate))


def _parts(fate: Fate) -> Iterator[str]:
    longest = max(fate.waits, default=0.0)
    yield "answered at once" if longest < 0.05 and not fate.hung_up else f"longest wait {longest:.1f} min"
    if fate.hung_up:
        yield "hung up once"
    if fate.passed_on:
        yield "passed on"
    if fate.told > 1:
        yield "story told twice" if fate.told == TWICE else f"story told {fate.told} times"
    if fate.contacts > 1:
        yield f"{fate.contacts} contacts"
    if not fate.settled:
        yield "never settled"
