"""Every bundled clip, in every format, looks as it did when somebody last looked at it: three frames side by side,
an eighth of their size.

How to rewrite: tests/golden/README.md.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import compare, facts, make_studio, order

from loa.render import Order, template_formats
from loa.render.clip import laid_out
from loa.render.clip.yuv import planes
from loa.render.picture import design
from loa.workspace import bundled, open_workspace

HERE = Path(__file__).parent / "clips"
NAMES = sorted(path.name for path in (bundled("templates") / "clips").iterdir())
MOMENTS = (0.8, 0.15, 0.6)
"""Of the first scene, of a scene in the middle, of the last but one: at rest, moving, at rest."""
CLIPS = {
    **{
        f"{name}-{form}": order(f"clips/{name}", form)
        for name in NAMES
        for form in ("story", "square", "portrait", "wide")
    },
    "con-so-story-1-long": order(
        "clips/con-so",
        "story",
        facts=facts(2)[1:],
        title="Đẩy mạnh tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến toàn trình 2026",
        unit={"name": "Ủy ban nhân dân phường Đông Hưng Thuận Nghĩa Lộ", "hotline": "028 3891 2345"},
    ),
    "dem-nguoc-portrait-today": order("clips/dem-nguoc", "portrait", days="0"),
    "con-so-wide-elder": order("clips/con-so", "wide", variant="elder"),
}
HALL = {"man-hinh-sanh-square", "man-hinh-sanh-portrait"}
"""A display in a hall is neither."""


def rgb(frame: np.ndarray[Any, np.dtype[np.uint8]]) -> Image.Image:
    """An I420 frame as a person would see it (BT.709, limited range)."""
    luma, blue, red = (plane.astype(float) for plane in planes(frame))
    luma = (luma - 16) / 219
    blue, red = (np.kron((plane - 128) / 224, np.ones((2, 2))) for plane in (blue, red))
    colors = (luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue)
    return Image.fromarray((np.stack(colors, axis=2).clip(0, 1) * 255).round().astype(np.uint8))


def strip(root: Path, asked: Order) -> Image.Image:
    clip = laid_out(design(make_studio(root), asked))
    assert clip.problems() == []
    frames, shots = clip.frames(clip.stages()), clip.shots
    chosen = (shots[0], shots[len(shots) // 2], shots[-1])
    pictures = [
        rgb(frames.frame(shot.start + int(shot.length * moment))).reduce(2)
        for shot, moment in zip(chosen, MOMENTS, strict=True)
    ]
    whole = Image.new("RGB", (sum(picture.width for picture in pictures), pictures[0].height))
    for index, picture in enumerate(pictures):
        whole.paste(picture, (index * picture.width, 0))
    return whole


@pytest.mark.parametrize("name", [name for name in CLIPS if name not in HALL])
def test_a_clip_looks_as_it_did(tmp_path: Path, name: str) -> None:
    compare(strip(tmp_path, CLIPS[name]), HERE / f"{name}.webp")


def test_every_format_of_every_clip_has_its_golden_frames(tmp_path: Path) -> None:
    ws = open_workspace(make_studio(tmp_path).root)
    wanted = {f"{name}-{form}" for name in NAMES for form in template_formats(ws, f"clips/{name}")}
    assert wanted <= set(CLIPS) - HALL


def test_every_golden_strip_belongs_to_a_clip() -> None:
    assert {path.stem for path in HERE.glob("*.webp")} == set(CLIPS) - HALL
