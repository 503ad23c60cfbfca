"""Profit: of a week, and what the plan brings against now, summed up, as far as the season reaches."""

from collections.abc import Mapping
from math import isfinite

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import move
from sim.views.charts.lines import Course, Frame, Lines, Units, WeekAxis, axis_from
from sim.views.charts.panel import Panel, replications_note
from sim.views.charts.placing import RoundLimits
from sim.views.months.data import HORIZONS, Gain, ProfitData

TOP = 58.0
WEEKLY = Frame(left=48, right=148, top=TOP, edge=226)
SUMMED = Frame(left=274, right=364, top=TOP)
RIGHT_HALF = 232.0
PLAIN_BELOW = 1_000.0
AMOUNTS_PLAIN_BELOW = 10_000.0
"""Dollars from which on labels of an axis, and the amounts above the pictures, are in thousands."""
STEPS = (1, 2, 2.5, 5, 10)
PAYS = 11.0
"""From the top of the picture up to the baseline of the words on the week in which the plan pays back."""
ROW, NUMBER_RIGHT, UNIT_LEFT = 15.0, 312.0, 317.0
NAMES = dict(
    zip(
        HORIZONS,
        ("Plan less now, 12 months", "Plan less now, 24 months", "24 months and customers left"),
        strict=True,
    )
)


class ProfitPanel(Panel[ProfitData]):
    """Two pictures, and above them plan less now over 12 months, over 24, and with the customers left."""

    size = looks.NOTED_PANEL

    def _build(self) -> None:
        canvas = self.canvas
        self._horizons = Horizons(self)
        self._says = canvas.text(0, colour=looks.INK_2)
        self._note = canvas.text(0, colour=looks.INK_2)
        self._weeks = WeekAxis(canvas, WEEKLY)
        limits = self.limits(RoundLimits(0, 50_000, parts=4, steps=STEPS, least=10))
        self._weekly = Lines(canvas, WEEKLY, limits, plain_below=PLAIN_BELOW)
        self._summed = Summed(self)

    def _show(self, data: ProfitData) -> None:
        lower = self._horizons.show(data.horizons)
        self._weekly.reach(TOP + lower)
        self._weeks.cover(data.weeks)
        sides = {"now": data.now, "plan": data.plan}
        courses = {word: Course(side.begins, side.weekly) for word, side in sides.items() if side}
        lines = self._weekly
        lines.show(self._weeks.scale, courses, lambda value: lines.units.number(value, 1))
        self._says.set(text=f"A week, {lines.units.word}dollars", y=16 + lower)
        told = [axis_from(lines.ticks, lines.units).strip(" ()"), replications_note(data.now, data.plan)]
        self._note.set(text="; ".join(filter(None, told)), y=32 + lower)
        self._summed.show(data, lower)


class Horizons:
    """Plan less now, a row for each horizon that the season reaches."""

    def __init__(self, panel: ProfitPanel) -> None:
        canvas = panel.canvas
        self._rows = {
            word: (
                canvas.text(0, colour=looks.INK_2),
                canvas.text(NUMBER_RIGHT, colour=looks.PLAN_TEXT, bold=True, align="right"),
                canvas.text(UNIT_LEFT, colour=looks.INK_2),
            )
            for word in HORIZONS
        }

    def show(self, found: Mapping[str, Estimate]) -> float:
        """Show the horizons there are; returns how much lower the pictures begin."""
        ends = [end for one in found.values() for end in (one.mean, one.low, one.high) if isfinite(end)]
        units = Units.of([0.0, max(map(abs, ends), default=0.0)], AMOUNTS_PLAIN_BELOW)
        for i, (word, labels) in enumerate(self._rows.items()):
            one = found.get(word)
            strings = (NAMES[word], amount(one, units), f"{units.word}dollars") if one else ("", "", "")
            for label, string in zip(labels, strings, strict=True):
                label.set(text=string, y=16 + i * ROW)
        return len(found) * ROW + 4 if found else 0.0


def amount(one: Estimate, units: Units) -> str:
    """A gain or loss with its half-width in a unit: +68 ±19."""
    scale = 1 / units.divisor
    return f"{formats.signed(scale * one.mean)} {formats.plus_minus(one, scale)}".strip()


class Summed:
    """What the plan has brought since the beginning: now is the dashed line at nothing."""

    def __init__(self, panel: ProfitPanel) -> None:
        canvas = panel.canvas
        self._says = canvas.text(RIGHT_HALF, string="Plan less now, summed", colour=looks.INK_2)
        self._unit = canvas.text(RIGHT_HALF, colour=looks.INK_2)
        self._weeks = WeekAxis(canvas, SUMMED)
        limits = panel.limits(RoundLimits(-50_000, 50_000, parts=4, steps=STEPS, least=10))
        self._lines = Lines(canvas, SUMMED, limits, plain_below=PLAIN_BELOW)
        self._pays = canvas.line(looks.INK, looks.THRESHOLD_WIDTH, order=2.5)
        self._pays_name = canvas.text(align="left")

    def show(self, data: ProfitData, lower: float) -> None:
        """Show what the plan has brought, if there is one."""
        lines = self._lines
        lines.reach(TOP + lower)
        self._weeks.cover(data.weeks)
        nothing = Estimate(0.0, 0.0, 0.95, 1)
        courses = {}
        if data.gain:
            courses = {
                "now": Course(0, [nothing] * len(data.gain.summed)),
                "plan": Course(0, data.gain.summed),
            }
        lines.show(self._weeks.scale, courses, self._say)
        self._says.set_y(16 + lower)
        self._unit.set(text=f"{lines.units.word}dollars", y=32 + lower)
        self._pay_back(data.gain, TOP + lower)

    def _say(self, value: float) -> str:
        """A gain or a loss; nothing for now, which is what it is measured by."""
        units = self._lines.units
        few = max(map(abs, self._lines.ticks)) < 10 * units.divisor
        return units.number(value, int(few), sign=True) if value else ""

    def _pay_back(self, gain: Gain | None, top: float) -> None:
        """Mark and name the week in which the plan pays back."""
        week = gain.pays_back if gain else None
        x = self._weeks.scale(week) if week else 0.0
        move(self._pays, [(x, top - PAYS / 2), (x, looks.AXIS_Y)] if week else [])
        label = self._pays_name
        word = "pays" if gain and gain.surely else "may pay"
        label.set(text=f"{word} back in week {week}" if week else "", y=top - PAYS)
        label.set_x(min(max(x - label.width / 2, RIGHT_HALF), looks.PANEL[0] - label.width))
