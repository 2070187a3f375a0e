"""Head and foot of a paper: the nation's name, the body, number, place and day, title, signature, receivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loa.official.page import SIZE, TEXT_WIDTH
from loa.official.tables import columns
from loa.official.widths import breadth
from loa.official.words import rule, say

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT = 70, TEXT_WIDTH - 70
_SMALL, _MOTTO, _NOTE = 12, 13, 11
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
    for text in _broken(letterhead.parent.upper(), bold=False):
        say(left, text, size=_SMALL)
    body = _broken(letterhead.body.upper(), bold=True)
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


def _broken(name: str, *, bold: bool) -> list[str]:
    """A name in one line, or in two of nearly the same length where it is too long for its column."""
    words = name.split()
    if breadth(name, _SMALL, bold=bold) <= _LEFT or not words[1:]:
        return [name] if name else []
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return list(min(halves, key=lambda pair: max(breadth(each, _SMALL, bold=bold) for each in pair)))


def title(document: Any, kind: str, subject: str) -> None:
    """The kind of the paper and what it is about, with a rule under it."""
    say(document, kind, bold=True, before=18)
    lines = [part for part in subject.split("\n") if part]
    for text in lines:
        say(document, text, bold=True)
    last = min(breadth(lines[-1], SIZE, bold=True), TEXT_WIDTH)
    rule(document, TEXT_WIDTH, last * _SHORT)


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
