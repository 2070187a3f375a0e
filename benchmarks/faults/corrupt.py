"""A damaged book after a kill: each damage is found or provably harmless, nothing leaves, it is made whole."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.faults.chain import Chain, chain, is_code
from benchmarks.faults.report import Report

_PAGE = 4096
_WITHOUT_SUMS = ("person", "recipient", "contact", "inbox", "reply", "worker", "doubtful_number", "batch_job")
Damage = Callable[[Path, random.Random], None]


def _flip(path: Path, chance: random.Random, times: int, start: int = 0) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(times):
        data[chance.randrange(start, len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _wal(book: Path) -> Path:
    return book.with_name(book.name + "-wal")


def _folded(book: Path) -> None:
    """Bring the log into the file first, so that the damage is in what counts."""
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _one_bit(book: Path, chance: random.Random) -> None:
    _folded(book)
    _flip(book, chance, 1)


def _some_bits(book: Path, chance: random.Random) -> None:
    _folded(book)
    _flip(book, chance, 20)


def _in_words(book: Path, chance: random.Random) -> None:
    """A letter within a package, a state or a name: SQLite itself does not mind."""
    _folded(book)
    data = bytearray(book.read_bytes())
    places = [place for word in (b"tin-", b"done", b"approve", b"Trang") for place in _places(data, word)]
    data[chance.choice(places)] ^= 1
    book.write_bytes(data)


def _places(data: bytearray, word: bytes) -> list[int]:
    found, place = [], data.find(word)
    while place >= 0:
        found.append(place + len(word) - 1)
        place = data.find(word, place + 1)
    return found


def _zero_page(book: Path, chance: random.Random) -> None:
    _folded(book)
    data = bytearray(book.read_bytes())
    page = chance.randrange(len(data) // _PAGE)
    data[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    book.write_bytes(data)


def _swap_pages(book: Path, chance: random.Random) -> None:
    _folded(book)
    data = bytearray(book.read_bytes())
    one, other = chance.sample(range(1, len(data) // _PAGE), 2)
    first, second = (slice(page * _PAGE, (page + 1) * _PAGE) for page in (one, other))
    data[first], data[second] = data[second], data[first]
    book.write_bytes(data)


def _cut(book: Path, chance: random.Random) -> None:
    _folded(book)
    os.truncate(book, chance.randrange(0, book.stat().st_size))


def _header(book: Path, chance: random.Random) -> None:
    _folded(book)
    data = bytearray(book.read_bytes())
    place = chance.randrange(100)
    data[place : place + 8] = chance.randbytes(8)
    book.write_bytes(data)


def _wal_bits(book: Path, chance: random.Random) -> None:
    if _wal(book).exists() and _wal(book).stat().st_size:
        _flip(_wal(book), chance, 3)


def _wal_cut(book: Path, chance: random.Random) -> None:
    if _wal(book).exists() and _wal(book).stat().st_size:
        os.truncate(_wal(book), chance.randrange(_wal(book).stat().st_size))


def _wal_gone(book: Path, chance: random.Random) -> None:  # noqa: ARG001 - one signature for all
    _wal(book).unlink(missing_ok=True)
    book.with_name(book.name + "-shm").unlink(missing_ok=True)


def _gone(book: Path, chance: random.Random) -> None:
    _wal_gone(book, chance)
    book.unlink()


def _empty(book: Path, chance: random.Random) -> None:
    _wal_gone(book, chance)
    book.write_bytes(b"")


DAMAGES: dict[str, Damage] = {
    "one bit": _one_bit,
    "20 bits": _some_bits,
    "a letter in a row": _in_words,
    "a page of zeros": _zero_page,
    "two pages swapped": _swap_pages,
    "cut short": _cut,
    "header": _header,
    "log: bits": _wal_bits,
    "log: cut short": _wal_cut,
    "log gone": _wal_gone,
    "file gone": _gone,
    "file empty": _empty,
}


def run(times: int, seed: int) -> Report:
    """Damage the book ``times`` times on the way of one campaign; the report."""
    head = (
        "damage",
        "times",
        "detected",
        "harmless (the same rows, or no decision or attempt was lost)",
        "only rows without a checksum",
        "restored",
    )
    report = Report("A damaged book", head)
    chance = random.Random(seed)  # noqa: S311 - where to damage, no secret
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory(prefix="loa-corrupt-") as place, chain(Path(place), times, slow=0.2) as it:
        it.once()
        names = list(DAMAGES)
        for number in range(times):
            name = names[number % len(names)]
            _cycle(it, name, chance, counts[name], report, number)
        it.judge(report, "after every damage")
    for name, found in counts.items():
        report.add(
            name,
            found.total() - found["restored"],
            found["detected"],
            found["harmless"],
            found["unseen"],
            found["restored"],
        )
    return report


def _cycle(it: Chain, name: str, chance: random.Random, counts: Counter[str], report: Report, number: int) -> None:
    """Approve, begin to send, kill, damage; then it must be told, or nothing was lost."""
    it.release()
    backup = it.office.root / "var" / "truoc.zip"
    backup.unlink(missing_ok=True)
    if it.office.loa("backup", backup).returncode:
        report.blame(name, ["no backup could be made"])
    it.office.start("run", "--every", "1", "--sandbox", it.sandbox)
    _until_in_use(it)
    seen, end = it.seen(), time.monotonic() + 6
    while it.seen() == seen and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 0.3))
    it.office.end(signal.SIGKILL)
    kept = Path(tempfile.mkdtemp(dir=it.office.root.parent))
    _copy(it.book, kept)
    DAMAGES[name](it.book, chance)
    known, now = _dump(kept / it.book.name), _dump(it.book)
    before = it.seen()
    code, said = it.once()
    if code:
        counts["detected"] += 1
        report.blame(f"{name} ({number})", [] if is_code(said) else [f"broke instead of telling: {said}"])
        report.blame(
            f"{name} ({number})", [f"{it.seen() - before} posts left a bad book"] if it.seen() != before else []
        )
        _restore(it, name, number, backup, counts, report)
    elif known == now or (name.startswith("log") and not _lost(known, now)):
        counts["harmless"] += 1
    else:
        differ = {table for table in known if known[table] != now.get(table)} | (set(now) - set(known))
        seen_by_sums = differ - set(_WITHOUT_SUMS)
        counts["unseen"] += 1
        report.blame(f"{name} ({number})", [f"not detected: {sorted(seen_by_sums)} ({said})"] if seen_by_sums else [])
    shutil.rmtree(kept)


def _until_in_use(it: Chain) -> None:
    """Else the kill would come before the scheduler has opened the book, which was then closed as it should be."""
    mark, end = it.office.root / "var/journal/book.checked.at-work", time.monotonic() + 60
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.02)


def _lost(known: dict[str, list[Any]], now: dict[str, list[Any]]) -> list[str]:
    """What was decided or had left, and is gone with the log. Other steps are simply taken again."""
    return [table for table in ("approval", "attempt", "batch", "suppression") if known[table] != now.get(table)]


def _restore(it: Chain, name: str, number: int, backup: Path, counts: Counter[str], report: Report) -> None:
    """From the journal and from a backup in turn; then a scheduler must be able to go on."""
    words = ("restore", "--from-journal") if number % 2 else ("restore", backup)
    done = it.office.loa(*words)
    it.rebuilt = True
    code, said = it.once() if not done.returncode else (done.returncode, (done.stdout + done.stderr)[-300:])
    if code:
        report.blame(f"{name} ({number})", [f"{' '.join(map(str, words))}: {said}"])
    else:
        counts["restored"] += 1


def _copy(book: Path, folder: Path) -> None:
    for end in ("", "-wal", "-shm"):
        if (path := book.with_name(book.name + end)).exists():
            shutil.copy(path, folder)


def _dump(book: Path) -> dict[str, list[Any]]:
    """Every row of every table, read from a copy, texts as their bytes (damaged ones are no UTF-8)."""
    with tempfile.TemporaryDirectory() as folder:
        if not book.exists():
            return {}
        _copy(book, Path(folder))
        try:
            with closing(sqlite3.connect(Path(folder) / book.name)) as connection:
                connection.text_factory = lambda data: data.decode(errors="surrogateescape")
                tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in tables}  # noqa: S608 - names from the schema
        except sqlite3.DatabaseError:
            return {"unreadable": []}


def main(argv: list[str]) -> int:
    """Run by itself; exit 1 at any violation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args(argv)
    report = run(given.times, given.seed)
    report.how = f"uv run python benchmarks/faults --only corrupt (seed {given.seed})"
    print(report.markdown())
    return 1 if report.violations else 0
