"""The bundled templates look as they did when somebody last looked at them. How to rewrite: tests/golden/README.md."""

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import facts, make_studio, order

from loa.render import Order
from loa.render.clip import build
from loa.render.clip.timeline import FPS
from loa.render.picture import design, make_picture
from loa.workspace import Workspace

HERE = Path(__file__).parent
SHRINK = 3
MEAN, WORST = 0.6, 48
"""Of 255. Other anti-aliasing moves edges by a few levels; a line moved by two pixels is far beyond both."""

LONG = {
    "title": "Đẩy mạnh tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến toàn trình 2026",
    "unit": {
        "name": "Ủy ban nhân dân phường Đông Hưng Thuận Nghĩa Lộ",
        "hotline": "028 3891 2345",
        "portal": "https://dichvucong.gov.vn",
    },
}
STILLS = {
    "chi-so-square-4": order(form="square"),
    "chi-so-portrait-4": order(form="portrait"),
    "chi-so-story-4": order(form="story"),
    "chi-so-portrait-1": order(facts=facts(1), steps=[]),
    "chi-so-portrait-2": order(facts=facts(2), steps=[]),
    "chi-so-square-3": order(form="square", facts=facts(3), steps=[]),
    "dem-nguoc-square-7": order("infographics/dem-nguoc", "square"),
    "dem-nguoc-portrait-today": order("infographics/dem-nguoc", days="0", title="Ngày Chuyển đổi số quốc gia 10/10"),
    "dem-nguoc-story-100": order("infographics/dem-nguoc", "story", days="100"),
    "chi-so-story-6-long": order(form="story", facts=facts(6), **LONG),
}
FRAMES = {
    f"con-so-{form}-{name}": (order("clips/con-so", form, facts=facts(2)), scene, seconds)
    for form in ("square", "portrait", "story")
    for name, scene, seconds in (("title", 0, 1.5), ("counting", 1, 0.4), ("amount", 2, 1.4), ("call", 3, 1.5))
}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path)


def compare(picture: Image.Image, name: str) -> None:
    small = picture.convert("RGB").resize((picture.width // SHRINK, picture.height // SHRINK), Image.Resampling.BOX)
    path = HERE / f"{name}.png"
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        small.save(path, optimize=True)
    with Image.open(path) as golden:
        apart = np.abs(np.asarray(golden.convert("RGB")).astype(int) - np.asarray(small).astype(int))
    assert apart.mean() <= MEAN, f"{name}: mean difference {apart.mean():.2f}"
    assert apart.max() <= WORST, f"{name}: worst difference {apart.max()}"


@pytest.mark.parametrize("name", STILLS)
def test_a_still_looks_as_it_did(ws: Workspace, name: str) -> None:
    compare(Image.open(io.BytesIO(make_picture(ws, STILLS[name], "png").data)), name)


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_the_clip_looks_as_it_did(ws: Workspace, name: str) -> None:
    asked, scene, seconds = FRAMES[name]
    frames, every, _ = build(design(ws, asked))
    compare(rgb(frames.frame(every[scene].start + round(seconds * FPS))), name)


def rgb(planes: np.ndarray[Any, np.dtype[np.uint8]]) -> Image.Image:
    """An I420 frame as a person would see it (BT.709, limited range)."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    flat = planes.reshape(-1).astype(float)
    luma = (flat[: width * height].reshape(height, width) - 16) / 219
    blue, red = (
        np.kron(
            (flat[start : start + width * height // 4].reshape(height // 2, width // 2) - 128) / 224, np.ones((2, 2))
        )
        for start in (width * height, width * height * 5 // 4)
    )
    planar = (luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue)
    return Image.fromarray((np.stack(planar, axis=2).clip(0, 1) * 255).round().astype(np.uint8))


def test_the_comparison_would_notice_a_moved_word(ws: Workspace) -> None:
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        pytest.skip("goldens are being rewritten")
    asked = STILLS["chi-so-portrait-4"]
    changed = Order(asked.template, asked.format, {**asked.data, "hotline_label": "Tổng đài hỗ trợ miễn phi"})
    with pytest.raises(AssertionError):
        compare(Image.open(io.BytesIO(make_picture(ws, changed, "png").data)), "chi-so-portrait-4")
