"""Does the kit reproduce what others published? By formula, and by simulation of the same operations.

Every simulated number comes with a 99% interval from independent replications, made narrow by the yardsticks: systems
with the same customers and exactly known averages. Counting begins after a warm-up from empty, so long that the exact
birth-death chain, begun empty too, is off by less than 1 in 10,000 (Erlang C at 96% load forgets its beginning with a
time constant of 49 minutes; 240 are left out). Sizes and seed are fixed: a check says the same whenever it is run.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from threading import Event

import numpy as np

from sim.experiment.estimate import Estimate
from sim.experiment.observed import Seen, mean_patience, observe, team_of
from sim.experiment.published import CASES, Case, Number, exact
from sim.experiment.replications import Progress, Report, executor
from sim.experiment.yardsticks import ratio
from sim.flow import Engine, prepare
from sim.scenario import Scenario
from sim.theory import Expectation, erlang_a_queue

CONFIDENCE = 0.99
WIDEST = 0.02
"""The widest half-width that still means something, as a share of the number."""
WIDEST_SHARE = 0.002
"""The same for shares, where it is more."""
QUICK = 4.0
"""How many times as wide the intervals of a quick check may be."""


@dataclass(frozen=True)
class Check:
    """One number: what was published, what we got, and whether they agree.

    `expected_low` to `expected_high` is what the published digits, or the published interval, leave possible.
    Simulated: `low` to `high` is the 99% interval `got` ± `half_width`, and reaches to `expected` where its end lies
    within what the published digits leave possible: .97419 cannot be told from a printed .974. `ok` says that the
    interval is narrow and holds `expected`. By formula: `low` to `high` is what is possible, and `ok` says that `got`
    lies within.
    """

    name: str
    expected: float
    got: float
    low: float
    high: float
    ok: bool
    expected_low: float
    expected_high: float
    source: str
    half_width: float = 0.0
    note: str = ""
    replications: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class Measure:
    """A ratio of two sums over the counted stretches of time, and what the long run of theory calls it."""

    title: str
    top: str
    bottom: str
    factor: float = 1.0
    share: bool = False
    theory: Callable[[Expectation, Scenario], float] | None = None


def _of(attribute: str, factor: float = 1.0) -> Callable[[Expectation, Scenario], float]:
    return lambda found, _: float(getattr(found, attribute)) * factor


def _in_target(found: Expectation, scenario: Scenario) -> float:
    return found.service_level(scenario.plan.promise.answer_target)


MEASURES = {
    "waited": Measure("share that waits", "waited", "contacts", share=True, theory=_of("p_wait")),
    "abandoned": Measure("share that abandons", "abandoned", "contacts", share=True, theory=_of("p_abandon")),
    "wait_minutes": Measure("mean wait, minutes", "wait", "contacts", theory=_of("wait_mean")),
    "wait_seconds": Measure("mean wait, seconds", "wait", "contacts", 60.0, theory=_of("wait_mean", 60.0)),
    "queue_length": Measure("mean number waiting", "queue", "minutes", theory=_of("queue_length")),
    "occupancy": Measure("occupancy", "busy", "staffed", share=True, theory=_of("occupancy")),
    "in_target": Measure(
        "share answered in 20 seconds", "in_target", "contacts", share=True, theory=_in_target
    ),
    "in_target_a_day": Measure("answered in 20 seconds, a day", "in_target", "days"),
    "abandoned_a_day": Measure("abandoned, a day", "abandoned", "days"),
    "in_target_of_answered": Measure(
        "answered in 20 seconds, of the answered", "in_target", "answered", share=True
    ),
    "in_target_of_stayed": Measure(
        "answered in 20 seconds, of all but those gone by then", "in_target", "stayed", share=True
    ),
    "speed_of_answer": Measure("mean wait of the answered, minutes", "wait_of_answered", "answered"),
    "little": Measure("Little: minutes in the queue, over the sum of waits", "area", "all_waits"),
    "patience_law": Measure("abandoned times mean patience, over minutes in the queue", "borne", "queue"),
}


def check(
    progress: Report | None = None,
    stop: Event | None = None,
    workers: int | None = None,
    quick: bool = False,
    engine: Engine = "auto",
) -> tuple[Check, ...]:
    """Compare every published number with formula and simulation; the quick check has wider intervals.

    Args:
        progress: is told how far the simulations are.
        stop: when set, the operations already finished are reported, the others left out.
        workers: processes; all cores by default, with the same numbers on one.
        quick: about a tenth of the replications, and intervals up to four times as wide.
        engine: how the journey is played; the numbers are the same.
    """
    engine = prepare(engine)
    tasks = [
        (found, replication, engine)
        for found in CASES
        for replication in range(found.quick if quick else found.replications)
    ]
    seen: dict[str, dict[int, Seen]] = {found.scenario.name: {} for found in CASES}
    for (found, replication, _), one in _with_progress(
        _run(tasks, workers, stop or Event()), tasks, progress
    ):
        seen[found.scenario.name][replication] = one
    simulated = [
        row
        for found in CASES
        for mine in [seen[found.scenario.name]]
        if len(mine) == (found.quick if quick else found.replications)
        for row in _judge(found, [mine[replication] for replication in sorted(mine)], quick)
    ]
    return (*by_formula(), *simulated)


def by_formula() -> tuple[Check, ...]:
    """The published long runs by the formulas of `sim.theory`."""
    return tuple(
        _formula(found, number, theory)
        for found in CASES
        if found.long_run
        for number in found.numbers
        for theory in [MEASURES[number.measure].theory]
        if theory is not None
    )


def _judge(found: Case, seen: Sequence[Seen], quick: bool) -> Iterator[Check]:
    columns = {column: np.concatenate([one.columns[column] for one in seen]) for column in seen[0].columns}
    off, contacts = np.concatenate([one.off for one in seen]), sum(one.contacts for one in seen)
    for number in (*found.numbers, *(exact(law, 1.0) for law in found.laws)):
        measure = MEASURES[number.measure]
        top, bottom = columns[measure.top] * measure.factor, columns[measure.bottom]
        got = ratio(top, bottom, off, CONFIDENCE)
        low, high = reach(number, got)
        narrow = got.half_width <= _widest(number, measure) * (QUICK if quick else 1.0)
        source = "identity" if number.measure in found.laws else found.source
        yield Check(
            name=f"{found.scenario.title}: {measure.title}",
            expected=number.expected,
            got=got.mean,
            low=low,
            high=high,
            ok=narrow and low <= number.expected <= high,
            expected_low=number.low,
            expected_high=number.high,
            source=source,
            half_width=got.half_width,
            note=found.note if narrow else f"interval too wide: ± {got.half_width:.2g}",
            replications=len(seen),
            contacts=contacts,
        )


def reach(number: Number, got: Estimate) -> tuple[float, float]:
    """The interval; an end that the published digits cannot tell from the published number reaches to it."""
    return (
        min(got.low, number.expected) if got.low <= number.high else got.low,
        max(got.high, number.expected) if got.high >= number.low else got.high,
    )


def _widest(number: Number, measure: Measure) -> float:
    return max(WIDEST * abs(number.expected), WIDEST_SHARE if measure.share else 0.0)


def _formula(found: Case, number: Number, theory: Callable[[Expectation, Scenario], float]) -> Check:
    scenario = found.scenario
    team = team_of(scenario)
    got = theory(erlang_a_queue(team.rate, team.talk, team.agents, mean_patience(scenario)), scenario)
    return Check(
        name=f"{scenario.title}, by formula: {MEASURES[number.measure].title}",
        expected=number.expected,
        got=got,
        low=number.low,
        high=number.high,
        ok=number.low <= got <= number.high,
        expected_low=number.low,
        expected_high=number.high,
        source=found.source,
    )


Task = tuple[Case, int, Engine]


def _run(tasks: Sequence[Task], workers: int | None, stop: Event) -> Iterator[tuple[Task, Seen]]:
    """The tasks as they finish, in any order; ends early when `stop` is set."""
    workers = min(workers or os.cpu_count() or 1, len(tasks))
    if workers < 2:
        yield from ((task, _seen(task)) for task in tasks if not stop.is_set())
        return
    pool, coming = executor(workers), iter(tasks)
    under_way: dict[Future[Seen], Task] = {}
    try:
        while not stop.is_set():
            while len(under_way) < workers + 1 and (task := next(coming, None)) is not None:
                under_way[pool.submit(_seen, task)] = task
            if not under_way:
                return
            for future in wait(under_way, timeout=0.1, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(future), future.result()
    finally:
        for future in under_way:
            future.cancel()


def _seen(task: Task) -> Seen:
    found, replication, engine = task
    return observe(found, replication, engine=engine)


def _with_progress(
    finished: Iterable[tuple[Task, Seen]], tasks: Sequence[Task], progress: Report | None
) -> Iterator[tuple[Task, Seen]]:
    """Report each; the time left is guessed by contacts, for operations differ in size."""
    total, worked, started = sum(_contacts(found.scenario) for found, _, _ in tasks), 0.0, time.monotonic()
    for done, (task, seen) in enumerate(finished, start=1):
        worked += _contacts(task[0].scenario)
        if progress:
            progress(Progress(done, len(tasks), (time.monotonic() - started) * (total / worked - 1)))
        yield task, seen


def _contacts(scenario: Scenario) -> float:
    return scenario.assumptions.demand.issues_per_day * len(scenario.plan.hours.windows())
