"""Calling the imitation SMS gateways as programs do, and an application's own door that their receipts knock at."""

import base64
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from loa.sandbox import Sandbox

BASE = "MainService.svc/json"


@dataclass(frozen=True)
class Answer:
    """What a gateway said."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(url: str, body: object = None, headers: dict[str, str] | None = None) -> Answer:
    """GET, or POST where there is a body (bytes as they are, anything else as JSON)."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    kind = {} if isinstance(body, bytes) else {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, {**kind, **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode())


def esms(sandbox: Sandbox, number: str, text: str = "Chào bà con", **changes: str) -> Answer:
    """One message by eSMS; ``number`` in E.164."""
    body = {
        "ApiKey": "sandbox-a",
        "SecretKey": "sandbox-a",
        "Phone": f"0{number[3:]}",
        "Content": text,
        "Brandname": "UBNDKimLien",
        "SmsType": "2",
        "IsUnicode": "1",
        "Sandbox": "0",
        "RequestId": "",
    }
    return ask(f"{sandbox.url}/esms/{BASE}/SendMultipleMessage_V4_post_json/", body | changes)


def esms_list(sandbox: Sandbox, numbers: list[str], text: str = "[QC] Lễ hội Làng Sen", **changes: str) -> Answer:
    """One advertising call by eSMS."""
    body = {
        "ApiKey": "sandbox-a",
        "SecretKey": "sandbox-a",
        "Phones": [f"0{number[3:]}" for number in numbers],
        "Content": text,
        "Brandname": "UBNDKimLien",
        "SmsType": "1",
        "IsUnicode": "1",
        "Sandbox": "0",
        "RequestId": "",
    }
    return ask(f"{sandbox.url}/esms/{BASE}/SendMultipleSMSBrandname_json/", body | changes)


def speedsms(sandbox: Sandbox, numbers: list[str], text: str = "Chào bà con", token: str = "sandbox-a") -> Answer:  # noqa: S107 - a sandbox token
    """One call by SpeedSMS."""
    body = {"to": [number[1:] for number in numbers], "content": text, "sms_type": 3, "sender": "KimLien"}
    return ask(f"{sandbox.url}/speedsms/index.php/sms/send", body, basic(token))


def basic(token: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{token}:x".encode()).decode()}


def kannel(sandbox: Sandbox, number: str, text: str = "Chào bà con", **changes: str) -> Answer:
    """One message by Kannel, with the number in a header: addresses are logged. Underscores stand for hyphens."""
    given = {"username": "loa", "password": "sandbox-a", "from": "UBNDTinh", "to": number[1:], "coding": "2"}
    given |= {name.replace("_", "-"): value for name, value in changes.items()}
    headers = {f"X-Kannel-{name}": value for name, value in given.items()}
    return ask(kannel_url(sandbox), text.encode(), headers | {"Content-Type": "text/plain; charset=UTF-8"})


def kannel_url(sandbox: Sandbox, **query: str) -> str:
    return f"{sandbox.url}/kannel/cgi-bin/sendsms?{urllib.parse.urlencode(query)}"


def rule(sandbox: Sandbox, **rules: object) -> Answer:
    return ask(f"{sandbox.url}/_loa/sms", {"rules": rules})


@dataclass(frozen=True)
class Knock:
    """One call at the application's door."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Door:
    """An application on this machine that gateways report to. ``answers``: HTTP statuses to come, then 200."""

    knocks: list[Knock] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                place = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(place.query, keep_blank_values=True))
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                door.knocks.append(Knock(self.command, place.path, query, body))
                self.send_response(door.answers.pop(0) if door.answers else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            do_POST = do_GET  # noqa: N815 - as the library calls it

            def log_message(self, *_: object) -> None:
                """Numbers stand in the addresses."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/sms/ten/bi-mat"

    def close(self) -> None:
        """Nobody answers any more."""
        self._server.shutdown()
        self._server.server_close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
