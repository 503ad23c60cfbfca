"""Does every lever earn its place? Each moved over its range on common luck: what changes in a year, and what it costs.

A lever earns its place when some value of it changes an outcome by more than two standard deviations of the paired
difference from today, and it has a price: in money, or in another outcome that gets worse.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiment.estimate import Estimate, estimate
from sim.experiment.replications import Progress, Report
from sim.experiment.seasons import Months, Seasons, seasons
from sim.flow import Engine
from sim.flow.contract import Floats
from sim.scenario import Scenario, fields
from sim.season.catalogue import MEASURES

OUTCOMES = (
    "promise_kept", "wait_mean", "unresolved", "contacts_per_issue", "satisfaction", "satisfaction_served",
    "stays_12", "customers", "nps", "worst_tenth", "team_gap", "exhaustion", "turnover", "time_taken",
    "occupancy", "cost_12", "profit_12",
)  # fmt: skip
"""What is looked at, customers first, then people, then money."""
MONEY = ("cost_12", "profit_12")
ENOUGH = 2.0
MONTHS = Months(weeks=52, settle=26)
ALL = ("simple", "standard", "complex", "complaint")


@dataclass(frozen=True)
class Lever:
    """A field of the plan and the values it is moved over, in an operation in which it can do something.

    `given`: what else is changed, in today as in every value; `name`: where a field is asked more than once; `weeks`:
    how long it is looked at, two years for what acts only through those who are hired.
    """

    path: str
    values: tuple[Any, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    weeks: int = 52

    @property
    def title(self) -> str:
        """As people read it."""
        return self.name or fields()[self.path].title

    def plans(self) -> list[Scenario]:
        """Today, then each value."""
        today = Scenario().changed(dict(self.given)) if self.given else Scenario()
        return [today, *(today.changed(self.path, value) for value in self.values)]


P = "plan."
BOT_TRIES = {"plan.chatbot.coverage": 0.6}
BUSY = {"plan.staffing.agents": 5}
LEVERS: tuple[Lever, ...] = (
    Lever(P + "staffing.agents", (6, 7, 8, 10, 12, 14)),
    Lever(P + "staffing.specialists", (2, 4, 5)),
    Lever(P + "outsourcing.share", (0.2, 0.4, 0.7, 1.0), name="Outsourcing, chosen on cost"),
    Lever(P + "outsourcing.share", (0.2, 0.4, 0.7, 1.0), {P + "outsourcing.vendor": "quality"},
          "Outsourcing, chosen on quality"),
    Lever(P + "chatbot.coverage", (0.0, 0.5, 0.8), name="Chatbot that hands over"),
    Lever(P + "chatbot.coverage", (0.0, 0.5, 0.8), {P + "chatbot.hands_over": False}, "Chatbot without people"),
    Lever(P + "chatbot.carries_context", (False,), BOT_TRIES),
    Lever(P + "chatbot.types", (("simple",), ALL), BOT_TRIES),
    Lever(P + "empowerment.authority_limit", (0.0, 10.0, 50.0, 100.0, 1000.0)),
    Lever(P + "empowerment.supervisors", (2, 3), {P + "empowerment.authority_limit": 0.0},
          "Supervisors, where agents decide nothing"),
    Lever(P + "empowerment.hold_limit", (0, 1, 5), {P + "empowerment.authority_limit": 0.0},
          "Longest line on hold, where agents decide nothing"),
    Lever(P + "empowerment.rule_density", (0.5, 1.0)),
    Lever(P + "empowerment.trust", (0.0, 0.4, 1.0)),
    Lever(P + "teamwork.departments", (3, 4, 6)),
    Lever(P + "teamwork.routing_accuracy", (0.5, 0.9, 1.0)),
    Lever(P + "teamwork.cross_skill", (0.0, 0.5, 0.8)),
    Lever(P + "teamwork.context_kept", (0.0, 0.8, 1.0)),
    Lever(P + "teamwork.repeats_first", (True,)),
    Lever(P + "promise.answer_within", (0.5, 1.0, 5.0)),
    Lever(P + "promise.contacts", (1, 3)),
    Lever(P + "promise.decision_within", (60.0, 270.0, 1080.0), {P + "empowerment.authority_limit": 0.0},
          "Promise: decision within, where agents decide nothing"),
    Lever(P + "promise.story_once", (False,)),
    Lever(P + "time_standard", (0.8, 0.9, 1.1)),
    Lever(P + "core_first", (True,)),
    Lever(P + "recovery.offered", (False,)),
    Lever(P + "recovery.fix_hours", (8.0, 24.0, 240.0)),
    Lever(P + "recovery.apology", (False,)),
    Lever(P + "recovery.surprise", (True,)),
    Lever(P + "recovery.reaches_out", (0.5, 1.0)),
    Lever(P + "recovery.guarantee", (40.0, 60.0)),
    Lever(P + "delight.share", (0.1, 0.2, 0.4)),
    Lever(P + "delight.refreshed", (True,), {P + "delight.share": 0.4}),
    Lever(P + "prevention.effort", (0.25, 0.5, 1.0)),
    Lever(P + "prevention.feedback", (0.0, 1.0), {P + "prevention.effort": 0.5}),
    Lever(P + "people.training", (0.0, 1.0)),
    Lever(P + "people.hires_attitude", (0.4, 0.75, 0.9), name="Hiring for attitude, two years", weeks=104),
    Lever(P + "people.support", (0.0, 0.6, 1.0)),
    Lever(P + "people.recognition", (0.5, 1.0)),
    Lever(P + "people.heroes", (0.2, 0.5), name="Heroes, two years", weeks=104),
    Lever(P + "people.pay", (0.8, 1.2, 1.5)),
    Lever(P + "personalisation.variants", (1, 2, 4, 8)),
    Lever(P + "protection.from_abuse", (0.5, 1.0)),
    Lever(P + "protection.time_standard", (True,), BUSY, "Time standard protected, where people are short"),
)  # fmt: skip


@dataclass(frozen=True)
class Response:
    """One outcome at one value of a lever, less today's: the paired difference, and its size in standard deviations."""

    lever: str
    path: str
    value: Any
    outcome: str
    difference: Estimate
    deviations: float


def responses(lever: Lever, found: Seasons) -> Iterator[Response]:
    """Every outcome at every value."""
    for place, value in enumerate(lever.values, start=1):
        for outcome in OUTCOMES:
            pairs = zip(found.values(outcome, place), found.values(outcome), strict=True)
            gaps = np.array([after - before for after, before in pairs])
            yield Response(
                lever.title, lever.path, value, outcome, estimate(gaps.tolist()), _deviations(gaps)
            )


def _deviations(gaps: Floats) -> float:
    """The mean difference in standard deviations; 0 where there are too few replications or nothing to measure."""
    if len(gaps) < 2 or np.isnan(gaps).any():
        return 0.0
    spread = float(gaps.std(ddof=1))
    if spread == 0:
        return np.inf if gaps.any() else 0.0
    return abs(float(gaps.mean())) / spread


def earns(found: Sequence[Response]) -> bool:
    """Whether a lever changes an outcome beyond its luck, and has a price: in money, or in another outcome."""
    moved = [each for each in found if each.deviations > ENOUGH]
    priced = any(
        each.outcome in MONEY or MEASURES[each.outcome].better * each.difference.mean < 0 for each in moved
    )
    return priced and any(each.outcome not in MONEY for each in moved)


def try_levers(
    levers: Sequence[Lever] = LEVERS,
    replications: int = 6,
    *,
    months: Months = MONTHS,
    seed: int = 11,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
) -> Iterator[list[Response]]:
    """The responses to each lever, as they are found."""
    for number, lever in enumerate(levers, start=1):
        span = replace(months, weeks=lever.weeks) if months == MONTHS else months
        found = seasons(lever.plans(), replications, months=span, seed=seed, engine=engine, workers=workers)
        if progress:
            progress(Progress(number, len(levers), None))
        yield list(responses(lever, found))


def strongest(found: Sequence[Response]) -> Response:
    """What a lever does most surely to, money left out."""
    return max((each for each in found if each.outcome not in MONEY), key=lambda each: each.deviations)


COLUMNS = ("lever", "path", "value", "outcome", "difference", "half_width", "deviations", "replications")
STORED = Path(__file__).with_name("levers.csv")
"""The responses as `sim levers -o` last wrote them for this version of the model."""


def save_responses(found: Sequence[Response], path: Path) -> None:
    """Write responses as a table, one row each."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(each) for each in found)


def _cells(each: Response) -> tuple[object, ...]:
    size, width, sure = (
        f"{x:.6g}" for x in (each.difference.mean, each.difference.half_width, each.deviations)
    )
    value = "+".join(each.value) if isinstance(each.value, tuple) else each.value
    return each.lever, each.path, value, each.outcome, size, width, sure, each.difference.replications


def stored_responses() -> list[dict[str, str]]:
    """The stored responses, one row each by column."""
    with STORED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
