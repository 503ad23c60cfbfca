"""Runs in the background: a first look within a blink, then replications that stream in; a newer run ends an older.

Jupyter calls back in the main thread or in others, under one event loop or another, and its threads must stay free
for the levers. So a run has a thread of its own, needs no event loop, and simulates in the processes of a pool.
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
from typing import Literal

from sim.experiment import Comparison, Results, Span
from sim.experiment.replications import executor, one
from sim.flow import GETTING_READY, Engine, prepare
from sim.measures import Summary
from sim.scenario import Scenario
from sim.views.background import replication
from sim.views.room.log import log
from sim.views.room.worlds import average_day
from sim.views.still import is_same

State = Literal["running", "finished", "stopped"]
GLANCE = Span(weeks=1, warm_up=1, follow_up=True)
"""Of the average day: once so that its unsettled issues come back, once to count, once to see them end."""
PAUSE = 0.15
"""Seconds a lever has to rest before whole weeks are run."""
MOST_REMEMBERED = 2000
TICK = 0.1


@dataclass(frozen=True)
class Found:
    """What a run found so far; `run` numbers the runs of a page, so that a late answer can be told.

    `glance`: it rests on one average day; otherwise on whole weeks.
    """

    run: int
    now: Results
    plan: Results
    glance: bool
    total: int
    state: State
    seconds_left: float | None = None

    @property
    def done(self) -> int:
        """Replications of whole weeks that both sides have finished."""
        return 0 if self.glance else len(self.plan.summaries)

    @property
    def same(self) -> bool:
        """Whether the plan is the same as now."""
        return is_same(self.comparison)

    @property
    def comparison(self) -> Comparison:
        """Plan against now."""
        return Comparison(self.now, self.plan)


def world(scenario: Scenario) -> tuple[object, object]:
    """What a run depends on: not its name, and not its title."""
    return scenario.plan, scenario.assumptions


Tell = Callable[[Found], None]


@dataclass(frozen=True)
class Side:
    """An operation as it is run, and the number its world is remembered by."""

    world: int
    scenario: Scenario


Task = tuple[Side, int]


class Memory:
    """Summaries by what was run, the oldest forgotten first."""

    def __init__(self) -> None:
        self.most = MOST_REMEMBERED
        self._worlds: dict[object, int] = {}
        self._kept: OrderedDict[tuple[int, int], Summary] = OrderedDict()
        self._lock = Lock()

    def side(self, scenario: Scenario) -> Side:
        """A scenario by the number of its world, so that it is compared in full only once."""
        with self._lock:
            return Side(self._worlds.setdefault(world(scenario), len(self._worlds)), scenario)

    def get(self, side: Side, replication: int) -> Summary | None:
        """The summary of a replication, if it has been run."""
        with self._lock:
            return self._kept.get((side.world, replication))

    def keep(self, side: Side, replication: int, summary: Summary) -> None:
        """Remember a replication."""
        with self._lock:
            self._kept[side.world, replication] = summary
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)


@dataclass
class Job:
    """One run: what is asked for, and whether it is to end."""

    run: int
    now: Side
    plan: Side
    total: int
    halt: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    replaced: bool = False

    def tasks(self) -> list[Task]:
        """Every replication of both sides, pair by pair."""
        sides = [self.now] if self.now.world == self.plan.world else [self.now, self.plan]
        return [(side, number) for number in range(self.total) for side in sides]


class Runner:
    """Runs now and plan on common luck and tells what it found; only the newest run counts.

    Args:
        tell: Called from the run's thread with what was found so far.
        failed: Called from the run's thread when a run broke; its details are in the log.
        says: Called from the run's thread with a sentence about how runs are run, empty when it no longer holds.
        seed: Of all luck.
        workers: Processes; all cores by default.
    """

    def __init__(
        self,
        tell: Tell,
        failed: Callable[[int], None],
        says: Callable[[str], None],
        *,
        seed: int = 1,
        workers: int | None = None,
    ) -> None:
        self._tell = tell
        self._failed = failed
        self._says = says
        self._seed = seed
        self._workers = workers or os.cpu_count() or 1
        self._memory = Memory()
        self._lock = Lock()
        self._looking = Lock()
        self._numbers = count(1)
        self._job: Job | None = None
        self._closed = False

    @property
    def newest(self) -> int:
        """The number of the newest run, 0 before the first."""
        return self._job.run if self._job else 0

    def start(self, now: Scenario, plan: Scenario, total: int) -> None:
        """Run both sides `total` times, instead of whatever runs; what was run before is not run again."""
        with self._lock:
            self._end()
            self._memory.most = max(MOST_REMEMBERED, 4 * total)
            sides = self._memory.side(now), self._memory.side(plan)
            self._job = Job(next(self._numbers), *sides, total)
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

    def _run(self, job: Job) -> None:
        try:
            self._glance(job)
            self._weeks(job)
        except Exception:  # noqa: BLE001  # a thread's exception reaches nobody: it is logged, and told in a sentence
            log().exception("run %s of %s and %s", job.run, job.now.scenario.name, job.plan.scenario.name)
            if not job.replaced:
                self._failed(job.run)
        finally:
            job.ended.set()

    # -------------------------------------------------------------------------------- first look

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

    def _glance(self, job: Job) -> None:
        """Show one average day, unless whole weeks are known; one at a time, and then the newest.

        What is under way when a lever moves on is told all the same: while it is dragged, pictures follow.
        """
        with self._looking:
            if job.replaced or self._pairs(job)[0]:
                return
            now, plan = (Results(side.scenario, (self._day(side),)) for side in (job.now, job.plan))
            if not self._closed:
                self._tell(Found(job.run, now, plan, True, job.total, "running"))

    def _day(self, side: Side) -> Summary:
        day = self._memory.side(average_day(side.scenario))
        known = self._memory.get(day, 0)
        if known is None:
            known = one([day.scenario], 0, self._seed, GLANCE, self._engine()).summaries[0]
            self._memory.keep(day, 0, known)
        return known

    # ------------------------------------------------------------------------------- whole weeks

    def _weeks(self, job: Job) -> None:
        self._report(job, "running", None)
        if not job.halt.wait(PAUSE):
            for seconds_left in self._stream(job):
                self._report(job, "running", seconds_left)
        done = len(self._pairs(job)[0])
        self._report(job, "finished" if done == job.total else "stopped", None)

    def _report(self, job: Job, state: State, seconds_left: float | None) -> None:
        """Tell about the pairs that are complete; of a run that ended, even if there are none."""
        now, plan = self._pairs(job)
        if job.replaced or (not now and state == "running"):
            return
        stopped = state == "stopped"
        sides = Results(job.now.scenario, now, stopped), Results(job.plan.scenario, plan, stopped)
        self._tell(Found(job.run, *sides, False, job.total, state, seconds_left))

    def _pairs(self, job: Job) -> tuple[tuple[Summary, ...], tuple[Summary, ...]]:
        """Both sides of the replications that both have finished, in order."""
        found = [
            (now, plan)
            for number in range(job.total)
            if (now := self._memory.get(job.now, number)) and (plan := self._memory.get(job.plan, number))
        ]
        return tuple(now for now, _ in found), tuple(plan for _, plan in found)

    def _stream(self, job: Job) -> Iterator[float]:
        """Run what is not remembered; after every finished task, the seconds left."""
        missing = [task for task in job.tasks() if self._memory.get(*task) is None]
        coming, started, done = iter(missing), time.monotonic(), 0
        under_way: dict[Future[Summary], Task] = {}
        try:
            while not job.halt.is_set():
                # A few more than there are workers: none idles, and a newer run has little to wait for.
                while len(under_way) <= self._workers and (task := next(coming, None)) is not None:
                    under_way[self._submitted(task)] = task
                if not under_way:
                    return
                finished = wait(under_way, timeout=TICK, return_when=FIRST_COMPLETED).done
                for future in finished:
                    self._memory.keep(*under_way.pop(future), future.result())
                    done += 1
                if finished:
                    yield (time.monotonic() - started) / done * (len(missing) - done)
        finally:
            for future in under_way:
                future.cancel()

    def _submitted(self, task: Task) -> Future[Summary]:
        """Start a task in the pool; what it finds is remembered even if its run is replaced meanwhile."""
        pool: Executor = executor(self._workers)
        side, number = task
        future = pool.submit(replication, side.scenario, number, self._seed, self._engine())
        future.add_done_callback(partial(self._finished_late, task))
        return future

    def _finished_late(self, task: Task, future: Future[Summary]) -> None:
        if not future.cancelled() and future.exception() is None:
            self._memory.keep(*task, future.result())
