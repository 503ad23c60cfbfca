"""The questions people ask: how does it go, is that better, and what if this changes.

`engine` is the way the journey is played: "compiled", "simpy", or "auto", which is compiled where that can be had. The
numbers are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from threading import Event
from typing import Any

from sim.experiment.gathering import Gathered
from sim.experiment.replications import WEEK, Report, Span, one, stream
from sim.experiment.results import Comparison, Results, Sweep
from sim.flow import Engine
from sim.measures import Summary
from sim.scenario import Scenario, path_of


def replicate(
    scenario: Scenario,
    replications: int = 20,
    *,
    until: Mapping[str, float] | None = None,
    seed: int = 1,
    span: Span = WEEK,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Results:
    """Run a scenario; `replications` is the number, or the cap when `until` asks for half-widths by measure."""
    return together([scenario], replications, until, seed, span, engine, workers, progress, stop)[0]


def compare(
    before: Scenario,
    after: Scenario,
    replications: int = 20,
    *,
    seed: int = 1,
    span: Span = WEEK,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Comparison:
    """Run two scenarios on the same customers with the same luck, and pair them."""
    return Comparison(
        *together([before, after], replications, None, seed, span, engine, workers, progress, stop)
    )


def sweep(
    scenario: Scenario,
    field: str,
    values: Iterable[Any],
    replications: int = 10,
    *,
    seed: int = 1,
    span: Span = WEEK,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Sweep:
    """Vary one lever or field ("staffing", or a dotted path) over values, on common luck; raises BadInput."""
    path, values = path_of(field), tuple(values)
    scenarios = [scenario.changed(path, value) for value in values]
    results = together(scenarios, replications, None, seed, span, engine, workers, progress, stop)
    return Sweep(path, values, results)


def first(
    scenario: Scenario, replication: int = 0, seed: int = 1, span: Span = WEEK, engine: Engine = "auto"
) -> Summary:
    """One replication now, in this process."""
    summary: Summary = one([scenario], replication, seed, span, engine).summaries[0]
    return summary


def together(
    scenarios: Sequence[Scenario],
    replications: int,
    until: Mapping[str, float] | None,
    seed: int,
    span: Span,
    engine: Engine,
    workers: int | None,
    progress: Report | None,
    stop: Event | None,
) -> tuple[Results, ...]:
    """Run any number of scenarios on the same customers with the same luck."""
    gathered = Gathered(scenarios, replications, until or {})
    for done in stream(
        scenarios,
        range(replications),
        seed=seed,
        span=span,
        engine=engine,
        workers=workers,
        stop=stop,
        progress=progress,
    ):
        gathered.add(done)
        if gathered.enough:
            break
    return gathered.results()
