"""RGB to planar YUV 4:2:0, BT.709, limited range, for a part of the frame at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loa.render.pen import Pixels

Plane = NDArray[np.int32]
Area = tuple[int, int, int, int]
"""Left, top, right, bottom; all four even."""

_BITS = 16
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA, _CHROMA = 219 / 255, 224 / 255
_STRIP = 32
"""Rows converted at a time: few enough that what is in hand stays in the processor's cache, six times as fast."""


def _fixed(*weights: float) -> tuple[int, ...]:
    return tuple(round(weight * (1 << _BITS)) for weight in weights)


_Y = _fixed(_RED * _LUMA, _GREEN * _LUMA, _BLUE * _LUMA)
_U = _fixed(-_RED / 1.8556 * _CHROMA, -_GREEN / 1.8556 * _CHROMA, 0.5 * _CHROMA)
_V = _fixed(0.5 * _CHROMA, -_GREEN / 1.5748 * _CHROMA, -_BLUE / 1.5748 * _CHROMA)
_HALF = 1 << _BITS - 1


class I420:
    """A frame as three planes in one buffer, so that it goes down a pipe in one piece. Width and height are even."""

    def __init__(self, width: int, height: int) -> None:
        self.frame: Pixels = np.zeros((height * 3 // 2, width), np.uint8)
        self._y, self._u, self._v = planes(self.frame)
        self._taken = np.zeros((height, width), np.uint32)

    def renew(self, pixels: Pixels) -> None:
        """Take over a whole opaque RGBA picture, whatever the frame showed."""
        height, width = self._taken.shape
        for strip in _strips((0, 0, width, height)):
            self._convert(pixels, strip)
        self._taken[:] = _whole(pixels)

    def update(self, pixels: Pixels, area: Area) -> None:
        """Take over one rectangle of the picture: of each strip the stretch in which something changed."""
        now = _whole(pixels)
        for left, top, right, bottom in _strips(area):
            here = slice(top, bottom), slice(left, right)
            changed = np.flatnonzero((now[here] != self._taken[here]).any(axis=0))
            if len(changed):
                start, end = left + int(changed[0]) // 2 * 2, left + int(changed[-1]) // 2 * 2 + 2
                self._convert(pixels, (start, top, end, bottom))
                self._taken[here] = now[here]

    def _convert(self, pixels: Pixels, area: Area) -> None:
        here, quarter = _places(area)
        red, green, blue = (pixels[(*here, channel)].astype(np.int32) for channel in range(3))
        self._y[here] = _mix(_Y, (red, green, blue), (16 << _BITS) + _HALF) >> _BITS
        quads = tuple(map(_quad, (red, green, blue)))
        self._u[quarter] = _mix(_U, quads, (128 << _BITS + 2) + 4 * _HALF) >> _BITS + 2
        self._v[quarter] = _mix(_V, quads, (128 << _BITS + 2) + 4 * _HALF) >> _BITS + 2

    def lay(self, layer: Layer) -> None:
        """Put a see-through layer over what the frame shows."""
        here, quarter = _places(layer.area)
        for plane, where, over, through in (
            (self._y, here, layer.y, layer.through),
            (self._u, quarter, layer.u, layer.through_quad),
            (self._v, quarter, layer.v, layer.through_quad),
        ):
            plane[where] = (plane[where] * through + over) >> _BITS


@dataclass(frozen=True, slots=True)
class Layer:
    """A see-through picture ready to be laid over many frames: colours times cover, and how much shines through."""

    area: Area
    y: Plane
    u: Plane
    v: Plane
    through: Plane
    through_quad: Plane


def layer(pixels: Pixels, area: Area) -> Layer:
    """A rectangle of a premultiplied RGBA picture as a layer."""
    here, _ = _places(area)
    red, green, blue, alpha = (pixels[(*here, channel)].astype(np.int32) for channel in range(4))
    quads = tuple(_quad(plane) // 4 for plane in (red, green, blue))
    cover, cover_quad = _cover(alpha), _cover(_quad(alpha) // 4)
    whole = 1 << _BITS
    return Layer(
        area,
        _mix(_Y, (red, green, blue), _HALF) + cover * 16,
        _mix(_U, quads, _HALF) + cover_quad * 128,
        _mix(_V, quads, _HALF) + cover_quad * 128,
        whole - cover,
        whole - cover_quad,
    )


def planes(frame: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """The three planes of a frame, as views."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    flat, luma, quarter = frame.reshape(-1), width * height, width * height // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + quarter].reshape(height // 2, width // 2),
        flat[luma + quarter :].reshape(height // 2, width // 2),
    )


def _whole(pixels: Pixels) -> NDArray[np.uint32]:
    """Each pixel as one number, so that two pictures are compared at once."""
    return pixels.view(np.uint32)[:, :, 0]


def _strips(area: Area) -> list[Area]:
    left, top, right, bottom = area
    return [(left, start, right, min(bottom, start + _STRIP)) for start in range(top, bottom, _STRIP)]


def _places(area: Area) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The same rectangle in the full planes and in the quarter planes."""
    left, top, right, bottom = area
    return (slice(top, bottom), slice(left, right)), (slice(top // 2, bottom // 2), slice(left // 2, right // 2))


def _cover(alpha: Plane) -> Plane:
    """0 to 255 as 0 to 1 in fixed point."""
    return (alpha * 65793 + 128) >> 8


def _quad(plane: Plane) -> Plane:
    """The sum of each block of two by two."""
    rows = plane[0::2] + plane[1::2]
    return rows[:, 0::2] + rows[:, 1::2]


def _mix(weights: tuple[int, ...], colors: tuple[Plane, ...], base: int) -> Plane:
    mixed = colors[0] * weights[0]
    mixed += colors[1] * weights[1]
    mixed += colors[2] * weights[2]
    mixed += base
    return mixed
