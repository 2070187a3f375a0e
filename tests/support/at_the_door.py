"""A desk asked as any program may ask it: over a socket, with just the headers that a test wants."""

import http.client
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

Headers = Iterable[tuple[str, str]]
_ENOUGH = 1_000_000


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    cookies: list[str] = field(default_factory=list)


def ask(host: str, method: str, path: str, headers: Headers, body: str = "") -> Answer:
    """One request, just as written: a header may come twice or not at all. A stream is left after its headers."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "Connection: close"]
    if body:
        lines.append(f"Content-Length: {len(body.encode())}")
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        answer = http.client.HTTPResponse(wire, method=method)
        answer.begin()
        is_stream = answer.headers.get_content_type() == "text/event-stream"
        text = "" if is_stream else answer.read(_ENOUGH).decode("utf-8", "replace")
        return Answer(answer.status, dict(answer.headers), text, answer.headers.get_all("set-cookie") or [])


class Browser:
    """Who has come in by a link: it keeps its cookie and knows the CSRF word of the last page."""

    def __init__(self, link: str) -> None:
        self.origin = link.partition("/enter/")[0]
        self.host = urlsplit(link).netloc
        self.cookie = ""
        self.entered = self.get(urlsplit(link).path)
        self.csrf = ""

    def own(self) -> list[tuple[str, str]]:
        """The headers that a browser of ours always sends."""
        return [("Host", self.host), *([("Cookie", self.cookie)] if self.cookie else [])]

    def get(self, path: str, *more: tuple[str, str]) -> Answer:
        return self._kept(ask(self.host, "GET", path, [*self.own(), *more]))

    def post(self, path: str, **fields: str) -> Answer:
        """A plain form, with the CSRF word of the first page."""
        self.csrf = self.word()
        headers = [*self.own(), ("Origin", self.origin), ("Content-Type", "application/x-www-form-urlencoded")]
        return self._kept(ask(self.host, "POST", path, headers, urlencode({"csrf": self.csrf} | fields)))

    def word(self) -> str:
        """The CSRF word, as a page tells it."""
        found = re.search(r'name="csrf" value="([^"]+)"|"X-CSRF":"([^"]+)"', self.get("/sign-in").body)
        return next(filter(None, found.groups())) if found else ""

    def _kept(self, answer: Answer) -> Answer:
        for each in answer.cookies:
            self.cookie = each.partition(";")[0]
        return answer
