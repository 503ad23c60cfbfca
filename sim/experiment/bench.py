"""How fast the kit is, measured against a textbook SimPy model in the same run, so that machines can be compared.

The yardstick is M/M/20+M (19 contacts a minute, talk 1 minute, patience 5 minutes) as a textbook writes it: one process
a customer, a Resource, a timeout, every number drawn when it is needed. Speeds are for CPU seconds of one core; each
figure is the median of a few rounds, in which all take turns.
"""

import gc
import os
import random
import sys
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import monotonic, process_time

import simpy

from sim.experiment.experiments import first
from sim.experiment.published import twenty_agents
from sim.experiment.replications import Progress, Report, Span
from sim.flow import run_week
from sim.flow.engine import run
from sim.flow.fate import fate, new_issues
from sim.flow.people import Process
from sim.flow.roster import operation
from sim.scenario import Scenario
from sim.scenario.plan import WEEKDAYS

ROUNDS = 5
SEED, OTHER_SEED = 1, 2
"""Clock and all-in have seeds of their own, for luck drawn once is kept and would be drawn for nothing."""
TEXTBOOK_MINUTES = 960.0
ONE_WEEK = Span(weeks=1, warm_up=0, follow_up=False)

Timed = tuple[int, float]
"""Contacts, and the CPU seconds they took."""


def bench(progress: Report | None = None, rounds: int = ROUNDS) -> dict[str, float]:
    """Ratios first, then contacts per CPU second of one core, milliseconds, bytes, cores and Python version.

    `journey` is the clock alone; `all_in` has luck and fate too and, for the default week and day, the measures.
    """
    twenty, week = twenty_agents(), Scenario()
    works: dict[str, Callable[[int], Timed]] = {
        "mm20_textbook": _time_textbook,
        "mm20_simpy_journey": lambda number: _time_clock(twenty, number),
        "mm20_simpy_all_in": lambda number: _time_to_the_log(twenty, number),
        "week_simpy_journey": lambda number: _time_clock(week, number),
        "week_simpy_all_in": lambda number: _time_to_the_measures(week, number),
        "day_simpy_all_in": lambda number: _time_to_the_measures(one_day(), number),
    }
    times = _take_turns(works, rounds, progress)
    speed = {name: [count / took for count, took in taken] for name, taken in times.items()}

    def over_textbook(name: str) -> float:
        return median(a / b for a, b in zip(speed[name], speed["mm20_textbook"], strict=True))

    return {
        "mm20_journey_over_textbook": over_textbook("mm20_simpy_journey"),
        "mm20_all_in_over_textbook": over_textbook("mm20_simpy_all_in"),
        "week_journey_over_textbook": over_textbook("week_simpy_journey"),
        "week_all_in_over_textbook": over_textbook("week_simpy_all_in"),
        **{f"{name}_per_cpu_s": median(found) for name, found in speed.items()},
        "day_all_in_ms": 1000 * median(took for _, took in times["day_simpy_all_in"]),
        **memory(week, rounds + 1),
        "cores": float(os.cpu_count() or 1),
        "python": float(f"{sys.version_info.major}.{sys.version_info.minor}"),
    }


def textbook(seed: int, minutes: float) -> tuple[int, int]:
    """M/M/20+M in SimPy as a textbook has it; returns how many came and how many of them hung up."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    env = simpy.Environment()
    agents = simpy.Resource(env, capacity=20)
    came = left = 0

    def customer() -> Process:
        nonlocal left
        with agents.request() as turn:
            yield turn | env.timeout(draw.expovariate(1 / 5))
            if turn.triggered:
                yield env.timeout(draw.expovariate(1.0))
            else:
                left += 1

    def arrivals() -> Process:
        nonlocal came
        while True:
            yield env.timeout(draw.expovariate(19.0))
            if env.now >= minutes:
                return
            came += 1
            env.process(customer())

    env.process(arrivals())
    env.run()
    return came, left


def one_day() -> Scenario:
    """The first day of the default week alone."""
    return Scenario().changed({f"plan.hours.{day}": None for day in WEEKDAYS[1:]})


def memory(scenario: Scenario, replication: int) -> dict[str, float]:
    """Bytes that one week takes at its peak, luck, fate, clock and log together."""
    tracemalloc.start()
    try:
        week = run_week(scenario, SEED, replication, 0, new_issues(scenario, SEED, replication, 0))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return {"bytes_per_contact": peak / len(week.log), "bytes_per_issue": peak / len(week.fate.issues)}


def _take_turns(
    works: dict[str, Callable[[int], Timed]], rounds: int, progress: Report | None
) -> dict[str, list[Timed]]:
    """Every work in every round; a first round, not counted, warms up."""
    times: dict[str, list[Timed]] = {name: [] for name in works}
    started, total = monotonic(), len(works) * (rounds + 1)
    for number in range(rounds + 1):
        for at, (name, work) in enumerate(works.items(), start=1):
            gc.collect()  # or one work pays for what another left behind
            times[name].append(work(number))
            done = number * len(works) + at
            if progress:
                progress(Progress(done, total, (monotonic() - started) / done * (total - done)))
    return {name: taken[1:] for name, taken in times.items()}


def _time_textbook(number: int) -> Timed:
    start = process_time()
    came, _ = textbook(number, TEXTBOOK_MINUTES)
    return came, process_time() - start


def _time_clock(scenario: Scenario, number: int) -> Timed:
    concrete = operation(scenario, SEED, number, 0)
    fates = fate(scenario, new_issues(scenario, SEED, number, 0), SEED, number)
    start = process_time()
    log, _ = run(concrete, fates)
    return len(log), process_time() - start


def _time_to_the_log(scenario: Scenario, number: int) -> Timed:
    start = process_time()
    week = run_week(scenario, OTHER_SEED, number, 0, new_issues(scenario, OTHER_SEED, number, 0))
    return len(week.log), process_time() - start


def _time_to_the_measures(scenario: Scenario, number: int) -> Timed:
    start = process_time()
    summary = first(scenario, number, OTHER_SEED, ONE_WEEK)
    return int(summary.values["contacts"]), process_time() - start
