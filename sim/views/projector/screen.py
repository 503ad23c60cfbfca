"""What is on the screen now, and what the space bar does to it; safe to call from several threads."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock

from sim.experiment import Progress
from sim.scenario import BadInput
from sim.views.projector import plain
from sim.views.projector.leaders import Seen
from sim.views.projector.page import words_html
from sim.views.projector.slide import Shown, Slide, slides
from sim.views.projector.svg import svg
from sim.views.room.log import log
from sim.workshop.debrief import Swap
from sim.workshop.session import Session
from sim.workshop.state import State

SECONDS_APART = 0.7
"""A press sooner than this after the last one is a finger that bounced."""
PATIENCE = 0.5
"""Seconds that a look at the screen waits for the desk, before it shows what it showed."""
BUSY = "The desk is busy; press again in a moment."
NOT_DRAWN = "This picture could not be drawn; the desk has its numbers."

Booklet = Callable[[Session], int | None]


@dataclass(frozen=True)
class View:
    """A slide as the page gets it; two views of one version are the same."""

    version: str
    title: str
    picture: str
    words: str
    status: str


class Screen:
    """The slide shown, of a session that somebody else owns.

    Args:
        session: of the desk.
        lock: whatever the desk holds while it changes the session.
        on_next: does one step of the session, and may say a sentence; raises BadInput where there is none to do.
        on_back: the same, backwards.
        booklet: which page of the booklet stands in for what is shown, if it is known.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        session: Session,
        lock: RLock,
        *,
        on_next: Callable[[], str | None] | None = None,
        on_back: Callable[[], str | None] | None = None,
        booklet: Booklet | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session, self._lock, self._clock = session, lock, clock
        self._on_next, self._on_back = on_next or session.next, on_back or session.back
        self._booklet = booklet
        self._shown, self._page = Shown(), 0
        self._progress: Progress | None = None  # told by whoever computes, who is not to wait for the lock
        self._place: tuple[str, str, int] | None = None
        self._drawn: tuple[State, Shown, tuple[Slide, ...]] | None = None
        self._view: View | None = None
        self._viewed: Slide | None = None
        self._pressed: float | None = None

    # ------------------------------------------------------------------------------------- told by the desk

    def computing(self, done: int, total: int, seconds_left: float | None = None) -> None:
        """Say how far the round is computed; while it is, the space bar does nothing. Never waits for anybody."""
        self._progress = Progress(done, total, seconds_left)

    def idle(self) -> None:
        """Say that nothing is computed any more."""
        self._progress = None

    def swap(self, swap: Swap | None) -> None:
        """Add a lever swapped to the debrief of the round under way, or take it out."""
        with self._lock:
            self._shown = replace(self._shown, swap=swap)

    def board(self, seen: Seen) -> None:
        """Let the room see only this of every board, and of the days: `anonymous`, `top`, `hidden`, or `whole`."""
        with self._lock:
            self._shown = replace(self._shown, board=seen)

    # ------------------------------------------------------------------------------------------- the screen

    @property
    def page(self) -> int:
        """Which slide of the phase or stage is shown, from 0."""
        with self._lock:
            return min(self._here(), len(self._slides()) - 1)

    @property
    def headlines(self) -> tuple[str, ...]:
        """The headlines of all slides of the phase or stage under way."""
        with self._lock:
            return tuple(each.headline for each in self._slides())

    def show(self, page: int) -> None:
        """Show another slide of the phase or stage under way."""
        with self._lock:
            self._here()
            self._page = min(max(0, page), len(self._slides()) - 1)

    def next(self) -> str:
        """Go on by one slide, or by one step of the session where there is none left; returns what is to be said."""
        return self._press(self._forwards)

    def back(self) -> str:
        """Go back by one slide, or by one step of the session; returns what is to be said."""
        return self._press(self._backwards)

    def view(self) -> View:
        """What is on the screen; what it was, where the desk does not let go of the session."""
        if not self._lock.acquire(timeout=PATIENCE):
            return self._view or _view(plain.sentence(BUSY, ""))
        try:
            return self._looked()
        finally:
            self._lock.release()

    def _looked(self) -> View:
        there = self._slides()
        now = there[min(self._here(), len(there) - 1)]
        if self._view is None or now is not self._viewed:
            self._view, self._viewed = _view(now), now
        return self._view

    def _here(self) -> int:
        """The page, which begins at 0 wherever the session goes."""
        state = self._session.state
        place = (state.round, state.phase, state.stage)
        if place != self._place:
            if self._place and self._place[0] != state.round and self._shown.swap:
                self._shown = replace(self._shown, swap=None)  # it was of the round before
            self._place, self._page = place, 0
        return self._page

    def _slides(self) -> tuple[Slide, ...]:
        self._here()
        state = self._session.state
        if state.phase != "frozen":
            self._progress = None
        shown = replace(self._shown, progress=self._progress)
        if self._drawn is None or self._drawn[0] is not state or self._drawn[1] != shown:
            self._drawn = (state, shown, self._made(shown))
        return self._drawn[2]

    def _made(self, shown: Shown) -> tuple[Slide, ...]:
        try:
            return slides(self._session, replace(shown, booklet=self._booklet_page()))
        except BadInput as refusal:
            return (plain.sentence("Nothing to show yet", str(refusal)),)
        except Exception:  # noqa: BLE001  # the room is to see a sentence, whatever happened
            log().exception("A slide was not drawn.")
            return (plain.sentence("One moment", NOT_DRAWN),)

    def _booklet_page(self) -> int | None:
        return self._booklet(self._session) if self._booklet else None

    # ---------------------------------------------------------------------------------------- the space bar

    def _press(self, do: Callable[[], str]) -> str:
        if not self._lock.acquire(timeout=PATIENCE):
            return BUSY
        try:
            return do() if self._is_a_press() else ""
        except BadInput as refusal:
            return str(refusal)
        except Exception:  # noqa: BLE001  # as above
            log().exception("A press of the space bar did nothing.")
            return "That did nothing; go on from the desk."
        finally:
            self._lock.release()

    def _is_a_press(self) -> bool:
        now = self._clock()
        if self._pressed is not None and now - self._pressed < SECONDS_APART:
            return False
        self._pressed = now
        return not (self._session.state.phase == "frozen" and self._progress)

    def _forwards(self) -> str:
        page = self._here()
        if page + 1 < len(self._slides()):
            self._page = page + 1
            return ""
        return self._on_next() or ""

    def _backwards(self) -> str:
        page = min(self._here(), len(self._slides()) - 1)
        if page:
            self._page = page - 1
            return ""
        return self._on_back() or ""


def _view(slide: Slide) -> View:
    picture, words = svg(slide.picture), words_html(slide)
    version = hashlib.sha256((picture + words).encode()).hexdigest()[:16]
    return View(version, slide.headline, picture, words, f"{slide.headline}. {slide.sub}".strip())
