"""What a result hangs on, as a tornado: each assumption at both ends of its range, the widest swing on top."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from typing import ClassVar

from sim.experiment.estimate import Estimate
from sim.experiment.sensitivity import OneAtATime, Swing, measured, sign
from sim.measures import Measure
from sim.scenario import FieldFacts
from sim.scenario.types import ISSUE_TYPES
from sim.views import formats, looks
from sim.views.charts.canvas import Canvas, Label, move, span
from sim.views.charts.panel import HALF_LINE, Panel, export_png, tick_labels, zip_labels
from sim.views.charts.placing import RoundLimits, Scale, kept_apart
from sim.views.equivalents import Equivalent
from sim.views.looks import Identity
from sim.views.png import palette_png

MOST = 8
"""Assumptions in one picture: those that move the result most."""
LEFT, RIGHT = 290.0, 680.0
WORD_LEFT = 756.0
TOP, ROW = 44.0, 41.0
BELOW = 46.0
"""Css pixels of the axis, with its labels and its name."""
APART = 7.0
"""From the middle of a row up to the estimate at its low end, and down to that at its high end."""
SPACE = 5.0
TIE = 5.0
TOLD = Identity("told", looks.INK, looks.INK, looks.INK, False, None, 0.0, 1.6, 4)
UNTOLD = Identity("cannot tell", looks.INK, looks.INK_2, looks.PAPER, False, None, 0.0, 1.6, 4)
"""An interval on one side of zero, and one on both: filled and hollow. Neither is now or the plan."""
EMPTY = "no assumption was finished"


@dataclass(frozen=True)
class TornadoEnd:
    """One end of a row: the assumption's value in words, and plan less today there, in the unit of the axis."""

    value: str
    difference: Estimate


@dataclass(frozen=True)
class TornadoRow:
    """One assumption: its title, its unit in words, both ends, and whether the result depends on it."""

    title: str
    unit: str
    low: TornadoEnd
    high: TornadoEnd
    word: str

    @property
    def range(self) -> str:
        """From where to where it was tried: 6 to 18 points."""
        times = "× " if self.unit[:1].isdigit() else ""
        return f"{self.low.value} to {self.high.value} {times}{self.unit}".strip()


@dataclass(frozen=True)
class TornadoData:
    """The result as things are assumed, the rows, how many assumptions were tried, and the unit of all differences."""

    title: str
    unit: str
    base: Estimate
    rows: tuple[TornadoRow, ...]
    tried: int
    hangs_on: int
    basis: str


def tornado_data(found: OneAtATime, most: int = MOST) -> TornadoData:
    """What the picture shows of a result: the assumptions that move it most."""
    measure = measured(found.measure)
    return TornadoData(
        title=measure.title,
        unit="points of 100" if measure.kind == "share" else measure.unit,
        base=_scaled(found.base, measure),
        rows=tuple(_row(swing, measure) for swing in found.swings[:most]),
        tried=len(found.swings),
        hangs_on=len(found.hangs_on),
        basis=f"{found.replications} replications of {found.months.weeks} weeks",
    )


def _row(swing: Swing, measure: Measure) -> TornadoRow:
    facts = swing.doubt.facts
    low, high = (
        TornadoEnd(_value(facts, end.value), _scaled(end.difference, measure))
        for end in (swing.low, swing.high)
    )
    unit = facts.unit.replace("share", "of 100", 1) if facts.unit.startswith("share") else facts.unit
    return TornadoRow(_title(facts), unit, low, high, swing.word)


def _title(facts: FieldFacts) -> str:
    """The title with what it is about: "Expectation: rises"; that of a table's number names the table already."""
    steps = facts.path.split(".")
    about = steps[-3 if steps[-1] in ISSUE_TYPES else -2].replace("_", " ").capitalize()
    return f"{about}: {facts.title[:1].lower()}{facts.title[1:]}"


def _value(facts: FieldFacts, value: float) -> str:
    shown = 100 * value if facts.unit.startswith("share") else value
    return f"{shown:,.4g}".replace("-", formats.MINUS) if abs(shown) < 1e4 else formats.number(shown)


def _scaled(found: Estimate, measure: Measure) -> Estimate:
    scale = 100.0 if measure.kind == "share" else 1.0
    return Estimate(scale * found.mean, scale * found.half_width, found.confidence, found.replications)


# ------------------------------------------------------------------------------------------------------- in words


def tornado_title(data: TornadoData) -> str:
    """The finding: what the plan does, and on how many assumptions that depends."""
    many = f"{data.hangs_on or 'none'} of {data.tried} assumption{'' if data.tried == 1 else 's'}"
    if not sign(data.base):
        return f"{data.title}: it cannot be told what the plan does"
    word = "raised" if sign(data.base) > 0 else "lowered"
    return f"{data.title}: {word}, and that depends on {many}"


def tornado_below(data: TornadoData) -> str:
    """What the numbers are, and what they rest on."""
    shown = f"the {len(data.rows)} that move it most; " if data.tried > len(data.rows) else ""
    return (
        f"Plan less today {_told(data, data.base)} {data.unit}; {shown}{data.basis}, the same luck everywhere"
    )


def tornado_equivalent(data: TornadoData) -> Equivalent:
    """Every row: the ends of its range, the difference with its interval at both, and the word."""
    columns = ("Assumption", "from", "difference there", "to", "difference there", "the result")
    rows = tuple(
        (
            f"{row.title}, {row.unit}" if row.unit else row.title,
            *(cell for end in (row.low, row.high) for cell in (end.value, _told(data, end.difference))),
            row.word,
        )
        for row in data.rows
    )
    return Equivalent(f"{tornado_title(data)}. {tornado_below(data)}.", columns, rows)


def _told(data: TornadoData, found: Estimate) -> str:
    places = formats.decimals_for(data.base.mean)
    return f"{formats.signed(found.mean, places)} {formats.plus_minus(found, decimals=places)}".strip()


# -------------------------------------------------------------------------------------------------------- drawn


class TornadoPanel(Panel[TornadoData]):
    """One row an assumption: the low end above the high end, each with its interval, beside no difference at all."""

    size: ClassVar[tuple[int, int]] = (860, int(TOP + MOST * ROW + BELOW))
    _foot = TOP + ROW

    def _build(self) -> None:
        canvas = self.canvas
        self._axis = Axis(canvas)
        self._zero = canvas.line(looks.INK, looks.THRESHOLD_WIDTH, order=2.5)
        self._base = canvas.line(looks.INK_3, looks.THRESHOLD_WIDTH, dashes=(4.0, 3.0), order=2.4)
        self._names = [canvas.text(y=TOP - 12, colour=looks.INK_2, align="center") for _ in range(2)]
        self._ties = canvas.bars(looks.RULE, TIE, order=1.0)
        self._whiskers = canvas.bars(looks.INK, TOLD.bar_width, order=3.0)
        self._marks = [canvas.marks(who, looks.ROW_MARK) for who in (UNTOLD, TOLD)]
        self._rows = [RowWords(canvas) for _ in range(MOST)]
        self._empty = canvas.text(LEFT, TOP + ROW, colour=looks.INK_2)

    def png(self, scale: float = 1.0) -> bytes:
        """The picture as PNG bytes, no higher than its rows need."""
        high = self.canvas.strip + self._foot + BELOW
        return palette_png(self.canvas.pixels(scale)[: round(high * scale)])

    def _show(self, data: TornadoData) -> None:
        self._foot = TOP + max(2, len(data.rows)) * ROW
        x = self._axis.show(data, self._foot)
        self._show_lines(data, x)
        self._empty.set_text("" if data.rows else EMPTY)
        places = list(_places(data.rows))
        for words, place in zip(self._rows, [*places, *[None] * (MOST - len(places))], strict=True):
            words.show(place, x)
        ends = [end for _, pair in places for end in pair]
        move(self._marks[0], [(x(end.mean), y) for end, y in ends if not sign(end)])
        move(self._marks[1], [(x(end.mean), y) for end, y in ends if sign(end)])
        span(self._whiskers, [_whisker(end, x, y) for end, y in ends if formats.has_interval(end)])
        span(
            self._ties, [_tie([end for end, _ in pair], x, sum(y for _, y in pair) / 2) for _, pair in places]
        )

    def _show_lines(self, data: TornadoData, x: Scale) -> None:
        """Where there is no difference, and where there is the one of things as assumed."""
        known = isfinite(data.base.mean)
        move(self._zero, [(x(0.0), TOP), (x(0.0), self._foot)])
        at = x(data.base.mean) if known else x(0.0)
        move(self._base, [(at, TOP), (at, self._foot)] if known else [])
        told = formats.signed(data.base.mean, formats.decimals_for(data.base.mean))
        words = ("no difference", f"as assumed {told}" if known else "")
        for label, word in zip(self._names, words, strict=True):
            label.set_text(word)
        widths = [label.width + 2 * SPACE if label.get_text() else 0.0 for label in self._names]
        for label, place in zip(
            self._names, kept_apart([x(0.0), at], widths, 0.0, self.canvas.width), strict=True
        ):
            label.set_x(place)


Placed = tuple[TornadoRow, tuple[tuple[Estimate, float], tuple[Estimate, float]]]


def _places(rows: Sequence[TornadoRow]) -> Iterator[Placed]:
    """Each row with the differences at its ends and how far down they stand."""
    for number, row in enumerate(rows):
        y = TOP + (number + 0.5) * ROW
        yield row, ((row.low.difference, y - APART), (row.high.difference, y + APART))


def _whisker(end: Estimate, x: Scale, y: float) -> list[tuple[float, float]]:
    return [(x(end.low), y), (x(end.high), y)]


def _tie(ends: Sequence[Estimate], x: Scale, y: float) -> list[tuple[float, float]]:
    return [(x(end.mean), y) for end in ends if isfinite(end.mean)]


class RowWords:
    """What a row says: the assumption and its range on the left, its values at the marks, the word on the right."""

    def __init__(self, canvas: Canvas) -> None:
        self._title = canvas.text()
        self._range = canvas.text(colour=looks.INK_2)
        self._ends: list[Label] = [canvas.text(colour=looks.INK_2, halo=True) for _ in range(2)]
        self._words = [canvas.text(WORD_LEFT, colour=looks.INK_2), canvas.text(WORD_LEFT, bold=True)]

    def show(self, placed: Placed | None, x: Scale) -> None:
        """Show one row, or nothing."""
        if placed is None:
            for label in (self._title, self._range, *self._ends, *self._words):
                label.set_text("")
            return
        row, pair = placed
        middle = sum(y for _, y in pair) / 2
        self._title.set(text=row.title, y=middle - 7 + HALF_LINE)
        self._range.set(text=row.range, y=middle + 8 + HALF_LINE)
        for label, end, (found, y) in zip(self._ends, (row.low, row.high), pair, strict=True):
            right = found.high if formats.has_interval(found) else found.mean
            known = isfinite(right)
            at = x(right) + SPACE if known else LEFT
            label.set(text=f"at {end.value}" if known else "", x=at, y=y + HALF_LINE)
        depends = row.word == "depends on"
        for label, shown in zip(self._words, (not depends, depends), strict=True):
            label.set(text=row.word if shown else "", y=middle + HALF_LINE)


class Axis:
    """The horizontal axis below the rows: plan less today, in the unit of the measure."""

    def __init__(self, canvas: Canvas) -> None:
        self._line = canvas.line(looks.INK_3, looks.AXIS_WIDTH)
        self._strokes = canvas.bars(looks.INK_3, looks.AXIS_WIDTH)
        self._labels = [canvas.text(colour=looks.INK_2, align="center") for _ in range(10)]
        self._name = canvas.text((LEFT + RIGHT) / 2, colour=looks.INK_2, align="center")

    def show(self, data: TornadoData, y: float) -> Scale:
        """Span everything that is drawn, zero too, that far down; returns the scale."""
        ends = [end.difference for row in data.rows for end in (row.low, row.high)]
        known = [edge for end in (data.base, *ends) for edge in _edges(end)]
        reach = max(map(abs, known), default=0.0) or 1.0
        ticks = RoundLimits(0.0, reach, parts=4, least=reach / 10).hold([0.0, *known])
        x = Scale(ticks[0], ticks[-1], LEFT, RIGHT)
        move(self._line, [(LEFT, y), (RIGHT, y)])
        span(self._strokes, [[(x(tick), y), (x(tick), y + 4)] for tick in ticks])
        for label, place, string in zip_labels(self._labels, [x(tick) for tick in ticks], tick_labels(ticks)):
            label.set(x=place, y=y + 16, text=string)
        self._name.set(text=f"plan less today, {data.unit}", y=y + 34)
        return x


def _edges(found: Estimate) -> list[float]:
    if not formats.has_interval(found):
        return [found.mean] if isfinite(found.mean) else []
    return [found.low, found.high]


# ------------------------------------------------------------------------------------------------ in a notebook


@dataclass(frozen=True)
class Tornado:
    """A result and what it hangs on, as a notebook keeps it: the picture, and the same in a table."""

    found: OneAtATime

    @property
    def data(self) -> TornadoData:
        """What is drawn."""
        return tornado_data(self.found)

    def png(self, scale: float = 2.0) -> bytes:
        """The picture with its title, as PNG bytes."""
        data = self.data
        return export_png(TornadoPanel, data, tornado_title(data), tornado_below(data), scale)

    def __repr__(self) -> str:
        return tornado_equivalent(self.data).markdown()

    def _repr_html_(self) -> str:
        told = tornado_equivalent(self.data)
        source = f"data:image/png;base64,{b64encode(self.png()).decode('ascii')}"
        width = TornadoPanel.size[0]
        return f'<img alt="{escape(told.sentence)}" width="{width}" src="{source}">{told.html()}'
