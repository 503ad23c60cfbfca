"""Fifteen robot teams with characters of their own, so that one person can rehearse a whole room."""

from dataclasses import dataclass
from typing import Literal

from sim.workshop.session import Session

Character = Literal["cutter", "hirer", "copier", "random", "mistyper", "latecomer", "absent", "steady", "delighter", "changer"]


@dataclass(frozen=True)
class Robot:
    """A team that plays by itself: its name and its character."""

    name: str
    character: Character


ROBOTS: tuple[Robot, ...] = ()


def seat(session: Session) -> tuple[str, ...]:
    """Put all robot teams in; returns what the session said."""
    raise NotImplementedError


def predict(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let every robot predict in the round under way; returns what the session said, refusals included."""
    raise NotImplementedError


def decide(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let every robot hand in its decision while decisions are open; returns what the session said."""
    raise NotImplementedError


def come_late(session: Session, seed: int = 1) -> tuple[str, ...]:
    """Let those who are late hand in after the freeze; returns what the session said."""
    raise NotImplementedError
