"""An imitation of sms-gate.app: an Android phone as a gateway, by way of its server or in its own network.

From the project's documentation and its Go client (2026): paths, states, events, signatures, repeats of a webhook. Not
found there: the words of the 409, and how long an id is known; the words and 30 days are ours. A long message is told
once here, where a phone tells each part.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.clock import DEFAULT_ZONE
from loa.sandbox.faces.asking import json_object
from loa.sandbox.faces.basic import credentials, signing_key
from loa.sandbox.sms import Call, Inbound, Order, Refusal, SmsFace, Told, WebCall, messages_of
from loa.sandbox.sms.order import State
from loa.sandbox.world import World

MOBILE = re.compile(r"\+84[35789]\d{8}")
LONGEST_ID, MOST = 36, 100
DEVICE = "may-android-bai-tap"
STATES: Mapping[State, str] = {
    "approval": "Pending",
    "queued": "Pending",
    "accepted": "Sent",
    "buffered": "Sent",
    "delivered": "Delivered",
    "failed": "Failed",
    "expired": "Failed",
    "rejected": "Failed",
}
EVENTS: Mapping[State, tuple[str, str]] = {
    "accepted": ("sms:sent", "sentAt"),
    "delivered": ("sms:delivered", "deliveredAt"),
    "failed": ("sms:failed", "failedAt"),
    "expired": ("sms:failed", "failedAt"),
    "rejected": ("sms:failed", "failedAt"),
}
RECEIVED = "sms:received"
KNOWN_EVENTS = frozenset({RECEIVED, *(event for event, _ in EVENTS.values())})


def error(status: int, words: str, **values: str) -> Response:
    """An error as the server says it."""
    return JSONResponse({**values, "message": words}, status_code=status)


def stranger() -> Response:
    """A wrong name or password; also the fault ``token_expired``."""
    return error(401, "Unauthorized")


def throttled() -> Response:
    """The phone's queue is full; also the fault ``429``, which this gateway does not have."""
    return error(503, "queue limits exceeded: too many pending messages", error="QueueLimitExceeded")


class SmsGate(SmsFace):
    """One phone for each account."""

    name = "smsgate"
    answers: ClassVar = {"429": throttled, "token_expired": stranger}
    key_life = timedelta(days=30)
    retries = tuple(timedelta(seconds=10 * 2**attempt) for attempt in range(14))
    reports = frozenset(EVENTS)

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._webhooks: dict[tuple[str, str], tuple[str, str]] = {}
        """Account and event → id and address that were registered; a restart forgets them."""

    def routes(self) -> list[Route]:
        works = (
            ("messages", self._send, "POST"),
            ("messages/{message_id}", self._state, "GET"),
            ("message", self._send, "POST"),
            ("message/{message_id}", self._state, "GET"),
            ("webhooks", self._register, "POST"),
            ("webhooks", self._registered, "GET"),
            ("health", self._health, "GET"),
        )
        bases = (f"/{self.name}/3rdparty/v1", f"/{self.name}")  # by the server, and straight to the phone
        return [
            Route(f"{base}/{path}", self.guarded(work), methods=[method])
            for base in bases
            for path, work, method in works
        ]

    async def _send(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        given = await json_object(request)
        text = _text(given)
        if problem := _problem(given, text):
            return error(400, problem)
        message_id = given.get("id") or ""
        order = Order(
            face=self.name,
            account=account,
            sender=account,
            numbers=list(dict.fromkeys(given["phoneNumbers"])),
            text=text,
            key=message_id,
            id_form=message_id.replace("{", "{{").replace("}", "}}") or "{:021x}",
            callback=self._callback(account),
            note={"device": str(given.get("deviceId") or DEVICE)},
        )
        try:
            accepted = self.engine.accept(order)
        except Refusal as refusal:
            return _refused(refusal)
        return await self.finish(accepted, JSONResponse(self._message(accepted.call), status_code=202))

    def _callback(self, account: str) -> str:
        """Where anything is told; which event goes where is looked up when it is told."""
        events = (event for event, _ in EVENTS.values())
        registered = (self._webhooks[account, event][1] for event in events if (account, event) in self._webhooks)
        return next(registered, "") or self.engine.rules.webhook(self.name, account)

    async def _state(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        call = self.engine.call(request.path_params["message_id"])
        if call is None or call.order.account != account or call.order.face != self.name:
            return error(404, "Message not found")
        return JSONResponse(self._message(call))

    def _message(self, call: Call) -> dict[str, Any]:
        rows = [self._recipient(message.number, self.engine.state(message).state) for message in messages_of(call)]
        return {
            "id": call.id,
            "deviceId": call.order.note["device"],
            "state": _together([row["state"] for row in rows]),
            "isHashed": False,
            "isEncrypted": False,
            "recipients": rows,
            "states": {"Pending": call.at.isoformat()},
        }

    def _recipient(self, number: str, state: State) -> dict[str, Any]:
        told = STATES[state]
        return {"phoneNumber": number, "state": told, **({"error": state} if told == "Failed" else {})}

    async def _register(self, request: Request) -> Response:
        """One address for one event."""
        account = self._account(request)
        if not account:
            return stranger()
        given = await json_object(request)
        event, url = str(given.get("event")), str(given.get("url") or "")
        if event not in KNOWN_EVENTS or not url.startswith(("http://", "https://")):
            return error(400, "invalid event or url")
        hook_id = str(given.get("id") or f"wh{self.world.number()}")
        self._webhooks[account, event] = hook_id, url
        return JSONResponse({"id": hook_id, "url": url, "event": event}, status_code=201)

    async def _registered(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        own = [(event, *hook) for (owner, event), hook in self._webhooks.items() if owner == account]
        return JSONResponse([{"id": hook_id, "url": url, "event": event} for event, hook_id, url in own])

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "pass", "version": "sandbox", "releaseId": 1, "checks": {}})

    def _account(self, request: Request) -> str:
        """The owner of the password; empty for a stranger."""
        name, password = credentials(request)
        return (self.world.owner(password) or "") if name else ""

    def receipt(self, told: Told) -> WebCall | None:
        if told.message is None:
            return None
        event, moment = EVENTS[told.state]
        number = told.message.number
        payload = {
            "messageId": told.call.id,
            "sender": None,
            "recipient": number,
            "phoneNumber": number,
            "simNumber": 1,
            moment: told.at.astimezone(DEFAULT_ZONE).isoformat(timespec="milliseconds"),
        }
        if event == "sms:failed":
            payload["reason"] = told.reason or told.state
        return self._event(told.call.order.account, event, payload, told.call.order.callback, told.call.order.note)

    def inbound(self, inbound: Inbound, url: str) -> WebCall:
        payload = {
            "messageId": inbound.id,
            "message": inbound.text,
            "sender": inbound.number,
            "recipient": None,
            "phoneNumber": inbound.number,
            "simNumber": 1,
            "receivedAt": inbound.at.astimezone(DEFAULT_ZONE).isoformat(timespec="milliseconds"),
        }
        return self._event(inbound.account, RECEIVED, payload, url, {"device": DEVICE})

    def _event(
        self, account: str, event: str, payload: Mapping[str, Any], url: str, note: Mapping[str, str]
    ) -> WebCall:
        """A signed POST: the signature is over the body and the time at which it is sent."""
        hook_id, registered = self._webhooks.get((account, event), ("", ""))
        said = {
            "deviceId": note["device"],
            "event": event,
            "id": f"{payload['messageId']}-{event}",
            "payload": payload,
            "webhookId": hook_id,
        }
        body = json.dumps(said, ensure_ascii=False).encode()
        seconds = str(int(self.engine.clock.now().timestamp()))
        signature = hmac.new(signing_key(self.world, account), body + seconds.encode(), "sha256").hexdigest()
        headers = {"Content-Type": "application/json", "X-Signature": signature, "X-Timestamp": seconds}
        return WebCall(registered or url, headers=headers, body=body)


def _text(given: Mapping[str, Any]) -> str:
    """The text, in its present place or in its old one."""
    inner = given.get("textMessage")
    found = inner.get("text") if isinstance(inner, dict) else given.get("message")
    return found if isinstance(found, str) else ""


def _problem(given: Mapping[str, Any], text: str) -> str | None:
    numbers, message_id = given.get("phoneNumbers"), given.get("id") or ""
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= MOST:
        return f"failed to validate: phoneNumbers must have 1 to {MOST} items"
    if not all(isinstance(number, str) for number in numbers):
        return "failed to validate: phoneNumbers must be strings"
    if not text:
        return "must specify exactly one of: textMessage or dataMessage"
    if not isinstance(message_id, str) or len(message_id) > LONGEST_ID:
        return "failed to validate: id"
    if wrong := [row for row, number in enumerate(numbers, start=1) if not MOBILE.fullmatch(number)]:
        return f"failed to use phone in row {wrong[0]}: not a mobile number"
    return None


def _refused(refusal: Refusal) -> Response:
    if refusal.reason == "duplicate_request":
        return error(409, "message with this id already exists")
    if refusal.reason in ("auth", "ip_not_allowed"):
        return stranger()
    return throttled()


def _together(states: list[str]) -> str:
    """The state of a message to several numbers."""
    for early in ("Pending", "Processed"):
        if early in states:
            return early
    return states[0] if len(set(states)) == 1 else "Sent"
