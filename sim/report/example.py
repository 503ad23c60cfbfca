"""Make the example report: `python -m sim.report.example FILE`.

Four weeks of an operation that is MADE, not measured: the profile of the day, the weekdays, the day factor, handle
times and patience follow the published profile of a small bank's telephone service (evidence B1 and B2, after
Brown et al. 2005), and the kit's own engine plays it.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from sim.flow import Week, weeks
from sim.measures.journal import wait_in
from sim.scenario import Hours, Scenario

SEED, WEEKS = 1999, 4
FIRST_MONDAY = np.datetime64("2026-01-05")
SLOT = 30
ANSWER_TARGET = 1 / 3
MARK = "Made by the kit from a published profile; not measured anywhere"
HOUR_SHARES_7_TO_23 = (
    0.027, 0.061, 0.077, 0.086, 0.074, 0.067, 0.073, 0.075,
    0.078, 0.079, 0.061, 0.052, 0.044, 0.038, 0.038, 0.035, 0.026,
)  # fmt: skip
"""Share of the day's contacts by hour (B1)."""

WEEKDAY_INDEX = (1.07, 1.01, 1.0, 0.95, 0.97)
"""First working day highest (B1); the bank's Sunday is a Monday here."""


def operation() -> Scenario:
    """The published bank as a scenario: one team, no bot; every contact is a new one, as its records count them."""
    most = max(HOUR_SHARES_7_TO_23)
    curve = (tuple(round(7.7 * share / most) / 8 for share in HOUR_SHARES_7_TO_23),)
    return Scenario().changed(
        {
            "name": "example_report",
            "title": "Example report",
            "plan.hours": Hours.daily("7:00", "24:00", days=5),
            "plan.staffing.agents": 8,
            "plan.staffing.curve": curve,
            "plan.chatbot.coverage": 0.0,
            "plan.teamwork.routing_accuracy": 1.0,
            "assumptions.demand.issues_per_day": 1480.0,
            "assumptions.demand.weekday_index": (*WEEKDAY_INDEX, 1.0, 1.0),
            "assumptions.demand.intraday": (HOUR_SHARES_7_TO_23,),
            "assumptions.demand.day_factor_cv": 0.16,
            "assumptions.handling.talk_mean": 190 / 60,
            "assumptions.handling.wrap_up_mean": 0.0,
            "assumptions.handling.absence": 0.0,
            "assumptions.repeats.returns": 0.0,
            "assumptions.repeats.redials": 0.0,
            "assumptions.repeats.after_closing": 0.0,
            "assumptions.authority.needed": 0.0,
            "assumptions.authority.cheats": 0.0,
        }
    )


def report() -> pd.DataFrame:
    """The four weeks as a telephone system would export them."""
    played = weeks(operation(), SEED, 0, WEEKS, False)
    return pd.concat([_by_slot(week, number) for number, week in enumerate(played)], ignore_index=True)


def write(path: Path) -> None:
    """Write the report as CSV, its mark in the first line."""
    path.write_text(text(), encoding="utf-8", newline="\n")


def text() -> str:
    """The report as CSV text."""
    return f"{MARK}\n{report().to_csv(index=False, lineterminator=chr(10))}"


def _by_slot(week: Week, number: int) -> pd.DataFrame:
    log = week.log
    contacts = pd.DataFrame(
        {
            "slot": (log["queued"] // SLOT).astype(np.int64),
            "answered": np.isfinite(log["answered"]),
            "wait": wait_in(log, ""),
            "handle": log["freed"] - log["answered"],
        }
    )
    contacts["speed"] = contacts["wait"].where(contacts["answered"])
    contacts["in target"] = contacts["answered"] & (contacts["wait"] <= ANSWER_TARGET)
    slots = np.concatenate([np.arange(o // SLOT, c // SLOT, dtype=np.int64) for o, c in _windows()])
    found = contacts.groupby("slot").agg(
        offered=("answered", "size"),
        answered=("answered", "sum"),
        target=("in target", "sum"),
        handle=("handle", "mean"),
        speed=("speed", "mean"),
    )
    found = found.reindex(slots, fill_value=0)
    start = FIRST_MONDAY + np.timedelta64(7 * number, "D") + (slots * SLOT).astype("timedelta64[m]")
    return pd.DataFrame(
        {
            "Interval start": pd.DatetimeIndex(start).strftime("%Y-%m-%d %H:%M"),
            "Offered": found["offered"].to_numpy(),
            "Answered": found["answered"].to_numpy(),
            "Abandoned": (found["offered"] - found["answered"]).to_numpy(),
            "Answered in 20 s": found["target"].to_numpy(),
            "Average handle time (s)": (found["handle"] * 60).round().fillna(0).to_numpy(),
            "Average speed of answer (s)": (found["speed"] * 60).round(1).fillna(0).to_numpy(),
            "Agents": _on_duty(week, slots),
        }
    )


def _windows() -> tuple[tuple[float, float], ...]:
    return operation().plan.hours.windows()


def _on_duty(week: Week, slots: np.ndarray) -> np.ndarray:
    """Agents on duty at the start of each slot."""
    shifts, at = week.operation.on_duty, (slots * SLOT)[:, np.newaxis]
    first_line = week.operation.agents["team"][shifts["who"]] == 0
    present = (shifts["starts"] <= at) & (at < shifts["ends"]) & first_line
    return np.asarray(present.sum(axis=1))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
