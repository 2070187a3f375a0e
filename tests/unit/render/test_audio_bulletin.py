import os
import shutil
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.pictures import LOA_YAML, make_studio

from loa.errors import LoaError, ProblemsFound
from loa.messages import describe
from loa.reader import load
from loa.render import Asset, Order, Renderer, check_orders, template_formats
from loa.render.audio.ffmpeg import decode
from loa.render.audio.loudness import level
from loa.render.template import Preview
from loa.workspace import Workspace, bundled, open_workspace

NAME = "audio/ban-tin-loa"
READER = """\
import sys, wave
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
assert len(lines) == 1
words = lines[0].split()
assert not any(letter.isdecimal() for word in words for letter in word)
with wave.open(sys.argv[2], "wb") as sound:
    sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(16000)
    sound.writeframes(b"".join(((i * 2654435761 >> 16) % 9000 - 4500).to_bytes(2, "little", signed=True)
                               for i in range(1600 * len(words))))
"""

PIPER = """\
import argparse, pathlib, sys, wave
told = argparse.ArgumentParser()
told.add_argument("-m", type=pathlib.Path)
told.add_argument("-f")
given = told.parse_args()
assert given.m.read_bytes() == b"giong"
words = sys.stdin.buffer.read().decode().split()
with wave.open(given.f, "wb") as sound:
    sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(22050)
    sound.writeframes(b"".join(((i * 40503 >> 4) % 9000 - 4500).to_bytes(2, "little", signed=True)
                               for i in range(2205 * len(words))))
"""


def data(**changes: Any) -> dict[str, Any]:
    preview = load(bundled("templates", "audio", "ban-tin-loa") / "preview.yaml", Preview, "preview.yaml")
    return {**preview.value.data, **changes}


def with_voice(ws: Workspace, voice: str) -> Workspace:
    (ws.root / "loa.yaml").write_text(f"{LOA_YAML}voice: {voice}\n", encoding="utf-8")
    return open_workspace(ws.root)


@pytest.fixture
def reader(ws: Workspace) -> Workspace:
    """A workspace with a voice that buzzes a tenth of a second for every word."""
    program = ws.root / "doc.py"
    program.write_text(READER, encoding="utf-8")
    return with_voice(
        ws, f'{{engine: command, command: [{sys.executable!r}, {str(program)!r}, "{{text}}", "{{sound}}"]}}'
    )


def made(ws: Workspace, form: str, **changes: Any) -> Asset:
    return Renderer(ws).render(Order(NAME, form, data(**changes)))


def refused(ws: Workspace, form: str, **changes: Any) -> str:
    with pytest.raises(LoaError) as caught:
        made(ws, form, **changes)
    return caught.value.problems()[0].code


def test_without_a_voice_the_sheet_is_made_with_everything_in_words(ws: Workspace) -> None:
    asset = made(ws, "script")
    sheet = asset.path.read_text(encoding="utf-8")
    spoken = [line for line in sheet.splitlines() if not line.startswith(("[", "(", "Thời lượng"))]
    assert (asset.kind, asset.media_type) == ("document", "text/plain")
    assert not any(letter.isdecimal() for line in spoken for letter in line)
    assert "Từ tám giờ đến mười một giờ ba mươi phút ngày mười tháng mười" in sheet
    assert sheet.count("không hai ba tám, ba tám hai hai, hai hai hai") == 2
    assert "Thời lượng: khoảng 2 phút" in sheet


def test_without_a_voice_a_sound_file_is_refused_with_the_way_to_record_one(ws: Workspace) -> None:
    problems = check_orders(ws, [Order(NAME, "mp3", data())])
    assert [problem.code for problem in problems] == ["E470"]
    told = describe(problems[0])
    assert "thu âm bằng điện thoại" in told
    assert "recording" in told


def test_the_formats_of_a_bulletin_are_the_sheet_and_three_kinds_of_sound(ws: Workspace) -> None:
    assert template_formats(ws, NAME) == ("script", "mp3", "m4a", "wav")
    assert refused(ws, "portrait") == "E402"


@pytest.mark.parametrize(("form", "media"), [("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("wav", "audio/wav")])
def test_a_voice_makes_a_sound_of_the_right_loudness_with_its_transcript(
    reader: Workspace, form: str, media: str
) -> None:
    asset = made(reader, form)
    heard = level(asset.path)
    assert (asset.kind, asset.media_type) == ("audio", media)
    assert abs(heard.lufs + 16) <= 0.5
    assert heard.peak <= -1.5
    assert 30 < asset.seconds < 90
    assert asset.alt_text.startswith("Kính thưa toàn thể bà con nhân dân.")


def test_the_music_before_and_after_is_softer_than_the_voice(reader: Workspace) -> None:
    sound = decode(made(reader, "wav").path, 48_000)
    start, end, voice = (
        sound[: 48_000 * 2],
        sound[-int(48_000 * 3.8) : -int(48_000 * 1.8)],
        sound[48_000 * 5 : 48_000 * 9],
    )
    strength = [float(np.sqrt(np.mean(np.square(part)))) for part in (start, end, voice)]
    assert strength[0] > 0.01
    assert max(strength[:2]) < strength[2]


def test_a_passage_of_many_lines_is_read_as_one(reader: Workspace) -> None:
    short = made(reader, "wav", news=[{"text": "Một"}]).seconds
    assert made(reader, "wav", news=[{"text": "Một\n\nHai ba\nBốn."}]).seconds == pytest.approx(short + 0.3, abs=0.02)


def test_the_same_bulletin_is_the_same_bytes_and_another_voice_is_another_bulletin(
    reader: Workspace, tmp_path: Path
) -> None:
    order = Order(NAME, "mp3", data())
    first = made(reader, "mp3")
    shutil.rmtree(reader.assets)
    assert made(reader, "mp3").sha256 == first.sha256
    faster = with_voice(reader, "{engine: espeak, pace: 4}")
    assert Renderer(faster).key(order) != first.key


def test_the_recording_of_a_person_is_used_before_any_voice(ws: Workspace) -> None:
    with wave.open(str(ws.root / "thu-am.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(44_100)
        sound.writeframes(np.random.default_rng(1).normal(0, 900, 44_100 * 5).astype("<i2").tobytes())
    asset = made(ws, "mp3", recording="thu-am.wav")
    assert abs(level(asset.path).lufs + 16) <= 0.5
    assert asset.seconds == pytest.approx(5 + 2 * 3.86 + 0.6, abs=0.2)


@pytest.mark.parametrize(
    ("recording", "code"), [("khong-co.mp3", "E476"), ("loa.yaml", "E471"), ("../ngoai.mp3", "E202"), (".", "E476")]
)
def test_a_recording_that_is_none_is_refused(ws: Workspace, recording: str, code: str) -> None:
    assert refused(ws, "mp3", recording=recording) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"news": []}, "E403"),
        ({"news": "một đoạn"}, "E404"),
        ({"title": "x" * 121}, "E405"),
        ({"news": [{"text": "loa " * 2000}]}, "E477"),
    ],
)
def test_wrong_fields_and_a_bulletin_without_end_are_refused(ws: Workspace, changes: dict[str, Any], code: str) -> None:
    assert refused(ws, "script", **changes) == code
    assert [problem.code for problem in check_orders(ws, [Order(NAME, "script", data(**changes))])] == [code]


@pytest.mark.parametrize(
    ("voice", "code"),
    [
        ("{engine: espeak, program: khong-co-chuong-trinh-nay}", "E474"),
        (
            f'{{engine: command, command: [{sys.executable!r}, "-c", "raise SystemExit(3)", "{{text}}{{sound}}"]}}',
            "E475",
        ),
        (f'{{engine: command, command: [{sys.executable!r}, "-c", "pass", "{{text}}{{sound}}"]}}', "E475"),
    ],
)
def test_a_voice_that_is_missing_or_fails_is_told_by_name(ws: Workspace, voice: str, code: str) -> None:
    assert refused(with_voice(ws, voice), "mp3") == code


@pytest.mark.parametrize("voice", ["{engine: piper}", "{engine: command, command: [doc]}"])
def test_a_voice_without_what_it_needs_is_refused_when_the_workspace_is_opened(ws: Workspace, voice: str) -> None:
    with pytest.raises(ProblemsFound) as caught:
        with_voice(ws, voice)
    problem = caught.value.problems()[0]
    assert problem.code == "E478"
    assert problem.place is not None
    assert problem.place.line == 5


def test_a_field_that_is_not_declared_is_shown_at_its_line(tmp_path: Path) -> None:
    ws = make_studio(tmp_path / "phong")
    folder = ws.templates / "audio" / "rieng"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(
        'title: Riêng\nfields:\n  loi: {required: yes}\nscript:\n  - {text: "{{ loi }}"}\n  - {text: "{{ khac }}"}\n',
        encoding="utf-8",
    )
    with pytest.raises(LoaError) as caught:
        Renderer(ws).render(Order("audio/rieng", "script", {"loi": "Chào"}))
    problem = caught.value.problems()[0]
    assert (problem.code, problem.params["field"]) == ("E411", "khac")
    assert problem.place is not None
    assert problem.place.line == 6


def test_the_office_s_own_words_are_read_its_way(ws: Workspace) -> None:
    own = with_voice(ws, "{words: {TTVH: Trung tâm Văn hóa}}")
    sheet = made(own, "script", place="Mời đến TTVH xã.").path.read_text(encoding="utf-8")
    assert "Mời đến Trung tâm Văn hóa xã." in sheet


def test_piper_gets_its_model_and_the_words_on_standard_input(ws: Workspace) -> None:
    program = ws.root / "piper.py"
    program.write_text(PIPER, encoding="utf-8")
    (ws.root / "giong.onnx").write_bytes(b"giong")
    if os.name == "nt":
        pytest.skip("a script is no program there")
    start = ws.root / "piper"
    start.write_text(f'#!/bin/sh\nexec {sys.executable} {program} "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    voiced = with_voice(ws, f"{{engine: piper, model: giong.onnx, program: {start}}}")
    assert made(voiced, "mp3").kind == "audio"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is the user's own program")
def test_espeak_reads_the_sample_at_about_the_pace_that_was_asked_for(ws: Workspace) -> None:
    spoken = made(with_voice(ws, "{engine: espeak}"), "mp3")
    script = made(ws, "script")
    assert spoken.seconds == pytest.approx(script.seconds, rel=0.15)
