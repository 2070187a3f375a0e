"""The rules, one function each: what they find is a violation of a promise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from support.history.rows import Row, read_book, read_lines, wrong_sums

_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken promise: which (``kind``), and where."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}"


@dataclass
class History:
    """What one office did: its book, what citizens saw, and what was told beside."""

    book: dict[str, list[Row]]
    effects: list[Row]
    slots: list[Row] = field(default_factory=list)
    """Of ``loa timetable --json``: each must be found in the book."""
    receipts: list[Row] | None = None
    """The lines of the receipts journal; None: there is none to hold the book against."""
    approvals: int = 1
    """How many named persons the house asks for."""
    author_alone: bool = False
    """Whether the house lets an author approve alone."""
    settle: dict[str, float] = field(default_factory=dict)
    """By channel: seconds within which nobody may say that something is absent."""
    back: float = 0.0
    """Seconds by which the clock was told to have jumped back at most."""
    rebuilt: bool = False
    """Whether the book was made anew from its journal: its trail begins there."""
    sums: list[str] = field(default_factory=list)
    """Rows whose checksum is wrong."""

    def __post_init__(self) -> None:
        self.deliveries = {row["id"]: row for row in self.book["delivery"]}
        self.sendings = {row["id"]: row for row in self.book["sending"]}
        self.attempts: dict[int, list[Row]] = defaultdict(list)
        for row in sorted(self.book["attempt"], key=lambda row: row["number"]):
            self.attempts[row["sending_id"]].append(row)
        self.decisions: dict[str, list[Row]] = defaultdict(list)
        for row in self.book["approval"]:
            self.decisions[row["delivery_key"]].append(row)

    def is_to_people(self, delivery_id: int) -> bool:
        return '"recipients":{"' in self.deliveries[delivery_id]["package"]


def moment(text: str) -> int:
    """Microseconds since 1970, as the book counts."""
    return round(datetime.fromisoformat(text).timestamp() * _MICRO)


def read_history(book: str | Path, journal: Path, **given: object) -> History:
    """Read a book (a file or a database URL) and a sandbox's journal."""
    place = str(book)
    sums = [] if place.startswith("postgresql") else wrong_sums(place)
    return History(read_book(place), read_lines(journal), sums=sums, **given)  # type: ignore[arg-type]  # as given by name


Rule = Callable[[History], Iterator[Violation]]


def check(history: History) -> list[Violation]:
    """Everything that is wrong; nothing, where the promises were kept."""
    from support.history import approved, effects, people, receipts, trail  # noqa: PLC0415 - they need what stands here

    rules: tuple[Rule, ...] = (
        _sums,
        approved.enough_approved_before_the_intent,
        effects.each_effect_has_its_sending,
        effects.no_effect_twice,
        people.each_message_has_its_call,
        people.the_calls_agree_with_their_people,
        trail.no_gap_and_no_illegal_move,
        trail.what_is_in_doubt_was_on_the_wire,
        trail.absence_was_sure,
        trail.times_go_forward,
        trail.deliveries_say_what_their_sendings_say,
        every_slot_has_its_end,
        receipts.the_receipts_agree,
    )
    return [found for rule in rules for found in rule(history)]


def _sums(history: History) -> Iterator[Violation]:
    for place in history.sums:
        yield Violation("wrong checksum", place)


_OPEN_WITH_A_MOMENT = {"planned", "awaiting_approval", "approved", "held"}
_ENDED = {"done", "refused", "missed", "cancelled"}


def every_slot_has_its_end(history: History) -> Iterator[Violation]:
    """Each slot of the plan is in the book, and each delivery has ended or knows what it waits for."""
    prefixes = {row["key"].rsplit("/", 2)[0] for row in history.book["delivery"]}
    for slot in history.slots:
        if slot["key"] not in prefixes:
            yield Violation("silently missed", f"slot {slot['key']} is not in the book")
    waits = _waits(history)
    for row in history.book["delivery"]:
        if row["state"] not in _ENDED | _OPEN_WITH_A_MOMENT and not waits[row["id"]]:
            yield Violation("silently missed", f"{row['key']} is {row['state']} and waits for nothing")
        if row["state"] in {"held", "missed"} and not row["reason"]:
            yield Violation("no reason", f"{row['key']} is {row['state']}")


def _waits(history: History) -> Counter[int]:
    """By delivery: how much of it waits for a moment, for an answer or for a person."""
    found: Counter[int] = Counter()
    for row in (*history.book["sending"], *history.book["batch"]):
        found[row["delivery_id"]] += row["next_try"] is not None or row["state"] in {"human", "sending"}
    for row in history.book["people"]:
        found[row["delivery_id"]] += row["state"] in {"due", "held"}
    return found
