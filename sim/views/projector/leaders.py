"""The board: tiers first, then points, places as ranges, and how much of it is luck."""

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import round_ticks
from sim.views.projector.frame import BOARD_TOP, Slide
from sim.views.projector.rows import (
    AXIS_BELOW,
    GAP,
    MOST,
    NAME,
    NAME_ROOM,
    PLACE_END,
    PLOT_START,
    left_out,
    pitch,
    ticks_below,
)
from sim.views.projector.shapes import LEFT, RIGHT, Mark, Picture, Stroke, Words
from sim.workshop.board import Board, Row, anonymous, board
from sim.workshop.scoring import ALWAYS, OFTEN, TIERS, Tier
from sim.workshop.session import Session

Seen = Callable[[Board], Board]
"""What of a board is seen."""
PLOT_END, SIDE = 1250.0, 1300.0
LUCK = looks.INK_3
MARKS: dict[Tier, str] = {"unparalleled": "●", "good enough": "▲", "hit-and-miss": "×"}
COLOURS: dict[Tier, str] = {
    "unparalleled": looks.BETTER_TEXT,
    "good enough": looks.INK,
    "hit-and-miss": looks.WORSE_TEXT,
}
DAYS: dict[Tier, str] = {
    "unparalleled": f"{ALWAYS} of 100 days at bar",
    "good enough": f"{OFTEN} to {ALWAYS - 1} of 100 days",
    "hit-and-miss": f"under {OFTEN} of 100 days",
}


def whole(board: Board) -> Board:
    """All of a board is seen."""
    return board


def leaders(session: Session, seen: Seen = whole) -> Slide:
    """What is seen of the board of the round under way; raises Refused without a result."""
    found = seen(board(session))
    rows, left = found.rows[:MOST], found.left_out + max(0, len(found.rows) - MOST)
    head = fit.headline(found.headline.rstrip("."), _shorter(found.rows))
    if not rows:
        words = (found.headline, f"{left} {'team' if left == 1 else 'teams'} played.")
        return Slide(head, words[1] if left else "", "words", (), words)
    body = (*_groups(session, rows), *_note(left))
    return Slide(head, "", "board", body, tuple(_told(row) for row in rows))


def names_told(session: Session, seen: Seen) -> dict[int, str]:
    """What the room may call each team of the board, in its order: its name, or its letter where names are not seen.

    Raises:
        Refused: without a result.
    """
    found = board(session)
    shown = seen(found)
    told = found if shown.rows and shown.rows[0].team else anonymous(found)
    return {row.team: other.name for row, other in zip(found.rows, told.rows, strict=True)}


def names_seen(session: Session, seen: Seen) -> dict[int, str]:
    """The same, but only of the teams that are seen where names are; raises Refused without a result."""
    there = {row.team for row in seen(board(session)).rows if row.team}
    return {team: name for team, name in names_told(session, seen).items() if not there or team in there}


def _shorter(rows: Sequence[Row]) -> str:
    best = sum(row.tier == TIERS[0] for row in rows)
    enough = sum(row.tier == TIERS[1] for row in rows)
    if best:
        return f"{best} of {len(rows)} teams met the bar"
    if enough:
        return f"{enough} {'team is' if enough == 1 else 'teams are'} good enough, none unparalleled"
    return "No team met the bar on half of its days"


def _groups(session: Session, rows: Sequence[Row]) -> Picture:
    step = pitch(len(rows), len({row.tier for row in rows}) - 1)
    scale, ticks = _scale(rows)
    names = dict(zip(rows, fit.distinct([row.name for row in rows], NAME_ROOM), strict=True))
    drawn: list[Picture] = []
    y = BOARD_TOP + step
    for tier, group in groupby(rows, lambda row: row.tier):
        there = tuple(group)
        if drawn:
            y += GAP
            drawn.append((Stroke(((LEFT, y - step - 1), (RIGHT, y - step - 1)), looks.INK, 2.5),))
        drawn.append(_tier(session, tier, y, step)[: len(there)])
        drawn += [_row(scale, row, names[row], y + at * step) for at, row in enumerate(there)]
        y += step * len(there)
    return (
        *ticks_below(scale, ticks, "points", NAME),
        *(shape for part in drawn for shape in part),
    )


def _scale(rows: Sequence[Row]) -> tuple[Scale, tuple[float, ...]]:
    ends = [end for row in rows for end in (row.low, row.points, row.high) if np.isfinite(end)]
    ticks = round_ticks(ends, parts=4)
    return Scale(ticks[0], ticks[-1], PLOT_START, PLOT_END), ticks


def _tier(session: Session, tier: Tier, y: float, step: float) -> Picture:
    """What a tier is: a line for each of its first rows."""
    return (
        Words(SIDE, y, f"{MARKS[tier]} {tier.capitalize()}", colour=COLOURS[tier], bold=True),
        Words(SIDE, y + step, DAYS[tier], colour=looks.INK_2),
        Words(SIDE, y + 2 * step, _delight(session, tier), colour=looks.INK_2),
    )


def _delight(session: Session, tier: Tier) -> str:
    if not session.round.delight_counts:
        return "delight does not count"
    worth = f"delight: up to +{session.workshop.delight_worth:g}"
    return worth if tier == TIERS[0] else "delight: on days at bar"


def _row(scale: Scale, row: Row, name: str, y: float) -> Picture:
    low, high = (scale(min(max(end, scale.low), scale.high)) for end in (row.low, row.high))
    return (
        Words(PLACE_END, y, row.place, colour=looks.INK_2, align="end"),
        Words(NAME, y, name),
        Stroke(((low, y - 17), (high, y - 17)), LUCK, 7.0),
        Mark(scale(row.points), y - 17, 13.0, looks.PLAN_BLUE, looks.PAPER, 3.0),
    )


def _note(left: int) -> Picture:
    luck = Words(RIGHT, AXIS_BELOW, "grey: other luck", colour=looks.INK_2, align="end")
    return (luck, *left_out(left))


def _told(row: Row) -> str:
    luck = (
        f", from {row.low:.0f} to {row.high:.0f} with other luck" if np.isfinite(row.high - row.low) else ""
    )
    return f"{row.place} {row.name}: {row.points:.0f} points, {row.tier}{luck}"
