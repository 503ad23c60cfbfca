"""A small workshop and a hand-made result, so that a session's tests simulate nothing they need not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from summaries import week

from sim.experiment import Results
from sim.measures import Summary
from sim.scenario import Scenario
from sim.workshop.outcome import RoundResult
from sim.workshop.source import Workshop, workshop_from

CONTENT: dict[str, Any] = {
    "name": "small",
    "title": "A small workshop",
    "minutes": 30,
    "operation": {"assumptions.demand.issues_per_day": 20},
    "seed": 7,
    "replications": 3,
    "delight_worth": 50,
    "rounds": [
        {
            "id": "staff",
            "title": "How many?",
            "levers": [
                {"path": "plan.staffing.agents", "access": "limited", "low": 6, "high": 12, "step": 1},
                {"path": "plan.outsourcing.share", "access": "open"},
                {"path": "plan.promise.bar", "access": "locked"},
            ],
            "predictions": [
                {
                    "id": "kept",
                    "kind": "number",
                    "ask": "How many kept?",
                    "measure": "promise_kept",
                    "unit": "of 100",
                }
            ],
            "reveal": ["predictions", "board"],
        },
        {
            "id": "buy",
            "title": "One of two",
            "levers": [{"path": "plan.staffing.agents", "access": "limited", "low": 8, "high": 10}],
            "choices": [
                {"id": "wow", "title": "A wow", "plan": {"plan.delight.share": 0.1}, "price": 100},
                {"id": "story", "title": "The story kept", "plan": {"plan.teamwork.context_kept": 0.9}},
            ],
            "predictions": [
                {
                    "id": "order",
                    "kind": "ranking",
                    "ask": "In which order?",
                    "measure": "promise_kept",
                    "options": [{"id": "wow", "title": "A wow"}, {"id": "story", "title": "The story kept"}],
                }
            ],
            "delight_counts": True,
            "reveal": ["board"],
        },
    ],
    "steps": [
        {"at": 0, "title": "Welcome", "round": "staff", "phase": "brief", "say": "Hello."},
        {"at": 5, "title": "Guess", "round": "staff", "phase": "predict", "say": "How many?"},
        {"at": 10, "title": "Choose", "round": "staff", "phase": "decide", "say": "Choose."},
        {"at": 15, "title": "Look", "round": "staff", "phase": "reveal", "say": "What did you see?"},
        {"at": 20, "title": "Buy", "round": "buy", "phase": "brief", "say": "One of two."},
    ],
}


def small(**changes: Any) -> Workshop:
    """The small workshop, with some of its content changed."""
    return workshop_from({**CONTENT, **changes})


def ticking() -> Callable[[], str]:
    """A wall clock that moves a minute each time it is looked at."""
    minutes: Iterator[int] = iter(range(10_000))

    def now() -> str:
        hours, minute = divmod(next(minutes), 60)
        return f"2026-01-{1 + hours // 24:02d}T{hours % 24:02d}:{minute:02d}:00+00:00"

    return now


def weeks_keeping(shares: Sequence[Sequence[float]]) -> tuple[Summary, ...]:
    """Weeks with these shares of promises kept, a row a week and a column a day."""
    return tuple(_week(at, row) for at, row in enumerate(shares))


def _week(at: int, shares: Sequence[float]) -> Summary:
    kept = np.array([[round(100 * share)] for share in shares], np.int64)
    held = np.full_like(kept, 100)
    made = week(at)
    values = made.values | {
        "promise_kept": float(kept.sum() / held.sum()), "settled": 1.0, "wait_mean": 1.0, "day_sd": 0.0,
    }  # fmt: skip
    return replace(
        made,
        values=values,
        teams=("In-house",),
        kept=kept,
        issues=held,
        day_kept=kept[:, 0],
        day_issues=held[:, 0],
    )


def result_of(
    plans: Mapping[int, Scenario],
    shares: Mapping[int, Sequence[Sequence[float]]],
    choices: Mapping[str, int] | None = None,
    today: int = 0,
) -> RoundResult:
    """A result in which each team has weeks of its own; choices and today are what that team has (by place)."""
    results = [Results(plan, weeks_keeping(shares[team])) for team, plan in plans.items()]
    return RoundResult.made_of(
        results, {team: at for at, team in enumerate(plans)}, choices or {}, today, seed=1
    )
