"""Contacts offered, answered and abandoned: any two give the third; shares become counts; absurd ones are refused."""

from typing import Final

import numpy as np
import pandas as pd

from sim.report.columns import Layout
from sim.report.rows import Rows
from sim.report.words import Repairs, figure, refuse, row_list
from sim.scenario.errors import BadInput

MOST: Final = 100_000
"""Contacts one interval may hold: more than the largest operations meet, so more is a slip."""

SPILL: Final = (10.0, 0.5)
"""Offered in one interval, answered in the next: so many contacts, or this share of the whole, may spill over."""

BASIC: Final = ("offered", "answered", "abandoned")
WORDS: Final = {"in_target": "answered in target"}


def counted(rows: Rows, repairs: Repairs) -> pd.DataFrame:
    """The rows with `offered`, `answered`, `abandoned` and `in_target` as whole numbers (`in_target` may be nan)."""
    frame, layout = rows.frame, rows.layout
    for role in (*BASIC, "in_target"):
        _check_range(frame, layout, role)
        _round(frame, layout, role, repairs)
    for role in ("abandoned_share", "in_target_share"):
        _scale_share(rows, role)
    _derive(frame, layout, repairs)
    _check_part(frame, layout, "answered", "offered", repairs)
    _check_part(frame, layout, "abandoned", "offered", repairs)
    _check_sum(frame, layout, repairs)
    _in_target(frame, layout, repairs)
    return frame.drop(columns=["abandoned_share", "in_target_share"], errors="ignore")


def _check_range(frame: pd.DataFrame, layout: Layout, role: str) -> None:
    if role not in frame:
        return
    amount = frame[role].to_numpy()
    wrong = np.flatnonzero((amount < 0) | (amount > MOST))
    if len(wrong):
        row, found = int(frame["row"].iloc[wrong[0]]), figure(amount[wrong[0]])
        raise refuse(row, layout.name(role), f"{found} contacts is outside 0 to {figure(MOST)}")


def _round(frame: pd.DataFrame, layout: Layout, role: str, repairs: Repairs) -> None:
    if role not in frame:
        return
    amount = frame[role].to_numpy()
    broken = amount != np.rint(amount)
    broken &= ~np.isnan(amount)
    if broken.any():
        repairs.rows(f'Contacts in "{layout.name(role)}" rounded to whole numbers', frame["row"][broken])
        frame[role] = np.rint(amount)


def _scale_share(rows: Rows, role: str) -> None:
    """Make a share 0 to 1; without percent signs, a value above 1 shows that the column is in percent."""
    if role not in rows.frame:
        return
    amount = rows.frame[role].to_numpy()
    if role not in rows.signed and np.nanmax(amount, initial=0.0) > 1:
        amount = amount / 100
    wrong = np.flatnonzero((amount < 0) | (amount > 1))
    if len(wrong):
        row, found = int(rows.frame["row"].iloc[wrong[0]]), figure(amount[wrong[0]] * 100)
        raise refuse(row, rows.layout.name(role), f"{found}% is outside 0% to 100%")
    rows.frame[role] = amount


def _derive(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> None:
    """Fill what is missing of offered, answered and abandoned from the two others, row by row."""
    empty = frame["row"][frame[[role for role in BASIC if role in frame]].isna().any(axis=1)]
    for role in BASIC:
        if role not in frame:
            frame[role] = np.nan
    _from_others(frame)
    if "abandoned_share" in frame:
        _from_share(frame, layout, repairs)
    missing = [role for role in BASIC if role not in layout.columns]
    if missing and "abandoned_share" not in frame:
        others = " and ".join(f'"{layout.name(role)}"' for role in BASIC if role not in missing)
        repairs.say(f"No column for contacts {missing[0]}: worked out from {others}.")
    silent = frame["abandoned"].isna() & (frame["offered"].notna() | frame["answered"].notna())
    silent &= "abandoned" in layout.columns
    repairs.rows("No contacts abandoned where the cell is empty", frame["row"][silent])
    frame.loc[silent, "abandoned"] = 0.0
    _from_others(frame)
    _check_known(frame, layout)
    told = empty[~empty.isin(frame["row"][silent])]
    repairs.rows("An empty number of contacts worked out from the other columns", told)


def _from_others(frame: pd.DataFrame) -> None:
    offered, answered, abandoned = (frame[role] for role in BASIC)
    frame["offered"] = offered.fillna(answered + abandoned)
    frame["answered"] = answered.fillna((offered - abandoned).clip(lower=0))
    frame["abandoned"] = abandoned.fillna((offered - answered).clip(lower=0))


def _from_share(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> None:
    """Abandoned from its share of those offered; where only the answered are known, from those."""
    wanted = frame["abandoned"].isna()
    if not wanted.any():
        return
    offered = frame["offered"].fillna(frame["answered"] / (1 - frame["abandoned_share"].clip(upper=0.99)))
    frame["abandoned"] = frame["abandoned"].fillna((offered * frame["abandoned_share"]).round())
    repairs.say(f'Contacts abandoned were worked out from the shares in "{layout.name("abandoned_share")}".')
    _from_others(frame)


def _check_known(frame: pd.DataFrame, layout: Layout) -> None:
    unknown = np.flatnonzero(frame[list(BASIC)].isna().any(axis=1))
    if len(unknown):
        at = unknown[0]
        role = next(role for role in BASIC if role in layout.columns and np.isnan(frame[role].iloc[at]))
        raise refuse(
            int(frame["row"].iloc[at]),
            layout.name(role),
            "the cell is empty and no other column tells its number",
        )


def _check_part(frame: pd.DataFrame, layout: Layout, part: str, whole: str, repairs: Repairs) -> None:
    """A part may exceed its whole by what spills over from the interval before, not by more."""
    parts, wholes = frame[part].to_numpy(), frame[whole].to_numpy()
    wrong = np.flatnonzero(parts - wholes > np.maximum(SPILL[0], SPILL[1] * wholes))
    if len(wrong):
        at = wrong[0]
        column = layout.columns.get(part, layout.columns.get(whole))
        raise refuse(
            int(frame["row"].iloc[at]),
            column.name if column else part,
            f"{figure(parts[at])} contacts {WORDS.get(part, part)} of {figure(wholes[at])} {whole}",
        )
    repairs.rows(
        f"More contacts {WORDS.get(part, part)} than {whole}, as happens when one waits into the next interval",
        frame["row"][parts > wholes],
    )


def _check_sum(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> None:
    """Say by how much the three columns disagree, where the report has all three."""
    if not all(role in layout.columns for role in BASIC):
        return
    offered, ended = frame["offered"], frame["answered"] + frame["abandoned"]
    apart = np.flatnonzero(offered.to_numpy() != ended.to_numpy())
    if len(apart):
        rows = row_list([int(row) for row in frame["row"].iloc[apart[:3]]], len(apart))
        repairs.say(
            f"Offered is not answered plus abandoned in {rows}; over the whole report {figure(offered.sum())} were "
            f"offered and {figure(ended.sum())} answered or abandoned. All were kept as reported."
        )


def _in_target(frame: pd.DataFrame, layout: Layout, repairs: Repairs) -> None:
    """Contacts answered in target: as counted, or from the service level; nan where the report does not tell."""
    if "in_target" not in frame and "in_target_share" in frame:
        frame["in_target"] = (frame["in_target_share"] * frame["offered"]).round()
        name = layout.name("in_target_share")
        repairs.say(f'The shares in "{name}" were turned into counts: share times contacts offered.')
    elif "in_target" not in frame:
        frame["in_target"] = np.nan
    else:
        _check_part(frame, layout, "in_target", "answered", repairs)
    frame["in_target"] = np.minimum(frame["in_target"], frame["answered"])


def check_any(frame: pd.DataFrame, layout: Layout) -> None:
    """Raise BadInput when nothing was answered in the whole report."""
    for role in ("offered", "answered"):
        if not frame[role].sum():
            name = f'column "{layout.name(role)}"' if role in layout.columns else "the report"
            raise BadInput(f"No contacts {role} in {name}: a scenario needs some.")
