"""Colours that come back from a video as they went in.

Eight-bit limited-range YUV has room for one RGB colour in six: most brand colours come back one to three levels off.
Beside each stands a colour whose values do survive, and which nobody can tell from it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from loa.render.brand import Brand
from loa.render.clip.yuv import I420, planes

_REACH = 3
"""How far the stand-in may lie from the colour itself, in levels of each channel."""
_Numbers = NDArray[np.float64]


def lasting(brand: Brand) -> Brand:
    """The brand with each flat colour replaced by the nearest one that a video keeps."""
    colors = {name: _lasting(color) for name, color in brand.colors.items()}
    return brand.model_copy(update={"colors": colors, "accents": tuple(map(_lasting, brand.accents))})


@lru_cache(maxsize=256)
def _lasting(color: str) -> str:
    wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])
    near = np.indices((2 * _REACH + 1,) * 3).reshape(3, -1).T - _REACH
    tried = np.unique((wanted + near).clip(0, 255), axis=0)
    off = np.abs(there_and_back(tried) - wanted)
    moved = np.abs(tried - wanted).sum(axis=1)
    best = tried[np.lexsort((moved, off.sum(axis=1), off.max(axis=1)))[0]]
    return "#{:02X}{:02X}{:02X}".format(*best)


def there_and_back(colors: NDArray[np.int64]) -> _Numbers:
    """What a player shows of these colours (rows of red, green, blue), to a fraction of a level."""
    wide = np.repeat(colors.astype(np.uint8), 2, axis=0)[None]
    pixels = np.dstack((np.repeat(wide, 2, axis=0), np.full((2, wide.shape[1], 1), 255, np.uint8)))
    buffer = I420(wide.shape[1], 2)
    buffer.renew(np.ascontiguousarray(pixels))
    y, u, v = (plane[0].astype(float) for plane in planes(buffer.frame))
    luma, blue, red = (y[::2] - 16) / 219, (u - 128) / 224, (v - 128) / 224
    rgb = np.stack((luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue), axis=1)
    return np.asarray(rgb * 255).clip(0, 255)
