import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import order

from loa.render.finish import QUALITY, jpeg
from loa.render.picture import design, make_picture, painted, settle
from loa.render.strips import apart, renewed, together
from loa.workspace import Workspace

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def noise(width: int, height: int) -> Pixels:
    pixels = np.random.default_rng(5).integers(0, 256, (height, width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return pixels


@pytest.mark.parametrize("height", [1, 7, 8, 9, 64, 135, 200])
def test_a_jpeg_taken_apart_and_put_together_is_the_same(height: int) -> None:
    data = jpeg(noise(60, height))
    strips = apart(data)
    assert len(strips.strips) == -(-height // 8)
    assert together(strips) == data


@pytest.mark.parametrize(
    "touched", [[(0, 3)], [(20.5, 21)], [(7, 8)], [(130, 135)], [(0, 135)], [(3, 9), (60, 61)], []]
)
def test_new_strips_among_old_ones_are_what_the_whole_picture_would_give(touched: list[tuple[float, float]]) -> None:
    before, after = noise(60, 135), noise(60, 135)
    for top, bottom in touched:
        after[int(top) : int(bottom) + 1] = 255 - after[int(top) : int(bottom) + 1]
    assert together(renewed(apart(jpeg(before)), after, touched, QUALITY)) == jpeg(after)


def test_a_jpeg_in_strips_is_read_by_everybody() -> None:
    flat = np.full((100, 80, 4), 255, np.uint8)
    flat[40:, :, :3] = (18, 89, 195)
    picture = Image.open(io.BytesIO(jpeg(flat)))
    picture.load()
    assert np.abs(np.asarray(picture).astype(int) - flat[..., :3]).max() <= 2


def test_a_still_of_a_series_has_the_bytes_of_its_pixels_encoded_whole(ws: Workspace) -> None:
    for number in range(6):
        asked = order(organiser=f"Tổ công nghệ số thôn {number}")
        plan, placed, _ = settle(design(ws, asked))
        with painted(plan, placed) as sheet:
            whole = jpeg(sheet.pixels)
        assert make_picture(ws, asked).data == whole
