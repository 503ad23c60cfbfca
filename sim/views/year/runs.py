"""Seasons in the background: replications that stream in; a newer choice ends an older run.

A run has a thread of its own and simulates in the processes of a pool, so that Jupyter's threads stay free. What was
lived through is remembered: another plan begins in the same settled operations, and now is not run again for it.
"""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Event, Lock, Thread
from typing import Any, Literal

from sim.experiment.replications import executor
from sim.experiment.seasons import Seasons
from sim.flow import GETTING_READY, Engine, prepare
from sim.scenario import Scenario
from sim.season.contract import State as Operation
from sim.season.summary import SeasonSummary
from sim.views.background_seasons import Lived, seasons_after, seasons_from
from sim.views.room.log import log

State = Literal["running", "finished", "stopped"]
PAUSE = 0.15
"""Seconds a choice has to rest before it is run."""
TICK = 0.1
MOST_OPERATIONS = 60
"""Settled operations kept, of a few megabytes each."""
MOST_SEASONS = 2000


@dataclass(frozen=True)
class Found:
    """What a run found so far; `run` numbers the runs of a page, so that a late answer can be told."""

    run: int
    seasons: Seasons
    weeks: int
    total: int
    state: State
    seconds_left: float | None = None

    @property
    def done(self) -> int:
        """Replications that both sides have finished."""
        return len(self.seasons.summaries)


def world(scenario: Scenario) -> object:
    """What a season depends on: not its name, and not its title."""
    return scenario.plan, scenario.assumptions, scenario.events


class Kept:
    """Things by their key, the oldest forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[object, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Any:
        """The thing of that key, None if it is not there."""
        with self._lock:
            return self._things.get(key)

    def keep(self, key: object, thing: object) -> None:
        """Remember a thing."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)


@dataclass
class Job:
    """One run: what is asked for, and whether it is to end."""

    run: int
    now: Scenario
    plan: Scenario
    weeks: int
    total: int
    halt: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    replaced: bool = False

    def plans(self) -> list[Scenario]:
        """The scenarios to live through: one where both are the same."""
        return [self.now] if world(self.now) == world(self.plan) else [self.now, self.plan]


@dataclass(frozen=True)
class Part:
    """A replication, and the scenarios that it still has to live through."""

    number: int
    plans: list[Scenario]


class Runner:
    """Lives through now and plan on common luck and tells what it found; only the newest run counts.

    Args:
        tell: Called from the run's thread with what was found so far.
        failed: Called from the run's thread when a run broke; its details are in the log.
        says: Called from the run's thread with a sentence about how runs are run, empty when it no longer holds.
        settle: Weeks in which now settles before both begin.
        seed: Of all luck.
        workers: Processes; all cores by default.
    """

    def __init__(
        self,
        tell: Callable[[Found], None],
        failed: Callable[[int], None],
        says: Callable[[str], None],
        *,
        settle: int,
        seed: int = 1,
        workers: int | None = None,
    ) -> None:
        self._tell, self._failed, self._says = tell, failed, says
        self._settle, self._seed = settle, seed
        self._workers = workers or os.cpu_count() or 1
        self._operations, self._lived = Kept(MOST_OPERATIONS), Kept(MOST_SEASONS)
        self._lock = Lock()
        self._numbers = count(1)
        self._job: Job | None = None
        self._closed = False

    @property
    def newest(self) -> int:
        """The number of the newest run, 0 before the first."""
        return self._job.run if self._job else 0

    def start(self, now: Scenario, plan: Scenario, weeks: int, total: int) -> None:
        """Live through both sides `total` times, instead of whatever runs; nothing is run twice."""
        with self._lock:
            self._end()
            self._job = Job(next(self._numbers), now, plan, weeks, total)
            Thread(target=self._run, args=(self._job,), name="year run", daemon=True).start()

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

    def _run(self, job: Job) -> None:
        try:
            if not job.halt.wait(PAUSE):
                self._report(job, "running", None)
                for seconds_left in self._stream(job, self._engine()):
                    self._report(job, "running", seconds_left)
            self._report(job, "finished" if len(self._pairs(job)) == job.total else "stopped", None)
        except Exception:  # noqa: BLE001  # a thread's exception reaches nobody: it is logged, and told in a sentence
            log().exception("run %s of %s and %s", job.run, job.now.name, job.plan.name)
            if not job.replaced:
                self._failed(job.run)
        finally:
            job.ended.set()

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

    def _report(self, job: Job, state: State, seconds_left: float | None) -> None:
        if job.replaced or self._closed:
            return
        seasons = Seasons((job.now, job.plan), self._pairs(job), state == "stopped")
        self._tell(Found(job.run, seasons, job.weeks, job.total, state, seconds_left))

    # ------------------------------------------------------------------------------ what is remembered

    def _begins(self, job: Job, number: int) -> object:
        return world(job.now), number

    def _season(self, job: Job, plan: Scenario, number: int) -> object:
        return world(job.now), world(plan), job.weeks, number

    def _missing(self, job: Job, number: int) -> list[Scenario]:
        """The scenarios that a replication still has to live through."""
        return [plan for plan in job.plans() if self._lived.get(self._season(job, plan, number)) is None]

    def _pairs(self, job: Job) -> tuple[tuple[SeasonSummary, SeasonSummary], ...]:
        """Both sides of the replications that both have finished, in order."""
        found = [
            tuple(self._lived.get(self._season(job, plan, number)) for plan in (job.now, job.plan))
            for number in range(job.total)
        ]
        return tuple((now, plan) for now, plan in found if now and plan)

    def _keep(self, job: Job, part: Part, lived: Lived) -> None:
        begins, summaries = lived
        self._operations.keep(self._begins(job, part.number), begins)
        for plan, summary in zip(part.plans, summaries, strict=True):
            self._lived.keep(self._season(job, plan, part.number), summary)

    # ---------------------------------------------------------------------------------- in the pool

    def _stream(self, job: Job, engine: Engine) -> Iterator[float]:
        """Run what is not remembered; after every finished replication, the seconds left."""
        missing = [number for number in range(job.total) if self._missing(job, number)]
        coming, started, done = iter(missing), time.monotonic(), 0
        under_way: dict[Future[Lived], Part] = {}
        try:
            while not job.halt.is_set():
                while len(under_way) < self._workers and (number := next(coming, None)) is not None:
                    part = Part(number, self._missing(job, number))
                    under_way[self._submitted(job, part, engine)] = part
                if not under_way:
                    return
                finished = wait(under_way, timeout=TICK, return_when=FIRST_COMPLETED).done
                for future in finished:
                    self._keep(job, under_way.pop(future), future.result())
                    done += 1
                if finished:
                    yield (time.monotonic() - started) / done * (len(missing) - done)
        finally:
            for future in under_way:
                future.cancel()

    def _submitted(self, job: Job, part: Part, engine: Engine) -> "Future[Lived]":
        """Start a replication in the pool; what it finds is remembered even if its run is replaced meanwhile."""
        pool: Executor = executor(self._workers)
        begins: Operation | None = self._operations.get(self._begins(job, part.number))
        if begins is not None:
            future = pool.submit(seasons_from, begins, part.plans, job.weeks, engine)
        else:
            future = pool.submit(
                seasons_after, job.now, self._settle, part.number, self._seed, part.plans, job.weeks, engine
            )
        future.add_done_callback(partial(self._finished_late, job, part))
        return future

    def _finished_late(self, job: Job, part: Part, future: "Future[Lived]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._keep(job, part, future.result())
