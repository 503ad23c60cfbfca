"""Hand-made weeks from few arguments, and weeks drawn at random: people, issues, and what became of them.

    told = play(operation(agent()), issue(0, talk=3), issue(1, talk=2))
    assert times(told[1]) == moments(arrived=1, queued=1, answered=4, ended=6, freed=7, closed=6)

Unless told otherwise the line is open on [0, 1000), agents work while it is open, talk lasts 3 minutes and wrap-up 1,
customers wait for ever, every talk settles the issue, and nobody tries again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from engines import HERE

from sim.flow import chances, engine
from sim.flow.contract import (
    AGENT,
    CONTACT,
    ISSUE,
    LOG,
    ROSTER,
    SHIFT,
    WINDOW,
    Bot,
    Fate,
    Operation,
    Outcome,
    Roster,
    Table,
    Team,
)
from sim.flow.people import DRAWS, Centre, Issue
from sim.scenario.types import IssueType

Segment = tuple[float, float]
OPEN: tuple[Segment, ...] = ((0.0, 1000.0),)
MOST_CONTACTS = 6
USUAL = {
    "patience": math.inf,
    "talk": 3.0,
    "wrap_up": 1.0,
    "hurdle": -1.0,
    "talk_2": 2.0,
    "wrap_up_2": 1.0,
    "hurdle_2": -1.0,
    "granted": True,
    "approved": True,
    "approval": 2.0,
    "call_back": 4.0,
    "stranded_after": 10.0,
    "return_after": 10.0,
    "redial_after": 10.0,
}
"""Columns of a contact that are not zero unless told otherwise; ability is 0, so a hurdle of -1 is cleared."""

Row: Any = NamedTuple("Row", [(name, Any) for name in LOG.names or ()])  # type: ignore[misc]
Draws: Any = NamedTuple("Draws", [(name, Any) for name in CONTACT.names or ()])  # type: ignore[misc]
Columns = dict[str, Any]
OF_ISSUE = set(ISSUE.names or ()) - set(CONTACT.names or ())
"""What is told of an issue; the lateness told is that of a contact."""
TIMES = tuple(name for name in LOG.names or () if LOG[name] == np.float64)


@dataclass(frozen=True)
class Person:
    """An agent to be: the row of the table, and the shifts; None stands for the opening hours."""

    row: tuple[int, float, float, float]
    shifts: tuple[Segment, ...] | None


@dataclass(frozen=True)
class Told:
    """A week as it happened."""

    log: Table
    draws: Table
    carried: Table

    def __getitem__(self, at: int) -> Any:
        return self.rows()[at]

    def __len__(self) -> int:
        return len(self.log)

    def rows(self) -> list[Any]:
        """Every contact in order of arrival."""
        return [Row._make(row) for row in self.log.tolist()]

    def of(self, number: int) -> list[Any]:
        """The contacts of one issue."""
        return [row for row in self.rows() if row.issue == number]

    def outcomes(self) -> list[Outcome]:
        """How each contact ended."""
        return [Outcome(row.outcome) for row in self.rows()]


class Foretold(NamedTuple):
    """Issues, and what each of their contacts would meet if it came to it: a row an issue, a column a contact."""

    issues: Table
    contacts: Table


@dataclass(frozen=True)
class Brought:
    """An issue to be: its columns, and those of its contacts."""

    columns: Columns
    contacts: tuple[Columns, ...]


def agent(
    *shifts: Segment,
    team: Team = Team.IN_HOUSE,
    pace: float = 1.0,
    ability: float = 0.0,
    limit: float = 0.0,
) -> Person:
    """Someone who works these shifts, or whenever the line is open."""
    return Person((team, pace, ability, limit), shifts or None)


def specialist(*shifts: Segment, ability: float = 0.0, limit: float = 0.0) -> Person:
    """A member of the second line."""
    return agent(*shifts, team=Team.SPECIALISTS, ability=ability, limit=limit)


def operation(
    *people: Person,
    hours: Sequence[Segment] = OPEN,
    supervisors: int = 0,
    hold_limit: int = 2,
    after_transfer: float = 0.5,
    most_contacts: int = MOST_CONTACTS,
) -> Operation:
    """An operation of these people; agents are numbered in the order given."""
    worked = [person.shifts if person.shifts is not None else tuple(hours) for person in people]
    on_duty = [(who, start, end) for who, shifts in enumerate(worked) for start, end in shifts]
    changes = [
        *((opens, Roster.LINE_OPENS, 0) for opens, _ in hours),
        *((closes, Roster.LINE_CLOSES, 0) for _, closes in hours),
        *((start, Roster.SHIFT_STARTS, who) for who, start, _ in on_duty),
        *((end, Roster.SHIFT_ENDS, who) for who, _, end in on_duty),
    ]
    return Operation(
        hours=np.array(list(hours), WINDOW),
        agents=np.array([person.row for person in people], AGENT),
        roster=np.array(sorted(changes), ROSTER),
        on_duty=np.array(on_duty, SHIFT),
        supervisors=supervisors,
        paid_minutes=(0.0, 0.0, 0.0),
        supervisor_minutes=0.0,
        hold_limit=hold_limit,
        patience_after_transfer=after_transfer,
        most_contacts=most_contacts,
    )


def issue(arrives: float, *later: Columns, **columns: Any) -> Brought:
    """An issue: its own columns and those of its first contact by name, then those of later contacts."""
    own = {name: value for name, value in columns.items() if name in OF_ISSUE}
    first = {name: value for name, value in columns.items() if name not in own}
    return Brought({"arrives": arrives, **own}, (first, *later))


def fates(issues: Sequence[Brought]) -> Fate:
    """The fates of these issues."""
    rows = np.zeros(len(issues), ISSUE)
    rows["row"] = np.arange(len(issues))
    contacts = np.zeros((len(issues), MOST_CONTACTS), CONTACT)
    for name, value in USUAL.items():
        contacts[name] = value
    for row, brought in enumerate(issues):
        _fill(rows[row : row + 1], brought.columns)
        for at, columns in enumerate(brought.contacts):
            _fill(contacts[row : row + 1, at], columns)
    return chances.told(rows, contacts)


def foretold(drawn: Fate, contacts: int) -> Foretold:
    """The first so many contacts of each issue, in SimPy's words; blank before the first of one left over."""
    centre, table = Centre(operation(), drawn), np.zeros((len(drawn.issues), contacts), CONTACT)
    for number, row in enumerate(drawn.issues.tolist()):
        comes = Issue(number, row)
        for contact in range(comes.first_contact, contacts):
            table[number, contact] = DRAWS(centre.begin(comes, contact).draws)
    return Foretold(drawn.issues, table)


def matters(name: str, issues: Table, contacts: Table) -> Any:
    """To which contacts a column can matter; it is drawn for no other."""
    if name in ("talk_2", "wrap_up_2", "hurdle_2", "told_again_2", "story_2"):
        return contacts["transfer"]
    if name in ("granted", "approved", "approval", "call_back"):
        return np.broadcast_to(issues["needs"][:, np.newaxis] > 0, contacts.shape)
    columns = {
        "bot_time": contacts["bot"] != Bot.NONE,
        "story": contacts["told_again"],
        "complains": contacts["bot"] == Bot.DEAD_END,
        "stranded_again": np.isin(contacts["bot"], (Bot.SEEMS_TO_SETTLE, Bot.GIVES_UP, Bot.DEAD_END)),
        "stranded_after": contacts["stranded_again"],
        "return_after": contacts["returns"],
        "redial_after": contacts["redials"],
    }
    return columns.get(name, np.full(contacts.shape, True))


def play(concrete: Operation, *issues: Brought) -> Told:
    """Let the week happen, in SimPy and compiled, which must agree."""
    told, *twins = (engine.run(concrete, fates(issues), name) for name in HERE)
    for twin in twins:
        assert [table.tobytes() for table in told] == [table.tobytes() for table in twin]
    return Told(*told)


def times(row: Any) -> dict[str, float]:
    """Everything that happened to a contact, and when."""
    return {name: getattr(row, name) for name in TIMES if not math.isnan(getattr(row, name))}


def moments(**minutes: float) -> dict[str, float]:
    """Everything that should have happened to a contact, to compare with its `times`."""
    return minutes


def _fill(rows: Table, columns: Columns) -> None:
    for name, value in columns.items():
        rows[name] = value


# ------------------------------------------------------------------------------------------ random weeks

COLUMNS = 3
NEVER, SOMETIMES, ALWAYS = 0.0, 0.4, 1.0
MINUTES = ((0.0, 1.0), (1.0, 2.0), tuple(float(minute) for minute in range(7)))
DAYS: tuple[tuple[Segment, ...], ...] = (((0, 12),), ((0, 12), (20, 30)), ((2, 20), (22, 40)))
PATTERNS: tuple[Segment, ...] = ((0, 30), (0, 6), (3, 11), (7, 13), (14, 18), (20, 24), (21, 45))
"""Stretches a shift is put together from; those that touch or overlap are joined."""


class Swarm:
    """The random choices of one week: each feature is off, on now and then, or always on."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.values = MINUTES[self.rng.integers(len(MINUTES))]

    def some(self, shape: tuple[int, ...]) -> Any:
        """Where a feature is on."""
        return self.rng.random(shape) < self.rng.choice([NEVER, SOMETIMES, ALWAYS])

    def minutes(self, shape: tuple[int, ...]) -> Any:
        """Small whole minutes, so that ties abound."""
        return self.rng.choice(self.values, shape)

    def one_of(self, values: Sequence[Any], shape: tuple[int, ...]) -> Any:
        """Any of these."""
        return self.rng.choice(np.array(values), shape)


def random_week(seed: int) -> tuple[Operation, Fate]:
    """A small week full of ties."""
    swarm = Swarm(seed)
    concrete = _random_operation(swarm)
    return concrete, _random_fates(swarm, concrete)


def joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments in order, those that touch or overlap made one."""
    whole: list[Segment] = []
    for start, end in sorted(segments):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def _random_operation(swarm: Swarm) -> Operation:
    rng = swarm.rng
    hours = DAYS[rng.integers(len(DAYS))]
    sizes = rng.integers([1, 0, 0], [7, 3, 3])
    return operation(
        *[_random_person(swarm, team, hours) for team in Team for _ in range(sizes[team])],
        hours=hours,
        supervisors=int(rng.choice([0, 1, 1, 2])),
        hold_limit=int(rng.integers(3)),
        after_transfer=float(rng.choice([0.0, 0.5, 1.0])),
        most_contacts=int(rng.integers(1, COLUMNS + 2)),
    )


def _random_person(swarm: Swarm, team: Team, hours: tuple[Segment, ...]) -> Person:
    rng = swarm.rng
    pieces = [PATTERNS[at] for at in rng.integers(len(PATTERNS), size=rng.integers(1, 4))]
    pace, ability, limit = rng.choice([0.5, 1, 1, 2]), rng.choice([-1, 0, 1]), rng.choice([0, 0, 1, 2])
    shifts = joined(pieces) if rng.random() < SOMETIMES else hours
    return agent(*shifts, team=team, pace=float(pace), ability=float(ability), limit=float(limit))


def _random_fates(swarm: Swarm, concrete: Operation) -> Fate:
    rng, count = swarm.rng, int(swarm.rng.integers(1, 31))
    issues = np.zeros(count, ISSUE)
    issues["row"] = np.arange(count)
    opens, closes = concrete.hours["opens"], concrete.hours["closes"]
    day = rng.integers(len(opens), size=count)
    issues["arrives"] = np.floor(opens[day] + rng.random(count) * (closes - opens)[day])
    issues["arrives"] += np.where(swarm.some((count,)) & swarm.some((count,)), closes[day] - opens[day], 0)
    issues["needs"] = np.where(swarm.some((count,)), swarm.one_of([1.0, 2.0, 3.0], (count,)), 0.0)
    issues["priority"] = swarm.some((count,))
    left_over = swarm.some((count,)) & swarm.some((count,))
    issues["first_contact"] = np.where(left_over, rng.integers(COLUMNS, size=count), 0)
    issues["owed"] = np.where(left_over, rng.integers(3, size=count), 0)
    issues["kind"], issues["stranded"] = swarm.one_of(list(IssueType), (count,)), swarm.some((count,))
    return chances.told(issues, _random_contacts(swarm, (count, COLUMNS)))


def _random_contacts(swarm: Swarm, shape: tuple[int, int]) -> Table:
    contacts = np.zeros(shape, CONTACT)
    for name in CONTACT.names or ():
        kind = CONTACT[name]
        contacts[name] = swarm.some(shape) if kind == np.bool_ else swarm.minutes(shape)
    contacts["bot"] = np.where(swarm.some(shape), swarm.one_of(list(Bot), shape), Bot.NONE)
    contacts["team"] = swarm.one_of(list(Team), shape) if swarm.rng.random() < SOMETIMES else Team.IN_HOUSE
    contacts["patience"] = np.where(swarm.some(shape), swarm.minutes(shape), np.inf)
    for name in ("approval", "call_back"):
        contacts[name] *= swarm.rng.choice([1.0, 4.0])
    contacts["hurdle"] = swarm.one_of([-2.0, 0.0, 1.0], shape)
    contacts["hurdle_2"] = swarm.one_of([-2.0, 0.0, 1.0], shape)
    return contacts
