"""A door of the tests for what imitation gateways report: it keeps each call as the real door hands it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from loa.delivery import Told, WebhookCall


class Reports:
    """What came to the door, unread."""

    def __init__(self) -> None:
        self.calls: list[WebhookCall] = []
        self.url = ""

    def read_by(self, horn: Any) -> list[Told]:
        return [horn.read_webhook(call) for call in self.calls]


@contextmanager
def reports_door() -> Iterator[Reports]:
    """A server on this machine's loopback that keeps each call as the real door hands it on."""
    reports = Reports()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _keep(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reports.calls.append(WebhookCall(self.command, query, headers, body))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        do_GET = do_POST = _keep  # noqa: N815 - the names that the library calls

        def log_message(self, *_: Any) -> None:
            """Nobody wants to read it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        reports.url = f"http://127.0.0.1:{server.server_address[1]}/sms/sms-kim-lien/cua"
        yield reports
        server.shutdown()
