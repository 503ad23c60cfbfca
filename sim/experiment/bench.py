"""How fast the kit is, measured against a textbook SimPy model in the same run, so that machines can be compared.

The yardstick is M/M/20+M (see `peers`). Speeds are for CPU seconds of one core; each figure is the median of a few
rounds, in which all take turns.
"""

import gc
import hashlib
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from statistics import median
from time import monotonic, perf_counter, process_time

import numpy as np

from sim.experiment.experiments import first, replicate
from sim.experiment.peers import AGENTS, PATIENCE, RATE, TALK, Model, installed, textbook
from sim.experiment.published import twenty_agents
from sim.experiment.replications import Progress, Report, Span
from sim.flow import Engine, journey, prepare, run_week
from sim.flow.chances import fate_of, told
from sim.flow.contract import CONTACT, ISSUE, TICK, WINDOW, Fate, Floats, Operation
from sim.flow.engine import run
from sim.flow.issues import new_issues
from sim.flow.roster import operation
from sim.scenario import Scenario
from sim.scenario.plan import WEEKDAYS

ROUNDS = 5
SEED, OTHER_SEED = 1, 2
"""Clock and all-in have seeds of their own, for luck drawn once is kept and would be drawn for nothing."""
TEXTBOOK_MINUTES = 960.0
ONE_WEEK = Span(weeks=1, warm_up=0, follow_up=False)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Contacts, to see whether one costs the same in a crowd."""
SHORT = 5
"""Times that something short is repeated, for one measurement of it."""
REPLICATIONS = 40
SPUN = 64_000_000
"""Bytes that a spin loop works through, without Python's lock."""

Timed = tuple[int, float]
"""Contacts, and the CPU seconds they took."""
Works = dict[str, Callable[[int], Timed]]


def bench(progress: Report | None = None, rounds: int = ROUNDS, peers: bool = False) -> dict[str, float]:
    """Ratios first, then contacts per CPU second of one core, milliseconds, bytes, seconds, cores and Python version.

    `journey` and `compiled` are the clock alone, in SimPy and compiled; `all_in` has luck and fate too and, for the
    default week and day, the measures. `over_textbook` sets what draws its numbers against the textbook, that does too.
    """
    engine = prepare()
    works = _works(engine) | ({name: partial(_time_model, model) for name, model in _others(peers)})
    times = _take_turns(works, rounds, progress)
    speed = {name: [count / took for count, took in taken] for name, taken in times.items()}

    def over(name: str, other: str) -> float:
        return median(a / b for a, b in zip(speed[name], speed[other], strict=True))

    return {
        "mm20_journey_over_textbook": over("mm20_simpy_journey", "mm20_textbook"),
        "mm20_compiled_over_textbook": over("mm20_all_in", "mm20_textbook"),
        "week_compiled_over_simpy": over("week_compiled", "week_simpy_journey"),
        "two_core_share_of_spin": share_of_spin(),
        **growths(engine),
        **{f"{name}_per_cpu_s": median(found) for name, found in speed.items()},
        "day_all_in_ms": 1000 * median(took for _, took in times["day_all_in"]),
        **memory(Scenario(), rounds + 1),
        **starts(engine),
        "cores": float(os.cpu_count() or 1),
        "python": float(f"{sys.version_info.major}.{sys.version_info.minor}"),
    }


def _works(engine: Engine) -> Works:
    twenty, week = twenty_agents(), Scenario()
    return {
        "mm20_textbook": partial(_time_model, textbook),
        "mm20_simpy_journey": partial(_time_clock, twenty, "simpy"),
        "mm20_compiled": partial(_time_clock, twenty, engine),
        "mm20_all_in": partial(_time_to_the_log, twenty, engine),
        "week_simpy_journey": partial(_time_clock, week, "simpy"),
        "week_compiled": partial(_time_clock, week, engine),
        "week_all_in": partial(_time_to_the_measures, week, engine),
        "day_all_in": partial(_time_to_the_measures, one_day(), engine),
    }


def _others(peers: bool) -> list[tuple[str, Model]]:
    return [(f"mm20_{name}", model) for name, model in installed().items()] if peers else []


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


def growths(engine: Engine) -> dict[str, float]:
    """What a contact of M/M/20+M costs, by how many come without a break, and how that grows; compiled only.

    In memory that is at hand, as a week's is, where what the last one gave back is used again; and in fresh memory, as
    a million contacts' is, which the system hands out page by page.
    """
    if engine != "compiled":
        return {}
    used, fresh = zip(*map(_nanoseconds, SIZES), strict=True)
    return {
        "cost_growth_1e6_over_1e4": used[-1] / used[1],
        "cost_growth_in_fresh_memory": fresh[-1] / used[1],
        **{f"ns_per_contact_of_{size}": took for size, took in zip(SIZES, used, strict=True)},
    }


def _nanoseconds(size: int) -> tuple[float, float]:
    """The clock for each of so many contacts: in memory at hand, and in fresh memory."""
    from sim.flow.compiled import play
    from sim.flow.compiled_people import world

    week = crowd(size)
    tables = world(*week, room=1)
    fresh = _cpu_seconds(partial(play, tables))
    used = []
    for _ in range(SHORT):
        for table, new in zip(tables, world(*week, room=1), strict=True):
            if table is not new:
                np.copyto(table, new)
        used.append(_cpu_seconds(partial(play, tables)))
    return median(used) / size * 1e9, fresh / size * 1e9


def crowd(size: int) -> tuple[Operation, Fate]:
    """M/M/20+M until so many have come."""
    draw, twenty = np.random.default_rng(SEED), operation(twenty_agents(), SEED, 0, 0)
    arrives = _snap(np.cumsum(draw.exponential(1 / RATE, size)))
    issues, contacts = np.zeros(size, ISSUE), np.zeros((size, 1), CONTACT)
    issues["row"], issues["arrives"] = np.arange(size), arrives
    contacts["patience"][:, 0] = _snap(draw.exponential(PATIENCE, size))
    contacts["talk"][:, 0] = _snap(draw.exponential(TALK, size))
    roster = twenty.roster.copy()
    closes = float(arrives[-1] + 1.0)
    roster["at"][roster["at"] > roster["at"].min()] = closes
    hours = np.array([(roster["at"].min(), closes)], WINDOW)
    return replace(twenty, hours=hours, roster=roster, agents=twenty.agents[:AGENTS]), told(issues, contacts)


def _snap(minutes: Floats) -> Floats:
    return np.asarray(np.floor(minutes / TICK + 0.5) * TICK)


def share_of_spin() -> float:
    """What replications gain from a second core, as a share of what two loops that share nothing gain from it."""
    cores = min(2, os.cpu_count() or 1)
    replicate(Scenario(), 4 * cores, workers=cores)  # the processes that this starts are kept
    gains = [
        (_gain(partial(replicate, Scenario(), REPLICATIONS), cores), _gain(_spin, cores))
        for _ in range(SHORT)
    ]
    return median(ours / most for ours, most in gains)


def _gain(work: Callable[..., object], cores: int) -> float:
    """How much sooner so many cores are done than one."""
    one, all_ = (_seconds(partial(work, workers=workers)) for workers in (1, cores))
    return one / all_


def _spin(workers: int) -> None:
    data = bytes(SPUN)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda _: hashlib.sha256(data).digest(), range(4)))


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


START = """
from time import perf_counter
from sim.flow import prepare
start = perf_counter()
prepare("compiled", lambda sentence: None)
print(perf_counter() - start)
"""


def starts(engine: Engine) -> dict[str, float]:
    """Seconds until the compiled journey is ready, numba's import included: to make its code, and to find it kept."""
    if engine != "compiled":
        return {}
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"), folder)
        command = [sys.executable, "-c", START]
        found = [
            float(
                subprocess.run(  # noqa: S603  # our own lines
                    command, env=usual | homes, check=True, capture_output=True, text=True
                ).stdout
            )
            for _ in range(2)
        ]
    return {"compile_s": found[0], "cached_start_s": found[1]}


def _take_turns(works: Works, rounds: int, progress: Report | None) -> dict[str, list[Timed]]:
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


def _time_model(model: Model, number: int) -> Timed:
    start = process_time()
    came, _ = model(number, TEXTBOOK_MINUTES)
    return came, process_time() - start


def _time_clock(scenario: Scenario, engine: Engine, number: int) -> Timed:
    concrete, fates = _settled(scenario, number)
    clock, times = _clock(engine)
    start = process_time()
    for _ in range(times):
        clock(concrete, fates)
    took = process_time() - start
    return times * len(run(concrete, fates).log), took


def _clock(engine: Engine) -> tuple[Callable[[Operation, Fate], object], int]:
    """What an engine does between the first event and the last, and how often it is timed."""
    if engine == "simpy":
        return journey.run, 1
    from sim.flow import compiled

    return compiled.clock, SHORT


def _settled(scenario: Scenario, number: int) -> tuple[Operation, Fate]:
    """A week in which the fate of every contact that will come is known before the clock starts."""
    concrete = operation(scenario, SEED, number, 0)
    fates = fate_of(scenario, new_issues(scenario, SEED, number, 0), SEED, number)
    log, draws, _ = run(concrete, fates)
    contacts = np.zeros((len(fates.issues), fates.luck.shape[1]), CONTACT)
    contacts[log["issue"], log["contact"]] = draws
    return concrete, told(fates.issues, contacts)


def _time_to_the_log(scenario: Scenario, engine: Engine, number: int) -> Timed:
    start = process_time()
    week = run_week(scenario, OTHER_SEED, number, 0, new_issues(scenario, OTHER_SEED, number, 0), engine)
    return len(week.log), process_time() - start


def _time_to_the_measures(scenario: Scenario, engine: Engine, number: int) -> Timed:
    start = process_time()
    summary = first(scenario, number, OTHER_SEED, ONE_WEEK, engine)
    return int(summary.values["contacts"]), process_time() - start
