"""Replications while somebody watches: what it looks like so far, and precise enough or stopped."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from sim.cli.progress import Stopped, Work, stoppable, view_of
from sim.cli.screen import tell
from sim.experiment import Estimate, Progress, Results, Span, stream
from sim.experiment.gathering import Gathered, Widths
from sim.flow import Engine, prepare
from sim.scenario import Scenario

USUAL = 20
CAP = 400
"""Replications at most where a half-width is asked for and no number is given."""

Measured = Sequence[Results]
SoFar = Callable[[Measured], str]


@dataclass(frozen=True)
class Ask:
    """How a run is asked for on the command line.

    Attributes:
        replications: how many, or how many at most where `until` is given; None for the usual number.
        until: half-widths to reach, by measure.
        seed: of all luck.
        weeks: weeks that count in each replication.
        workers: processes; None for all cores.
        engine: how the journey is played.
    """

    replications: int | None = None
    until: Mapping[str, float] = field(default_factory=dict)
    seed: int = 1
    weeks: int = 1
    workers: int | None = None
    engine: str = "auto"

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
    engine = prepare(cast(Engine, ask.engine), tell)
    kept, latest = Gathered(scenarios, ask.total, ask.until, widths), list[Progress]()
    with stoppable() as stop, view_of(ask.work()) as view:
        for done in stream(
            scenarios,
            range(ask.total),
            seed=ask.seed,
            span=Span(weeks=ask.weeks),
            engine=engine,
            workers=ask.workers,
            stop=stop,
            progress=latest.append,
        ):
            kept.add(done)
            view.show(latest[-1], so_far(kept.results()))
            if kept.enough:
                break
    if len(kept.finished) < ask.total:
        let_workers_go()
    if not kept.finished:
        raise Stopped("Stopped before the first replication was finished, so there is nothing to show.")
    return Outcome(kept.results(), kept.stopped, kept.enough is not None)


def let_workers_go() -> None:
    """End replications that nobody waits for any more; the command would stay until they are done."""
    loky = sys.modules.get("joblib.externals.loky")
    if loky:
        loky.get_reusable_executor(reuse=True).shutdown(kill_workers=True)


def widest(estimates: Iterable[Estimate]) -> float:
    """The widest half-width among estimates."""
    return max(found.half_width for found in estimates)
