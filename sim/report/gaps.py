"""Intervals the report leaves out: quiet ones count as no contacts, busy ones are left open, whole days are named."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.words import NAMED, Repairs, day, listed, minute

QUIET: Final = 3.0
"""Contacts in the same interval of other days up to which none at all is no surprise (exp(-3) is 5%)."""


Dates = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]


def without_gaps(frame: pd.DataFrame, minutes: int, repairs: Repairs) -> pd.DataFrame:
    """The intervals with quiet missing ones filled in as empty; every gap is told."""
    start = frame["start"].to_numpy().astype("datetime64[s]")
    days = start.astype("datetime64[D]")
    # The rows are in order, so each new day shows where it differs from the one above.
    first = np.concatenate([[True], days[1:] != days[:-1]])
    _say_closed(days[first], repairs)
    quiet, busy = _missing(start, frame["offered"].to_numpy(), days[first], minutes)
    _say(quiet, "count as no contacts, because few come then on other days", repairs)
    _say(busy, "are left open: the other days stand in for them", repairs)
    if not len(quiet):
        return frame
    empty = pd.DataFrame({"start": quiet, "offered": 0.0, "answered": 0.0, "abandoned": 0.0})
    if frame["in_target"].notna().any():
        empty["in_target"] = 0.0
    return pd.concat([frame, empty]).sort_values("start", ignore_index=True)


def _missing(
    start: Dates, offered: npt.NDArray[np.float64], days: Dates, minutes: int
) -> tuple[Dates, Dates]:
    """Starts that a day lacks though other days have them: quiet ones, and busy ones."""
    at = np.searchsorted(days, start.astype("datetime64[D]"))
    slot = (start - days[at]).astype("timedelta64[m]").astype(np.int64) // minutes
    contacts = np.full((len(days), 24 * 60 // minutes), np.nan)
    contacts[at, slot] = offered
    absent, inside = np.isnan(contacts), _inside(contacts)
    usual_any, most_any = _usual(contacts)
    quiet, busy = np.zeros((2, *contacts.shape), np.bool_)
    # Whichever day 1970 began on: only that equal weekdays share a number matters here.
    weekday = days.astype(np.int64) % 7
    for number in np.unique(weekday):
        mine = weekday == number
        usual, most = _usual(contacts[mine])
        usual = np.where(np.isnan(usual), np.where(inside[mine] & most_any, usual_any, np.nan), usual)
        quiet[mine] = absent[mine] & (usual <= QUIET)
        busy[mine] = absent[mine] & (usual > QUIET) & (most | (inside[mine] & most_any))
    return _starts(days, quiet, minutes), _starts(days, busy, minutes)


def _usual(contacts: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], Mask]:
    """For each time of day, the mean contacts over the days that have it (or nan), and whether most days have it."""
    there = ~np.isnan(contacts)
    met = there.sum(axis=0)
    mean = np.divide(
        np.where(there, contacts, 0.0).sum(axis=0), met, out=np.full(len(met), np.nan), where=met > 0
    )
    return mean, met * 2 > len(contacts)


def _inside(contacts: npt.NDArray[np.float64]) -> Mask:
    """Which intervals lie between the first and the last that their day has."""
    there = ~np.isnan(contacts)
    return np.logical_and(
        np.logical_or.accumulate(there, axis=1), np.logical_or.accumulate(there[:, ::-1], axis=1)[:, ::-1]
    )


def _starts(days: Dates, which: Mask, minutes: int) -> Dates:
    at, slot = np.nonzero(which)
    seconds = days[at].astype(np.int64) * 86400 + slot * minutes * 60
    return seconds.astype("datetime64[s]")


def _say(starts: Dates, what: str, repairs: Repairs) -> None:
    if len(starts):
        named = listed([minute(start) for start in starts[:NAMED]], NAMED, len(starts))
        repairs.say(f"Intervals missing from the report {what}: {named}.")


def _say_closed(days: Dates, repairs: Repairs) -> None:
    """Name days without any row whose weekday is open in most weeks."""
    span = np.arange(days[0], days[-1] + np.timedelta64(1, "D"))
    weekday, open_weekday = span.astype(np.int64) % 7, days.astype(np.int64) % 7
    usual = np.bincount(open_weekday, minlength=7) * 2 > np.bincount(weekday, minlength=7)
    closed = span[~np.isin(span, days) & usual[weekday]]
    if len(closed):
        named = listed([day(moment) for moment in closed[:NAMED]], NAMED, len(closed))
        repairs.say(f"Days without any row were taken as closed: {named}.")
