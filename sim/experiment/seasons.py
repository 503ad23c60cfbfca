"""Seasons as experiments: replications of plans that begin in the same settled operation, on common luck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np

from sim.experiment.estimate import CONFIDENCE, Estimate, estimate
from sim.experiment.replications import Report, stream
from sim.flow import Engine
from sim.scenario import Scenario
from sim.season.contract import State, WeekRecord
from sim.season.season import SETTLED_WEEKS, season, settled
from sim.season.summary import SeasonSummary, summarise


@dataclass(frozen=True)
class Months:
    """What one replication of a season is: weeks that count, after weeks in which the operation settles.

    `own`: each plan settles as itself, so that plans are compared in their own steady state; otherwise all begin in the
    operation of the first, as a decision made on a Monday does.
    """

    weeks: int = 104
    settle: int = SETTLED_WEEKS
    own: bool = False

    def summaries(
        self, scenarios: Sequence[Scenario], replication: int, seed: int, engine: Engine
    ) -> tuple[SeasonSummary, ...]:
        """One replication of every scenario, on the same luck."""
        now = settled(scenarios[0], seed, replication, self.settle, engine)
        found = []
        for number, scenario in enumerate(scenarios):
            begins = settled(scenario, seed, replication, self.settle, engine) if self.own and number else now
            found.append(lived(scenario, begins, self.weeks, engine))
        return tuple(found)


def lived(plan: Scenario, begins: State, weeks: int, engine: Engine = "auto") -> SeasonSummary:
    """One season, in this process."""
    return lived_from(plan, begins, weeks, engine)[0]


def lived_from(
    plan: Scenario, begins: State, weeks: int, engine: Engine = "auto"
) -> tuple[SeasonSummary, State]:
    """One season in brief, and how it ended."""
    path: list[tuple[WeekRecord, float]] = []
    state = begins
    for state, record in season(begins, plan, weeks, engine):
        path.append((record, still_there(begins, state)))
    return summarise(plan, begins, path, state), state


def still_there(begins: State, now: State) -> float:
    """How many of the customers of the beginning are still customers."""
    here, first = now.customers, len(begins.customers.alive)
    same = here.alive[:first] & begins.customers.alive & (here.joined[:first] <= begins.week)
    return float(np.count_nonzero(same))


@dataclass(frozen=True)
class Seasons:
    """Replications of plans on common luck: `summaries[replication][plan]`; `stopped`: fewer finished than asked."""

    plans: tuple[Scenario, ...]
    summaries: tuple[tuple[SeasonSummary, ...], ...]
    stopped: bool = False

    def values(self, name: str, plan: int = 0) -> list[float]:
        """One measure of one plan, replication by replication."""
        return [each[plan].values[name] for each in self.summaries]

    def estimate(self, name: str, plan: int = 0, confidence: float = CONFIDENCE) -> Estimate:
        """Mean of one measure with its interval."""
        return estimate(self.values(name, plan), confidence)

    def difference(self, name: str, plan: int = 1, to: int = 0, confidence: float = CONFIDENCE) -> Estimate:
        """One plan less another, paired by replication."""
        return self.paired(lambda each: each[plan].values[name] - each[to].values[name], confidence)

    def paired(
        self, ask: Callable[[Sequence[SeasonSummary]], float], confidence: float = CONFIDENCE
    ) -> Estimate:
        """The mean of any question asked of all plans of one replication."""
        return estimate([ask(each) for each in self.summaries], confidence)


def seasons(
    plans: Sequence[Scenario],
    replications: int = 10,
    *,
    months: Months = Months(),  # frozen
    seed: int = 1,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Seasons:
    """Seasons of some plans on the same customers with the same luck."""
    done = {
        each.replication: each.summaries
        for each in stream(
            plans, range(replications), seed=seed, span=months, engine=engine,
            workers=workers, progress=progress, stop=stop,
        )
    }  # fmt: skip
    return Seasons(tuple(plans), tuple(done[number] for number in sorted(done)), len(done) < replications)
