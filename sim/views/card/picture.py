"""What the pictures of a card are made of: elements of SVG in css pixels, in the colours of the looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from sim.views import formats, looks

WIDTH = 572.0
"""Of every picture, in css pixels at its usual size; it grows with its card."""
TEXT, LABEL = 14.0, 16.0
LETTER = 0.57
"""Mean width of a letter, in sizes of its type; bold ones are a little wider."""
APART = 12.0
TICKS = 5
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
Point = tuple[float, float]


def svg(height: float, parts: Iterable[str], equivalent: str) -> str:
    """A picture, and the sentence that says the same to those who do not see it."""
    return (
        f'<svg class="kit-svg" viewBox="0 0 {WIDTH:g} {height:g}" aria-hidden="true" focusable="false">'
        f'{"".join(parts)}</svg><p class="kit-hidden">{escape(equivalent)}</p>'
    )


def said(
    x: float,
    y: float,
    said: str,
    *,
    size: float = TEXT,
    bold: bool = False,
    colour: str = looks.INK_2,
    align: str = "start",
) -> str:
    """A line of text on the baseline y."""  # fmt: skip
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" text-anchor="{align}"{weight}>'
        f"{escape(said)}</text>"
    )


def stroke(points: Sequence[Point], colour: str, width: float = 1.2) -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def area(points: Sequence[Point], colour: str, opacity: float) -> str:
    """A band."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{path}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def diamond(x: float, y: float, half: float = 11.0) -> str:
    """The mark of a prediction: hollow, with a black edge."""
    corners = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y:.1f} {x:.1f},{y + half:.1f} {x - half:.1f},{y:.1f}"
    return f'<polygon points="{corners}" fill="{looks.PAPER}" stroke="{looks.INK}" stroke-width="2"/>'


def circle(x: float, y: float, radius: float = 9.0) -> str:
    """The mark of the model: filled."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{looks.PLAN_BLUE}" stroke="{looks.PAPER}" '
        'stroke-width="1.8"/>'
    )


def width_of(said: str, size: float = LABEL) -> float:
    """About how wide a line of text is."""
    return len(said) * size * LETTER


def side_by_side(one: tuple[float, str], other: tuple[float, str]) -> tuple[float, float]:
    """Left edges of two labels, each as near to the middle of its mark as both can be without touching."""
    if one[0] > other[0]:
        second, first = side_by_side(other, one)
        return first, second
    widths = width_of(one[1]), width_of(other[1])
    left, right = one[0] - widths[0] / 2, other[0] - widths[1] / 2
    overlap = left + widths[0] + APART - right
    if overlap > 0:
        left, right = left - overlap / 2, right + overlap / 2
    left, right = max(0.0, left), min(WIDTH - widths[1], right)
    right = min(WIDTH - widths[1], max(right, left + widths[0] + APART))
    return min(left, max(0.0, right - APART - widths[0])), right


@dataclass(frozen=True)
class Axis:
    """From which number to which, and from which css pixel to which."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The css pixel of a value; beyond the ends, the end."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round numbers, at most six of them."""
        step = self._step()
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(step * number, 10) for number in range(first, last + 1)]

    def _step(self) -> float:
        wanted = (self.high - self.low) / TICKS
        power = 10.0 ** floor(log10(wanted))
        return next(times * power for times in STEPS if times * power >= wanted * (1 - 1e-9))


def tick_words(value: float, axis: Axis) -> str:
    """A number under its tick, signed where the axis goes below zero."""
    places = next((places for places in (0, 1, 2) if round(value, places) == value), 3)
    return formats.signed(value, places) if axis.low < 0 else formats.number(value, places)
