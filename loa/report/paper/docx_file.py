"""The report as a Word file in the layout of Decree 30/2020/NĐ-CP, or in the office's own template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from loa.official import Letterhead, blank_day, head, line, new_paper, number_pages, say, sign, table, title
from loa.official.page import TEXT_WIDTH
from loa.report.blocks import Blank, Block, Grid, Picture, Section, Words
from loa.report.paper.appendix import write_appendix
from loa.report.paper.period import on_paper
from loa.report.paper.sections import sections_of
from loa.report.paper.source import Source
from loa.report.paper.template import fill, open_template

FILE = "bao-cao.docx"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Points of a list go by the Vietnamese alphabet."""
REHEARSAL = "SỐ LIỆU DIỄN TẬP: không có nội dung nào dưới đây được phát thật"


def write_docx(source: Source, path: Path, template: Path | None = None) -> None:
    """Write the report to ``path``.

    Raises:
        LoaError: E275, E278, E279, the template cannot be used.
    """
    if template is None:
        document = new_paper()
        number_pages(document.sections[0])
        _own_head(document, source)
        _body(document, source)
        _own_foot(document, source)
    else:
        document = open_template(template)
        fill(document, template, texts_of(source), lambda: _body(document, source))
    write_appendix(document, source)
    document.core_properties.title = f"Báo cáo: {source.plan.title}"
    document.core_properties.author = source.plan.body.name
    document.core_properties.created = document.core_properties.modified = source.now.replace(tzinfo=None)
    document.save(str(path))


def subject_of(source: Source) -> str:
    """What the report is about, in two lines."""
    kind = "Tổng kết thực hiện" if source.is_final else "Kết quả thực hiện"
    return f"{kind} {source.plan.title}\n({source.period.name()})"


def texts_of(source: Source) -> dict[str, str]:
    """What a template of the office may ask for."""
    body = source.plan.body
    return {
        "TEN_CO_QUAN": body.name.upper(),
        "CO_QUAN_CHU_QUAN": body.parent.upper(),
        "SO_KY_HIEU": f"         /BC-{body.short_name}",
        "DIA_DANH": body.town,
        "NGAY": blank_day(source.now.astimezone(source.stand.ground.zone).year),
        "TRICH_YEU": subject_of(source),
        "KY_BAO_CAO": source.period.name(),
        "KINH_GUI": body.reports_to[0],
        "CHUC_DANH": "\n".join(part.strip() for part in body.signer_title.split("/")),
        "NGUOI_KY": body.signer,
        "NOI_NHAN": "\n".join(f"- {each}" for each in _receivers(source)),
    }


def _own_head(document: Any, source: Source) -> None:
    body, texts = source.plan.body, texts_of(source)
    head(document, Letterhead(body.name, f"BC-{body.short_name}", body.town, texts["NGAY"], body.parent))
    title(document, "BÁO CÁO", subject_of(source))
    say(document, f"Kính gửi: {body.reports_to[0]}.", before=12)


def _own_foot(document: Any, source: Source) -> None:
    body = source.plan.body
    sign(document, _receivers(source), body.signer_title, body.signer)


def _receivers(source: Source) -> tuple[str, ...]:
    """The first to whom the plan reports is addressed, the others get a copy."""
    return ("Như trên;", *(f"{each};" for each in source.plan.body.reports_to[1:]), "Lưu: VT.")


def _body(document: Any, source: Source) -> None:
    """From the opening sentence to the closing one."""
    if source.rehearsal:
        say(document, REHEARSAL, bold=True, before=12)
    body = source.plan.body.name
    line(
        document, f"Thực hiện {source.plan.document}, {body} báo cáo kết quả {source.period.name()} như sau:", before=12
    )
    for number, section in enumerate(sections_of(source)):
        _section(document, _ROMAN[number], section)
    until = on_paper(source.period.last)
    last = line(document, f"Trên đây là báo cáo kết quả đến hết ngày {until} của {body}./.", before=12)
    last.paragraph_format.keep_with_next = True  # no signature stands alone on a page


def _section(document: Any, number: str, section: Section) -> None:
    _heading(document, f"{number}. {section.title.upper()}")
    _blocks(document, section.blocks)
    for place, part in enumerate(section.parts, start=1):
        _heading(document, f"{place}. {part.title}")
        _blocks(document, part.blocks)


def _heading(document: Any, text: str) -> None:
    paragraph = line(document, text, bold=True)
    paragraph.paragraph_format.keep_with_next = True


def _blocks(document: Any, blocks: Sequence[Block]) -> None:
    letters: Iterator[str] = iter(_LETTERS)
    for block in blocks:
        if isinstance(block, Words):
            letter = next(letters, "") if block.is_listed else ""
            line(document, f"{letter}) {block.text}" if letter else f"{'- ' * block.is_listed}{block.text}")
        elif isinstance(block, Grid):
            write_grid(document, block, TEXT_WIDTH)
        elif isinstance(block, Picture):
            _picture(document, block)
        else:
            _dotted(document, block)
        if not (isinstance(block, Words) and block.is_listed):
            letters = iter(_LETTERS)


def write_grid(document: Any, grid: Grid, width: float, size: float = 12) -> None:
    """A table as broad as ``width`` millimetres."""
    if grid.caption:
        say(document, grid.caption, italic=True, before=6)
    room = document.add_paragraph()
    room.paragraph_format.line_spacing = Mm(2)
    room.paragraph_format.keep_with_next = True
    shares = sum(column.share for column in grid.columns if not column.millimetres)
    left = width - sum(column.millimetres for column in grid.columns)
    widths = [column.millimetres or left * column.share / shares for column in grid.columns]
    headings = [column.heading for column in grid.columns]
    table(document, headings, grid.rows, widths, [column.place for column in grid.columns], size=size)


def _picture(document: Any, picture: Picture) -> None:
    paragraph = say(document, "", before=6)
    shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Mm(TEXT_WIDTH - 5))
    shape._inline.docPr.set("descr", picture.alt)  # noqa: SLF001 - python-docx has no words for who cannot see
    legend = "Thanh đậm: hiện nay; thanh mảnh: đầu kỳ; vạch đỏ: mục tiêu."
    say(document, legend, size=11, italic=True)


def _dotted(document: Any, blank: Blank) -> None:
    for _ in range(blank.lines):
        paragraph = line(document, "\t", indent=0)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
