"""Work in the background: tasks that stream through a pool of processes; a newer run ends an older.

Jupyter calls back in the main thread or in others, under one event loop or another, and its threads must stay free
for the levers. So a run has a thread of its own, needs no event loop, and simulates in the processes of a pool.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Event, Lock, Thread
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from sim.experiment.replications import executor
from sim.flow import GETTING_READY, Engine, prepare
from sim.views.room.log import log

State = Literal["running", "finished", "stopped"]
PAUSE = 0.15
"""Seconds a lever has to rest before whole weeks are run."""
TICK = 0.1
Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)


class Call(NamedTuple):
    """What a process is to call, and what is to be done with what it returns."""

    run: Callable[..., Any]
    arguments: tuple[Any, ...]
    keep: Callable[[Any], None]


class Task(Protocol):
    """A piece of work for one process, which is done only once."""

    @property
    def weeks(self) -> int:
        """How many it simulates, as a measure of how long it takes."""

    def known(self) -> bool:
        """Whether its result is remembered."""

    def call(self, engine: Engine) -> Call:
        """What is to be called for it now; only the arguments are sent to the process."""


class Work(Protocol[Found_co]):
    """All that one run does, and what is known of it so far."""

    def tasks(self) -> Sequence[Task]:
        """In the order in which they are wanted."""

    def glance(self, run: int, engine: Callable[[], Engine]) -> Found_co | None:
        """A first look, within a blink; None where more is known already."""

    def found(self, run: int, state: State, seconds_left: float | None) -> Found_co | None:
        """What is known; None where there is nothing to tell."""


@dataclass
class Job(Generic[Found]):
    """One run, and whether it is to end."""

    run: int
    work: Work[Found]
    halt: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    replaced: bool = False

    def done(self) -> bool:
        """Whether nothing is missing."""
        return all(task.known() for task in self.work.tasks())


class Runner(Generic[Found]):
    """Does work and tells what it found; only the newest run counts.

    Args:
        tell: Called from the run's thread with what was found so far.
        failed: Called from the run's thread when a run broke; its details are in the log.
        says: Called from the run's thread with a sentence about how runs are run, empty when it no longer holds.
        workers: Processes; all cores by default.
    """

    def __init__(
        self,
        tell: Callable[[Found], None],
        failed: Callable[[int], None],
        says: Callable[[str], None],
        *,
        workers: int | None = None,
    ) -> None:
        self._tell, self._failed, self._says = tell, failed, says
        self._workers = workers or os.cpu_count() or 1
        self._lock, self._looking = Lock(), Lock()
        self._numbers = count(1)
        self._job: Job[Found] | None = None
        self._closed = False

    @property
    def newest(self) -> int:
        """The number of the newest run, 0 before the first."""
        return self._job.run if self._job else 0

    def start(self, work: Work[Found]) -> None:
        """Do this instead of whatever runs; what was done before is not done again."""
        with self._lock:
            self._end()
            self._job = Job(next(self._numbers), work)
            Thread(target=self._run, args=(self._job,), name="control room run", daemon=True).start()

    def stop(self) -> None:
        """End the run and keep what is finished."""
        with self._lock:
            if self._job:
                self._job.halt.set()

    def close(self) -> None:
        """End the run and tell no more."""
        with self._lock:
            self._closed = True
            self._end()

    def wait(self, seconds: float) -> bool:
        """Wait until the newest run has ended; whether it has."""
        job = self._job
        return job is None or job.ended.wait(seconds)

    def _end(self) -> None:
        if self._job:
            self._job.replaced = True
            self._job.halt.set()

    def _run(self, job: Job[Found]) -> None:
        try:
            self._glance(job)
            self._report(job, "running", None)
            if not job.halt.wait(PAUSE):
                for seconds_left in self._stream(job):
                    self._report(job, "running", seconds_left)
            self._report(job, "finished" if job.done() else "stopped", None)
        except Exception:  # noqa: BLE001  # a thread's exception reaches nobody: it is logged, and told in a sentence
            log().exception("run %s of %s", job.run, job.work)
            if not job.replaced:
                self._failed(job.run)
        finally:
            job.ended.set()

    def _glance(self, job: Job[Found]) -> None:
        """A first look; one at a time, and then the newest.

        What is under way when a lever moves on is told all the same: while it is dragged, pictures follow.
        """
        with self._looking:
            if job.replaced:
                return
            found = job.work.glance(job.run, self._engine)
            if found is not None and not self._closed:
                self._tell(found)

    def _report(self, job: Job[Found], state: State, seconds_left: float | None) -> None:
        if job.replaced:
            return
        found = job.work.found(job.run, state, seconds_left)
        if found is not None:
            self._tell(found)

    def _engine(self) -> Engine:
        """The engine, ready; making machine code for the first time takes a while, which is said while it does."""
        said = [""]

        def say(sentence: str) -> None:
            said.append(sentence)
            self._says(sentence)

        engine = prepare(tell=say)
        if said[-1] == GETTING_READY:
            self._says("")
        return engine

    def _stream(self, job: Job[Found]) -> Iterator[float]:
        """Do what is not remembered; after every finished task, the seconds left."""
        missing = [task for task in job.work.tasks() if not task.known()]
        coming, started = iter(missing), time.monotonic()
        done, left = 0, sum(task.weeks for task in missing)
        under_way: dict[Future[Any], tuple[int, Call]] = {}
        try:
            while not job.halt.is_set():
                # A few more than there are workers: none idles, and a newer run has little to wait for.
                while len(under_way) <= self._workers and (task := next(coming, None)) is not None:
                    call = task.call(self._engine())
                    under_way[self._submitted(call)] = task.weeks, call
                if not under_way:
                    return
                finished = wait(under_way, timeout=TICK, return_when=FIRST_COMPLETED).done
                for future in finished:
                    weeks, call = under_way.pop(future)
                    call.keep(
                        future.result()
                    )  # again, for whoever hears of a result first may not be the one who keeps it
                    done, left = done + weeks, left - weeks
                if finished:
                    yield (time.monotonic() - started) / done * left
        finally:
            for future in under_way:
                future.cancel()

    def _submitted(self, call: Call) -> "Future[Any]":
        """Start a call in the pool; what it finds is remembered even if its run is replaced meanwhile."""
        pool: Executor = executor(self._workers)
        future = pool.submit(call.run, *call.arguments)
        future.add_done_callback(partial(_kept, call.keep))
        return future


def _kept(keep: Callable[[Any], None], future: "Future[Any]") -> None:
    if not future.cancelled() and future.exception() is None:
        keep(future.result())
