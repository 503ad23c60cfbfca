"""One thing that happened in a session; events are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "opened",
    "team_joined",
    "team_renamed",
    "team_left",
    "moved",
    "predicted",
    "decided",
    "computed",
    "clock",
    "noted",
    "recovered",
    "undone",
]
KEPT_FOR_GOOD: tuple[Kind, ...] = ("opened", "recovered", "undone")
"""Kinds that an undo passes over."""


@dataclass(frozen=True)
class Event:
    """One event: `number` counts from 1, `at` is the wall clock in UTC (ISO 8601), `kit` the version that wrote it."""

    number: int
    at: str
    kind: str
    payload: Mapping[str, Any]
    kit: str = ""
