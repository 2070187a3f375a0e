"""Messages to people: each that a handset got belongs to one call, and calls agree with their people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from support.history.approved import packages_of
from support.history.check import History, Violation, moment
from support.history.effects import PEOPLE, squeezed
from support.history.rows import Row

_NOBODY = {"cancelled", "refused"}
_DOUBT = {"unknown", "human", "sending", "retry_later"}


def each_message_has_its_call(history: History) -> Iterator[Violation]:
    """By the key where a gateway carries it; else by words and account, counted."""
    calls = {row["key"]: row for row in history.book["batch"]}
    seen: dict[str, list[Row]] = defaultdict(list)
    without_key: list[Row] = []
    for each in history.effects:
        if each["kind"] in PEOPLE:
            (seen[each["key"]] if each["key"] in calls else without_key).append(each)
    for key, group in seen.items():
        yield from _of_call(history, calls[key], group)
    for key, row in calls.items():
        if row["state"] == "done" and key not in seen and seen and _refused(history, row) != row["size"]:
            yield Violation("done without an effect", f"call {row['id']} to {row['size']}")
    yield from _counted(
        history, without_key, [row for key, row in calls.items() if key not in seen] if not seen else []
    )


def _of_call(history: History, row: Row, group: list[Row]) -> Iterator[Violation]:
    place = f"call {row['id']} ({row['state']}, {row['size']} people)"
    people = Counter(each["recipient_hmac"] for each in group)
    if max(people.values()) > 1:
        yield Violation("twice", f"{place}: {max(people.values())} × one handset")
    if row["state"] in _NOBODY and row["code"] not in {"E540", "E542"}:
        yield Violation("seen and not known", f"{place} reached {len(people)}")
    if row["state"] == "done" and not row["size"] - _refused(history, row) <= len(people) <= row["size"]:
        yield Violation("people lost", f"{place} reached {len(people)}")
    if len(people) > row["size"]:
        yield Violation("effect without a sending", f"{place} reached {len(people)}")
    if min(moment(each["at"]) for each in group) < row["first_sent_at"] - history.back * 1e6:
        yield Violation("not meant before", f"{place}: seen before its intent")
    packages = packages_of(history.deliveries[row["delivery_id"]], row["content_hash"])
    if packages and any(squeezed(each["text"]) != squeezed(packages[0]["text"]) for each in group):
        yield Violation("other words", f"{place} said something else")


def _refused(history: History, row: Row) -> int:
    return sum(
        each["people"]
        for each in history.book["people"]
        if each["batch_id"] == row["id"] and each["state"] == "refused"
    )


def _counted(history: History, seen: list[Row], calls: list[Row]) -> Iterator[Violation]:
    """Without a key: of each text as many as are done, and at most those in doubt besides."""
    reached = Counter((each["account"], squeezed(each["text"])) for each in seen)
    surely: Counter[tuple[str, str]] = Counter()
    maybe: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in calls:
        for package in packages_of(history.deliveries[row["delivery_id"]], row["content_hash"])[:1]:
            place = (row["account_id"], squeezed(package["text"]))
            names[place] |= {row["account_id"], *package["account"]["settings"].values()}
            surely[place] += row["size"] - _refused(history, row) if row["state"] == "done" else 0
            maybe[place] += row["size"] if row["state"] in _DOUBT or row["code"] in {"E540", "E542"} else 0
    told: Counter[tuple[str, str]] = Counter()
    for (account, text), count in reached.items():
        mine = [place for place in names if place[1] == text and account in names[place]]
        if not mine:
            yield Violation("effect without a sending", f"{count} messages of {account} that nobody meant")
        for place in mine[:1]:
            told[place] += count
    for place in names:
        least, most = surely[place], surely[place] + maybe[place]
        if not least <= told[place] <= most:
            kind = "people lost" if told[place] < least else "effect without a sending"
            yield Violation(kind, f"{told[place]} messages of {place[0]}, {least} to {most} known")


def the_calls_agree_with_their_people(history: History) -> Iterator[Violation]:
    """A call's people are as many as it says, and in its state."""
    states: dict[int, Counter[str]] = defaultdict(Counter)
    for row in history.book["people"]:
        if row["batch_id"] is not None:
            states[row["batch_id"]][row["state"]] += row["people"]
    for row in history.book["batch"]:
        if row["state"] in _NOBODY and row["state"] == "cancelled":
            continue  # its people wait in line again, or belong to another call
        found = states[row["id"]]
        allowed = {row["state"], "refused"} | ({"unknown", "human"} if row["state"] == "retry_later" else set())
        if found.total() != row["size"] or set(found) - allowed:
            yield Violation("people lost", f"call {row['id']} ({row['state']}, {row['size']}) has {dict(found)}")
