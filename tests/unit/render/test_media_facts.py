"""Every finished file against the cards of the channels, read by an independent reader (PyAV, which is ffmpeg's)."""

import copy
import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageCms

from loa.delivery import MediaFacts
from loa.draft import media_problems
from loa.errors import RenderError
from loa.reader import load
from loa.render import Asset, Order, Renderer, facts_of, kind_of, size_of, template_formats
from loa.render.facts import ClipFacts, clip_facts
from loa.render.template import Preview
from loa.wiring.cards import cards
from loa.workspace import Workspace, bundled

CARDS = cards()


def templates(folder: str) -> list[str]:
    found = bundled("templates", folder).iterdir()
    return sorted(f"{folder}/{each.name}" for each in found if (each / "preview.yaml").is_file())


def sample(template: str) -> dict[str, Any]:
    path = bundled("templates").joinpath(*template.split("/"), "preview.yaml")
    data = copy.deepcopy(load(path, Preview, "preview.yaml").value.data)
    for fact in data.get("facts", []):
        if "number" in fact:
            fact["number"] = float(fact["number"])
    return data


def made(ws: Workspace, template: str, form: str) -> Asset:
    return Renderer(ws).render(Order(template, form, sample(template)))


def takers(ws: Workspace, template: str, form: str) -> Iterator[str]:
    """The channels whose card takes a frame of this size."""
    width, height = size_of(ws, template, form)
    facts = MediaFacts(kind_of(ws, template, form), width=width, height=height)
    for name, card in CARDS.items():
        if card.rule_for(facts.kind) and not list(media_problems(card, form, facts)):
            yield name


def seen_by_another(path: Path) -> ClipFacts:
    """The facts of a clip as PyAV tells them."""
    with av.open(str(path)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        keys = [
            packet.pts * video.time_base
            for packet in file.demux(video)
            if packet.is_keyframe and packet.pts is not None
        ]
        length = Fraction(video.duration * video.time_base)
        keys.append(length)
        context = video.codec_context
        return ClipFacts(
            kind="clip", media_type="video/mp4", bytes=path.stat().st_size, width=video.width, height=video.height,
            seconds=float(length), rate=float(video.average_rate), video=context.name, audio=audio.codec_context.name,
            sample_rate=audio.rate, channels=audio.channels,
            group=float(max(after - key for key, after in pairwise(keys))),
            profile={"High": 100}.get(context.profile, 0),
            colors=(context.color_primaries, context.color_trc, context.colorspace),
        )  # fmt: skip


@pytest.mark.parametrize("template", templates("infographics"))
def test_every_picture_is_one_that_every_channel_takes(ws: Workspace, template: str) -> None:
    for form in template_formats(ws, template):
        if kind_of(ws, template, form) != "picture":
            continue
        facts = facts_of(made(ws, template, form))
        with Image.open(made(ws, template, form).path) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB")
            assert ImageCms.getProfileDescription(io.BytesIO(picture.info["icc_profile"])).startswith("sRGB")
            assert picture.size == (facts.width, facts.height) == size_of(ws, template, form)
        told = [
            problem
            for card in CARDS.values()
            if card.rule_for("picture")
            for problem in media_problems(card, form, facts)
        ]
        assert told == [], form
        assert facts.bytes <= 1_000_000


CLIPS = templates("clips")


def one_format_or_all(ws: Workspace, template: str) -> tuple[str, ...]:
    """All formats of one template, one of each other, a different one each time: a clip takes seconds to make."""
    forms = template_formats(ws, template)
    return forms if template == CLIPS[-1] else (forms[CLIPS.index(template) % len(forms)],)


@pytest.mark.slow
@pytest.mark.parametrize("template", CLIPS)
def test_every_clip_is_one_that_its_channels_take(ws: Workspace, template: str) -> None:
    for form in one_format_or_all(ws, template):
        asset = made(ws, template, form)
        facts = clip_facts(asset.path)
        other = seen_by_another(asset.path)
        assert replace(facts, index_first=False, rate=other.rate, seconds=other.seconds, group=other.group) == other
        assert (facts.rate, facts.seconds, facts.group) == pytest.approx(
            (other.rate, other.seconds, other.group), abs=0.05
        )
        assert (facts.video, facts.profile, facts.audio, facts.sample_rate, facts.channels) == (
            "h264",
            100,
            "aac",
            48_000,
            2,
        )
        assert facts.colors == (1, 1, 1)
        assert facts.index_first
        assert facts.group <= 5
        for name in takers(ws, template, form):
            assert list(media_problems(CARDS[name], form, facts)) == [], (form, name)


def test_an_upright_clip_is_a_reel_and_every_other_goes_to_facebook_as_a_video(ws: Workspace) -> None:
    reel, video = (rule for rule in CARDS["facebook"].media if rule.kind == "clip")
    forms = {form: size_of(ws, "clips/con-so", form) for form in template_formats(ws, "clips/con-so")}
    assert "story" in forms
    assert len(forms) > 1
    for form, (width, height) in forms.items():
        facts = MediaFacts("clip", width=width, height=height)
        assert list(media_problems(CARDS["facebook"], form, facts)) == []
        assert [fault.name for fault in reel.faults(facts)] == ([] if form == "story" else ["ratio"])
        assert video.faults(facts) == ()


def test_a_rule_that_nobody_has_tried_is_a_warning(ws: Workspace) -> None:
    [problem] = media_problems(CARDS["x"], "clip", MediaFacts("clip", width=1080, height=1920))
    assert (problem.code, problem.severity) == ("E481", "warning")


GOOD = MediaFacts(
    "clip", "video/mp4", 5_000_000, 1080, 1920, 15, 30, "h264", "aac", sample_rate=48_000, channels=2, group=5
)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bytes": 300_000_001}, "E483"),
        ({"seconds": 2.9}, "E484"),
        ({"seconds": 90.1}, "E484"),
        ({"width": 1920, "height": 1080}, "E482"),
        ({"width": 405, "height": 720}, "E481"),
        ({"rate": 23.976}, "E486"),
        ({"rate": 61}, "E486"),
        ({"video": "mpeg4"}, "E486"),
        ({"audio": "mp3"}, "E486"),
        ({"sample_rate": 44_100}, "E486"),
        ({"group": 5.1}, "E486"),
        ({"media_type": "video/webm"}, "E486"),
    ],
)
def test_each_rule_of_a_reel_is_kept_to_the_edge(changes: dict[str, Any], code: str) -> None:
    reels = replace(CARDS["facebook"], media=CARDS["facebook"].media[:2])
    assert list(media_problems(reels, "clip/story", GOOD)) == []
    assert [problem.code for problem in media_problems(reels, "clip/story", replace(GOOD, **changes))] == [code]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"width": 1920, "height": 1080, "seconds": 600, "bytes": 900_000_000}, []),
        ({"width": 1080, "height": 1080, "rate": 15}, []),
        ({"bytes": 1_000_000_001}, ["E483"]),
        ({"seconds": 0.9}, ["E484"]),
        ({"seconds": 14_401}, ["E484"]),
        ({"video": "mpeg4"}, ["E486"]),
        ({"media_type": "video/webm"}, ["E486"]),
    ],
)
def test_what_is_no_reel_must_be_a_video(changes: dict[str, Any], codes: list[str]) -> None:
    found = media_problems(CARDS["facebook"], "clip/landscape", replace(GOOD, **changes))
    assert [problem.code for problem in found] == codes


def test_a_file_that_is_no_clip_or_cut_off_is_told_from_a_clip(ws: Workspace, tmp_path: Path) -> None:
    whole = made(ws, "clips/thong-diep", template_formats(ws, "clips/thong-diep")[0]).path.read_bytes()
    for number, data in enumerate((b"", b"khong phai phim" * 99, whole[:300], whole[:2000], whole[len(whole) // 2 :])):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(data)
        with pytest.raises(RenderError) as caught:
            clip_facts(path)
        assert caught.value.code == "E489"
