"""A session that another desk has open: looked at, never changed, and handed over when this page asks for it."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.scenario import BadInput
from sim.workshop.event import Event, Kind
from sim.workshop.lock import Lock
from sim.workshop.session import Session
from sim.workshop.source import Workshop
from sim.workshop.store import NAME, Store, read_only

ONLY_READS = "Another page has this session open; this one only reads. Take over, or close the other one."
SECONDS_TO_WAIT = 20
"""For this long a page waits for another to let go; what it asked before counts no more, for it may be gone too."""
ASKED = ".take"
"""Ends the name of an empty file beside the session's, with which a page asks the one that has it to let go."""


class OnlyReading(Store):
    """The events of a session's file, as they are on the disk now; adding one raises BadInput."""

    def __init__(self, path: Path) -> None:
        self.path, self.told = path, ONLY_READS
        self._kept = read_only(path)

    def append(self, kind: Kind, payload: Mapping[str, Any]) -> Event:  # noqa: ARG002  # nothing is written
        """Raise BadInput, for another desk has the session."""
        raise BadInput(ONLY_READS)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events when it was opened."""
        return self._kept

    def stored(self) -> int:
        """How many there were."""
        return len(self._kept)

    def close(self) -> None:
        """Nothing is held."""


def watched(folder: Path, workshop: Workshop) -> Session:
    """The session as it is on the disk now, for looking only; raises BadInput where there is none."""
    return Session(workshop, OnlyReading(folder / NAME))


def only_reads(session: Session) -> bool:
    """Whether this page may not change the session."""
    return isinstance(session.store, OnlyReading)


def is_free(folder: Path) -> bool:
    """Whether no page has the session."""
    try:
        Lock.taken(folder / NAME).release()
    except BadInput:
        return False
    return True


def ask_for(folder: Path) -> None:
    """Ask the page that has the session to let go; raises BadInput when that cannot be written."""
    try:
        _request(folder).touch()
    except OSError as error:
        raise BadInput(f"{folder.name}: the other page could not be asked ({error.strerror}).") from error


def asked_for(folder: Path) -> bool:
    """Whether another page asks for the session, and is still waiting for it."""
    try:
        return time.time() - _request(folder).stat().st_mtime < SECONDS_TO_WAIT
    except OSError:
        return False


def settle(folder: Path) -> None:
    """Forget that anybody asked."""
    with suppress(OSError):
        _request(folder).unlink(missing_ok=True)


def _request(folder: Path) -> Path:
    return folder / f"{NAME}{ASKED}"


Opens = Callable[[Path, Workshop], Session]
