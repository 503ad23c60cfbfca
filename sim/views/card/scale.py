"""The line on which a number is predicted: your diamond, and after the reveal the model's circle and the gap."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.exercise.source import Asked
from sim.views import looks
from sim.views.card import words
from sim.views.card.picture import (
    LABEL,
    WIDTH,
    Axis,
    circle,
    diamond,
    said,
    side_by_side,
    stroke,
    svg,
    tick_words,
    width_of,
)

HEIGHT, BARE_HEIGHT, LINE = 142.0, 122.0, 92.0
EDGE = 16.0
GAP_TEXT, GAP_LINE, NAMES = 16.0, 28.0, 68.0
TICK, TICK_WORDS, AXIS_WORDS = 7.0, 116.0, 138.0


@dataclass(frozen=True)
class Model:
    """The model's number on the scale: its middle, half its interval, and how it is written."""

    value: float
    around: float
    shown: str
    range: str


def axis_of(asked: Asked) -> Axis:
    """The scale of a question, over its picture's width."""
    return Axis(*asked.scale, EDGE, WIDTH - EDGE)


def height_of(asked: Asked) -> float:
    """How high the picture is: lower where the axis has no words."""
    return HEIGHT if asked.axis else BARE_HEIGHT


def scale_html(
    asked: Asked, you: float | None = None, model: Model | None = None, gap: str = "", *, marked: bool = True
) -> str:
    """The scale with what is known on it; `marked`: whether your mark is drawn, rather than the slider's handle."""
    axis = axis_of(asked)
    parts = [*_line(asked, axis)]
    if model is not None:
        parts += _interval(axis, model)
    if you is not None and model is not None:
        parts += _gap(axis, you, model, gap)
    parts += _names(asked, axis, you, model)
    if you is not None and marked:
        parts.append(diamond(axis.at(you), LINE))
    return svg(height_of(asked), parts, equivalent(asked, you, model, gap))


def equivalent(asked: Asked, you: float | None, model: Model | None, gap: str) -> str:
    """The same in a sentence."""
    axis = axis_of(asked)
    scale = (
        f"A line from {tick_words(axis.low, axis)} to {words.with_unit(tick_words(axis.high, axis), asked)}"
    )
    scale += f", {asked.axis}" if asked.axis else ""
    if you is None:
        return f"{scale}. Nothing is placed on it yet."
    mine = f"{scale}. You: {words.with_unit(words.amount(you, asked), asked)}."
    if model is None:
        return mine
    return f"{mine} The model: {words.with_unit(model.shown, asked)}, interval {model.range}. {gap.capitalize()}."


def _line(asked: Asked, axis: Axis) -> Iterator[str]:
    yield stroke([(axis.start, LINE), (axis.end, LINE)], looks.INK_3, 2)
    ticks = axis.ticks()
    for value in ticks:
        x, unit = axis.at(value), f" {asked.unit}" if value == ticks[-1] and asked.unit else ""
        yield stroke([(x, LINE - TICK), (x, LINE + TICK)], looks.INK_3)
        written = f"{tick_words(value, axis)}{unit}"
        half = width_of(written, 14) / 2
        align = "end" if x + half > WIDTH else "start" if x < half else "middle"
        yield said(
            WIDTH if align == "end" else max(x, 0) if align == "middle" else 0,
            TICK_WORDS,
            written,
            align=align,
        )
    yield said(WIDTH / 2, AXIS_WORDS, asked.axis, align="middle")


def _interval(axis: Axis, model: Model) -> Iterator[str]:
    low, high = axis.at(model.value - model.around), axis.at(model.value + model.around)
    yield (
        f'<rect x="{low:.1f}" y="{LINE - 13:g}" width="{max(high - low, 2):.1f}" height="26" '
        f'fill="{looks.PLAN_BLUE}" fill-opacity="{looks.PLAN.band_alpha:g}"/>'
    )
    yield stroke([(low, LINE), (high, LINE)], looks.PLAN_BLUE, 5)
    yield circle(axis.at(model.value), LINE)


def _gap(axis: Axis, you: float, model: Model, gap: str) -> Iterator[str]:
    ends = sorted((axis.at(you), axis.at(model.value)))
    for x in ends:
        yield stroke([(x, GAP_LINE - 5), (x, GAP_LINE + 5)], looks.INK, 1.5)
    yield stroke([(ends[0], GAP_LINE), (ends[1], GAP_LINE)], looks.INK, 1.5)
    half = width_of(gap, 15) / 2
    yield said(
        min(max(sum(ends) / 2, half), WIDTH - half), GAP_TEXT, gap, size=15, colour=looks.INK, align="middle"
    )


def _names(asked: Asked, axis: Axis, you: float | None, model: Model | None) -> Iterator[str]:
    if you is None:
        return
    mine = f"you {words.with_unit(words.amount(you, asked), asked)}"
    theirs = f"model {words.with_unit(model.shown, asked)}" if model else ""
    if model is None:
        half = width_of(mine) / 2
        left = min(max(axis.at(you) - half, 0), WIDTH - 2 * half)
    else:
        left, right = side_by_side((axis.at(you), mine), (axis.at(model.value), theirs))
        yield said(right, NAMES, theirs, size=LABEL, bold=True, colour=looks.PLAN_TEXT)
    yield said(left, NAMES, mine, size=LABEL, bold=True, colour=looks.INK)
