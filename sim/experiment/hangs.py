"""What the plans of the kit hang on: the four levers against today, every doubtful assumption at both ends.

As `one_at_a_time`, but for several plans and results together, which share today and the weeks in which it settles.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from sim.experiment.assumed import doubts
from sim.experiment.estimate import Estimate, estimate
from sim.experiment.replications import Report
from sim.experiment.sensitivity import (
    REPLICATIONS,
    SHORT,
    Attack,
    How,
    Point,
    Swing,
    less_today,
    lived_under,
    swings_of,
)
from sim.flow import Engine
from sim.scenario import named

PLANS = ("lean", "cheap_partner", "bot_without_people", "trusted_frontline")
"""One for each of the four levers."""
RESULTS = ("stays_12", "profit_12")
STORED = Path(__file__).with_name("hangs.csv")
"""What was last found for this version of the model."""
COLUMNS = (
    "plan", "result", "difference", "half_width", "assumption", "low", "difference_at_low", "half_width_at_low",
    "high", "difference_at_high", "half_width_at_high", "word", "replications",
)  # fmt: skip


@dataclass(frozen=True)
class Hangs:
    """One result of one plan as things are assumed, and with every assumption at both ends."""

    plan: str
    result: str
    base: Estimate
    swings: Sequence[Swing]


def what_hangs(
    replications: int = REPLICATIONS,
    names: Sequence[str] = (),
    *,
    seed: int = 1,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
    stop: Event | None = None,
) -> list[Hangs]:
    """Every result of every plan; `names` are assumptions or groups of them, none for the usual ones."""
    today, plans = named("today"), [named(name) for name in PLANS]
    tried = doubts(today, today, names)
    ends: list[Point] = [{one.path: end} for one in tried for end in (one.low, one.high)]
    attack = Attack(({}, *ends), replications, RESULTS, SHORT)
    found = lived_under([today, *plans], attack, How(seed, engine, workers, progress, stop))
    made = []
    for number, name in enumerate(PLANS, start=1):
        for result in RESULTS:
            gaps = less_today(found, attack, result, number)
            made.append(Hangs(name, result, estimate(gaps[0] or []), tuple(swings_of(tried, gaps))))
    return made


def save_hangs(found: Sequence[Hangs], path: Path = STORED) -> None:
    """Write what was found as a table, one row an assumption."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row for each in found for row in _rows(each))


def _rows(each: Hangs) -> Iterator[tuple[object, ...]]:
    for swing in each.swings:
        yield (
            each.plan, each.result, *_numbers(each.base), swing.doubt.path, swing.low.value,
            *_numbers(swing.low.difference), swing.high.value, *_numbers(swing.high.difference), swing.word,
            each.base.replications,
        )  # fmt: skip


def _numbers(found: Estimate) -> tuple[str, str]:
    return f"{found.mean:.6g}", f"{found.half_width:.6g}"


def stored_hangs() -> list[dict[str, str]]:
    """The stored table, one row an assumption, by column."""
    with STORED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
