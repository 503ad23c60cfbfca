"""Loyalty: how many of a hundred customers are still there, and what drove the others away."""

from collections.abc import Mapping, Sequence
from math import isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import Canvas, Label, move, span
from sim.views.charts.lines import Course, Frame, Lines, WeekAxis, axis_from
from sim.views.charts.panel import HALF_LINE, BottomAxis, Panel, ends, replications_note, room_for
from sim.views.charts.placing import LimitsBelow, RoundLimits, Scale, kept_apart
from sim.views.months.data import GROUPS, LoyaltyData, LoyaltySide

LINES = Frame(left=30, right=168, top=54, edge=236)
RIGHT_HALF = 244.0
LEFT, RIGHT = 326.0, 420.0
FIRST_ROW, ROW = 74.0, 35.0
HEADS_Y = 56.0
SPACE = 8.0
SHIFT = 5.0
"""Marks that would cover each other stand this far above and below the middle of their row."""
LINES_OF = {"other service": ("other", "service")}
"""Names of rows that take two lines."""


class LoyaltyPanel(Panel[LoyaltyData]):
    """Two pictures: the customers of the beginning who are left, and the others by cause, now and plan in pairs."""

    size = looks.NOTED_PANEL

    def _build(self) -> None:
        canvas = self.canvas
        self._left_says = canvas.text(0, 16, colour=looks.INK_2)
        self._note = canvas.text(0, 32, colour=looks.INK_2)
        self._right_says = canvas.text(RIGHT_HALF, 16, colour=looks.INK_2)
        canvas.text(RIGHT_HALF, 32, "of the same 100 customers", colour=looks.INK_2)
        left_limits = LimitsBelow(100, 90, parts=4, steps=(1, 2, 5, 10), least=4)
        self._weeks = WeekAxis(canvas, LINES)
        self._lines = Lines(canvas, LINES, self.limits(left_limits), times=100, within=(0, 1))
        self._causes = Causes(self)

    def _show(self, data: LoyaltyData) -> None:
        sides = {"now": data.now, "plan": data.plan}
        self._note.set_text(replications_note(data.now, data.plan))
        self._weeks.cover(data.weeks)
        courses = {word: Course(0, side.left) for word, side in sides.items() if side}
        self._lines.show(self._weeks.scale, courses, formats.of_hundred)
        self._left_says.set_text(f"Customers left, of 100{axis_from(self._lines.ticks)}")
        self._right_says.set_text(f"Lost by week {data.weeks}, by cause")
        self._causes.show(sides)


class Causes:
    """One row for each group of causes; in it now and plan on one scale."""

    def __init__(self, panel: LoyaltyPanel) -> None:
        canvas = panel.canvas
        self._limits = panel.limits(RoundLimits(0, 20, parts=3, steps=(1, 2, 5, 10), least=1))
        self._grid = canvas.bars(looks.GRID, 1.0, order=0.5)
        self._foot = BottomAxis(canvas, LEFT, RIGHT, "lost, of 100")
        self._rows = {word: FIRST_ROW + i * ROW for i, word in enumerate(GROUPS)}
        self._pairs = {word: Pair(canvas, y) for word, y in self._rows.items()}
        self._heads: dict[str, Label] = {
            who.word: canvas.text(y=HEADS_Y, colour=who.text_colour, bold=who.bold, align="center")
            for who in (looks.NOW, looks.PLAN)
        }
        for word, y in self._rows.items():
            lines = LINES_OF.get(word, (word,))
            for i, line in enumerate(lines):
                shift = 14 * (i - (len(lines) - 1) / 2)
                canvas.text(LEFT - 8, y + HALF_LINE + shift, line, align="right")

    def show(self, sides: Mapping[str, LoyaltySide | None]) -> None:
        """Show both sides."""
        lost = [side.lost for side in sides.values() if side]
        room = [100 * min(end, 1e9) for one in lost for value in one.values() for end in room_for(value)]
        ticks = self._limits.hold([0.0, *room] if lost else [])
        self._foot.show(ticks)
        x = Scale(ticks[0] / 100, ticks[-1] / 100, LEFT, RIGHT)
        tops = [self._foot.scale(tick) for tick in ticks]
        span(self._grid, [[(at, FIRST_ROW - ROW / 2 + 4), (at, looks.AXIS_Y)] for at in tops])
        for word, pair in self._pairs.items():
            pair.show([side.lost[word] if side else None for side in sides.values()], x)
        self._head({word: side.lost for word, side in sides.items() if side}, x)

    def _head(self, lost: Mapping[str, Mapping[str, Estimate]], x: Scale) -> None:
        """Name the marks of the first row."""
        first = next(iter(GROUPS))
        known = {word: x(one[first].mean) for word, one in lost.items() if isfinite(one[first].mean)}
        widths = []
        for word, label in self._heads.items():
            label.set_text(word if word in known else "")
            widths += [label.width + SPACE] if word in known else []
        places = kept_apart(list(known.values()), widths, LEFT - 20, looks.PANEL[0])
        for word, place in zip(known, places, strict=True):
            self._heads[word].set_x(place)


class Pair:
    """Now and plan as marks on one line, tied by a bar; one above the other where they would touch."""

    def __init__(self, canvas: Canvas, y: float) -> None:
        self._y = y
        self._tie = canvas.bars(looks.RULE, 4.0, order=1.0)
        self._marks = [canvas.marks(who, looks.ROW_MARK) for who in (looks.NOW, looks.PLAN)]
        self._bars = [canvas.bars(who.colour, who.bar_width, who.order) for who in (looks.NOW, looks.PLAN)]

    def show(self, values: Sequence[Estimate | None], x: Scale) -> None:
        """Show both sides, or those there are."""
        known = [value if value and isfinite(value.mean) else None for value in values]
        xs = [x(value.mean) for value in known if value]
        close = len(xs) == 2 and abs(xs[0] - xs[1]) < looks.ROW_MARK + 2
        span(self._tie, [[(at, self._y) for at in xs]] if len(xs) == 2 and not close else [])
        for i, value in enumerate(known):
            y = self._y + SHIFT * (2 * i - 1) * close
            move(self._marks[i], [(x(value.mean), y)] if value else [])
            span(self._bars[i], [[(x(end), y) for end in ends(value, x.low, x.high)]] if value else [])
