"""Axes of the slides: a line, few ticks, and their numbers in letters for the last row."""

from collections.abc import Callable, Sequence

from sim.views import formats, looks
from sim.views.charts.placing import RoundLimits, Scale
from sim.views.projector.shapes import Picture, Stroke, Words

AXIS_Y = 866.0
"""Where horizontal axes lie."""
TICK = 12.0
CAPTION_Y = 990.0


def across(
    scale: Scale,
    ticks: Sequence[float],
    *,
    y: float = AXIS_Y,
    caption: str = "",
    reach: float = 0.0,
    write: Callable[[float], str] = formats.short,
) -> Picture:
    """A horizontal axis with its numbers below it and its caption below them; its line reaches beyond the scale."""
    line = Stroke(((scale.start - reach, y), (scale.end + reach, y)), looks.INK_3)
    strokes = [Stroke(((scale(tick), y), (scale(tick), y + TICK)), looks.INK_3) for tick in ticks]
    numbers = [
        Words(scale(tick), y + 58.0, write(tick), colour=looks.INK_2, align="middle") for tick in ticks
    ]
    words = [Words(scale.start - reach, CAPTION_Y, caption, colour=looks.INK_2)] if caption else []
    return (line, *strokes, *numbers, *words)


def up(scale: Scale, ticks: Sequence[float], left: float, right: float) -> Picture:
    """Lines across the picture at the ticks of a vertical axis, with their numbers on the left."""
    lines = [Stroke(((left, scale(tick)), (right, scale(tick))), looks.GRID) for tick in ticks]
    numbers = [
        Words(left - 20.0, scale(tick) + 17.0, formats.short(tick), colour=looks.INK_2, align="end")
        for tick in ticks
    ]
    return (*lines, *numbers)


def round_ticks(values: Sequence[float], *, parts: int = 5, least: float = 1.0) -> tuple[float, ...]:
    """Round numbers around all values, the first and the last of them outside or on the data."""
    return RoundLimits(0.0, least, parts=parts, steps=(1, 2, 5, 10), least=least).hold(list(values))


def clock(minute: float) -> str:
    """A minute of the day as people write it: 9:30."""
    return f"{int(minute) // 60}:{int(minute) % 60:02d}"
