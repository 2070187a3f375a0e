"""What every bundled clip must keep: readable captions, room for them, motion that ends, a loop without a seam."""

from pathlib import Path

import numpy as np
import pytest
from support.pictures import add_template, facts, order

from loa.render import Order, check_orders, template_formats
from loa.render.clip import laid_out
from loa.render.clip.sprites import sprites_of
from loa.render.clip.timeline import FPS
from loa.render.library import load_template
from loa.render.picture import design
from loa.workspace import Workspace, bundled

NAMES = sorted(path.name for path in (bundled("templates") / "clips").iterdir())
LONG = "Đẩy mạnh tuyên truyền, hướng dẫn người dân dùng dịch vụ công trực tuyến toàn trình"
COMMUNES = (
    "X",
    "Ủy ban nhân dân phường Đông Hưng Thuận – Tân Thới Nhất – Trung Mỹ Tây",
    "Ủy ban nhân dân xã Kon Đào Ngok Tụ Đăk Rơ Nga Krông Ană",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_takes_short_and_long_names(ws: Workspace, name: str) -> None:
    most = load_template(ws, f"clips/{name}").fields["title"].most
    orders = [
        order(f"clips/{name}", form, title=LONG[:most].strip(), unit={"name": commune, "hotline": "0262 3 891 234"})
        for form in template_formats(ws, f"clips/{name}")
        for commune in COMMUNES
    ]
    assert check_orders(ws, orders) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_lasts_ten_to_thirty_seconds_and_can_be_read(ws: Workspace, name: str) -> None:
    clip = laid_out(design(ws, order(f"clips/{name}", "story")))
    assert 10 <= clip.shots[-1].end / FPS <= 30
    for cue in clip.cues:
        letters = len(" ".join(cue.lines))
        assert letters / ((cue.end - cue.start) / FPS) <= 17, cue.lines


@pytest.mark.parametrize("name", NAMES)
def test_all_motion_ends_before_its_scene_goes(ws: Workspace, name: str) -> None:
    clip = laid_out(design(ws, order(f"clips/{name}", "story")))
    for shot, roots in clip.scenes:
        for root in roots:
            for sprite in sprites_of(root, shot, clip.plan.page):
                for part in sprite.moving:
                    enter, turn = part.element.node.enter, part.element.accent
                    assert enter is not None
                    end = enter.at + enter.seconds + enter.stagger * turn
                    assert end + 0.5 <= shot.length / FPS, (shot.scene.caption, part.element.texts)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_explained(ws: Workspace, name: str) -> None:
    assert [key for key, spec in load_template(ws, f"clips/{name}").fields.items() if not spec.about] == []


@pytest.mark.parametrize("form", ["story", "square", "portrait", "wide"])
def test_figures_from_one_to_six_fit(ws: Workspace, form: str) -> None:
    assert check_orders(ws, [order("clips/con-so", form, facts=facts(count)) for count in range(1, 7)]) == []


@pytest.mark.parametrize("form", ["story", "square", "portrait", "wide"])
def test_steps_from_two_to_six_fit(ws: Workspace, form: str) -> None:
    step = {"title": "Chuẩn bị giấy tờ tùy thân và hồ sơ", "text": "Chụp rõ bốn góc, không lóa, không mờ."}
    assert check_orders(ws, [order("clips/cac-buoc", form, steps=[step] * count) for count in range(2, 7)]) == []


def test_walking_through_a_clip_shows_what_a_jump_shows(ws: Workspace) -> None:
    clip = laid_out(design(ws, order("clips/con-so", "square", facts=facts(3))))
    stages = clip.stages()
    walked, jumped = clip.frames(stages), clip.frames(stages)
    resting = {shot.end - 12 for shot in clip.shots}
    chosen = resting | {shot.start + step for shot in clip.shots for step in (0, 5, 17, 40, shot.length - 3)}
    for number in range(clip.shots[-1].end):
        frame = walked.frame(number)
        if number in chosen:
            fresh = clip.frames(stages) if number % 5 == 0 else jumped
            apart = np.abs(frame.astype(int) - fresh.frame(number))
            assert (apart > 8).mean() < 0.0005, number  # the edge of a ring that grows, or of a curve under a clip
            if number in resting:
                assert apart.max() <= 32, number


@pytest.mark.parametrize("form", ["wide", "story"])
def test_the_hall_display_begins_again_without_a_seam(ws: Workspace, form: str) -> None:
    clip = laid_out(design(ws, order("clips/man-hinh-sanh", form)))
    frames, end = clip.frames(clip.stages()), clip.shots[-1].end
    first, before, last = (frames.frame(number).astype(int) for number in (0, end - 2, end - 1))
    assert np.abs(last - before).max() > 8, "it is still going"
    assert np.abs(first - last).mean() <= 1.3 * np.abs(last - before).mean(), "the first frame is the next step"


def test_a_caption_over_the_content_is_refused(ws: Workspace) -> None:
    text = """\
title: Che
slowest: 4
formats: {square: {width: 480, height: 480}}
fields: {title: {required: yes}, subtitle: {}}
overlay:
  kind: column
  justify: end
  children: [{kind: column, fill: navy, children: [{kind: text, text: "{{ caption }}", color: white}]}]
scenes:
  - seconds: 3
    caption: "{{ subtitle }}"
    box: {kind: column, justify: end, children: [{kind: text, text: "{{ title }}", color: ink}]}
"""
    add_template(ws, "clips/che", text)
    found = check_orders(ws, [Order("clips/che", "square", {"title": "Ở dưới cùng", "subtitle": "Phụ đề"})])
    assert [problem.code for problem in found] == ["E446"]


def test_captions_stand_inside_the_safe_area_of_reels(ws: Workspace, tmp_path: Path) -> None:
    for name in NAMES:
        clip = laid_out(design(ws, order(f"clips/{name}", "story")))
        assert clip.plan.spec.safe == "250 56 340 56"
        assert [problem for problem in clip.problems() if problem.code == "E436"] == []
