"""The forecasters' cup: how near each team came to what happened."""

from collections.abc import Mapping
from dataclasses import replace

from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.frame import BOARD_TOP, Slide
from sim.views.projector.rows import (
    MOST,
    NAME,
    NAME_ROOM,
    PLACE_END,
    PLOT_START,
    left_out,
    pitch,
    ticks_below,
)
from sim.views.projector.shapes import LEFT, RIGHT, Mark, Picture, Words
from sim.workshop.forecast import Cup, Forecast
from sim.workshop.ranks import shown

PLOT_END = 1560.0


def forecasters(cup: Cup, names: Mapping[int, str]) -> Slide:
    """The cup, the nearest first, of the teams that have a name to be shown; 100 is exactly what came."""
    there = [replace(row, name=names[row.team]) for row in cup.rows if row.team in names]
    rows, left = there[:MOST], len(cup.rows) - len(there[:MOST])
    named = [row.name for row in cup.rows] == [names.get(row.team) for row in cup.rows]
    head = fit.headline(*([cup.headline.rstrip(".")] if named else []), _shorter(cup))
    if not rows:
        return Slide(head, "", "words", (), (cup.headline,))
    step, scale = pitch(len(rows)), Scale(0.0, 100.0, PLOT_START, PLOT_END)
    short = fit.distinct([row.name for row in rows], NAME_ROOM)
    placed = [
        (BOARD_TOP + step * at, name, row) for at, (name, row) in enumerate(zip(short, rows, strict=True), 1)
    ]
    body = (
        *ticks_below(scale, (0, 25, 50, 75, 100), "100: as it came", LEFT),
        *(shape for y, name, row in placed for shape in _row(scale, y, name, row)),
        *left_out(left),
    )
    return Slide(head, "", "board", body, tuple(_told(row) for row in rows))


def _shorter(cup: Cup) -> str:
    best = sum(row.first == 1 and row.made > 0 for row in cup.rows)
    return f"{best} teams share the forecasters' cup" if best > 1 else "The forecasters' cup has one winner"


def _row(scale: Scale, y: float, name: str, row: Forecast) -> Picture:
    place = Words(PLACE_END, y, shown(row.first, row.last), colour=looks.INK_2, align="end")
    who = Words(NAME, y, name)
    if not row.made:
        return (place, who, Words(RIGHT, y, "none in time", colour=looks.INK_2, align="end"))
    mark = Mark(scale(100 * row.near), y - 17, 14.0, looks.PAPER, looks.INK, 4.0, "diamond")
    return (place, who, mark, Words(RIGHT, y, f"{100 * row.near:.0f}", align="end"))


def _told(row: Forecast) -> str:
    near = f"{100 * row.near:.0f} of 100" if row.made else "no prediction in time"
    return f"{shown(row.first, row.last)} {row.name}: {near}"
