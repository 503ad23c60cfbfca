"""Money of a week, and what it comes to over months (E22)."""

from dataclasses import dataclass

import numpy as np

from sim.flow.contract import Floats, Team
from sim.scenario import Scenario
from sim.scenario.money import Money
from sim.scenario.policy import Recovery
from sim.season.contract import WEEKS_PER_MONTH, WEEKS_PER_YEAR
from sim.season.people import HOURS_PER_MONTH, choosiness, freedom
from sim.season.recovery import FAST_HOURS

TINY = 1e-3
"""Keeps a value finite where nobody ever leaves and a dollar later is as good as one now."""


@dataclass(frozen=True)
class Happened:
    """What costs besides the service: how often it happened in a week, points of compensation, the share of stars."""

    delighted: int
    helped: int
    found: int
    quits: int
    joined: int
    lifted: float
    stars: float = 0.0


def margins(core: int, others: int, core_share: float, money: Money) -> float:
    """Margin of a week: core customers bring more, and with their usual share the average is `margin`."""
    other = money.margin / max(TINY, 1 + core_share * (money.core_margin - 1))
    return other * (others + money.core_margin * core) / WEEKS_PER_MONTH


def recovery_case(plan: Recovery, money: Money) -> float:
    """Dollars of one recovery: quicker is dearer, in proportion to the speed."""
    quick = money.recovery_in_a_day * FAST_HOURS / plan.fix_hours
    return (
        money.recovery
        + min(quick, 2 * money.recovery_in_a_day)
        + money.recovery_surprise * plan.surprise
        + money.apology * plan.apology
    )


def costs(
    scenario: Scenario, paid: tuple[float, ...], service: float, happened: Happened
) -> dict[str, float]:
    """Dollars of a week by what they were spent on; `paid`: minutes by team; `service`: with bot and goodwill."""
    plan, money = scenario.plan, scenario.assumptions.money
    wages = sum(_wages(paid, money))
    hire = money.replacement_months + money.choosy_hire * choosiness(scenario)
    each_delight = money.delight + money.fresh_delight * plan.delight.refreshed
    managing = plan.outsourcing.share > 0 and plan.outsourcing.vendor == "quality"
    programmes = (
        money.prevention_year * plan.prevention.effort
        + money.feedback_year * plan.prevention.feedback
        + money.variant_year * plan.personalisation.variants
        + money.contract_year * managing
        + money.recognition_year * plan.people.recognition
    )
    kept = plan.people.training * money.training_weeks / WEEKS_PER_YEAR + plan.people.support * money.support
    return {
        "service": service
        + (plan.people.pay - 1) * wages
        + happened.stars * money.hero_pay * _wages(paid, money)[0],
        "training": kept * wages * plan.people.pay,
        "hiring": happened.quits * hire * HOURS_PER_MONTH * money.agent_hour * plan.people.pay,
        "joining": happened.joined * money.acquisition,
        "delight": happened.delighted * each_delight,
        "recovery": happened.helped * recovery_case(plan.recovery, money)
        + happened.found * money.search
        + happened.lifted * money.guarantee_point,
        "programmes": programmes / WEEKS_PER_YEAR,
    }


def leakage(scenario: Scenario) -> float:
    """What goodwill comes to, relative to the exceptions allowed: freedom without training gives more away (E8)."""
    plan, careers = scenario.plan, scenario.assumptions.workforce.careers
    free = freedom(plan.empowerment.authority_limit, careers)
    return 1 + scenario.assumptions.authority.leakage * free * (1 - plan.people.training)


def _wages(paid: tuple[float, ...], money: Money) -> tuple[float, float]:
    """Usual wages of the first line and of the specialists."""
    return paid[Team.IN_HOUSE] / 60 * money.agent_hour, paid[Team.SPECIALISTS] / 60 * money.specialist_hour


def present_value(weekly: Floats, money: Money) -> float:
    """A series of weekly dollars, worth today."""
    factor = (1 + money.discount) ** (-1 / WEEKS_PER_YEAR)
    return float((weekly * factor ** np.arange(len(weekly))).sum())


def lifetime_value(yearly_margin: Floats, retention: Floats, money: Money) -> Floats:
    """What a customer is worth for good: m r / (1 + i - r) (Gupta, Lehmann & Stuart 2004)."""
    return yearly_margin * retention / np.maximum(TINY, 1 + money.discount - retention)


def break_even(gain: Floats) -> int | None:
    """The week, counted from 1, from which what was gained stays at least what was paid; None if never."""
    behind = np.flatnonzero(np.cumsum(gain) < 0)
    week = int(behind[-1]) + 2 if len(behind) else 1
    return week if week <= len(gain) else None


def return_on(plan_profit: float, base_profit: float, plan_cost: float, base_cost: float) -> float:
    """Profit gained for each dollar spent more than by doing nothing; NaN where nothing more was spent."""
    more = plan_cost - base_cost
    return (plan_profit - base_profit) / more if more > 0 else float("nan")
