"""Waiting: how long each of a hundred waits, and when in the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Label, move
from sim.views.charts.letters import Lettering
from sim.views.charts.panel import HALF_LINE, BottomAxis, LeftAxis, Panel, ends, replications_note, room_for
from sim.views.charts.placing import RoundLimits, Scale, kept_apart
from sim.views.looks import Identity
from sim.views.panel_data import WaitAxis, WaitingData, WaitingSide

LEFT, RIGHT = 2.0, 194.0
COLUMNS = 3
ROW = 5.1
"""Css pixels between dots of a stack; three columns of seventeen hold all fifty."""
STACK_FOOT = {looks.NOW.word: 141.0, looks.PLAN.word: 231.0}
WORDS_TOP = 75.0
"""From the foot of a stack up to the first baseline of its words."""
MOST_LINES = 5
CLEAR_OF_LINE = 4.0
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
        promise = promise_at(data)
        self._stacks["now"].show(data.now, data.axis, promise)
        self._stacks["plan"].show(data.plan, data.axis, promise)
        self._day.show(data)

    def _show_foot(self, data: WaitingData) -> None:
        axis = data.axis
        open_bin = wait_scale(axis)(axis.top + axis.step / 2)
        places = [*(wait_scale(axis)(tick) for tick in axis.ticks[:-1]), open_bin]
        self._foot.mark(places, [*map(formats.short, axis.ticks[:-1]), f"{formats.short(axis.top)}+"])
        x = promise_at(data)
        move(self._promise, [(x, 54), (x, looks.AXIS_Y)])
        name = f"promise {formats.short(data.promise)} min"
        self._promise_name.set_text(name)
        self._promise_name.set_x(min(x + 3, 204 - self._promise_name.width))


def wait_scale(axis: WaitAxis) -> Scale:
    """Minutes to pixels; the open bin is as wide as the others."""
    return Scale(0.0, axis.top + axis.step, LEFT, RIGHT)


def promise_at(data: WaitingData) -> float:
    """Pixels of the promise; one beyond the axis stands at its end."""
    return wait_scale(data.axis)(min(data.promise, data.axis.top + data.axis.step))


class Stacks:
    """The dots of one side, and what they amount to."""

    def __init__(self, panel: WaitingPanel, who: Identity) -> None:
        self._who = who
        self._foot = STACK_FOOT[who.word]
        self._dots = panel.canvas.marks(who, looks.SWARM_MARK)
        self._lines: list[Label] = [
            panel.canvas.text(
                y=self._foot - WORDS_TOP + i * LINE_HEIGHT, colour=who.text_colour, bold=who.bold, halo=True
            )
            for i in range(MOST_LINES)
        ]

    def show(self, side: WaitingSide | None, axis: WaitAxis, promise: float) -> None:
        """Show one side, or nothing; `promise` is where its line stands, in pixels."""
        dots = side.dots if side else ()
        move(self._dots, [place for i, count in enumerate(dots) for place in self._stack(i, count, axis)])
        words = self._beside(in_words(side, self._who.word), promise, dots)
        for i, label in enumerate(self._lines):
            string = words.lines[i] if i < len(words.lines) else ""
            label.set(text=string, x=words.x, horizontalalignment=words.align)

    def _beside(self, phrases: Sequence[str], promise: float, dots: Sequence[int]) -> "Words":
        """Right of the promise, as a rule; left where there is no room, or fewer dots stand in the way."""
        room = {"right": RIGHT - promise - CLEAR_OF_LINE, "left": promise - CLEAR_OF_LINE - LEFT}
        lettering = self._lines[0].lettering
        ways = [Words.within(width, phrases, lettering, align) for align, width in room.items()]
        return min(ways, key=lambda words: (not words.fit, self._covered(words, dots)))

    def _stack(self, place: int, count: int, axis: WaitAxis) -> list[tuple[float, float]]:
        width = (RIGHT - LEFT) / (axis.bins + 1)
        left = LEFT + place * width + width / 2 / COLUMNS
        foot = self._foot - ROW / 2
        return [(left + dot % COLUMNS * width / COLUMNS, foot - dot // COLUMNS * ROW) for dot in range(count)]

    def _covered(self, words: "Words", dots: Sequence[int]) -> int:
        """How many rows of dots would stand behind the words, at worst."""
        bin_at = Scale(LEFT, RIGHT, 0, max(len(dots), 1))
        under = dots[int(bin_at(words.left)) : ceil(bin_at(words.left + words.width))]
        free = WORDS_TOP - (len(words.lines) - 1) * LINE_HEIGHT - HALF_LINE
        return max(0, ceil(max(under, default=0) / COLUMNS) - int(free / ROW))


@dataclass(frozen=True)
class Words:
    """Lines of words at an edge of the picture, how wide they are, and whether that keeps them off the promise."""

    lines: tuple[str, ...]
    align: str
    width: float
    fit: bool

    @classmethod
    def within(cls, room: float, phrases: Sequence[str], lettering: Lettering, align: str) -> "Words":
        """A line for each phrase, or more where the room is narrow."""
        lines = tuple(line for phrase in phrases for line in broken(phrase, room, lettering))
        width = max(map(lettering.width, lines), default=0.0)
        return cls(lines, align, width, width <= room and len(lines) <= MOST_LINES)

    @property
    def x(self) -> float:
        """The edge they stand at."""
        return RIGHT if self.align == "right" else LEFT

    @property
    def left(self) -> float:
        """Where the widest line begins."""
        return RIGHT - self.width if self.align == "right" else LEFT


def in_words(side: WaitingSide | None, word: str) -> tuple[str, ...]:
    """Phrases beside the dots, each on a line of its own."""
    if side is None:
        return ()
    if not isfinite(side.in_time.mean):
        return (f"{word}: nobody", "queued")
    in_time = formats.with_half_width(side.in_time, 100)
    return f"{word}: {in_time}", "of 100 in time,", f"{formats.of_hundred(side.hung_up.mean)} hung up"


def broken(phrase: str, room: float, lettering: Lettering) -> list[str]:
    """The phrase on as many lines as it takes to keep each within `room`."""
    lines: list[str] = []
    for word in phrase.split(" "):
        if lines and lettering.width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


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
