"""An imitation of Twilio's Messages: a form a number, errors with a number of their own, signed status callbacks.

From Twilio's reference of the Messages resource, its error dictionary and its page on security. Twilio has no
idempotency here, and a status callback that is answered with an error is not repeated. What an account without money is
told (20005) is from memory.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import parameters
from loa.sandbox.faces.basic import credentials, signing_key
from loa.sandbox.sms import Inbound, Message, Order, Refusal, SmsFace, Told, WebCall
from loa.sandbox.sms.order import Reason, State

VERSION = "2010-04-01"
MOBILE = re.compile(r"\+84[35789]\d{8}")
E164 = re.compile(r"\+[1-9]\d{6,14}")
NAME = re.compile(r"[A-Za-z0-9 ]{1,11}")
LONGEST = 1600
STATUS: Mapping[State, str] = {
    "approval": "queued",
    "queued": "queued",
    "accepted": "sent",
    "buffered": "sent",
    "delivered": "delivered",
    "failed": "undelivered",
    "expired": "undelivered",
    "rejected": "undelivered",
}
CODES: Mapping[Reason, int] = {
    "undeliverable": 30003,
    "expired": 30003,
    "number_blocked": 30004,
    "content_blocked": 30007,
    "template_mismatch": 30007,
    "duplicate_content": 30007,
    "sender_not_registered": 30008,
}
UNKNOWN_ERROR = 30008


def error(status: int, code: int, words: str) -> Response:
    """An error with Twilio's own number."""
    body = {"code": code, "message": words, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status}
    return JSONResponse(body, status_code=status)


def stranger() -> Response:
    """A wrong SID or token; also the fault ``token_expired``."""
    return error(401, 20003, "Authenticate")


def throttled() -> Response:
    """Also the fault ``429``."""
    return error(429, 20429, "Too Many Requests")


class Twilio(SmsFace):
    """One account a SID."""

    name = "twilio"
    answers: ClassVar = {"429": throttled, "token_expired": stranger}
    reports = frozenset({"accepted", "delivered", "failed", "expired", "rejected"})

    def routes(self) -> list[Route]:
        base = f"/{self.name}/{VERSION}/Accounts/{{sid}}"
        return [
            Route(f"{base}/Messages.json", self.guarded(self._create), methods=["POST"]),
            Route(f"{base}/Messages/{{message_sid}}.json", self.guarded(self._fetch), methods=["GET"]),
            Route(f"{base}/Balance.json", self.guarded(self._balance), methods=["GET"]),
            Route(f"{base}.json", self.guarded(self._fetch_account), methods=["GET"]),
        ]

    async def _create(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        given, _ = await parameters(request)
        if problem := _problem(given):
            return error(400, *problem)
        order = Order(
            face=self.name,
            account=account,
            sender=given.get("From") or given["MessagingServiceSid"],
            numbers=[given["To"]],
            text=given["Body"],
            id_form="SM{:032x}",
            callback=given.get("StatusCallback", ""),
            note={"sid": request.path_params["sid"]},
        )
        try:
            accepted = self.engine.accept(order)
        except Refusal as refusal:
            return _refused(refusal)
        said = self._resource(Message(accepted.call, 0, None), "queued", None)
        return await self.finish(accepted, JSONResponse(said, status_code=201))

    async def _fetch(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        message = self.engine.find(request.path_params["message_sid"])
        if message is None or message.call.order.account != account or message.call.order.face != self.name:
            return error(404, 20404, f"The requested resource {request.url.path} was not found")
        step = self.engine.state(message)
        return JSONResponse(self._resource(message, STATUS[step.state], _code(step.state, step.reason)))

    def _resource(self, message: Message, status: str, code: int | None) -> dict[str, Any]:
        call, order = message.call, message.call.order
        sid = order.note["sid"]
        service = order.sender if order.sender.startswith("MG") else None
        return {
            "sid": message.id,
            "account_sid": sid,
            "messaging_service_sid": service,
            "api_version": VERSION,
            "body": order.text,
            "from": None if service else order.sender,
            "to": message.number,
            "direction": "outbound-api",
            "status": status,
            "num_segments": str(len(call.parts)),
            "num_media": "0",
            "error_code": code,
            "error_message": None,
            "price": None,
            "price_unit": "USD",
            "date_created": _moment(call.at),
            "date_updated": _moment(self.engine.clock.now()),
            "date_sent": None if status == "queued" else _moment(call.at),
            "uri": f"/{VERSION}/Accounts/{sid}/Messages/{message.id}.json",
            "subresource_uris": {"media": f"/{VERSION}/Accounts/{sid}/Messages/{message.id}/Media.json"},
        }

    async def _balance(self, request: Request) -> Response:
        if not self._account(request):
            return stranger()
        sid = request.path_params["sid"]
        return JSONResponse({"account_sid": sid, "balance": "100.00", "currency": "USD"})

    async def _fetch_account(self, request: Request) -> Response:
        if not self._account(request):
            return stranger()
        sid = request.path_params["sid"]
        return JSONResponse({"sid": sid, "status": "active", "type": "Full", "friendly_name": "Sandbox"})

    def _account(self, request: Request) -> str:
        """The owner of the token, where it goes with the SID of the address; empty for a stranger."""
        name, token = credentials(request)
        return (self.world.owner(token) or "") if name and name == request.path_params["sid"] else ""

    def receipt(self, told: Told) -> WebCall | None:
        if told.message is None:
            return None
        status, code = STATUS[told.state], _code(told.state, told.reason)
        order = told.call.order
        values = {
            "SmsSid": told.message.id,
            "SmsStatus": status,
            "MessageStatus": status,
            "To": told.message.number,
            "MessageSid": told.message.id,
            "AccountSid": order.note["sid"],
            "From": order.sender,
            "ApiVersion": VERSION,
        }
        return self._signed(order.account, order.callback, values | ({"ErrorCode": str(code)} if code else {}))

    def inbound(self, inbound: Inbound, url: str) -> WebCall | None:
        """Handsets cannot answer a name, only a number."""
        if not inbound.sender.startswith("+"):
            return None
        values = {
            "MessageSid": f"SM{inbound.id.removeprefix('mo'):0>32}",
            "From": inbound.number,
            "To": inbound.sender,
            "Body": inbound.text,
            "NumMedia": "0",
            "NumSegments": "1",
            "ApiVersion": VERSION,
        }
        return self._signed(inbound.account, url, values)

    def _signed(self, account: str, url: str, values: Mapping[str, str]) -> WebCall:
        """A form; the signature is over the whole address and the values in the order of their names."""
        words = url + "".join(f"{name}{values[name]}" for name in sorted(values))
        signature = b64encode(hmac.digest(signing_key(self.world, account), words.encode(), "sha1")).decode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return WebCall(url, headers=headers, body=urlencode(values).encode())


def _problem(given: Mapping[str, str]) -> tuple[int, str] | None:
    to, sender = given.get("To", ""), given.get("From", "")
    checks = (
        (bool(to), 21604, "A 'To' phone number is required."),
        (bool(sender or given.get("MessagingServiceSid")), 21603, "A 'From' phone number is required."),
        (bool(given.get("Body")), 21602, "Message body is required."),
        (
            len(given.get("Body", "")) <= LONGEST,
            21617,
            "The concatenated message body exceeds the 1600 character limit",
        ),
        (bool(E164.fullmatch(to)), 21211, "Invalid 'To' Phone Number"),
        (bool(MOBILE.fullmatch(to)), 21614, "'To' number is not a valid mobile number"),
        (
            not sender or bool(E164.fullmatch(sender) or NAME.fullmatch(sender)),
            21212,
            "Invalid 'From' Phone Number, Shortcode, or Alphanumeric Sender ID",
        ),
    )
    return next(((code, words) for good, code, words in checks if not good), None)


def _refused(refusal: Refusal) -> Response:
    if refusal.reason == "rate_limited":
        return throttled()
    if refusal.reason == "balance":
        return error(403, 20005, "Account not active")
    return stranger()


def _code(state: State, reason: Reason | None) -> int | None:
    if STATUS[state] != "undelivered":
        return None
    return CODES.get(reason, UNKNOWN_ERROR) if reason else UNKNOWN_ERROR


def _moment(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))
