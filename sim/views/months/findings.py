"""What a season of two plans found: each measure now, under the plan, and the verdict on the paired difference."""

from collections.abc import Callable, Sequence

from sim.experiment.estimate import Estimate, estimate
from sim.experiment.verdict import verdict
from sim.measures import Measure
from sim.season.catalogue import MEASURES
from sim.season.summary import SeasonSummary
from sim.views.months.data import HORIZONS, Pair, worth
from sim.views.sentences import Finding

Ask = Callable[[SeasonSummary], float]
STAY, PROFIT = "stay", "profit_of_season"
MEASURED = (
    "promise_kept",
    "wait_mean",
    "customers",
    "at_work",
    "exhaustion",
    "time_taken",
    "cost_per_resolved_issue",
)
"""Measures told as they are: averages over the season."""
KEPT, WORST_TENTH, GAP, DELIGHTED = "promise_kept", "worst_tenth", "team_gap", "delighted"


def season_findings(pairs: Sequence[Pair], weeks: int, *, discount: float = 0.0) -> dict[str, Finding]:
    """What was found on every measure that sentences and tables tell of; nothing before the first replication.

    Args:
        pairs: Now and plan, replication by replication.
        weeks: How long a season is.
        discount: What a dollar loses in a year.
    """
    if not pairs:
        return {}
    whole = MEASURES["profit"]
    season = Measure(
        PROFIT,
        "Profit",
        "dollars",
        1,
        whole.matters * weeks,
        "dollars",
        "Profit of the whole season, discounted",
    )
    found = {name: measured(pairs, name) for name in MEASURED}
    found[STAY] = finding(pairs, lambda run: float(run.remaining[-1]), MEASURES["retention_12"])
    found[PROFIT] = finding(pairs, lambda run: float(worth(run.weekly["profit"], discount).sum()), season)
    reached = {word: measured(pairs, name) for word, name in HORIZONS.items()}
    return found | {word: one for word, one in reached.items() if one.difference.replications}


def measured(pairs: Sequence[Pair], name: str) -> Finding:
    """What was found on a measure of the catalogue of seasons."""
    return finding(pairs, lambda run: run.values[name], MEASURES[name])


def finding(pairs: Sequence[Pair], ask: Ask, measure: Measure) -> Finding:
    """What was found on any question asked of each season, judged as the measure is."""
    difference = estimate([ask(plan) - ask(now) for now, plan in pairs])
    judged = verdict(measure, difference)
    now, plan = (side(pairs, number, ask) for number in (0, 1))
    return Finding(now, plan, difference, judged.word, judged.more)


def side(pairs: Sequence[Pair], number: int, ask: Ask) -> Estimate:
    """A question asked of one side: 0 for now, 1 for the plan."""
    return estimate([ask(pair[number]) for pair in pairs])


def mean_of(pairs: Sequence[Pair], number: int, name: str) -> float:
    """The mean of a measure of the catalogue of seasons on one side."""
    return side(pairs, number, lambda run: run.values[name]).mean
