"""Desks under test: a small workshop, a clock that stands where the test puts it, and a folder of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sim.views.desk import Desk, desk
from sim.views.desk.table import TeamRow
from sim.workshop.source import Workshop, workshop

PATIENCE = 120.0
"""Seconds that a busy machine may take; nothing waits for them to pass."""
BEGAN = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


@dataclass
class Hands:
    """The hands of a wall clock."""

    at: datetime = BEGAN

    def __call__(self) -> str:
        return self.at.isoformat(timespec="milliseconds")

    def on(self, minutes: float) -> None:
        """Move them on."""
        self.at += timedelta(minutes=minutes)


def small() -> Workshop:
    """W1 with two weeks for each plan, of few issues."""
    made = workshop("w1").model_copy(
        update={"replications": 2, "operation": {"assumptions.demand.issues_per_day": 40}}
    )
    made.__dict__.pop("today", None)  # a copy takes along what was worked out of the operation it had
    return made


@dataclass
class Place:
    """Where desks are opened."""

    folder: Path
    clock: Hands = field(default_factory=Hands)
    opened: list[Desk] = field(default_factory=list)

    def desk(self, name: str | None = "monday") -> Desk:
        """A desk on the session of that name in this place."""
        made = desk(small(), self.folder / name if name else None, clock=self.clock, watching=False)
        self.opened.append(made)
        return made


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """A place whose desks are closed in the end."""
    made = Place(folder)
    yield made
    for each in made.opened:
        each.close()


def named(page: Desk, *names: str) -> None:
    """Type the names of teams."""
    for name in names:
        page.name.value = name


def row(page: Desk, name: str) -> TeamRow:
    """The row of the team of that name."""
    (number,) = (team.number for team in page.session.state.teams if team.name == name)
    return page.table.rows[number]


def forward(page: Desk, phase: str) -> None:
    """Press the main button until that phase, waiting for what is computed."""
    for _ in range(20):
        if page.session.state.phase == phase:
            return
        page.top.next.click()
        assert page.wait(PATIENCE)
    raise AssertionError(f"no {phase} in sight")
