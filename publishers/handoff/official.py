"""The Word file of an official letter, laid out as Decree 30/2020/NĐ-CP, appendix I, asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from loa.text import nfc
from publishers.handoff.blocks import Block, blocks
from publishers.handoff.task import Task

LETTER = "cong-van.docx"
_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_SIZE = 14
_SMALL = 12
_NOTE = 11
_MARKS = {"bullets": "- ", "numbers": "{}. ", "paragraph": ""}


def write_letter(task: Task, folder: Path) -> None:
    """Head, addressee, text, signature; number and day stay open for the registry clerk."""
    document = Document()
    _page(document)
    _head(document, task)
    _line(document, f"Kính gửi: {task.setting('recipient')}", before=12)
    whole = blocks(nfc(task.message.text))
    for block in whole:
        _block(document, block, last=block is whole[-1])
    _foot(document, task)
    document.core_properties.title = task.message.title
    document.core_properties.author = task.setting("body")
    document.save(str(folder / LETTER))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)


def _head(document: Any, task: Task) -> None:
    left, right = _columns(document, 65, 100)
    if superior := task.setting("superior"):
        _say(left, superior.upper(), size=_SMALL)
    _say(left, task.setting("body").upper(), bold=True, size=_SMALL)
    _rule(left, 22)
    symbol = task.setting("symbol")
    _say(left, f"Số:          /{symbol}" if symbol else "Số:", size=_SMALL, before=6)
    _say(left, f"V/v {task.message.title}", size=12)
    _say(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=_SMALL)
    _say(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    _rule(right, 20)
    _say(right, f"{task.setting('place')}, ngày      tháng      năm {task.deadline.year}", italic=True, before=6)


def _block(document: Any, block: Block, *, last: bool) -> None:
    for number, pieces in enumerate(block.lines, start=1):
        words = _MARKS[block.kind].format(number) + "".join(piece.text for piece in pieces)
        if last and number == len(block.lines):
            words = words.rstrip().removesuffix("./.").rstrip(".") + "./."
        _line(document, words)


def _foot(document: Any, task: Task) -> None:
    document.add_paragraph()
    left, right = _columns(document, 80, 85)
    _say(left, "Nơi nhận:", bold=True, italic=True, size=12, centre=False)
    for receiver in ("Như trên;", *filter(None, (task.setting("copies_to"),)), "Lưu: VT."):
        _say(left, f"- {receiver}", size=_NOTE, centre=False)
    for part in task.setting("signer").split("/"):
        _say(right, part.strip().upper(), bold=True)


def _columns(document: Any, left: int, right: int) -> tuple[Any, Any]:
    """Two cells side by side, widths in millimetres."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)  # LibreOffice reads the column's width, Word that of the cell
    return cells[0], cells[1]


def _say(cell: Any, text: str, *, size: int = _SIZE, before: int = 0, centre: bool = True, **look: bool) -> Any:
    """One more line in a cell, which begins with an empty one of its own."""
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    paragraph.alignment = _CENTRE if centre else None
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run.font, name, value)
    return paragraph


def _rule(cell: Any, inset: int) -> None:
    """The short rule under the name of the body and under the motto; ``inset``: millimetres free on either side."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(inset)
    paragraph.paragraph_format.line_spacing = Pt(3)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders of its own
    properties.insert_element_before(border, "w:spacing", "w:ind", "w:jc")  # Word reads them in this order only


def _line(document: Any, text: str, *, before: int = 6) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _BOTH
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.line_spacing = 1.15
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.add_run(text).font.size = Pt(_SIZE)
