"""Zalo's single-use refresh token under many processes and many deaths: python benchmarks/zalo_tokens.py.

Eight processes use one account's token at each of a hundred expiries, on SQLite and on PostgreSQL: the limit is one
refresh an expiry, which is what a single process needs. Then processes are killed (SIGKILL) at thirty moments of a
refresh, and the account is used again after each: it works, or it asks for a person and works after his login.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from support.postgres import running_server  # noqa: E402 (needs the path above)
from support.processes import sandbox_process  # noqa: E402 (the same)
from support.token_rounds import KILLS, START, Stand, kill_everywhere, play_rounds  # noqa: E402 (the same)
from table import rows, write_section  # noqa: E402 (the same)

PROCESSES = 8
ROUNDS = 100


def main() -> int:
    """Run all of it; 1 where a bar is missed."""
    lines: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder, _books(Path(folder)) as books:
        missed = [name for name, book in books if not _run(name, book, Path(folder) / name, lines)]
    head = ("book", "uses that worked", "refreshes", "expiries", "invalid grants", "seconds", "kills", "what came next")
    table = rows(head, lines)
    sys.stdout.write("\n".join(table) + "\n")
    if "--write" in sys.argv:
        write_section("zalo_tokens", [f"{PROCESSES} processes at {ROUNDS} expiries each; then the kills.", "", *table])
    return 1 if missed else 0


@contextmanager
def _books(folder: Path) -> Iterator[list[tuple[str, Path | str]]]:
    with running_server() as address:
        yield [("SQLite", folder / "book.sqlite"), ("PostgreSQL", address)]


def _run(name: str, book: Path | str, folder: Path, lines: list[list[str]]) -> bool:
    began = time.perf_counter()
    with sandbox_process(folder / "rounds") as url:
        stand = Stand(url, folder, book)
        assert stand.use(START) == "works"
        seen = play_rounds(stand, PROCESSES, ROUNDS)
        refreshes, refused = stand.counts()
    took = time.perf_counter() - began
    with sandbox_process(folder / "kills") as url:
        stand = Stand(url, folder, book)
        stand.show(START)
        stand.log_in(START)
        after = kill_everywhere(stand, KILLS, seed=1)
    next_use = ", ".join(f"{code}: {count}" for code, count in Counter(each.first for each in after).items())
    works = f"{seen['works']} / {PROCESSES * ROUNDS}"
    lines.append([name, works, str(refreshes), str(ROUNDS), str(refused), f"{took:.1f}", str(len(after)), next_use])
    once = (seen["works"], refreshes, refused) == (PROCESSES * ROUNDS, ROUNDS, 0)
    return once and all(each.loud for each in after)


if __name__ == "__main__":
    sys.exit(main())
