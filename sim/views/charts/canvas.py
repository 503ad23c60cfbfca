"""A matplotlib figure measured in css pixels from the top left corner of its canvas.

Artists are made once and changed in place. There are no matplotlib axes: a panel places everything by the pixel, and
text, which costs matplotlib most of its time, is drawn once per string and stamped from then on.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil
from threading import RLock
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from sim.views import looks
from sim.views.looks import Identity

DPI = 72
"""At this resolution a point is a css pixel."""
DRAWING = RLock()
"""Matplotlib is not safe in threads, and Jupyter may call back in any: whoever draws holds this."""

Fonts = tuple[str, ...]
Points = Iterable[tuple[float, float]]
Drawn = TypeVar("Drawn", bound=Artist)


@lru_cache(maxsize=1)
def installed_fonts() -> Fonts:
    """The fonts of the kit that this computer has, best first; matplotlib brings the last one itself."""
    known = set(fontManager.get_font_names())
    return tuple(font for font in looks.FONTS if font in known)


@lru_cache(maxsize=64)
def _face(fonts: Fonts, size: float, bold: bool) -> FontProperties:
    return FontProperties(family=list(fonts), size=size, weight="bold" if bold else "regular")


def text_width(string: str, fonts: Fonts, size: float = looks.CHART_TEXT, bold: bool = False) -> float:
    """Css pixels that `string` takes on a line."""
    return _measured(string, fonts, size, bold, DPI)[0]


@lru_cache(maxsize=4096)
def _measured(string: str, fonts: Fonts, size: float, bold: bool, dpi: float) -> tuple[float, float, float]:
    """Width, height, and depth below the baseline, in dots."""
    face = _face(fonts, size, bold)
    width, height, depth = _sheet(1, 1, dpi).get_text_width_height_descent(string, face, ismath=False)
    return float(width), float(height), float(depth)


def _sheet(width: int, height: int, dpi: float) -> Any:
    """A transparent sheet of so many dots; matplotlib gives its renderer no types."""
    return RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1024)
def _stamp(
    string: str, fonts: Fonts, size: float, bold: bool, colour: str, halo: bool, dpi: float
) -> tuple[npt.NDArray[np.uint8], int, int]:
    """A picture of one line of text, and the pixels from its left and bottom edges to the start of the baseline."""
    face = _face(fonts, size, bold)
    width, height, depth = _measured(string, fonts, size, bold, dpi)
    margin = ceil(4 * dpi / DPI)
    below = ceil(depth) + margin
    sheet = _sheet(ceil(width) + 2 * margin, ceil(height) + 2 * margin, dpi)
    text = Text(margin, below, string, fontproperties=face, color=colour, parse_math=False)
    text.set_transform(IdentityTransform())
    text.set_figure(Figure(dpi=dpi))
    text.draw(sheet)
    pixels = np.asarray(sheet.buffer_rgba())[::-1].copy()
    return (_with_halo(pixels, ceil(1.5 * dpi / DPI)) if halo else pixels), margin, below


def _with_halo(pixels: npt.NDArray[np.uint8], reach: int) -> npt.NDArray[np.uint8]:
    """The letters on a rim of paper `reach` dots wide, so that they can be read across lines and bands."""
    ink = pixels[..., 3]
    steps = range(-reach, reach + 1)
    rim = np.max([np.roll(ink, (i, j), (0, 1)) for i in steps for j in steps], axis=0)
    share = ink[..., None] / 255
    colours = pixels[..., :3] * share + 255 * (1 - share)
    return np.dstack([colours, rim]).round().astype(np.uint8)


SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a line stands left of its place."""


class Label(Text):
    """One line of text whose picture is kept, so that drawing it again costs next to nothing."""

    def __init__(self, fonts: Fonts, size: float, bold: bool, halo: bool) -> None:
        super().__init__(0, 0, "", fontproperties=_face(fonts, size, bold), parse_math=False)
        self._fonts, self._size, self._bold = fonts, size, bold
        self.halo = halo

    @property
    def width(self) -> float:
        """Css pixels from its first to its last letter."""
        return text_width(self.get_text(), self._fonts, self._size, self._bold) if self.get_text() else 0.0

    def get_window_extent(self, renderer: RendererBase | None = None, dpi: float | None = None) -> Bbox:
        """The box of its line in dots, as high as a line with the letters l and p."""
        del renderer
        dots = dpi or self.figure_dpi
        style = (self._fonts, self._size, self._bold, dots)
        width = _measured(self.get_text(), *style)[0]
        _, height, depth = _measured("lp", *style)
        x, y = self.get_transform().transform(self.get_position())
        left = x - SHARES[self.get_horizontalalignment()] * width
        return Bbox.from_bounds(left, y - depth, width, height)

    @property
    def figure_dpi(self) -> float:
        """Dots in 72 css pixels of the picture it is on."""
        figure = self.get_figure(root=True)
        return figure.dpi if figure else DPI

    def draw(self, renderer: RendererBase) -> None:
        """Stamp the text where it is to stand; anything but pixels gets real letters."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
        elif self.get_visible() and self.get_text():
            self._put(renderer)
        self.stale = False

    def _put(self, renderer: RendererAgg) -> None:
        x, y = self.get_transform().transform(self.get_position())
        stamp = (self.get_text(), self._fonts, self._size, self._bold, str(self.get_color()), self.halo)
        pixels, left, below = _stamp(*stamp, renderer.dpi)
        x -= SHARES[self.get_horizontalalignment()] * (pixels.shape[1] - 2 * left)
        renderer.draw_image(renderer.new_gc(), round(x) - left, round(y) - below, pixels)


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
        label = Label(self.fonts, size, bold, halo)
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
