"""Replications while somebody watches: what it looks like so far, and precise enough or stopped."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.experiment import Estimate, Progress, Results, Span, stream
from sim.experiment.experiments import FEWEST
from sim.experiment.replications import Done
from sim.scenario import Scenario

USUAL = 20
CAP = 400
"""Replications at most where a half-width is asked for and no number is given."""

Measured = Sequence[Results]
SoFar = Callable[[Measured], str]
Widths = Callable[[Measured, str], float]


@dataclass(frozen=True)
class Ask:
    """How a run is asked for on the command line.

    Attributes:
        replications: how many, or how many at most where `until` is given; None for the usual number.
        until: half-widths to reach, by measure.
        seed: of all luck.
        weeks: weeks that count in each replication.
        workers: processes; None for all cores.
    """

    replications: int | None = None
    until: Mapping[str, float] = field(default_factory=dict)
    seed: int = 1
    weeks: int = 1
    workers: int | None = None

    @property
    def total(self) -> int:
        """Replications asked for, or the cap."""
        return self.replications or (CAP if self.until else USUAL)

    @property
    def spell(self) -> str:
        """The length of one replication in words."""
        return "one week" if self.weeks == 1 else f"{self.weeks} weeks"

    def work(self) -> Work:
        """The run as it is announced."""
        most = "at most " if self.until else ""
        many = f"{most}{self.total} replication{'' if self.total == 1 else 's'}"
        opening = f"Running {many} of {self.spell}; Ctrl-C stops and keeps what is finished."
        return Work(self.total, opening, at_most=bool(self.until))


@dataclass(frozen=True)
class Outcome:
    """What was run: results by scenario on common luck; `reached` when every half-width asked for was met."""

    results: tuple[Results, ...]
    stopped: bool
    reached: bool

    @property
    def replications(self) -> int:
        """Replications kept, the same number for every scenario."""
        return len(self.results[0].summaries)


def watched(scenarios: Sequence[Scenario], ask: Ask, so_far: SoFar, widths: Widths) -> Outcome:
    """Run scenarios on common luck with progress on standard error; Ctrl-C keeps what is finished.

    Args:
        scenarios: to run side by side.
        ask: how.
        so_far: a few words on the results so far.
        widths: the widest half-width of a measure in the results so far.

    Raises:
        Stopped: when Ctrl-C came before the first replication was finished.
    """
    kept, latest = _Kept(scenarios, ask, widths), list[Progress]()
    with stoppable() as stop, view_of(ask.work()) as view:
        for done in stream(
            scenarios,
            range(ask.total),
            seed=ask.seed,
            span=Span(weeks=ask.weeks),
            workers=ask.workers,
            stop=stop,
            progress=latest.append,
        ):
            kept.add(done)
            view.show(latest[-1], so_far(kept.results()))
            if kept.enough:
                break
    if len(kept.finished) < ask.total:
        _let_workers_go()
    return kept.outcome()


def _let_workers_go() -> None:
    """End replications that nobody waits for any more; the command would stay until they are done."""
    loky = sys.modules.get("joblib.externals.loky")
    if loky:
        loky.get_reusable_executor(reuse=True).shutdown(kill_workers=True)


def widest(estimates: Iterable[Estimate]) -> float:
    """The widest half-width among estimates."""
    return max(found.half_width for found in estimates)


class _Kept:
    """Replications finished so far. Precision is judged in their order, so that no core's speed decides."""

    def __init__(self, scenarios: Sequence[Scenario], ask: Ask, widths: Widths) -> None:
        self.scenarios, self.ask, self.widths = scenarios, ask, widths
        self.finished: dict[int, Done] = {}
        self.in_order = 0
        self.enough: int | None = None

    def add(self, done: Done) -> None:
        self.finished[done.replication] = done
        while self.ask.until and self.enough is None and self.in_order in self.finished:
            self.in_order += 1
            if self.in_order >= FEWEST and self._precise():
                self.enough = self.in_order

    def _precise(self) -> bool:
        results = self.results(self.in_order)
        return all(self.widths(results, name) <= width for name, width in self.ask.until.items())

    def results(self, count: int | None = None, *, stopped: bool = False) -> tuple[Results, ...]:
        kept = [self.finished[number] for number in sorted(self.finished)[:count]]
        return tuple(
            Results(scenario, tuple(done.summaries[at] for done in kept), stopped)
            for at, scenario in enumerate(self.scenarios)
        )

    def outcome(self) -> Outcome:
        if not self.finished:
            raise Stopped("Stopped before the first replication was finished, so there is nothing to show.")
        stopped = self.enough is None and len(self.finished) < self.ask.total
        return Outcome(self.results(self.enough, stopped=stopped), stopped, self.enough is not None)
