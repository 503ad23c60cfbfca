"""A drawn picture to the bytes of a small PNG."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from sim.views import looks

NEAR = 12
"""Steps of brightness by which the palette may miss a flat colour."""
LOGICAL_HEIGHT = looks.PANEL[1]
_TOKENS = np.array(
    [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [255] for colour in looks.COLOURS.values()],
    dtype=np.uint8,
)


def palette_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG bytes of `pixels` (height x width x 4, opaque), reduced to a palette.

    The octree is the quickest of Pillow's ways to a palette. It averages near colours, so that white comes out a
    step darker: a colour of the palette that is all but a token of the looks in the picture is put back on it.
    """
    picture, octree = Image.fromarray(pixels).convert("RGB"), Image.Quantize.FASTOCTREE
    reduced = picture.quantize(looks.COLOURS_IN_A_PICTURE, method=octree, dither=Image.Dither.NONE)
    reduced.putpalette(_on_tokens(reduced.getpalette() or [], _tokens_in(pixels)))
    out = BytesIO()
    reduced.save(out, "PNG")
    return out.getvalue()


def _tokens_in(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """The tokens that occur, by a look at every dot of a picture of normal size, fewer of a larger one."""
    step = max(1, len(pixels) // LOGICAL_HEIGHT)
    found = np.ascontiguousarray(pixels).view(np.uint32)[::step, ::step]
    there = [bool((found == token).any()) for token in _TOKENS.view(np.uint32).ravel()]
    return _TOKENS[there, :3].astype(np.int64)


def _on_tokens(palette: list[int], tokens: npt.NDArray[np.int64]) -> list[int]:
    if not len(tokens):
        return palette
    colours = np.asarray(palette, dtype=np.int64).reshape(-1, 3)
    misses = np.abs(colours[:, None, :] - tokens[None, :, :]).max(axis=2)
    nearest, close = tokens[misses.argmin(axis=1)], misses.min(axis=1) <= NEAR
    return [int(part) for part in np.where(close[:, None], nearest, colours).ravel()]
