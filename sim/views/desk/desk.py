"""The facilitator's desk: one page that owns the session, and shows nothing that its file does not hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

import ipywidgets as w

from sim.experiment import Progress
from sim.scenario import BadInput
from sim.scenario.files import write_whole
from sim.views.desk import folders, reading, words
from sim.views.desk.booklet import booklet
from sim.views.desk.codes import Codes
from sim.views.desk.debrief import Debrief
from sim.views.desk.foot import Foot
from sim.views.desk.help import HELP
from sim.views.desk.jobs import Jobs, Tell, Work
from sim.views.desk.keeping import Choices, Keeping
from sim.views.desk.notes import Notes
from sim.views.desk.preflight import Preflight
from sim.views.desk.projecting import Projecting
from sim.views.desk.results import Results
from sim.views.desk.robots import Robots
from sim.views.desk.seen import Command, Seen
from sim.views.desk.setting import Setting
from sim.views.desk.side import Projected, Side
from sim.views.desk.style import style_html
from sim.views.desk.table import Table
from sim.views.desk.tally import Tally
from sim.views.desk.top import Moves, Top
from sim.views.room.log import log, log_file
from sim.views.room.parts import box, button, column, mark, row, text
from sim.views.room.safely import safely
from sim.workshop.report import report
from sim.workshop.session import Session

MORE_MINUTES = 2
REPORT = "report.md"
SECONDS_BETWEEN_LOOKS = 1.0
LOOKS_BETWEEN_TICKS = 5
SECONDS_TO_LET_GO = 10.0
FREE = "The other page is gone; this one has the session now."
LOOK_AT_THE_DESK = "Look at the desk first."
"""All the room is told of what the desk refuses: its sentences may name a team and what it typed."""
NOT_DRAWN = "A part of this page could not be drawn; nothing that came in is lost. Details are in {}."
LET_GO = "Another page took this session over; this one only reads."


class Desk:
    """The page and the session it has; show `widget`, or leave the desk as the last line of a cell.

    Callbacks come from any thread, computing tells from its own: whatever changes the page holds the lock. What the
    widgets show is never the truth: after every command they are drawn again from the session.

    Args:
        session: that is open.
        opens: opens another session in a folder; raises BadInput.
        place: the folder of all sessions.
        clock: tells the wall clock (ISO 8601, UTC).
        told: what there is to say about opening it.
    """

    def __init__(
        self, session: Session, opens: reading.Opens, place: Path, clock: Callable[[], str], told: str = ""
    ) -> None:
        self._lock = RLock()
        self.session, self.workshop, self.place = session, session.workshop, place
        self._opens, self._clock = opens, clock
        self._closed, self._drawing, self._just_added = Event(), False, False
        self._asked_about = ""
        self.jobs = Jobs(self._told, self._ended)
        self._booklet = booklet(self.workshop, clock)
        self.projecting = Projecting(self._booklet)
        self._build()
        self._opened(told)

    # -------------------------------------------------------------------------------- what it shows

    @property
    def folder(self) -> Path:
        """The folder of the session."""
        return self.session.store.path.parent

    @property
    def seen(self) -> Seen:
        """The session at this moment."""
        return Seen(
            self.session, self._clock(), self._computing, bool(self.open_hand.value), reading.only_reads(self.session),
            folders.is_rehearsal(self.folder), self._booklet(self.session),
        )  # fmt: skip

    @property
    def _computing(self) -> bool:
        return self.jobs.title == "Computing"

    def wait(self, seconds: float = 120.0) -> bool:
        """Wait until nothing is computed; whether that came true."""
        return self.jobs.wait(seconds)

    def close(self) -> None:
        """Let go of the session and take the page away."""
        self._closed.set()
        self.jobs.stop()
        self.jobs.wait(SECONDS_TO_LET_GO)
        self.projecting.close()
        self.session.close()
        self.widget.close()

    def __repr__(self) -> str:
        return f"Desk of {self.workshop.title}. {words.stands(self.session)}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(**kwargs), "text/plain": repr(self)}

    def watch(self) -> None:
        """Follow the clock, and other pages that ask for the session, until the desk is closed."""
        Thread(target=self._watch, name="desk clock", daemon=True).start()

    # ------------------------------------------------------------------------------------ building

    def _build(self) -> None:
        safely, do = self._safely, self.do
        self.foot = Foot(self.jobs.stop, safely)
        self.late, self.open_hand = _switch("Accept late ones"), _switch("Show predictions on this page")
        self.open_hand.observe(safely(lambda _change: self.redraw()), "value")
        self.table = Table(do, lambda: bool(self.late.value), safely)
        self.name = box("Name of a new team", "kit-name")
        self.name.placeholder = "name of a new team"
        self.name.observe(safely(self._named), "value")
        self.robots = Robots(do, safely)
        self.codes, self.tally, self.setting = Codes(do, self.late, safely), Tally(self.open_hand), Setting()
        projected = Projected(self._turn, self.projecting.show_boards, safely)
        self.results, self.notes = Results(projected.boards), Notes(do, safely)
        self.debrief = Debrief(self.start, self.projecting.swap, safely)
        self.side = Side(projected, self._panels(), safely)
        self.preflight = Preflight(
            self.start, lambda: self.session, lambda: self.projecting.address, self._rehearse, safely
        )
        choices = Choices(self.turn_to, self._new, self._rehearse, self._take_over)
        self.keeping = Keeping(choices, safely)
        self.write = button(
            "Write the report", tooltip="Boards, the cup, notes, and what the debrief looked at"
        )
        self.write.on_click(safely(self._written))
        self.top = Top(
            Moves(self._next, self._back, self._undo, self._more_time, self._clocked), self._sheets(), safely
        )
        left = column(self.table.widget, self._add_row(), classes="kit-left")
        body = row(left, self.side.widget, classes="kit-body")
        self.page = column(self.top.widget, body, self.foot.widget, classes="kit-page kit-desk")
        self.widget: w.VBox = column(text(style_html()), self.page, classes="kit")

    def _panels(self) -> dict[str, w.Widget]:
        return {
            "Room": self.tally.widget,
            "Codes": self.codes.widget,
            "Round": self.setting.widget,
            "Results": self.results.widget,
            "Debrief": self.debrief.widget,
            "Notes": self.notes.widget,
        }

    def _sheets(self) -> dict[str, w.Widget]:
        return {
            "Sessions": self.keeping.widget,
            "Pre-flight": self.preflight.widget,
            "Report": column(text(REPORT_HOW), row(self.write)),
            "Help": text(HELP),
        }

    def _add_row(self) -> w.HBox:
        self.add = button("Add the team")
        self.add.on_click(self._safely(lambda _button: self._add_pressed()))
        return row(self.name, self.add, self.late, self.robots.widget, classes="kit-add")

    def _safely(self, act: Callable[..., None]) -> Callable[..., None]:
        """A callback that loses nothing, and does nothing while the page puts its widgets where the session is."""

        def asked(*args: Any, **kwargs: Any) -> None:
            if not self._drawing:
                act(*args, **kwargs)

        return safely(
            asked, self._lock, lambda sentence: self.foot.say(sentence, trouble=True), words.TROUBLE
        )

    # -------------------------------------------------------------------------------------- drawing

    def redraw(self) -> None:
        """Draw everything as the session has it, and say what could not be drawn."""
        with self._lock:
            trouble = self._drawn_anew()
            if trouble:
                self.foot.say(trouble, trouble=True)

    def _drawn_anew(self) -> str:
        """Draw everything; returns the sentence about what could not be drawn."""
        with self._lock:
            seen, self._drawing = self.seen, True
            try:
                broken = [part for part in self._parts() if not _drawn(part, seen)]
                mark(self.robots.widget, "kit-gone", not seen.rehearsal)
                self.foot.show(words.store_line(self.session, seen.now))
            finally:
                self._drawing = False
            return NOT_DRAWN.format(log_file().name) if broken else ""

    def _parts(self) -> tuple[Any, ...]:
        return (
            self.top, self.table, self.side, self.tally, self.setting, self.results, self.debrief, self.notes,
        )  # fmt: skip

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """One sentence in the status line."""
        with self._lock:
            self.foot.say(sentence, trouble=trouble)

    # ------------------------------------------------------------------------------------- commands

    def do(self, command: Command) -> bool:
        """Have the session do something, say its sentence, and draw what came of it; returns whether it was taken."""
        with self._lock:
            try:
                said = command(self.session)
            except BadInput as error:
                self.foot.say(str(error), trouble=True)
                return False
            trouble = self._drawn_anew()
            self.foot.say(f"{said} {trouble}".strip(), trouble=bool(trouble))
            return True

    def start(self, title: str, work: Work) -> None:
        """Begin something that takes seconds; raises BadInput when something else is under way."""
        with self._lock:
            self.jobs.start(title, work)
            self.foot.started(title)
            self.redraw()

    def _named(self, change: dict[str, Any]) -> None:
        if change["new"].strip():
            self._add(change["new"])

    def _add(self, typed: str) -> None:
        if self.do(lambda session: session.add_team(typed)):
            self._just_added = True
            self.name.value = ""

    def _add_pressed(self) -> None:
        """Leaving the box has taken the name in already; an empty box is told of only when nothing was."""
        if self.name.value.strip() or not self._just_added:
            self._add(self.name.value)
        self._just_added = False

    def _next(self) -> None:
        self._ask_about_refused()
        state = self.session.state
        if state.phase == "decide":
            if not state.teams:
                raise BadInput("No team is in; add one first.")
            if self.do(lambda session: session.next()):
                self.table.forget()
                self._compute()
        elif state.phase == "frozen" and state.now.result is None:
            self._compute()
        else:
            self._move(lambda session: session.next())

    def _ask_about_refused(self) -> None:
        """Raise BadInput, once, when going on would leave behind what was typed and not taken."""
        left = ", ".join(self.session.team(number).name for number in self.table.refused)
        if left and left != self._asked_about:
            self._asked_about = left
            raise BadInput(
                f"{left}: a box holds what was not taken; put it right, or press again to leave it out."
            )
        self._asked_about = ""

    def _back(self) -> None:
        self._move(lambda session: session.back())

    def _move(self, command: Command) -> None:
        if self._computing:
            raise BadInput("Computing is under way; stop it first, or wait a moment.")
        if self.do(command):
            self.table.forget()

    def _undo(self) -> None:
        self._move(lambda session: session.undo())

    def _more_time(self) -> None:
        self.do(lambda session: session.give_minutes(MORE_MINUTES))

    def _clocked(self) -> None:
        clock = self.session.state.clock
        if clock.started is None:
            self.do(lambda session: session.start_clock())
        elif clock.paused:
            self.do(lambda session: session.resume_clock())
        else:
            self.do(lambda session: session.pause_clock())

    def _compute(self) -> None:
        session = self.session
        if reading.only_reads(session):
            raise BadInput(reading.ONLY_READS)

        def compute(tell: Tell, stop: Event) -> str:
            return session.compute(progress=tell, stop=stop)

        self.start("Computing", compute)

    def _written(self, _button: w.Button) -> None:
        self.do(self._report)

    def _report(self, session: Session) -> str:
        path = self.folder / REPORT
        try:
            write_whole(path, report(session).encode())
        except OSError as error:
            raise BadInput(f"{path.name}: could not be written ({error.strerror}).") from error
        return f"Written: {path.name} in {path.parent}."

    # -------------------------------------------------------------------------- what computing tells

    def _told(self, progress: Progress) -> None:
        with self._lock:
            self.foot.told(progress)
        if self._computing:
            self.projecting.computing(progress.done, progress.total, progress.seconds_left)

    def _ended(self, sentence: str, trouble: bool) -> None:  # a callback's two words
        self.projecting.idle()
        with self._lock:
            self.foot.ended()
            try:
                self.redraw()
            except Exception:  # noqa: BLE001  # a thread's exception reaches nobody
                log().exception("drawing after %s", sentence)
            self.foot.say(sentence, trouble=trouble)

    # ------------------------------------------------------------------------------------- sessions

    def turn_to(self, folder: Path) -> None:
        """Let go of this session and open another; raises BadInput, and then this one goes on."""
        if self.jobs.running:
            raise BadInput(f"{self.jobs.title} is under way; stop it first, or wait a moment.")
        if folder == self.folder:
            raise BadInput(f"{folder.name}: is open here already.")
        session = self._opens(folder, self.workshop)
        self.session.close()
        self.session = session
        self._opened("")

    def _new(self) -> None:
        self.turn_to(folders.fresh(self.place, self.workshop, self._clock()))

    def _rehearse(self) -> None:
        self.turn_to(folders.fresh(self.place, self.workshop, self._clock(), rehearsal=True))

    def _opened(self, told: str) -> None:
        """Show a session that has just been opened, and say what there is to say."""
        reads = reading.only_reads(self.session)
        if reads:
            self.projecting.close()
        else:
            reading.settle(self.folder)
            self.projecting.open(self.session, self.folder, self._lock, self.press_next, self.press_back)
        self.top.project(self.projecting.address, reads=reads)
        self.table.forget()
        found, unread = folders.earlier(self.place, self.workshop), folders.unread(self.place)
        self.keeping.show(found, self.folder, reads=reads, unread=unread)
        broken = self._drawn_anew()
        new = len(self.session.events) <= 1
        said = (
            f"A new session begins in {self.folder}."
            if new and not reads
            else words.stands(self.session, reads)
        )
        trouble = " ".join(filter(None, (told, self.session.told, self.projecting.told, unread, broken)))
        self.foot.say(f"{trouble} {said}".strip(), trouble=bool(trouble))

    def press_next(self) -> str:
        """What the main button does, asked for by the projector's space bar; returns what the room may read of it."""
        return self._pressed(self.top.next, self._next)

    def press_back(self) -> str:
        """The same, backwards."""
        return self._pressed(self.top.back, self._back)

    def _pressed(self, shown: w.Button, act: Callable[[], None]) -> str:
        with self._lock:
            if shown.disabled:
                return "The desk has no such step now."
            self._safely(act)()
            return LOOK_AT_THE_DESK if self.foot.trouble else self.foot.said

    def _turn(self, by: int) -> None:
        self.projecting.turn(by)
        self.side.projected.headline(self.projecting.slides, self.projecting.page)

    def _take_over(self) -> None:
        """Ask the page that has the session to let go, and wait until it did."""
        folder = self.folder
        reading.ask_for(folder)
        try:
            session = self._when_free(folder)
        except BadInput:
            reading.settle(folder)
            raise
        self.session = session
        self._opened("")

    def _when_free(self, folder: Path) -> Session:
        looks = int(SECONDS_TO_LET_GO / SECONDS_BETWEEN_LOOKS) * 2
        for _ in range(looks):
            session = self._opens(folder, self.workshop)
            if not reading.only_reads(session):
                return session
            self._closed.wait(SECONDS_BETWEEN_LOOKS / 2)
        raise BadInput("The other page did not let go; close it, and open this one again.")

    def let_go(self) -> None:
        """Leave the session to another page, and only read it from now on."""
        with self._lock:
            self.jobs.stop()
        self.jobs.wait(SECONDS_TO_LET_GO)
        with self._lock:
            folder = self.folder
            self.projecting.close()
            self.session.close()
            self.session = reading.watched(folder, self.workshop)
            self._opened("")
            self.foot.say(LET_GO, trouble=True)

    def _watch(self) -> None:
        looks = 0
        while not self._closed.wait(SECONDS_BETWEEN_LOOKS):
            looks += 1
            try:
                self.look(tick=looks % LOOKS_BETWEEN_TICKS == 0)
            except Exception:  # noqa: BLE001  # a thread's exception reaches nobody
                log().exception("watching")

    def look(self, *, tick: bool = True) -> None:
        """See whether another page asks for the session; with `tick`, follow the clock, or what the other page did."""
        asked = reading.asked_for(self.folder)
        if reading.only_reads(self.session):
            self._have_if_free(asked)
        elif asked:
            self.let_go()
        self.side.projected.headline(self.projecting.slides, self.projecting.page)
        if not tick:
            return
        with self._lock:
            if reading.only_reads(self.session):
                self._look_again()
            seen = self.seen
            self.top.tick(seen)
            self.foot.show(words.store_line(self.session, seen.now))

    def _have_if_free(self, asked: bool) -> None:  # whether another page asks for it
        """Have the session when the page that had it is gone and no other asks for it."""
        if asked or not reading.is_free(self.folder):
            return
        with self._lock:
            self.session = self._opens(self.folder, self.workshop)
            self._opened("")
            self.foot.say(FREE)

    def _look_again(self) -> None:
        before = len(self.session.events)
        self.session = reading.watched(self.folder, self.workshop)
        if len(self.session.events) != before:
            self.redraw()


REPORT_HOW = (
    "<h4>Report</h4><p>Boards, forecasters' cup, what the debrief looked at, and the notes, as a page of text in the "
    "session's folder. It can be written at any time, and again.</p>"
)


def _drawn(part: Any, seen: Seen) -> bool:
    """Have a part of the page drawn, so that the others are whatever becomes of it; whether it was."""
    try:
        part.show(seen)
    except Exception:  # noqa: BLE001  # one part must not take the page with it
        log().exception("drawing %s", type(part).__name__)
        return False
    return True


def _switch(words_: str) -> w.Checkbox:
    made = w.Checkbox(description=words_, indent=False, layout=w.Layout(width="auto", margin="0"))
    made.add_class("kit-switch")
    return made
