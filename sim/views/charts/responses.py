"""What one lever does: each outcome a small plot, change from today at every value that was tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any, ClassVar

from sim.experiment.estimate import Estimate, estimate
from sim.experiment.levers import ENOUGH, LEVERS, MONEY, OUTCOMES, Response, strongest
from sim.experiment.verdict import verdict
from sim.measures import Measure
from sim.scenario import FieldFacts, fields
from sim.season.catalogue import MEASURES
from sim.views import formats, looks, sentences
from sim.views.assumptions import told
from sim.views.charts.canvas import Canvas, move, span
from sim.views.charts.panel import HALF_LINE, LeftAxis, Panel, zip_labels
from sim.views.charts.placing import RoundLimits, Scale
from sim.views.equivalents import Equivalent
from sim.views.looks import Identity

COLUMNS, MOST_VALUES = 3, 8
PITCH, ROW = 290.0, 146.0
"""Css pixels from one small plot to the next, across and down."""
TITLE, UNIT, TOP, FOOT, BELOW = 14.0, 29.0, 40.0, 112.0, 129.0
"""Css pixels below the upper edge of a small plot."""
LEFT, RIGHT, NAME_LEFT = 50.0, 238.0, 242.0
KEY_LEFT, KEY_LINE = 20.0, 20.0
CHANGED = Identity("changed", looks.INK, looks.INK, looks.INK, False, None, 0.0, 2.0, 4)
LUCK = Identity("less", looks.INK_3, looks.INK_2, looks.PAPER, False, None, 0.0, 1.2, 3)
"""Filled, and hollow and grey: beyond two standard deviations of the paired difference, and within."""
NOT_MEASURED = "not measured"
NOTHING = "does nothing that can be told from luck"


@dataclass(frozen=True)
class OutcomePlot:
    """One outcome at every value of the lever, less today, in the unit that is shown."""

    measure: Measure
    differences: tuple[Estimate, ...]
    changed: tuple[bool, ...]
    words: tuple[str, ...]

    @property
    def unit(self) -> str:
        """The unit of the axis."""
        return unit_shown(self.measure)

    @property
    def unit_and_direction(self) -> str:
        """The unit, and which way is better where one is."""
        better = {1: ", more is better", -1: ", less is better"}.get(self.measure.better, "")
        return f"{self.unit}{better}"


@dataclass(frozen=True)
class ResponsesData:
    """A lever: its title, what its values are and which is today's, and every outcome."""

    title: str
    across: str
    today: str
    values: tuple[str, ...]
    plots: tuple[OutcomePlot, ...]
    headline: str
    below: str


# ---------------------------------------------------------------------------------------------- from responses


def known(found: Sequence[Response]) -> list[Response]:
    """The responses that rest on a difference; a short season has none for what takes a year."""
    return [each for each in found if isfinite(each.difference.mean)]


def most(found: Sequence[Response]) -> Response | None:
    """What a lever does most surely to, money left out; nothing where no outcome changes beyond luck."""
    able = [each for each in known(found) if each.outcome not in MONEY]
    best = strongest(able) if able else None
    return best if best and best.deviations > ENOUGH else None


def responses_data(title: str, found: Sequence[Response]) -> ResponsesData:
    """What the picture shows of one lever's responses."""
    facts = fields()[found[0].path]
    values = list(dict.fromkeys(each.value for each in found))
    plots = tuple(_plot(MEASURES[name], values, found) for name in OUTCOMES)
    return ResponsesData(
        title=title,
        across=unit_of(facts) or f"{facts.title[:1].lower()}{facts.title[1:]}",
        today=value_shown(facts, _today(title, facts)),
        values=tuple(value_shown(facts, value) for value in values),
        plots=plots,
        headline=responses_title(title, found),
        below=responses_below(found),
    )


def _today(title: str, facts: FieldFacts) -> Any:
    """Today's value of a lever of the kit, or the usual one of its field."""
    given = next((each.given for each in LEVERS if each.title == title), {})
    return given.get(facts.path, facts.default)


def _plot(measure: Measure, values: Sequence[Any], found: Sequence[Response]) -> OutcomePlot:
    at = {each.value: each for each in found if each.outcome == measure.name}
    here = [at.get(value) for value in values]
    nothing = estimate(())
    return OutcomePlot(
        measure,
        tuple(scaled(measure, each.difference) if each else nothing for each in here),
        tuple(bool(each and each.deviations > ENOUGH) for each in here),
        tuple(judged(each) if each else "" for each in here),
    )


def scale_of(measure: Measure) -> float:
    """Shares are shown of 100, dollars in thousands."""
    return {"share": 100.0, "dollars": 0.001}.get(measure.kind, 1.0)


def unit_shown(measure: Measure) -> str:
    """The unit that goes with `scale_of`."""
    return {"share": "points of 100", "dollars": "thousand dollars"}.get(measure.kind, measure.unit)


def scaled(measure: Measure, found: Estimate) -> Estimate:
    """A difference in the unit that is shown."""
    scale = scale_of(measure)
    return Estimate(scale * found.mean, scale * found.half_width, found.confidence, found.replications)


def value_shown(facts: FieldFacts, value: Any) -> str:
    """A value of a lever: shares of 100, lists by their length."""
    if isinstance(value, tuple):
        return str(value[0]) if len(value) == 1 else f"{len(value)} types"
    return told(100 * value if facts.unit.startswith("share") else value)


def unit_of(facts: FieldFacts) -> str:
    """The unit of a lever in words: of 100 contacts."""
    return facts.unit.replace("share of", "of 100", 1).replace("share", "of 100", 1)


def value_in_words(response: Response) -> str:
    """A value with its unit: 80 of 100 contacts."""
    facts = fields()[response.path]
    shown, unit = value_shown(facts, response.value), unit_of(facts)
    one = shown == "1" and " " not in unit
    return f"{shown} {unit.removesuffix('s') if one else unit}".strip()


# --------------------------------------------------------------------------------------------------- in words


def judged(response: Response) -> str:
    """The verdict on a response, mark and word; more or less where neither is better."""
    measure, size = MEASURES[response.outcome], response.difference
    if measure.better or not isfinite(size.mean):
        return sentences.verdict_cell(verdict(measure, size).word)
    if response.deviations > ENOUGH:
        return "more" if size.mean > 0 else "less"
    return sentences.verdict_cell(sentences.CANNOT_TELL)


def difference_shown(measure: Measure, found: Estimate) -> str:
    """A difference that is in the unit shown already, with its interval: +3.1 ±0.4."""
    places = max(0, 1 - floor(log10(scale_of(measure) * measure.matters)))
    return f"{formats.signed(found.mean, places)} {formats.plus_minus(found, decimals=places)}".strip()


def outcome_in_words(name: str) -> str:
    """The title of an outcome in the middle of a sentence."""
    title = MEASURES[name].title
    return f"{title[:1].lower()}{title[1:]}"


def responses_title(title: str, found: Sequence[Response]) -> str:
    """The finding: what the lever does most to."""
    best = most(found)
    return f"{title}: does most to {outcome_in_words(best.outcome)}" if best else f"{title}: {NOTHING}"


def responses_below(found: Sequence[Response]) -> str:
    """How much that is, at which value, and what it rests on."""
    rests = f"{replications(found)}, the same luck everywhere."
    best = most(found)
    if best is None:
        return rests
    measure = MEASURES[best.outcome]
    size = difference_shown(measure, scaled(measure, best.difference))
    word = judged(best).split(" ", 1)[-1]
    return f"Set to {value_in_words(best)}: {size} {unit_shown(measure)}, {word}. {rests}"


def replications(found: Sequence[Response]) -> str:
    """How many replications the responses rest on, in words."""
    counts = {each.difference.replications for each in found} or {0}
    least, most = min(counts), max(counts)
    many = f"{least}" if least == most else f"{least} to {most}"
    return f"{many} replication{'' if most == 1 else 's'}"


def responses_equivalent(data: ResponsesData) -> Equivalent:
    """Every outcome at every value: the difference with its interval, and better or worse where that can be told."""
    columns = ("Change from today", *(f"at {value}" for value in data.values))
    rows = tuple((_named(plot), *_cells(plot)) for plot in data.plots)
    return Equivalent(f"{data.headline}. {data.below} {values_in_words(data)}", columns, rows)


def values_in_words(data: ResponsesData) -> str:
    """What the values are, and today's."""
    return f"Values: {data.across}; today {data.today}."


def _named(plot: OutcomePlot) -> str:
    title = plot.measure.title
    return title if plot.unit in title.lower() else f"{title}, {plot.unit}"


def _cells(plot: OutcomePlot) -> Iterator[str]:
    for size, word in zip(plot.differences, plot.words, strict=True):
        told_apart = word if word in _TOLD else ""
        shown = f"{difference_shown(plot.measure, size)} {told_apart}".strip()
        yield shown if isfinite(size.mean) else NOT_MEASURED


_TOLD = tuple(map(sentences.verdict_cell, (sentences.BETTER, sentences.WORSE)))


# ------------------------------------------------------------------------------------------------------ drawn


class ResponsesPanel(Panel[ResponsesData]):
    """Small plots in three columns, customers first, then people, then money; the key in the last place."""

    size: ClassVar[tuple[int, int]] = (860, int(-(-(len(OUTCOMES) + 1) // COLUMNS) * ROW))
    title_size: ClassVar[float] = 14.0

    def _build(self) -> None:
        canvas = self.canvas
        self._plots = [SmallPlot(canvas, *_corner(number)) for number in range(len(OUTCOMES))]
        self._zeros = canvas.bars(looks.INK, looks.THRESHOLD_WIDTH, order=2.0)
        self._whiskers = {who.word: canvas.bars(who.colour, who.bar_width, who.order) for who in _BOTH}
        self._marks = {who.word: canvas.marks(who, looks.ROW_MARK) for who in _BOTH}
        self._key = Key(canvas, *_corner(len(OUTCOMES)))

    def _show(self, data: ResponsesData) -> None:
        spots: list[Spot] = []
        for small, plot in zip(self._plots, data.plots, strict=True):
            spots += small.show(plot, data.values)
        for who in _BOTH:
            here = [spot for spot in spots if spot.changed == (who is CHANGED)]
            marks = [(spot.x, spot.y) for spot in here] + [self._key.mark(who)]
            move(self._marks[who.word], marks)
            span(self._whiskers[who.word], [[(spot.x, end) for end in spot.ends] for spot in here])
        span(self._zeros, [small.zero for small in self._plots])
        self._key.show(data)


_BOTH = (CHANGED, LUCK)


def _corner(number: int) -> tuple[float, float]:
    return (number % COLUMNS) * PITCH, (number // COLUMNS) * ROW


@dataclass(frozen=True)
class Spot:
    """Where a difference is drawn, and the two ends of its interval."""

    x: float
    y: float
    ends: tuple[float, ...]
    changed: bool


class SmallPlot:
    """One outcome: title and unit, values across, and the line on which nothing has changed."""

    def __init__(self, canvas: Canvas, x: float, y: float) -> None:
        self._left, self._right, self._foot = x + LEFT, x + RIGHT, y + FOOT
        self._title = canvas.text(x, y + TITLE, bold=True)
        self._unit = canvas.text(x, y + UNIT, colour=looks.INK_2)
        self._axis = LeftAxis(canvas, self._left, self._right, y + TOP, foot=self._foot)
        self._values = [
            canvas.text(y=y + BELOW, colour=looks.INK_2, align="center") for _ in range(MOST_VALUES)
        ]
        self._today = canvas.text(x + NAME_LEFT)
        self._nothing = canvas.text((self._left + self._right) / 2, y + TOP + 14, align="center", halo=True)
        self.zero: list[tuple[float, float]] = []

    def show(self, plot: OutcomePlot, values: Sequence[str]) -> list[Spot]:
        """Show one outcome; returns where its differences are to be drawn."""
        self._title.set_text(plot.measure.title)
        self._unit.set_text(plot.unit_and_direction)
        self._axis.show(_ticks(plot))
        y = self._axis.scale
        self.zero = [(self._left, y(0.0)), (self._right, y(0.0))]
        self._today.set(text="today", y=y(0.0) + HALF_LINE)
        across = Scale(-0.5, len(values) - 0.5, self._left, self._right)
        places = [across(at) for at in range(len(values))]
        for label, place, word in zip_labels(self._values, places, values):
            label.set(x=place, text=word)
        spots = list(_spots(plot, places, y))
        self._nothing.set_text("" if spots else NOT_MEASURED)
        return spots


def _spots(plot: OutcomePlot, places: Sequence[float], y: Scale) -> Iterator[Spot]:
    for x, size, changed in zip(places, plot.differences, plot.changed, strict=True):
        if isfinite(size.mean):
            yield Spot(x, y(size.mean), tuple(y(end) for end in _ends(size)), changed)


def _ends(size: Estimate) -> tuple[float, ...]:
    return (size.low, size.high) if formats.has_interval(size) else ()


def _ticks(plot: OutcomePlot) -> tuple[float, ...]:
    """Everything that is drawn, and never less than the smallest difference that matters, either way."""
    small = scale_of(plot.measure) * plot.measure.matters
    edges = [edge for size in plot.differences if isfinite(size.mean) for edge in (size.mean, *_ends(size))]
    return RoundLimits(-small, small, parts=3, least=small).hold([-small, small, *edges])


class Key:
    """What filled and hollow marks are, and what runs across."""

    def __init__(self, canvas: Canvas, x: float, y: float) -> None:
        self._x, self._y = x, y + TOP
        for line, word in (
            (0, "changed by more than two"),
            (1, "standard deviations"),
            (2, "by less than that"),
        ):
            canvas.text(x + KEY_LEFT, self._down(line), word)
        self._across = canvas.text(x, self._down(3), colour=looks.INK_2)
        self._today = canvas.text(x, self._down(4), colour=looks.INK_2)

    def _down(self, line: int) -> float:
        return self._y + line * KEY_LINE

    def mark(self, who: Identity) -> tuple[float, float]:
        """Where the mark stands that is explained."""
        return self._x + KEY_LEFT / 2, self._down(0 if who is CHANGED else 2) - HALF_LINE

    def show(self, data: ResponsesData) -> None:
        """Say what the values are."""
        self._across.set_text(f"across: {data.across}")
        self._today.set_text(f"today: {data.today}")
