import hashlib
from pathlib import Path

import numpy as np
import pytest
from support.pictures import make_studio, order

from loa.errors import LoaError, RenderError
from loa.render import Renderer
from loa.render.canvas import SkiaCanvas
from loa.render.fontfiles import VENDORED, file_of, font_files
from loa.render.library import load_brand
from loa.render.picture import make_picture
from loa.render.tree.fonts import em_bearing, em_width, missing_glyphs, runs
from loa.workspace import Workspace

PLAIN, NOTO = "Be Vietnam Pro", "Noto Sans"
INK = (0, 0, 0, 255)


@pytest.mark.parametrize(
    ("text", "family"),
    [("ƀ", NOTO), ("Ƀ", NOTO), ("ŋ", NOTO), ("ɛ", NOTO), ("ɔ", NOTO), ("ŏ̆", NOTO), ("u̱", NOTO), ("č", PLAIN),
     ("ខ្ញុំ", "Noto Sans Khmer"), ("ꨌꩌ", "Noto Sans Cham"), ("ꪼꪕ", "Noto Sans Tai Viet")],
)  # fmt: skip
def test_a_letter_of_an_ethnic_language_is_set_in_a_font_that_has_it(text: str, family: str) -> None:
    assert runs(text) == ((family, text),)
    assert missing_glyphs(text) == ()


def test_only_the_letters_that_need_it_change_their_font() -> None:
    assert runs("Ƀuôn Đôn, Êđê") == ((NOTO, "Ƀ"), (PLAIN, "uôn Đôn, Êđê"))
    assert runs("Toàn dân sử dụng dịch vụ công") == ((PLAIN, "Toàn dân sử dụng dịch vụ công"),)


def test_marks_stay_on_their_letter() -> None:
    assert [piece for _, piece in runs("kơ̆ bŭ")] == ["k", "ơ̆", " b", "ŭ"]


def test_a_letter_that_no_font_has_is_told() -> None:
    assert missing_glyphs("Việt 漢 Ƀ 😀") == ("漢", "😀")


def test_a_letter_from_the_other_font_is_as_heavy_as_its_neighbours() -> None:
    assert em_width("ƀŋɛɔ", 800) > em_width("ƀŋɛɔ", 500) > em_width("ƀŋɛɔ", 300)


def test_a_text_may_be_set_in_noto_sans() -> None:
    assert runs("Xã Ea Kao", NOTO) == ((NOTO, "Xã Ea Kao"),)
    assert em_width("Xã Ea Kao", 500, 0, NOTO) != em_width("Xã Ea Kao", 500, 0, PLAIN)


def test_a_text_may_be_set_in_a_font_file_of_the_office() -> None:
    own = str(next(path for path in font_files() if path.name.endswith("-Bold.ttf")))
    assert em_width("Xã", 500, 0, own) == pytest.approx(em_width("Xã", 700))


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ttf"
    path.write_bytes(b"no font")
    with pytest.raises(RenderError, match="E452"):
        em_width("a", 400, 0, str(path))


def brand_with(ws: Workspace, font: str) -> None:
    ws.templates.mkdir(exist_ok=True)
    (ws.templates / "brand.yaml").write_text(f'fonts: {{ text: "{font}", title: Noto Sans }}\n', encoding="utf-8")


def test_a_brand_may_name_a_font_of_its_own_and_the_key_knows_its_bytes(ws: Workspace) -> None:
    own = next(path for path in font_files() if path.name.endswith("-Light.ttf"))
    folder = ws.templates / "fonts"
    folder.mkdir(parents=True)
    (folder / "Rieng.ttf").write_bytes(own.read_bytes())
    brand_with(ws, "Rieng.ttf")
    assert file_of(load_brand(ws).fonts.text, 700) == folder / "Rieng.ttf"
    assert load_brand(ws).fonts.title == NOTO
    first, made = Renderer(ws).key(order()), make_picture(ws, order())
    (folder / "Rieng.ttf").write_bytes(
        next(path for path in font_files() if path.name.endswith("-Bold.ttf")).read_bytes()
    )
    assert Renderer(ws).key(order()) != first
    assert made.data != make_picture(make_studio(ws.root / "plain"), order()).data
    assert made.data != make_picture(ws, order()).data  # the new file is read, not the one remembered


def test_a_font_that_is_not_there_is_told_with_its_place(ws: Workspace) -> None:
    brand_with(ws, "Khong-co.ttf")
    with pytest.raises(LoaError) as caught:
        load_brand(ws)
    (problem,) = caught.value.problems()
    assert (problem.code, problem.params["font"]) == ("E452", "Khong-co.ttf")
    assert problem.place is not None


@pytest.mark.parametrize("letter", "1BNTĐĂ5")
def test_the_ink_of_a_letter_begins_where_its_bearing_says(letter: str) -> None:
    canvas = SkiaCanvas(400, 400)
    canvas.line(letter, 50 - em_bearing(letter, 800) * 300, 320, 300, 800, 0, INK)
    columns = np.flatnonzero((canvas.pixels[..., 3] > 127).any(axis=0))
    assert abs(int(columns[0]) - 50) <= 1


def test_the_fonts_that_lie_here_are_those_that_were_listed_and_have_their_licence() -> None:
    listed = dict(reversed(line.split()) for line in (VENDORED / "SHA256SUMS").read_text().splitlines())
    held = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDORED.glob("*.ttf")}
    assert held == listed
    assert "SIL OPEN FONT LICENSE" in (VENDORED / "OFL.txt").read_text()


def test_every_font_counts_in_the_key_of_an_order() -> None:
    assert {path.name for path in VENDORED.glob("*.ttf")} <= {path.name for path in font_files()}
    assert len(font_files()) == 14
