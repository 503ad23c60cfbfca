"""Who is in, late, or odd in the round under way, and how the decisions spread."""

from dataclasses import dataclass

from sim.workshop.session import Session


@dataclass(frozen=True)
class Standing:
    """One team in the round under way: predictions in, decision in, late ones, and what is odd, in a sentence or empty."""

    team: int
    name: str
    predicted: bool
    decided: bool
    late: bool
    plan: str
    odd: str


@dataclass(frozen=True)
class Spread:
    """How the plans spread over one lever, or over the choices: values in words, and how many teams have each."""

    title: str
    counts: tuple[tuple[str, int], ...]


def standings(session: Session) -> tuple[Standing, ...]:
    """All teams, in the order they came in."""
    raise NotImplementedError


def spreads(session: Session) -> tuple[Spread, ...]:
    """The spread of every lever that may be moved in this round, and of its choices; no names in it."""
    raise NotImplementedError
