"""An imitation of Infobip's SMS API v3: many messages to many numbers in one call, reports in lists.

From Infobip's reference and the models of its own Python client. A number that cannot be reached at all is told at once
among the answers, in a status of the group REJECTED. Reports come one to a call here, where the platform bundles up to
a hundred; the waits before a report is repeated are our guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.sms import Accepted, Inbound, Message, Order, Refusal, SmsFace, Told, WebCall, messages_of
from loa.sandbox.sms.order import Reason, State

MOBILE = re.compile(r"\+?84([35789]\d{8})")
Status = tuple[int, str, int, str, str]
PENDING: Status = (1, "PENDING", 26, "PENDING_ACCEPTED", "Message sent to next instance")
ENROUTE: Status = (1, "PENDING", 7, "PENDING_ENROUTE", "Message sent to next instance")
STATUS: Mapping[State, Status] = {
    "accepted": ENROUTE,
    "buffered": (1, "PENDING", 3, "PENDING_WAITING_DELIVERY", "Message sent to next instance, waiting for delivery"),
    "delivered": (3, "DELIVERED", 5, "DELIVERED_TO_HANDSET", "Message delivered to handset"),
    "failed": (2, "UNDELIVERABLE", 9, "UNDELIVERABLE_NOT_DELIVERED", "Message sent not delivered"),
    "expired": (4, "EXPIRED", 15, "EXPIRED_EXPIRED", "Message expired"),
    "rejected": (2, "UNDELIVERABLE", 4, "UNDELIVERABLE_REJECTED_OPERATOR", "Message rejected by operator"),
}
NO_NUMBER: Status = (5, "REJECTED", 14, "REJECTED_DESTINATION", "By Destination")
NO_MONEY: Status = (5, "REJECTED", 12, "REJECTED_NOT_ENOUGH_CREDITS", "Not enough credits")
SAID: Mapping[Reason, Status] = {
    "sender_not_registered": (5, "REJECTED", 13, "REJECTED_SENDER", "By Sender"),
    "number_blocked": (5, "REJECTED", 10, "REJECTED_DND", "Destination on DND list"),
}
NO_ERROR = {"groupId": 0, "groupName": "OK", "id": 0, "name": "NO_ERROR", "description": "No Error", "permanent": False}
FAILURE = {"groupId": 1, "groupName": "HANDSET_ERRORS", "description": "", "permanent": True}


def error(status: int, words: str) -> Response:
    """An error of the API itself."""
    said = {"errorCode": f"E{status}", "description": words, "action": "", "violations": [], "resources": []}
    return JSONResponse(said, status_code=status)


def stranger() -> Response:
    """A wrong key; also the fault ``token_expired``."""
    return error(401, "The request lacks valid authentication credentials.")


def throttled() -> Response:
    """Also the fault ``429``."""
    return error(429, "Too many requests.")


class Infobip(SmsFace):
    """One account a key."""

    name = "infobip"
    answers: ClassVar = {"429": throttled, "token_expired": stranger}
    retries = tuple(timedelta(minutes=1 + attempt * attempt) for attempt in range(6))

    def routes(self) -> list[Route]:
        return [
            Route(f"/{self.name}/sms/3/messages", self.guarded(self._send), methods=["POST"]),
            Route(f"/{self.name}/sms/3/logs", self.guarded(self._logs), methods=["GET"]),
            Route(f"/{self.name}/account/1/balance", self.guarded(self._balance), methods=["GET"]),
        ]

    async def _send(self, request: Request) -> Response:
        account = self._account(request)
        if not account:
            return stranger()
        given = await json_object(request)
        messages = given.get("messages")
        if not isinstance(messages, list) or not messages or not all(map(_is_whole, messages)):
            return error(400, "Request parameters are invalid.")
        bulk_id = _bulk_id(given) or f"bulk{self.world.number()}"
        rows: list[dict[str, Any]] = []
        taken: list[Accepted] = []
        for each in messages:
            try:
                told, accepted = self._take(account, bulk_id, each)
                taken += accepted
            except Refusal as refusal:
                if refusal.reason != "balance":
                    return throttled() if refusal.reason == "rate_limited" else stranger()
                told = [_row(to, own or f"ib{self.world.number()}", NO_MONEY, 0) for to, own in _wanted(each)]
            rows += told
        response: Response = JSONResponse({"bulkId": bulk_id, "messages": rows})
        for each_taken in taken:
            response = await self.finish(each_taken, response)
        return response

    def _take(
        self, account: str, bulk_id: str, given: Mapping[str, Any]
    ) -> tuple[list[dict[str, Any]], list[Accepted]]:
        """One message to its numbers: a line for each, in their order."""
        wanted = [(to, own or f"ib{self.world.number()}") for to, own in _wanted(given)]
        good = {f"+84{match[1]}": own for to, own in wanted if (match := MOBILE.fullmatch(to))}
        if not good:
            return [_row(to, own, NO_NUMBER, 0) for to, own in wanted], []
        hook = given.get("webhooks") or {}
        sender = str(given.get("sender") or account)
        order = Order(
            face=self.name,
            account=account,
            sender=sender,
            numbers=list(good),
            text=given["content"]["text"],
            id_form=f"{_plain(bulk_id)}.{{}}",
            ids=list(good.values()),
            tells=frozenset(SAID),
            callback=str((hook.get("delivery") or {}).get("url") or self.engine.rules.webhook(self.name, sender)),
            note={"bulk": bulk_id, "data": str(hook.get("callbackData") or "")},
        )
        accepted = self.engine.accept(order)
        outcome = dict(zip(good, accepted.outcomes, strict=True))
        return [_answer(to, own, outcome, accepted.parts) for to, own in wanted], [accepted]

    async def _logs(self, request: Request) -> Response:
        """What became of messages, by ``bulkId`` or ``messageId``."""
        account = self._account(request)
        if not account:
            return stranger()
        asked = request.query_params
        found = [
            self._report(message, state.state, state.reason, self.engine.clock.now())
            for message in self._own(account, asked.get("bulkId", ""), asked.get("messageId", ""))
            for state in [self.engine.state(message)]
        ]
        return JSONResponse({"results": found})

    def _own(self, account: str, bulk_id: str, message_id: str) -> Iterator[Message]:
        for call in self.engine.calls():
            if (call.order.face, call.order.account) == (self.name, account):
                if bulk_id and call.order.note["bulk"] != bulk_id:
                    continue
                yield from (each for each in messages_of(call) if message_id in ("", each.id))

    async def _balance(self, request: Request) -> Response:
        if not self._account(request):
            return stranger()
        return JSONResponse({"balance": 100.0, "currency": "EUR"})

    def _account(self, request: Request) -> str:
        """The owner of the key; empty for a stranger."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        return (self.world.owner(key) or "") if kind == "App" else ""

    def receipt(self, told: Told) -> WebCall | None:
        if told.message is None:
            return None
        report = self._report(told.message, told.state, told.reason, told.at)
        return _posted(told.call.order.callback, {"results": [report]})

    def _report(self, message: Message, state: State, reason: Reason | None, at: datetime) -> dict[str, Any]:
        call, order = message.call, message.call.order
        failed = state in ("failed", "expired", "rejected")
        return {
            "bulkId": order.note["bulk"],
            "messageId": message.id,
            "to": message.number[1:],
            "sender": order.sender,
            "sentAt": _moment(call.at),
            "doneAt": _moment(at),
            "messageCount": len(call.parts),
            "callbackData": order.note["data"],
            "price": {"pricePerMessage": 0.0, "currency": "EUR"},
            "status": _status(STATUS.get(state, PENDING)),
            "error": {**FAILURE, "id": 1, "name": f"EC_{(reason or state).upper()}"} if failed else NO_ERROR,
        }

    def inbound(self, inbound: Inbound, url: str) -> WebCall:
        word, _, rest = inbound.text.partition(" ")
        text = {
            "messageId": inbound.id,
            "from": inbound.number[1:],
            "to": inbound.sender,
            "text": inbound.text,
            "cleanText": rest,
            "keyword": word.upper(),
            "receivedAt": _moment(inbound.at),
            "smsCount": 1,
            "price": {"pricePerMessage": 0.0, "currency": "EUR"},
            "callbackData": "",
        }
        return _posted(url, {"results": [text], "messageCount": 1, "pendingMessageCount": 0})


def _bulk_id(given: Mapping[str, Any]) -> str:
    """The caller's own id of the call, or none."""
    options = given.get("options")
    schedule = options.get("schedule") if isinstance(options, dict) else None
    return str(schedule.get("bulkId") or "") if isinstance(schedule, dict) else ""


def _is_whole(given: object) -> bool:
    """Whether this is a message: numbers to go to, and a text."""
    if not isinstance(given, dict) or not isinstance(given.get("content"), dict):
        return False
    places, text = given.get("destinations"), given["content"].get("text")
    return isinstance(places, list) and bool(places) and all(map(_has_number, places)) and isinstance(text, str)


def _has_number(place: object) -> bool:
    return isinstance(place, dict) and isinstance(place.get("to"), str)


def _wanted(given: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Each number with the id that the caller chose for it, or none."""
    return [(place["to"], str(place.get("messageId") or "")) for place in given["destinations"]]


def _answer(to: str, message_id: str, outcome: Mapping[str, Reason | None], parts: int) -> dict[str, Any]:
    match = MOBILE.fullmatch(to)
    if match is None:
        return _row(to, message_id, NO_NUMBER, 0)
    reason = outcome[f"+84{match[1]}"]
    return _row(to, message_id, SAID[reason] if reason else PENDING, parts)


def _row(to: str, message_id: str, status: Status, parts: int) -> dict[str, Any]:
    said = {"messageId": message_id, "status": _status(status), "destination": to}
    return {**said, "details": {"messageCount": parts}} if parts else said


def _status(status: Status) -> dict[str, Any]:
    return dict(zip(("groupId", "groupName", "id", "name", "description"), status, strict=True))


def _plain(form: str) -> str:
    return form.replace("{", "{{").replace("}", "}}")


def _posted(url: str, body: Mapping[str, Any]) -> WebCall:
    said = json.dumps(body, ensure_ascii=False).encode()
    return WebCall(url, headers={"Content-Type": "application/json"}, body=said)


def _moment(at: datetime) -> str:
    """``2026-10-10T08:00:00.000+0000``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
