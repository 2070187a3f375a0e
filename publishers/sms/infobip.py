"""Infobip, SMS API v3: lists of numbers, each message under an id of ours, made of the call's key and its place.

A call has no key of its own. An id that was used before is answered REJECTED_DUPLICATE_MESSAGE_ID by its list of
states, but nowhere is it told for how long, nor that no race slips through: nothing is sent again on the strength of
it. The logs show for 48 hours what was taken. That it is not there yet is no proof that it was not taken.

Reports carry no signature: only the secret path speaks for the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from loa.delivery import (
    AuthNeeded,
    Batch,
    BatchAnswer,
    CannotTell,
    Done,
    Fate,
    Finding,
    Found,
    Inbound,
    LookUp,
    Receipt,
    ReceiptNews,
    Refused,
    Scope,
    Told,
    WebhookCall,
)
from loa.errors import LoaError
from publishers.http import Answer
from publishers.shapes import object_in, objects_in, whole_number
from publishers.sms.cards_more import INFOBIP
from publishers.sms.horn import Call, SmsHorn, Table
from publishers.sms.reading import bare, e164, kept, object_of, unnumbered

OK, BAD_REQUEST = 200, 400
MOST_LOGS = 1000
NOES: Table = {"400": ("content", "E607"), "401": ("account", "E605"), "403": ("account", "E606")}
REFUSING = frozenset({"REJECTED", "UNDELIVERABLE", "EXPIRED"})
KNOWN_ALREADY = "REJECTED_DUPLICATE_MESSAGE_ID"
REASONS: Mapping[str, tuple[Scope, str]] = {
    "REJECTED_NOT_ENOUGH_CREDITS": ("account", "E610"),
    "REJECTED_PREPAID_PACKAGE_EXPIRED": ("account", "E610"),
    "REJECTED_SOURCE": ("account", "E606"),
    "REJECTED_SENDER": ("account", "E606"),
    "REJECTED_ROUTE_NOT_AVAILABLE": ("account", "E606"),
    "REJECTED_DESTINATION_NOT_REGISTERED": ("account", "E606"),
    "REJECTED_MESSAGE_TOO_LONG": ("content", "E613"),
    "REJECTED_NETWORK": ("row", "E619"),
    "REJECTED_PREFIX_MISSING": ("row", "E618"),
    "REJECTED_DESTINATION": ("row", "E618"),
    "REJECTED_DESTINATION_BLOCKLISTED": ("row", "E751"),
    "REJECTED_DND": ("row", "E751"),
    "REJECTED_FLOODING_FILTER": ("row", "E752"),
    "SIGNALS_BLOCKED": ("row", "E752"),
    "EXPIRED_EXPIRED": ("row", "E749"),
}
"""State of a message that does not arrive → for whom it is a no; any other is E748 for its number."""
UNTOLD = frozenset({KNOWN_ALREADY, "EXPIRED_DLR_UNKNOWN", "PENDING_ACCEPTED"})
"""States that say nothing of what became of the message."""
WITH_THE_CARRIER = frozenset({"DELIVERED_TO_OPERATOR", "PENDING_ENROUTE", "PENDING_WAITING_DELIVERY"})
OF_THE_HANDSET = {"EC_UNKNOWN_SUBSCRIBER": "E618", "EC_ABSENT_SUBSCRIBER": "E749", "EC_ABSENT_SUBSCRIBER_SM": "E749"}


class Route(SmsHorn):
    """One account with its sender name."""

    card = INFOBIP
    host = "infobip_host"

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """A call is taken as a whole: its first message in the logs is enough."""
        first = ids_of(batch.key, 1)[0]
        try:
            logs = self._logs(messageId=first)
        except LoaError:
            return CannotTell("E631")
        found = next((log for log in logs if log.get("messageId") == first), None)
        return Found(_receipt(found, batch.key)) if found else CannotTell("E754")

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:  # noqa: ARG002 - the signature of the contract
        """By the logs: the other way, /sms/3/reports, hands each report out once, and an answer may be lost.

        Several ids in one question are spelled in two ways by Infobip's own papers: one is asked for, or the call.
        """
        alone = receipt.platform_id == key
        logs = self._logs(messageId=ids_of(key, 1)[0]) if alone else self._logs(bulkId=receipt.platform_id)
        return Told(receipts=tuple(_news(logs)))

    def read_webhook(self, call: WebhookCall) -> Told:
        found = object_of(call)
        results = objects_in(found, "results")
        if not results or len(results) != len(found["results"]):
            raise LoaError("E742", account=self._account.id)
        reports = [each for each in results if isinstance(each.get("status"), dict)]
        return Told(tuple(_news(reports)), tuple(_inbound(each for each in results if "status" not in each)))

    def _call_for(self, batch: Batch) -> Call:
        ids = ids_of(batch.key, len(batch.numbers))
        message: dict[str, Any] = {
            "sender": self._account.settings["brandname"],
            "destinations": [
                {"to": bare(number), "messageId": own} for number, own in zip(batch.numbers, ids, strict=True)
            ],
            "content": {"text": batch.text},
        }
        if self._webhook_url:
            message["webhooks"] = {"delivery": {"url": self._webhook_url}, "contentType": "application/json"}
        parts = {"json": {"messages": [message]}, "headers": self._key()}
        return Call("POST", f"{self._address}/sms/3/messages", parts)

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        found = answer.json() or {}
        told = {place_in(each.get("messageId")): each for each in objects_in(found, "messages")}
        ours = [told.get((batch.key, place)) for place in range(1, len(batch.numbers) + 1)]
        if answer.status == OK and all(ours):
            return self._sorted(batch, found, [object_in(each, "status") for each in ours if each])
        if str(answer.status) in NOES and found:
            words = _words_of(found)
            return BatchAnswer(self._no(NOES, str(answer.status), words, batch.key))
        return BatchAnswer(self._doubt(answer, batch.key))

    def _sorted(self, batch: Batch, found: Mapping[str, Any], states: list[dict[str, Any]]) -> BatchAnswer:
        """Which numbers it did not take; when it took none for a reason of the account, the whole call was refused."""
        refused = {
            number: no for number, state in zip(batch.numbers, states, strict=True) if (no := self._refusal(state))
        }
        if len(refused) == len(batch.numbers) and len({(no.code, no.scope) for no in refused.values()}) == 1:
            only = next(iter(refused.values()))
            if only.scope != "row":
                return BatchAnswer(AuthNeeded(only.code, only.detail) if only.scope == "account" else only)
        rows = {number: Refused(no.code, no.detail) for number, no in refused.items()}
        return BatchAnswer(Done(_receipt(found, batch.key)), rows)

    def _refusal(self, state: Mapping[str, Any]) -> Refused | None:
        name = kept(state.get("name") or "")
        if state.get("groupName") not in REFUSING or name == KNOWN_ALREADY:
            return None
        whom, code = REASONS.get(name, ("row", "E748"))
        return Refused(code, self._told(name), whom)

    def _standing_call(self) -> Call:
        return Call("GET", f"{self._address}/account/1/balance", {"headers": self._key()})

    def _standing(self, answer: Answer) -> Finding | None:
        found = answer.json() or {}
        if str(answer.status) in NOES and answer.status != BAD_REQUEST:
            return Finding("stop", NOES[str(answer.status)][1], f"HTTP {answer.status}")
        if answer.status != OK or "balance" not in found:
            return None
        return Finding("ok", "E690", self._left(kept(f"{found['balance']} {found.get('currency') or ''}".strip())))

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"App {self._account.secrets['api_key']}"}

    def _logs(self, **wanted: str) -> list[dict[str, Any]]:
        """Raises: LoaError: E634 they could not be read."""
        asked = {**wanted, "limit": str(MOST_LOGS)}
        parts = {"params": asked, "headers": self._key()}
        answer = self._question(Call("GET", f"{self._address}/sms/3/logs", parts))
        found = answer.json()
        if answer.status != OK or found is None or not isinstance(found.get("results"), list):
            raise LoaError("E634", detail=f"HTTP {answer.status}")
        return objects_in(found, "results")


def ids_of(key: str, size: int) -> list[str]:
    """The ids of the messages of a call, at most 200 signs each: its key, and 1… for the place of the number."""
    return [f"{key}-{place}" for place in range(1, size + 1)]


def place_in(own: object) -> tuple[str, int]:
    """Key and place that an id of ours was made of; an empty key for an id of somebody else."""
    key, _, place = str(own).rpartition("-")
    number = whole_number(place) or 0
    return (kept(key), number) if number else ("", 0)


def _receipt(found: Mapping[str, Any], key: str) -> Receipt:
    """A call with one number has no id of its own: then the key stands for it."""
    bulk = found.get("bulkId")
    return Receipt(bulk if isinstance(bulk, str) and bulk else key)


def _words_of(found: Mapping[str, Any]) -> str:
    """What an error says: in the form of v3, or in the older one that some doors of Infobip still give."""
    old = object_in(object_in(found, "requestError"), "serviceException")
    return kept(found.get("description") or found.get("errorCode") or old.get("text") or "")


def _news(reports: Iterable[Mapping[str, Any]]) -> Iterable[ReceiptNews]:
    """What reports, or logs, say of messages of ours."""
    for report in reports:
        key, place = place_in(report.get("messageId"))
        state, error = object_in(report, "status"), kept(object_in(report, "error").get("name") or "")
        name, bulk = kept(state.get("name") or ""), report.get("bulkId")
        fate = _fate(str(state.get("groupName")), name)
        if not key or fate is Fate.NOTHING:
            continue
        code = OF_THE_HANDSET.get(error) or REASONS.get(name, ("row", "E748"))[1]
        yield ReceiptNews(
            fate,
            key,
            kept(bulk) if isinstance(bulk, str) else "",
            place=place,
            code=code if fate is Fate.FAILED else "",
            detail=unnumbered(f"{name} {error}".strip())[:80] if fate is Fate.FAILED else "",
        )


def _fate(group: str, name: str) -> Fate:
    """The group DELIVERED holds what only the operator has: not delivered yet."""
    if name in UNTOLD:
        return Fate.NOTHING
    if name in WITH_THE_CARRIER:
        return Fate.ACCEPTED
    if group in REFUSING:
        return Fate.FAILED
    return Fate.DELIVERED if group == "DELIVERED" else Fate.NOTHING


def _inbound(messages: Iterable[Mapping[str, Any]]) -> Iterable[Inbound]:
    for message in messages:
        number, own = e164(message.get("from")), message.get("messageId")
        if number and isinstance(own, str) and own:
            yield Inbound(number, kept(message.get("text") or ""), kept(own))


HORN = Route
