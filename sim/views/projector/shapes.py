"""What a slide is drawn with: texts, strokes, boxes, marks and specks, in dots of a picture of 1920 x 1080."""

from dataclasses import dataclass
from typing import Literal

from sim.views import looks

WIDTH, HEIGHT = 1920.0, 1080.0
SMALLEST = HEIGHT / 22.5
"""Smallest text: 24 points of a slide 7.5 inches high."""
LEFT, RIGHT = 80.0, 1840.0
"""Where pictures and words begin and end."""

Align = Literal["start", "middle", "end"]
Sign = Literal["dot", "square", "triangle", "diamond"]
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Words:
    """A line of text on the baseline `y`."""

    x: float
    y: float
    text: str
    size: float = SMALLEST
    colour: str = looks.INK
    bold: bool = False
    align: Align = "start"


@dataclass(frozen=True)
class Stroke:
    """A line through points; `dashes` are the lengths of dash and gap."""

    points: Points
    colour: str = looks.INK
    width: float = 3.0
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True)
class Box:
    """A filled rectangle without an edge; with a `turn`, from 0, it grows upwards when its turn has come."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    opacity: float = 1.0
    turn: int | None = None


@dataclass(frozen=True)
class Mark:
    """A mark of `radius` around a point."""

    x: float
    y: float
    radius: float
    face: str = looks.PAPER
    edge: str = looks.NOW_GREY
    edge_width: float = 4.0
    sign: Sign = "dot"


@dataclass(frozen=True)
class Specks:
    """Many dots of one colour and size, drawn as one."""

    points: Points
    radius: float
    colour: str


Shape = Words | Stroke | Box | Mark | Specks
Picture = tuple[Shape, ...]
