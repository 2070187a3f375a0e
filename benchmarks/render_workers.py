"""How long 520 pictures take by two worker processes over PostgreSQL and a common store, beside two local processes.

Workers have started before the clock does, as they do in an office; the local batch starts its helper within its
time. Both end when every picture lies on the shelf of the machine that asked, and in the store.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from peers.work import FORMATS, TEMPLATE, orders
from support.postgres import fresh_database, running_server
from support.processes import LOA, clean_environment
from table import rows, write_section

from loa.clock import SystemClock
from loa.dispatch import Desk
from loa.wiring.desks import open_desk
from loa.workers.commission import render_by_workers
from loa.workspace import open_workspace

COMMUNES, WORKERS, ROUNDS = 130, 2, 5
_LOA_YAML = """\
body: {{name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}}
units: {{list: [{{code: tinh-mau, name: Tỉnh Mẫu}}]}}
media: {{folder: {store}}}
"""
_ABOUT = (
    f"`{TEMPLATE}`: {COMMUNES} communes × {len(FORMATS)} formats = {COMMUNES * len(FORMATS)} JPEG. Medians of {ROUNDS} "
    "rounds, in turn. Workers: two processes of `loa worker --render --threads 1`, each with files and a shelf of its "
    "own, a book on PostgreSQL and a folder as the common store; local: two processes on one machine, without a store "
    "and with one. Two cores carry everything: the workers, their helpers, the database and the command."
)


@dataclass(frozen=True)
class Place:
    """A machine of this bench: a workspace of its own."""

    root: Path

    @staticmethod
    def made(folder: Path, name: str, store: Path | None) -> Place:
        root = folder / name
        root.mkdir(parents=True)
        text = _LOA_YAML.format(store=store)
        lines = text.splitlines(keepends=True)
        (root / "loa.yaml").write_text("".join(lines if store else lines[:-1]), encoding="utf-8")
        return Place(root)

    def desk(self) -> Desk:
        return open_desk(open_workspace(self.root), SystemClock())


@contextmanager
def worker(place: Place, database: str, key: Path) -> Iterator[None]:
    """A worker that has signed in."""
    (place.root / "var").mkdir(exist_ok=True)
    (place.root / "var/vault.key").write_bytes(key.read_bytes())
    command = [*LOA, "worker", "--render", "--threads", "1"]
    environment = clean_environment() | {"LOA_DATABASE_URL": database}
    with subprocess.Popen(
        command, cwd=place.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            assert [process.stdout.readline() for _ in range(2)][1]
            yield
        finally:
            process.terminate()


def local(folder: Path, store: Path | None) -> float:
    """Seconds of the batch on this machine alone."""
    desk = Place.made(folder, "local-with-store" if store else "local", store).desk()
    wanted = orders(COMMUNES)
    start = time.perf_counter()
    desk.renderer.render_all(wanted)
    desk.renderer.shelf.finish_sharing()
    return time.perf_counter() - start


def by_workers(folder: Path, server: str) -> float:
    """Seconds of the same batch by workers."""
    import os  # noqa: PLC0415 - the address of the book is an environment variable of every process

    database = fresh_database(server).replace("postgresql://", "postgresql+psycopg://")
    store = folder / "store"
    store.mkdir()
    clock = Place.made(folder, "clock", store)
    os.environ["LOA_DATABASE_URL"] = database
    try:
        desk = clock.desk()
        with ExitStack() as stack:
            for number in range(WORKERS):
                place = Place.made(folder, f"worker-{number}", store)
                stack.enter_context(worker(place, database, clock.root / "var/vault.key"))
            wanted = orders(COMMUNES)
            start = time.perf_counter()
            assets = render_by_workers(desk, wanted, lambda _done, _all: None, print)
            seconds = time.perf_counter() - start
        assert len({each.key for each in assets}) == len(wanted)
        desk.book.close()
        return seconds
    finally:
        del os.environ["LOA_DATABASE_URL"]


def measure(rounds: int) -> dict[str, float]:
    """Medians of all rounds, in turn."""
    times: dict[str, list[float]] = {"local": [], "stored": [], "workers": []}
    with running_server() as server:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory(prefix="loa-render-workers-") as place:
                folder = Path(place)
                (folder / "own-store").mkdir()
                times["local"].append(local(folder, None))
                times["stored"].append(local(folder, folder / "own-store"))
                times["workers"].append(by_workers(folder, server))
    return {name: median(taken) for name, taken in times.items()}


def report(found: dict[str, float]) -> list[str]:
    """The table."""
    count = COMMUNES * len(FORMATS)
    body = [
        ("local, two processes", f"{found['local']:.2f}", f"{count / found['local']:.0f}", "1.00"),
        ("local, two processes, into the common store", f"{found['stored']:.2f}", f"{count / found['stored']:.0f}",
         f"{found['local'] / found['stored']:.2f}"),
        ("**two workers, into the common store and back**", f"{found['workers']:.2f}",
         f"{count / found['workers']:.0f}", f"**{found['local'] / found['workers']:.2f}**"),
    ]  # fmt: skip
    return [
        "### Rendering by workers (`benchmarks/render_workers.py`)",
        "",
        _ABOUT,
        "",
        *rows(("", "seconds", "pictures a second", "of the local batch"), body),
    ]


if __name__ == "__main__":
    lines = report(measure(1 if "--once" in sys.argv else ROUNDS))
    print("\n".join(lines))
    if "--write" in sys.argv:
        write_section("render-workers", lines)
