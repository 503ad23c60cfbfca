"""Seasons made by hand, so that what a chart is given is known to the last customer."""

from dataclasses import replace
from math import nan

import numpy as np

from sim.season.contract import Cause
from sim.season.summary import YEAR, SeasonSummary
from sim.views.months.data import Pair

AT_FIRST = 20_000.0


def year(
    replication: int = 0,
    *,
    weeks: int = 52,
    leaves: float = 0.0075,
    profit: float = 48_000.0,
    at_work: float = 11.0,
    exhaustion: float = 0.42,
    time_taken: float = 0.97,
) -> SeasonSummary:
    """One replication of a season in which a share of the customers leaves every week; a number has its luck."""
    luck = np.random.default_rng(replication)
    remaining = (1 - leaves) ** np.arange(1, weeks + 1) + luck.normal(0, 0.002, weeks)
    customers = AT_FIRST * (1 + 0.007 - leaves) ** np.arange(weeks) * (1 + luck.normal(0, 0.01))
    left = customers * leaves
    weekly = {
        "customers": customers.round(),
        "left": left.round(),
        "joined": np.full(weeks, 140.0),
        "profit": profit + luck.normal(0, 4000, weeks),
        "at_work": (at_work + luck.normal(0, 0.6, weeks)).round(),
        "exhaustion": np.clip(exhaustion + luck.normal(0, 0.02, weeks), 0, 1),
        "time_taken": np.clip(time_taken + luck.normal(0, 0.03, weeks), 0, 1),
    }
    shares = np.linspace(1, 3, len(Cause))
    shares *= luck.normal(1, 0.05, len(Cause))
    remaining = np.clip(remaining, 0, 1)
    causes = (1 - remaining[-1]) * weekly["customers"][0] * shares / shares.sum()
    values = {name: float(series.mean()) for name, series in weekly.items()} | {
        "promise_kept": 0.55 - 20 * (leaves - 0.0075),
        "wait_mean": 0.7,
        "cost_per_resolved_issue": 12.6,
        "worst_tenth": 0.22,
        "team_gap": 0.03,
        "delighted": 0.0,
        "profit_12": weekly["profit"][:YEAR].sum() if weeks >= YEAR else nan,
        "profit_24": weekly["profit"].sum() if weeks >= 2 * YEAR else nan,
        "profit_24_with_value": weekly["profit"].sum() + 400 * customers[-1] if weeks == 2 * YEAR else nan,
    }
    return SeasonSummary(values, weekly, remaining, causes, "good enough", np.zeros((2, 6)))


def years(count: int = 10, weeks: int = 52, /, **plan: float) -> list[Pair]:
    """Replications of now, and of a plan that differs from it as said."""
    return [(year(i, weeks=weeks), year(i, weeks=weeks, **plan)) for i in range(count)]


def sized(season: SeasonSummary, times: float) -> SeasonSummary:
    """The same season with so many times as many customers, and as much money."""
    larger = {name: times * season.weekly[name] for name in ("customers", "left", "joined", "profit")}
    values = {n: v * times if n.startswith("profit") else v for n, v in season.values.items()}
    return replace(season, weekly=season.weekly | larger, causes=times * season.causes, values=values)


def deserted(season: SeasonSummary) -> SeasonSummary:
    """The same season without customers, issues or people: nothing to measure."""
    weekly = {name: np.zeros(len(series)) for name, series in season.weekly.items()}
    weekly |= {name: np.full(len(season.remaining), nan) for name in ("exhaustion", "time_taken")}
    values = {name: 0.0 if name.startswith("profit") else nan for name in season.values}
    none = np.zeros(len(season.remaining))
    return replace(season, weekly=weekly, values=values, remaining=none, causes=0 * season.causes)


def paying_back(season: SeasonSummary, cost: float, week: int) -> SeasonSummary:
    """The same season, in which something is paid in the first week and comes back evenly until that week."""
    gains = np.full(len(season.remaining), cost / (week - 1.5))
    gains[0] = -cost
    return replace(season, weekly=season.weekly | {"profit": season.weekly["profit"] + gains})
