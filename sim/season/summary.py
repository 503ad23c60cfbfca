"""A season in brief: every week's values, and what only months can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Floats
from sim.scenario import Scenario
from sim.season import ledger, loyalty
from sim.season.catalogue import WEEKLY
from sim.season.contract import WEEKS_PER_MONTH, WEEKS_PER_YEAR, State, Told, WeekRecord
from sim.season.culture import label

YEAR = 52
ENOUGH = 30
"""Issues a desk needs before it is compared with another."""
BY_ISSUE = ("promise_kept", "unresolved", "first_contact_resolution", "top_box", "delighted")
KEPT = "kept_"


@dataclass(frozen=True)
class SeasonSummary:
    """One replication of a season.

    `values`: averages over its weeks and what only months show, by name; NaN where there is nothing to measure or too
    few weeks. `weekly`: each measure week by week. `remaining`: the share of the customers at the beginning who are
    still with us after each week. `causes`: those of them who were lost, by cause. `culture`: which kind of business it
    was.
    `by_contacts`: as in `WeekRecord`.
    """

    values: dict[str, float]
    weekly: dict[str, Floats]
    remaining: Floats
    causes: Floats
    culture: str
    by_contacts: Floats
    told: tuple[Told, ...] = ()


def summarise(
    plan: Scenario, before: State, path: Sequence[tuple[WeekRecord, float]], after: State
) -> SeasonSummary:
    """Summarise a season; `path` has each week's record and how many of those at the beginning are still there."""
    records = [record for record, _ in path]
    weekly = {name: np.array([record.values[name] for record in records]) for name in WEEKLY}
    at_first = max(1, int(np.count_nonzero(before.customers.alive)))
    remaining = np.array([count for _, count in path]) / at_first
    values = {name: averaged(name, weekly) for name in WEEKLY}
    values |= _loyal(weekly, remaining) | _money(plan, weekly, after)
    desks = np.sum([record.desks for record in records], axis=0)
    values["team_gap"] = gap(desks[:, :-2])
    values["worst_tenth"] = worst_tenth(after)
    values["turnover"] = _ratio(weekly["expected_quits"].sum() * YEAR, weekly["at_work"].sum())
    culture = label(
        values["promise_kept"], values["worst_tenth"], values["team_gap"],
        values["delighted"], plan.assumptions.culture,
    )  # fmt: skip
    told = tuple(one for record in records for one in record.told)
    causes = np.sum([record.causes for record in records], axis=0)
    by_contacts = np.sum([record.by_contacts for record in records], axis=0)
    return SeasonSummary(values, weekly, remaining, causes, culture, by_contacts, told)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def averaged(name: str, weekly: Mapping[str, Floats]) -> float:
    """The mean over the weeks: of issues where it is a share of issues, of weeks otherwise."""
    found = weekly[name]
    shares_of_issues = name in BY_ISSUE or name.startswith(KEPT)
    weight = weekly["issues"] if shares_of_issues else np.ones(len(found))
    known = ~np.isnan(found)
    return _ratio((found[known] * weight[known]).sum(), weight[known].sum())


def _loyal(weekly: Mapping[str, Floats], remaining: Floats) -> dict[str, float]:
    stays = np.exp(-np.nan_to_num(weekly["leaving"]).cumsum() / WEEKS_PER_MONTH)
    return {
        f"{name}_{12 * years}": float(path[YEAR * years - 1]) if len(path) >= YEAR * years else np.nan
        for name, path in (("retention", remaining), ("stays", stays))
        for years in (1, 2)
    }


def _money(plan: Scenario, weekly: Mapping[str, Floats], after: State) -> dict[str, float]:
    money, weeks = plan.assumptions.money, len(weekly["profit"])
    found = {}
    for years in (1, 2):
        enough = weeks >= YEAR * years
        profit, cost = weekly["profit"][: YEAR * years], weekly["cost"][: YEAR * years]
        found[f"profit_{12 * years}"] = ledger.present_value(profit, money) if enough else np.nan
        found[f"cost_{12 * years}"] = float(cost.sum()) if enough else np.nan
    discount = (1 + money.discount) ** (-weeks / WEEKS_PER_YEAR)
    whole = (
        found["profit_24"] if weeks == 2 * YEAR else np.nan
    )  # the value is that of the last week's customers
    found["profit_24_with_value"] = whole + discount * value_left(plan, after)
    settled = (weekly["issues"] * (1 - np.nan_to_num(weekly["unresolved"]))).sum()
    service = weekly["cost_service"].sum()
    found["cost_per_contact"] = _ratio(service, weekly["contacts"].sum())
    found["cost_per_resolved_issue"] = _ratio(service, settled)
    return found


def value_left(plan: Scenario, state: State) -> float:
    """What the customers of a state are worth for good, in dollars (E22): each by the chance to stay another year."""
    money, like, here = plan.assumptions.money, plan.assumptions.customers.loyalty, state.customers
    if not here.alive.any():
        return 0.0
    stays = loyalty.retention(loyalty.hazard(loyalty.loyalty(here, state.week, like), like))
    share = plan.assumptions.demand.core_share
    each = np.where(here.core, ledger.margins(1, 0, share, money), ledger.margins(0, 1, share, money))
    worth = ledger.lifetime_value(each * WEEKS_PER_YEAR, stays, money)
    return float(worth[here.alive].sum())


def gap(desks: Floats) -> float:
    """Best less worst share of promises kept, of desks with issues enough; a row for broken and one for kept."""
    held = desks.sum(axis=0)
    shares = desks[1][held >= ENOUGH] / held[held >= ENOUGH]
    return float(shares.max() - shares.min()) if len(shares) > 1 else float("nan")


def worst_tenth(state: State) -> float:
    """The own share of promises kept that nine customers in ten reach."""
    kept = state.customers.kept[state.customers.alive & ~np.isnan(state.customers.kept)]
    return float(np.quantile(kept, 0.1)) if len(kept) else float("nan")
