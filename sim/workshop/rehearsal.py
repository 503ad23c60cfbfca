"""A workshop played from end to end by robot teams, through the same session that a desk uses."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from sim.scenario import BadInput
from sim.scenario.files import write_whole
from sim.workshop import robots
from sim.workshop.board import board
from sim.workshop.forecast import cup
from sim.workshop.pace import elapsed
from sim.workshop.refused import Refused
from sim.workshop.report import report
from sim.workshop.rounds import warm_up
from sim.workshop.session import Session
from sim.workshop.source import PHASES, Phase, Round, Workshop
from sim.workshop.store import NAME, now, read_only

REPORT = "report.md"
Tell = Callable[[str], None]
Sleep = Callable[[float], object]


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal came to: events `acknowledged` to the players, events `stored`, and seconds each round took."""

    workshop: str
    teams: int
    rounds: int
    acknowledged: int
    stored: int
    round_seconds: tuple[float, ...]
    file: Path
    report: Path


def rehearse(
    workshop: Workshop,
    folder: Path,
    *,
    real_time: bool = False,
    tell: Tell = lambda _: None,
    sleep: Sleep | None = None,
    stop: Event | None = None,
    workers: int | None = None,
) -> Rehearsal:
    """Play a workshop with robot teams in a folder that holds no session yet, and leave its file and its report there.

    Args:
        workshop: to play.
        folder: made if it is not there.
        real_time: at the pace of the run sheet, else as fast as it goes.
        tell: is given every sentence.
        sleep: waits for some seconds; usually until `stop` is set, at most.
        stop: ends it when set; what was played so far is kept.
        workers: processes; None for all cores.

    Raises:
        BadInput: in one sentence, when the folder holds a session already or cannot be written, or it was stopped.
    """
    path = Path(folder) / NAME
    if path.exists():
        raise BadInput(f"{path.name}: a session is in this folder already; choose another folder.")
    with Session.open(Path(folder), workshop) as session:
        stop = stop or Event()
        play = _Play(session, tell, (sleep or stop.wait) if real_time else None, stop, workers)
        play.seat()
        seconds = [play.round() for _ in workshop.rounds]
        written = Path(folder) / REPORT
        write_whole(written, report(session).encode())
        teams, acknowledged = len(session.state.teams), len(session.events)
    stored = len(read_only(path))
    return Rehearsal(
        workshop.name, teams, len(workshop.rounds), acknowledged, stored, tuple(seconds), path, written
    )


@dataclass(frozen=True)
class _Play:
    """One rehearsal: with whom, who is told, and how to wait, None for not at all."""

    session: Session
    tell: Tell
    sleep: Sleep | None
    stop: Event
    workers: int | None

    def seat(self) -> None:
        self.session.start_clock()
        self._say(*robots.seat(self.session))
        warm_up(
            self.session.workshop.today, self.workers, self.stop
        )  # as a desk does while teams find their names

    def round(self) -> float:
        """Play the round that is next or under way; returns the seconds that computing it took."""
        session = self.session
        if session.state.phase == "debrief":
            self._wait_for("brief", session.workshop.rounds[session.round_number])
            self._say(session.next())
        self._wait_for("predict")
        self._say(session.next(), *robots.predict(session))
        self._wait_for("decide")
        self._say(session.next(), *robots.decide(session))
        self._wait_for("frozen")
        self._say(session.next(), *robots.come_late(session))
        started = time.monotonic()
        self._say(session.compute(stop=self.stop, workers=self.workers))
        took = time.monotonic() - started
        while session.state.phase != "debrief":
            self._wait_for("reveal" if session.state.phase == "computed" else "debrief")
            self._say(session.next())
        self._say(board(session).headline, cup(session, session.round.id).headline)
        return took

    def _say(self, *sentences: str) -> None:
        for sentence in sentences:
            self.tell(sentence)

    def _wait_for(self, phase: Phase, where: Round | None = None) -> None:
        """At the pace of the run sheet, wait until it comes to a phase of a round, this one if none is given."""
        if self.sleep is not None:
            self.sleep(self._seconds_to(phase, where or self.session.round))
        if self.stop.is_set():
            raise Refused("not now", "Stopped; what was played so far is kept.")

    def _seconds_to(self, phase: Phase, where: Round) -> float:
        """Seconds until the run sheet comes to a phase of a round; 0 where it has, or never does."""
        session, at_least = self.session, PHASES.index(phase)
        steps = [step for step in session.workshop.steps if step.round == where.id and step.phase]
        times = [step.at for step in steps if step.phase and PHASES.index(step.phase) >= at_least]
        return max(0.0, 60 * (times[0] - elapsed(session.state.clock, now()))) if times else 0.0
