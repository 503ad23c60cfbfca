"""Lines of text as stamps: matplotlib spends most of its time on letters, so each word is drawn once and kept."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, fontManager

from sim.views import looks

DPI = 72
"""At this resolution a point is a css pixel."""
MARGIN = 4
"""Css pixels around a stamp, for letters that lean out and for the rim of paper."""
ABOVE, BELOW = 1.4, 0.6
"""Height and depth of a stamp, in sizes of its letters."""
RIM = 1.5
"""Css pixels of paper around letters that stand on bands or lines."""

Fonts = tuple[str, ...]
Dots = npt.NDArray[np.uint8]


@lru_cache(maxsize=1)
def installed_fonts() -> Fonts:
    """The fonts of the kit that this computer has, best first; matplotlib brings the last one itself."""
    known = set(fontManager.get_font_names())
    return tuple(font for font in looks.FONTS if font in known)


@dataclass(frozen=True)
class Lettering:
    """Fonts, size in css pixels, and weight."""

    fonts: Fonts
    size: float = looks.CHART_TEXT
    bold: bool = False

    @property
    def face(self) -> FontProperties:
        """The same for matplotlib."""
        return _face(self)

    def width(self, string: str, dpi: float = DPI) -> float:
        """Dots that `string` takes on a line; css pixels at the usual dpi."""
        words = string.split(" ")
        return sum(_word_width(word, self, dpi) for word in words) + (len(words) - 1) * _space(self, dpi)

    def height_and_depth(self, dpi: float = DPI) -> tuple[float, float]:
        """Dots of a line with the letters l and p, and of their part below the baseline."""
        return _measured("lp", self, dpi)[1:]


@dataclass(frozen=True)
class Stamp:
    """A picture of a line of text: dots from its left and lower edge to the start of the baseline, and its width."""

    pixels: Dots
    left: int
    below: int
    width: float


@lru_cache(maxsize=1024)
def stamp(string: str, lettering: Lettering, colour: str, halo: bool, dpi: float) -> Stamp:
    """The picture of a line, upside down as matplotlib's images are; `halo` gives it a rim of paper."""
    margin, width = _dots(MARGIN, dpi), lettering.width(string, dpi)
    above, below = _dots(ABOVE * lettering.size, dpi), _dots(BELOW * lettering.size, dpi)
    ink = np.zeros((above + below, ceil(width) + 2 * margin + 1), np.uint8)
    at = 0.0
    for word in string.split(" "):
        letters = _word(word, lettering, dpi)
        place = ink[:, round(at) : round(at) + letters.shape[1]]
        np.maximum(place, letters[:, : place.shape[1]], out=place)
        at += _word_width(word, lettering, dpi) + _space(lettering, dpi)
    return Stamp(_coloured(ink, colour, _dots(RIM, dpi) if halo else 0), margin, below, width)


@lru_cache(maxsize=64)
def _face(lettering: Lettering) -> FontProperties:
    weight = "bold" if lettering.bold else "regular"
    return FontProperties(family=list(lettering.fonts), size=lettering.size, weight=weight)


@lru_cache(maxsize=4096)
def _measured(string: str, lettering: Lettering, dpi: float) -> tuple[float, float, float]:
    """Width, height, and depth below the baseline, in dots."""
    sheet = _sheet(1, 1, dpi)
    width, height, depth = sheet.get_text_width_height_descent(string, lettering.face, ismath=False)
    return float(width), float(height), float(depth)


def _word_width(word: str, lettering: Lettering, dpi: float) -> float:
    return _measured(word, lettering, dpi)[0] if word else 0.0


def _space(lettering: Lettering, dpi: float) -> float:
    return _measured("n n", lettering, dpi)[0] - 2 * _measured("n", lettering, dpi)[0]


@lru_cache(maxsize=2048)
def _word(word: str, lettering: Lettering, dpi: float) -> Dots:
    """How much of each dot the letters cover."""
    margin, width = _dots(MARGIN, dpi), ceil(_word_width(word, lettering, dpi))
    above, below = _dots(ABOVE * lettering.size, dpi), _dots(BELOW * lettering.size, dpi)
    sheet = _sheet(width + 2 * margin, above + below, dpi)
    sheet.draw_text(sheet.new_gc(), margin, above, word, lettering.face, angle=0)
    return np.asarray(sheet.buffer_rgba(), dtype=np.uint8)[::-1, :, 3].copy()


def _sheet(width: int, height: int, dpi: float) -> Any:
    """A transparent sheet of so many dots; matplotlib gives its renderer no types."""
    return RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]


def _coloured(ink: Dots, colour: str, reach: int) -> Dots:
    """Letters of a colour, on a rim of paper `reach` dots wide so that they can be read across lines and bands."""
    steps = range(-reach, reach + 1)
    rim = np.max([np.roll(ink, (i, j), (0, 1)) for i in steps for j in steps], axis=0)
    share = ink[..., None] / 255 if reach else 1.0
    rgb = 255 * (np.array(to_rgb(colour)) * share + np.array(to_rgb(looks.PAPER)) * (1 - share))
    return np.dstack([np.broadcast_to(rgb, (*ink.shape, 3)), rim]).round().astype(np.uint8)


def _dots(pixels: float, dpi: float) -> int:
    return ceil(pixels * dpi / DPI)
