"""Templates as the people who make them see them."""

from pathlib import Path

import pytest
from PIL import Image
from support.pictures import add_template, make_studio, sample

from loa.errors import LoaError
from loa.render.kinds import kind_of
from loa.render.order import Order
from loa.render.proof import proof
from loa.render.renderer import Renderer
from loa.render.showroom import check_sample, copy_template, read_sample, sample_orders, sources, template_names
from loa.workspace import Workspace

PLAIN = """\
title: Thử
formats: {square: {width: 400, height: 400, safe: "20 40 60 80"}}
fields: {title: {required: yes, about: tiêu đề}}
box: {kind: column, fill: navy, padding: "40 90", children: [{kind: text, text: "{{ title }}", size: 40, color: white}]}
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path / "studio")


def add(ws: Workspace, text: str = PLAIN, data: str = "data: {title: Xin chào}\n") -> None:
    add_template(ws, "infographics/thu", text)
    (ws.templates / "infographics" / "thu" / "preview.yaml").write_text(data, encoding="utf-8")


@pytest.mark.parametrize(
    ("template", "form", "kind"),
    [
        ("infographics/chi-so", "square", "picture"),
        ("infographics/chi-so", "a3", "document"),
        ("clips/con-so", "story", "clip"),
        ("documents/to-gap", "a5", "document"),
        ("audio/ban-tin-loa", "script", "document"),
        ("audio/ban-tin-loa", "mp3", "audio"),
    ],
)
def test_a_template_and_a_format_tell_what_is_made(ws: Workspace, template: str, form: str, kind: str) -> None:
    assert kind_of(ws, template, form) == kind


@pytest.mark.parametrize("template", ["infographics/chi-so", "documents/to-gap"])
def test_what_is_told_of_the_kind_is_what_is_made(ws: Workspace, template: str) -> None:
    order = sample_orders(ws, template, read_sample(ws, template).data)[-1]

    assert Renderer(ws).render(order).kind == kind_of(ws, template, order.format)


def test_a_proof_is_painted_whatever_is_wrong(ws: Workspace, tmp_path: Path) -> None:
    add(ws, data=f"data: {{title: {'dài ' * 60}}}\n")
    seen = proof(ws, sample_orders(ws, "infographics/thu", read_sample(ws, "infographics/thu").data)[0])
    (tmp_path / "proof.jpg").write_bytes(seen.data)

    with Image.open(tmp_path / "proof.jpg") as picture:
        assert picture.size == (400, 400)
    assert seen.problems[0].code == "E431"


def test_the_safe_area_is_told_as_shares_of_the_picture(ws: Workspace) -> None:
    add(ws)

    assert proof(ws, Order("infographics/thu", "square", {"title": "Xin chào"})).safe == (0.05, 0.1, 0.15, 0.2)


def test_a_proof_of_a_clip_shows_its_scenes_and_of_a_bulletin_its_script(ws: Workspace) -> None:
    clip = proof(ws, Order("clips/con-so", "square", read_sample(ws, "clips/con-so").data))
    bulletin = proof(ws, Order("audio/ban-tin-loa", "script", read_sample(ws, "audio/ban-tin-loa").data))

    assert clip.kind == "clip"
    assert clip.width > clip.height / 3
    assert bulletin.data == b""
    assert "mười tháng mười" in bulletin.text


def test_a_text_that_does_not_fit_is_told_at_the_line_that_says_it(ws: Workspace) -> None:
    add(ws, data=f"# một dòng\ndata:\n  title: {'dài ' * 60}\n")
    ((_, problems),) = check_sample(ws, "infographics/thu")

    assert (problems[0].place.file, problems[0].place.line) == ("templates/infographics/thu/preview.yaml", 3)


def test_a_template_without_sample_data_says_so(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", PLAIN)
    ((order, problems),) = check_sample(ws, "infographics/thu")

    assert (order, [problem.code for problem in problems]) == (None, ["E490"])


def test_figures_of_sample_data_are_numbers_as_those_of_a_campaign(ws: Workspace) -> None:
    assert read_sample(ws, "infographics/chi-so").data["facts"] == sample()["facts"]


def test_a_look_depends_on_the_brand_and_the_shared_parts_even_before_they_are_there(ws: Workspace) -> None:
    add(ws)
    watched = sources(ws, "infographics/thu", "tre-xanh")

    assert ws.templates / "shared.yaml" in watched
    assert ws.templates / "brands" / "tre-xanh.yaml" in watched
    assert ws.templates / "infographics" / "thu" / "preview.yaml" in watched


def test_a_copy_stands_first_among_templates_of_its_name(ws: Workspace) -> None:
    before = template_names(ws)
    folder = copy_template(ws, "infographics/chi-so", "infographics/chi-so")

    assert template_names(ws) == before
    assert ws.find_template("infographics/chi-so") == folder


def test_a_copy_never_overwrites(ws: Workspace) -> None:
    copy_template(ws, "infographics/chi-so", "infographics/moi")
    with pytest.raises(LoaError) as raised:
        copy_template(ws, "infographics/chi-so", "infographics/moi")

    assert raised.value.code == "E492"


def test_a_friendly_brand_sets_the_name_of_the_unit_without_capitals(ws: Workspace) -> None:
    add(ws, PLAIN.replace("size: 40,", "size: 40, uppercase: tone,"))
    orders = [Order("infographics/thu", "square", {"title": "Xã Kim Liên"})]
    formal = proof(ws, orders[0]).data
    (ws.templates / "brand.yaml").write_text(
        (ws.templates / "brand.yaml").read_text("utf-8") + "tone: friendly\n", encoding="utf-8"
    )
    friendly = proof(ws, orders[0]).data
    add(ws, PLAIN.replace("size: 40,", "size: 40, uppercase: no,"))
    plain = proof(ws, orders[0]).data

    assert formal != friendly
    assert friendly == plain
