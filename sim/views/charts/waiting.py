"""Waiting: how long each of a hundred waits, and when in the day."""

from collections.abc import Sequence
from itertools import groupby
from math import isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Label, move
from sim.views.charts.panel import HALF_LINE, BottomAxis, LeftAxis, Panel, ends, replications_note, room_for
from sim.views.charts.placing import RoundLimits, Scale, kept_apart
from sim.views.looks import Identity
from sim.views.panel_data import WaitAxis, WaitingData, WaitingSide

LEFT, RIGHT = 2.0, 194.0
COLUMNS = 3
ROW = 5.1
"""Css pixels between dots of a stack; three columns of seventeen hold all fifty."""
STACK_FOOT = {looks.NOW.word: 141.0, looks.PLAN.word: 231.0}
LABEL_LINES = {looks.NOW.word: (66.0, 80.0), looks.PLAN.word: (156.0, 170.0)}
ROWS_UNDER_A_LABEL = 11
LINE_LEFT, LINE_RIGHT, LINE_TOP = 248.0, 372.0, 54.0
LINE_HEIGHT = 14.0


class WaitingPanel(Panel[WaitingData]):
    """Two pictures: dots stacked by wait, now above plan, and the average wait through the day."""

    def _build(self) -> None:
        canvas = self.canvas
        canvas.text(0, 16, "Each dot: 2 of 100 who queued", colour=looks.INK_2)
        canvas.text(228, 16, "Average wait by half-hour (min)", colour=looks.INK_2)
        self._note = canvas.text(228, 32, colour=looks.INK_2)
        self._stacks = {who.word: Stacks(self, who) for who in (looks.NOW, looks.PLAN)}
        self._foot = BottomAxis(canvas, LEFT, RIGHT, "minutes waited")
        canvas.line(
            looks.GRID, 1.0, [(LEFT, STACK_FOOT["now"] + 1), (RIGHT, STACK_FOOT["now"] + 1)], order=0.5
        )
        self._promise = canvas.line(looks.INK, looks.THRESHOLD_WIDTH, order=2.5)
        self._promise_name = canvas.text(y=48)
        self._day = DayLines(self)

    def _show(self, data: WaitingData) -> None:
        self._note.set_text(replications_note(data.now, data.plan))
        self._show_foot(data)
        self._stacks["now"].show(data.now, data.axis)
        self._stacks["plan"].show(data.plan, data.axis)
        self._day.show(data)

    def _show_foot(self, data: WaitingData) -> None:
        axis = data.axis
        open_bin = wait_scale(axis)(axis.top + axis.step / 2)
        places = [*(wait_scale(axis)(tick) for tick in axis.ticks[:-1]), open_bin]
        self._foot.mark(places, [*map(formats.short, axis.ticks[:-1]), f"{formats.short(axis.top)}+"])
        x = wait_scale(axis)(min(data.promise, axis.top + axis.step))
        move(self._promise, [(x, 54), (x, looks.AXIS_Y)])
        name = f"promise {formats.short(data.promise)} min"
        self._promise_name.set_text(name)
        self._promise_name.set_x(min(x + 3, 204 - self._promise_name.width))


def wait_scale(axis: WaitAxis) -> Scale:
    """Minutes to pixels; the open bin is as wide as the others."""
    return Scale(0.0, axis.top + axis.step, LEFT, RIGHT)


class Stacks:
    """The dots of one side, and what they amount to."""

    def __init__(self, panel: WaitingPanel, who: Identity) -> None:
        self._who = who
        self._dots = panel.canvas.marks(who, looks.SWARM_MARK)
        self._lines: list[Label] = [
            panel.canvas.text(y=y, colour=who.text_colour, bold=who.bold, halo=True)
            for y in LABEL_LINES[who.word]
        ]

    def show(self, side: WaitingSide | None, axis: WaitAxis) -> None:
        """Show one side, or nothing."""
        dots = side.dots if side else ()
        move(self._dots, [place for i, count in enumerate(dots) for place in self._stack(i, count, axis)])
        for label, string in zip(self._lines, in_words(side, self._who.word), strict=True):
            label.set_text(string)
        self._place_words(dots, axis)

    def _stack(self, place: int, count: int, axis: WaitAxis) -> list[tuple[float, float]]:
        width = (RIGHT - LEFT) / (axis.bins + 1)
        left = LEFT + place * width + width / 2 / COLUMNS
        foot = STACK_FOOT[self._who.word] - ROW / 2
        return [(left + dot % COLUMNS * width / COLUMNS, foot - dot // COLUMNS * ROW) for dot in range(count)]

    def _place_words(self, dots: Sequence[int], axis: WaitAxis) -> None:
        """Right, as a rule; left where a tall stack stands on the right, since then the left is low."""
        widest = max(label.width for label in self._lines)
        covered = wait_scale(axis)
        under = [n for i, n in enumerate(dots) if covered((i + 1) * axis.step) > RIGHT - widest]
        left = any(count > COLUMNS * ROWS_UNDER_A_LABEL for count in under)
        for label in self._lines:
            label.set(x=LEFT if left else RIGHT, horizontalalignment="left" if left else "right")


def in_words(side: WaitingSide | None, word: str) -> tuple[str, str]:
    """Two lines beside the dots."""
    if side is None:
        return "", ""
    if not isfinite(side.in_time.mean):
        return f"{word}: nobody queued", ""
    in_time = formats.with_half_width(side.in_time, 100)
    return f"{word}: {in_time} of 100", f"in time, {formats.of_hundred(side.hung_up.mean)} hung up"


class DayLines:
    """The average wait through the day: a line and a band for each side, named where they end."""

    def __init__(self, panel: WaitingPanel) -> None:
        canvas = panel.canvas
        self._limits = panel.limits(RoundLimits(0.0, 3.0, parts=3, least=0.5))
        self._hours = panel.limits(RoundLimits(8.0, 18.0, parts=5, steps=(1, 2, 3, 4, 6, 10), least=2.0))
        self._left = LeftAxis(canvas, LINE_LEFT, LINE_RIGHT, LINE_TOP)
        self._foot = BottomAxis(canvas, LINE_LEFT, LINE_RIGHT, "hour of day", ticks=10)
        self._promise = canvas.line(looks.INK, looks.THRESHOLD_WIDTH, order=2.5)
        self._curves = {who.word: (canvas.curve(who), canvas.band(who)) for who in (looks.NOW, looks.PLAN)}
        self._names = {
            who.word: canvas.text(LINE_RIGHT + 4, colour=who.text_colour, bold=who.bold)
            for who in (looks.NOW, looks.PLAN)
        } | {"promise": canvas.text(LINE_RIGHT + 4)}

    def show(self, data: WaitingData) -> None:
        """Show both sides and the promise."""
        sides = {"now": data.now, "plan": data.plan}
        shown = [side for side in sides.values() if side]
        self._left.show(
            self._limits.hold(
                [0.0, data.promise, *(end for s in shown for wait in s.waits for end in room_for(wait))]
            )
        )
        self._foot.show(self._hours.hold([hour for s in shown for hour in s.hours]))
        y = self._left.scale(data.promise)
        move(self._promise, [(LINE_LEFT, y), (LINE_RIGHT, y)])
        where = {"promise": y} | {word: self._draw(word, side) for word, side in sides.items() if side}
        self._name({word: end for word, end in where.items() if isfinite(end)})

    def _draw(self, word: str, side: WaitingSide) -> float:
        """Draw one side; returns the height, in pixels, of the end of its line."""
        curve, band = self._curves[word]
        x, y = self._foot.scale, self._left.scale
        points = list(zip(side.hours, side.waits, strict=True))
        move(curve, [(x(hour), y(wait.mean)) for hour, wait in points])
        stretches = groupby(points, key=lambda point: formats.has_interval(point[1]))
        band.set_verts([self._outline(list(stretch)) for banded, stretch in stretches if banded])
        return next((y(wait.mean) for _, wait in reversed(points) if isfinite(wait.mean)), float("nan"))

    def _outline(self, stretch: Sequence[tuple[float, Estimate]]) -> list[tuple[float, float]]:
        x, y = self._foot.scale, self._left.scale
        edges = [(x(hour), *(y(end) for end in ends(wait, y.low, y.high))) for hour, wait in stretch]
        return [(at, high) for at, _, high in edges] + [(at, low) for at, low, _ in reversed(edges)]

    def _name(self, heights: dict[str, float]) -> None:
        places = kept_apart(list(heights.values()), [LINE_HEIGHT] * len(heights), LINE_TOP, looks.AXIS_Y)
        by_word = dict(zip(heights, places, strict=True))
        for word, label in self._names.items():
            label.set(text=word if word in by_word else "", y=by_word.get(word, 0.0) + HALF_LINE)
