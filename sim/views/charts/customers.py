"""Customers: how many there are, week by week."""

from math import inf

from sim.views import looks
from sim.views.charts.lines import Course, Frame, Lines, WeekAxis, axis_from
from sim.views.charts.panel import Panel, replications_note
from sim.views.charts.placing import RoundLimits
from sim.views.months.data import CustomersData

FRAME = Frame(left=51, right=340, top=54)
PLAIN_BELOW = 100_000.0


class CustomersPanel(Panel[CustomersData]):
    """One picture: the customers we have, newcomers included."""

    size = looks.NOTED_PANEL

    def _build(self) -> None:
        canvas = self.canvas
        self._says = canvas.text(0, 16, colour=looks.INK_2)
        self._note = canvas.text(0, 32, colour=looks.INK_2)
        limits = self.limits(RoundLimits(0, 20_000, parts=4, steps=(1, 2, 2.5, 5, 10), least=4))
        self._weeks = WeekAxis(canvas, FRAME)
        self._lines = Lines(canvas, FRAME, limits, plain_below=PLAIN_BELOW, within=(0, inf))

    def _show(self, data: CustomersData) -> None:
        lines = self._lines
        self._note.set_text(replications_note(data.now, data.plan))
        self._weeks.cover(data.weeks)
        sides = {"now": data.now, "plan": data.plan}
        courses = {word: Course(0, side.have) for word, side in sides.items() if side}
        lines.show(
            self._weeks.scale, courses, lambda value: lines.units.number(value, 1 if lines.units.word else 0)
        )
        unit = f", {lines.units.word.strip()}s" if lines.units.word else ""
        self._says.set_text(f"Customers we have{unit}{axis_from(lines.ticks, lines.units)}")
