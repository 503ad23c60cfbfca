"""What a debrief looks at: predicted and came, the moment it broke, one average with two outcomes, one lever swapped."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from sim.experiment import Estimate, Progress
from sim.workshop.session import Session
from sim.workshop.source import Workshop
from sim.workshop.state import State


@dataclass(frozen=True)
class Point:
    """A number predicted and what came, both in the prediction's unit."""

    team: int
    name: str
    predicted: float
    came: float


@dataclass(frozen=True)
class Moment:
    """The half-hour from `minute` of the day; `broke` when its mean wait passes the promise, else it is the longest."""

    team: int
    name: str
    minute: float
    wait: float
    promise: float
    broke: bool
    sentence: str


@dataclass(frozen=True)
class SameAverage:
    """Two teams with nearly one mean wait (minutes) whose promises kept, or their spread over days, differ most."""

    one: str
    other: str
    waits: tuple[float, float]
    kept: tuple[float, float]
    day_sd: tuple[float, float]
    sentence: str


@dataclass(frozen=True)
class Swap:
    """A team's plan with one lever of another's, on the same customers: promise kept of 100, after less before."""

    one: str
    other: str
    lever: str
    before: Estimate
    after: Estimate
    difference: Estimate
    sentence: str


def predicted_and_came(workshop: Workshop, state: State, round_: str, ask: str) -> tuple[Point, ...]:
    """Every number predicted in a computed round, beside what came of that team's plan; raises Refused."""
    raise NotImplementedError


def moment_it_broke(workshop: Workshop, state: State, round_: str, team: int) -> Moment:
    """The first half-hour in which a team's mean wait passed the promise, or its longest; raises Refused."""
    raise NotImplementedError


def same_average(workshop: Workshop, state: State, round_: str) -> SameAverage | None:
    """The two teams of a computed round that show best what an average hides; None where no two do."""
    raise NotImplementedError


def swap(
    session: Session,
    one: int,
    other: int,
    lever: str,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    workers: int | None = None,
) -> Swap:
    """Team one's plan with one lever, by path, of team other's; nothing of it enters the session. Raises Refused."""
    raise NotImplementedError


def levers_between(session: Session, one: int, other: int) -> tuple[str, ...]:
    """The paths in which two teams' plans differ in the round under way."""
    raise NotImplementedError
