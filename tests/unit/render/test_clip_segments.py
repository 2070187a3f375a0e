"""Communes share the body of a clip: it is encoded once and joined, packet for packet, into every clip."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from support.pictures import add_template, facts, order

from loa.render import Order
from loa.render.clip import Clip, laid_out, make_clip
from loa.render.clip.segments import key_of, segments
from loa.render.clip.sprites import continued, sprites_of
from loa.render.clip.timeline import FPS
from loa.render.picture import design
from loa.workspace import Workspace

THREE = """\
title: Clip ba đoạn
slowest: 9
formats: {square: {width: 240, height: 240}}
fields: {title: {required: yes}, facts: {list: yes}}
background: {kind: column, fill: night}
scenes:
  - seconds: 1
    box:
      kind: column
      padding: "60 20"
      children: [{kind: text, text: "{{ unit.name }}", color: white, lines: 3, enter: {by: rise}}]
  - seconds: 1
    each: facts
    box:
      kind: column
      padding: "30 20"
      children:
        - {kind: text, text: "{{ title }}", color: white, enter: {by: fade}}
        - {kind: text, text: "{{ item.value }}", color: gold, enter: {by: rise}}
  - seconds: 1
    box:
      kind: column
      padding: "60 20"
      children: [{kind: text, text: "{{ unit.hotline }}", color: gold, enter: {by: grow}}]
"""


def asked(name: str, **more: Any) -> Order:
    unit = {"name": name, "hotline": "1022"}
    return Order("clips/ba", "square", {"title": "Chung", "facts": facts(2), "unit": unit, **more})


@pytest.fixture
def three(ws: Workspace) -> Workspace:
    add_template(ws, "clips/ba", THREE)
    return ws


def clip_of(ws: Workspace, order: Order) -> Clip:
    return laid_out(design(ws, order))


def keys(ws: Workspace, order: Order) -> list[str]:
    clip = clip_of(ws, order)
    return [key_of(clip.plan, clip.ground, segment) for segment in segments(clip.plan, clip.stages())]


def packets(data: bytes, folder: Path) -> list[str]:
    path = folder / "clip.mp4"
    path.write_bytes(data)
    told = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(path), "-map", "0:v", "-c", "copy", "-f", "framemd5", "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [line.split(",")[-1].strip() for line in told.splitlines() if not line.startswith("#")]


def test_two_communes_share_the_body_and_nothing_else(three: Workspace) -> None:
    one, other = keys(three, asked("Xã Một")), keys(three, asked("Xã Hai", unit={"name": "Xã Hai", "hotline": "1900"}))
    assert len(one) == len(other) == 3
    assert [a == b for a, b in zip(one, other, strict=True)] == [False, True, False]


def test_the_packets_of_the_body_are_the_same_in_both_clips(three: Workspace, tmp_path: Path) -> None:
    one, other = (packets(make_clip(three, asked(name)).data, tmp_path) for name in ("Xã Một", "Xã Hai Mươi"))
    assert len(one) == len(other) == 4 * FPS
    assert one[FPS : 3 * FPS] == other[FPS : 3 * FPS]
    assert one[:FPS] != other[:FPS]


def test_a_clip_with_a_known_body_has_the_bytes_of_one_made_whole(three: Workspace) -> None:
    make_clip(three, asked("Xã Một"))
    joined = make_clip(three, asked("Xã Hai")).data
    for path in (three.assets / "segments").rglob("*.part"):
        path.unlink()
    assert make_clip(three, asked("Xã Hai")).data == joined


def test_a_damaged_segment_is_made_again(three: Workspace) -> None:
    whole = make_clip(three, asked("Xã Một")).data
    for path in (three.assets / "segments").rglob("*.part"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert make_clip(three, asked("Xã Một")).data == whole


def test_the_time_of_a_segment_tells_when_it_was_last_asked_for(three: Workspace) -> None:
    make_clip(three, asked("Xã Một"))
    parts = list((three.assets / "segments").rglob("*.part"))
    for path in parts:
        os.utime(path, (0, 0))
    make_clip(three, asked("Xã Một"))
    assert all(path.stat().st_mtime > 0 for path in parts)


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"facts": facts(3)}])
def test_what_shows_in_the_body_changes_its_key(three: Workspace, change: dict[str, Any]) -> None:
    assert keys(three, asked("Xã Một"))[1] != keys(three, asked("Xã Một", **change))[1]


def test_every_segment_has_as_many_frames_as_its_scenes(three: Workspace, tmp_path: Path) -> None:
    made = make_clip(three, asked("Xã Một"))
    assert len(packets(made.data, tmp_path)) == round(made.seconds * FPS)
    clip = clip_of(three, asked("Xã Một"))
    found = segments(clip.plan, clip.stages())
    assert [(part.start, part.end) for part in found] == [(0, 30), (30, 90), (90, 120)]


def test_what_the_next_scene_shows_too_neither_leaves_nor_comes_again(three: Workspace) -> None:
    clip = clip_of(three, asked("Xã Một"))
    parts = [
        [sprite for root in roots for sprite in sprites_of(root, shot, clip.plan.page)] for shot, roots in clip.scenes
    ]
    _, first, second, _ = continued(parts)
    header, figure = first
    assert (header.goes_on, figure.goes_on) == (True, False)
    assert second[0].was
    assert second[0].state(61) == (1.0, second[0].state(80)[1])
    assert header.left(59) == 1.0
    assert figure.left(59) < 1.0


def test_the_bundled_clips_share_their_body(ws: Workspace) -> None:
    for name in ("con-so", "cac-buoc", "thong-diep"):
        one = order(f"clips/{name}", "story")
        other = order(f"clips/{name}", "story", unit={**one.data["unit"], "name": "Ủy ban nhân dân phường Bắc Lý"})
        pairs = list(zip(keys(ws, one), keys(ws, other), strict=True))
        assert [a == b for a, b in pairs] == [False, True, False], name


def test_a_segment_lies_on_the_shelf_with_its_hash(three: Workspace) -> None:
    make_clip(three, asked("Xã Một"))
    for path in (three.assets / "segments").rglob("*.part"):
        data = path.read_bytes()
        assert hashlib.sha256(data[32:]).digest() == data[:32]
