"""The appendix: every message word for word in both forms, as a Word file to sign and as CSV to copy from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from loa.dossier.model import Dossier, MessageForm, Round
from loa.messages import short_date
from loa.official import new_paper, on_its_side, say, table

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
    document = new_paper()
    on_its_side(document.sections[0])
    say(document, "PHỤ LỤC", bold=True)
    say(document, f"Nội dung tin nhắn tuyên truyền “{dossier.campaign}”", bold=True)
    say(document, f"(Kèm theo Công văn số          ngày      tháng      năm      của {dossier.body})", italic=True)
    rows = [_row(number, each) for number, each in enumerate(dossier.rounds, start=1)]
    table(document, _HEAD, rows, _WIDTHS, ("centre", "left", "left", "left", "left"), size=_SIZE)
    document.core_properties.title = f"Phụ lục: {dossier.campaign}"
    document.core_properties.author = dossier.body
    return document


def _row(number: int, each: Round) -> tuple[str, ...]:
    forms = dict(_forms(each))
    accented = _told(each.accented) if "có dấu" in forms else "(Tin soạn không dấu)"
    plain = _told(each.plain) if each.plain else "Không viết được thành bản không dấu"
    return (str(number), accented, plain, "\n".join(_times(each)), _places(each))


def _told(form: MessageForm) -> str:
    return f"{form.text}\n\n({form.characters} ký tự, {form.encoding}, {form.parts} phần tin)"


def _times(each: Round) -> list[str]:
    return [f"{moment:%H:%M} {short_date(moment.date())}" for moment in each.times]


def _places(each: Round) -> str:
    return "\n".join(each.areas)
