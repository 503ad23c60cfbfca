"""A matplotlib figure measured in css pixels from the top left corner of its canvas.

Artists are made once and changed in place. There are no matplotlib axes: a panel places everything by the pixel.
"""

from collections.abc import Iterable, Sequence
from threading import RLock
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

from sim.views import looks
from sim.views.charts.letters import DPI, Fonts, Lettering, installed_fonts, stamp
from sim.views.looks import Identity

DRAWING = RLock()
"""Matplotlib is not safe in threads, and Jupyter may call back in any: whoever draws holds this."""

Points = Iterable[tuple[float, float]]
Drawn = TypeVar("Drawn", bound=Artist)


SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a line stands left of its place."""


class Label(Text):
    """One line of text whose picture is kept, so that drawing it again costs next to nothing."""

    def __init__(self, lettering: Lettering, halo: bool) -> None:
        super().__init__(0, 0, "", fontproperties=lettering.face, parse_math=False)
        self.lettering = lettering
        self.halo = halo

    @property
    def width(self) -> float:
        """Css pixels from its first to its last letter."""
        return self.lettering.width(self.get_text())

    def get_window_extent(self, renderer: RendererBase | None = None, dpi: float | None = None) -> Bbox:
        """The box of its line in dots, as high as a line with the letters l and p."""
        del renderer
        figure = self.get_figure(root=True)
        dots = dpi or (figure.dpi if figure else DPI)
        width = self.lettering.width(self.get_text(), dots)
        height, depth = self.lettering.height_and_depth(dots)
        x, y = self.get_transform().transform(self.get_position())
        left = x - SHARES[self.get_horizontalalignment()] * width
        return Bbox.from_bounds(left, y - depth, width, height)

    def draw(self, renderer: RendererBase) -> None:
        """Stamp the text where it is to stand; anything but pixels gets real letters."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible() and self.get_text():
            self._put(renderer)
        self.stale = False

    def _put(self, renderer: RendererAgg) -> None:
        x, y = self.get_transform().transform(self.get_position())
        picture = stamp(self.get_text(), self.lettering, str(self.get_color()), self.halo, renderer.dpi)
        x -= SHARES[self.get_horizontalalignment()] * picture.width
        where = round(x) - picture.left, round(y) - picture.below
        renderer.draw_image(renderer.new_gc(), *where, picture.pixels)


class Canvas:
    """A white surface of `width` x `height` css pixels, under a strip of `strip` that exports put a title in."""

    def __init__(
        self, width: float, height: float, *, strip: float = 0.0, fonts: Fonts | None = None
    ) -> None:
        self.width = width
        self.height = height
        self.strip = strip
        self.fonts = fonts or installed_fonts()
        size = (width / DPI, (height + strip) / DPI)
        self.figure = Figure(figsize=size, dpi=DPI, facecolor=looks.PAPER)
        self._agg: Any = FigureCanvasAgg(self.figure)  # as untyped as its renderer
        flip = Affine2D().scale(1 / DPI, -1 / DPI).translate(0, height / DPI)
        self._pixels = flip + self.figure.dpi_scale_trans

    def pixels(self, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """What is drawn now, `scale` dots to a css pixel: height x width x 4."""
        with DRAWING:
            self.figure.set_dpi(DPI * scale)
            self._agg.draw()
            return np.asarray(self._agg.buffer_rgba()).copy()

    def text(
        self,
        x: float = 0.0,
        y: float = 0.0,
        string: str = "",
        *,
        size: float = looks.CHART_TEXT,
        colour: str = looks.INK,
        bold: bool = False,
        align: str = "left",
        halo: bool = False,
    ) -> Label:
        """A line of text on the baseline `y`."""
        label = Label(Lettering(self.fonts, size, bold), halo)
        label.set(x=x, y=y, text=string, color=colour, horizontalalignment=align, zorder=6)
        return self._added(label)

    def line(
        self,
        colour: str,
        width: float,
        points: Points = (),
        *,
        dashes: tuple[float, float] | None = None,
        order: float = 2.0,
    ) -> Line2D:
        """A line through `points`; several strokes in one line are parted by a point of nan."""
        line = Line2D([], [], color=colour, linewidth=width, zorder=order)
        if dashes is not None:
            line.set_linestyle((0.0, [dash / width for dash in dashes]))
        line.set(solid_capstyle="butt", dash_capstyle="butt")
        move(line, points)
        return self._added(line)

    def curve(self, who: Identity) -> Line2D:
        """The line of now or of the plan."""
        return self.line(who.colour, looks.LINE_WIDTH, dashes=who.dashes, order=who.order)

    def marks(self, who: Identity, size: float) -> Line2D:
        """The dots of now or of the plan, `size` across with their edge."""
        edge = 1.2 if size <= looks.ROW_MARK else 1.8
        return self._added(
            Line2D(
                [],
                [],
                color=who.colour,
                linestyle="none",
                marker="o",
                markersize=size - edge,
                markerfacecolor=who.face,
                markeredgecolor=who.colour,
                markeredgewidth=edge,
                zorder=who.order + 0.5,
            )
        )

    def band(self, who: Identity) -> PolyCollection:
        """The interval around the line of now or of the plan."""
        return self._added(
            PolyCollection(
                [], facecolor=who.colour, edgecolor="none", alpha=who.band_alpha, zorder=who.order - 2
            )
        )

    def bars(self, colour: str, width: float, order: float = 2.0) -> LineCollection:
        """Straight strokes without caps: intervals, grid lines, axes."""
        bars = LineCollection([], colors=colour, linewidths=width, zorder=order, capstyle="butt")
        return self._added(bars)

    def add(self, artist: Artist) -> None:
        """Put any other artist on the canvas, in its pixels."""
        artist.set_transform(self._pixels)
        self.figure.add_artist(artist, clip=False)

    def _added(self, artist: Drawn) -> Drawn:
        self.add(artist)
        return artist


def move(line: Line2D, points: Points) -> None:
    """Give a line or a set of marks its points."""
    xs, ys = zip(*points, strict=True) if (points := list(points)) else ((), ())
    line.set_data(xs, ys)


def span(bars: LineCollection, strokes: Iterable[Sequence[tuple[float, float]]]) -> None:
    """Give a set of bars its strokes; those without two ends are left out."""
    bars.set_segments([stroke for stroke in strokes if len(stroke) > 1])
