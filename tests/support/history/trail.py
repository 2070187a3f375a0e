"""The trail: every move is a legal one, without a gap; what has ended stays so; what is in doubt was on the wire."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from support.history.check import History, Violation
from support.history.moves import (
    DOUBT,
    MACHINE,
    WAITING,
    is_legal_batch,
    is_legal_delivery,
    is_legal_sending,
)
from support.history.rows import Row

_LATE_ANSWERS = {"answer", "reconcile", "recover"}


def no_gap_and_no_illegal_move(history: History) -> Iterator[Violation]:
    """Each row's events lead from one to the next, by legal moves, to where the row stands now."""
    if history.rebuilt:
        return
    of_delivery: dict[int, list[Row]] = defaultdict(list)
    of_sending: dict[int, list[Row]] = defaultdict(list)
    for each in history.book["event"]:
        if not each["before"] and not each["after"]:
            continue
        if each["sending_id"] is not None:
            of_sending[each["sending_id"]].append(each)
        elif "batch" in each["params"] or "key" in each["params"]:
            if not is_legal_batch(each["before"], each["after"], each["actor"]):
                yield Violation("illegal move", f"a call of {each['delivery_id']}: {_move(each)}")
        elif each["delivery_id"] is not None:
            of_delivery[each["delivery_id"]].append(each)
    for row in history.book["delivery"]:
        yield from _delivery(history, row, of_delivery[row["id"]])
    for row in history.book["sending"]:
        yield from _sending(history, row, of_sending[row["id"]])


def _delivery(history: History, row: Row, events: list[Row]) -> Iterator[Violation]:
    stands = events[0]["before"] if events else row["state"]
    if stands not in {"planned", "awaiting_approval", "approved", "held"}:
        yield Violation("gap in the trail", f"{row['key']} begins as {stands}")
    for each in events:
        if each["before"] != stands:
            yield Violation("gap in the trail", f"{row['key']}: {stands}, then {_move(each)}")
        elif not is_legal_delivery(
            each["before"], each["after"], each["actor"], to_people=history.is_to_people(row["id"])
        ):
            yield Violation("illegal move", f"{row['key']}: {_move(each)}")
        stands = each["after"]
    if stands != row["state"]:
        yield Violation("gap in the trail", f"{row['key']} is {row['state']}, its trail ends with {stands}")


def _sending(history: History, row: Row, events: list[Row]) -> Iterator[Violation]:
    """A claim is told by its attempt, everything else by an event."""
    attempts = [each["number"] for each in history.attempts[row["id"]]]
    if attempts != list(range(1, len(attempts) + 1)) or len(attempts) != row["attempt"]:
        yield Violation("gap in the trail", f"{row['idem']} counts {row['attempt']} attempts, has {attempts}")
    stands, claimed = "due", 0
    for each in events:
        if each["before"] == "sending" and stands in WAITING:
            stands, claimed = "sending", claimed + 1
        if each["after"] == "sending":
            claimed += 1
        if each["before"] != stands:
            yield Violation("gap in the trail", f"{row['idem']}: {stands}, then {_move(each)}")
        elif not is_legal_sending(each["before"], each["after"], each["actor"]):
            yield Violation("illegal move", f"{row['idem']}: {_move(each)}")
        stands = each["after"]
    if row["state"] == "sending" and stands in WAITING:
        stands, claimed = "sending", claimed + 1
    if stands != row["state"]:
        yield Violation("gap in the trail", f"{row['idem']} is {row['state']}, its trail ends with {stands}")
    if claimed != len(attempts):
        yield Violation("gap in the trail", f"{row['idem']}: {len(attempts)} attempts, {claimed} claims told")


def _move(event: Row) -> str:
    return f"{event['before']} → {event['after']} ({event['cause']}, {event['actor']})"


def what_is_in_doubt_was_on_the_wire(history: History) -> Iterator[Violation]:
    """Unknown, or with a person, only what had an attempt that was not answered, or not clearly."""
    for row in history.book["sending"]:
        last = history.attempts[row["id"]][-1:]
        if row["state"] in DOUBT and not any(each["ending"] in {"", "unknown", "pending"} for each in last):
            yield Violation("doubt without a cause", f"{row['idem']} is {row['state']}")
        if row["state"] == "done" and not history.attempts[row["id"]] and row["code"] != "E541":
            yield Violation("done without an intent", row["idem"])
    for row in history.book["batch"]:
        if row["state"] in DOUBT and (row["sent_at"] is None or not row["attempt"]):
            yield Violation("doubt without a cause", f"call {row['id']} is {row['state']}")


def absence_was_sure(history: History) -> Iterator[Violation]:
    """What was in doubt is due again only when its settle time had passed since it was sent, or by a person's word."""
    for each in history.book["event"]:
        if each["sending_id"] is None or (each["before"], each["after"], each["actor"]) != ("unknown", "due", MACHINE):
            continue
        row = history.sendings[each["sending_id"]]
        delivery = history.deliveries[row["delivery_id"]]
        # An attempt with a clear ending was not the one in doubt: by a clock of leaps it may follow in the same moment.
        doubted = [one for one in history.attempts[row["id"]] if one["ending"] in {"", "unknown", "pending"}]
        earlier = [one["sent_at"] for one in doubted if one["sent_at"] <= each["at"]]
        least = history.settle.get(delivery["channel"], 0.0)
        if earlier and (each["at"] - max(earlier)) / 1e6 < least - history.back:
            yield Violation("read back too early", f"{row['idem']}, {(each['at'] - max(earlier)) / 1e6:.1f} s")


def times_go_forward(history: History) -> Iterator[Violation]:
    """No line of a row is older than the line before it, but by a jump of the clock that was told."""
    last: dict[int, int] = {}
    slack = history.back * 1e6
    for each in history.book["event"]:
        if each["delivery_id"] is None or history.rebuilt:
            continue
        if each["at"] < last.get(each["delivery_id"], each["at"]) - slack:
            yield Violation("time goes back", f"event {each['id']} of delivery {each['delivery_id']}")
        last[each["delivery_id"]] = each["at"]
    for sending_id, attempts in history.attempts.items():
        moments = [
            moment for each in attempts for moment in (each["sent_at"], each["answered_at"]) if moment is not None
        ]
        if any(after < before - slack for before, after in pairwise(moments)):
            yield Violation("time goes back", f"attempts of sending {sending_id}")


_ROLLED = ("human", "unknown", "sending", "due", "retry_later", "pending")


def deliveries_say_what_their_sendings_say(history: History) -> Iterator[Violation]:
    """A delivery that is said to be done has only sendings that are; one with a sending in doubt does not hide it."""
    states: dict[int, Counter[str]] = defaultdict(Counter)
    for row in history.book["sending"]:
        states[row["delivery_id"]][row["state"]] += 1
    for row in history.book["delivery"]:
        found = states[row["id"]]
        if row["state"] == "done" and found and set(found) & {"unknown", "human", "sending", "due", "retry_later"}:
            yield Violation("hidden doubt", f"{row['key']} is done, its sendings are {dict(found)}")
        if row["state"] in {"missed", "cancelled", "refused"} and found["done"] + found["unknown"] + found["human"]:
            yield Violation("hidden doubt", f"{row['key']} is {row['state']}, its sendings are {dict(found)}")
        if row["state"] == "done" and not found and not history.is_to_people(row["id"]) and _public(row):
            yield Violation("done without a sending", row["key"])


def _public(row: Row) -> bool:
    return bool(json.loads(row["package"])["account"]["id"])
