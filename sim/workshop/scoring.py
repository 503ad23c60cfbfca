"""The gated score: delight counts only on days at the bar, and luck is shown beside every score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.workshop.source import Round, Workshop
from sim.workshop.state import State

Tier = Literal["unparalleled", "good enough", "hit-and-miss"]
TIERS: tuple[Tier, ...] = ("unparalleled", "good enough", "hit-and-miss")
"""The three businesses, the best first."""
Movement = Literal["up", "down", "same", "new"]


@dataclass(frozen=True)
class Row:
    """One team on the board.

    Attributes:
        team: its number; 0 where the board is anonymous.
        name: as shown.
        points: mean of its weeks.
        low: lower end of the luck band: 95 of 100 single weeks of the same plan lie in the band.
        high: upper end of the luck band.
        half_width: of the 95% interval of `points` itself, much narrower than the band.
        first: best place it may have.
        last: worst place it may have.
        tier: which of the three businesses it is.
        days_at_bar: share of its days at the bar.
        kept: share of issues with the promise kept.
        movement: against the round before, told only where the two ranges of places do not overlap.
        plan: in a few words.
        carried: whether it handed in nothing.
    """

    team: int
    name: str
    points: float
    low: float
    high: float
    half_width: float
    first: int
    last: int
    tier: Tier
    days_at_bar: float
    kept: float
    movement: Movement
    plan: str
    carried: bool

    @property
    def place(self) -> str:
        """Its place as it is written: "4–8"."""
        raise NotImplementedError


@dataclass(frozen=True)
class Board:
    """The board of a round, best first: tiers, then points; `headline` is the sentence above it."""

    round: str
    rows: tuple[Row, ...]
    headline: str
    left_out: int = 0

    def tier(self, tier: Tier) -> tuple[Row, ...]:
        """The rows of one tier."""
        raise NotImplementedError


def board(workshop: Workshop, state: State, round_: str) -> Board:
    """The board of a computed round; raises Refused where there is no result."""
    raise NotImplementedError


def points(summary: object, plan: object, worth: float) -> float:
    """Points of one week."""
    raise NotImplementedError


def anonymous(board: Board) -> Board:
    """The same board without names."""
    raise NotImplementedError


def top(board: Board, places: int = 3) -> Board:
    """Only those who may have one of the first places, ties included; `left_out` counts the others."""
    raise NotImplementedError


def hidden(board: Board) -> Board:
    """No rows at all, only the headline; `left_out` counts them."""
    raise NotImplementedError


def rule(workshop: Workshop, round_: Round) -> str:
    """How points are made, in words, the rule of the game named as one."""
    raise NotImplementedError


def paired_above(points: Mapping[int, tuple[float, ...]], one: int, other: int) -> bool:
    """Whether one is surely above the other: the 95% interval of their paired difference lies above zero."""
    raise NotImplementedError
