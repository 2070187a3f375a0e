"""The figures as Prometheus reads them: on request, or at an address of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from loa.dispatch import Desk
from loa.metrics.families import families_of

LOOPBACK = "127.0.0.1"


class _Book(Collector):
    """Asks the book anew at every look."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterable[Metric]:
        return families_of(self._desk)

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the book."""
        return ()


def exposition(desk: Desk) -> str:
    """All figures of now, as text."""
    return generate_latest(_registry(desk)).decode()


@contextmanager
def serve(desk: Desk, port: int) -> Iterator[int]:
    """Answer http://127.0.0.1:``port``/metrics as long as the block lasts; the port, where 0 asked for any.

    Raises:
        OSError: the port is taken.
    """
    server, thread = start_http_server(port, addr=LOOPBACK, registry=_registry(desk))
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _registry(desk: Desk) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Book(desk))
    return registry
