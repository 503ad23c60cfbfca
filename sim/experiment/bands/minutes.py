"""Statements about waiting alone: a bank's telephone line, Erlang A, busy days (T13 to T15)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.experiment.bands.band import Band, band, of_means
from sim.experiment.estimate import estimate
from sim.flow import Engine, weeks
from sim.flow.contract import Outcome
from sim.measures import Summary, summarise
from sim.measures.journal import wait_in
from sim.scenario import Hours, Scenario, bare
from sim.scenario.types import MINUTES_PER_DAY
from sim.theory import erlang_a_queue

BANK: dict[str, Any] = {
    "plan.staffing.agents": 9,
    "assumptions.patience.hangs_up_at_once": 0.03,
    "assumptions.handling.talk_kind": "lognormal",
    "assumptions.handling.talk_mean": 190 / 60,
    "assumptions.handling.talk_ln_sd": 0.86,
    "assumptions.patience.mean": 492 / 60,
    "assumptions.patience.shape": 0.85,
    "assumptions.demand.day_factor_cv": 0.16,
    "assumptions.demand.issues_per_day": 1432.0,
}
NO_CHANGES: Mapping[str, Any] = {}
WEEK = 5


def bank(changes: Mapping[str, Any] = NO_CHANGES) -> Scenario:
    """The bank's line at its usual load; how many agents were on duty is not published, and is our only choice."""
    return bare({**BANK, **changes})


def impatient() -> Scenario:
    """Erlang A: exponential talk and patience, at a load near one."""
    return bare(
        {
            "plan.hours": Hours.daily(0, 1440),
            "plan.staffing.curve": ((1.0,),),
            "plan.staffing.agents": 10,
            "assumptions.handling.talk_mean": 4.0,
            "assumptions.patience.kind": "exponential",
            "assumptions.patience.mean": 6.0,
            "assumptions.demand.issues_per_day": 3600.0,
        }
    )


def measured(scenario: Scenario, replication: int, count: int, engine: Engine) -> Summary:
    """Some weeks after one to warm up."""
    run = list(weeks(scenario, 13, replication, count + 1, False, engine))
    return summarise(scenario, run, 1, count)


def answers(replications: int, engine: Engine = "auto") -> list[Band]:
    """T13, T14 and T15."""
    return [
        *bank_answers(replications, engine),
        *_erlang_a(replications, engine),
        *_busy_days(replications, engine),
    ]


def bank_answers(replications: int, engine: Engine, changes: Mapping[str, Any] = NO_CHANGES) -> list[Band]:
    """T13."""
    found = [measured(bank(changes), number, 8, engine).values for number in range(replications)]
    source = "evidence B2: call records of 1999"
    return [
        band("T13 A bank's line: share that abandons", estimate([x["abandonment_rate"] for x in found]), 0.11, 0.17,
             source=source),
        band("T13 A bank's line: mean wait, seconds", estimate([60 * x["wait_mean"] for x in found]), 19.0, 49.0,
             source=source),
        band("T13 A bank's line: answered within 20 seconds, of all",
             estimate([x["service_level_of_offered"] for x in found]), 0.49, 0.65, source=source),
    ]  # fmt: skip


def _erlang_a(replications: int, engine: Engine) -> list[Band]:
    scenario = impatient()
    found = [measured(scenario, number, 26, engine).values for number in range(replications)]
    rate = scenario.assumptions.demand.issues_per_day / MINUTES_PER_DAY
    theory = erlang_a_queue(rate, 4.0, 10, 6.0)
    table = [[x["abandonment_rate"], x["wait_mean"]] for x in found]
    source = "Mandelbaum & Zeltyn"
    return [
        band("T14 Erlang A: share that abandons, over the formula's",
             of_means(table, lambda mean: float(mean[0] / theory.p_abandon)), 0.98, 1.02, source=source),
        band("T14 Erlang A: mean wait, over the formula's",
             of_means(table, lambda mean: float(mean[1] / theory.wait_mean)), 0.98, 1.02, source=source),
        band("T14 Erlang A: share that abandons times mean patience, over the mean wait",
             of_means(table, lambda mean: float(mean[0] * 6.0 / mean[1])), 0.98, 1.02, source=source),
    ]  # fmt: skip


def by_day(scenario: Scenario, replication: int, count: int, engine: Engine) -> tuple[float, float, float]:
    """Abandonment on days above and below the median volume, and the mean wait."""
    queued, left, waited = [], [], 0.0
    for week in list(weeks(scenario, 15, replication, count + 1, False, engine))[1:]:
        joined = np.isfinite(week.log["queued"])
        day = (week.log["queued"][joined] // MINUTES_PER_DAY).astype(np.int64)
        gone = week.log["outcome"][joined] == Outcome.ABANDONED
        queued.append(np.bincount(day, minlength=7)[:WEEK])
        left.append(np.bincount(day, gone, 7)[:WEEK])
        waited += float(np.nansum(wait_in(week.log, "")[joined]))
    volume, gone = np.concatenate(queued), np.concatenate(left)
    busy = volume > np.median(volume)
    shares = [float(gone[days].sum() / volume[days].sum()) for days in (busy, ~busy)]
    return shares[0], shares[1], waited / float(volume.sum())


def _busy_days(replications: int, engine: Engine) -> list[Band]:
    today = Scenario()
    calm = today.changed("assumptions.demand.day_factor_cv", 0.0)
    found = [
        [by_day(scenario, number, 12, engine) for scenario in (today, calm)] for number in range(replications)
    ]
    ratio = of_means([each[0][:2] for each in found], lambda mean: float(mean[0] / mean[1]))
    longer = estimate([each[0][2] - each[1][2] for each in found])
    return [
        band("T15 Busy and quiet days: mean wait, minutes more than on equal ones", longer, 0.0),
        band("T15 Abandonment on busy days over that on quiet ones", ratio, 1.4, 4.0),
    ]
