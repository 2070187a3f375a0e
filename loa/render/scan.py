"""The codes of a finished picture, read as a phone would read them: what cannot be scanned is not sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from loa.errors import Problem
from loa.render.pen import Pixels
from loa.render.tree import nodes
from loa.render.tree.measure import Placed, Rect

_QUIET = 12
"""Pixels around the box that are looked at too: the white rim belongs to the code."""


def check_codes(pixels: Pixels, placed: Sequence[Placed], name: str) -> list[Problem]:
    """Every code of the tree that the picture does not give back word for word. ``name``: template and format."""
    wanted = [(box, value) for root in placed for box, value in _codes(root)]
    return [
        Problem("E480", {"template": name, "text": value[:60]})
        for box, value in wanted
        if not _reads(_as_in_a_feed(pixels, box), value)
    ]


def _codes(placed: Placed) -> Iterator[tuple[Rect, str]]:
    if isinstance(placed.element.node, nodes.Qr) and placed.element.get("value"):
        yield placed.rect, placed.element.get("value")
    for child in placed.children:
        yield from _codes(child)


def _as_in_a_feed(pixels: Pixels, box: Rect) -> NDArray[np.uint8]:
    """The code at half its size, as a feed shows it on a phone. Green is most of what a camera calls light."""
    left, top = (max(0, int(start) - _QUIET) for start in (box.x, box.y))
    width, height = (int(length / 2) + _QUIET for length in (box.width, box.height))
    green = pixels[top : top + 2 * height, left : left + 2 * width, 1].astype(np.uint16)
    green = green[: green.shape[0] // 2 * 2, : green.shape[1] // 2 * 2]
    return ((green[::2, ::2] + green[1::2, ::2] + green[::2, 1::2] + green[1::2, 1::2]) >> 2).astype(np.uint8)


def _reads(grey: NDArray[np.uint8], value: str) -> bool:
    return any(
        found.text == value
        for found in zxingcpp.read_barcodes(
            grey, formats=zxingcpp.BarcodeFormat.QRCode, try_rotate=False, try_invert=False
        )
    )


def codes_in(picture: Image.Image, shown: tuple[int, int]) -> frozenset[str]:
    """The texts of all codes that a phone reads where the picture is shown at most this large."""
    grey = picture.convert("L")
    grey.thumbnail(shown, Image.Resampling.BOX)
    found = zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.BarcodeFormat.QRCode)
    return frozenset(code.text for code in found if code.text)
