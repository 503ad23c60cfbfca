"""Plan + luck -> the issues that begin in a week."""

from functools import lru_cache

import numpy as np
from scipy.special import gammaincinv

from sim.flow.arrival import STREAMS, Demand
from sim.flow.chances import Intraday, profile
from sim.flow.choice import Engine, issues_of, newcomers
from sim.flow.contract import Clientele, Floats, Ints, Table
from sim.flow.luck import Key, draws, stream
from sim.scenario import Scenario
from sim.scenario.plan import Hours


def new_issues(
    scenario: Scenario,
    seed: int,
    replication: int,
    week: int,
    engine: Engine = "auto",
    clientele: Clientele | None = None,
) -> Table:
    """The issues that begin this week, one row each, in order of arrival; more demand only adds rows.

    A `clientele` says how many issues each of its members brings in a week without a busy or quiet day.
    """
    key = (seed, replication, week)
    expected = _expected_by_day(scenario, key)
    demand = _demand(scenario, expected, key)
    if clientele is None:
        issues = newcomers(engine)(demand, float(expected.sum()), week)
    else:
        issues = issues_of(engine)(demand, _this_week(clientele, scenario, expected), week)
    return issues.take(in_order(issues["arrives"]))  # neighbours in time are neighbours in memory


def _this_week(usual: Clientele, scenario: Scenario, expected: Floats) -> Clientele:
    """Busy days make everybody's week busier."""
    factor = float(expected.sum()) / max(usual_week(scenario), np.finfo(float).tiny)
    return usual._replace(issues=usual.issues * factor, most=usual.most * factor)


def usual_week(scenario: Scenario) -> float:
    """Issues expected in a week of average days."""
    return float(_usual_by_day(scenario).sum())


def _usual_by_day(scenario: Scenario) -> Floats:
    demand = scenario.assumptions.demand
    open_days = [at for at, day in enumerate(scenario.plan.hours.days()) if day]
    return demand.issues_per_day * np.array(demand.weekday_index)[open_days]


def in_order(times: Floats) -> Ints:
    """Rows in order of time, those of one moment as they came.

    As a stable sort has it, which takes twice as long and is needed only where there are ties.
    """
    order = np.argsort(times)
    ordered = times[order]
    return np.argsort(times, kind="stable") if np.any(ordered[1:] == ordered[:-1]) else order


def _expected_by_day(scenario: Scenario, key: Key) -> Floats:
    """Expected issues of each open day: average, weekday and a gamma day factor with mean 1."""
    demand = scenario.assumptions.demand
    open_days = [at for at, day in enumerate(scenario.plan.hours.days()) if day]
    usual = _usual_by_day(scenario)
    if demand.day_factor_cv == 0:
        return usual
    shape = demand.day_factor_cv**-2
    luck = draws("uniform", key, "day factor", 7)[open_days]
    return usual * gammaincinv(shape, luck) / shape


def _demand(scenario: Scenario, expected: Floats, key: Key) -> Demand:
    demand, authority, plan = scenario.assumptions.demand, scenario.assumptions.authority, scenario.plan
    opens, closes = np.array(plan.hours.windows()).T.copy()
    shares, minutes = _profiles(demand.intraday, plan.hours)
    return Demand(
        opens=opens,
        closes=closes,
        days=np.cumsum(expected) / max(expected.sum(), np.finfo(float).tiny),
        shares=shares,
        minutes=minutes,
        types=np.cumsum(demand.mix.row()),
        customers=float(demand.customers),
        core_share=demand.core_share,
        core_first=plan.core_first,
        needs=authority.needed * (1 + plan.empowerment.rule_density)
        + plan.empowerment.trust * authority.cheats,
        worth=authority.worth_median,
        worth_ln_sd=authority.worth_ln_sd,
        luck=np.array([stream(*key, name) for name in STREAMS], np.uint64),
    )


@lru_cache(maxsize=64)
def _profiles(intraday: Intraday, hours: Hours) -> tuple[Floats, Floats]:
    """The profile of each open day, a row a day; shorter ones are filled up with their ends."""
    profiles = [profile(intraday, hours, day) for day in range(len(hours.windows()))]
    longest = max(len(shares) for shares, _ in profiles)
    shares, minutes = (
        np.array([np.pad(of[side], (0, longest - len(of[side])), "edge") for of in profiles])
        for side in (0, 1)
    )
    return shares, minutes
