"""An imitation of Kannel's smsbox: an office's own gateway. Its answer has no id, its reports are URLs with escapes.

From Kannel's user guide and from exchanges with Kannel 1.4.5 itself: "delivered" may be told before "accepted", a long
message asks for a report of its first part only, an empty text goes through, and ``%p`` of a report is the handset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import parse_qsl, quote_plus, unquote_to_bytes

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from loa.clock import DEFAULT_ZONE
from loa.sandbox.sms import Inbound, Order, Refusal, SmsFace, Told, WebCall
from loa.sandbox.sms.order import Reason, State, Udh

DELIVERED, FAILED, BUFFERED, ACCEPTED, REJECTED = 1, 2, 4, 8, 16
BITS: Mapping[State, int] = {
    "delivered": DELIVERED,
    "failed": FAILED,
    "expired": FAILED,
    "buffered": BUFFERED,
    "accepted": ACCEPTED,
    "rejected": REJECTED,
}
SMSC: Mapping[State, str] = {"delivered": "DELIVRD", "failed": "UNDELIV", "expired": "EXPIRED", "buffered": "ENROUTE"}
NACKS: Mapping[Reason, str] = {
    "sender_not_registered": "NACK/0x0000000a/Invalid Source Address",
    "number_blocked": "NACK/0x0000000b/Invalid Destination Address",
}
OTHER_NACK = "NACK/0x00000008/System Error"
MOBILE = re.compile(r"\+?84([35789]\d{8})|0([35789]\d{8})")
ESCAPE = re.compile(r"%([A-Za-z])")
UCS2 = "2"
DEFAULT_GET = "from=%p&to=%P&text=%a&id=%I"
HEADERS = {
    "x-kannel-username": "username",
    "x-kannel-password": "password",
    "x-kannel-from": "from",
    "x-kannel-to": "to",
    "x-kannel-coding": "coding",
    "x-kannel-dlr-mask": "dlr-mask",
    "x-kannel-dlr-url": "dlr-url",
    "x-kannel-udh": "udh",
}
UDH_BYTES = 6


def throttled() -> Response:
    """The fault ``429``: Kannel knows no such status, it is out of order for a moment."""
    return _said(503, "Temporal failure, try again later.")


def stranger() -> Response:
    """A wrong name or password; also the fault ``token_expired``."""
    return _said(403, "Authorization failed for sendsms")


class Kannel(SmsFace):
    """One Kannel with every carrier behind it."""

    name = "kannel"
    answers: ClassVar = {"429": throttled, "token_expired": stranger}
    reports = frozenset(BITS)
    hasty = 0.5
    hears_first_part_only = True

    def routes(self) -> list[Route]:
        return [Route(f"/{self.name}/cgi-bin/sendsms", self.guarded(self._sendsms), methods=["GET", "POST"])]

    async def _sendsms(self, request: Request) -> Response:
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return _said(400, "Invalid content-type")
        given = await _given(request)
        sender = given.get("from", b"").decode()
        if not self._admits(given, sender):
            return stranger()
        to = given.get("to", b"").decode()
        numbers = _numbers(to)
        if problem := _problem(to, sender, numbers):
            return problem
        order = Order(
            face=self.name,
            account=given.get("username", given.get("user", b"")).decode(),
            sender=sender,
            numbers=numbers,
            text=_text(given),
            unicode=given.get("coding") == UCS2.encode(),
            callback=given.get("dlr-url", b"").decode(),
            note={"mask": given.get("dlr-mask", b"0").decode()},
            udh=_udh(given.get("udh", b"")),
        )
        try:
            accepted = self.engine.accept(order)
        except Refusal as refusal:
            return stranger() if refusal.reason in ("auth", "ip_not_allowed") else throttled()
        return await self.finish(accepted, _said(202, "0: Accepted for delivery"))

    def _admits(self, given: Mapping[str, bytes], sender: str) -> bool:
        password = given.get("password", given.get("pass", b"")).decode(errors="replace")
        user = given.get("username", given.get("user", b""))
        return bool(user) and self.world.admits(password, sender)

    def receipt(self, told: Told) -> WebCall | None:
        """A GET of the caller's own URL, with what the escapes stand for; only for the bits of the mask."""
        bit = BITS[told.state]
        mask = told.call.order.note.get("mask", "0")
        if told.message is None or not mask.isdigit() or not int(mask) & bit:
            return None
        at = told.at.astimezone(DEFAULT_ZONE)
        values = {
            "d": str(bit),
            "A": _answer_of(told),
            "p": told.message.number[1:],
            "P": told.call.order.sender,
            "t": f"{at:%Y-%m-%d %H:%M:%S}",
            "T": f"{at.timestamp():.0f}",
            "I": told.message.id,
            "F": told.message.id,
            "i": "sandbox",
            "n": told.call.order.account,
        }
        return WebCall(_filled(told.call.order.callback, values), method="GET")

    def inbound(self, inbound: Inbound, url: str) -> WebCall:
        """A GET of the service's own URL."""
        at = inbound.at.astimezone(DEFAULT_ZONE)
        values = {
            "p": inbound.number[1:],
            "P": inbound.sender,
            "a": inbound.text,
            "k": inbound.text.split(maxsplit=1)[0],
            "I": inbound.id,
            "t": f"{at:%Y-%m-%d %H:%M:%S}",
            "T": f"{at.timestamp():.0f}",
            "i": "sandbox",
        }
        if not ESCAPE.search(url):
            url = f"{url}{'&' if '?' in url else '?'}{DEFAULT_GET}"
        return WebCall(_filled(url, values), method="GET")


def _said(status: int, words: str) -> Response:
    return PlainTextResponse(words, status_code=status)


async def _given(request: Request) -> dict[str, bytes]:
    """Values as bytes: UCS-2 comes as it is. A POST has them in its headers, with the text as its body."""
    found = _pairs(request.scope["query_string"])
    if request.method == "GET":
        return found
    body = await request.body()
    kind = request.headers.get("content-type", "")
    headed = {
        name: request.headers[header].encode("latin-1") for header, name in HEADERS.items() if header in request.headers
    }
    if "udh" in headed:
        headed["udh"] = _header_of(headed["udh"])
    charset = re.search(r"charset=([\w-]+)", kind)
    if charset:
        headed["charset"] = charset[1].encode()
    return found | headed | {"text": body}


def _header_of(written: bytes) -> bytes:
    """A header that is written in hexadecimal digits or with percent signs."""
    if b"%" in written:
        return unquote_to_bytes(written)
    try:
        return bytes.fromhex(written.decode())
    except ValueError:
        return b""


def _pairs(query: bytes) -> dict[str, bytes]:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return {name: value.encode("latin-1") for name, value in pairs}


def _text(given: Mapping[str, bytes]) -> str:
    """UTF-8 unless another charset is named; UCS-2 without a charset is what it says."""
    fallback = "utf-16-be" if given.get("coding") == UCS2.encode() else "utf-8"
    charset = given.get("charset", fallback.encode()).decode()
    try:
        return given.get("text", b"").decode(charset)
    except (LookupError, UnicodeDecodeError):
        return given.get("text", b"").decode("latin-1")


def _numbers(to: str) -> list[str]:
    """E.164, each once; what is no number of a handset is left out."""
    found = [MOBILE.fullmatch(each) for each in to.split()]
    return list(dict.fromkeys(f"+84{match[1] or match[2]}" for match in found if match))


def _problem(to: str, sender: str, numbers: list[str]) -> Response | None:
    denied = "Number(s) has/have been denied by white- and/or black-lists."
    checks = (
        (bool(to), "Empty receiver number not allowed, rejected"),
        (bool(numbers), denied),
        (bool(sender), "Sender missing and no global set, rejected"),
    )
    return next((_said(400, words) for good, words in checks if not good), None)


def _udh(header: bytes) -> Udh | None:
    """Concatenation with an 8-bit reference; other headers mean nothing here."""
    if len(header) == UDH_BYTES and header[:3] == b"\x05\x00\x03":
        return Udh(ref=header[3], of=header[4], place=header[5])
    return None


def _answer_of(told: Told) -> str:
    """What the carrier's centre said: %A."""
    if told.state == "rejected":
        return NACKS.get(told.reason, OTHER_NACK) if told.reason else OTHER_NACK
    if told.state == "accepted":
        return "ACK/"
    at = told.at.astimezone(DEFAULT_ZONE)
    message_id = told.message.id if told.message else told.call.id
    return (
        f"id:{message_id} sub:001 dlvrd:{'001' if told.state == 'delivered' else '000'} "
        f"submit date:{told.call.at.astimezone(DEFAULT_ZONE):%y%m%d%H%M} done date:{at:%y%m%d%H%M} "
        f"stat:{SMSC[told.state]} err:000 text:"
    )


def _filled(url: str, values: Mapping[str, str]) -> str:
    """The URL with its escapes filled; those that Kannel does not know stay."""
    return ESCAPE.sub(lambda found: quote_plus(values[found[1]]) if found[1] in values else found[0], url)
