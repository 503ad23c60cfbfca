"""Two operations with nearly the same average wait: that first, then each of their days."""

from sim.experiment import Estimate
from sim.views import formats, looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, round_ticks
from sim.views.projector.days import swarmed
from sim.views.projector.frame import Slide
from sim.views.projector.plans import hundred
from sim.views.projector.shapes import LEFT, RIGHT, Mark, Picture, Stroke, Words
from sim.workshop.exhibits import Operation, TwoOperations, apart

ROWS = (480.0, 720.0)
LARGE = 76.0


def by_wait(shown: TwoOperations) -> Slide:
    """Their average waits, and nothing else."""
    ends = [end for each in shown.pair for end in (0.0, each.wait.low, each.wait.high)]
    ticks = round_ticks(ends, parts=4, least=0.1)
    scale = Scale(ticks[0], ticks[-1], 300.0, 1220.0)
    drawn = (
        *across(scale, ticks, caption="average wait in minutes", reach=20.0),
        *(shape for each, y in zip(shown.pair, ROWS, strict=True) for shape in _wait(scale, each, y)),
    )
    words = tuple(f"Operation {each.letter}: {_minutes(each)} on average" for each in shown.pair)
    return Slide("Which would you stay with?", "And which of the two costs more?", "chart", drawn, words)


def day_by_day(shown: TwoOperations) -> Slide:
    """Every day of both as a dot against the bar, and what the second costs more."""
    ticks = hundred([100.0, shown.bar, *(share for each in shown.pair for share in each.days)])
    scale = Scale(ticks[0], ticks[-1], 520.0, 1460.0)
    drawn = (
        *across(scale, ticks, caption="promises kept of 100; each dot is one day"),
        Stroke(((scale(shown.bar), 356.0), (scale(shown.bar), AXIS_Y)), looks.INK, 4.0),
        Words(scale(shown.bar), 336.0, f"bar: {shown.bar:g}", align="middle"),
        *(shape for each, y in zip(shown.pair, ROWS, strict=True) for shape in _days(scale, each, y)),
    )
    words = tuple(
        f"Operation {each.letter}, {each.cover}: {_of_hundred(each.kept)} of 100 promises kept, "
        f"from day to day it moves by {_of_hundred(each.spread)}"
        for each in shown.pair
    )
    return Slide(_finding(shown), _costs(shown), "chart", drawn, (*words, f"{_costs(shown)}."))


def _wait(scale: Scale, each: Operation, y: float) -> Picture:
    low, high = (scale(max(scale.low, end)) for end in (each.wait.low, each.wait.high))
    return (
        Words(LEFT, y + 27, each.letter, LARGE, bold=True),
        Stroke(((low, y), (high, y)), looks.PLAN_BLUE, 7.0),
        Mark(scale(each.wait.mean), y, 20.0, looks.PLAN_BLUE, looks.PAPER, 3.0),
        Words(RIGHT, y + 27, _minutes(each), LARGE, align="end"),
    )


def _days(scale: Scale, each: Operation, y: float) -> Picture:
    cover = fit.balanced(fit.lines(each.cover, 400.0), 400.0, 48.0)
    return (
        Words(LEFT, y - 4, each.letter, LARGE, bold=True),
        *fit.block(cover, LEFT, y + 60, colour=looks.INK_2),
        swarmed(scale, each.days, y, 7.5, 108.0),
        Words(RIGHT, y - 10, f"{_of_hundred(each.kept)} kept", bold=True, align="end"),
        Words(RIGHT, y + 50, f"moves {_of_hundred(each.spread)} a day", align="end"),
    )


def _finding(shown: TwoOperations) -> str:
    one, other = shown.pair
    moves, costs = apart(other.spread, one.spread), shown.cost.low > 0
    if moves and costs:
        return f"Same average: {other.letter} moves more, and costs more"
    if moves:
        return f"Same average: {other.letter} moves more by the day"
    return "Same average: luck cannot tell their days"


def _costs(shown: TwoOperations) -> str:
    more = "more" if shown.cost.mean >= 0 else "less"
    told = f"${formats.number(abs(shown.cost.mean))} {formats.plus_minus(shown.cost)}"
    return f"{shown.pair[1].letter} costs {told} a week {more}"


def _minutes(each: Operation) -> str:
    return f"{formats.with_half_width(each.wait, decimals=2)} min"


def _of_hundred(found: Estimate) -> str:
    return formats.with_half_width(found)
