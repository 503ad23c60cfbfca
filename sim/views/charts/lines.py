"""Lines over the weeks of a season: now and plan with their bands, named where they end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, inf, isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Canvas, Label, move
from sim.views.charts.panel import HALF_LINE, BottomAxis, LeftAxis, ends, room_for, tick_labels
from sim.views.charts.placing import RoundLimits, Scale, kept_apart

LINE_HEIGHT = 14.0
NAME_GAP = 5.0
MOST_TICKS = 12
STEPS = (1, 2, 3, 4, 6, 13, 26, 52, 104)
"""Weeks that may lie between two ticks."""
WORDS = ((1e9, "billion "), (1e6, "million "), (1e3, "thousand "))
Say = Callable[[float], str]


def week_ticks(weeks: int, most: int = 4) -> tuple[int, ...]:
    """Weeks at the ticks of an axis: round ones, and the last."""
    step = next((step for step in STEPS if weeks <= most * step), -(-weeks // most))
    inside = [week for week in range(0, weeks, step) if weeks - week > step / 2 or not week]
    return (*inside, weeks)


@dataclass(frozen=True)
class Units:
    """What an axis is labelled in, so that its labels are short: `divisor` dollars make a "thousand "."""

    divisor: float = 1.0
    word: str = ""

    @classmethod
    def of(cls, ticks: Sequence[float], plain_below: float) -> "Units":
        """The unit for an axis with these ticks."""
        most = max(abs(ticks[0]), abs(ticks[-1]))
        found = (Units(divisor, word) for divisor, word in WORDS if most >= divisor * plain_below / 1e3)
        return next(found, Units())

    def labels(self, ticks: Sequence[float]) -> list[str]:
        """The ticks in this unit."""
        return tick_labels([tick / self.divisor for tick in ticks])

    def number(self, value: float, decimals: int = 0, *, sign: bool = False) -> str:
        """A value in this unit; large ones without decimals."""
        shown = value / self.divisor
        write = formats.signed if sign else formats.number
        return write(shown, decimals if abs(shown) < 100 else 0)


def axis_from(ticks: Sequence[float], units: Units = Units()) -> str:  # frozen
    """What to add to the name of an axis that does not begin at 0."""
    return f" (axis from {units.labels(ticks[:1])[0]})" if ticks[0] else ""


@dataclass(frozen=True)
class Frame:
    """Where lines are drawn, in css pixels, and how far their names may reach to the right."""

    left: float
    right: float
    top: float
    edge: float = looks.PANEL[0]
    foot: float = looks.AXIS_Y


@dataclass(frozen=True)
class Course:
    """A value week by week, from week `begins` on."""

    begins: int
    path: Sequence[Estimate]

    @property
    def last(self) -> float:
        """The last value there is."""
        return next((one.mean for one in reversed(self.path) if isfinite(one.mean)), float("nan"))

    @property
    def points(self) -> list[tuple[int, Estimate]]:
        """Weeks and values."""
        return list(enumerate(self.path, self.begins))


class WeekAxis(BottomAxis):
    """The weeks of a season, from 0 to its end."""

    def __init__(self, canvas: Canvas, frame: Frame) -> None:
        super().__init__(canvas, frame.left, frame.right, "week")

    def cover(self, weeks: int) -> None:
        """Span a season of so many weeks."""
        self.show(week_ticks(max(1, weeks)))


class Lines:
    """The lines of now and plan in one frame.

    Args:
        canvas: What to draw on.
        frame: Where.
        limits: Of the vertical axis, in shown units.
        times: Shown units for one of the data: 100 shows shares of 100.
        plain_below: Values from which on labels are in thousands.
        within: What the data can be; the axis makes room for no more than that.
    """

    def __init__(
        self,
        canvas: Canvas,
        frame: Frame,
        limits: RoundLimits,
        *,
        times: float = 1.0,
        plain_below: float = inf,
        within: tuple[float, float] = (-inf, inf),
    ) -> None:
        self.frame, self._limits, self._times, self._plain_below = frame, limits, times, plain_below
        self._within = within
        self._left = LeftAxis(canvas, frame.left, frame.right, frame.top, ticks=MOST_TICKS, foot=frame.foot)
        self._curves = {who.word: (canvas.curve(who), canvas.band(who)) for who in (looks.NOW, looks.PLAN)}
        self._names: dict[str, Label] = {
            who.word: canvas.text(frame.right + NAME_GAP, colour=who.text_colour, bold=who.bold)
            for who in (looks.NOW, looks.PLAN)
        }
        self.ticks: Sequence[float] = limits.hold([])
        self.units = Units()

    def reach(self, top: float) -> None:
        """Let the frame begin at `top`."""
        self._left.reach(top)

    def place(self, value: float) -> float:
        """Pixels of a value of the data."""
        return self._left.scale(self._times * value)

    def show(self, x: Scale, courses: Mapping[str, Course], say: Say) -> None:
        """Show the course of each side by its word; `say` puts its last value in words."""
        shown = [one for course in courses.values() for one in course.path if isfinite(one.mean)]
        wanted = [end for one in shown for end in self._room(one)]
        self.ticks = self._limits.hold(wanted)
        self.units = Units.of(self.ticks, self._plain_below)
        self._left.show(self.ticks, self._tick_labels())
        for word, (curve, band) in self._curves.items():
            points = courses[word].points if word in courses else []
            move(curve, [(x(week), self.place(one.mean)) for week, one in points])
            stretches = groupby(points, key=lambda point: formats.has_interval(point[1]))
            band.set_verts([self._outline(list(part), x) for banded, part in stretches if banded])
        self._name(courses, say)

    def _room(self, one: Estimate) -> tuple[float, ...]:
        low, high = self._within
        return tuple(self._times * min(max(end, low), high) for end in room_for(one, low))

    def _tick_labels(self) -> list[str]:
        """As many labels as there is room for."""
        height = (self.frame.foot - self._left.scale.end) / (len(self.ticks) - 1)
        every = ceil(LINE_HEIGHT / height)
        shown = iter(self.units.labels(self.ticks[::every]))
        return ["" if i % every else next(shown) for i in range(len(self.ticks))]

    def _outline(self, stretch: Sequence[tuple[int, Estimate]], x: Scale) -> list[tuple[float, float]]:
        low, high = self._left.scale.low / self._times, self._left.scale.high / self._times
        edges = [(x(week), *(self.place(end) for end in ends(one, low, high))) for week, one in stretch]
        return [(at, top) for at, _, top in edges] + [(at, bottom) for at, bottom, _ in reversed(edges)]

    def _name(self, courses: Mapping[str, Course], say: Say) -> None:
        """Name each line where it ends, with its last value where there is room for it."""
        known = {word: course.last for word, course in courses.items() if isfinite(course.last)}
        heights = [self.place(last) for last in known.values()]
        top = self._left.scale.end
        places = kept_apart(heights, [LINE_HEIGHT] * len(heights), top - LINE_HEIGHT / 2, self.frame.foot)
        by_word = dict(zip(known, places, strict=True))
        for word, label in self._names.items():
            label.set(text=word if word in known else "", y=by_word.get(word, 0.0) + HALF_LINE)
        full = {word: f"{word} {say(last)}" for word, last in known.items()}
        room = self.frame.edge - self.frame.right - NAME_GAP
        if all(self._names[word].lettering.width(text) <= room for word, text in full.items()):
            for word, text in full.items():
                self._names[word].set_text(text)
