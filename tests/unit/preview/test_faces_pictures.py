from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from starlette.exceptions import HTTPException
from starlette.requests import Request
from support.hard_faces import hard_views, picture, sheet, sound
from support.shown import view

from loa.preview.faces.codes import code_lints, codes, verdict
from loa.preview.faces.face import Face, make_face
from loa.preview.faces.grids import arranged, kept
from loa.preview.faces.papers import LONGER_SIDE, paper_of, shown_millimetres
from loa.preview.faces.routes import logo
from loa.preview.faces.zones import zone_of
from loa.render.print import preview
from loa.wiring.cards import cards
from loa.workspace import Workspace, init_workspace, open_workspace

CARDS = cards()
TALL, WIDE, SQUARE = (1080, 1350), (1200, 630), (1080, 1080)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("faces") / "office"
    init_workspace(root)
    return open_workspace(root)


@pytest.fixture(scope="module")
def faces(workspace: Workspace) -> dict[str, Face]:
    views = hard_views(workspace.root.parent / "views")
    return {name: make_face(each, CARDS, workspace, tuple(views.values()), "vi") for name, each in views.items()}


@pytest.mark.parametrize(
    ("sizes", "name"),
    [
        ([TALL], "one"), ([(1080, 1920)], "one-cut"), ([WIDE, TALL], "two-rows"), ([TALL, TALL], "two-tall"),
        ([SQUARE, WIDE], "two-columns"), ([WIDE] * 3, "three-rows"), ([TALL] * 3, "three-columns"),
        ([WIDE] * 4, "four-rows"), ([TALL] * 4, "four-columns"), ([SQUARE] * 4, "four-square"),
        ([WIDE] * 5, "five-rows"), ([TALL] * 5, "five-columns"), ([SQUARE] * 9, "five-rows"),
    ],
)  # fmt: skip
def test_facebook_lays_pictures_out_by_the_shape_of_the_first(sizes: list[tuple[int, int]], name: str) -> None:
    grid = arranged("facebook", sizes)

    assert grid.name == name
    assert len(grid.ratios) + grid.more == len(sizes)


def test_x_shows_four_pictures_at_most() -> None:
    assert [arranged("x", [TALL] * count).name for count in (1, 2, 3, 4)] == ["one", "x-two", "x-three", "x-four"]
    assert arranged("x", [TALL] * 6).more == 2
    assert arranged("x", []).ratios == ()


def test_what_is_cut_away_is_told_in_parts_of_the_picture() -> None:
    assert kept((1080, 1080), 1.0) == (0.0, 0.0, 1.0, 1.0)
    assert kept((2000, 1000), 1.0) == (0.25, 0.0, 0.5, 1.0)
    assert kept((1000, 2000), 1.0) == (0.0, 0.25, 1.0, 0.5)


def test_much_of_a_picture_cut_away_is_a_finding(faces: dict[str, Face]) -> None:
    [lint] = [each for each in faces["two-wide"].lints if each.name == "cropped"]

    assert "2 (60 %)" in lint.text
    assert not [each for each in faces["khmer"].lints if each.name == "cropped"]


def test_each_channel_has_a_face_of_its_own(faces: dict[str, Face]) -> None:
    assert {name: faces[name].kind for name in ("no-picture", "x-three", "sms", "article", "broadcast", "letter")} == {
        "no-picture": "post", "x-three": "post", "sms": "sms", "article": "article", "broadcast": "broadcast",
        "letter": "letter",
    }  # fmt: skip
    assert (faces["print"].kind, faces["sound"].kind, faces["portal"].kind) == ("print", "sound", "article")


def test_a_tall_clip_on_facebook_is_a_reel(workspace: Workspace, tmp_path: Path) -> None:
    clip = replace(picture(tmp_path, 1080, 1920), kind="clip")
    kinds = [
        make_face(view(attachments=(replace(clip, width=width),)), CARDS, workspace, (), "vi").kind
        for width in (1080, 1920)
    ]

    assert kinds == ["reel", "post"]


def test_a_broadcast_shows_the_article_that_it_sends(faces: dict[str, Face]) -> None:
    [card] = faces["broadcast"].cards

    assert card.title == faces["article"].view.title
    assert faces["broadcast"].meters == ()


def test_a_link_stands_in_the_text_or_in_the_first_comment(faces: dict[str, Face]) -> None:
    link = faces["comment"].view.link

    assert faces["comment"].comment == link
    assert all(piece.address != link for piece in faces["comment"].text["desktop"].head)
    assert any(piece.address == link for piece in faces["two-wide"].text["desktop"].head)
    assert faces["no-picture"].link_host == "dichvucong.gov.vn"
    assert faces["two-wide"].link_host == ""


def test_a_poster_tells_its_paper_as_the_press_reads_it(tmp_path: Path) -> None:
    file = sheet(tmp_path)
    paper = paper_of(file.path, file.sha256)

    assert paper is not None
    assert (paper.name, round(paper.width), round(paper.height), paper.bleed, paper.sheets) == ("A4", 210, 297, 3, 1)
    assert shown_millimetres(paper, file.width) == pytest.approx(210, abs=0.5)
    assert paper_of(tmp_path / "poster.jpg", "1") is None
    assert (preview._ALONE, preview._AMONG) == LONGER_SIDE


def test_a_sound_is_shown_with_its_words(tmp_path: Path, workspace: Workspace) -> None:
    face = make_face(view(channel="loudspeaker", attachments=(sound(tmp_path),)), CARDS, workspace, (), "vi")

    assert [each.script for each in face.sheets] == [sound(tmp_path).alt_text]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://dichvucong.gov.vn/", "same"), ("HTTPS://DICHVUCONG.GOV.VN", "same"),
        ("https://xa.vn", "home"), ("https://dichvucong.gov.vn/khac", "path"), ("https://gia.example.vn", "other"),
        ("https://dichvucong.gov.vn.gia.vn", "other"), ("https://dichvucong.gov.vn@gia.vn", "other"),
        ("https://[", "other"), ("tel:1022", "text"),
    ],
)  # fmt: skip
def test_a_code_is_compared_with_the_items_link(text: str, told: str) -> None:
    assert verdict(text, "https://dichvucong.gov.vn", "https://xa.vn") == told


def test_codes_are_read_from_pictures_and_a_strange_one_is_a_finding(tmp_path: Path, workspace: Workspace) -> None:
    strange = view(attachments=(picture(tmp_path, 1080, 1080, "https://khac.example.vn"), picture(tmp_path, *WIDE)))
    found = codes(strange, workspace)

    assert [(each.text, each.verdict) for each in found] == [("https://khac.example.vn", "other")]
    assert [(each.name, each.weight) for each in code_lints(found, strange, "vi")] == [("qr-elsewhere", "bad")]


def test_a_file_that_is_no_picture_has_no_codes(tmp_path: Path, workspace: Workspace) -> None:
    broken = replace(picture(tmp_path, *TALL), sha256="f" * 64)
    broken.path.write_bytes(b"GIF89a" + b"\0" * 40)

    assert codes(view(attachments=(broken,)), workspace) == ()


def test_the_stage_lights_what_the_feed_shows(faces: dict[str, Face]) -> None:
    tile = faces["two-wide"].tiles[1]
    zone = zone_of(faces["two-wide"], tile.picture, "vi")
    cover = zone_of(faces["article"], faces["article"].view.attachments[0], "vi")

    assert zone is not None
    assert zone.height == pytest.approx(40, abs=0.1)
    assert zone.outside.startswith("M0 0H100V100H0ZM0.0 30")
    assert cover is not None
    assert "Zalo" in cover.words
    assert zone_of(faces["khmer"], faces["khmer"].tiles[0].picture, "vi") is None


def test_a_logo_is_given_out_only_where_it_is_made_of_dots(tmp_path: Path) -> None:
    root = tmp_path / "office"
    root.mkdir()
    units = "{code: xa-mot, name: Xã Một, logo: mot.png}, {code: xa-hai, name: Xã Hai, logo: hai.svg}"
    body = "{name: UBND tỉnh Mẫu, short_name: UBND, unit: xa-mot}"
    (root / "loa.yaml").write_text(f"body: {body}\nunits: {{list: [{units}]}}\n", encoding="utf-8")
    Image.new("RGB", (20, 20)).save(root / "mot.png")
    (root / "hai.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", encoding="utf-8")
    room = SimpleNamespace(desk=SimpleNamespace(workspace=open_workspace(root)))
    app = SimpleNamespace(state=SimpleNamespace(room=room))

    def asked(code: str) -> Request:
        return Request({"type": "http", "app": app, "path_params": {"code": code}, "headers": []})

    assert logo(asked("xa-mot")).media_type == "image/png"
    for refused in ("xa-hai", "xa-ba"):
        with pytest.raises(HTTPException):
            logo(asked(refused))
