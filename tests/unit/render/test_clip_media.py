"""The staff's own music, narration and video in a clip."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
from support.pictures import add_template

from loa.errors import LoaError
from loa.render import Order, Renderer
from loa.render.audio.loudness import measure
from loa.render.clip import Clip, laid_out, make_clip
from loa.render.clip.frames import Stage
from loa.render.clip.media import sound
from loa.render.clip.sound import RATE, Track, mix
from loa.render.clip.timeline import FPS
from loa.render.clip.yuv import planes
from loa.render.picture import design
from loa.workspace import Workspace

SMALL = """\
title: Clip có tiếng và hình
slowest: 8
formats: {square: {width: 240, height: 240}}
fields: {title: {required: yes}, clips: {list: yes}, music: {}, narration: {}}
background: {kind: column, fill: night}
scenes:
  - seconds: 2
    box: {kind: column, padding: "60 20", children: [{kind: text, text: "{{ title }}", color: white}]}
  - seconds: 3
    each: clips
    footage: "{{ item.video }}"
    start: "{{ item.start }}"
    box:
      kind: column
      padding: "180 20 20 20"
      children: [{kind: column, height: 40, fill: red, enter: {at: 0.5, by: slide}}]
"""


def make(target: Path, *arguments: str) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *arguments, str(target)]
    subprocess.run(command, check=True)
    return target


def tone(target: Path, seconds: float, frequency: int = 330, gate: str = "1") -> Path:
    return make(target, "-f", "lavfi", "-i", f"aevalsrc='0.2*sin(2*PI*{frequency}*t)*({gate})':s=44100:d={seconds}")


def film(target: Path, seconds: float, color: str = "green") -> Path:
    # left half one colour, right half blue: cropping to a square keeps the seam in the middle
    picture = f"color={color}:s=160x180:r=25:d={seconds}[a];color=blue:s=160x180:r=25:d={seconds}[b];[a][b]hstack"
    voice = f"sine=frequency=200:duration={seconds}"
    return make(target, "-filter_complex", picture, "-f", "lavfi", "-i", voice, "-c:v", "libx264", "-shortest")


@pytest.fixture
def office(ws: Workspace) -> Workspace:
    add_template(ws, "clips/tieng", SMALL)
    return ws


def asked(**data: Any) -> Order:
    return Order("clips/tieng", "square", {"title": "Mở đầu", "clips": [{}], **data})


def code(ws: Workspace, **data: Any) -> str:
    with pytest.raises(LoaError) as caught:
        make_clip(ws, asked(**data))
    return caught.value.problems()[0].code


def test_music_is_brought_to_minus_sixteen(office: Workspace) -> None:
    tone(office.root / "nhac.mp3", 3)
    asset = Renderer(office).render(asked(music="nhac.mp3"))
    assert abs(measure(asset.path) + 16) <= 0.5
    assert asset.seconds == 5


def test_the_clip_waits_for_its_narration(office: Workspace) -> None:
    tone(office.root / "loi.wav", 6)
    made = make_clip(office, asked(narration="loi.wav"))
    assert made.seconds == pytest.approx(7.2, abs=0.1)


def test_a_narration_longer_than_the_clip_may_be_is_refused(office: Workspace) -> None:
    tone(office.root / "loi.wav", 9)
    assert code(office, narration="loi.wav") == "E445"


def test_music_makes_way_for_the_voice_and_comes_back(office: Workspace, tmp_path: Path) -> None:
    tone(office.root / "nhac.wav", 8, 1000)
    tone(office.root / "loi.wav", 3, 200)
    music, voice = sound(office, "nhac.wav"), sound(office, "loi.wav")
    tracks = [Track(voice, 0, 0.4, 3, voice=True), Track(music, 0, 0, 8, voice=False)]
    path = tmp_path / "mix.m4a"
    path.write_bytes(mix(tracks, 8))
    raw = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(path), "-af", "highpass=f=700", "-ac", "1", "-f", "f32le", "-"],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    heard = np.frombuffer(raw, "<f4")

    def loud(start: float, end: float) -> float:
        return float(np.sqrt((heard[int(start * RATE) : int(end * RATE)] ** 2).mean()))

    assert loud(1.2, 2.8) < 0.35 * loud(5, 6)
    assert loud(7.9, 8.0) < 0.2 * loud(5, 6)


def test_sound_outside_the_workspace_is_refused(office: Workspace) -> None:
    assert code(office, music="../nhac.mp3") == "E202"
    assert code(office, music="khong-co.mp3") == "E442"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rac.mp3", b"garbage" * 200),
        ("danh-sach.mp3", b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"),
        ("ghep.wav", b"ffconcat version 1.0\nfile /etc/passwd\n"),
        ("chu.txt", b"chu"),
        ("rong.ogg", b""),
    ],
)
def test_what_is_no_sound_is_refused(office: Workspace, name: str, content: bytes) -> None:
    (office.root / name).write_bytes(content)
    assert code(office, music=name) == "E443"


def test_a_picture_in_a_video_file_is_no_sound(office: Workspace) -> None:
    make(office.root / "cam.mp4", "-f", "lavfi", "-i", "color=red:s=64x64:d=3")
    assert code(office, music="cam.mp4") == "E443"


def test_a_sound_of_more_than_half_an_hour_is_refused(office: Workspace) -> None:
    source = "anullsrc=r=8000:cl=mono:d=1860"
    make(office.root / "dai.wav", "-f", "lavfi", "-i", source, "-c:a", "pcm_u8")
    assert code(office, music="dai.wav") == "E444"


def test_a_video_that_is_none_or_is_damaged_is_refused(office: Workspace) -> None:
    whole = film(office.root / "quay.mp4", 4).read_bytes()
    (office.root / "rac.mp4").write_bytes(b"\0\0\0\x18ftypisom" + b"?" * 5000)
    (office.root / "cut.mp4").write_bytes(whole[: len(whole) // 3])
    hollow = bytearray(whole)
    start = whole.index(b"mdat") + 4
    hollow[start : start + 4000] = b"\0" * 4000
    (office.root / "rong.mp4").write_bytes(hollow)
    for name in ("rac.mp4", "cut.mp4", "rong.mp4"):
        assert code(office, clips=[{"video": name}]) in {"E443", "E447"}, name


@contextmanager
def staged(clip: Clip) -> Iterator[tuple[Stage, ...]]:
    """The scenes of a clip; what reads their videos ends with the block."""
    stages = clip.stages()
    try:
        yield stages
    finally:
        for stage in stages:
            if stage.footage is not None:
                stage.footage.close()


def test_footage_fills_the_format_under_what_the_scene_shows(office: Workspace) -> None:
    film(office.root / "quay.mp4", 4)
    clip = laid_out(design(office, asked(clips=[{"video": "quay.mp4", "start": "0,5"}])))
    with staged(clip) as stages:
        y, u, v = (plane.copy() for plane in planes(clip.frames(stages).frame(4 * FPS)))
    assert (u[20, 20] < 110) & (v[20, 20] < 110), "green on the left"
    assert u[20, 100] > 200, "blue on the right"
    assert v[100, 60] > 180, "the red bar over it"
    assert y[10, 10] == y[10, 100], "edge to edge, no black bars"


def test_after_footage_the_ground_comes_back_whole(office: Workspace) -> None:
    film(office.root / "quay.mp4", 4)
    clip = laid_out(design(office, asked(clips=[{"video": "quay.mp4"}, {}])))
    with staged(clip) as stages:
        walked, jumped = clip.frames(stages), clip.frames(stages)
        for number in range(clip.shots[-1].end):
            last = walked.frame(number)
            if number in {59, 60, 100, 149, 150, 170}:
                assert np.array_equal(last, jumped.frame(number)), number


def test_a_scene_lasts_no_longer_than_its_video(office: Workspace) -> None:
    film(office.root / "quay.mp4", 3)
    made = make_clip(office, asked(clips=[{"video": "quay.mp4", "start": "0,5"}]))
    assert made.seconds == pytest.approx(4.5, abs=0.1)
    assert code(office, clips=[{"video": "quay.mp4", "start": "2"}]) == "E447"
    assert code(office, clips=[{"video": "quay.mp4", "start": "nửa chừng"}]) == "E448"


def test_the_voice_of_the_footage_is_heard(office: Workspace) -> None:
    film(office.root / "quay.mp4", 4)
    asset = Renderer(office).render(asked(clips=[{"video": "quay.mp4"}]))
    assert abs(measure(asset.path) + 16) <= 0.5


def test_another_take_under_the_same_name_is_another_clip(office: Workspace) -> None:
    film(office.root / "quay.mp4", 4)
    renderer, order = Renderer(office), asked(clips=[{"video": "quay.mp4"}])
    before = renderer.key(order)
    film(office.root / "quay.mp4", 4, "red")
    assert renderer.key(order) != before


def test_the_same_order_with_sound_and_footage_has_the_same_bytes(office: Workspace) -> None:
    film(office.root / "quay.mp4", 4)
    tone(office.root / "nhac.mp3", 3)
    order = asked(clips=[{"video": "quay.mp4"}], music="nhac.mp3")
    one = make_clip(office, order).data
    for path in (office.assets / "segments").rglob("*.part"):
        path.unlink()
    assert make_clip(office, order).data == one
