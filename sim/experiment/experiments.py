"""The questions people ask: how does it go, is that better, and what if this changes."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Event
from typing import Any

from sim.experiment.estimate import estimate
from sim.experiment.replications import WEEK, Done, Report, Span, one, stream
from sim.experiment.results import Comparison, Results, Sweep
from sim.measures import Summary
from sim.scenario import Scenario, path_of

FEWEST = 5
"""Replications before a half-width is believed."""


def replicate(
    scenario: Scenario,
    replications: int = 20,
    *,
    until: Mapping[str, float] | None = None,
    seed: int = 1,
    span: Span = WEEK,
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Results:
    """Run a scenario; `replications` is the number, or the cap when `until` asks for half-widths by measure."""
    return _together([scenario], replications, until, seed, span, workers, progress, stop)[0]


def compare(
    before: Scenario,
    after: Scenario,
    replications: int = 20,
    *,
    seed: int = 1,
    span: Span = WEEK,
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Comparison:
    """Run two scenarios on the same customers with the same luck, and pair them."""
    return Comparison(*_together([before, after], replications, None, seed, span, workers, progress, stop))


def sweep(
    scenario: Scenario,
    field: str,
    values: Iterable[Any],
    replications: int = 10,
    *,
    seed: int = 1,
    span: Span = WEEK,
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Sweep:
    """Vary one lever or field ("staffing", or a dotted path) over values, on common luck; raises BadInput."""
    path, values = path_of(field), tuple(values)
    scenarios = [scenario.changed(path, value) for value in values]
    results = _together(scenarios, replications, None, seed, span, workers, progress, stop)
    return Sweep(path, values, tuple(results))


def first(scenario: Scenario, replication: int = 0, seed: int = 1, span: Span = WEEK) -> Summary:
    """One replication now, in this process."""
    return one([scenario], replication, seed, span).summaries[0]


def _together(
    scenarios: Sequence[Scenario],
    replications: int,
    until: Mapping[str, float] | None,
    seed: int,
    span: Span,
    workers: int | None,
    progress: Report | None,
    stop: Event | None,
) -> list[Results]:
    enough = Event()
    finished: dict[int, Done] = {}
    halt = stop or enough
    runs = stream(
        scenarios, range(replications), seed=seed, span=span, workers=workers, stop=halt, progress=progress
    )
    for done in runs:
        finished[done.replication] = done
        if until and _precise(finished, until) is not None:
            break
    count = _precise(finished, until) if until else None
    kept = [finished[number] for number in sorted(finished)][:count]
    stopped = count is None and len(kept) < replications
    return [
        Results(scenario, tuple(done.summaries[at] for done in kept), stopped)
        for at, scenario in enumerate(scenarios)
    ]


def _precise(finished: Mapping[int, Done], until: Mapping[str, float] | None) -> int | None:
    """The first number of replications, counted in order, that meets every half-width; None if none does yet.

    Counted in order, so that the answer does not depend on which core was quicker.
    """
    in_order: list[Summary] = []
    for number in range(len(finished)):
        if number not in finished:
            return None
        in_order.append(finished[number].summaries[0])
        if len(in_order) >= FEWEST and all(
            estimate([summary.values[name] for summary in in_order]).half_width <= width
            for name, width in (until or {}).items()
        ):
            return len(in_order)
    return None
