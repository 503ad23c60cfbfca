"""The projector's page, opened from the desk; without it everything else goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from sim.scenario import BadInput
from sim.views.room.log import log
from sim.workshop.board import Board, anonymous, hidden, top
from sim.workshop.debrief import Swap
from sim.workshop.session import Session

if TYPE_CHECKING:
    from sim.views.projector import Projector


def everything(board: Board) -> Board:
    """The whole board."""
    return board


WAYS: Final[Mapping[str, Callable[[Board], Board]]] = {
    "all teams": everything,
    "without names": anonymous,
    "first three places": top,
    "only the headline": hidden,
}
"""How the room may see boards, and the days."""
BOARDS: Final = tuple(WAYS)
Press = Callable[[], str | None]


class Projecting:
    """The projector of the session that is open, if there is one. `told` is what to say about it once it is open."""

    def __init__(self, booklet: Callable[[Session], int | None]) -> None:
        self._booklet = booklet
        self.address = self.told = ""
        self.boards = BOARDS[0]
        self._shown: Projector | None = None

    def open(self, session: Session, folder: Path, lock: RLock, on_next: Press, on_back: Press) -> None:
        """Show this session instead of another."""
        from sim.views.projector import (
            Projector,
        )  # drawing is heavy, and a page that only reads has no projector

        self.close()
        try:
            self._shown = Projector(
                session, folder, lock, on_next=on_next, on_back=on_back, booklet=self._booklet
            )
            self.address = self._shown.start()
            self._shown.board(WAYS[self.boards])
            self.told = self._shown.told
        except (BadInput, OSError) as error:
            log().exception("projector")
            self._shown, self.told = None, f"There is no projector: {error}."

    @property
    def slides(self) -> tuple[str, ...]:
        """The headlines of the slides of where the session stands."""
        return self._shown.headlines if self._shown else ()

    @property
    def page(self) -> int:
        """Which of them is shown, from 0."""
        return self._shown.page if self._shown else 0

    def turn(self, by: int) -> None:
        """Show an earlier or a later slide."""
        if self._shown:
            self._shown.show(self._shown.page + by)

    def computing(self, done: int, total: int, seconds_left: float | None) -> None:
        """Show how far computing has come."""
        if self._shown:
            self._shown.computing(done, total, seconds_left)

    def idle(self) -> None:
        """Show that nothing is computed any more."""
        if self._shown:
            self._shown.idle()

    def swap(self, swap: Swap) -> None:
        """Add a lever swapped to the debrief."""
        if self._shown:
            self._shown.swap(swap)

    def show_boards(self, how: str) -> None:
        """From now on, let the room see the board in this way."""
        self.boards = how
        if self._shown:
            self._shown.board(WAYS[how])

    def close(self) -> None:
        """Serve nothing any more."""
        if self._shown:
            self._shown.stop()
        self._shown, self.address, self.told = None, "", ""
