"""What the four panels have in common: a canvas, rulers, and pictures as bytes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar, Generic, Protocol, TypeVar

from matplotlib.figure import Figure

from sim.experiment.estimate import Estimate
from sim.views import formats, looks
from sim.views.charts.canvas import DRAWING, Canvas, Label, span
from sim.views.charts.letters import Fonts, Lettering
from sim.views.charts.placing import RoundLimits, Scale
from sim.views.png import palette_png

Data = TypeVar("Data")

SETTLED = 5
"""Replications from which an interval may move the ends of an axis."""
LABEL_GAP = 4.0
HALF_LINE = 4.0
"""From the middle of a line of chart text down to its baseline."""


class Panel(Generic[Data]):
    """One picture, drawn once and changed in place by `update`.

    Args:
        strip: Css pixels of empty paper above the canvas, for a title drawn in by `entitle`.
        fonts: Instead of the fonts of the kit.
    """

    size: ClassVar[tuple[int, int]] = looks.PANEL
    title_strip: ClassVar[float] = 52.0
    """Css pixels that an export adds above the canvas for a title and a sentence."""
    title_size: ClassVar[float] = looks.PANEL_TITLE
    below_size: ClassVar[float] = looks.CHART_TEXT
    title_left: ClassVar[float] = 0.0

    def __init__(self, *, strip: float = 0.0, fonts: Fonts | None = None) -> None:
        self._kept_limits: list[RoundLimits] = []
        with DRAWING:
            self.canvas = Canvas(*self.size, strip=strip, fonts=fonts)
            self._build()

    def _build(self) -> None:
        """Make the artists."""
        raise NotImplementedError

    def _show(self, data: Data) -> None:
        """Change the artists."""
        raise NotImplementedError

    @property
    def figure(self) -> Figure:
        """The matplotlib figure, for other formats: `panel.figure.savefig("panel.svg")`."""
        return self.canvas.figure

    def limits(self, limits: RoundLimits) -> RoundLimits:
        """Keep the limits of an axis, so that `forget` reaches them."""
        self._kept_limits.append(limits)
        return limits

    def forget(self) -> None:
        """Let the axes fit the next data afresh, as when another operation is opened."""
        for limits in self._kept_limits:
            limits.reset()

    def update(self, data: Data) -> None:
        """Show `data`; axes stay as they are while the data fit on them."""
        with DRAWING:
            self._show(data)

    def png(self, scale: float = 1.0) -> bytes:
        """The picture as PNG bytes: scale 1 while a slider moves, 2 when it is still."""
        return palette_png(self.canvas.pixels(scale))

    def entitle(self, title: str, below: str = "") -> None:
        """Draw the title, and a sentence below it, into the strip of an export."""
        top, left = -self.canvas.strip, self.title_left
        with DRAWING:
            first = top + 0.3 * self.title_strip + self.title_size * 0.75
            self.canvas.text(left, first, title, size=self.title_size, bold=True)
            second = top + 0.79 * self.title_strip
            self.canvas.text(left, second, below, size=self.below_size, colour=looks.INK_2)


def export_png(kind: type[Panel[Data]], data: Data, title: str, below: str = "", scale: float = 2.0) -> bytes:
    """A picture that stands alone: the panel with its title, and a sentence below it, drawn in; or without any."""
    panel = kind(strip=kind.title_strip if title else 0.0)
    panel.update(data)
    panel.entitle(title, below)
    return panel.png(scale)


def ends(value: Estimate, low: float, high: float) -> tuple[float, ...]:
    """The ends of the interval as drawn between `low` and `high`; nothing after one replication."""
    if not formats.has_interval(value):
        return ()
    return min(max(value.low, low), high), min(max(value.high, low), high)


def room_for(value: Estimate, floor: float = 0.0) -> tuple[float, ...]:
    """The values an axis makes room for: the mean, and the interval once it has settled a little.

    The interval of two replications may be many times the mean; an axis stretched for it would stay stretched.
    """
    if not formats.has_interval(value) or value.replications < SETTLED:
        return (value.mean,)
    return max(value.low, floor), value.mean, value.high


class BottomAxis:
    """A horizontal axis with its line, ticks, their labels and the name of what is measured."""

    def __init__(self, canvas: Canvas, start: float, end: float, name: str, *, ticks: int = 8) -> None:
        self.scale = Scale(0.0, 1.0, start, end)
        self._canvas = canvas
        self._lettering = Lettering(canvas.fonts)
        y = looks.AXIS_Y
        canvas.line(looks.INK_3, looks.AXIS_WIDTH, [(start, y), (end, y)])
        self._strokes = canvas.bars(looks.INK_3, looks.AXIS_WIDTH)
        self._labels = [canvas.text(y=y + 15, colour=looks.INK_2, align="center") for _ in range(ticks)]
        self._name = canvas.text(self.scale.middle, y + 30, name, colour=looks.INK_2, align="center")

    def show(
        self, ticks: Sequence[float], labels: Sequence[str] | None = None, name: str | None = None
    ) -> None:
        """Span the first tick to the last, with a label at each."""
        self.scale = Scale(ticks[0], ticks[-1], self.scale.start, self.scale.end)
        self.mark([self.scale(tick) for tick in ticks], labels or tick_labels(ticks))
        if name is not None:
            self._name.set_text(name)

    def mark(self, places: Sequence[float], labels: Sequence[str]) -> None:
        """Put ticks at `places`, in pixels, and as many of their labels as there is room for."""
        y = looks.AXIS_Y
        span(self._strokes, [[(x, y), (x, y + 4)] for x in places])
        widths = [self._lettering.width(label) for label in labels]
        centres = [
            min(max(x, width / 2), self._canvas.width - width / 2)
            for x, width in zip(places, widths, strict=True)
        ]
        every = _stride(centres, widths)
        shown = [label if i % every == 0 else "" for i, label in enumerate(labels)]
        for label, x, string in zip_labels(self._labels, centres, shown):
            label.set(x=x, text=string)


def _stride(centres: Sequence[float], widths: Sequence[float]) -> int:
    """1 if every label has room, 2 if every second has, and so on."""
    for every in range(1, len(centres)):
        pairs = pairwise(range(0, len(centres), every))
        if all(centres[b] - centres[a] > (widths[a] + widths[b]) / 2 + LABEL_GAP for a, b in pairs):
            return every
    return max(len(centres), 1)


class LeftAxis:
    """A vertical axis without a line: grid lines behind the data, and their labels.

    One that does not stand on the horizontal axis has a grid line at its foot too.
    """

    def __init__(
        self,
        canvas: Canvas,
        left: float,
        right: float,
        top: float,
        *,
        ticks: int = 6,
        foot: float = looks.AXIS_Y,
    ) -> None:
        self.scale = Scale(0.0, 1.0, foot, top)
        self._left, self._right = left, right
        self._first = 1 if foot == looks.AXIS_Y else 0
        self._grid = canvas.bars(looks.GRID, 1.0, order=0.5)
        self._labels = [canvas.text(x=left - 5, colour=looks.INK_2, align="right") for _ in range(ticks)]

    def reach(self, top: float) -> None:
        """Let the axis end at `top`, from the next ticks on."""
        self.scale = Scale(self.scale.low, self.scale.high, self.scale.start, top)

    def show(self, ticks: Sequence[float], labels: Sequence[str] | None = None) -> None:
        """Span the first tick to the last, with a label at each."""
        self.scale = Scale(ticks[0], ticks[-1], self.scale.start, self.scale.end)
        places = [self.scale(tick) for tick in ticks]
        span(self._grid, [[(self._left, y), (self._right, y)] for y in places[self._first :]])
        for label, y, string in zip_labels(self._labels, places, labels or tick_labels(ticks)):
            label.set(y=y + HALF_LINE, text=string)


def zip_labels(
    labels: Sequence[Label], places: Sequence[float], strings: Sequence[str]
) -> list[tuple[Label, float, str]]:
    """Each label with its place and string; labels to spare are emptied."""
    spare = len(labels) - len(places)
    return list(zip(labels, [*places, *[0.0] * spare], [*strings, *[""] * spare], strict=True))


def tick_labels(ticks: Sequence[float]) -> list[str]:
    """The ticks in words, all with the decimals that the finest of them needs."""
    decimals = next(d for d in range(12) if d == 11 or all(abs(round(t, d) - t) < 1e-9 for t in ticks))
    return [formats.number(tick, decimals) for tick in ticks]


class Counted(Protocol):
    """A side that knows how many replications it rests on."""

    @property
    def replications(self) -> int:
        """How many replications are in."""


def replications_note(now: Counted | None, plan: Counted | None) -> str:
    """What to say where a side rests on a single replication, and so wears no interval."""
    sides = {looks.NOW.word: now, looks.PLAN.word: plan}
    shown = {word: side.replications for word, side in sides.items() if side is not None}
    single = [word for word, count in shown.items() if count == 1]
    if not shown:
        return "not run yet"
    if single and len(single) == len(shown):
        return "one replication"
    return f"{single[0]}: one replication" if single else ""
