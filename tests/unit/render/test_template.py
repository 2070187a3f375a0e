import pytest
from support.pictures import add_template

from loa.errors import LoaError, Problem, ProblemsFound, RenderError
from loa.render import template_formats
from loa.render.library import load_template
from loa.workspace import Workspace, bundled

FRAME = """\
title: Thử
formats: {square: {width: 300, height: 300, tokens: {edge: 20}}}
fields: {title: {required: yes}}
"""


def problems(ws: Workspace, text: str) -> tuple[Problem, ...]:
    add_template(ws, "infographics/thu", text)
    with pytest.raises(ProblemsFound) as caught:
        load_template(ws, "infographics/thu")
    return caught.value.problems()


SHARED_FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "a4", "a3", "a2", "standee", "banner")


@pytest.mark.parametrize(
    "name", sorted(path.parent.name for path in (bundled("templates") / "infographics").glob("*/template.yaml"))
)
def test_a_bundled_infographic_has_every_shared_format(ws: Workspace, name: str) -> None:
    assert template_formats(ws, f"infographics/{name}") == SHARED_FORMATS


def test_a_template_that_is_not_there_has_its_own_code(ws: Workspace) -> None:
    with pytest.raises(RenderError) as caught:
        template_formats(ws, "infographics/khong-co")
    assert caught.value.code == "E401"


@pytest.mark.parametrize(
    ("node", "code", "column"),
    [
        ('{kind: text, text: "{{ titel }}"}', "E411", 25),
        ("{kind: text, text: x, color: hong}", "E412", 35),
        ("{kind: use, part: chan}", "E413", 24),
        ("{kind: icon, name: khinh-khi-cau}", "E414", 25),
        ("{kind: text, text: x, size: $khong-co}", "E415", 34),
    ],
)
def test_what_a_template_does_not_know_is_told_at_its_place(ws: Workspace, node: str, code: str, column: int) -> None:
    (found,) = problems(ws, f"{FRAME}box: {node}\n")
    assert (found.code, found.place and (found.place.line, found.place.column)) == (code, (4, column))


def test_every_problem_is_told_at_once(ws: Workspace) -> None:
    found = problems(ws, FRAME + 'box: {kind: text, text: "{{ a }} {{ b }}", color: hong}\n')
    assert [problem.code for problem in found] == ["E411", "E411", "E412"]


def test_a_template_is_a_picture_or_a_clip(ws: Workspace) -> None:
    (found,) = problems(ws, FRAME)
    assert found.code == "E416"


def test_a_kind_that_does_not_exist_is_a_problem_of_the_reader(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", FRAME + "box: {kind: script, text: x}\n")
    with pytest.raises(LoaError) as caught:
        load_template(ws, "infographics/thu")
    assert caught.value.problems()[0].code.startswith("E1")


def test_a_template_of_the_workspace_goes_before_the_bundled_one(ws: Workspace) -> None:
    add_template(ws, "infographics/chi-so", FRAME + 'box: {kind: text, text: "{{ title }}"}\n')
    assert template_formats(ws, "infographics/chi-so") == ("square",)
