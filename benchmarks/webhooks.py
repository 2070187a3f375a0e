"""How many reports of gateways the door takes in a second, beside the same door that keeps nothing; and none is lost.

``python benchmarks/webhooks.py [--calls 20000] [--rounds 3] [--write]``. Two servers in processes of their own, in
turn: one seals each call and answers when it is on the disk (SQLite, synchronous=FULL), the other answers at once.
Clients keep 64 connections open. After each round every answered call must be in the book.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from table import rows, write_section

from loa.clock import SystemClock
from loa.store import Vault, open_book
from loa.store.people_tables import inbox
from loa.webhooks import address_of
from loa.webhooks import door as doors
from loa.webhooks.app import Entrance, _body
from loa.webhooks.door import Door, listening

ACCOUNT = "sms"
CONNECTIONS = 64
BAR = 1000.0


class Forgetful(Entrance):
    """Looks at the address and reads the body as the real one does, and keeps nothing."""

    async def take(self, request: Request) -> Response:
        found = request.path_params
        if not self.gate.opens(found["account"], found["word"]):
            return Response(status_code=404)
        await _body(request)
        return Response(status_code=200)


def serve(folder: Path, *, keeps: bool) -> None:
    """Serve until killed; the port is written on standard output."""
    if not keeps:
        doors.Entrance = Forgetful  # type: ignore[misc]  # the same server with another entrance
    socket = listening("127.0.0.1", 0)
    book, vault = open_book(folder / "book.sqlite"), Vault.at(folder / "vault.key")
    with Door(socket, book, vault, SystemClock(), (ACCOUNT,)):
        print(socket.getsockname()[1], flush=True)
        sys.stdin.read()


async def flood(port: int, path: str, numbers: range) -> tuple[float, int]:
    """Send a report for each number over a fixed set of connections; seconds, and how many were answered 200."""
    turn = iter(numbers)
    answered = 0

    async def client() -> None:
        nonlocal answered
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in turn:
            body = f'{{"type":"report","tranId":{number},"phone":"84000{number:07}","status":0}}'.encode()
            head = (
                f"POST {path} HTTP/1.1",
                "Host: a",
                "Content-Type: application/json",
                f"Content-Length: {len(body)}",
            )
            writer.write("\r\n".join((*head, "", "")).encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            answered += answer.startswith(b"HTTP/1.1 200")
        writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return time.perf_counter() - begin, answered


def measure(folder: Path, numbers: range, *, keeps: bool) -> tuple[float, int, int]:
    """Calls a second, how many were answered 200, and how many of them are in the book."""
    word = "keep" if keeps else "nothing"
    command = [sys.executable, __file__, "--serve", word, "--folder", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        path = address_of("", Vault.at(folder / "vault.key"), ACCOUNT)
        seconds, answered = asyncio.run(flood(port, path, numbers))
        server.kill()
    book = open_book(folder / "book.sqlite")
    with book.read() as connection:
        kept = connection.scalar(sa.select(sa.func.count()).select_from(inbox)) or 0
    book.close()
    return len(numbers) / seconds, answered, kept


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print; ``--write`` puts it into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--serve", choices=("keep", "nothing"))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args(words)
    if asked.serve:
        serve(asked.folder, keeps=asked.serve == "keep")
        return
    rates: dict[bool, list[float]] = {True: [], False: []}
    lost = 0
    for turn in range(asked.rounds):
        for keeps in (True, False):
            with tempfile.TemporaryDirectory(prefix="loa-webhooks-") as name:
                Vault.at(Path(name) / "vault.key")
                numbers = range(turn * asked.calls, (turn + 1) * asked.calls)
                rate, answered, kept = measure(Path(name), numbers, keeps=keeps)
                rates[keeps].append(rate)
                lost += answered - kept if keeps else 0
                print(f"keeps={keeps!s:<5} {rate:8.0f} calls/s   answered {answered}   in the book {kept}", flush=True)
    keeping, forgetting = median(rates[True]), median(rates[False])
    body = [
        ("calls a second, kept before the answer", f"{keeping:,.0f}", f"≥ {BAR:,.0f}"),
        ("the same door that keeps nothing", f"{forgetting:,.0f}", ""),
        ("ratio", f"{keeping / forgetting:.2f}", ""),
        ("answered calls that are not in the book", str(lost), "0"),
    ]
    lines = rows(("figure", "measured", "bar"), body)
    print("\n".join(lines))
    if asked.write:
        cores = os.cpu_count()
        write_section(
            "webhooks", [f"`benchmarks/webhooks.py`, {asked.calls:,} calls a round, {cores} cores.", "", *lines]
        )


if __name__ == "__main__":
    main()
