"""The appendix: every message word for word in both forms, as a Word file to sign and as CSV to copy from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from loa.dossier.model import Dossier, MessageForm, Round
from loa.messages import short_date

WORD, SHEET = "phu-luc-noi-dung-tin.docx", "phu-luc-noi-dung-tin.csv"
_HEAD = ("STT", "Nội dung có dấu", "Nội dung không dấu", "Thời điểm nhắn", "Địa bàn")
_WIDTHS = (14, 84, 84, 38, 37)
"""In millimetres; together what an A4 sheet on its side has between its margins."""
_COLUMNS = ("stt", "tin", "dang", "noi_dung", "bang_ma", "so_ky_tu", "so_phan", "thoi_diem", "dia_ban")
_SIZE = 12


def write_appendix(dossier: Dossier, folder: Path) -> tuple[Path, Path]:
    """Write both files of the appendix into ``folder``; gives the Word file and the CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    word, sheet = folder / WORD, folder / SHEET
    _document(dossier).save(str(word))
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:  # Excel knows UTF-8 by the mark only
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_rows(dossier))
    return word, sheet


def _rows(dossier: Dossier) -> Iterator[Sequence[str]]:
    for number, each in enumerate(dossier.rounds, start=1):
        for name, form in _forms(each):
            if form is not None:
                size = (form.encoding, str(form.characters), str(form.parts))
                when, where = "; ".join(_times(each)), "; ".join(each.areas)
                yield tuple(_harmless(cell) for cell in (str(number), each.item, name, form.text, *size, when, where))


def _forms(each: Round) -> tuple[tuple[str, MessageForm | None], ...]:
    """Both forms under their names; a message that was written without diacritics has one only."""
    if each.plain is not None and each.plain.text == each.accented.text:
        return (("không dấu", each.plain),)
    return ("có dấu", each.accented), ("không dấu", each.plain)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _document(dossier: Dossier) -> Any:
    document = Document()
    _page(document)
    _centred(document, "PHỤ LỤC", bold=True)
    _centred(document, f"Nội dung tin nhắn tuyên truyền “{dossier.campaign}”", bold=True)
    _centred(document, f"(Kèm theo Công văn số          ngày      tháng      năm      của {dossier.body})", italic=True)
    table = document.add_table(rows=1, cols=len(_HEAD), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)  # LibreOffice reads the columns' widths, Word those of the cells
    _fill(table.rows[0], _HEAD, bold=True)
    _repeat_on_each_page(table.rows[0])
    for number, each in enumerate(dossier.rounds, start=1):
        forms = dict(_forms(each))
        accented = _told(each.accented) if "có dấu" in forms else "(Tin soạn không dấu)"
        plain = _told(each.plain) if each.plain else "Không viết được thành bản không dấu"
        _fill(table.add_row(), (str(number), accented, plain, "\n".join(_times(each)), _places(each)))
    document.core_properties.title = f"Phụ lục: {dossier.campaign}"
    document.core_properties.author = dossier.body
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(_SIZE)
    style.paragraph_format.space_after = Pt(0)


def _centred(document: Any, text: str, **look: bool) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(4)
    run = paragraph.add_run(text)
    for name, value in look.items():
        setattr(run.font, name, value)


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if bold or text.isdecimal() else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.add_run(text).font.bold = bold
    row._tr.get_or_add_trPr().append(_mark("w:cantSplit"))  # noqa: SLF001 - python-docx has no word for a row in one piece


def _repeat_on_each_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_mark("w:tblHeader"))  # noqa: SLF001 - nor for a head that is repeated


def _mark(name: str) -> Any:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    return mark


def _told(form: MessageForm) -> str:
    return f"{form.text}\n\n({form.characters} ký tự, {form.encoding}, {form.parts} phần tin)"


def _times(each: Round) -> list[str]:
    return [f"{moment:%H:%M} {short_date(moment.date())}" for moment in each.times]


def _places(each: Round) -> str:
    return "\n".join(each.areas)
