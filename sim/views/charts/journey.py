"""The journey in a panel: where contacts end, now and under the plan."""

from math import isfinite

from sim.views import formats, looks
from sim.views.charts.canvas import Label, span
from sim.views.charts.panel import HALF_LINE, BottomAxis, Panel, ends, replications_note, room_for
from sim.views.charts.placing import RoundLimits
from sim.views.looks import Identity
from sim.views.panel_data import ENDINGS, PER, SOLVED, UNSOLVED, JourneyData, JourneySide

LEFT, RIGHT = 160.0, 336.0
NUMBER_RIGHT = {looks.NOW.word: 384.0, looks.PLAN.word: 430.0}
FIRST_ROW, ROW, GAP = 62.0, 20.0, 7.0
SHIFT = 3.5
"""The marks of now stand this far above the middle of a row, those of the plan as far below."""
MARKS = dict.fromkeys(SOLVED, ("●", looks.BETTER_TEXT)) | dict.fromkeys(UNSOLVED, ("×", looks.INK))
MARKS["unresolved"] = ("▲", looks.WORSE_TEXT)


def row_middles() -> dict[str, float]:
    """Pixels of the middle of each ending's row; a gap parts those with a solution from those without."""
    gaps = {ending: (ending not in SOLVED) + (ending not in (*SOLVED, *UNSOLVED)) for ending in ENDINGS}
    return {ending: FIRST_ROW + i * ROW + GAP * gaps[ending] for i, ending in enumerate(ENDINGS)}


class JourneyPanel(Panel[JourneyData]):
    """One row for each ending: two marks with their intervals, two numbers."""

    def _build(self) -> None:
        canvas = self.canvas
        self._rows = row_middles()
        canvas.text(0, 16, "Where 1,000 contacts end, with the 95 % interval", colour=looks.INK_2)
        self._note = canvas.text(0, 32, colour=looks.INK_2)
        self._grid = canvas.bars(looks.GRID, 1.0, order=0.5)
        for ending, y in self._rows.items():
            mark, colour = MARKS.get(ending, ("", looks.INK))
            canvas.text(0, y + HALF_LINE, mark, colour=colour)
            canvas.text(15, y + HALF_LINE, ending)
        self._limits = self.limits(RoundLimits(0, 600, parts=5, steps=(1, 2, 5, 10), least=10))
        self._foot = BottomAxis(canvas, LEFT, RIGHT, "contacts, of 1,000")
        self._sides = [EndingMarks(self, who, self._rows) for who in (looks.NOW, looks.PLAN)]

    def _show(self, data: JourneyData) -> None:
        sides = (data.now, data.plan)
        self._note.set_text(replications_note(*sides))
        shown = [ending for side in sides if side for ending in side.endings.values()]
        ticks = self._limits.hold([0.0, *(min(end, PER) for one in shown for end in room_for(one))])
        self._foot.show(ticks)
        xs = [self._foot.scale(tick) for tick in ticks]
        span(self._grid, [[(x, FIRST_ROW - ROW / 2), (x, looks.AXIS_Y)] for x in xs])
        for marks, side in zip(self._sides, sides, strict=True):
            marks.show(side, self._foot)


class EndingMarks:
    """The marks, intervals and numbers of one side."""

    def __init__(self, panel: JourneyPanel, who: Identity, rows: dict[str, float]) -> None:
        canvas, right = panel.canvas, NUMBER_RIGHT[who.word]
        self._rows = rows
        self._shift = SHIFT if who is looks.PLAN else -SHIFT
        self._word = who.word
        self._dots = canvas.marks(who, looks.ROW_MARK)
        self._bars = canvas.bars(who.colour, who.bar_width, order=who.order)

        def number(y: float) -> Label:
            return canvas.text(right, y, colour=who.text_colour, bold=who.bold, align="right")

        self._head = number(48)
        self._numbers = {ending: number(y + HALF_LINE) for ending, y in rows.items()}

    def show(self, side: JourneySide | None, foot: BottomAxis) -> None:
        """Show one side, or nothing."""
        known = {ending: one for ending, one in side.endings.items() if isfinite(one.mean)} if side else {}
        x = foot.scale
        self._dots.set_data(
            [x(one.mean) for one in known.values()], [self._rows[ending] + self._shift for ending in known]
        )
        span(
            self._bars,
            [
                [(x(end), self._rows[ending] + self._shift) for end in ends(one, x.low, x.high)]
                for ending, one in known.items()
            ],
        )
        self._head.set_text(self._word if side else "")
        for ending, label in self._numbers.items():
            label.set_text(formats.number(side.contacts(ending)) if side and known else "")
