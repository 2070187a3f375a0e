import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from loa.errors import LoaError, RenderError
from loa.render.intake import take_in
from loa.workspace import Workspace


def refused(ws: Workspace, name: str) -> str:
    with pytest.raises(RenderError) as caught:
        take_in(ws, name)
    return caught.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_kinds_of_pictures_are_taken(ws: Workspace, kind: str) -> None:
    Image.new("RGB", (40, 20), "#0a2150").save(ws.root / "anh", kind)
    pixels = take_in(ws, "anh")
    assert pixels.shape == (20, 40, 4)
    assert np.abs(pixels[10, 20, :3].astype(int) - (10, 33, 80)).max() <= 4


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_are_refused_whatever_their_name(ws: Workspace, kind: str) -> None:
    Image.new("RGB", (40, 20)).save(ws.root / "anh.png", kind)
    assert refused(ws, "anh.png") == "E422"


def test_a_text_file_and_a_cut_off_picture_are_refused(ws: Workspace) -> None:
    (ws.root / "a.png").write_bytes(b"<svg onload=alert(1)>")
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(whole, "PNG")
    (ws.root / "b.png").write_bytes(whole.getvalue()[:2000])
    assert [refused(ws, "a.png"), refused(ws, "b.png")] == ["E422", "E422"]


def test_a_picture_that_is_not_there_has_its_own_code(ws: Workspace) -> None:
    assert refused(ws, "khong-co.png") == "E421"


def test_a_path_out_of_the_workspace_is_refused(ws: Workspace, tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "ngoai.png")
    with pytest.raises(LoaError):
        take_in(ws, "../ngoai.png")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(ws: Workspace) -> None:
    Image.new("L", (300, 300)).save(ws.root / "to.png")
    assert take_in(ws, "to.png", most_pixels=90_000).shape == (300, 300, 4)
    with pytest.raises(RenderError) as caught:
        take_in(ws, "to.png", most_pixels=89_999)
    assert caught.value.code == "E423"


def test_a_photo_is_turned_upright_and_made_smaller(ws: Workspace) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (3000, 1500), "white").save(ws.root / "anh.jpg", exif=exif)
    assert take_in(ws, "anh.jpg").shape == (2000, 1000, 4)
