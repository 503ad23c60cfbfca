"""What the room expected against what came, a dot for each team, without names."""

from collections import Counter
from collections.abc import Sequence

from sim.views import looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, round_ticks, up
from sim.views.projector.frame import Slide
from sim.views.projector.plans import written
from sim.views.projector.shapes import Mark, Picture, Stroke
from sim.workshop.debrief import Point
from sim.workshop.source import Ask

FROM, TO, WORDS = 280.0, 1200.0, 1260.0
ASIDE = 14.0
"""Dots that would cover each other stand this far apart."""


def hindsight(ask: Ask, points: Sequence[Point]) -> Slide:
    """Predicted across, came upwards; on the line, the two are the same."""
    ends = [end for point in points for end in (point.predicted, point.came)]
    ticks = round_ticks(ends, least=4 * ask.step)
    x, y = Scale(ticks[0], ticks[-1], FROM + 20, TO - 20), Scale(ticks[0], ticks[-1], AXIS_Y - 10, 310.0)
    near = sum(abs(point.predicted - point.came) <= ask.step for point in points)
    unit = f"predicted, {ask.unit}" if ask.unit else "predicted"
    drawn = (
        *up(y, ticks, FROM, TO),
        *across(x, ticks, reach=20.0, caption=f"{unit}; upwards: what came"),
        Stroke(((x(x.low), y(y.low)), (x(x.high), y(y.high))), looks.INK, 4.0),
        *_dots(x, y, points),
        *fit.block(("on the line:", "as predicted"), WORDS, 350.0, colour=looks.INK),
        *fit.block(("below the line:", "less came", "than expected"), WORDS, 700.0, colour=looks.INK_2),
    )
    long = f"{near} of {len(points)} {'was' if near == 1 else 'were'} within {ask.step:g} of what came"
    words = tuple(f"Predicted {point.predicted:g}, came {written(ask, point.came)}" for point in points)
    sub = "What you expected, and what came; one dot a team"
    return Slide(fit.headline(long, f"{near} of {len(points)} came near"), sub, "chart", drawn, words)


def _dots(x: Scale, y: Scale, points: Sequence[Point]) -> Picture:
    there: Counter[tuple[int, int]] = Counter()
    drawn = []
    for point in points:
        place = round(x(point.predicted) / ASIDE), round(y(point.came) / ASIDE)
        aside = ASIDE * there[place]
        there[place] += 1
        drawn.append(Mark(x(point.predicted) + aside, y(point.came), 14.0, looks.PAPER, looks.NOW_GREY, 5.0))
    return tuple(drawn)
