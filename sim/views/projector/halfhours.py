"""One day in half-hours: stopped at first, for the room to say what comes, then whole."""

from collections.abc import Sequence

from sim.views import formats, looks
from sim.views.charts.placing import Scale
from sim.views.projector import fit
from sim.views.projector.axes import AXIS_Y, across, clock, round_ticks, up
from sim.views.projector.frame import Slide
from sim.views.projector.shapes import Box, Picture, Stroke, Words
from sim.workshop.exhibits import Day, highest
from sim.workshop.paper import Hour

FROM, TO, ASIDE = 200.0, 1370.0, 1420.0
SLOT, NOON = 30.0, 720.0
"""Minutes of a half-hour, and the minute of the day at which it is noon."""
BAR = 0.76
"""How much of its half-hour a bar takes."""
CAPTION = "average wait in minutes, by half-hour of the day"


def stopped(day: Day) -> Slide:
    """The day up to where it is stopped, its bars one after the other, with the rest of the axis empty."""
    shown = [hour for hour in day.hours if hour.starts < day.stop]
    x, y, frame = _frame(day)
    bars = tuple(_bar(x, y, hour, looks.NOW_GREY, at) for at, hour in enumerate(shown))
    at = clock(day.stop)
    drawn = (
        *frame,
        *bars,
        Stroke(((x(day.stop), 330.0), (x(day.stop), AXIS_Y)), looks.INK, 4.0, (16.0, 10.0)),
        Words(x(day.stop) + 20, 372.0, f"stopped at {at}"),
        *fit.block(("Write it down,", "alone, before", "anybody", "speaks."), ASIDE, 420.0, colour=looks.INK),
    )
    words = ("Write it down, alone, before anybody speaks.", *_told(shown))
    return Slide(
        "Longest wait: before noon, or after?", "One day of the operation of today", "chart", drawn, words
    )


def whole_day(day: Day) -> Slide:
    """The whole day, with its longest half-hour, the one before the stop, and the promise kept beside them."""
    x, y, frame = _frame(day)
    most = highest(day.hours)
    seen = max((hour for hour in day.hours if hour.starts < day.stop), key=lambda hour: hour.starts)
    named = (seen, most)
    bars = (_bar(x, y, hour, looks.INK if hour in named else looks.INK_3) for hour in day.hours)
    drawn = (
        *frame,
        *bars,
        *(_value(x, y, hour) for hour in dict.fromkeys(named)),
        *fit.block(("And yet the", "whole promise", "is kept in"), ASIDE, 420.0, colour=looks.INK),
        Words(ASIDE, 660.0, day.kept.pm, 92.0, bold=True),
        Words(ASIDE, 730.0, "of 100 issues"),
    )
    sub = f"On average {day.wait.pm} min; nine in ten wait less than {day.wait_90}"
    half = "before noon" if most.starts < NOON else "after noon"
    head = f"The longest wait comes at {clock(most.starts)}, {half}"
    words = (f"The whole promise is kept in {day.kept.pm} of 100 issues.", *_told(day.hours))
    return Slide(fit.headline(head), sub, "chart", drawn, words)


def _frame(day: Day) -> tuple[Scale, Scale, Picture]:
    """Both scales, and the axes, which are those of the whole day from the beginning."""
    ends = day.hours[0].starts, day.hours[-1].starts + SLOT
    ticks = round_ticks([0.0, *(hour.wait for hour in day.hours)], parts=4, least=0.1)
    x, y = Scale(*ends, FROM + 20, TO - 20), Scale(ticks[0], ticks[-1], AXIS_Y - 2, 330.0)
    hours = [minute for minute in range(0, 24 * 60 + 1, 120) if ends[0] <= minute <= ends[1]]
    return x, y, (*up(y, ticks, FROM, TO), *across(x, hours, reach=20.0, caption=CAPTION, write=clock))


def _bar(x: Scale, y: Scale, hour: Hour, colour: str, turn: int | None = None) -> Box:
    room = x(hour.starts + SLOT) - x(hour.starts)
    top = y(hour.wait)
    return Box(x(hour.starts) + room * (1 - BAR) / 2, top, room * BAR, AXIS_Y - 2 - top, colour, turn=turn)


def _value(x: Scale, y: Scale, hour: Hour) -> Words:
    middle = (x(hour.starts) + x(hour.starts + SLOT)) / 2
    return Words(middle, y(hour.wait) - 16, formats.number(hour.wait, 2), bold=True, align="middle")


def _told(hours: Sequence[Hour]) -> tuple[str, ...]:
    return tuple(f"From {clock(hour.starts)}: {formats.number(hour.wait, 2)} min" for hour in hours)
