"""A drawn picture to the bytes of a small PNG."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from sim.views.looks import COLOURS_IN_A_PICTURE


def palette_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG bytes of `pixels` (height x width x 3 or 4, opaque), reduced to a palette.

    The octree is the quickest of Pillow's ways to a palette, and flat colours survive it unchanged.
    """
    picture = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    reduced = picture.quantize(COLOURS_IN_A_PICTURE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = BytesIO()
    reduced.save(out, "PNG")
    return out.getvalue()
