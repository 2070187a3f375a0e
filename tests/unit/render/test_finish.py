import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import order

from loa.errors import RenderError
from loa.render.finish import encode
from loa.render.picture import design, painted, settle
from loa.workspace import Workspace

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def noise(width: int = 300, height: int = 200) -> Pixels:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return pixels


def flat() -> Pixels:
    pixels = np.full((200, 300, 4), 255, np.uint8)
    pixels[:100, :, :3] = (18, 89, 195)
    return pixels


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_jpeg_keeps_its_full_colour_resolution_and_its_profile() -> None:
    picture = opened(encode(flat()))
    assert picture.layer[1][1:3] == picture.layer[0][1:3] == (1, 1)  # type: ignore[attr-defined] - Pillow's JPEG plugin
    assert picture.info["icc_profile"]


def test_a_limit_that_is_kept_already_changes_nothing() -> None:
    assert encode(noise(), "jpg", 10_000_000) == encode(noise())


@pytest.mark.parametrize("share", [0.9, 0.7, 0.5])
def test_a_limit_of_bytes_takes_as_little_quality_as_it_must(share: float) -> None:
    whole = encode(noise())
    most = round(len(whole) * share)
    data = encode(noise(), "jpg", most)
    assert most * 0.9 < len(data) <= most
    assert data == encode(noise(), "jpg", most)


def test_a_limit_that_would_harm_the_letters_is_refused() -> None:
    with pytest.raises(RenderError) as caught:
        encode(noise(), "jpg", 5_000)
    assert caught.value.code == "E451"
    with pytest.raises(RenderError, match="E451"):
        encode(noise(), "png", 5_000)


def test_a_picture_of_few_colours_becomes_a_png_with_a_palette_and_loses_nothing() -> None:
    picture = opened(encode(flat(), "png"))
    assert picture.mode == "P"
    assert np.array_equal(np.asarray(picture.convert("RGB")), flat()[..., :3])


def test_a_picture_of_many_colours_stays_as_it_is() -> None:
    picture = opened(encode(noise(), "png"))
    assert picture.mode == "RGB"
    assert np.array_equal(np.asarray(picture), noise()[..., :3])


def test_a_still_is_brought_under_a_limit_that_a_channel_may_have(ws: Workspace) -> None:
    plan, placed, _ = settle(design(ws, order()))
    with painted(plan, placed) as sheet:
        assert len(encode(sheet.pixels, "jpg", 250_000)) <= 250_000 < len(encode(sheet.pixels))
