"""A drawn picture to the bytes of a small PNG."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from sim.views import looks

NEAR = 6
"""Steps of brightness by which the palette may miss a flat colour."""


def palette_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG bytes of `pixels` (height x width x 3 or 4, opaque), reduced to a palette.

    The octree is the quickest of Pillow's ways to a palette. It averages near colours, so white comes out a step
    darker: every colour of the palette that is all but a token of the looks is put back on it.
    """
    picture = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    octree = Image.Quantize.FASTOCTREE
    reduced = picture.quantize(looks.COLOURS_IN_A_PICTURE, method=octree, dither=Image.Dither.NONE)
    reduced.putpalette(_on_tokens(reduced.getpalette() or []))
    out = BytesIO()
    reduced.save(out, "PNG")
    return out.getvalue()


def _on_tokens(palette: list[int]) -> list[int]:
    colours = np.asarray(palette, dtype=np.int64).reshape(-1, 3)
    misses = np.abs(colours[:, None, :] - _TOKENS[None, :, :]).max(axis=2)
    nearest = misses.argmin(axis=1)
    close = misses.min(axis=1) <= NEAR
    return [int(part) for part in np.where(close[:, None], _TOKENS[nearest], colours).ravel()]


_TOKENS = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in looks.COLOURS.values()])
