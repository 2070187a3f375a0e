"""The Word file of an official letter, laid out as Decree 30/2020/NĐ-CP, appendix I, asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from loa.official import Letterhead, blank_day, head, line, new_paper, number_pages, sign
from loa.text import nfc
from publishers.handoff.blocks import Block, blocks
from publishers.handoff.task import Task

LETTER = "cong-van.docx"
_MARKS = {"bullets": "- ", "numbers": "{}. ", "paragraph": ""}


def write_letter(task: Task, folder: Path) -> None:
    """Head, addressee, text, signature; number and day stay open for the registry clerk."""
    document = new_paper()
    number_pages(document.sections[0])
    head(
        document,
        Letterhead(
            body=task.setting("body"),
            symbol=task.setting("symbol"),
            town=task.setting("place"),
            day=blank_day(task.deadline.year),
            parent=task.setting("superior"),
            subject=task.message.title,
        ),
    )
    line(document, f"Kính gửi: {task.setting('recipient')}", before=12)
    whole = blocks(nfc(task.message.text))
    for block in whole:
        _block(document, block, last=block is whole[-1])
    copies = filter(None, (task.setting("copies_to"),))
    sign(document, ("Như trên;", *copies, "Lưu: VT."), task.setting("signer"))
    document.core_properties.title = task.message.title
    document.core_properties.author = task.setting("body")
    document.save(str(folder / LETTER))


def _block(document: Any, block: Block, *, last: bool) -> None:
    for number, pieces in enumerate(block.lines, start=1):
        words = _MARKS[block.kind].format(number) + "".join(piece.text for piece in pieces)
        if last and number == len(block.lines):
            words = words.rstrip().removesuffix("./.").rstrip(".") + "./."
        line(document, words)
