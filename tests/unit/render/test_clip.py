import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
from support.pictures import add_template, facts, order

from loa.errors import RenderError
from loa.render import Order, Renderer
from loa.render.clip import laid_out, make_clip
from loa.render.clip.captions import srt
from loa.render.clip.timeline import FPS, shots
from loa.render.clip.yuv import I420
from loa.render.picture import design
from loa.render.tree.measure import Placed
from loa.workspace import Workspace

SMALL = """\
title: Clip thử
slowest: 4
formats: {square: {width: 240, height: 240}}
fields: {title: {required: yes}, facts: {list: yes}}
background: {kind: column, fill: night, padding: "0 0 200 0", children: [{kind: column, height: 40, fill: gold}]}
scenes:
  - seconds: 1
    caption: "{{ title }}"
    box: {kind: column, padding: "80 20", children: [{kind: column, height: 60, fill: red, enter: {by: fade}}]}
  - seconds: 1
    each: facts
    caption: "{{ item.label }}"
    box:
      kind: column
      padding: "80 20"
      children:
        - {kind: text, text: "{{ item.value }}", color: white, counts: yes, enter: {seconds: 0.8, by: draw}}
"""
DATA = {"title": "Một câu mở đầu", "facts": [{"value": "1.000", "label": "hồ sơ", "number": 1000.0}] * 2}
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from support.pictures import add_template, make_studio
from loa.render import Order, Renderer
import test_clip
ws = make_studio(Path(sys.argv[1]))
add_template(ws, "clips/nho", test_clip.SMALL)
print(Renderer(ws).render(Order("clips/nho", "square", test_clip.DATA)).sha256)
"""


@pytest.fixture
def small(ws: Workspace) -> Order:
    add_template(ws, "clips/nho", SMALL)
    return Order("clips/nho", "square", DATA)


def ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *arguments], capture_output=True, check=False)


def decoded(path: Path, size: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    matrix = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd+full_chroma_int,format=rgb24"
    raw = ffmpeg("-i", str(path), "-vf", matrix, "-f", "rawvideo", "-pix_fmt", "rgb24", "-").stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)


def test_a_clip_is_h264_with_tagged_colours_sound_and_its_index_in_front(ws: Workspace, small: Order) -> None:
    asset = Renderer(ws).render(small)
    told = ffmpeg("-hide_banner", "-i", str(asset.path)).stderr.decode()
    assert re.search(r"Video: h264 \(High\).*yuv420p\(tv, bt709", told)
    assert re.search(r"Audio: aac.*48000 Hz, stereo", told)
    assert "30 fps" in told
    data = asset.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert (asset.kind, asset.media_type, asset.seconds) == ("clip", "video/mp4", 101 / FPS)


def test_every_frame_arrives_and_flat_colours_keep_their_value(ws: Workspace, small: Order) -> None:
    frames = decoded(Renderer(ws).render(small).path, (240, 240)).astype(int)
    assert len(frames) == 101
    for (x, y), expected in {(10, 10): (255, 196, 32), (10, 230): (10, 33, 80), (120, 110): (213, 32, 58)}.items():
        assert np.abs(frames[30, y, x] - expected).max() <= 1, (x, y)


def test_the_planes_are_within_one_of_the_colour_itself() -> None:
    colors = np.array([(10, 33, 80), (255, 196, 32), (255, 255, 255), (213, 32, 58), (0, 0, 0)])
    for red, green, blue in colors:
        buffer = I420(4, 4)
        buffer.update(np.full((4, 4, 4), (red, green, blue, 255), np.uint8), (0, 0, 4, 4))
        y, u, v = (float(value) for value in (buffer.frame[0, 0], buffer.frame.flat[16], buffer.frame.flat[20]))
        luma, blue_difference, red_difference = (y - 16) / 219, (u - 128) / 224, (v - 128) / 224
        back = np.array(
            [
                luma + 1.5748 * red_difference,
                luma - 0.1873 * blue_difference - 0.4681 * red_difference,
                luma + 1.8556 * blue_difference,
            ]
        )
        assert np.abs(back * 255 - (red, green, blue)).max() <= 1.7


def test_dirty_rectangles_give_the_same_frames_as_a_jump(ws: Workspace, small: Order) -> None:
    clip = laid_out(design(ws, small))
    every, stages = clip.shots, clip.stages()
    walked = clip.frames(stages)
    wanted = (5, 29, 31, 45, 80, every[-1].end - 1)
    walk = {number: walked.frame(number).copy() for number in range(every[-1].end)}
    for number in wanted:
        jumped = clip.frames(stages)
        assert np.array_equal(jumped.frame(number), walk[number]), number
        assert np.array_equal(walked.frame(number), walk[number]), number


def test_captions_follow_the_scenes(ws: Workspace, small: Order) -> None:
    asset = Renderer(ws).render(small)
    assert asset.captions is not None
    cues = re.findall(r"(\S+) --> (\S+)\n(.+)\n", asset.captions.read_text(encoding="utf-8"))
    assert cues == [
        ("00:00:00,000", "00:00:01,367", "Một câu mở đầu"),
        ("00:00:01,367", "00:00:03,367", "hồ sơ"),
    ]


def test_captions_for_browsers_lie_beside_those_for_networks(ws: Workspace, small: Order) -> None:
    asset = Renderer(ws).render(small)
    told = asset.path.with_suffix(".vtt").read_text(encoding="utf-8")
    assert told.startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.367\nMột câu mở đầu\n")


def test_changed_captions_are_noticed(ws: Workspace, small: Order) -> None:
    renderer = Renderer(ws)
    asset = renderer.render(small)
    assert asset.captions is not None
    asset.captions.write_text("khác", encoding="utf-8")
    assert not renderer.verify(asset)


def test_two_processes_make_the_same_clip(ws: Workspace, small: Order, tmp_path: Path) -> None:
    here = Path(__file__)
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(here.parent)!r})" + SCRIPT]
    done = subprocess.run(
        [*command, str(tmp_path / "elsewhere"), str(here.parents[2])], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == Renderer(ws).render(small).sha256


def test_scenes_last_long_enough_to_be_read_within_the_length_of_the_clip(ws: Workspace) -> None:
    plan = design(ws, order("clips/con-so", "story", facts=facts(2)))
    every = shots(plan)
    longest = max(every[1:3], key=lambda shot: len(shot.caption))
    assert (longest.end - longest.start) / FPS > plan.template.scenes[1].seconds
    assert 10 <= every[-1].end / FPS <= 30


def test_a_clip_that_is_too_short_is_refused(ws: Workspace) -> None:
    add_template(ws, "clips/nho", SMALL)
    with pytest.raises(RenderError) as caught:
        make_clip(ws, Order("clips/nho", "square", {"title": "Một"}))
    assert caught.value.code == "E417"


def test_srt_has_the_lines_that_are_burnt_in(ws: Workspace) -> None:
    plan = design(ws, order("clips/con-so", "square"))
    clip = laid_out(plan)
    burnt = {
        text.text.setting.lines for _, roots in clip.scenes for root in roots for text in every_part(root) if text.text
    }
    told = srt(clip.cues)
    for cue in clip.cues:
        assert cue.lines in {tuple(line.replace("\u00a0", " ") for line in lines) for lines in burnt}
        assert "\n".join(cue.lines) in told


def every_part(placed: Placed) -> Iterator[Placed]:
    yield placed
    for child in placed.children:
        yield from every_part(child)
