"""What is known of one message, and how news raise it: the same news in any order, once or often, end the same.

A message's parts are letters, one a part, after a first letter for what was said of the message as a whole; nothing
where only the whole was ever spoken of. Each letter only rises; the fate of the message follows from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from loa.delivery import Fate, ReceiptNews

MOST_PARTS = 255
"""A long message has no more: its parts are counted in one byte."""
_LETTERS = ".abfd"
_DELIVERED, _FAILED = _LETTERS[Fate.DELIVERED], _LETTERS[Fate.FAILED]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the book knows of a message. ``code``: why it failed; only of weight while ``fate`` is FAILED."""

    fate: Fate = Fate.NOTHING
    parts: str = ""
    code: str = ""

    @property
    def partial(self) -> bool:
        """Some of its parts arrived and some never will."""
        return is_partial(self.fate, self.parts)


def is_partial(fate: Fate, parts: str) -> bool:
    """Whether a message of which one part failed has another that arrived."""
    return fate == Fate.FAILED and _DELIVERED in parts[1:]


def raised(standing: Standing, news: ReceiptNews, parts: int) -> Standing:
    """The standing after one report on a message of so many ``parts``."""
    letters = standing.parts or (_LETTERS[standing.fate] if news.part else "")
    if news.part:
        letters = letters.ljust(1 + max(parts, news.parts, news.part), ".")
    code = max(standing.code, news.code) if news.fate == Fate.FAILED else standing.code
    if not letters:
        return Standing(max(standing.fate, news.fate), "", code)
    place = news.part
    risen = max(_LETTERS.index(letters[place]), news.fate)
    letters = letters[:place] + _LETTERS[risen] + letters[place + 1 :]
    return Standing(_fate_of(letters), letters, code)


def _fate_of(letters: str) -> Fate:
    whole, told = letters[0], letters[1:]
    if whole == _DELIVERED or set(told) == {_DELIVERED}:
        return Fate.DELIVERED
    if _FAILED in letters:
        return Fate.FAILED
    on_the_way = [Fate.ACCEPTED if each == _DELIVERED else Fate(_LETTERS.index(each)) for each in letters]
    return max(on_the_way)
