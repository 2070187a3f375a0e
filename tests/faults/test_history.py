"""The history checker itself: a good history passes, and each lie that we put into it is found."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.faulty_office import SETTLE, make_full_office, tell_sandbox
from support.history import check, read_history
from support.history.receipts import read_receipts
from support.processes import loa, sandbox_process

SPAN = ("--from", "2027-03-04", "--to", "2027-03-05")
TESTS = Path(__file__).parents[1]
Line = dict[str, Any]


@dataclass
class Told:
    """A history on the disk, which a test may falsify."""

    folder: Path
    slots: list[Line]

    def sql(self, *statements: str) -> None:
        """Change the book as a forger who keeps its checksums right."""
        with closing(sqlite3.connect(self.folder / "book.sqlite")) as connection, connection:
            connection.create_function("loa_row_sum", -1, _row_sum, deterministic=True)
            for statement in statements:
                assert connection.execute(statement.format_map(_PLACES)).rowcount, statement

    def value(self, query: str) -> Any:
        with closing(sqlite3.connect(self.folder / "book.sqlite")) as connection:
            return connection.execute(query).fetchone()[0]

    def effects(self, change: Callable[[list[Line]], list[Line]]) -> None:
        _rewrite(self.folder / "journal.jsonl", change)

    def receipts(self, change: Callable[[list[Line]], list[Line]], *, chained: bool = False) -> None:
        [path] = (self.folder / "journal").glob("*-2027-03.jsonl")
        _rewrite(path, change, again=chained)

    def kinds(self) -> set[str]:
        folder = self.folder
        receipts = read_receipts(folder / "journal")
        told = {"slots": self.slots, "settle": SETTLE, "receipts": receipts}
        return {each.kind for each in check(read_history(folder / "book.sqlite", folder / "journal.jsonl", **told))}


def _row_sum(*values: object) -> int:
    return zlib.crc32("\x1f".join(map(str, values)).encode())


def _rewrite(path: Path, change: Callable[[list[Line]], list[Line]], *, again: bool = False) -> None:
    lines = change([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    texts = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in lines]
    if again:
        texts, before, first = [], lines[0]["prev"], lines[0]["n"]
        for number, each in enumerate(lines, start=first):
            words = {name: value for name, value in each.items() if name != "hash"} | {"n": number, "prev": before}
            text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
            before = hashlib.sha256(text.encode()).hexdigest()
            texts.append(f'{text[:-1]},"hash":"{before}"}}')
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Two days, with one post whose answer was lost and one that never arrived."""
    folder = tmp_path_factory.mktemp("history")
    office = make_full_office(folder / "office")
    slots = json.loads(loa("timetable", *SPAN, "--json", cwd=office).stdout)["slots"]
    with sandbox_process(folder / "month") as url:
        lost = {"face": "facebook", "route": "*/feed", "kind": "drop_after", "nth": 1}
        tell_sandbox(url, "faults", {"scenario": [lost, lost | {"kind": "drop_before", "nth": 2}]})
        done = loa("rehearse", *SPAN, "--folder", folder / "month", "--sandbox", url, cwd=office)
    assert done.returncode == 0, done.stderr
    return Told(folder / "month", slots)


@pytest.fixture
def told(good: Told, tmp_path: Path) -> Told:
    shutil.copytree(good.folder, tmp_path / "month")
    return Told(tmp_path / "month", list(good.slots))


def _post(change: dict[str, Any], kind: str = "post") -> Callable[[list[Line]], list[Line]]:
    """Change the first effect of a kind."""

    def changed(lines: list[Line]) -> list[Line]:
        place = next(place for place, each in enumerate(lines) if each["kind"] == kind)
        return [*lines[:place], lines[place] | change, *lines[place + 1 :]]

    return changed


def _without(kind: str) -> Callable[[list[Line]], list[Line]]:
    def changed(lines: list[Line]) -> list[Line]:
        place = next(place for place, each in enumerate(lines) if each["kind"] == kind)
        return lines[:place] + lines[place + 1 :]

    return changed


def _again(kind: str, **change: Any) -> Callable[[list[Line]], list[Line]]:
    def changed(lines: list[Line]) -> list[Line]:
        first = next(each for each in lines if each["kind"] == kind)
        return [*lines, first | {"seq": len(lines) + 1} | change]

    return changed


def _longer(lines: list[Line]) -> list[Line]:
    first = next(each for each in lines if each["kind"] == "tweet")
    return [each | {"text": each["text"] + "!"} if each is first else each for each in lines]


_DAY = 86_400_000_000
_OLDEST = "(SELECT min(sending_id) FROM attempt)"
_ITS = "(SELECT COLUMN FROM sending JOIN delivery ON delivery.id = delivery_id WHERE sending.id = OLDEST)".replace(
    "OLDEST", _OLDEST
)
_PLACES = {
    "first": _OLDEST,
    "its_delivery": _ITS.replace("COLUMN", "delivery_id"),
    "its_key": _ITS.replace("COLUMN", "delivery.key"),
    "day": _DAY,
    "month": 30 * _DAY,
}
"""What the statements below name in braces."""
LIES: dict[str, tuple[str, Callable[[Told], None]]] = {
    "a post is seen twice": ("twice", lambda it: it.effects(_again("post", id="1001_9"))),
    "a post is seen twice under one id": ("twice", lambda it: it.effects(_again("post"))),
    "a handset gets it twice": ("twice", lambda it: it.effects(_again("sms"))),
    "a done post is not there": ("done without an effect", lambda it: it.effects(_without("post"))),
    "a done message is not there": ("done without an effect", lambda it: it.effects(_without("sms"))),
    "nobody meant a post": ("effect without a sending", lambda it: it.effects(_again("post", text="Tin lạ", id="x"))),
    "somebody else's page": ("effect without a sending", lambda it: it.effects(_post({"account": "9"}))),
    "other words": ("other words", lambda it: it.effects(_post({"text": "Tin khác"}))),
    "one letter more": ("other words", lambda it: it.effects(_longer)),
    "another picture": ("other pictures", lambda it: it.effects(_post({"media_sha256": ["0" * 64]}, "photo_post"))),
    "other words to people": ("other words", lambda it: it.effects(_post({"text": "Tin khác"}, "sms"))),
    "sent before it was meant": (
        "not meant before",
        lambda it: it.effects(_post({"at": "2027-03-03T00:00:00+00:00"}, "photo_post")),
    ),
    "a message before it was meant": (
        "not meant before",
        lambda it: it.effects(_post({"at": "2027-03-03T00:00:00+00:00"}, "sms")),
    ),
    "no approval": ("not approved", lambda it: it.sql("DELETE FROM approval WHERE delivery_key = {its_key}")),
    "approved too late": ("not approved", lambda it: it.sql("UPDATE approval SET at = at + {month}")),
    "other bytes approved": ("not approved", lambda it: it.sql("UPDATE approval SET content_hash = 'x' WHERE id = 1")),
    "approved by nobody": ("not approved", lambda it: it.sql("UPDATE approval SET reviewer_name = ''")),
    "approved only by its author": (
        "not approved",
        lambda it: it.sql("UPDATE approval SET reviewer_name = 'Trần Văn Bình'"),
    ),
    "taken back": ("not approved", lambda it: it.sql("UPDATE approval SET decision = 'return' WHERE id = 1")),
    "a package with another letter": (
        "wrong bytes",
        lambda it: it.sql("UPDATE delivery SET package = package || ' ', approved_package = ''"),
    ),
    "an attempt is gone": ("gap in the trail", lambda it: it.sql("DELETE FROM attempt WHERE sending_id = {first}")),
    "an event is gone": (
        "gap in the trail",
        lambda it: it.sql("DELETE FROM event WHERE id = (SELECT min(id) FROM event WHERE after = 'due')"),
    ),
    "the end is gone": (
        "gap in the trail",
        lambda it: it.sql("DELETE FROM event WHERE id = (SELECT max(id) FROM event WHERE after = 'done')"),
    ),
    "out of its end by the machine": (
        "illegal move",
        lambda it: it.sql(
            "INSERT INTO event (at, actor, delivery_id, before, after, cause, params) "
            "SELECT max(at), 'máy', {its_delivery}, 'done', 'due', 'move', '{{}}' FROM event",
            "UPDATE delivery SET state = 'due' WHERE id = {its_delivery}",
        ),
    ),
    "never on the wire": (
        "illegal move",
        lambda it: it.sql("UPDATE event SET before = 'due' WHERE before = 'sending' AND after = 'done'"),
    ),
    "done, and in doubt": (
        "doubt without a cause",
        lambda it: it.sql("UPDATE sending SET state = 'human' WHERE account_id = 'x-tinh'"),
    ),
    "hidden doubt": (
        "hidden doubt",
        lambda it: it.sql("UPDATE sending SET state = 'unknown' WHERE id = (SELECT max(id) FROM sending)"),
    ),
    "out, and said to be missed": (
        "seen and not known",
        lambda it: it.sql("UPDATE sending SET state = 'missed' WHERE id = {first}"),
    ),
    "a call that reached people is said to have not": (
        "seen and not known",
        lambda it: it.sql("UPDATE batch SET state = 'cancelled', code = 'E536' WHERE id = 1"),
    ),
    "a slot was dropped": ("silently missed", lambda it: it.slots.append({"key": "thu-nghiem/mat/2027-03-04/xa-mot"})),
    "due, and waiting for nothing": (
        "silently missed",
        lambda it: it.sql("UPDATE delivery SET state = 'pending' WHERE id = {its_delivery}"),
    ),
    "held for no reason": (
        "no reason",
        lambda it: it.sql("UPDATE delivery SET state = 'held' WHERE id = {its_delivery}"),
    ),
    "time goes back": (
        "time goes back",
        lambda it: it.sql("UPDATE event SET at = at - {day} WHERE id = (SELECT max(id) FROM event)"),
    ),
    "said to be absent at once": (
        "read back too early",
        lambda it: it.sql("UPDATE event SET at = at - 59000000 WHERE before = 'unknown' AND after = 'due'"),
    ),
    "people of a call are lost": (
        "people lost",
        lambda it: it.sql(
            "UPDATE recipient SET batch_id = NULL WHERE delivery_id = (SELECT min(delivery_id) FROM batch)"
        ),
    ),
    "a receipt is gone": ("broken receipts", lambda it: it.receipts(_without("intent"))),
    "a receipt was changed": ("broken receipts", lambda it: it.receipts(_post({"attempt": 7}, "intent"))),
    "no receipt was ever written": ("no receipt", lambda it: it.receipts(_without("intent"), chained=True)),
    "no receipt of a call": ("no receipt", lambda it: it.receipts(_without("call"), chained=True)),
}


def test_a_good_history_has_nothing_wrong(good: Told) -> None:
    assert good.kinds() == set()
    assert good.value("SELECT count(*) FROM event WHERE before = 'unknown' AND sending_id > 0") == 2


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_found(told: Told, name: str) -> None:
    kind, lie = LIES[name]
    lie(told)
    assert kind in told.kinds()


def test_a_byte_that_flipped_in_the_file_is_found(told: Told) -> None:
    path = told.folder / "book.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    wanted = told.value("SELECT platform_id FROM sending WHERE state = 'done' LIMIT 1").encode()
    path.write_bytes(path.read_bytes().replace(wanted, wanted[:-1] + b"Z", 1))
    assert "wrong checksum" in told.kinds()


def test_the_command_says_what_it_found_and_ends_with_one(told: Told) -> None:
    command = [sys.executable, "-m", "support.history", "--book", told.folder / "book.sqlite"]
    command += ["--journal", told.folder / "journal.jsonl", "--receipts", told.folder / "journal"]
    good = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.splitlines()[-1].rpartition(", ")[2]) == (0, "0 violations")
    told.effects(_again("post"))
    bad = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "\ntwice: 2 × " in bad.stdout


def test_it_knows_nothing_of_the_program() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (TESTS / "support" / "history").glob("*.py")]
    assert not any("import loa" in source or "from loa" in source or "from publishers" in source for source in sources)
