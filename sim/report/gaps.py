"""Intervals the report leaves out: quiet ones count as no contacts, busy ones are left open, whole days are named."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.words import NAMED, Repairs, day, listed, minute

QUIET: Final = 3.0
"""Contacts in the same interval of other days up to which none at all is no surprise (exp(-3) is 5%)."""


def without_gaps(frame: pd.DataFrame, minutes: int, repairs: Repairs) -> pd.DataFrame:
    """The intervals with quiet missing ones filled in as empty; every gap is told."""
    start = frame["start"].to_numpy().astype("datetime64[s]")
    _say_closed(np.unique(start.astype("datetime64[D]")), repairs)
    quiet, busy = _missing(start, frame["offered"].to_numpy(), minutes)
    _say(quiet, "count as no contacts, because few come then on other days", repairs)
    _say(busy, "are left open: the other days stand in for them", repairs)
    if not len(quiet):
        return frame
    empty = pd.DataFrame({"start": quiet, "offered": 0.0, "answered": 0.0, "abandoned": 0.0})
    if frame["in_target"].notna().any():
        empty["in_target"] = 0.0
    return pd.concat([frame, empty]).sort_values("start", ignore_index=True)


def _missing(
    start: npt.NDArray[np.datetime64], offered: npt.NDArray[np.float64], minutes: int
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.datetime64]]:
    """Starts that other weeks have on the same weekday but this one has not: quiet ones, and busy ones."""
    days = np.unique(start.astype("datetime64[D]"))
    slots = 24 * 60 // minutes
    at = np.searchsorted(days, start.astype("datetime64[D]"))
    slot = (start - start.astype("datetime64[D]")).astype("timedelta64[m]").astype(np.int64) // minutes
    there = np.zeros((len(days), slots), np.bool_)
    there[at, slot] = True
    # 1970-01-01 was a Thursday; only that equal weekdays share a number matters here.
    weekday = days.astype(np.int64) % 7
    quiet, busy = np.zeros_like(there), np.zeros_like(there)
    for number in np.unique(weekday):
        mine = weekday == number
        met = there[mine].sum(axis=0)
        total = np.bincount(slot[mine[at]], offered[mine[at]], slots)
        usual = np.divide(total, met, out=np.zeros(slots), where=met > 0)
        absent = ~there[mine] & (met > 0)
        quiet[mine] = absent & (usual <= QUIET)
        busy[mine] = absent & (usual > QUIET) & (met * 2 > mine.sum())
    return _starts(days, quiet, minutes), _starts(days, busy, minutes)


def _starts(
    days: npt.NDArray[np.datetime64], which: npt.NDArray[np.bool_], minutes: int
) -> npt.NDArray[np.datetime64]:
    at, slot = np.nonzero(which)
    seconds = days[at].astype(np.int64) * 86400 + slot * minutes * 60
    return seconds.astype("datetime64[s]")


def _say(starts: npt.NDArray[np.datetime64], what: str, repairs: Repairs) -> None:
    if len(starts):
        named = listed([minute(start) for start in starts[:NAMED]], NAMED, len(starts))
        repairs.say(f"Intervals missing from the report {what}: {named}.")


def _say_closed(days: npt.NDArray[np.datetime64], repairs: Repairs) -> None:
    """Name days without any row whose weekday is open in most weeks."""
    span = np.arange(days[0], days[-1] + np.timedelta64(1, "D"))
    weekday, open_weekday = span.astype(np.int64) % 7, days.astype(np.int64) % 7
    usual = np.bincount(open_weekday, minlength=7) * 2 > np.bincount(weekday, minlength=7)
    closed = span[~np.isin(span, days) & usual[weekday]]
    if len(closed):
        named = listed([day(moment) for moment in closed[:NAMED]], NAMED, len(closed))
        repairs.say(f"Days without any row were taken as closed: {named}.")
