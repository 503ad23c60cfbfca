"""Handle time, speed of answer and agents: from averages, totals or parts, in whatever unit, absurd ones refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.columns import Layout
from sim.report.rows import Rows
from sim.report.words import Repairs, duration, figure, listed, refuse
from sim.scenario.errors import BadInput

LONGEST: Final = 4 * 3600.0
"""Seconds that an interval's average handle time or speed of answer may be: beyond it lies a wrong unit or a slip."""

MOST_AGENTS: Final = 5_000
"""Agents one report may have: more than the largest sites seat, so more is a slip."""

UNITS: Final = (
    (0.06, 86400.0, "fractions of a day, as spreadsheets keep times"),
    (20.0, 60.0, "minutes"),
    (10_000.0, 1.0, ""),
    (np.inf, 0.001, "milliseconds"),
)
"""Below which middle value a handle time without a unit is in what: seconds per unit, and its name."""

SHORTEST: Final = 0.5
"""Seconds below which a middle speed of answer shows that its unit is not the handle time's milliseconds."""

MISTYPED: Final = 3600.0
"""A middle handle time of an hour or more in whole minutes is mm:ss that a spreadsheet took for hh:mm."""

AVERAGED: Final = re.compile(r"av|mean|aht|att")
"""Names that say the column holds averages; without them the numbers themselves must tell."""

TELLING: Final = 20
"""Rows it takes to tell averages from totals by how they vary."""

PARTS: Final = ("talk", "hold", "wrap")

Amounts = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Time:
    """An average time per answered contact, the roles of the report it comes from, and whether its unit is known."""

    seconds: Amounts
    roles: tuple[str, ...]
    known: bool

    @property
    def middle(self) -> float:
        """The middle one of the times above 0; 0 when there are none."""
        some = self.seconds[self.seconds > 0]
        return float(np.median(some)) if len(some) else 0.0


def timed(rows: Rows, frame: pd.DataFrame, repairs: Repairs) -> pd.DataFrame:
    """The rows with `handle` and `speed` in seconds (nan where nothing was answered or said) and `agents` (or nan)."""
    layout = rows.layout
    handle = _handle(rows, frame, repairs)
    scale = 1.0 if handle.known else _scale(handle, layout, repairs)
    speed = _speed(rows, frame, repairs)
    speed_scale = _shared(scale, speed, layout, repairs)
    stored = _mistyped(handle, layout, repairs)
    frame["handle"] = _checked(handle, frame, layout, scale * stored)
    frame["speed"] = _checked(speed, frame, layout, speed_scale * (stored if _whole_minutes(speed) else 1.0))
    _check_handle(frame, layout, handle.roles, repairs)
    _agents(frame, layout)
    _say_absent(layout, repairs)
    used = {"handle_total", "talk", "talk_total", "hold", "hold_total", "wrap", "wrap_total"}
    return frame.drop(columns=[column for column in frame if column in used])


def _handle(rows: Rows, frame: pd.DataFrame, repairs: Repairs) -> _Time:
    """The handle time as an average, a total shared out, or the sum of talk, hold and wrap-up."""
    if "handle" in frame or "handle_total" in frame:
        return _average(rows, frame, "handle", repairs)
    parts = [_average(rows, frame, part, repairs) for part in PARTS if {part, f"{part}_total"} & set(frame)]
    roles = tuple(role for part in parts for role in part.roles)
    names = [f'"{rows.layout.name(role)}"' for role in roles]
    if "wrap" not in frame and "wrap_total" not in frame:
        repairs.say(f"No column for wrap-up time: the handle time is {listed(names)} alone.")
    else:
        repairs.say(f"Handle time is the sum of {listed(names)}.")
    first, *others = (part.seconds for part in parts)
    total = first + sum((np.nan_to_num(other) for other in others), np.zeros(len(frame)))
    return _Time(total, roles, any(part.known for part in parts))


def _average(rows: Rows, frame: pd.DataFrame, part: str, repairs: Repairs) -> _Time:
    """Time per answered contact; nan where none was answered."""
    role = part if part in frame else f"{part}_total"
    column = rows.layout.columns[role]
    time, answered = frame[role].to_numpy(), frame["answered"].to_numpy()
    total = role != part
    if not (total or AVERAGED.search(column.name.casefold()) or part == "speed") and _grows(time, answered):
        repairs.say(f'"{column.name}" grows with the contacts answered: it was taken as their total time.')
        total = True
    each = np.where(answered > 0, answered if total else 1.0, np.nan)
    return _Time(time / each, (role,), column.unit is not None or role in rows.with_unit)


def _grows(time: Amounts, answered: Amounts) -> bool:
    """Whether a column that calls itself neither average nor total holds totals: shared out, it varies less."""
    some = (time > 0) & (answered > 0)
    if some.sum() < TELLING:
        return False
    whole, shared = time[some], time[some] / answered[some]
    return bool(shared.std() / shared.mean() < whole.std() / whole.mean())


def _speed(rows: Rows, frame: pd.DataFrame, repairs: Repairs) -> _Time:
    if "speed" not in frame:
        return _Time(np.full(len(frame), np.nan), (), True)
    return _average(rows, frame, "speed", repairs)


def _scale(handle: _Time, layout: Layout, repairs: Repairs) -> float:
    """Seconds per unit of a handle time whose unit nothing tells, from its middle value."""
    middle = handle.middle or 60.0
    _, scale, unit = next(step for step in UNITS if middle < step[0])
    if unit:
        repairs.say(
            f'The times in "{layout.name(handle.roles[0])}" were taken as {unit}: '
            f"the middle one, {figure(middle)}, would make no sense in seconds."
        )
    return scale


def _shared(scale: float, speed: _Time, layout: Layout, repairs: Repairs) -> float:
    """Seconds per unit of a speed of answer that does not tell it: the handle time's, where that makes sense."""
    fits = speed.middle >= SHORTEST / scale if scale < 1 else speed.middle < LONGEST / scale
    if scale == 1 or speed.known or not fits:
        return 1.0
    repairs.say(f'The times in "{layout.name("speed")}" were taken in the same unit.')
    return scale


def _whole_minutes(time: _Time) -> bool:
    some = time.seconds[time.seconds > 0]
    return bool(len(some) and (some % 60 == 0).all())


def _mistyped(handle: _Time, layout: Layout, repairs: Repairs) -> float:
    """1/60 when mm:ss was stored as hh:mm: an hour or more in the middle, and never a second."""
    if not handle.known or handle.middle < MISTYPED or not _whole_minutes(handle):
        return 1.0
    repairs.say(
        f'The times in "{layout.name(handle.roles[0])}" were taken as minutes and seconds: the middle one would be '
        f"{duration(handle.middle)} otherwise, and none has any seconds, as when a spreadsheet reads 3:05 as hours."
    )
    return 1 / 60


def _checked(time: _Time, frame: pd.DataFrame, layout: Layout, scale: float) -> Amounts:
    """Seconds, none below 0 and none beyond `LONGEST`."""
    seconds = time.seconds * scale
    wrong = np.flatnonzero((seconds < 0) | (seconds > LONGEST))
    if len(wrong):
        row, found = int(frame["row"].iloc[wrong[0]]), duration(seconds[wrong[0]])
        raise refuse(
            row, layout.name(time.roles[0]), f"{found} for a contact is outside 0 to {duration(LONGEST)}"
        )
    return seconds


def _check_handle(frame: pd.DataFrame, layout: Layout, roles: Sequence[str], repairs: Repairs) -> None:
    """A handle time must be there for most answered contacts; where it is not, it is left open."""
    answered = frame["answered"].to_numpy() > 0
    frame["handle"] = frame["handle"].mask(frame["handle"] == 0)
    missing = answered & frame["handle"].isna().to_numpy()
    if missing.sum() * 2 > answered.sum():
        row = int(frame["row"].iloc[np.flatnonzero(missing)[0]])
        raise BadInput(
            f'Column "{layout.name(roles[0])}" has no handle time in {figure(missing.sum())} of '
            f"{figure(answered.sum())} rows with answered contacts, the first being row {row}."
        )
    repairs.rows(
        "No handle time though contacts were answered; left out of its average", frame["row"][missing]
    )


def _agents(frame: pd.DataFrame, layout: Layout) -> None:
    if "agents" not in frame:
        frame["agents"] = np.nan
    agents = frame["agents"].to_numpy()
    wrong = np.flatnonzero((agents < 0) | (agents > MOST_AGENTS))
    if len(wrong):
        row, found = int(frame["row"].iloc[wrong[0]]), figure(agents[wrong[0]])
        raise refuse(row, layout.name("agents"), f"{found} agents is outside 0 to {figure(MOST_AGENTS)}")


def _say_absent(layout: Layout, repairs: Repairs) -> None:
    """What the report does not tell, and what follows from it."""
    if "speed" not in layout.columns:
        repairs.say(
            'No column for the speed of answer (such as "ASA"): it cannot be compared with the model\'s.'
        )
    if "agents" not in layout.columns and "staffed_time" not in layout.columns:
        repairs.say('No column for agents (such as "Staffed"): the report does not tell the staffing.')
    if "in_target" not in layout.columns and "in_target_share" not in layout.columns:
        repairs.say(
            'No column for contacts answered in target (such as "Answered in 20 s"): no service level.'
        )
