"""How broad words are in Times New Roman: the decree asks for rules as long as the line above them."""

from __future__ import annotations

import re
import unicodedata

_FIRST = ord(" ")
# Advances from space to tilde, in thousandths of the size; a letter with marks is as broad as the bare one.
_REGULAR = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 "
    "564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 "
    "722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 "
    "278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 "
    "570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 "
    "722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 "
    "333 556 500 722 500 500 444 394 220 394 520"
)
_ADVANCES = {bold: tuple(map(int, widths.split())) for bold, widths in ((False, _REGULAR), (True, _BOLD))}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OTHERS = 500
_MM_A_POINT = 25.4 / 72


def writable(text: str) -> str:
    """``text`` without the signs that no XML file can hold: control characters, halves of letters."""
    return _NOT_IN_XML.sub("", text)


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """The breadth of ``text`` set in Times New Roman of ``size`` points, in millimetres."""
    bare = unicodedata.normalize("NFD", text.translate({ord("Đ"): "D", ord("đ"): "d"}))
    widths = _ADVANCES[bold]
    total = 0
    for letter in bare:
        place = ord(letter) - _FIRST
        if not unicodedata.combining(letter):
            total += widths[place] if 0 <= place < len(widths) else _OTHERS
    return total / 1000 * size * _MM_A_POINT
