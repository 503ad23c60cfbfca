"""T08: one failure, put right or not, and who is gone half a year later."""

from dataclasses import dataclass, replace

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


def one(replication: int, engine: Engine = "auto") -> Lived:
    """Every third customer of the same operation meets a smooth issue, or a failure of each kind."""
    plan = operation(OPERATION)
    begins = settled(plan, 8, replication, engine=engine)
    alive = np.flatnonzero(begins.customers.alive)
    sample = alive[::3]
    gone, felt, kept = [], [], 0.0
    for case in (False, *CASES.values()):
        state, satisfied = _after(plan, begins, sample, case if case is False else case[0])
        kept = 0.0
        for state, record in season(state, plan, HALF_A_YEAR, engine):
            kept += record.values["promise_kept"] / HALF_A_YEAR
        here = state.customers
        still = here.alive[sample] & (here.joined[sample] < begins.week)
        gone.append(float(1 - still.mean()))
        felt.append(satisfied)
    return Lived(tuple(gone), tuple(felt), kept)


def _after(
    plan: Scenario, begins: State, sample: Ints, plan_of_recovery: Recovery | None | bool
) -> tuple[State, float]:
    """The operation after one issue of each customer of the sample, and the mean satisfaction with it."""
    like, count = plan.assumptions.customers, len(sample)
    quality, failure = SMOOTH, 0.0
    if plan_of_recovery is not False:
        fix = plan_of_recovery if isinstance(plan_of_recovery, Recovery) else None
        quality = SMOOTH - like.quality.unresolved
        failure = like.memory.unrecovered
        if fix:
            quality, failure = _put_right(fix, like.memory, quality, plan.plan.empowerment.trust)
    lost = np.zeros((count, len(Reason)))
    lost[:, Reason.NOT_SETTLED] = SMOOTH - min(quality, SMOOTH)
    customers = clientele.copied(begins.customers)
    left = Impression(
        customer=sample,
        quality=np.full(count, quality),
        delight=np.zeros(count),
        failure=np.full(count, failure),
        kept=np.full(count, failure == 0.0),
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
