"""Where overload, exhaustion and quits feed each other, if anywhere: the same operation with the loop and without.

The loop is cut where exhaustion makes people quit and stay away. Its strength is the number of posts it empties: about
none, or ever more where posts are emptied faster than they are filled.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.estimate import Estimate
from sim.experiment.replications import Progress, Report
from sim.experiment.seasons import Months, seasons
from sim.flow import Engine
from sim.scenario import Scenario

STRAIN, CAREERS = "assumptions.workforce.exhaustion", "assumptions.workforce.careers"
CUT: dict[str, Any] = {f"{STRAIN}.quits": 0.0, f"{STRAIN}.absence": 0.0}
WORLDS: dict[str, dict[str, Any]] = {
    "as assumed": {},
    "at the worst of their ranges": {
        f"{STRAIN}.overload": 3.0,
        f"{STRAIN}.quits": 3.0,
        f"{STRAIN}.absence": 0.1,
        f"{CAREERS}.quits": 0.45,
        f"{CAREERS}.hiring_weeks": 20.0,
        f"{CAREERS}.training_weeks": 8.0,
    },
}
AGENTS = (5, 6, 7, 9, 12)
MONTHS = Months(weeks=104, settle=26)


@dataclass(frozen=True)
class Loop:
    """The loop in one world with so many agents: people at work and exhaustion with it, and posts it empties."""

    world: str
    agents: int
    at_work: Estimate
    exhaustion: Estimate
    emptied: Estimate
    """Empty posts with the loop, less those without."""


def loops(
    replications: int = 4,
    *,
    seed: int = 17,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Report | None = None,
) -> Iterator[Loop]:
    """The loop's strength over numbers of agents, as assumed and at the worst end of every range that drives it."""
    total = len(WORLDS) * len(AGENTS)
    for number, (world, agents) in enumerate(((w, a) for w in WORLDS for a in AGENTS), start=1):
        with_loop = Scenario().changed({"plan.staffing.agents": agents, **WORLDS[world]})
        plans = [with_loop.changed(CUT), with_loop]
        found = seasons(plans, replications, months=MONTHS, seed=seed, engine=engine, workers=workers)
        yield Loop(
            world,
            agents,
            found.estimate("at_work", 1),
            found.estimate("exhaustion", 1),
            found.difference("vacancies"),
        )
        if progress:
            progress(Progress(number, total, None))


COLUMNS = ("world", "agents", "at_work", "exhaustion", "emptied", "half_width")
STORED = Path(__file__).with_name("spiral.csv")
"""The loop's strength as it was last found for this version of the model."""


def save_loops(found: Sequence[Loop], path: Path = STORED) -> None:
    """Write loops as a table, one row each; the half-width is that of the posts emptied."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(each) for each in found)


def _cells(each: Loop) -> tuple[object, ...]:
    sizes = each.at_work.mean, each.exhaustion.mean, each.emptied.mean, each.emptied.half_width
    return each.world, each.agents, *(f"{size:.6g}" for size in sizes)


def stored_loops() -> list[dict[str, str]]:
    """The stored loops, one row each by column."""
    with STORED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
