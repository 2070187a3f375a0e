"""What the journal of one book adds up to: the last word on every post, call, decision and refusal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loa.delivery import State
from loa.store.journal_file import SEALED
from loa.store.journal_read import Entry, Fault, Reading
from loa.store.vault import Vault

Words = dict[str, Any]
Unseal = Callable[[bytes], str | None]
LEFT = ("intent", "call")
"""Lines after which something may have left."""


@dataclass
class Post:
    """One public post on its way. ``at``: where its last line stands in the journal."""

    idem: str
    delivery: str = ""
    attempt: int = 0
    first: Words = field(default_factory=dict)
    """The words of its last intent."""
    last: Words = field(default_factory=dict)
    """All that its results said, the later over the earlier; ``state`` is missing while nothing came back."""
    at: int = 0


@dataclass
class CallMade:
    """One call to people. ``people`` is the state of its people, ``refused`` places by code."""

    key: str
    first: Words = field(default_factory=dict)
    last: Words = field(default_factory=dict)
    people: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    attempt: int = 1
    sent: str = ""


@dataclass
class Ledger:
    """The journal of one book, added up line by line."""

    book: str = ""
    world: str = ""
    lines: int = 0
    last_at: str = ""
    deliveries: dict[str, dict[str, Words]] = field(default_factory=dict)
    """By key and content hash, as a person approved or moved them; the newest last."""
    decisions: list[Words] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    attempts: dict[tuple[str, int], Words] = field(default_factory=dict)
    moves: dict[str, tuple[int, Words]] = field(default_factory=dict)
    """By key: the last one, and where it stands."""
    calls: dict[str, CallMade] = field(default_factory=dict)
    layouts: dict[str, Words] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    refusals: dict[tuple[str, str], Words | None] = field(default_factory=dict)
    """By mark and kind; None where the number wants messages again."""
    stop: Words | None = None
    moved: str = ""
    """The server on which the book has been since it last moved; empty for one in a file."""
    sealed: int = 0
    """Lines about people who refused that another key has sealed."""

    def take(self, entry: Entry, unseal: Unseal) -> None:
        """Add one more line."""
        self.lines += 1
        self.last_at = max(self.last_at, entry.at)
        words = entry.words
        if isinstance(row := words.get("delivery"), dict):
            versions = self.deliveries.setdefault(row["key"], {})
            versions.pop(row["content_hash"], None)
            versions[row["content_hash"]] = row
        match entry.kind:
            case "refusal":
                self._refusal(words, unseal(bytes.fromhex(words[SEALED])))
            case "move":
                self.moves[words["key"]] = self.lines, words
            case "stop" | "resume":
                self.stop = words if entry.kind == "stop" else None
            case _:
                if take := getattr(self, f"_{entry.kind}", None):
                    take(words)

    def _refusal(self, words: Words, marks: str | None) -> None:
        if marks is None:
            self.sealed += 1
            return
        for mark in json.loads(marks):
            self.refusals[mark, words["people"]] = None if words.get("back") else words

    def _opened(self, words: Words) -> None:
        self.world = words["world"]

    def _moved(self, words: Words) -> None:
        self.moved = words["to"] if words["server"] else ""

    def _decision(self, words: Words) -> None:
        self.decisions.append({name: value for name, value in words.items() if name != "delivery"})

    def _intent(self, words: Words) -> None:
        self.attempts[words["idem"], words["attempt"]] = dict(words)
        post = self.posts.setdefault(words["idem"], Post(words["idem"]))
        post.delivery = words["delivery"]
        post.first = post.first or words
        if words["attempt"] > post.attempt:
            post.attempt, post.first, post.at = words["attempt"], words, self.lines
            post.last.pop("state", None)

    def _result(self, words: Words) -> None:
        """Lines of two processes may change places: what an earlier attempt came to says nothing any more."""
        idem, attempt = words["idem"], words["attempt"]
        self.attempts.setdefault((idem, attempt), {})["answer"] = words
        post = self.posts.setdefault(idem, Post(idem, idem.rpartition("#")[0]))
        if attempt < post.attempt or (attempt == post.attempt and post.last.get("state") == State.DONE):
            return
        post.attempt, post.at = attempt, self.lines
        post.last |= words

    def _call(self, words: Words) -> None:
        call = self.calls.setdefault(words["key"], CallMade(words["key"]))
        call.first = words | call.first
        if words["attempt"] >= call.attempt:
            call.attempt, call.sent, call.people = words["attempt"], words["sent"], ""
            call.last.pop("state", None)

    def _call_result(self, words: Words) -> None:
        call = self.calls.setdefault(words["key"], CallMade(words["key"]))
        if words.get("attempt", call.attempt) < call.attempt:
            return
        call.people = words.get("people", call.people)
        call.refused |= words.get("refused", {})
        call.last |= words

    def _layout(self, words: Words) -> None:
        self.layouts[words["delivery"]] = words

    def _released(self, words: Words) -> None:
        self.released.add(words["delivery"])


@dataclass(frozen=True, slots=True)
class Found:
    """What the journals of a folder hold: the ledger of the book that was last worked with, and what is wrong."""

    ledger: Ledger
    faults: tuple[Fault, ...]


def read_ledger(folder: Path, unseal: Unseal, book: str = "") -> Found:
    """Add up the journals of a folder: of ``book``, or else of the book from which something last left.

    With it goes what other books of the same world sent from here: it is out as well.
    """
    reading = Reading(folder)
    wanted = book or last_book(reading.entries())
    reading.faults.clear()
    mine = {wanted, *_same_world(folder, wanted)}
    ledger = Ledger(wanted)
    for entry in reading.entries():
        if entry.book in mine:
            ledger.take(entry, unseal)
    return Found(ledger, tuple(reading.faults))


def _same_world(folder: Path, wanted: str) -> set[str]:
    """Books of the same world as ``wanted``: whatever has left from one of them is out, for all of them."""
    opened = (entry for entry in Reading(folder).entries() if entry.kind == "opened")
    worlds = {entry.book: entry.words["world"] for entry in opened}
    return {book for book, world in worlds.items() if world == worlds.get(wanted)}


def opener(vault: Vault) -> Unseal:
    """Opens what a line has sealed; None for what was sealed with another key."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 40 ms, like the vault's own

    def unseal(sealed: bytes) -> str | None:
        try:
            return vault.open(sealed)
        except InvalidTag:
            return None

    return unseal


def last_book(entries: Iterable[Entry]) -> str:
    """The book from which something last left; where nothing ever did, the one about which somebody last decided."""
    last: dict[bool, str] = {}
    for entry in entries:
        if entry.kind in (*LEFT, "decision"):
            last[entry.kind in LEFT] = entry.book
    return last.get(True) or last.get(False, "")


def attempts_by_book(entries: Iterable[Entry]) -> dict[str, tuple[int, str]]:
    """By book: how many attempts the journal tells of, and when the last was."""
    counts: Counter[str] = Counter()
    last: dict[str, str] = {}
    for entry in entries:
        if entry.kind in LEFT:
            counts[entry.book] += 1
            last[entry.book] = entry.at
    return {book: (count, last[book]) for book, count in counts.items()}
