"""RGB to planar YUV 4:2:0, BT.709, limited range, for a part of the frame at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loa.render.canvas import Pixels

_BITS = 16
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA, _CHROMA = 219 / 255, 224 / 255


def _fixed(*weights: float) -> tuple[int, ...]:
    return tuple(round(weight * (1 << _BITS)) for weight in weights)


_Y = _fixed(_RED * _LUMA, _GREEN * _LUMA, _BLUE * _LUMA)
_U = _fixed(-_RED / 1.8556 * _CHROMA / 4, -_GREEN / 1.8556 * _CHROMA / 4, 0.5 * _CHROMA / 4)
_V = _fixed(0.5 * _CHROMA / 4, -_GREEN / 1.5748 * _CHROMA / 4, -_BLUE / 1.5748 * _CHROMA / 4)
_Y_BASE = (16 << _BITS) + (1 << _BITS - 1)
_C_BASE = (128 << _BITS) + (1 << _BITS - 1)


class I420:
    """A frame as three planes in one buffer, so that it goes down a pipe in one piece. Width and height are even."""

    def __init__(self, width: int, height: int) -> None:
        self.frame: Pixels = np.zeros((height * 3 // 2, width), np.uint8)
        flat = self.frame.reshape(-1)
        luma, quarter = width * height, width * height // 4
        self._y = flat[:luma].reshape(height, width)
        self._u = flat[luma : luma + quarter].reshape(height // 2, width // 2)
        self._v = flat[luma + quarter :].reshape(height // 2, width // 2)

    def update(self, pixels: Pixels, left: int, top: int, right: int, bottom: int) -> None:
        """Take over one rectangle of an RGBA picture. All four numbers are even."""
        part = pixels[top:bottom, left:right]
        red, green, blue = (part[:, :, channel].astype(np.int32) for channel in range(3))
        self._y[top:bottom, left:right] = _mix(_Y, red, green, blue, _Y_BASE)
        red, green, blue = (_quad(plane) for plane in (red, green, blue))
        here = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
        self._u[here] = _mix(_U, red, green, blue, _C_BASE)
        self._v[here] = _mix(_V, red, green, blue, _C_BASE)


def _quad(plane: NDArray[np.int32]) -> NDArray[np.int32]:
    """The sum of each block of two by two."""
    rows = plane[0::2] + plane[1::2]
    return rows[:, 0::2] + rows[:, 1::2]


def _mix(
    weights: tuple[int, ...], red: NDArray[np.int32], green: NDArray[np.int32], blue: NDArray[np.int32], base: int
) -> NDArray[np.int32]:
    mixed = red * weights[0]
    mixed += green * weights[1]
    mixed += blue * weights[2]
    mixed += base
    mixed >>= _BITS
    return mixed
