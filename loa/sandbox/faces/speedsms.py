"""An imitation of the SpeedSMS gateway: arrays of numbers, sixty calls a minute, reports by a webhook of the account.

From speedsms.vn/sms-api-service. That page leaves open how a citizen's text is named, and whether a report is repeated:
``incoming`` and three tries are taken from programs of third parties.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.sms import Inbound, Message, Order, Refusal, SmsFace, Told, WebCall, messages_of
from loa.sandbox.sms.order import Reason, State
from loa.sandbox.sms.rules import ENDLESS

MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
SENDER = re.compile(r"[A-Za-z0-9._ -]{1,11}")
RANDOM, BRANDNAME, DEFAULT_NAME, ANDROID = 2, 3, 4, 5
LONGEST = 6
"""Parts."""
SAID: Mapping[Reason, tuple[str, str]] = {
    "ip_not_allowed": ("007", "IP locked"),
    "auth": ("008", "Account blocked"),
    "unicode_not_supported": ("110", "Not support sms content encoding"),
    "too_long": ("113", "Sms content too long"),
    "balance": ("300", "Your account balance not enough to send sms"),
}
STATUS: Mapping[State, int] = {"delivered": 0, "buffered": 1, "failed": 64, "expired": 65, "rejected": 66}
"""0 delivered, 1 to 63 not yet, 64 and above never."""
NOT_YET = 1


def error(code: str, words: str, **values: Any) -> Response:
    """HTTP 200 with a code, as everything that this gateway says."""
    return JSONResponse({"status": "error", "code": code, "message": words, **values})


def done(data: object) -> Response:
    """A success with its ``data``."""
    return JSONResponse({"status": "success", "code": "00", "data": data})


def throttled(wait: float = 60) -> Response:
    """Too many calls: the framework behind the gateway speaks."""
    body = {"name": "Too Many Requests", "message": "Rate limit exceeded.", "code": 0, "status": 429}
    limits = {"x-rate-limit-limit": "60", "x-rate-limit-remaining": "0", "x-rate-limit-reset": f"{wait:.0f}"}
    return JSONResponse(body, status_code=429, headers=limits)


def stranger() -> Response:
    """A token that nobody has; also the fault ``token_expired``."""
    words = "You are requesting with an invalid credential."
    body = {"name": "Unauthorized", "message": words, "code": 0, "status": 401}
    return JSONResponse(body, status_code=401)


class SpeedSms(SmsFace):
    """One gateway; what it knows of a caller is the token in front of ``:x``."""

    name = "speedsms"
    answers: ClassVar = {"429": throttled, "token_expired": stranger}
    retries = (timedelta(minutes=1), timedelta(minutes=5))
    reports = frozenset(STATUS)

    def routes(self) -> list[Route]:
        base = f"/{self.name}/index.php"
        return [
            Route(f"{base}/sms/send", self.guarded(self._send), methods=["POST"]),
            Route(f"{base}/sms/status/{{tran_id}}", self.guarded(self._status), methods=["GET"]),
            Route(f"{base}/user/info", self.guarded(self._info), methods=["GET"]),
        ]

    async def _send(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        given = await json_object(request)
        to, text, sender = given.get("to"), given.get("content"), str(given.get("sender") or "")
        if problem := _problem(to, text, given.get("sms_type"), sender):
            return error("101", problem)
        numbers, invalid = _numbers(to if isinstance(to, list) else [to])
        if not numbers:
            return error("105", "Phone number invalid", invalidPhone=invalid)
        order = Order(
            face=self.name,
            account=account,
            sender=sender or ("Verify" if given.get("sms_type") == DEFAULT_NAME else account),
            numbers=numbers,
            text=str(text),
            id_form="{}",
            callback=self.engine.rules.webhook(self.name, sender),
        )
        return await self._answer(order, invalid)

    async def _answer(self, order: Order, invalid: list[str]) -> Response:
        try:
            accepted = self.engine.accept(order)
        except Refusal as refusal:
            return _refused(refusal)
        data = {
            "tranId": int(accepted.call.id),
            "totalSMS": accepted.parts * accepted.taken,
            "totalPrice": accepted.price,
            "invalidPhone": invalid,
        }
        return await self.finish(accepted, done(data))

    async def _status(self, request: Request) -> Response:
        """Each number of a call."""
        account = self._account(request)
        if not account:
            return stranger()
        call = self.engine.call(request.path_params["tran_id"])
        if call is None or call.order.account != account or call.order.face != self.name:
            return error("101", "Invalid or missing parameters")
        return done([{"phone": each.number[1:], "status": self._status_of(each)} for each in messages_of(call)])

    def _status_of(self, message: Message) -> int:
        return STATUS.get(self.engine.state(message).state, NOT_YET)

    async def _info(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        balance = self.engine.rules.balance
        left = 10_000_000 if balance == ENDLESS else balance - self.engine.counter.spent.get((self.name, account), 0)
        return done({"email": "bai-tap@sandbox.invalid", "balance": left, "currency": "VND"})

    def _account(self, request: Request) -> str:
        """Who calls: the owner of the token; empty for a stranger."""
        kind, _, coded = request.headers.get("authorization", "").partition(" ")
        try:
            token = base64.b64decode(coded, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return (self.world.owner(token) or "") if kind.lower() == "basic" else ""

    def receipt(self, told: Told) -> WebCall | None:
        """A POST with JSON to the address of the account."""
        if told.message is None:
            return None
        body = {
            "type": "report",
            "tranId": int(told.call.id),
            "phone": told.message.number[1:],
            "status": STATUS[told.state],
        }
        return _posted(told.call.order.callback, body)

    def inbound(self, inbound: Inbound, url: str) -> WebCall:
        body = {"type": "incoming", "tranId": inbound.id, "phone": inbound.number[1:], "content": inbound.text}
        return _posted(url, body)


def _posted(url: str, body: Mapping[str, object]) -> WebCall:
    return WebCall(url, headers={"Content-Type": "application/json"}, body=json.dumps(body).encode())


def _problem(to: object, text: object, kind: object, sender: str) -> str | None:
    """Why the call is none; the gateway says ``101`` to all of it."""
    checks = (
        (isinstance(to, (list, str)) and bool(to), "to is missing"),
        (isinstance(text, str) and bool(text), "content is missing"),
        (kind in (RANDOM, BRANDNAME, DEFAULT_NAME, ANDROID), "sms_type is invalid"),
        (kind not in (BRANDNAME, ANDROID) or bool(sender), "sender is missing"),
        (kind != BRANDNAME or bool(SENDER.fullmatch(sender)), "sender is invalid"),
    )
    return next((words for good, words in checks if not good), None)


def _numbers(given: list[Any]) -> tuple[list[str], list[str]]:
    """The good numbers as E.164, each once, and what is no number."""
    found = {str(each): MOBILE.fullmatch(str(each)) for each in given}
    good = dict.fromkeys(f"+84{match[1]}" for match in found.values() if match)
    return list(good), [each for each, match in found.items() if not match]


def _refused(refusal: Refusal) -> Response:
    if refusal.reason == "rate_limited":
        return throttled(refusal.wait)
    return error(*SAID.get(refusal.reason, ("500", "Internal error, please try again")))
