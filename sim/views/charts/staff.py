"""People: how many are at work, how exhausted they are, and how much of its time a contact gets."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from sim.views import formats, looks
from sim.views.charts.lines import Course, Frame, Lines, WeekAxis, axis_from
from sim.views.charts.panel import Panel, replications_note
from sim.views.charts.placing import LimitsBelow, RoundLimits
from sim.views.months.data import Path, StaffData, StaffSide

LEFT, RIGHT = 42.0, 366.0
HEIGHT, PITCH = 49.0, 79.0
FIRST_FOOT = looks.AXIS_Y - 2 * PITCH
SAYS = 10.0
"""From the top of a picture up to the baseline of its name."""


@dataclass(frozen=True)
class Lane:
    """One of the pictures that stand above each other: what it shows, in which units, and how it is told."""

    name: str
    path: Callable[[StaffSide], Path]
    times: float
    decimals: int
    within: tuple[float, float]
    limits: Callable[[], RoundLimits]


STEPS = (1, 2, 2.5, 5, 10)
LANES = (
    Lane(
        "People of the house at work", lambda side: side.at_work, 1.0, 1, (0, inf),
        lambda: RoundLimits(0, 10, parts=2, steps=STEPS, least=2),
    ),
    Lane(
        "Exhaustion, of 100", lambda side: side.exhaustion, 100.0, 0, (0, 1),
        lambda: RoundLimits(0, 100, parts=2, steps=STEPS, least=20),
    ),
    Lane(
        "Time a contact gets, of 100 it needs", lambda side: side.time_taken, 100.0, 0, (0, 1),
        lambda: LimitsBelow(100, 0, parts=2, steps=STEPS, least=20),
    ),
)  # fmt: skip


class StaffPanel(Panel[StaffData]):
    """Three pictures above each other, over the same weeks."""

    size = looks.NOTED_PANEL

    def _build(self) -> None:
        canvas = self.canvas
        self._note = canvas.text(looks.PANEL[0], 16, colour=looks.INK_2, align="right")
        self._weeks = WeekAxis(canvas, Frame(LEFT, RIGHT, 0))
        self._lanes = [LaneLines(self, lane, FIRST_FOOT + i * PITCH) for i, lane in enumerate(LANES)]

    def _show(self, data: StaffData) -> None:
        self._note.set_text(replications_note(data.now, data.plan))
        self._weeks.cover(data.weeks)
        for lane in self._lanes:
            lane.show(data, self._weeks)


class LaneLines:
    """One picture of the three."""

    def __init__(self, panel: StaffPanel, lane: Lane, foot: float) -> None:
        canvas = panel.canvas
        self._lane = lane
        limits = panel.limits(lane.limits())
        frame = Frame(LEFT, RIGHT, foot - HEIGHT, foot=foot)
        self._lines = Lines(canvas, frame, limits, times=lane.times, within=lane.within)
        self._says = canvas.text(0, foot - HEIGHT - SAYS, colour=looks.INK_2)

    def show(self, data: StaffData, weeks: WeekAxis) -> None:
        """Show both sides."""
        lane, sides = self._lane, {"now": data.now, "plan": data.plan}
        courses = {word: Course(1, lane.path(side)) for word, side in sides.items() if side}
        self._lines.show(
            weeks.scale, courses, lambda value: formats.number(lane.times * value, lane.decimals)
        )
        self._says.set_text(f"{lane.name}{axis_from(self._lines.ticks)}")
