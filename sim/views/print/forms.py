"""What is filled in with a pen: lines, boxes, letters of a code, axes to sketch on."""

from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from sim.views.print.styles import BOLD, GRID, INK, INK_2, INK_3, REGULAR, SMALLEST
from sim.workshop.blocks import Axes, Code

LINE, WIDE_LINE = 22.0, 32.0
"""Points from one line to the next, for a pen: at least, and at most."""
LETTER, GAP = 17.0, 10.0


class Soft(Flowable):
    """Something as wide as there is room, which may grow taller by `give` points where a page has them to spare."""

    def __init__(self, tall: float, give: float) -> None:
        super().__init__()
        self.tall, self.give = tall, give

    def grow(self, share: float) -> None:
        """Take this share of what it may grow by."""
        self.tall += self.give * share

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # reportlab asks so
        """As wide as there is room."""
        self.width, self.height = width, self.tall
        return width, self.tall


class Lines(Soft):
    """Lines to write on."""

    def __init__(self, count: int) -> None:
        super().__init__(count * LINE, count * (WIDE_LINE - LINE))
        self.count = count

    def draw(self) -> None:
        """Draw them."""
        self.canv.setStrokeColor(INK_3)
        self.canv.setLineWidth(0.6)
        for at in range(self.count):
            height = at * self.tall / self.count + 1
            self.canv.line(0, height, self.width, height)


class Letters(Flowable):
    """Boxes for a code, a letter each, in groups."""

    def __init__(self, code: Code) -> None:
        super().__init__()
        self.code = code

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # as above
        """As wide as its boxes."""
        self.width = sum(self.code.groups) * LETTER + (len(self.code.groups) - 1) * GAP
        self.height = LETTER + 8
        return min(self.width, width), self.height

    def draw(self) -> None:
        """Draw them."""
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.7)
        left = 0.0
        for letters in self.code.groups:
            for _ in range(letters):
                self.canv.rect(left, 4, LETTER, LETTER)
                left += LETTER
            left += GAP


class Sketch(Soft):
    """Blank axes: a scale, and no answer."""

    def __init__(self, axes: Axes) -> None:
        super().__init__(axes.height, axes.height / 2)
        self.axes = axes

    def draw(self) -> None:
        """Draw them."""
        plot = Plot(self.canv, self.width, self.height, [f"{mark:g}" for mark in self.axes.up])
        plot.frame(self.axes.left, self.axes.below)
        plot.across(self.axes.along)


class Plot:
    """The ground of a chart: where its axes lie, and how they are marked."""

    def __init__(self, canvas: Any, width: float, height: float, up: list[str]) -> None:
        self.canvas, self.up = canvas, up
        self.left = 8 + max(stringWidth(mark, REGULAR, SMALLEST) for mark in up)
        self.right, self.bottom, self.top = width - 4, 30.0, height - 18

    def text(
        self, left: float, bottom: float, text: str, *, bold: bool = False, middle: bool = False
    ) -> None:
        """Words at a place."""
        self.canvas.setFillColor(INK if bold else INK_2)
        self.canvas.setFont(BOLD if bold else REGULAR, SMALLEST)
        (self.canvas.drawCentredString if middle else self.canvas.drawString)(left, bottom, text)

    def height_of(self, share: float) -> float:
        """Points up, for a share of the axis."""
        return self.bottom + share * (self.top - self.bottom)

    def frame(self, left: str, below: str) -> None:
        """The two axes with what they say; the upper one's words stand above it, never turned."""
        self.text(0, self.top + 8, left)
        self.text(self.left, 4, below)
        for at, mark in enumerate(self.up):
            height = self.height_of(at / (len(self.up) - 1))
            self.canvas.setStrokeColor(GRID)
            self.canvas.setLineWidth(0.6)
            self.canvas.line(self.left, height, self.right, height)
            self.canvas.setFillColor(INK_2)
            self.canvas.setFont(REGULAR, SMALLEST)
            self.canvas.drawRightString(self.left - 4, height - 3, mark)
        self.canvas.setStrokeColor(INK_3)
        self.canvas.setLineWidth(1)
        self.canvas.line(self.left, self.bottom, self.right, self.bottom)
        self.canvas.line(self.left, self.bottom, self.left, self.top)

    def across(self, marks: tuple[str, ...]) -> list[float]:
        """Marks along the lower axis, and where they stand."""
        step = (self.right - self.left) / len(marks)
        places = [self.left + (at + 0.5) * step for at in range(len(marks))]
        for place, mark in zip(places, marks, strict=True):
            self.canvas.setStrokeColor(INK_3)
            self.canvas.line(place, self.bottom, place, self.bottom - 3)
            self.text(place, self.bottom - 13, mark, middle=True)
        return places
