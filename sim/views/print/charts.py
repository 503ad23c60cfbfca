"""Charts for a wall: a day in half-hours, the curve, days as dots; in ink, told apart by shape and place."""

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor

from sim.experiment.estimate import Estimate
from sim.views import looks
from sim.views.print.forms import Plot, Soft
from sim.views.print.styles import BOLD, FLOW, INK, INK_2, NOW, PLAN, REGULAR, SMALLEST, WHITE
from sim.workshop.paper import Day, Hour

MARK = 3.6
TALL = (330.0, 300.0)
"""Height of a chart, and how much it may grow by."""
BIN, HAIR = 0.02, 1e-9
"""Days whose shares lie this close are stacked."""


class DayStrip(Soft):
    """The mean wait of every half-hour of a day; a dashed line where it is covered at first (minute of the day)."""

    def __init__(self, hours: Sequence[Hour], covered: float | None = None) -> None:
        super().__init__(*TALL)
        self.hours, self.covered = hours, covered

    def draw(self) -> None:
        """Draw it."""
        most = ceil(max(hour.wait for hour in self.hours) * 4) / 4
        marks = [f"{most * at / 4:.2f}" for at in range(5)]
        plot = Plot(self.canv, self.width, self.height, marks)
        plot.frame(
            "average wait of those who join the line in the half-hour, minutes", "half-hour beginning at"
        )
        names = tuple(_clock(hour.starts) if hour.starts % 60 == 0 else "" for hour in self.hours)
        places = plot.across(names)
        for place, hour in zip(places, self.hours, strict=True):
            self._bar(plot, place, (places[1] - places[0]) * 0.76, hour.wait, most)
        if self.covered is not None:
            self._cover(plot, places, self.covered)

    def _bar(self, plot: Plot, place: float, width: float, wait: float, most: float) -> None:
        high = plot.height_of(wait / most) - plot.bottom
        self.canv.setFillColor(FLOW)
        self.canv.setStrokeColor(NOW)
        self.canv.setLineWidth(1.2)
        self.canv.rect(place - width / 2, plot.bottom, width, high, fill=1)
        plot.text(place, plot.bottom + high + 3, f"{wait:.2f}", bold=True, middle=True)

    def _cover(self, plot: Plot, places: Sequence[float], since: float) -> None:
        after = next((at for at, hour in enumerate(self.hours) if hour.starts >= since), 0)
        if after:
            middle = (places[after - 1] + places[after]) / 2
            self.canv.setStrokeColor(INK)
            self.canv.setDash(3, 3)
            self.canv.line(middle, plot.bottom, middle, plot.top + 4)
            self.canv.setDash()
            self.canv.setFillColor(INK)
            self.canv.setFont(REGULAR, SMALLEST)
            self.canv.drawString(middle + 4, plot.top - 8, "cover from here on →")


class Curve(Soft):
    """A share by the lever's values, each with its interval; now hollow, the bar a line."""

    def __init__(self, values: Sequence[int], told: Sequence[Estimate], now: int, bar: float) -> None:
        super().__init__(*TALL)
        self.values, self.told, self.now, self.bar = values, told, now, bar

    def draw(self) -> None:
        """Draw it."""
        plot = Plot(self.canv, self.width, self.height, ["0", "25", "50", "75", "100"])
        plot.frame("issues with the promise kept, of 100", "people")
        places = plot.across(tuple(str(value) for value in self.values))
        self._threshold(plot)
        heights = [plot.height_of(found.mean) for found in self.told]
        self.canv.setStrokeColor(PLAN)
        self.canv.setLineWidth(looks.LINE_WIDTH)
        for at in range(len(places) - 1):
            self.canv.line(places[at], heights[at], places[at + 1], heights[at + 1])
        for place, value, found in zip(places, self.values, self.told, strict=True):
            self._point(plot, place, value, found)

    def _threshold(self, plot: Plot) -> None:
        height = plot.height_of(self.bar)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(looks.THRESHOLD_WIDTH)
        self.canv.line(plot.left, height, plot.right, height)
        plot.text(plot.left + 4, height + 4, f"the bar: {100 * self.bar:.0f}", bold=True)

    def _point(self, plot: Plot, place: float, value: int, found: Estimate) -> None:
        is_now = value == self.now
        self.canv.setStrokeColor(NOW if is_now else PLAN)
        self.canv.setLineWidth(looks.LINE_WIDTH)
        self.canv.line(place, plot.height_of(found.low), place, plot.height_of(found.high))
        self.canv.setFillColor(WHITE if is_now else PLAN)
        self.canv.circle(place, plot.height_of(found.mean), MARK + 1.2 * is_now, fill=1)
        name = f"{100 * found.mean:.0f}"
        plot.text(
            place, plot.height_of(found.low) - 14, f"today {name}" if is_now else name, bold=True, middle=True
        )


class Dots(Soft):
    """Every day of every cover as a dot, stacked where they coincide, and the bar."""

    def __init__(self, days: Sequence[Day], bar: float) -> None:
        super().__init__(*TALL)
        self.days, self.bar = days, bar
        self.covers = tuple(dict.fromkeys(day.cover for day in days))

    def draw(self) -> None:
        """Draw it: a row a cover, on one scale."""
        low = min(day.kept / day.issues for day in self.days)
        self.low, self.high = int(low * 10) / 10, 1.0
        self.left, self.right = 40.0, self.width - 8
        row = (self.tall - 40) / len(self.covers)
        for at, cover in enumerate(self.covers):
            self._row(cover, 40 + row * (len(self.covers) - 1 - at), row)
        self._scale()

    def _x(self, share: float) -> float:
        return self.left + (share - self.low) / (self.high - self.low) * (self.right - self.left)

    def _row(self, cover: str, bottom: float, height: float) -> None:
        shares = self._shares(cover)
        self.canv.setStrokeColor(INK_2)
        self.canv.setLineWidth(0.8)
        self.canv.line(self.left, bottom + 8, self.right, bottom + 8)
        self._words(6, bottom + height / 2, cover.upper(), BOLD, 20)
        self._stacks(shares, bottom + 9, height - 60)
        self._threshold(bottom + 8, bottom + height - 26)
        met, count = sum(share >= self.bar for share in shares), len(shares)
        low = 100 * shares[count // 10]
        told = f"one day in ten under {low:.0f}; {met} of {count} days at the bar"
        self._words(self.left, bottom + height - 18, told, BOLD, 11)

    def _shares(self, cover: str) -> list[float]:
        return sorted(day.kept / day.issues for day in self.days if day.cover == cover)

    def _binned(self, shares: Sequence[float]) -> Counter[int]:
        """How many days each bin holds; the bar lies between two bins."""
        return Counter(floor((share - self.bar) / BIN + HAIR) for share in shares)

    def _stacks(self, shares: Sequence[float], bottom: float, height: float) -> None:
        """The days, those in one bin above each other, all dots of one size."""
        stacks = self._binned(shares)
        tallest = max(max(self._binned(self._shares(cover)).values()) for cover in self.covers)
        radius = min(self._x(BIN) - self._x(0.0), height / tallest) * 0.47
        self.canv.setFillColor(INK)
        for at, days in stacks.items():
            for place in range(days):
                self.canv.circle(
                    self._x(self.bar + (at + 0.5) * BIN),
                    bottom + (2 * place + 1) * radius * 1.06,
                    radius,
                    stroke=0,
                    fill=1,
                )

    def _threshold(self, bottom: float, top: float) -> None:
        bar = self._x(self.bar)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(looks.THRESHOLD_WIDTH)
        self.canv.line(bar, bottom, bar, top)
        self._words(bar + 4, top - 8, f"the bar: {100 * self.bar:.0f}", BOLD, SMALLEST)

    def _scale(self) -> None:
        tens = range(round(self.low * 10), 11)
        for ten in tens:
            self.canv.setFillColor(INK_2)
            self.canv.setFont(REGULAR, SMALLEST)
            self.canv.drawCentredString(self._x(ten / 10), 26, str(10 * ten))
        told = f"issues with the promise kept, of 100 (axis from {100 * self.low:.0f}); each dot one day"
        self._words(self.left, 8, told, REGULAR, SMALLEST)

    def _words(self, left: float, bottom: float, text: str, font: str, size: float) -> None:
        self.canv.setFillColor(INK)
        self.canv.setFont(font, size)
        self.canv.drawString(left, bottom, text)


def _clock(minute: float) -> str:
    return f"{int(minute) // 60}:{int(minute) % 60:02d}"
