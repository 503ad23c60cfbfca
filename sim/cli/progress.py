"""How far long work has come, and a way to stop it: a bar on a terminal, a few plain lines elsewhere."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from rich.text import Text

from sim.cli.screen import err, fit, tell
from sim.experiment import Progress

LINES = 5
"""How many lines of progress long work prints where there is no terminal to draw a bar in."""

BELIEVED = 3
"""Parts done before the time left is told: the first ones wait for other processes to start."""

BAR = 12
"""Width of the bar, in characters."""


class Stopped(Exception):
    """Stopped before there was anything to keep; `str()` says so in a sentence."""


@dataclass(frozen=True)
class Work:
    """Long work as it is announced: of how many parts, what a part is called, and what stopping does."""

    total: int
    opening: str
    part: str = "Replication"
    at_most: bool = False

    def how_far(self, progress: Progress) -> str:
        """How far it has come: "Replication 7 of 20, 4 s left"."""
        words = f"{self.part} {progress.done} of {'at most ' if self.at_most else ''}{progress.total}"
        if progress.seconds_left is None or not BELIEVED <= progress.done < progress.total:
            return words
        return f"{words}, {time_left(progress.seconds_left)} left"


def time_left(seconds: float) -> str:
    """A length of time in words: 4 s, 3 min."""
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{round(seconds / 60)} min"


class View(Protocol):
    """Somewhere to show progress."""

    def show(self, progress: Progress, words: str = "") -> None:
        """Show how far the work has come, and a few words on what it found so far."""


def view_of(work: Work) -> AbstractContextManager[View]:
    """A bar where standard error is a terminal, a few plain lines elsewhere; it shows at once."""
    if sys.stderr.isatty():
        return _bar(work)
    tell(work.opening)
    return nullcontext(_Lines(work))


@dataclass(frozen=True)
class _Lines:
    work: Work

    def show(self, progress: Progress, words: str = "") -> None:
        step = max(1, progress.total // LINES)
        if progress.done == 1 or progress.done % step == 0:
            tell(f"{self.work.how_far(progress)}. {words}".strip())


@contextmanager
def _bar(work: Work) -> Iterator[View]:
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as RichProgress

    def shown(words: str) -> str:
        return fit(Text(words), sys.stderr).plain

    class Bar:
        def show(self, progress: Progress, words: str = "") -> None:
            bar.update(task, completed=progress.done, far=shown(work.how_far(progress)), found=shown(words))

    columns = (
        BarColumn(BAR),
        TextColumn("{task.fields[far]}", markup=False),
        TextColumn("{task.fields[found]}", markup=False),
    )
    with RichProgress(*columns, console=err(), transient=True) as bar:
        start = work.how_far(Progress(0, work.total, None))
        task = bar.add_task("", total=work.total, far=start, found="Ctrl-C stops")
        yield Bar()


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that the first Ctrl-C sets; the second ends the command at once."""
    stop = Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def halt(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, halt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
