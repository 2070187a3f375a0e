"""The Word file, point by point of Decree 30/2020/NĐ-CP, appendix I (the table stands in docs/bao-cao.md)."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from support.plans import FIRST, plan, published
from support.reports import lines_of, source

from loa.errors import LoaError, ProblemsFound
from loa.official import breadth, title
from loa.official.page import TEXT_WIDTH
from loa.report.blocks import Words
from loa.report.paper import Period, Source, write_pack
from loa.report.paper.notes import read_notes
from loa.workspace import Workspace


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> Source:
    views = [published(1, FIRST, campaign_id="a", unit_code="xa-c")]
    return source(workspace, views, made=plan(basis=["Kế hoạch số 67/KH-UBND ngày 03/4/2025"]))


@pytest.fixture(scope="module")
def paper(made: Source, tmp_path_factory: pytest.TempPathFactory) -> Any:
    word, *_ = write_pack(tmp_path_factory.mktemp("pack"), made)
    return Document(str(word))


def runs(part: Any, text: str) -> list[Any]:
    """The runs of the first paragraph, in cells too, that has ``text``."""
    for element in part.element.iter(qn("w:p")):
        words = "".join(each.text or "" for each in element.iter(qn("w:t")))
        if text in words:
            return [each for each in element.iter(qn("w:r")) if each.find(qn("w:t")) is not None]
    raise AssertionError(text)


def look(paper: Any, text: str) -> tuple[float, bool, bool]:
    """Size in points, bold, italic of ``text``."""
    properties = runs(paper, text)[0].find(qn("w:rPr"))
    size = properties.find(qn("w:sz"))
    flags = (properties.find(qn(f"w:{name}")) for name in ("b", "i"))
    bold, italic = (each is not None and each.get(qn("w:val")) not in ("0", "false") for each in flags)
    return int(size.get(qn("w:val"))) / 2, bold, italic


def ruled(paper: Any, after: str) -> float:
    """Millimetres of the rule under a paragraph."""
    words = next(p for p in paper.element.iter(qn("w:p")) if after == "".join(t.text or "" for t in p.iter(qn("w:t"))))
    indent = words.getnext().find(qn("w:pPr")).find(qn("w:ind"))
    assert words.getnext().find(qn("w:pPr")).find(qn("w:pBdr")) is not None
    cell = words.getparent()
    room = (
        int(cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w"))) if cell.tag == qn("w:tc") else 165 / 25.4 * 1440
    )
    free = sum(int(indent.get(qn(f"w:{side}"))) for side in ("left", "right"))
    return float((room - free) / 1440 * 25.4)


def test_paper_margins_and_type(paper: Any) -> None:
    sheet = paper.sections[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)
    assert 20 <= round(sheet.top_margin.mm) <= 25
    assert 20 <= round(sheet.bottom_margin.mm) <= 25
    assert 30 <= round(sheet.left_margin.mm) <= 35
    assert 15 <= round(sheet.right_margin.mm) <= 20
    style = paper.styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 14)


def test_the_nations_name_and_motto_with_a_rule_just_as_long(paper: Any) -> None:
    assert look(paper, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == (12, True, False)
    assert look(paper, "Độc lập - Tự do - Hạnh phúc") == (13, True, False)
    motto = "Độc lập - Tự do - Hạnh phúc"
    assert abs(ruled(paper, motto) - breadth(motto, 13, bold=True)) < 0.3


def test_the_body_under_its_parent_with_a_short_rule(paper: Any) -> None:
    assert look(paper, "ỦY BAN NHÂN DÂN TỈNH MẪU") == (12, False, False)
    body = "ỦY BAN NHÂN DÂN HUYỆN MẪU"
    assert look(paper, body) == (12, True, False)
    assert 1 / 3 < ruled(paper, body) / breadth(body, 12, bold=True) < 1 / 2


def test_number_place_and_day(paper: Any) -> None:
    assert look(paper, "/BC-UBND") == (13, False, False)
    assert look(paper, "Mẫu, ngày      tháng      năm 2026") == (13, False, True)


def test_the_kind_of_paper_and_its_subject_with_a_rule(paper: Any) -> None:
    assert look(paper, "BÁO CÁO") == (14, True, False)
    subject = "(từ ngày 01/4/2025 đến ngày 31/12/2025)"
    assert look(paper, "Kết quả thực hiện Kế hoạch thử") == (14, True, False)
    assert 1 / 3 < ruled(paper, subject) / breadth(subject, 14, bold=True) < 1 / 2


def test_the_text_goes_to_both_margins_its_first_line_set_in(paper: Any) -> None:
    opening = next(each for each in paper.paragraphs if each.text.startswith("Thực hiện Kế hoạch số 1/KH-UBND"))
    assert opening.alignment == 3
    assert 10 <= round(opening.paragraph_format.first_line_indent.mm, 1) <= 12.7
    assert opening.paragraph_format.space_before.pt >= 6
    assert 1 <= opening.paragraph_format.line_spacing <= 1.5
    assert {run.font.size.pt for run in opening.runs} == {14}


def test_sections_parts_and_points_are_numbered(paper: Any) -> None:
    texts = [each.text for each in paper.paragraphs]
    assert [text for text in texts if re.match(r"[IVX]+\. ", text)] == [
        "I. TÌNH HÌNH TRIỂN KHAI",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. KẾT QUẢ THỰC HIỆN CÁC CHỈ SỐ",
        "IV. KINH PHÍ THỰC HIỆN",
        "V. GÓP Ý CỦA NGƯỜI DÂN",
        "VI. KHÓ KHĂN, VƯỚNG MẮC",
        "VII. ĐỀ XUẤT, KIẾN NGHỊ",
        "VIII. PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG KỲ TỚI",
    ]
    assert "1. Căn cứ thực hiện" in texts
    assert "a) Kế hoạch số 67/KH-UBND ngày 03/4/2025" in texts
    assert [text for text in texts if text.endswith("./.")] == [
        "Trên đây là báo cáo kết quả đến hết ngày 31/12/2025 của Ủy ban nhân dân huyện Mẫu./."
    ]


def test_pages_are_numbered_at_the_top_from_the_second_on(paper: Any) -> None:
    sheet = paper.sections[0]
    assert sheet.different_first_page_header_footer
    assert sheet.first_page_header.is_linked_to_previous
    header = sheet.header.paragraphs[0]
    assert header.alignment == 1
    assert "PAGE" in header._p.xml
    assert {run.font.size.pt for run in header.runs} == {14}


def test_tables_repeat_their_head_and_tear_no_row(paper: Any) -> None:
    ruled_tables = [each for each in paper.tables if len(each.rows) > 1]
    assert ruled_tables
    for each in ruled_tables:
        assert "w:tblHeader" in each.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in each.rows)


def test_the_signature_stands_right_and_the_receivers_left(paper: Any) -> None:
    left, right = paper.tables[-2].rows[0].cells
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert look(paper, "Nơi nhận:") == (12, True, True)
    assert look(paper, "- Như trên;") == (11, False, False)
    assert [each.text for each in left.paragraphs][-1] == "- Lưu: VT."
    assert [each.text for each in right.paragraphs][:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert look(paper, "CHỦ TỊCH") == (14, True, False)


def test_the_appendix_lies_on_its_side_in_a_section_of_its_own(paper: Any) -> None:
    appendix = paper.sections[-1]
    assert (round(appendix.page_width.mm), round(appendix.page_height.mm)) == (297, 210)
    assert not appendix.different_first_page_header_footer
    assert appendix.header.is_linked_to_previous
    assert look(paper, "MỨC ĐỘ THỰC HIỆN THEO ĐƠN VỊ VÀ TIN") == (14, True, False)
    assert look(paper, "(Kèm theo Báo cáo số") == (14, False, True)


def template(path: Path, *lines: str) -> Path:
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.sections[0].header.paragraphs[0].text = "Mẫu {{TEN_CO_QUAN}}"
    for text in lines:
        document.add_paragraph(text)
    cell = document.add_table(1, 1).rows[0].cells[0].paragraphs[0]
    cell.add_run("{{CHUC_")
    cell.add_run("DANH}}").bold = True
    document.save(str(path))
    return path


def test_a_template_of_the_office_keeps_its_styles_and_is_filled(made: Source, tmp_path: Path) -> None:
    base = template(tmp_path / "mau.docx", "{{DIA_DANH}}, {{NGAY}}", "{{NOI_DUNG}}", "Lời kết của cơ quan")
    word, *_ = write_pack(tmp_path / "pack", made, base)
    document, lines = Document(str(word)), lines_of(word)
    assert document.styles["Normal"].font.name == "Arial"
    assert document.sections[0].header.paragraphs[0].text == "Mẫu ỦY BAN NHÂN DÂN HUYỆN MẪU"
    assert lines[0] == "Mẫu, ngày      tháng      năm 2026"
    assert lines.index("I. TÌNH HÌNH TRIỂN KHAI") < lines.index("Lời kết của cơ quan")
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in [cell.text for table in document.tables for cell in table._cells]
    assert "{{" not in "\n".join(lines)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in lines


@pytest.mark.parametrize(("text", "code"), [("Không có chỗ", "E275"), ("{{NOI_DUNG}} {{TEN_XA}}", "E279")])
def test_a_template_that_cannot_be_filled_is_told(made: Source, tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(LoaError) as told:
        write_pack(tmp_path / "pack", made, template(tmp_path / "mau.docx", text))
    assert told.value.code == code


def test_a_template_that_is_no_word_file_is_told(made: Source, tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_text("không phải Word", encoding="utf-8")
    with pytest.raises(LoaError) as told:
        write_pack(tmp_path / "pack", made, tmp_path / "mau.docx")
    assert told.value.code == "E278"


def test_what_people_write_stands_under_its_heading_and_other_headings_are_told(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.md"
    file.write_text("## VI. Khó khăn, vướng mắc và nguyên nhân\n- Sóng yếu\n\nThiếu người\n", encoding="utf-8")
    found = read_notes(file, "bao-cao.md")
    assert found == {"difficulties": (Words("Sóng yếu", is_listed=True), Words("Thiếu người"))}
    file.write_text("lời lạc\n# Mục lạ\nlời\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as told:
        read_notes(file, "bao-cao.md")
    assert [(each.code, each.place.line) for each in told.value.problems() if each.place] == [("E277", 1), ("E276", 2)]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ((2025, 5, 1), (2025, 5, 31), "tháng 5 năm 2025"),
        ((2025, 4, 1), (2025, 6, 30), "quý II năm 2025"),
        ((2025, 10, 1), (2025, 12, 31), "quý IV năm 2025"),
        ((2025, 1, 1), (2025, 6, 30), "6 tháng đầu năm 2025"),
        ((2025, 7, 1), (2025, 12, 31), "6 tháng cuối năm 2025"),
        ((2025, 1, 1), (2025, 12, 31), "năm 2025"),
        ((2025, 2, 1), (2025, 4, 30), "từ ngày 01/02/2025 đến ngày 30/4/2025"),
        ((2024, 12, 1), (2025, 2, 28), "từ ngày 01/12/2024 đến ngày 28/02/2025"),
        ((2025, 5, 1), (2025, 5, 30), "từ ngày 01/5/2025 đến ngày 30/5/2025"),
    ],
)
def test_a_period_is_called_as_offices_call_it(
    first: tuple[int, int, int], last: tuple[int, int, int], name: str
) -> None:
    assert Period(date(*first), date(*last)).name() == name


def test_a_long_subject_stands_in_lines_of_nearly_the_same_length() -> None:
    document = Document()
    subject = (
        "Kết quả thực hiện Kế hoạch tuyên truyền về sử dụng dịch vụ công trực tuyến toàn trình, một phần "
        "trên địa bàn thị xã Sơn Tây"
    )
    title(document, "BÁO CÁO", subject)
    kind, told, _ = document.paragraphs
    assert (kind.text, told.text) == ("BÁO CÁO", subject)
    left, right = told.paragraph_format.left_indent, told.paragraph_format.right_indent
    room, whole = TEXT_WIDTH - left.mm - right.mm, breadth(subject, 14, bold=True)
    lines = -(-whole // room)
    assert left == right
    assert lines == 2
    assert whole / lines > 0.8 * room
