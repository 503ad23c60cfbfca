"""Read the interval report that a telephone system exports: recognised, repaired where that is safe, else refused."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.report.columns import Layout
from sim.report.counts import check_any, counted
from sim.report.dates import check_days, dated
from sim.report.delimited import text_table
from sim.report.files import WORKBOOK, kind
from sim.report.gaps import without_gaps
from sim.report.intervals import intervals
from sim.report.rows import Rows, rows
from sim.report.times import timed
from sim.report.words import Repairs


@dataclass(frozen=True, eq=False)
class Report:
    """An interval report ready to become a scenario.

    `intervals` has one row for each half-hour (or hour), in order, with the columns `start` (date and time), `minutes`
    (30 or 60), `offered`, `answered` and `abandoned` (contacts), `answered_in_target` (contacts), `handle_time` and
    `speed_of_answer` (minutes, averages of the contacts answered) and `agents`. The last four are nan where the report
    does not tell. `target` is the answer target in seconds if a column names one. `repairs` says in plain sentences
    what was repaired, assumed or left out, with spreadsheet rows. `source` is the file's name.
    """

    intervals: pd.DataFrame
    target: float | None
    repairs: tuple[str, ...]
    source: str


def read(path: str | os.PathLike[str]) -> Report:
    """Read a report in CSV or XLSX; BadInput is one sentence naming row and column of what cannot be used."""
    path, repairs = Path(path), Repairs()
    found = _rows(path, repairs)
    frame = dated(found.frame, found.layout, repairs)
    check_days(frame["start"].to_numpy())
    found = Rows(frame, found.layout, found.with_unit, found.signed, found.queues)
    frame = timed(found, counted(found, repairs), repairs)
    check_any(frame, found.layout)
    frame, minutes = intervals(found, frame, repairs)
    frame = without_gaps(frame, minutes, repairs).reset_index(drop=True)
    target = _target(found.layout, repairs)
    return Report(_finished(frame, minutes), target, repairs.sentences(), path.name)


def _rows(path: Path, repairs: Repairs) -> Rows:
    from sim.report.workbooks import workbook_table

    encoding = kind(path, repairs)
    return rows(
        workbook_table(path, repairs) if encoding == WORKBOOK else text_table(path, encoding), repairs
    )


def _target(layout: Layout, repairs: Repairs) -> float | None:
    """The answer target in seconds, from the name of the column that counts the contacts answered in it."""
    column = layout.columns.get("in_target", layout.columns.get("in_target_share"))
    if column and column.target is None:
        repairs.say(f'Column "{column.name}" does not name its target; "Answered in 20 s" would.')
    return column.target if column else None


def _finished(frame: pd.DataFrame, minutes: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": frame["start"],
            "minutes": np.full(len(frame), minutes, np.int16),
            **{name: frame[name].astype(np.int64) for name in ("offered", "answered", "abandoned")},
            "answered_in_target": frame["in_target"],
            "handle_time": frame["handle"] / 60,
            "speed_of_answer": frame["speed"] / 60,
            "agents": frame["agents"],
        }
    )
