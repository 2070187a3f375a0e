"""A gateway in a process of its own that takes posts as a platform's API does, and remembers when and what it took.

``python benchmarks/delivery_gateway.py [--network-ms 50]`` prints its address; GET /told answers what it has seen and
forgets it. It is as lean as an HTTP server can be here, so that what is measured is who sends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Seen:
    """What came: monotonic moments, the bodies by how often, and a number for the next post."""

    moments: list[float] = field(default_factory=list)
    bodies: dict[bytes, int] = field(default_factory=dict)
    number: int = 0


class Door(asyncio.Protocol):
    """One connection that is kept open."""

    def __init__(self, seen: Seen, delay: float) -> None:
        self._seen, self._delay = seen, delay
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _length_of(head)
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET /told"):
            seen = self._seen
            told = {"moments": seen.moments, "posts": sum(seen.bodies.values()), "different": len(seen.bodies)}
            seen.moments, seen.bodies = [], {}
            self._write(json.dumps(told).encode())
            return
        seen = self._seen
        seen.moments.append(time.monotonic())
        seen.bodies[body] = seen.bodies.get(body, 0) + 1
        seen.number += 1
        answer = b'{"id":"1_%d","permalink_url":"https://example.vn/%d"}' % (seen.number, seen.number)
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._write, answer)
        else:
            self._write(answer)

    def _write(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


def _length_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def _serve(delay: float) -> None:
    seen = Seen()
    server = await asyncio.get_running_loop().create_server(lambda: Door(seen, delay), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass
class Gateway:
    """A running gateway, as its users see it."""

    url: str

    def told(self) -> dict[str, Any]:
        """What it has seen since it was asked last: ``moments``, ``posts`` and how many of them are ``different``."""
        with urllib.request.urlopen(f"{self.url}/told", timeout=60) as answer:  # noqa: S310 - our own gateway
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def gateway(network_ms: float = 0.0) -> Iterator[Gateway]:
    """A gateway that runs until the block ends."""
    command = [sys.executable, str(Path(__file__)), "--network-ms", str(network_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Gateway(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        finally:
            process.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--network-ms", type=float, default=0.0)
    asyncio.run(_serve(parser.parse_args().network_ms / 1000))
