"""The receipts journal beside the book: an unbroken chain a host, and nothing out that it had not told of before."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from support.history.check import History, Violation, moment
from support.history.effects import PEOPLE
from support.history.rows import Row

_TAIL = len(',"hash":""}') + 64


def read_receipts(folder: Path) -> list[Row]:
    """Every line of every host, in its file's order. A last line without its end was cut off by a kill."""
    found: list[Row] = []
    for path in sorted(folder.glob("*-[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], start=1):
            own = {"_host": path.name[: -len("-0000-00.jsonl")], "_place": f"{path.name}:{number}"}
            found.append(_line(text) | own)
    return found


def _line(text: str) -> Row:
    """A line's words and its chain; words that have the chain's names keep their own."""
    try:
        words: Row = json.loads(text[:-_TAIL] + "}")
    except ValueError:
        return {"_broken": True}
    good = hashlib.sha256((text[:-_TAIL] + "}").encode()).hexdigest()
    return words | {"_hash": good, "_broken": text[-_TAIL:] != f',"hash":"{good}"}}'}


def the_receipts_agree(history: History) -> Iterator[Violation]:
    """The chain is whole; each effect, each attempt that was answered and each call was told of before it left."""
    if history.receipts is None:
        return
    yield from _chain(history.receipts)
    intents, calls = _intents(history.receipts)
    for row in history.book["attempt"]:
        sending = history.sendings[row["sending_id"]]
        if row["answered_at"] is not None and row["number"] not in intents[sending["idem"]]:
            yield Violation("no receipt", f"attempt {row['number']} of {sending['idem']} was answered")
    for each in history.effects:
        if each["kind"] not in PEOPLE or not each["key"] or not calls:
            continue
        told = calls.get(each["key"])
        if told is None or moment(told["at"]) > moment(each["at"]) + history.back * 1e6:
            yield Violation("no receipt", f"#{each['seq']}: its call was not told of before it left")
        elif not told.get("seqs"):
            yield Violation("no receipt", f"#{each['seq']}: the first line about its call does not tell whom it is for")
    yield from _contradictions(history)


def _chain(lines: list[Row]) -> Iterator[Violation]:
    last: dict[str, Row] = {}
    for each in lines:
        before = last.get(each["_host"])
        if each["_broken"]:
            yield Violation("broken receipts", f"{each['_place']} is not as it was written")
        elif before and not before["_broken"] and (each["n"], each["prev"]) != (before["n"] + 1, before["_hash"]):
            yield Violation("broken receipts", f"lines are missing before {each['_place']}")
        elif before is None and each["n"] != 1:
            yield Violation("broken receipts", f"{each['_place']} is the first line and says {each['n']}")
        last[each["_host"]] = each


def _intents(lines: list[Row]) -> tuple[dict[str, set[int]], dict[str, Row]]:
    """The attempts told of by sending, and the first line about each call."""
    intents: dict[str, set[int]] = defaultdict(set)
    calls: dict[str, Row] = {}
    for each in lines:
        if each.get("kind") == "intent":
            intents[each["idem"]].add(each["attempt"])
        elif each.get("kind") == "call":
            calls.setdefault(each["key"], each)
    return intents, calls


def _contradictions(history: History) -> Iterator[Violation]:
    """What the last result of a sending says is what the book says, where a kill did not take the line."""
    idems = {row["idem"]: row for row in history.book["sending"]}
    told: dict[str, Row] = {}
    for each in history.receipts or ():
        if each.get("kind") == "result":
            told[each["idem"]] = each
    for idem, each in told.items():
        row = idems.get(idem)
        if row is None:
            yield Violation("no receipt", f"{idem} has a receipt and is not in the book")
        elif each["state"] == "done" and row["state"] != "done":
            yield Violation("no receipt", f"{idem} is {row['state']}, its last receipt says done")
