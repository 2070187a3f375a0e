"""Nothing is published that a named person has not approved, byte for byte, before it left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from support.history.check import History, Violation
from support.history.rows import Row


def enough_approved_before_the_intent(history: History) -> Iterator[Violation]:
    """Each attempt and each call names bytes that enough people had approved by then."""
    for intent, delivery, content_hash, sent_at in _intents(history):
        needed = 1 if _action(delivery) == "remove" else history.approvals
        standing = _standing(history.decisions[delivery["key"]], content_hash, sent_at)
        if len(standing) < needed:
            yield Violation("not approved", f"{intent} of {delivery['key']} with {len(standing)} of {needed} approvals")
        elif _action(delivery) != "remove" and not _others(standing, delivery, history):
            yield Violation("not approved", f"{intent} of {delivery['key']} only by its author")
        if not packages_of(delivery, content_hash):
            yield Violation("wrong bytes", f"{intent} of {delivery['key']}: no package with the hash that was sent")


def _intents(history: History) -> Iterator[tuple[str, Row, str, int]]:
    for row in history.book["attempt"]:
        sending = history.sendings.get(row["sending_id"])
        if sending is None or sending["delivery_id"] not in history.deliveries:
            continue  # the trail's rules tell of it
        place = f"attempt {row['number']}"
        yield place, history.deliveries[sending["delivery_id"]], row["content_hash"], row["sent_at"]
    for row in history.book["batch"]:
        yield f"call {row['id']}", history.deliveries[row["delivery_id"]], row["content_hash"], row["first_sent_at"]


def _others(standing: dict[str, str], delivery: Row, history: History) -> bool:
    """Whether somebody besides the author is among them."""
    author = delivery["labels"].get("author", "")
    return history.author_alone or any(author not in person for person in standing.items())


def _standing(decisions: list[Row], content_hash: str, until: int) -> dict[str, str]:
    """Who had approved these bytes by then, id and name; a later return takes all back, a person their own."""
    held: dict[str, str] = {}
    for each in decisions:
        if each["content_hash"] != content_hash or each["at"] > until or not each["reviewer_name"].strip():
            continue
        if each["decision"] == "return":
            held.clear()
        elif each["decision"] == "approve":
            held[each["reviewer_id"]] = each["reviewer_name"]
        elif each["decision"] == "take back":
            held.pop(each["reviewer_id"], None)
    return held


def _action(delivery: Row) -> str:
    found: str = json.loads(delivery["package"]).get("action", "publish")
    return found


def packages_of(delivery: Row, content_hash: str) -> list[Row]:
    """The packages of a delivery that have this hash, opened."""
    texts = {delivery["package"], delivery["approved_package"]}
    return [json.loads(each) for each in texts if hashlib.sha256(each.encode()).hexdigest() == content_hash]
