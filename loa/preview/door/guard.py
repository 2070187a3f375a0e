"""What may come in at all: requests of our own pages, from a browser that was let in, and changes that it meant.

A page on the web can make a browser call us: under its own name by a link or a form (``Origin`` and ``Sec-Fetch-Site``
tell), or under a name of its own that leads to our address (``Host`` tells). Another program on this machine has its
pages under another port; for a cookie that is the same place, for these headers it is not.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from loa.preview.acts import MOST_BYTES
from loa.preview.door.address import Address
from loa.preview.door.sessions import Session

FOREIGN, NOT_LET_IN, STALE = "E803", "E870", "E871"
ENTRY = "/enter/"
_OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")
_PLAIN_FORM = "application/x-www-form-urlencoded"
_FORMS = (_PLAIN_FORM, "multipart/form-data")


def why_refused(method: str, path: str, headers: Headers, session: Session | None, address: Address) -> str:
    """The code of what speaks against a request, by its headers; empty where nothing does."""
    is_entry = path.startswith(ENTRY)
    if not _is_own(method, headers, address, from_elsewhere=is_entry):
        return FOREIGN
    if session is None and not (is_entry and method == "GET"):
        return NOT_LET_IN
    if method in ("GET", "HEAD"):
        return ""
    if method != "POST" or headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        return FOREIGN
    return "" if headers.getlist("origin") == [address.origin] else FOREIGN


def _is_own(method: str, headers: Headers, address: Address, *, from_elsewhere: bool) -> bool:
    if headers.getlist("host") != [address.host] or any(name in headers for name in _OVERRIDES):
        return False
    if any(origin != address.origin for origin in headers.getlist("origin")):
        return False
    by_link = from_elsewhere and method == "GET" and headers.get("sec-fetch-mode", "navigate") == "navigate"
    return by_link or headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def is_deed(method: str, headers: Headers) -> bool:
    """Whether a person has done something; a page that renews itself, or its pictures, has not."""
    return method == "POST" or headers.get("sec-fetch-dest", "document") == "document"


async def is_meant(headers: Headers, receive: Receive, csrf: str) -> tuple[bool, Receive]:
    """Whether a change carries the CSRF word, in the header or in a plain form, and the body to read it from again."""
    if "x-csrf" in headers:
        return _is_same(headers["x-csrf"], csrf), receive
    if not headers.get("content-type", "").startswith(_PLAIN_FORM):
        return False, receive
    body = bytearray()
    more = True
    while more and len(body) <= MOST_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return _is_same(_field(bytes(body)), csrf), _again(bytes(body), more=more, rest=receive)


def _field(body: bytes) -> str:
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=2000)).get("csrf", "")
    except ValueError:
        return ""


def _is_same(given: str, csrf: str) -> bool:
    return hmac.compare_digest(given.encode(), csrf.encode())


def _again(body: bytes, *, more: bool, rest: Receive) -> Receive:
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": more}]

    async def receive() -> Message:
        return first.pop() if first else await rest()

    return receive
