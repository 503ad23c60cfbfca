"""All statements, one after the other, with progress; what is finished when it is stopped is told."""

import time
from collections.abc import Iterator
from threading import Event

from sim.experiment.bands import alone, coupled, failures, minutes
from sim.experiment.bands.band import Band
from sim.experiment.replications import Progress, Report
from sim.experiment.seasons import seasons
from sim.flow import Engine, prepare

REPLICATIONS, QUICK = 24, 3
SEED = 2026


def check_season(
    progress: Report | None = None,
    stop: Event | None = None,
    workers: int | None = None,
    quick: bool = False,
    engine: Engine = "auto",
) -> tuple[Band, ...]:
    """Ask every statement, T01 to T22, in order; the quick way takes fewer replications, and can tell less."""
    engine, stop = prepare(engine), stop or Event()
    count, started = QUICK if quick else REPLICATIONS, time.monotonic()
    rows: list[Band] = []
    parts = _parts(count, stop, workers, engine)
    total = len(coupled.QUESTIONS) + 3
    for done, found in enumerate(parts, start=1):
        rows += found
        if progress:
            progress(Progress(done, total, (time.monotonic() - started) / done * (total - done)))
        if stop.is_set():
            break
    return tuple(sorted(rows, key=lambda row: row.name[:3]))


def _parts(count: int, stop: Event, workers: int | None, engine: Engine) -> Iterator[list[Band]]:
    yield alone.answers(max(count, 5))
    yield minutes.answers(count, engine)
    yield failures.answers(_failures(count, stop, engine))
    lived: dict[str, coupled.Lived] = {}
    told: set[str] = set()
    for name, question in coupled.QUESTIONS.items():
        found = seasons(
            list(question.plans.values()), count, months=question.months, seed=SEED, engine=engine,
            workers=workers, stop=stop,
        )  # fmt: skip
        if not found.stopped:
            lived[name] = coupled.Lived(question, found)
        rows = [row for row in coupled.answers(lived) if row.name not in told]
        told |= {row.name for row in rows}
        yield rows


def _failures(count: int, stop: Event, engine: Engine) -> list[failures.Lived]:
    found = []
    for number in range(count):
        if stop.is_set():
            break
        found.append(failures.one(number, engine))
    return found
