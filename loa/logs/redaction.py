"""Taking out what must not be in a log: known secrets, whatever looks like a token, telephone numbers."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus

GONE = "***"
_SHORTEST_SECRET = 4
_LONGEST_TEXT = 500
_DEEPEST = 6
_NUMBER_FROM = 10**8
"""A whole number of nine digits may be somebody's telephone."""

_BETWEEN = r"[\s.()/_\-\u2010-\u2015\u2212\u00b7]{0,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?:\(?(?:\+|00)?{_BETWEEN}84|0)(?:{_BETWEEN}\d){{9,10}}(?!\d)"  # 0912…, +84 24…, (0084) 9…
    r"|(?<!\d)[35789]\d{8}(?!\d)"  # as spreadsheets leave it: without its 0
)
_NAMED = re.compile(
    r"(?i)\b([\w-]*(?:token|secret|passw(?:or)?d|passphrase|api_?key|secret_?key|appsecret_proof|signature)"
    r"|authorization)(\W{0,3}[=:]\W{0,3})(?:(?:bearer|basic|oauth)\s+)?[^\s&\"',;]+"
)
_SCHEME = re.compile(r"(?i)\b(bearer|basic|oauth)(\s+)[^\s\"',;]+")
_LOGIN = re.compile(r"(://[^\s:/@]*:)[^\s@]+@")
_TOKEN = re.compile(r"[A-Za-z0-9+=/_~-]{24,}")

OWN = frozenset({"ts", "level", "event", "deliveries"})
"""Made by the log itself: left as they are."""
NAMES = frozenset(
    {"worker", "account", "channel", "code", "cause", "before", "after", "kind", "at", "logger", "thread"}
)
"""Names of things, which may be long: only known secrets and numbers are looked for."""


class Redaction:
    """Knows the secrets of this process. Threads may share it."""

    def __init__(self) -> None:
        self._hidden: frozenset[str] = frozenset()
        self._heads: frozenset[str] = frozenset()
        self._known: re.Pattern[str] | None = None

    def hide(self, *values: str) -> None:
        """From now on, take these out, also as they look in an address, in Base64 or in hex."""
        forms = {form for value in values if len(value) >= _SHORTEST_SECRET for form in _forms(value)}
        if not forms <= self._hidden:
            self._hidden |= forms
            longest_first = sorted(self._hidden, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, longest_first)))
            self._heads = frozenset(each[:_SHORTEST_SECRET] for each in self._hidden)

    def line(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """A whole line of the log."""
        return {name: value if name in OWN else self.value(value, name) for name, value in words.items()}

    def value(self, value: Any, name: str = "", depth: int = 0) -> Any:
        """Anything, as it may be written: texts and numbers cleaned, in whatever they lie."""
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, int):
            return value if abs(value) < _NUMBER_FROM else self.text(str(value))
        if isinstance(value, Mapping) and depth < _DEEPEST:
            return {self.text(str(key)): self.value(each, str(key), depth + 1) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset) and depth < _DEEPEST:
            return [self.value(each, name, depth + 1) for each in value]
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        return self.name(text) if name in NAMES else self.text(text)

    def name(self, text: str) -> str:
        """The name of something: it may be long, but it is no secret and no number."""
        return _PHONE.sub(GONE, self._without_known(text))

    def text(self, text: str) -> str:
        """A text that anybody may have written: whatever is as long as a token goes too."""
        return _TOKEN.sub(GONE, self.letter(text))[:_LONGEST_TEXT]

    def letter(self, text: str) -> str:
        """A text of our own for people, which may name long things: secrets, numbers, and what is called a token."""
        text = _NAMED.sub(rf"\1\2{GONE}", self._without_known(text))
        text = _SCHEME.sub(rf"\1\2{GONE}", text)
        return _PHONE.sub(GONE, _LOGIN.sub(rf"\1{GONE}@", text))

    def _without_known(self, text: str) -> str:
        """A thousand secrets are not searched for one by one where none of them can begin."""
        if not self._known:
            return text
        starts = range(len(text) - _SHORTEST_SECRET + 1)
        if not any(text[start : start + _SHORTEST_SECRET] in self._heads for start in starts):
            return text
        return self._known.sub(GONE, text)


def _forms(value: str) -> set[str]:
    data = value.encode()
    packed = {_inside_base64(data, offset) for offset in range(3)}
    packed |= {each.translate(str.maketrans("+/", "-_")) for each in packed}
    written = {value, quote(value, safe=""), quote_plus(value), data.hex(), data.hex().upper()}
    return {each for each in written | packed if len(each) >= _SHORTEST_SECRET}


def _inside_base64(data: bytes, offset: int) -> str:
    """How ``data`` looks in Base64 when ``offset`` bytes stand before it: the signs that depend on nothing else."""
    whole = base64.b64encode(b"\0" * offset + data).decode()
    first = -(-offset * 4 // 3) + (offset > 0)
    return whole[first : (len(data) + offset) // 3 * 4]
