"""Where sessions are kept: one folder each, in a place that a facilitator can see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim.scenario import BadInput
from sim.workshop.event import Event
from sim.workshop.source import Workshop
from sim.workshop.state import State, fold, minutes_between
from sim.workshop.store import NAME, read_only

SESSIONS = "sessions"
REHEARSAL = "rehearsal"
HOURS_OF_A_DAY_OUT = 12
"""A workshop that paused for longer than this is not gone on with unasked."""
MINUTES_OF_A_CRASH = 10
"""The same for a rehearsal: one from the morning must not open in the afternoon, when the room is real."""
MOST_READ = 20
"""Files looked into for the list of earlier sessions: those written last."""


@dataclass(frozen=True)
class Kept:
    """A session in a folder, as far as its file can be read."""

    folder: Path
    state: State
    events: tuple[Event, ...]

    @property
    def at(self) -> str:
        """When the latest thing happened in it (ISO 8601, UTC)."""
        return self.events[-1].at if self.events else ""

    @property
    def line(self) -> str:
        """It in a few words, for a list."""
        teams = len(self.state.teams)
        return f"{self.folder.name}: {self.state.phase}, {teams} {'team' if teams == 1 else 'teams'}"


def is_rehearsal(folder: Path) -> bool:
    """Whether robots may play in it: its folder's name says so."""
    return REHEARSAL in folder.name.lower()


def default_place() -> Path:
    """The folder of all sessions, beside the notebook."""
    return Path.cwd() / SESSIONS


def earlier(place: Path, workshop: Workshop) -> tuple[Kept, ...]:
    """The sessions of a workshop in a place, the latest first."""
    found = [kept for kept in _readable(place) if kept.state.workshop == workshop.name]
    return tuple(sorted(found, key=lambda kept: kept.at, reverse=True))


def unread(place: Path) -> str:
    """The sentence about sessions in a place whose files cannot be read; empty where all can."""
    names = [path.parent.name for path in _latest(place) if _events(path) is None]
    if not names:
        return ""
    return f"{', '.join(names)}: cannot be read, and {'is' if len(names) == 1 else 'are'} left out here."


def to_go_on_with(place: Path, workshop: Workshop, now: str) -> Path | None:
    """The latest session, if it was left in the middle of things; None where a new one is wanted."""
    latest = next(iter(earlier(place, workshop)), None)
    if latest is None:
        return None
    most = MINUTES_OF_A_CRASH if is_rehearsal(latest.folder) else 60 * HOURS_OF_A_DAY_OUT
    return latest.folder if minutes_between(latest.at, now) <= most else None


def fresh(place: Path, workshop: Workshop, now: str, *, rehearsal: bool = False) -> Path:
    """A folder for a new session that does not exist yet: w1-2026-11-28, w1-2026-11-28-2 and so on."""
    day = datetime.fromisoformat(now).astimezone().date().isoformat()
    stem = f"{workshop.name}-{REHEARSAL}-{day}" if rehearsal else f"{workshop.name}-{day}"
    folder, number = place / stem, 1
    while folder.exists():
        number += 1
        folder = place / f"{stem}-{number}"
    return folder


def _readable(place: Path) -> Iterator[Kept]:
    for path in _latest(place):
        events = _events(path)
        if events:
            yield Kept(path.parent, fold(events), events)


def _latest(place: Path) -> list[Path]:
    return sorted(place.glob(f"*/{NAME}"), key=_written, reverse=True)[:MOST_READ]


def _events(path: Path) -> tuple[Event, ...] | None:
    """The events of a file; None where it is damaged or foreign, which opening its folder by name then tells."""
    try:
        return read_only(path)
    except BadInput:
        return None


def _written(path: Path) -> float:
    """When the file, or its companion that holds the latest events, was written (seconds)."""
    parts = (path, path.with_name(f"{path.name}-wal"))
    return max(part.stat().st_mtime for part in parts if part.exists())
