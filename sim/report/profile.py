"""Report -> what it shows of an operation: hours, volumes by weekday and slot, day factor, staffing, daily spread."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.report.dates import FEWEST_DAYS
from sim.report.read import Report
from sim.scenario.errors import BadInput
from sim.scenario.plan import WEEKDAYS

UNUSUAL = 0.4
"""A day with less than this share of its weekday's middle volume is a holiday or a broken day, not a usual one."""

ENOUGH_DAYS = 10
"""Days before the day factor is read from the report rather than assumed."""

MEASURES = ("offered", "handle_time", "abandonment_rate", "speed_of_answer", "service_level")


@dataclass(frozen=True, eq=False)
class Profile:
    """An operation as its report shows it.

    `offered` and `agents` have a row for each weekday of `weekdays` and a column for each slot, averages over the days;
    agents are nan where unknown. `opens` and `closes` are minutes of the day. `daily` has a row a day and the columns
    of `MEASURES`; nan where the report does not tell.
    """

    weekdays: tuple[int, ...]
    opens: float
    closes: float
    offered: np.ndarray
    agents: np.ndarray
    day_factor_cv: float | None
    daily: pd.DataFrame
    target: float | None
    notes: tuple[str, ...]

    def reported(self, measure: str) -> float:
        """The whole report's value of a measure: every contact counts once; nan where unknown."""
        return float(self.daily.attrs["whole"][measure])


def profile(report: Report) -> Profile:
    """Read the operation out of a report; raises BadInput where there are too few days to see one."""
    frame = report.intervals.copy()
    frame["day"] = frame["start"].dt.normalize()
    frame, notes = _usual_days(frame)
    frame["weekday"] = frame["day"].dt.day_of_week
    frame["minute"] = frame["start"].dt.hour * 60 + frame["start"].dt.minute
    opens, closes = _hours(frame)
    frame = frame[(frame["minute"] >= opens) & (frame["minute"] < closes)]
    weekdays = tuple(sorted(int(day) for day in frame["weekday"].unique()))
    daily = _daily(frame)
    return Profile(
        weekdays=weekdays,
        opens=float(opens),
        closes=float(closes),
        offered=_by_slot(frame, "offered").fillna(0.0).to_numpy(np.float64),
        agents=_by_slot(frame, "agents").to_numpy(np.float64),
        day_factor_cv=_day_factor_cv(daily),
        daily=daily,
        target=report.target,
        notes=notes,
    )


def _usual_days(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    volume = frame.groupby("day")["offered"].sum()
    volume = volume[volume > 0]
    if len(volume) < FEWEST_DAYS:
        raise BadInput(
            f"The report has contacts on {len(volume)} days; at least {FEWEST_DAYS} are needed, better four weeks."
        )
    usual = volume.groupby(pd.DatetimeIndex(volume.index).day_of_week).transform("median")
    odd = volume.index[volume < UNUSUAL * usual]
    kept = frame[frame["day"].isin(volume.index.difference(odd))]
    named = ", ".join(f"{day:%Y-%m-%d}" for day in odd[:5])
    notes = (
        (f"Left out as unusually quiet: {named}{' and others' if len(odd) > 5 else ''}.",) if len(odd) else ()
    )
    return kept, notes


def _hours(frame: pd.DataFrame) -> tuple[int, int]:
    """From the first to the last slot of the day that ever has a contact."""
    busy = frame[frame["offered"] > 0]
    return int(busy["minute"].min()), int((busy["minute"] + busy["minutes"]).max())


def _by_slot(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    slots = np.arange(frame["minute"].min(), frame["minute"].max() + 1, int(frame["minutes"].iloc[0]))
    table = frame.pivot_table(index="weekday", columns="minute", values=column, aggfunc="mean", dropna=False)
    return table.reindex(columns=slots).sort_index()


def _daily(frame: pd.DataFrame) -> pd.DataFrame:
    """Each day's measures; averages are weighted by the contacts they speak for."""
    work = pd.DataFrame({"day": frame["day"], "offered": frame["offered"], "abandoned": frame["abandoned"]})
    work["answered"] = frame["answered"]
    work["in_target"] = frame["answered_in_target"]
    for name in ("handle_time", "speed_of_answer"):
        known = frame[name].notna() & (frame["answered"] > 0)
        work[f"{name} of"] = frame["answered"].where(known, 0)
        work[name] = (frame[name] * frame["answered"]).where(known, 0.0)
    sums = work.groupby("day").sum(min_count=1)
    daily = _ratios(sums)
    daily.attrs["whole"] = _ratios(sums.sum().to_frame().T).iloc[0].to_dict()
    daily.attrs["whole"]["offered"] = float(sums["offered"].mean())
    return daily


def _ratios(sums: pd.DataFrame) -> pd.DataFrame:
    known = {
        name: sums[f"{name} of"].where(sums[f"{name} of"] > 0) for name in ("handle_time", "speed_of_answer")
    }
    return pd.DataFrame(
        {
            "offered": sums["offered"],
            "handle_time": sums["handle_time"] / known["handle_time"],
            "abandonment_rate": sums["abandoned"] / sums["offered"],
            "speed_of_answer": sums["speed_of_answer"] / known["speed_of_answer"],
            "service_level": sums["in_target"] / sums["offered"],
        }
    )


def _day_factor_cv(daily: pd.DataFrame) -> float | None:
    """Spread of daily volume around its weekday beyond what Poisson counts have; None with too few days."""
    volume = daily["offered"].astype(float)
    weekday = pd.DatetimeIndex(volume.index).day_of_week
    if len(volume) < ENOUGH_DAYS:
        return None
    relative = volume / volume.groupby(weekday).transform("mean") - 1
    freedom = len(volume) - weekday.nunique()
    variance = float((relative**2).sum()) / freedom - 1 / float(volume.mean())
    return float(np.sqrt(max(0.0, variance)))


def weekday_names(found: Profile) -> tuple[str, ...]:
    """The open days as the scenario names them."""
    return tuple(WEEKDAYS[day] for day in found.weekdays)
