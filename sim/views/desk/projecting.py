"""The projector's page, opened from the desk; without it everything else goes on."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

from sim.scenario import BadInput
from sim.views.room.log import log
from sim.workshop.session import Session

NONE = "no projector"


class Projection(Protocol):
    """What the desk asks of the projector."""

    def start(self) -> str:
        """Serve its page; returns the address."""
        ...

    def computing(self, done: int, total: int, seconds_left: float | None) -> None:
        """Show how far computing has come."""
        ...


def projection(session: Session, folder: Path, lock: RLock, on_next: Callable[[], None]) -> Projection:
    """The projector of a session; raises ImportError in a kit without one."""
    made: Any = import_module("sim.views.projector").Projector(session, folder, lock, on_next=on_next)
    return made  # type: ignore[no-any-return]  # the kit's own, which keeps to the protocol


class Projecting:
    """The projector of the session that is open, if there is one."""

    def __init__(self) -> None:
        self.address, self.trouble = "", NONE
        self._shown: Projection | None = None

    def open(self, session: Session, folder: Path, lock: RLock, on_next: Callable[[], None]) -> None:
        """Show this session instead of another."""
        self.close()
        try:
            self._shown = projection(session, folder, lock, on_next)
            self.address, self.trouble = self._shown.start(), ""
        except ImportError:
            self.trouble = NONE
        except (BadInput, OSError) as error:
            log().exception("projector")
            self.trouble = f"no projector: {error}"

    def computing(self, done: int, total: int, seconds_left: float | None) -> None:
        """Show how far computing has come."""
        if self._shown is not None:
            self._shown.computing(done, total, seconds_left)

    def close(self) -> None:
        """Serve nothing any more."""
        ends = getattr(self._shown, "stop", None) or getattr(self._shown, "close", None)
        if ends is not None:
            ends()
        self._shown, self.address = None, ""
