"""A printed page as other programs see it: pypdf reads its parts, PDFium its words and its colours."""

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from support.paper import COVER, boxes, document_yaml, paged, pdf_of, pixels, reader, texts
from support.pictures import add_template, order

from loa.errors import RenderError
from loa.render import Renderer
from loa.render.picture import design
from loa.render.print.document import Document, lay_out_document, make_document, write_pdf
from loa.render.print.preview import sheet_pixels
from loa.render.tree import nodes
from loa.render.tree.measure import Placed
from loa.workspace import Workspace

WHITE = 250
DOCUMENTS = (
    ("infographics/chi-so", "a5"),
    ("infographics/chi-so", "banner"),
    ("documents/to-gap", "a5"),
    ("documents/so-tay", "a5"),
    ("documents/the-bo-tui", "the"),
    ("documents/ap-phich", "a2"),
    ("documents/phieu-phat-thanh", "a4"),
)


def sample_document(ws: Workspace, template: str = "infographics/chi-so", form: str = "a5") -> Document:
    return lay_out_document(design(ws, order(template, form)))


def words_of(placed: Placed) -> Iterator[str]:
    if isinstance(placed.element.node, nodes.Text) and placed.text is not None:
        yield " ".join(placed.text.setting.lines).replace("\u00a0", " ")
    for child in placed.children:
        yield from words_of(child)


@pytest.mark.parametrize(("template", "form"), DOCUMENTS)
def test_every_word_of_a_page_can_be_searched_in_its_pdf(ws: Workspace, template: str, form: str) -> None:
    document = sample_document(ws, template, form)
    for page, read in zip(document.pages, texts(pdf_of(document)), strict=True):
        joined = read.replace(" ", "")
        for root in page.placed:
            for words in words_of(root):
                assert words.replace(" ", "") in joined


def test_letters_that_another_font_brings_can_be_searched_too(ws: Workspace) -> None:
    document = lay_out_document(design(ws, order("documents/to-gap", "a5", title="Hriăm ƀă jih ƀuôn")))
    assert "Hriăm ƀă jih ƀuôn" in texts(pdf_of(document))[0]


def test_a_page_has_the_boxes_that_a_press_reads(ws: Workspace) -> None:
    assert boxes(pdf_of(sample_document(ws))) == {
        "MediaBox": (0, 0, 165, 227),
        "BleedBox": (5.5, 5.5, 159.5, 221.5),
        "TrimBox": (8.5, 8.5, 156.5, 218.5),
    }


def test_boxes_are_counted_from_the_lower_left(ws: Workspace) -> None:
    document = sample_document(ws)
    (paper,) = document.papers
    shifted = replace(paper, height=paper.height + 100)  # more paper below the page
    found = boxes(write_pdf(replace(document, papers=(shifted,)), {}))
    assert found["TrimBox"] == (8.5, 8.5 + 35.28, 156.5, 218.5 + 35.28)


def test_a_page_for_the_printer_of_an_office_is_its_paper_and_has_no_marks(ws: Workspace) -> None:
    document = sample_document(ws, "documents/phieu-phat-thanh", "a4")
    assert set(boxes(pdf_of(document)).values()) == {(0, 0, 210, 297)}
    assert document.papers[0].marks == ()


@pytest.mark.parametrize(("template", "form"), [*DOCUMENTS[:2], ("documents/ap-phich", "a3")])
def test_the_ground_runs_on_to_the_edge_of_the_bleed(ws: Workspace, template: str, form: str) -> None:
    document = sample_document(ws, template, form)
    shown = pixels(pdf_of(document))
    x, y, width, height = map(round, document.papers[0].boxes[1])
    rim = [shown[y + 1, x + 1 : x + width], shown[y + height - 2, x + 1 : x + width - 1]]
    rim += [shown[y + 1 : y + height - 1, x + 1], shown[y + 1 : y + height - 1, x + width - 2]]
    assert all(side.min(axis=1).max() < WHITE for side in rim)


def test_the_marks_tell_the_trimmed_edge_and_keep_out_of_the_bleed(ws: Workspace) -> None:
    document = sample_document(ws)
    paper, shown = document.papers[0], pixels(pdf_of(document), dpi=288).min(axis=2)
    x, y, width, height = (4 * value for value in paper.boxes[1])
    outside = np.ones(shown.shape, bool)
    outside[round(y) - 2 : round(y + height) + 2, round(x) - 2 : round(x + width) + 2] = False
    dark = np.argwhere((shown < 128) & outside)
    edges = {round(4 * edge) for edge in (paper.trim.x, paper.trim.x + paper.trim.width)}
    above = {int(column) for row, column in dark if row < y and column > x}
    assert above
    assert all(min(abs(column - edge) for edge in edges) <= 2 for column in above)


def test_the_pdf_has_the_colours_of_the_picture(ws: Workspace) -> None:
    document = sample_document(ws, "documents/to-gap", "a5")
    paper = document.papers[0]
    drawn = Image.fromarray(sheet_pixels(document, paper, {}, 1600)[..., :3]).resize((70, 100), Image.Resampling.BOX)
    shown = Image.fromarray(pixels(pdf_of(document), dpi=216).astype(np.uint8))
    x, y, width, height = (value * shown.width / paper.width for value in paper.trim)
    same = shown.resize((70, 100), Image.Resampling.BOX, box=(x, y, x + width, y + height))
    assert np.abs(np.asarray(same).astype(int) - np.asarray(drawn).astype(int)).mean() < 2


def test_a_pdf_holds_a_font_for_each_weight_and_no_picture_of_a_shadow(ws: Workspace) -> None:
    pdf = pdf_of(sample_document(ws))
    assert pdf.count(b"/FontFile2") <= 5
    assert list(reader(pdf).pages[0].images) == []


def test_a_pdf_tells_what_it_is_and_never_when_it_was_made(ws: Workspace) -> None:
    read = reader(pdf_of(sample_document(ws)))
    assert read.metadata is not None
    assert read.metadata.title == "Toàn dân sử dụng dịch vụ công trực tuyến"
    assert read.metadata.author == "Ủy ban nhân dân xã Ea Kao"
    assert read.metadata.creation_date is None
    assert read.root_object["/Lang"] == "vi-VN"
    intent = read.root_object["/OutputIntents"][0]
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"


def test_a_pdf_and_its_preview_are_the_same_bytes_in_every_process(ws: Workspace) -> None:
    script = (
        "import sys, hashlib, pathlib; sys.path[:0] = sys.argv[2:];"
        "from support.pictures import order; from loa.workspace import open_workspace;"
        "from loa.render.print.document import make_document;"
        "made = make_document(open_workspace(pathlib.Path(sys.argv[1])), order('documents/to-gap', 'a5'));"
        "print(hashlib.sha256(made.data + made.preview).hexdigest())"
    )
    command = [sys.executable, "-c", script, str(ws.root), *sys.path[:2]]
    told = {subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(2)}
    assert len(told) == 1


def test_letters_in_parts_print_the_same_bytes_as_whole_ones(ws: Workspace) -> None:
    whole = order("documents/to-gap", "a5")
    parts = order("documents/to-gap", "a5", title=unicodedata.normalize("NFD", whole.data["title"]))
    assert parts.data["title"] != whole.data["title"]
    one, other = make_document(ws, whole), make_document(ws, parts)
    assert (one.data, one.preview) == (other.data, other.preview)


def test_a_document_on_the_shelf_has_its_preview_beside_it(ws: Workspace) -> None:
    renderer, asked = Renderer(ws), order("documents/the-bo-tui", "the")
    asset = renderer.render(asked)
    assert (asset.kind, asset.media_type, asset.path.suffix) == ("document", "application/pdf", ".pdf")
    assert asset.preview is not None
    with Image.open(asset.preview) as preview:
        assert (preview.format, preview.size) == ("JPEG", (asset.width, asset.height))
    asset.preview.write_bytes(b"another picture")
    assert renderer.cached(asked) is None


# -- photos

PHOTO = '  - box: { kind: column, children: [ { kind: image, value: "{{ photo }}", height: 700 } ] }'


def with_photo(ws: Workspace, width: int, height: int) -> Document:
    rng = np.random.default_rng(7)
    Image.fromarray(rng.integers(0, 200, (height, width, 3), np.uint8)).save(ws.root / "anh.jpg")
    add_template(ws, "documents/anh", document_yaml(PHOTO))
    return paged(ws, "documents/anh", photo="anh.jpg")


def test_a_photo_lies_in_the_pdf_as_jpeg_and_covers_the_bleed(ws: Workspace) -> None:
    pdf = pdf_of(with_photo(ws, 1200, 800))
    (photo,) = reader(pdf).pages[0].images
    assert photo.indirect_reference is not None
    assert photo.indirect_reference.get_object()["/Filter"] == "/DCTDecode"
    shown = pixels(pdf)
    assert shown[17, 17:300].max() < WHITE


def test_a_photo_too_small_for_its_paper_is_refused_with_the_width_it_needs(ws: Workspace) -> None:
    (problem,) = with_photo(ws, 600, 400).problems()
    assert problem.code == "E460"
    assert dict(problem.params) == {
        "template": "documents/anh/a6", "path": "anh.jpg", "dpi": "145", "least": "200", "pixels": "827",
    }  # fmt: skip


def test_a_photo_counts_as_it_stands_upright(ws: Workspace) -> None:
    assert [problem.code for problem in with_photo(ws, 600, 1200).problems()] == ["E460"]
    with Image.open(ws.root / "anh.jpg") as photo:
        turned = photo.getexif()
        turned[0x0112] = 6
        photo.save(ws.root / "anh.jpg", exif=turned)
    assert paged(ws, "documents/anh", photo="anh.jpg").problems() == []


def test_what_is_seen_from_afar_may_be_half_as_fine(ws: Workspace) -> None:
    near = "page: {{ width: 105, height: 148, bleed: 3 }}".replace("{{", "{").replace("}}", "}")
    with_photo(ws, 5000, 3400)
    far = document_yaml(PHOTO).replace(near, "page: { width: 1050, height: 1480, bleed: 20 }")
    add_template(ws, "documents/xa", far)
    assert paged(ws, "documents/xa", photo="anh.jpg").problems() == []


def test_a_photo_finer_than_the_press_is_made_smaller(ws: Workspace) -> None:
    pdf = pdf_of(with_photo(ws, 4000, 2700))
    (photo,) = reader(pdf).pages[0].images
    assert photo.image is not None
    assert photo.image.width == pytest.approx(105 / 25.4 * 300, abs=2)


def test_a_template_that_is_no_picture_needs_paper(ws: Workspace) -> None:
    add_template(ws, "documents/khong-giay", document_yaml(COVER).replace("page:", "page: # ").replace(
        "page: #  { width: 105, height: 148, bleed: 3 }, ", ""))  # fmt: skip
    with pytest.raises(RenderError) as refused:
        paged(ws, "documents/khong-giay", title="Không có giấy")
    assert refused.value.code == "E463"
