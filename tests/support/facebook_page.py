"""One Facebook Page on the bench: every call written down, and answers that a test puts into Meta's mouth."""

from __future__ import annotations

import hashlib
import itertools
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from loa.clock import SimulatedClock
from loa.delivery import Account, Attachment, Ending, Message, Pending, Publisher
from loa.sandbox import Effect, Fault, FaultKind, Sandbox, overrides, read_journal
from publishers import REGISTRY
from publishers.http import GuardedAdapter, new_session
from support.planted import PLANTED

_PAGES = itertools.count(100_000_000_000_001)
TOKEN = PLANTED["facebook-page-token"]
FILM_HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"


@dataclass(frozen=True)
class Sent:
    """A request as it left."""

    method: str
    path: str
    url: str
    body: str


@dataclass
class Line(GuardedAdapter):
    """The way to the sandbox.

    ``said``: answers given instead of asking it, each used once, by ``GET`` or ``write`` and the end of the path.
    """

    sent: list[Sent] = field(default_factory=list)
    said: dict[tuple[str, str], list[requests.Response]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        GuardedAdapter.__init__(self)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        url = request.url or ""
        path = urllib.parse.urlsplit(url).path
        body = request.body.decode("latin-1") if isinstance(request.body, bytes) else str(request.body or "")
        self.sent.append(Sent(request.method or "", path, url, body))
        verb = "GET" if request.method == "GET" else "write"
        for (wanted, end), answers in self.said.items():
            if verb == wanted and path.endswith(end) and answers:
                answers[0].request, answers[0].url = request, url
                return answers.pop(0)
        return super().send(request, *args, **options)


@dataclass
class PageBench:
    """A Page of its own in a sandbox that several tests share, and its horn; nothing waits."""

    sandbox: Sandbox
    clock: SimulatedClock
    folder: Path
    token: str = TOKEN
    hosts: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    line: Line = field(default_factory=Line)
    page: str = field(default_factory=lambda: str(next(_PAGES)))

    def __post_init__(self) -> None:
        self.sandbox.play([])

    def publisher(self) -> Publisher:
        session = new_session()
        session.mount("http://", self.line)
        hosts = overrides(self.sandbox.url)["facebook"] | {"transient_wait": "0"} | self.hosts
        secrets = {"page_token": self.token, **self.secrets}
        account = Account("fb-xa", "facebook", "Xã Kim Liên", {"page_id": self.page, **self.settings}, hosts, secrets)
        return REGISTRY["facebook"].build(account, self.clock, session)

    def play(self, route: str, kind: FaultKind, **values: Any) -> None:
        self.sandbox.play([Fault(face="facebook", route=route, kind=kind, **values)])

    def say(self, end: str, status: int = 400, headers: Mapping[str, str] | None = None, **error: Any) -> None:
        """Meta's next answer to a write whose path ends so is this error object."""
        self.say_words(
            end, json.dumps({"error": {"message": "(#)", "type": "OAuthException", **error}}), status, headers
        )

    def say_words(
        self, end: str, words: str, status: int = 200, headers: Mapping[str, str] | None = None, verb: str = "write"
    ) -> None:
        answer = requests.Response()
        answer.status_code, answer._content = status, words.encode()
        answer.headers.update(headers or {})
        self.line.said.setdefault((verb, end), []).append(answer)

    def journal(self) -> tuple[Effect, ...]:
        return tuple(effect for effect in read_journal(self.sandbox.journal) if effect.account == self.page)

    def settle(self) -> None:
        self.clock.advance(REGISTRY["facebook"].card.settle + timedelta(seconds=1))

    def calls(self, end: str, method: str = "POST") -> list[Sent]:
        return [each for each in self.line.sent if each.method == method and each.path.endswith(end)]

    def ask(self, path: str, method: str = "GET", **values: str) -> dict[str, Any]:
        """One plain question to the sandbox, the token in the header; the answer or the error object."""
        query = urllib.parse.urlencode(values)
        url = f"{self.sandbox.url}/facebook/v26.0/{path}"
        data = query.encode() if method == "POST" else None
        bearer = {"Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(url if data else f"{url}?{query}", data, bearer, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as error:
            with error:
                return dict(json.loads(error.read()))

    def to_the_end(self, publisher: Publisher, message: Message, ending: Ending | None = None) -> Ending:
        """Publish and follow up until the platform has decided, or the desk would have given up."""
        ending = ending or publisher.publish(message)
        for _ in range(300):
            if not isinstance(ending, Pending):
                break
            self.clock.move_to(ending.check_at)
            ending = publisher.follow_up(message, ending.receipt)
        return ending

    def film(self, size: int = 5000, frame: tuple[int, int] = (1920, 1080), seconds: float = 40) -> Attachment:
        data = (FILM_HEAD + bytes(range(256)) * (size // 256 + 1))[:size]
        place = self.folder / f"phim-{size}.mp4"
        place.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        return Attachment("clip", place, sha256, "video/mp4", *frame, seconds=seconds)


@contextmanager
def shared_sandbox(folder: Path) -> Iterator[tuple[Sandbox, SimulatedClock]]:
    """A sandbox for all tests of a module: starting and stopping one takes longer than most tests."""
    clock = SimulatedClock(datetime(2026, 10, 10, 1, 0, tzinfo=UTC))
    with Sandbox(folder / "sandbox", clock=clock) as running:
        yield running, clock
