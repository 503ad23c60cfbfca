"""The forecasters' cup: how near each prediction came to the official outcome, and dots for the projector."""

from dataclasses import dataclass

from sim.workshop.source import Ask, Workshop
from sim.workshop.state import State


@dataclass(frozen=True)
class Forecast:
    """One team in the cup: `near` from 0 to 1, its mean over the predictions made; 1 is exactly what came.

    `said` and `came` are words, by prediction; `made` counts predictions in time. Places are ranges, as on the board.
    """

    team: int
    name: str
    near: float
    first: int
    last: int
    made: int
    said: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True)
class Cup:
    """The cup of a round, or of all rounds so far (`round` empty), the nearest first, and the sentence above it."""

    round: str
    rows: tuple[Forecast, ...]
    headline: str


@dataclass(frozen=True)
class Dots:
    """The predictions of a room: columns of dots with their labels, in order, and how many teams said nothing."""

    title: str
    columns: tuple[tuple[str, int], ...]
    missing: int
    sentence: str


def cup(workshop: Workshop, state: State, round_: str = "") -> Cup:
    """The forecasters' cup of one computed round, or of all of them; raises Refused where there is no result."""
    raise NotImplementedError


def dots(workshop: Workshop, state: State, round_: str, ask: Ask) -> Dots:
    """The tally of one prediction, without names; needs no result."""
    raise NotImplementedError


def official(workshop: Workshop, state: State, round_: str, team: int, ask: Ask) -> str:
    """What officially came of a prediction for a team's own plan, in words; raises Refused where there is no result."""
    raise NotImplementedError
