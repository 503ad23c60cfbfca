"""The grid of slides with a row for each team: fifteen rows and no more."""

from collections.abc import Sequence

from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector.frame import BOARD_TOP, FOOT
from sim.views.projector.shapes import Picture, Stroke, Words

MOST = 15
PLACE_END, NAME, NAME_ROOM = 226.0, 256.0, 340.0
PLOT_START = 640.0
GAP, AXIS_BELOW = 16.0, 984.0
"""Dots between two groups of rows, and the baseline of the numbers below them all."""


def pitch(rows: int, gaps: int = 0) -> float:
    """Dots between two rows."""
    return min(64.0, (AXIS_BELOW - 64.0 - BOARD_TOP - GAP * gaps) / max(1, rows))


def ticks_below(scale: Scale, ticks: Sequence[float], caption: str, start: float) -> Picture:
    """Lines behind the rows, with their numbers below, and what they count at `start`."""
    ends = BOARD_TOP + 10, AXIS_BELOW - 50
    lines = [Stroke(((scale(tick), ends[0]), (scale(tick), ends[1])), looks.RULE, 2.0) for tick in ticks]
    numbers = [
        Words(scale(tick), AXIS_BELOW, f"{tick:g}", colour=looks.INK_2, align="middle") for tick in ticks
    ]
    return (*lines, *numbers, Words(start, AXIS_BELOW, caption, colour=looks.INK_2))


def left_out(teams: int) -> Picture:
    """How many teams have no row, where there are any."""
    return (Words(NAME, FOOT, f"and {teams} more", colour=looks.INK_2),) if teams else ()
