"""T08: one failure, put right or not, and who is gone half a year later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from sim.experiment.bands.band import Band, band, of_means
from sim.experiment.bands.operations import operation
from sim.experiment.estimate import estimate
from sim.flow import Engine
from sim.flow.contract import Ints
from sim.scenario import Scenario
from sim.scenario.customers import Memory
from sim.scenario.policy import Recovery
from sim.season import clientele, recovery
from sim.season.contract import Reason, State
from sim.season.feeling import Impression, live_through
from sim.season.season import season, settled

NO_CHANGES: Mapping[str, Any] = {}
HALF_A_YEAR = 26
OPERATION = "consistent"
SMOOTH = 88.0
"""Points of an issue without failure there."""
CASES: dict[str, tuple[Recovery | None, float, float]] = {
    "left alone": (None, 2.0, 4.0),
    "put right after ten days": (Recovery(fix_hours=240.0), 1.4, 2.4),
    "put right within a day": (Recovery(fix_hours=24.0), 1.0, 1.4),
    "within a day, with a surprise": (Recovery(fix_hours=24.0, surprise=True), 1.0, 1.2),
}


@dataclass(frozen=True)
class Lived:
    """Of one replication: the share gone of those without a failure and of each case, and what each was felt like."""

    gone: tuple[float, ...]
    felt: tuple[float, ...]
    kept: float


def one(replication: int, engine: Engine = "auto", changes: Mapping[str, Any] = NO_CHANGES) -> Lived:
    """Every third customer of the same operation meets a smooth issue, or a failure of each kind."""
    plan = operation(OPERATION, dict(changes))
    begins = settled(plan, 8, replication, engine=engine)
    sample = np.flatnonzero(begins.customers.alive)[::3]
    smooth = Case(SMOOTH, 0.0)
    cases = [smooth, *(_failed(plan, recovery_) for recovery_, _, _ in CASES.values())]
    gone, felt, kept = [], [], 0.0
    for case in cases:
        first, satisfied = _after(plan, begins, sample, case)
        lived = list(season(first, plan, HALF_A_YEAR, engine))
        here = lived[-1][0].customers
        still = here.alive[sample] & (here.joined[sample] <= begins.week)
        gone.append(float(1 - still.mean()))
        felt.append(satisfied)
        kept = float(np.mean([record.values["promise_kept"] for _, record in lived]))
    return Lived(tuple(gone), tuple(felt), kept)


class Case(NamedTuple):
    """What an issue was like, and what is remembered of its failure."""

    quality: float
    failure: float


def _failed(plan: Scenario, fix: Recovery | None) -> Case:
    """An issue never settled, put right or not."""
    like = plan.assumptions.customers
    quality = SMOOTH - like.quality.unresolved
    if fix is None:
        return Case(quality, like.memory.unrecovered)
    return Case(*_put_right(fix, like.memory, quality, plan.plan.empowerment.trust))


def _after(plan: Scenario, begins: State, sample: Ints, case: Case) -> tuple[State, float]:
    """The operation after one issue of each customer of the sample, and the mean satisfaction with it."""
    like, count = plan.assumptions.customers, len(sample)
    lost = np.zeros((count, len(Reason)))
    lost[:, Reason.NOT_SETTLED] = SMOOTH - min(case.quality, SMOOTH)
    customers = clientele.copied(begins.customers)
    left = Impression(
        customer=sample,
        quality=np.full(count, case.quality),
        delight=np.zeros(count),
        failure=np.full(count, case.failure),
        kept=np.full(count, float(case.failure == 0.0)),
        losses=lost,
        satisfied=np.zeros(count),
    )
    live_through(customers, left, like)
    return replace(begins, customers=customers), float(left.satisfied.mean())


def _put_right(fix: Recovery, memory: Memory, failed: float, trust: float) -> tuple[float, float]:
    no = np.zeros(1, bool)
    just = recovery.justice(fix, memory, no, no, trust)
    quality = recovery.after(np.array([failed]), np.array([SMOOTH]), just, fix, memory)
    return float(quality[0]), recovery.remembered(fix, memory)


def answers(found: list[Lived]) -> list[Band]:
    """T08: churn of each case over that without a failure, and the recovery paradox of the survey."""
    at = float(np.mean([each.kept for each in found]))
    rows = []
    for number, (name, (_, low, high)) in enumerate(CASES.items(), start=1):
        ratio = of_means(
            [[each.gone[0], each.gone[number]] for each in found], lambda mean: float(mean[1] / mean[0])
        )
        rows.append(band(f"T08 A failure {name}: churn in half a year over that without one", ratio, low, high,
                         kept=at))  # fmt: skip
    paradox = estimate([each.felt[-1] - each.felt[0] for each in found])
    rows.append(band("T08 Satisfaction with a failure put right in a day with a surprise, less without a failure",
                     paradox, 0.0, kept=at))  # fmt: skip
    return rows
