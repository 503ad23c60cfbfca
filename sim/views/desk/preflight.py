"""Before the room comes: is the kit warm, can the folder be written, does the projector answer?"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

import ipywidgets as w

from sim.experiment import Progress
from sim.flow import prepare
from sim.scenario import BadInput
from sim.views.desk.jobs import Tell, Work
from sim.views.room.parts import Safely, button, column, row, tag, text
from sim.workshop.rehearsal import rehearse
from sim.workshop.rounds import play
from sim.workshop.session import Session

WEEKS = 2
SECONDS_TO_ANSWER = 3
LOOKED_AT = (
    "The booklet is printed",
    "The back row can read the projector",
    "On the projector no letter is an empty box: ● ◆ ▲ ▼ − ± –",
    "The sound is off",
)
HOW = "Ten minutes before the room comes, press this. The first time it may take a minute."


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is fine, and a sentence."""

    fine: bool
    sentence: str


def checks(session: Session, address: str, stop: Event) -> Iterator[Check]:
    """Everything that a page can see to by itself, one by one."""
    for look in (_warm, _cores, _folder, _file):
        if stop.is_set():
            return
        try:
            yield look(session)
        except BadInput as error:
            yield Check(False, str(error))
    yield _projector(address)


def _warm(_session: Session) -> Check:
    said: list[str] = []
    engine = prepare(tell=said.append)
    return Check(
        engine != "simpy",
        f"Engine: {engine}, ready." if engine != "simpy" else " ".join(said) or "Engine: simpy.",
    )


def _cores(session: Session) -> Check:
    started = time.monotonic()
    today = session.workshop.today
    play({}, today=today, replications=WEEKS, seed=session.workshop.seed)
    return Check(True, f"Computing: works; {WEEKS} weeks in {max(0.1, time.monotonic() - started):.1f} s.")


def _folder(session: Session) -> Check:
    probe = session.store.path.with_name(".probe")
    try:
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as error:
        return Check(False, f"Folder: {probe.parent.name} cannot be written ({error.strerror}).")
    return Check(True, f"Folder: {probe.parent.name} can be written.")


def _file(session: Session) -> Check:
    stored, known = session.store.stored(), len(session.events)
    return Check(stored == known, f"File: {stored} of {known} events are on the disk.")


def _projector(address: str) -> Check:
    if not address:
        return Check(False, "Projector: has no page; the booklet and the wall charts stand in.")
    try:
        with urlopen(address, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310  # our own page, on this computer
            return Check(answer.status == 200, f"Projector: answers at {address}.")
    except (URLError, OSError):
        return Check(False, f"Projector: does not answer at {address}; open the desk again.")


class Preflight:
    """The sheet of checks; `start` begins work, `session` and `address` say of what."""

    def __init__(
        self,
        start: Callable[[str, Work], None],
        session: Callable[[], Session],
        address: Callable[[], str],
        rehearse_here: Callable[[], None],
        safely: Safely,
    ) -> None:
        self._start, self._session, self._address = start, session, address
        self.check = button("Check everything", "kit-main")
        self.room, self.here = button("Play the robot room"), button("Rehearse on this page")
        self.check.on_click(safely(lambda _button: self._start("Checking", self._work())))
        self.room.on_click(safely(lambda _button: self._start("Robot room", self._robot_room())))
        self.here.on_click(safely(lambda _button: rehearse_here()))
        self.found = text("", "kit-checks")
        self.ticks = [_tick(words) for words in LOOKED_AT]
        self.widget: w.VBox = column(
            text(tag("h4", "Before the room comes") + tag("p", HOW)),
            row(self.check), self.found,
            text(tag("h4", "Look yourself")), *self.ticks,
            text(tag("h4", "Rehearse") + tag("p", ROOM)), row(self.room, self.here),
        )  # fmt: skip

    def _work(self) -> Work:
        session, address = self._session(), self._address()

        def work(tell: Tell, stop: Event) -> str:
            found: list[Check] = []
            for check in checks(session, address, stop):
                found.append(check)
                self.found.value = listed(found)
                tell(Progress(len(found), 5, None))
            amiss = [check.sentence for check in found if not check.fine]
            return (
                f"Checked, {len(amiss)} to see to: {amiss[0]}" if amiss else "Checked: everything is ready."
            )

        return work

    def _robot_room(self) -> Work:
        session = self._session()
        folder = _free(session.store.path.parent.parent, f"{session.workshop.name}-robot-room")

        def work(tell: Tell, stop: Event) -> str:
            done = [0]

            def told(_sentence: str) -> None:
                done[0] += 1
                tell(Progress(min(done[0], 110), 120, None))

            found = rehearse(session.workshop, folder, tell=told, stop=stop)
            longest = max(found.round_seconds)
            return (
                f"{found.teams} robot teams played {found.rounds} rounds: {found.stored} of {found.acknowledged} "
                f"events are on the disk, computing took {longest:.1f} s at most. "
                f"Report: {folder.name}/{found.report.name}."
            )

        return work


ROOM = (
    "“Play the robot room” plays the whole workshop by itself, in a folder of its own. “Rehearse on this page” opens a "
    "rehearsal here, whose teams are robots and fill in their cards when you ask them to."
)


def listed(found: Sequence[Check]) -> str:
    """Checks with their marks, as HTML."""
    items = [
        tag("li", f"{'✓' if each.fine else '✕'} {each.sentence}", "kit-said" if each.fine else "kit-error")
        for each in found
    ]
    return f'<ul aria-label="What was checked">{"".join(items)}</ul>'


def _tick(words: str) -> w.Checkbox:
    made = w.Checkbox(description=words, indent=False, layout=w.Layout(width="auto", margin="0"))
    made.add_class("kit-switch")
    return made


def _free(place: Path, stem: str) -> Path:
    folder, number = place / stem, 1
    while folder.exists():
        number += 1
        folder = place / f"{stem}-{number}"
    return folder
