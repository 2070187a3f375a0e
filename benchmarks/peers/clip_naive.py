"""The design of benchmarks/clips.py composed as MoviePy's guide does it: scenes of clips, faded, over one ground.

``python clip_naive.py SECONDS TARGET`` writes that many seconds from the end of the opening on. What is measured is its
CPU time; every part that our clip shows in these scenes is there, and none that it does not show.
"""

from __future__ import annotations

import sys
from pathlib import Path

import fontpkg_be_vietnam_pro
import numpy as np
from moviepy import ColorClip, CompositeVideoClip, ImageClip, TextClip, VideoClip, vfx
from PIL import Image, ImageDraw

WIDTH, HEIGHT, FPS = 1080, 1920, 30
SCENE, LEAVE = 3.0, 0.27
FROM = 2.2
FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
GOLD, DEEP = (255, 196, 32), (10, 33, 80)


def text(words: str, size: int, color: str = "white", seconds: float = SCENE) -> TextClip:
    """Words as a clip of their own."""
    font = str(FONTS / "BeVietnamPro-ExtraBold.ttf")
    return TextClip(font=font, text=words, font_size=size, color=color, margin=(10, size // 3), duration=seconds)


def risen(clip: VideoClip, x: float | str, y: int, at: float) -> VideoClip:
    """A clip that comes up from below."""

    def place(t: float) -> tuple[float | str, float]:
        return x, y + 46 * max(0.0, 1 - t / 0.6) ** 4

    return clip.with_duration(SCENE - at).with_position(place).with_effects([vfx.CrossFadeIn(0.4)]).with_start(at)


def panel(words: str) -> list[VideoClip]:
    """The caption on its ground."""
    ground = ColorClip((880, 150), color=DEEP, duration=SCENE).with_opacity(0.9)
    return [risen(ground, "center", 1414, 0.2), risen(text(words, 44), "center", 1440, 0.2)]


def ring(share: float) -> VideoClip:
    """A ring that draws itself, by Pillow, frame after frame."""
    side = 660

    def drawn(t: float) -> Image.Image:
        picture = Image.new("RGBA", (side, side))
        draw = ImageDraw.Draw(picture)
        draw.arc((0, 0, side - 1, side - 1), 0, 360, (255, 255, 255, 36), 66)
        draw.arc((0, 0, side - 1, side - 1), -90, -90 + 360 * share * min(1.0, t / 1.5), (*GOLD, 255), 66)
        return picture

    mask = VideoClip(lambda t: np.asarray(drawn(t))[:, :, 3] / 255.0, is_mask=True, duration=SCENE)
    return VideoClip(lambda t: np.asarray(drawn(t))[:, :, :3], duration=SCENE).with_mask(mask)


def counting(final: int) -> list[VideoClip]:
    """A figure that counts: a text clip for each of its values."""
    steps, each = 30, 1.5 / 30
    return [
        text(f"{final * step // steps}%", 210, seconds=each if step < steps else SCENE - 1.5 + each)
        .with_position(("center", 730))
        .with_start(each * (step - 1))
        for step in range(1, steps + 1)
    ]


def scene(parts: list[VideoClip], at: float) -> VideoClip:
    """Parts that leave together."""
    whole = CompositeVideoClip(parts, size=(WIDTH, HEIGHT), bg_color=None).with_duration(SCENE)
    return whole.with_effects([vfx.CrossFadeOut(LEAVE)]).with_start(at)


def opening() -> list[VideoClip]:
    """Logo, names, title, rule and caption."""
    logo = ColorClip((104, 104), color=(213, 32, 58), duration=SCENE)
    return [
        logo.with_position((68, 264)).with_effects([vfx.CrossFadeIn(0.6)]),
        risen(text("ỦY BAN NHÂN DÂN XÃ EA KAO", 34), 196, 270, 0),
        risen(text("Toàn dân sử dụng", 98), 68, 780, 0.25),
        risen(text("dịch vụ công trực tuyến", 80), 68, 900, 0.25),
        ColorClip((200, 12), color=GOLD, duration=SCENE).with_position((68, 1060)),
        *panel("Nhanh hơn, tiện hơn, minh bạch hơn"),
    ]


def figure() -> list[VideoClip]:
    """The title above, a ring, its figure and the caption."""
    bar = ColorClip((10, 46), color=GOLD, duration=SCENE).with_position((68, 268))
    head = text("Toàn dân sử dụng dịch vụ công trực tuyến", 34).with_position((98, 250))
    middle = ring(0.62).with_position(("center", 560))
    return [bar, head, middle, *counting(62), *panel("hồ sơ nộp trực tuyến toàn trình")]


def ground() -> VideoClip:
    """The gradient behind everything."""
    down = np.linspace(0, 1, HEIGHT)[:, None, None]
    shades = ((1 - down) * DEEP + down * (14, 77, 174)).repeat(WIDTH, axis=1).astype(np.uint8)
    return ImageClip(shades, duration=2 * SCENE)


def main() -> None:
    """Compose and write."""
    seconds, target = float(sys.argv[1]), sys.argv[2]
    clip = CompositeVideoClip([ground(), scene(opening(), 0), scene(figure(), SCENE)], size=(WIDTH, HEIGHT))
    part = clip.subclipped(FROM, FROM + seconds)
    options = ["-crf", "20", "-tune", "animation", "-profile:v", "high"]
    part.write_videofile(target, fps=FPS, preset="veryfast", threads=1, ffmpeg_params=options, logger=None)


if __name__ == "__main__":
    main()
