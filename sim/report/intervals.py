"""Rows become intervals: one length, in order, each once, queues added together, a half-hour or an hour long."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.columns import Layout
from sim.report.rows import Rows
from sim.report.words import NAMED, Repairs, listed, minute, refuse, shown
from sim.scenario.errors import BadInput

LENGTHS: Final = (5, 10, 15, 30, 60)
HALF_HOUR: Final = 30

CLOCK_BACK: Final = (2, 3, 4, 9, 10, 11)
"""Months in which some country puts its clocks back, always before four in the morning."""

ALL: Final = re.compile(r"all(?: (?:queues|skills|splits|calls|contacts|campaigns))?|\*", re.IGNORECASE)
"""A queue that is all queues together."""

SUMMED: Final = ("offered", "answered", "abandoned", "in_target")
NUMBERS: Final = (*SUMMED, "handle", "speed", "agents")

Mask = npt.NDArray[np.bool_]


def intervals(rows: Rows, frame: pd.DataFrame, repairs: Repairs) -> tuple[pd.DataFrame, int]:
    """One row for each interval, and its length in minutes (30 or 60)."""
    length = _length(frame["start"].to_numpy())
    _check_aligned(frame, rows.layout, length)
    frame = _staffed(frame, rows.layout, length)
    frame = frame.sort_values(["start", "queue", "row"], kind="stable", ignore_index=True)
    frame = _once(frame, rows, length, repairs)
    frame = _without_all(frame, rows, repairs)
    if not frame["start"].duplicated().any():
        _say_sorted(frame, repairs)
    else:
        _say_queues(rows, repairs)
        frame = _added(frame, frame["start"])
    if length < HALF_HOUR:
        frame = _half_hours(frame, length, repairs)
    return frame.drop(columns=["queue", "row"], errors="ignore"), max(length, HALF_HOUR)


def _length(start: npt.NDArray[np.datetime64]) -> int:
    """Minutes between neighbouring starts, as most rows have it."""
    moments = np.sort(pd.unique(start.astype("datetime64[m]").astype(np.int64)))
    steps = np.diff(moments)[np.diff(moments // 1440) == 0]
    steps = steps[steps > 0]
    if not len(steps):
        raise BadInput(
            "The report has one row a day; a report by intervals of 15, 30 or 60 minutes is needed."
        )
    length = int(np.bincount(steps).argmax())
    if length not in LENGTHS:
        raise BadInput(f"The rows are {length} minutes apart; intervals of 15, 30 or 60 minutes are needed.")
    return length


def _check_aligned(frame: pd.DataFrame, layout: Layout, length: int) -> None:
    seconds = frame["start"].to_numpy().astype("datetime64[s]").astype(np.int64)
    off = np.flatnonzero(seconds % (length * 60))
    if len(off):
        column = layout.columns.get("start") or layout.columns["date"]
        at = str(frame["start"].iloc[off[0]])
        trouble = (
            f"{at.removesuffix(':00')} is no start of an interval of {length} minutes, as the other rows have"
        )
        raise refuse(int(frame["row"].iloc[off[0]]), column.name, trouble)


def _staffed(frame: pd.DataFrame, layout: Layout, length: int) -> pd.DataFrame:
    """Agents from the time they were logged in, where the report has no column of agents."""
    if "staffed_time" not in frame:
        return frame
    if "agents" not in layout.columns:
        frame["agents"] = frame["staffed_time"] / (length * 60)
    return frame.drop(columns=["staffed_time"])


def _say_sorted(frame: pd.DataFrame, repairs: Repairs) -> None:
    if not frame["row"].is_monotonic_increasing:
        as_read = frame.sort_values("row")
        back = as_read["start"] < as_read["start"].shift()
        repairs.rows("Sorted, because a row starts before the one above it", as_read["row"][back])


def _without_all(frame: pd.DataFrame, rows: Rows, repairs: Repairs) -> pd.DataFrame:
    """Take off the queue that stands for all queues, where the others are there too."""
    sums = [code for code, name in enumerate(rows.queues) if ALL.fullmatch(name)]
    every = frame["queue"].isin(sums)
    if not every.any() or every.all():
        return frame
    repairs.rows("Left out as totals of all queues", sorted(frame["row"][every]))
    return frame[~every]


def _once(frame: pd.DataFrame, rows: Rows, length: int, repairs: Repairs) -> pd.DataFrame:
    """Drop rows that repeat another, and the second of the hours that come twice as clocks go back."""
    again = frame.duplicated(["start", "queue"])
    if not again.any():
        return frame
    same = frame.duplicated(["start", "queue", *NUMBERS])
    repairs.rows("Left out as the same row again", sorted(frame["row"][same]))
    frame, again = frame[~same], again[~same]
    night = _clock_back(frame["start"].to_numpy(), again.to_numpy(), length)
    repairs.rows("Left out as the second of an hour that comes twice as clocks go back", frame["row"][night])
    left = np.flatnonzero(again & ~night)
    if len(left):
        raise _twice(frame, rows.layout, int(left[0]))
    return frame[~night]


def _clock_back(start: npt.NDArray[np.datetime64], again: Mask, length: int) -> Mask:
    """Which repeated rows make up exactly one hour of a night in which clocks may go back."""
    days = start.astype("datetime64[D]")
    month = start.astype("datetime64[M]").astype(np.int64) % 12 + 1
    early = (start - days) < np.timedelta64(4, "h")
    may = again & early & np.isin(month, CLOCK_BACK)
    hours = pd.Series(start[may]).drop_duplicates()
    whole = hours.groupby(hours.dt.normalize()).transform("size") * length == 60
    night: Mask = may & np.isin(days, hours[whole].to_numpy().astype("datetime64[D]"))
    return night


def _twice(frame: pd.DataFrame, layout: Layout, at: int) -> BadInput:
    """Two rows for the same interval with different numbers: only the reader can know which is right."""
    pair = frame.iloc[at - 1 : at + 1]
    row, first = int(pair["row"].max()), int(pair["row"].min())
    column = layout.columns.get("start") or layout.columns["date"]
    differing = next(name for name in NUMBERS if not pair[name].duplicated().iloc[1])
    name = layout.name(differing) if differing in layout.columns else differing
    return refuse(
        row,
        column.name,
        f"{minute(frame['start'].to_numpy()[at])} is already in row {first}, with other numbers in "
        f'"{shown(name)}"; keep one of the two',
    )


def _say_queues(rows: Rows, repairs: Repairs) -> None:
    names = listed([shown(name) or "unnamed" for name in rows.queues], 5)
    agents = (
        "; agents too, so one who serves two queues counts twice" if "agents" in rows.layout.columns else ""
    )
    repairs.say(
        f"The report has {len(rows.queues)} queues ({names}): their contacts were added together{agents}."
    )


def _added(frame: pd.DataFrame, by: pd.Series, agents: str = "sum") -> pd.DataFrame:
    """Rows of the same `by` made one: contacts added, times averaged over the contacts answered."""
    answered = frame["answered"].to_numpy()
    work = pd.DataFrame({name: frame[name].to_numpy() for name in SUMMED})
    work["agents"] = frame["agents"].to_numpy()
    for name in ("handle", "speed"):
        told = frame[name].notna().to_numpy()
        work[name] = np.where(told, frame[name] * answered, np.nan)
        work[f"{name}_of"] = np.where(told, answered, 0.0)
    groups = work.groupby(by.to_numpy(), sort=True)
    total = groups.sum(min_count=1)
    if agents == "mean":
        total["agents"] = groups["agents"].mean()
    for name in ("handle", "speed"):
        total[name] = total[name] / total.pop(f"{name}_of").where(lambda of: of > 0)
    return total.rename_axis("start").reset_index()


def _half_hours(frame: pd.DataFrame, length: int, repairs: Repairs) -> pd.DataFrame:
    """Shorter intervals added to half-hours."""
    half = frame["start"].dt.floor(f"{HALF_HOUR}min")
    repairs.say(f"The intervals of {length} minutes were added together to half-hours.")
    parts = half.groupby(half.to_numpy()).size() * length
    short = parts.index[parts < HALF_HOUR].to_numpy()
    if len(short):
        named = listed([minute(start) for start in short[:NAMED]], NAMED, len(short))
        repairs.say(f"Half-hours that lack some of their rows count what is missing as no contacts: {named}.")
    return _added(frame, half, agents="mean")
