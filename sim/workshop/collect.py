"""Decisions pasted as codes, many at once and with prose around; every line comes to one outcome in a sentence."""

from dataclasses import dataclass
from typing import Literal

from sim.workshop.session import Session

Came = Literal["accepted", "doubled", "late", "unknown team", "mistyped code", "locked", "out of limits"]


@dataclass(frozen=True)
class Outcome:
    """What came of one code or line: `team` is the name matched, empty where none was; `line` counts from 1."""

    line: int
    team: str
    code: str
    came: Came
    sentence: str


def paste(session: Session, text: str, *, accept_late: bool = False) -> tuple[Outcome, ...]:
    """Take all decision codes in a text: "Team name: CODE" on a line, or a code after its team's name.

    A code doubled (the same decision handed in again) changes nothing. Lines without anything like a code are prose.
    """
    raise NotImplementedError


def code_of(session: Session, team: int) -> str:
    """The decision code of what a team plays in the round under way."""
    raise NotImplementedError
