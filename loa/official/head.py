"""Head and foot of a paper: the nation's name, the body, number, place and day, title, signature, receivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.shared import Mm

from loa.official.page import SIZE, TEXT_WIDTH
from loa.official.tables import columns
from loa.official.widths import breadth
from loa.official.words import rule, say

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT = 70, TEXT_WIDTH - 70
_SMALL, _MOTTO, _NOTE = 12, 13, 11
_FILLED = 0.94
"""How much of a line's room words may take that are to stand on it whatever font the machine has."""
_SHORT = 0.4
"""How long the rule under a name or a subject is, of its line: the decree asks for a third to a half."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, from where. ``symbol`` follows the number: ``BC-UBND``."""

    body: str
    symbol: str
    town: str
    day: str
    """As ``blank_day`` gives it."""
    parent: str = ""
    subject: str = ""
    """Under the number, for letters only."""


def blank_day(year: int) -> str:
    """A day that the registry clerk fills in."""
    return f"ngày      tháng      năm {year}"


def head(document: Any, letterhead: Letterhead) -> None:
    """Left the body over its number, right the nation's name and motto over place and day."""
    left, right = columns(document, _LEFT, _RIGHT)
    for text in _even(letterhead.parent.upper(), _LEFT, _SMALL, bold=False):
        say(left, text, size=_SMALL)
    body = _even(letterhead.body.upper(), _LEFT, _SMALL, bold=True)
    for text in body:
        say(left, text, bold=True, size=_SMALL)
    rule(left, _LEFT, breadth(body[-1], _SMALL, bold=True) * _SHORT)
    symbol = letterhead.symbol
    say(left, f"Số:          /{symbol}" if symbol else "Số:", size=_MOTTO, before=6)
    if letterhead.subject:
        say(left, f"V/v {letterhead.subject}", size=_SMALL)
    say(right, NATION, bold=True, size=_SMALL)
    say(right, MOTTO, bold=True, size=_MOTTO)
    rule(right, _RIGHT, breadth(MOTTO, _MOTTO, bold=True))
    say(right, f"{letterhead.town}, {letterhead.day}", italic=True, size=_MOTTO, before=6)


def _even(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """As few lines as fit in ``room`` (mm), of nearly the same length: no word stands alone on the last one."""
    words = text.split()

    @cache
    def in_lines(start: int, count: int) -> tuple[float, tuple[str, ...]]:
        """The words from ``start`` in so many lines whose longest is as short as can be: its length, and they."""
        if count == 1:
            rest = " ".join(words[start:])
            return breadth(rest, size, bold=bold), (rest,)
        tries = []
        for end in range(start + 1, len(words) - count + 2):
            first = " ".join(words[start:end])
            longest, others = in_lines(end, count - 1)
            tries.append((max(breadth(first, size, bold=bold), longest), (first, *others)))
        return min(tries, key=lambda each: each[0])

    for count in range(1, len(words) + 1):
        longest, lines = in_lines(0, count)
        if longest <= room:
            return list(lines)
    return words


def title(document: Any, kind: str, subject: str) -> None:
    """The kind of the paper and what it is about, with a rule under it."""
    say(document, kind, bold=True, before=18)
    lines: list[str] = []
    for text in filter(None, subject.split("\n")):
        lines = _even(text, TEXT_WIDTH * _FILLED, SIZE, bold=True)
        look = say(document, text, bold=True).paragraph_format
        if len(lines) > 1:  # the machine's own letters may be wider: the paragraph is made narrow, not cut into lines
            room = max(breadth(each, SIZE, bold=True) for each in lines) / _FILLED
            look.left_indent = look.right_indent = Mm((TEXT_WIDTH - room) / 2)
    rule(document, TEXT_WIDTH, breadth(lines[-1], SIZE, bold=True) * _SHORT)


def sign(document: Any, receivers: Sequence[str], signer_title: str, signer: str = "") -> None:
    """Left who receives the paper, right who signs it: authority and title, room for the signature, the name."""
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    left, right = columns(document, 80, TEXT_WIDTH - 80)
    say(left, "Nơi nhận:", bold=True, italic=True, size=_SMALL, centre=False)
    for receiver in receivers:
        say(left, f"- {receiver}", size=_NOTE, centre=False)
    for part in signer_title.split("/"):
        say(right, part.strip().upper(), bold=True)
    if signer:
        for _ in range(4):
            say(right, "")
        say(right, signer, bold=True)
    _together(left, right)


def _together(*cells: Any) -> None:
    """A signature is not torn from its page's last words."""
    for cell in cells:
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True
