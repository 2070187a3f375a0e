"""Which pages a document has, what flows over them, and how they lie on sheets."""

import pytest
from support.paper import CONTENTS, COVER, PAD, document_yaml, flow, paged, pdf_of, texts
from support.pictures import add_template

from loa.errors import LoaError
from loa.render import Order, check_orders
from loa.render.print.blocks import blocks_of
from loa.render.print.document import Document, make_document
from loa.render.print.paper import POINT
from loa.workspace import Workspace

PARAGRAPHS = [f"Đoạn thứ {number}: " + "bà con nộp hồ sơ ngay tại nhà. " * (number % 5 + 2) for number in range(1, 15)]


def made(ws: Workspace, *pages: str, more: str = "", most: int = 60, multiple: int = 1, **data: object) -> Document:
    add_template(ws, "documents/thu", document_yaml(*pages, more=more, most=most, multiple=multiple))
    return paged(ws, "documents/thu", **data)


def refusal(ws: Workspace, *pages: str, more: str = "", most: int = 60, **data: object) -> LoaError:
    with pytest.raises(LoaError) as refused:
        made(ws, *pages, more=more, most=most, **data)
    return refused.value


def sections(count: int) -> list[dict[str, str]]:
    return [{"title": f"Mục {number}", "text": "Một đoạn ngắn."} for number in range(1, count + 1)]


# -- text


def test_markdown_becomes_headings_paragraphs_lists_steps_and_notes() -> None:
    text = "### Đầu mục\nMột đoạn\nviết hai dòng.\n\n- ý một,\n  còn nữa\n- **ý hai**, [xem](https://a.vn)\n"
    text += "\n1. bước đầu\n2) bước hai\n\n> nhớ\n> kỹ"
    assert [(block["kind"], block["number"], block["text"]) for block in blocks_of(text)] == [
        ("heading", "", "Đầu mục"),
        ("paragraph", "", "Một đoạn viết hai dòng."),
        ("bullet", "", "ý một, còn nữa"),
        ("bullet", "", "ý hai, xem"),
        ("step", "1", "bước đầu"),
        ("step", "2", "bước hai"),
        ("note", "", "nhớ kỹ"),
    ]


def test_a_long_text_goes_on_page_after_page_and_nothing_is_lost(ws: Workspace) -> None:
    read = texts(pdf_of(made(ws, flow(), body="\n\n".join(PARAGRAPHS))))
    assert len(read) > 2
    whole = " ".join(read).replace(" ", "")
    assert all(paragraph.strip().replace(" ", "") in whole for paragraph in PARAGRAPHS)
    assert [page.split("/")[0].split()[-1] for page in read] == [str(number) for number in range(1, len(read) + 1)]


def blocks_by_page(document: Document) -> list[list[str]]:
    return [[block["kind"] for block in page.plan.scope.find("blocks")] for page in document.pages]


def test_no_page_ends_with_a_heading_and_the_last_is_not_nearly_empty(ws: Workspace) -> None:
    for count in range(6, 15):
        body = "\n\n".join(f"### Đầu mục\n\n{paragraph}" for paragraph in PARAGRAPHS[:count])
        document = made(ws, flow(), body=body)
        assert document.problems() == []
        pages = blocks_by_page(document)
        assert sum(map(len, pages)) == 2 * count
        assert all(page[-1] == "paragraph" for page in pages)
        assert len(pages[-1]) >= 3


def test_a_paragraph_longer_than_a_page_is_refused_with_its_words(ws: Workspace) -> None:
    error = refusal(ws, flow(), body="### Đầu mục\n\nĐoạn dài này " + "nói mãi không hết, " * 200)
    assert error.code == "E462"
    assert "Đoạn dài này" in dict(error.params)["text"]


def test_a_page_that_overflows_by_itself_is_told_by_its_number(ws: Workspace) -> None:
    wide = COVER.replace("{{ title }}", "Chữ này dài quá một dòng nên không thể nằm vừa trong trang giấy")
    problems = made(ws, COVER, wide, title="Vừa").problems()
    assert [(problem.code, problem.params["template"]) for problem in problems if problem.code == "E431"] == [
        ("E431", "documents/thu/a6, trang 2")
    ]


def test_too_many_pages_are_refused(ws: Workspace) -> None:
    error = refusal(ws, flow("sections"), most=4, sections=sections(5))
    assert (error.code, dict(error.params)) == ("E461", {"template": "documents/thu", "most": "4"})


def test_the_longest_text_that_a_field_may_hold_is_refused_when_its_pages_are_too_many(ws: Workspace) -> None:
    assert refusal(ws, flow(), most=3, body="Một đoạn ngắn.\n\n" * 600).code == "E461"


def test_a_section_without_text_has_its_title_and_one_without_title_its_text(ws: Workspace) -> None:
    read = texts(pdf_of(made(ws, flow("sections"), sections=[{"title": "Chỉ có tên"}, "Chỉ có lời"])))
    assert ["Chỉ có tên" in read[0], "Chỉ có lời" in read[1], len(read)] == [True, True, 2]


def test_check_finds_what_is_wrong_with_a_document_without_making_it(ws: Workspace) -> None:
    add_template(ws, "documents/thu", document_yaml(flow("sections"), most=4))
    asked = Order("documents/thu", "a6", {"sections": sections(5)})
    assert [problem.code for problem in check_orders(ws, [asked])] == ["E461"]


def test_the_contents_tell_the_pages_on_which_the_sections_begin(ws: Workspace) -> None:
    long = {"title": "Mục dài", "text": "\n\n".join(PARAGRAPHS)}
    document = made(ws, COVER, CONTENTS, flow("sections"), title="Sổ", sections=[*sections(1), long, *sections(1)])
    read = texts(pdf_of(document))
    assert "1. Mục 1: 3 2. Mục dài: 4" in read[1]
    assert f"3. Mục 1: {len(read)}" in read[1]
    assert "Mục dài" in read[3]


def test_a_spoken_text_is_written_as_it_is_read_with_its_minutes(ws: Workspace) -> None:
    (read,) = texts(pdf_of(made(ws, flow(spoken=True), body="Gọi 1022 trước ngày 10/10. " * 6)))
    assert "Gọi một không hai hai trước ngày mười tháng mười." in read
    assert read.split()[-1] == "0,4"


def test_a_code_that_no_phone_would_read_from_the_page_is_refused_with_its_page(ws: Workspace) -> None:
    hidden = """\
  - box:
      kind: stack
      children:
        - { kind: qr, value: "https://dichvucong.gov.vn", size: 600, color: black }
        - { kind: column, width: 300, height: 300, fill: gold }
"""
    add_template(ws, "documents/thu", document_yaml(COVER, hidden))
    with pytest.raises(LoaError) as refused:
        make_document(ws, Order("documents/thu", "a6", {"title": "Có mã"}))
    assert (refused.value.code, refused.value.params["template"]) == ("E480", "documents/thu/a6, trang 2")


# -- sheets

BOOKLET = ", impose: {{ width: 210, height: 148, across: 1, order: booklet }}"


def booklet(ws: Workspace, count: int) -> Document:
    more = BOOKLET.replace("{{", "{").replace("}}", "}")
    text = document_yaml(COVER, flow("sections"), PAD, COVER, more=more, multiple=4).replace("bleed: 3", "bleed: 0")
    add_template(ws, "documents/so", text)
    return paged(ws, "documents/so", title="Sổ", sections=sections(count))


@pytest.mark.parametrize(("count", "pages"), [(1, 4), (2, 4), (3, 8), (6, 8), (7, 12)])
def test_a_booklet_is_filled_up_to_whole_sheets(ws: Workspace, count: int, pages: int) -> None:
    document = booklet(ws, count)
    assert len(document.pages) == pages
    assert texts(pdf_of(document))[0].split()[:2] == ["Sổ", "Sổ"]  # the back cover, and beside it the front


@pytest.mark.parametrize("count", [1, 6, 10])
def test_sheets_folded_and_laid_in_one_another_read_in_order(ws: Workspace, count: int) -> None:
    document = booklet(ws, count)
    sides = [tuple(spot.page for spot in paper.spots) for paper in document.papers]
    front_half = [page for front, back in zip(sides[::2], sides[1::2], strict=True) for page in (front[1], back[0])]
    back_half = [page for front, back in zip(sides[::2], sides[1::2], strict=True) for page in (front[0], back[1])]
    assert front_half + back_half[::-1] == list(range(len(document.pages)))


def test_a_booklet_that_is_not_a_multiple_of_four_is_refused(ws: Workspace) -> None:
    more = BOOKLET.replace("{{", "{").replace("}}", "}")
    add_template(ws, "documents/so", document_yaml(COVER, COVER, more=more).replace("bleed: 3", "bleed: 0"))
    with pytest.raises(LoaError) as refused:
        paged(ws, "documents/so", title="Hai trang")
    assert (refused.value.code, refused.value.params["pages"]) == ("E465", "2")


def test_pages_that_do_not_fit_their_sheet_are_refused_with_what_is_missing(ws: Workspace) -> None:
    error = refusal(ws, COVER, more=", impose: { width: 210, height: 148, across: 2, down: 1 }", title="Chật")
    assert (error.code, error.params["missing"]) == ("E464", "6,0")


def test_ten_cards_lie_on_a_sheet_with_room_to_cut_and_backs_behind_their_fronts(ws: Workspace) -> None:
    more = ", impose: { width: 240, height: 330, across: 2, down: 2 }"
    document = made(ws, COVER, COVER, more=more, title="Thẻ")
    fronts, backs = document.papers
    assert [spot.page for spot in fronts.spots] == [0, 0, 0, 0]
    mirrored = {(round(fronts.width - spot.x - 105 * POINT, 3), round(spot.y, 3)) for spot in backs.spots}
    assert mirrored == {(round(spot.x, 3), round(spot.y, 3)) for spot in fronts.spots}
    for one in fronts.spots:
        for other in fronts.spots:
            apart = abs(one.x - other.x) / POINT - 105, abs(one.y - other.y) / POINT - 148
            assert one == other or max(apart) >= 6 - 1e-6


def test_no_mark_lies_on_a_page_of_the_sheet(ws: Workspace) -> None:
    document = made(ws, COVER, more=", impose: { width: 240, height: 330, across: 2, down: 2 }", title="Thẻ")
    (paper,) = document.papers
    assert len(paper.marks) == 16
    for x1, y1, x2, y2 in paper.marks:
        for spot in paper.spots:
            beside = max(x1, x2) < spot.x - paper.bleed or min(x1, x2) > spot.x + 105 * POINT + paper.bleed
            beyond = max(y1, y2) < spot.y - paper.bleed or min(y1, y2) > spot.y + 148 * POINT + paper.bleed
            assert beside or beyond
