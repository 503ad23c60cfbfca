"""Independent replications of scenarios on common luck, here or on all cores, with the same numbers."""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from threading import Event
from typing import Any, Protocol

from sim.flow import Engine, prepare, weeks
from sim.measures import Summary, summarise
from sim.scenario import Scenario


@dataclass(frozen=True)
class Span:
    """What one replication simulates: weeks to warm up, weeks that count, and one to see issues to their end."""

    weeks: int = 1
    warm_up: int = 1
    follow_up: bool = True

    def summaries(
        self, scenarios: Sequence[Scenario], replication: int, seed: int, engine: Engine
    ) -> tuple[Summary, ...]:
        """One replication of every scenario, on the same luck."""
        return tuple(self._summary(scenario, replication, seed, engine) for scenario in scenarios)

    def _summary(self, scenario: Scenario, replication: int, seed: int, engine: Engine) -> Summary:
        run = list(weeks(scenario, seed, replication, self.warm_up + self.weeks, self.follow_up, engine))
        return summarise(scenario, run, self.warm_up, self.weeks)


class Run(Protocol):
    """What a replication simulates and how it is told in brief: a few weeks, or many months."""

    def summaries(
        self, scenarios: Sequence[Scenario], replication: int, seed: int, engine: Engine
    ) -> tuple[Any, ...]:
        """One replication of every scenario, on the same luck; each brief has `values` by measure."""
        ...


@dataclass(frozen=True)
class Progress:
    """How far a run has come; `seconds_left` is None until it can be guessed."""

    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class Done:
    """One replication of all scenarios, on the same luck."""

    replication: int
    summaries: tuple[Any, ...]
    """As the run tells them: `Summary` of a span of weeks."""


Report = Callable[[Progress], None]
WEEK = Span()
MOMENT = 0.05
"""Seconds after which a core reports what it has finished."""
MOST_SENT = 16
"""Replications sent to a core together."""


def one(
    scenarios: Sequence[Scenario], replication: int, seed: int, span: Run = WEEK, engine: Engine = "auto"
) -> Done:
    """One replication of every scenario, in this process."""
    return Done(replication, span.summaries(scenarios, replication, seed, engine))


def stream(
    scenarios: Sequence[Scenario],
    replications: Sequence[int],
    *,
    seed: int = 1,
    span: Run = WEEK,
    engine: Engine = "auto",
    workers: int | None = None,
    stop: Event | None = None,
    progress: Report | None = None,
) -> Iterator[Done]:
    """Replications as they finish, in any order; ends early when `stop` is set."""
    engine = prepare(engine)  # here, so that no two workers compile the same
    workers = min(workers or os.cpu_count() or 1, len(replications))
    started = time.monotonic()
    runs = _here if workers < 2 else _on_cores(workers)
    finished_runs = runs(Work(list(scenarios), seed, span, engine), replications, stop or Event())
    for done, finished in enumerate(finished_runs, start=1):
        if progress:
            left = (time.monotonic() - started) / done * (len(replications) - done)
            progress(Progress(done, len(replications), left))
        yield finished


def executor(workers: int) -> Executor:
    """A pool of processes kept for the next call; it needs no main guard in the caller's script."""
    from joblib.externals.loky import get_reusable_executor

    pool: Executor = get_reusable_executor(
        max_workers=workers, timeout=300, initializer=_leave_interrupts_alone
    )
    return pool


@dataclass(frozen=True)
class Work:
    """What all replications of a run have in common."""

    scenarios: list[Scenario]
    seed: int
    span: Run
    engine: Engine

    def one(self, replication: int) -> Done:
        """One replication."""
        return one(self.scenarios, replication, self.seed, self.span, self.engine)

    def some(self, replications: Sequence[int]) -> list[Done]:
        """As many of these as fit in a moment, at least one: short ones would cost more to send than to run."""
        finished, until = [], time.monotonic() + MOMENT
        for replication in replications:
            finished.append(self.one(replication))
            if time.monotonic() > until:
                break
        return finished


def _here(work: Work, replications: Sequence[int], stop: Event) -> Iterator[Done]:
    for replication in replications:
        if stop.is_set():
            return
        yield work.one(replication)


Runs = Callable[[Work, Sequence[int], Event], Iterator[Done]]


def _on_cores(workers: int) -> Runs:
    """Keep a bundle more than workers under way, so that nobody waits for work, and a stop is prompt."""

    def runs(work: Work, replications: Sequence[int], stop: Event) -> Iterator[Done]:
        pool, coming = executor(workers), deque(replications)
        under_way: dict[Future[list[Done]], list[int]] = {}
        try:
            while not stop.is_set():
                while coming and len(under_way) < workers + 1:
                    bundle = _bundle(coming, workers)
                    under_way[pool.submit(work.some, bundle)] = bundle
                if not under_way:
                    return
                for future in wait(under_way, timeout=0.1, return_when=FIRST_COMPLETED).done:
                    finished = future.result()
                    coming.extendleft(reversed(under_way.pop(future)[len(finished) :]))
                    yield from finished
        finally:
            for future in under_way:
                future.cancel()

    return runs


def _bundle(coming: deque[int], workers: int) -> list[int]:
    """The next replications to send together: fewer towards the end, so that all cores finish at once."""
    return [coming.popleft() for _ in range(min(MOST_SENT, 1 + len(coming) // (2 * workers + 2)))]


def _leave_interrupts_alone() -> None:
    """The parent decides when to stop; a worker that hears Ctrl-C too would print a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
