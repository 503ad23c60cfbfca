"""Statements that fail: does any assumption that they hang on, at an end of its plausible range, make them hold?

One assumption at a time, in the operations and on the luck of the statement itself. Nothing is changed for it: where a
statement holds at an end, it depends on that assumption, and where it holds at none, it fails for every one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

from sim.experiment.bands import coupled, failures, minutes
from sim.experiment.bands.band import Band
from sim.experiment.bands.operations import OPERATIONS
from sim.experiment.replications import Progress, Report
from sim.experiment.seasons import seasons
from sim.flow import Engine, prepare
from sim.scenario import fields

Changes = Mapping[str, Any]
SEED, REPLICATIONS = 2026, 4
LOYALTY, QUALITY, EXPECTATION, MEMORY = (
    f"assumptions.customers.{group}" for group in ("loyalty", "quality", "expectation", "memory")
)
AUTHORITY, BOT, DEMAND = (f"assumptions.{group}" for group in ("authority", "bot", "demand"))
DELIGHTED = (
    f"{LOYALTY}.middle", f"{LOYALTY}.width", f"{LOYALTY}.risk_aversion", f"{LOYALTY}.failure_weight",
    f"{QUALITY}.settled", f"{QUALITY}.unresolved", f"{QUALITY}.delight", f"{QUALITY}.noise_broken",
    f"{EXPECTATION}.loss_aversion", f"{EXPECTATION}.weight", f"{EXPECTATION}.down",
    "assumptions.customers.belief.spread_rate", "assumptions.customers.belief.drift_variance",
)  # fmt: skip
TRIED: Mapping[str, tuple[str, ...]] = {
    "T02 T03": DELIGHTED,
    "T08": (
        f"{MEMORY}.slow", f"{MEMORY}.unrecovered", f"{MEMORY}.months", f"{MEMORY}.half_credit_hours",
        f"{MEMORY}.speed_weight", f"{LOYALTY}.failure_weight", f"{LOYALTY}.middle", f"{LOYALTY}.width",
        f"{LOYALTY}.churn_least", f"{QUALITY}.unresolved",
    ),
    "T09": (
        f"{DEMAND}.preventable", f"{DEMAND}.prevention_rate", f"{QUALITY}.unresolved", f"{LOYALTY}.middle",
        f"{MEMORY}.complains_slope", f"{MEMORY}.futility", f"{MEMORY}.unrecovered", "assumptions.money.margin",
    ),
    "T10": (
        f"{AUTHORITY}.needed", f"{AUTHORITY}.leakage", f"{AUTHORITY}.worth_median", f"{AUTHORITY}.worth_ln_sd",
        f"{AUTHORITY}.approved", f"{AUTHORITY}.cheats", f"{AUTHORITY}.approval_minutes",
        f"{QUALITY}.decision_day", "assumptions.money.margin",
    ),
    "T12": (
        f"{BOT}.dead_end_phones", f"{BOT}.gives_up", f"{BOT}.seems_to_settle", f"{QUALITY}.bot_failed",
        f"{QUALITY}.bot_angry", f"{QUALITY}.bot_misfit", f"{QUALITY}.waiting", f"{QUALITY}.unresolved",
    ),
    "T13": ("assumptions.patience.mean", "assumptions.patience.hangs_up_at_once", "assumptions.patience.shape"),
}  # fmt: skip
"""By the numbers of statements: the assumptions that the reason of their failing names, and those they act through."""
ASKED: Mapping[str, tuple[str, ...]] = {
    "T02 T03": tuple(OPERATIONS),
    "T09": ("prevention",),
    "T10": ("authority",),
    "T12": ("bot",),
}
"""The questions that answer them."""
ONLY: Mapping[str, tuple[str, ...]] = {"T02 T03": ("as is", "delight")}
"""Plans that suffice where not all of a question are needed."""


@dataclass(frozen=True)
class Reached:
    """A statement with one assumption at an end of its plausible range."""

    assumption: str
    end: float
    band: Band


def reach(
    failing: Sequence[Band],
    replications: int = REPLICATIONS,
    *,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> Iterator[Reached]:
    """Ask every failing statement again at both ends of each assumption it may hang on, as they are finished."""
    engine, stop = prepare(engine), stop or Event()
    tries = [
        (numbers, path, end)
        for numbers, paths in TRIED.items()
        if any(band.name[:3] in numbers for band in failing)
        for path in paths
        for end in _ends(path)
    ]
    wanted = {statement(band) for band in failing}
    for done, (numbers, path, end) in enumerate(tries, start=1):
        if stop.is_set():
            return
        for band in again(numbers, {path: end}, replications, engine, workers):
            if statement(band) in wanted:
                yield Reached(path, end, band)
        if progress:
            progress(Progress(done, len(tries), None))


def statement(band: Band) -> str:
    """Its name without what was found, which stands behind a comma."""
    return band.name.split(",")[0]


def _ends(path: str) -> tuple[float, float]:
    low, high = fields()[path].plausible or (0.0, 0.0)
    return low, high


def again(
    numbers: str, changes: Changes, replications: int, engine: Engine, workers: int | None = None
) -> Sequence[Band]:
    """The statements of these numbers with other assumptions."""
    if numbers == "T08":
        return failures.answers([failures.one(each, engine, changes) for each in range(replications)])
    if numbers == "T13":
        return minutes.bank_answers(replications, engine, changes)
    lived = {
        name: _lived(coupled.QUESTIONS[name], ONLY.get(numbers, ()), changes, replications, engine, workers)
        for name in ASKED[numbers]
    }
    ask = next(ask for needs, ask in coupled.ASKED if set(needs) == set(ASKED[numbers]))
    return ask(lived)


def _lived(
    question: coupled.Question,
    only: Sequence[str],
    changes: Changes,
    replications: int,
    engine: Engine,
    workers: int | None,
) -> coupled.Lived:
    plans = {
        name: plan.changed(dict(changes)) for name, plan in question.plans.items() if not only or name in only
    }
    asked = coupled.Question(plans, question.own)
    found = seasons(
        list(plans.values()), replications, months=asked.months, seed=SEED, engine=engine, workers=workers
    )
    return coupled.Lived(asked, found)
