"""Secrets of the tests, planted so that a leak can be found: made at run time, they stand nowhere in the sources.

Every value has ``STEM`` in it, so that even a part of one gives itself away. Only a token by which a sandbox names
the account (X) must do without: its account stands in the journal.
"""

import base64
import hashlib
import re
from collections.abc import Mapping


def _made(name: str, length: int) -> str:
    return hashlib.sha256(f"loa planted {name}".encode()).hexdigest()[:length]


def _digits(name: str, length: int) -> str:
    return str(int(_made(name, 16), 16))[-length:]


STEM = f"Zq{_made('stem', 10)}"
_NAMES = (
    "facebook-page-token",
    "facebook-other-page-token",
    "zalo-app-secret",
    "x-consumer-key",
    "x-consumer-secret",
    "x-access-token-secret",
    "sms-api-key",
    "sms-secret-key",
    "passphrase",
    "unused-secret",
)
X_ACCESS_TOKEN = "x-access-token"
X_USER = f"2{_digits('x-user', 12)}"
"""The id of the account behind it, which is no secret."""
PLANTED: Mapping[str, str] = {name: f"sandbox-{STEM}{_made(name, 16)}" for name in _NAMES} | {
    X_ACCESS_TOKEN: f"sandbox-{X_USER}"
}
PHONE_STEM = f"9{_digits('phone', 6)}"
"""Seven of the nine digits that follow 0 or +84."""


_FEW = 100
MANY_STEM = f"90{_digits('many phones', 3)}"
"""Five of the nine digits of the 10,000 numbers that follow the first hundred."""


def phone(number: int) -> str:
    """A planted mobile number as people write it: 0 to 10,099."""
    return f"0{PHONE_STEM}{number:02}" if number < _FEW else f"0{MANY_STEM}{number - _FEW:04}"


def environment() -> dict[str, str]:
    """What every process of the tests is given, so that a dump of its environment would show."""
    return {"LOA_PASSPHRASE": PLANTED["passphrase"], "LOA_SECRET_KHONG_AI_DUNG": PLANTED["unused-secret"]}


def _base64_of(text: bytes) -> dict[str, bytes]:
    """How ``text`` looks inside Base64, whatever stands before and after it."""
    found = {}
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + text)
        first = -(-offset * 4 // 3) + (offset > 0)
        found[f"a planted secret in Base64 ({offset})"] = whole[first : (len(text) + offset) // 3 * 4]
    return found


_PLAIN = "a part of a planted secret"
_NEEDLES = {
    _PLAIN: STEM.encode(),
    X_ACCESS_TOKEN: PLANTED[X_ACCESS_TOKEN].encode(),
    "a planted secret in hex": STEM.encode().hex().encode(),
    **_base64_of(STEM.encode()),
}
_GIVEN = re.compile(rb"sandbox-given-[\w-]{32}")
"""A token that a sandbox gave during the tests: it belongs, sealed, into the book."""
_PHONE = re.compile(rf"(?<![0-9a-fA-F.])(?:\+?84|0)?{PHONE_STEM}\d\d(?![0-9a-fA-F])".encode())


def found_in(data: bytes) -> list[str]:
    """The names of the planted values in ``data``; never the values."""
    names = [name for name, needle in _NEEDLES.items() if needle in data]
    if _PLAIN in names:
        whole = [name for name, value in PLANTED.items() if value.encode() in data and name != X_ACCESS_TOKEN]
        names = [*whole, *names[1:]] if whole else names
    if _GIVEN.search(data):
        names.append("a token that a sandbox gave")
    if (PHONE_STEM.encode() in data and _PHONE.search(data)) or numbers_in(data, bare=False):
        names.append("a planted phone number")
    return names


_BETWEEN = rb"[ .()\xa0-]{0,2}"
_MANY = [
    re.compile(_BETWEEN.join(rb"%c" % each for each in MANY_STEM.encode()) + rb"((?:" + _BETWEEN + rb"\d){4})(?!\d)"),
    re.compile(MANY_STEM.encode() + rb"(\d{4})(?!\d)"),
]
_IN_FRONT = re.compile(rb"(?<![\da-fA-F])(?:\+?84|0084|0)[ .()\xa0-]{0,2}$")
_NOTHING_IN_FRONT = re.compile(rb"(?:^|[^\da-fA-F.])$")


def numbers_in(data: bytes, *, bare: bool) -> set[int]:
    """Which of the 10,000 numbers stand in ``data``, however they are spaced: with 0, 84 or +84 in front.

    With ``bare`` without anything in front, too: among other data that may be chance, as any nine digits may.
    """
    found = set()
    for pattern in _MANY if MANY_STEM[:2].encode() in data else ():
        for match in pattern.finditer(data):
            before = data[max(match.start() - 7, 0) : match.start()]
            if _IN_FRONT.search(before) or (bare and _NOTHING_IN_FRONT.search(before)):
                found.add(int(re.sub(rb"\D", b"", match[1])) + _FEW)
    return found
