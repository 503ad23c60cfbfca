"""The model looked up on paper: a lever's every step, in every variant and on every kind of day, asked beforehand."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.estimate import Estimate, estimate
from sim.experiment.questions import opened
from sim.experiment.replications import Report, stream
from sim.measures.summary import Summary
from sim.scenario import BadInput, Scenario
from sim.scenario.files import write_whole
from sim.workshop.guide import Guide, Paper, Situation, staffed

REPLICATIONS = 20
TABLE, DAYS, HOURS = "paper.csv", "days.csv", "hours.csv"
HELD_TO = 6
"""Digits behind the point that are kept."""


@dataclass(frozen=True)
class Row:
    """One plan on one kind of day, and what the model says of it: mean and half-width by measure."""

    situation: str
    variant: str
    value: int
    told: Mapping[str, Estimate]


@dataclass(frozen=True)
class Day:
    """One day under a cover: issues, and those with the promise kept."""

    cover: str
    replication: int
    day: int
    kept: int
    issues: int


@dataclass(frozen=True)
class Hour:
    """Half an hour of the operation as it is: when it begins (minute of the day), and the mean wait in minutes."""

    starts: float
    wait: float


def paper_of(guide: Guide) -> Paper:
    """The guide's booklet; raises BadInput when it has none."""
    if guide.paper is None:
        raise BadInput(f"{guide.workshop}: has no booklet; give its guide a part named paper.")
    return guide.paper


def plans(guide: Guide) -> Iterator[tuple[Situation, str, int, Scenario]]:
    """Every plan of the table, in its order; raises BadInput."""
    paper = paper_of(guide)
    for situation in paper.situations:
        for variant, changes in paper.variants.items():
            for value in paper.values:
                every = {**situation.changes, **changes, paper.lever: value}
                yield situation, variant, value, opened(guide.operation, every)


def looked_up(
    guide: Guide,
    wanted: Sequence[int] | None = None,
    replications: int = REPLICATIONS,
    progress: Report | None = None,
) -> list[Row]:
    """Rows of the table, or only those `wanted` by their place, as the model gives them now."""
    found = list(plans(guide))
    chosen = [found[at] for at in wanted] if wanted is not None else found
    briefs = _briefs([plan for *_, plan in chosen], guide.seed, replications, progress)
    measures = paper_of(guide).measures
    return [
        Row(situation.name, variant, value, {name: _estimate(brief, name) for name in measures})
        for (situation, variant, value, _), brief in zip(chosen, briefs, strict=True)
    ]


def days_of(guide: Guide, replications: int = REPLICATIONS) -> list[Day]:
    """Every day of every cover, met by the same customers."""
    covers = [opened(guide.operation, staffed(cover)) for cover in guide.covers.values()]
    briefs = _briefs(covers, guide.seed, replications)
    return [
        Day(name, replication, day, int(kept), int(issues))
        for name, brief in zip(guide.covers, briefs, strict=True)
        for replication, summary in enumerate(brief)
        for day, (kept, issues) in enumerate(zip(summary.day_kept, summary.day_issues, strict=True))
    ]


def hours_of(guide: Guide, replications: int = REPLICATIONS) -> list[Hour]:
    """The day of the operation as it is, half-hour by half-hour."""
    (brief,) = _briefs([opened(guide.operation, {})], guide.seed, replications)
    waits = zip(*(summary.slot_wait for summary in brief), strict=True)
    starts = brief[0].slot_start
    return [Hour(float(start), estimate(list(wait)).mean) for start, wait in zip(starts, waits, strict=True)]


def _briefs(
    scenarios: Sequence[Scenario], seed: int, replications: int, progress: Report | None = None
) -> list[tuple[Summary, ...]]:
    """The summaries of each scenario, in order of replication."""
    done = sorted(
        stream(list(scenarios), range(replications), seed=seed, progress=progress),
        key=lambda each: each.replication,
    )
    return [tuple(each.summaries[at] for each in done) for at in range(len(scenarios))]


def _estimate(briefs: Sequence[Summary], name: str) -> Estimate:
    return estimate([brief.values[name] for brief in briefs])


# ---------------------------------------------------------------------------------------------- kept in files


def keep(folder: Path, rows: Sequence[Row], days: Sequence[Day], hours: Sequence[Hour]) -> None:
    """Write the booklet's numbers, each file whole or not at all; raises BadInput."""
    measures = list(rows[0].told)
    head = [column for name in measures for column in (name, f"{name} ±")]
    lines = [
        [row.situation, row.variant, row.value, *(_kept(end) for each in row.told.values()
         for end in (each.mean, each.half_width))]
        for row in rows
    ]  # fmt: skip
    _write(folder / TABLE, ["situation", "variant", "value", *head], lines)
    _write(folder / DAYS, ["cover", "replication", "day", "kept", "issues"],
           [[day.cover, day.replication, day.day, day.kept, day.issues] for day in days])  # fmt: skip
    _write(folder / HOURS, ["starts", "wait"], [[f"{hour.starts:g}", _kept(hour.wait)] for hour in hours])


def kept_rows(folder: Path) -> list[Row]:
    """The table as kept; raises BadInput."""
    return [
        Row(row["situation"], row["variant"], int(row["value"]), _told(row)) for row in _read(folder / TABLE)
    ]


def kept_days(folder: Path) -> list[Day]:
    """The days as kept; raises BadInput."""
    return [
        Day(
            row["cover"],
            *(int(row[name]) for name in ("replication", "day", "kept", "issues")),
        )
        for row in _read(folder / DAYS)
    ]


def kept_hours(folder: Path) -> list[Hour]:
    """The day as kept; raises BadInput."""
    return [Hour(float(row["starts"]), float(row["wait"])) for row in _read(folder / HOURS)]


def _told(row: Mapping[str, str]) -> dict[str, Estimate]:
    names = [name for name in row if f"{name} ±" in row]
    return {name: Estimate(float(row[name]), float(row[f"{name} ±"]), 0.95, REPLICATIONS) for name in names}


def _kept(value: float) -> str:
    return f"{value:.{HELD_TO}f}".rstrip("0").rstrip(".")


def _write(path: Path, head: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    text = "\n".join(",".join(str(cell) for cell in line) for line in (head, *lines))
    write_whole(path, f"{text}\n".encode())


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name}: could not be read; write it anew with --ask-again.") from error
