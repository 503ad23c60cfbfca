"""Statements asked of the equations alone, without a queue: spread, barriers of arithmetic, standards, surprise."""

import numpy as np

from sim.experiment.bands.band import Band, band, exactly, of_means
from sim.experiment.estimate import Estimate, estimate
from sim.flow.contract import Floats, Ints
from sim.flow.luck import draws
from sim.scenario import Scenario
from sim.scenario.customers import Customers as Answers
from sim.season import loyalty, pressure
from sim.season.feeling import Feelings, Impression, expects, live_through, satisfaction
from sim.season.ledger import lifetime_value

PEOPLE, MONTHS, ISSUES_A_MONTH = 20_000, 24, 0.5
STEPS = 6


def answers(replications: int) -> list[Band]:
    """T05, T06, T16, T19 and T21."""
    return [*_spread(replications), _journey(), *_standard(), *_lifetime(), *_absorbed()]


# ------------------------------------------------------------------------------------------ T05: spread and mean


def churn(like: Answers, mean: float, spread: float, replication: int) -> float:
    """Share of customers lost in two years who meet issues of such quality, by E11 to E15 alone."""
    people, staying = _people(like), np.ones(PEOPLE)
    for month in range(MONTHS):
        key = (5, replication, month)
        comes = draws("uniform", key, "comes", PEOPLE) < ISSUES_A_MONTH
        quality = np.clip(mean + spread * draws("normal", key, "quality", PEOPLE), 0, 100)
        live_through(people, _plain_issues(np.flatnonzero(comes), quality[comes]), like)
        worth = loyalty.value(people.belief, people.spread, people.failures, np.zeros(PEOPLE), like.loyalty)
        staying = staying * np.exp(-loyalty.hazard(worth, like.loyalty))
    return float(1 - staying.mean())


def _people(like: Answers) -> Feelings:
    """New customers, of whom only what they expect, believe and feel is known."""
    return Feelings(
        expectation=np.full(PEOPLE, like.expectation.promise),
        belief=np.full(PEOPLE, like.belief.start),
        doubt=np.full(PEOPLE, like.belief.unsure),
        spread=np.full(PEOPLE, like.belief.spread),
        failures=np.zeros(PEOPLE),
        kept=np.full(PEOPLE, np.nan),
        delights=np.zeros(PEOPLE),
        losses=np.zeros((PEOPLE, 0)),
    )


def _plain_issues(customer: Ints, quality: Floats) -> Impression:
    """Issues of such quality, without delight or failure."""
    nothing = np.zeros(len(customer))
    return Impression(
        customer,
        quality,
        nothing,
        nothing,
        np.ones(len(customer)),
        np.zeros((len(customer), 0)),
        nothing.copy(),
    )


def _spread(replications: int) -> list[Band]:
    """Elasticity of churn to mean quality of customers who live through little and through much variability."""
    like = Scenario().assumptions.customers
    calm, wild, step = 6.0, 18.0, 2.0
    rows = [
        [churn(like, mean, spread, number) for spread in (calm, wild) for mean in (78.0, 78.0 + step)]
        for number in range(replications)
    ]

    def elasticity(before: float, after: float) -> float:
        return float((after - before) / before / (step / 78.0))

    ratio = of_means(rows, lambda mean: elasticity(*mean[:2]) / elasticity(*mean[2:]))
    worse = estimate([row[2] - row[0] for row in rows])
    return [
        band("T05 More spread at the same mean quality: churn in two years", worse, 0.0),
        band("T05 Elasticity of churn to mean quality, calm over erratic", ratio, 1.3, 3.0),
    ]


# ------------------------------------------------------------------------------------------ T06, T19: arithmetic


def _journey() -> Band:
    """Six steps that are good 95 times in 100."""
    good = np.all([draws("uniform", (6, 0, step), "step", 100_000) < 0.95 for step in range(STEPS)], axis=0)
    bad = 1 - good
    found = Estimate(float(bad.mean()), 1.96 * float(bad.std()) / np.sqrt(len(bad)), 0.95, 1)
    return band("T06 Journeys of six steps, each good 95 times in 100, with a bad step", found, 0.255, 0.275,
                source="McKinsey arithmetic")  # fmt: skip


def _lifetime() -> list[Band]:
    """Elasticity of a customer's value to retention, by a small step and by the formula."""
    money, rows = Scenario().assumptions.money, []
    for stays in (0.65, 0.84):
        step = 1e-6
        values = lifetime_value(np.ones(2), np.array([stays, stays * (1 + step)]), money)
        found = float((values[1] / values[0] - 1) / step)
        expected = (1 + money.discount) / (1 + money.discount - stays)
        rows.append(
            band(f"T19 Elasticity of a customer's value to retention at {stays:g}, over the formula's",
                 exactly(found / expected), 0.95, 1.05, source="algebra")
        )  # fmt: skip
    return rows


# --------------------------------------------------------------------------------------------- T16: the standard


def standard_after_overload(recovers_weeks: float, overload: float = 1.1) -> tuple[float, float]:
    """Time cut in the first week of 12 weeks of overload, and of the standard a year later (E20 alone)."""
    like = Scenario().assumptions.workforce.pressure.model_copy(
        update={"recovers_weeks": recovers_weeks, "dead_band": 0.0}
    )
    held, cut = np.ones(1), 0.0
    for week in range(12 + 52):
        felt = np.array([overload if week < 12 else 1.0])
        taken = pressure.time_taken(felt, held, like)
        cut = float(1 - taken[0]) if week == 0 else cut
        held = pressure.standard_after(held, taken, felt, like)
    return cut, float(1 - held[0])


def _standard() -> list[Band]:
    source = "Oliva & Sterman 2001"
    cut, lost = standard_after_overload(260.0)
    forgiving = standard_after_overload(25.0)[1]
    return [
        band("T16 Overload of 10%: time cut in the first week", exactly(cut), 0.054, 0.064, source=source),
        band("T16 A year after 12 such weeks: standard lost, recovering in 260 weeks", exactly(lost), 0.025, 0.04,
             source=source),
        band("T16 The same, recovering in 25 weeks", exactly(forgiving), source=source),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ T21: surprise


def delight_by_issue(counts_as: str, issues: int = 9) -> Floats:
    """What a delight on every issue adds to satisfaction, issue by issue, when it is always as new."""
    like = Scenario().assumptions.customers
    expected = plain = like.expectation.promise
    quality, delight, effect = 80.0, like.quality.delight, []
    for _ in range(issues):
        felt = satisfaction(quality, delight, expected, like.expectation, counts_as == "quality")
        base = satisfaction(quality, 0.0, plain, like.expectation, counts_as == "quality")
        effect.append(felt - base)
        expected = expects(expected, quality + delight, like.expectation)
        plain = expects(plain, quality, like.expectation)
    return np.array(effect)


def _absorbed() -> list[Band]:
    quality, surprise = (delight_by_issue(counts_as) for counts_as in ("quality", "surprise"))
    return [
        band("T21 Delight on every issue: effect of the fifth over the first, where delight is quality",
             exactly(float(quality[4] / quality[0])), 0.5, 1.0),
        band("T21 The same, where delight is only surprise", exactly(float(surprise[4] / surprise[0])), -1.0, 0.5),
    ]  # fmt: skip
