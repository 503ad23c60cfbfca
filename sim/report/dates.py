"""Which day each row belongs to: one way of writing for the whole report, day or month first, days enough."""

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.columns import Layout
from sim.report.moments import BLANK, DAY_SECONDS, DAY_ZERO, ISO, NAMED, NUMBERS, SERIAL
from sim.report.words import Repairs, refuse
from sim.scenario.errors import BadInput

FEWEST_DAYS: Final = 5
"""A scenario has a volume for each weekday: one full working week is the least that gives it."""

STYLES: Final = {
    ISO: "year, month, day",
    NUMBERS: "day and month by number",
    NAMED: "the month by name",
    SERIAL: "a spreadsheet's own number",
}

Days = npt.NDArray[np.int32]
Positions = npt.NDArray[np.intp]


def dated(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> pd.DataFrame:
    """The rows with their `start` as a date and time, the columns it was read from taken off."""
    frame = _without_last_total(frame, layout, repairs)
    _check_style(frame, layout)
    days = _days(frame, layout, repairs)
    seconds = days.astype(np.int64) * DAY_SECONDS + frame["second"].to_numpy(np.int64)
    rest = frame.drop(columns=["day_first", "month_first", "style", "second"])
    rest.insert(0, "start", seconds.astype("datetime64[s]"))
    return rest


def check_days(start: npt.NDArray[np.datetime64]) -> None:
    """Raise BadInput when the report has fewer days than a scenario needs."""
    days = pd.unique(start.astype("datetime64[D]").astype(np.int64))
    if len(days) < FEWEST_DAYS:
        intervals = f"{len(start):,} interval{'s' if len(start) > 1 else ''}"
        raise BadInput(
            f"The report holds {intervals} on {len(days)} day{'s' if len(days) > 1 else ''}; a scenario needs at least "
            f"one full week, {FEWEST_DAYS} days or more, and four weeks show how days differ."
        )


def _without_last_total(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> pd.DataFrame:
    """A last row of numbers without a start is a total; anywhere else the start is missing."""
    blank = np.flatnonzero(frame["style"].to_numpy() == BLANK)
    if not len(blank):
        return frame
    row = int(frame["row"].iloc[blank[0]])
    if len(blank) > 1 or blank[0] != len(frame) - 1:
        raise refuse(row, _column(layout), "the cell is empty, but the row has numbers")
    repairs.rows("Left out as totals", [row])
    return frame.iloc[:-1]


def _column(layout: Layout) -> str:
    return layout.columns.get("date", layout.columns.get("start", next(iter(layout.columns.values())))).name


def _check_style(frame: pd.DataFrame, layout: Layout) -> None:
    style = frame["style"].to_numpy()
    other = np.flatnonzero(style != style[:1])
    if len(other):
        odd, first = frame.iloc[other[0]], frame.iloc[0]
        read = date.fromordinal(int(max(odd["day_first"], odd["month_first"])) + DAY_ZERO)
        told = f"the date ({read}) is written as {STYLES[odd['style']]}, in row {first['row']:.0f} as"
        way = f"{STYLES[first['style']]}; write all dates one way, such as 2024-01-31"
        raise refuse(int(odd["row"]), _column(layout), f"{told} {way}")


def _days(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> Days:
    """Days since 1970, day or month first as the whole column tells."""
    day_first, month_first = frame["day_first"].to_numpy(), frame["month_first"].to_numpy()
    no_day_first, no_month_first = np.flatnonzero(day_first < 0), np.flatnonzero(month_first < 0)
    if len(no_day_first) and len(no_month_first):
        raise _both_ways(frame, layout, no_month_first, no_day_first)
    if len(no_day_first) or len(no_month_first):
        return month_first if len(no_day_first) else day_first
    return (
        day_first if (day_first == month_first).all() else _likelier(day_first, month_first, layout, repairs)
    )


def _both_ways(
    frame: pd.DataFrame, layout: Layout, only_day_first: Positions, only_month_first: Positions
) -> BadInput:
    """Some dates make sense only with the day first, others only with the month first: the rarer are the odd ones."""
    found = []
    for way, at in (("day", only_day_first), ("month", only_month_first)):
        number = int(frame[f"{way}_first"].iloc[at[0]]) + DAY_ZERO
        told = f"the {way} must come first ({date.fromordinal(number)})"
        found.append((len(at), -int(at[0]), int(frame["row"].iloc[at[0]]), told))
    (*_, row, odd), (*_, other, usual) = sorted(found)
    return refuse(row, _column(layout), f"{odd}, but in row {other} {usual}; write all dates one way")


def _likelier(day_first: Days, month_first: Days, layout: Layout, repairs: Repairs) -> Days:
    """Every date can be read both ways: take the way in which the days lie closer together."""
    taken, word = (day_first, "day") if np.ptp(day_first) <= np.ptp(month_first) else (month_first, "month")
    low, high = (date.fromordinal(int(edge) + DAY_ZERO) for edge in (taken.min(), taken.max()))
    repairs.say(
        f'The dates in "{_column(layout)}" can be read with the day or the month first: the {word} was taken as first, '
        f"which gives {low} to {high}."
    )
    return taken
