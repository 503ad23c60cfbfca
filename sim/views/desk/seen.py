"""What the parts of the desk are shown, and how they ask for something to be done."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.views.desk import words
from sim.workshop.session import Session

Act = Callable[[], None]
Command = Callable[[Session], str]
"""Something a session is asked to do; returns its sentence, raises BadInput with one."""
Do = Callable[[Command], bool]
"""Has a command done, says its sentence, redraws the page; returns whether it was taken."""


@dataclass(frozen=True)
class Seen:
    """The session at a moment, and what this page makes of it.

    `open_hand`: predictions are shown here though the room has not seen them; `reads`: another page has the session;
    `booklet`: its page that stands in for the screen.
    """

    session: Session
    now: str
    computing: bool = False
    open_hand: bool = False
    reads: bool = False
    rehearsal: bool = False
    booklet: int | None = None

    @property
    def predictions(self) -> bool:
        """Whether predictions may be read on this page."""
        return self.open_hand or words.revealed(self.session.state)
