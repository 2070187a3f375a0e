"""What X may answer, word by word: a server that says exactly what a test gives it."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from oauthlib.oauth1 import Client as Signer

from loa.clock import SimulatedClock
from loa.delivery import (
    Absent,
    Account,
    Attachment,
    AuthNeeded,
    CannotTell,
    Done,
    Ending,
    Found,
    Message,
    Refused,
    RetryLater,
    Unknown,
)
from publishers.http import new_session
from publishers.x import build

NOW = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
PROBLEMS = "https://api.x.com/2/problems/"
SECRETS = {
    "consumer_key": "sandbox-app",
    "consumer_secret": "sandbox-app-secret",
    "access_token": "sandbox-2244994945",
    "access_token_secret": "sandbox-token-secret",
}


@dataclass
class Scripted:
    """A server with one answer for everything. ``pause`` seconds lie between two bytes of the body."""

    url: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    pause: float = 0.0
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path with query, Authorization."""

    def says(self, status: int, body: Any, **headers: str) -> None:
        self.status, self.headers = status, {name.replace("_", "-"): value for name, value in headers.items()}
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def server() -> Iterator[Scripted]:
    script = Scripted()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            script.asked.append((self.command, self.path, self.headers.get("authorization", "")))
            self.send_response(script.status)
            for name, value in {"content-length": str(len(script.body)), **script.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            pieces = [script.body[place : place + 1] for place in range(len(script.body))] if script.pause else []
            try:
                for piece in pieces or [script.body]:
                    self.wfile.write(piece)
                    time.sleep(script.pause)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - the names of http.server

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        script.url = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield script
        listening.shutdown()
        thread.join()


def horn(server: Scripted, **options: Any) -> Any:
    hosts = {"api_host": server.url, "web_host": "https://x.com"}
    account = Account("x-1", "x", "Xã Kim Liên", {"user_id": "2244994945"}, hosts, SECRETS)
    return build(account, SimulatedClock(NOW), **options)


def publish(server: Scripted) -> Ending:
    ending: Ending = horn(server).publish(Message(key="1", text="Nộp hồ sơ tại nhà"))
    return ending


def problem(status: int, kind: str = "", detail: str = "Không được") -> dict[str, Any]:
    return {"title": "Nope", "detail": detail, "type": PROBLEMS + kind if kind else "about:blank", "status": status}


DUPLICATE = problem(403, detail="You are not allowed to create a Tweet with duplicate content.")


@pytest.mark.parametrize(
    ("status", "body", "ending", "code"),
    [
        (400, problem(400, "invalid-request"), Refused, "E607"),
        (400, [], Refused, "E607"),
        (400, {"errors": "không phải danh sách"}, Refused, "E607"),
        (400, {"errors": [7], "error": 3}, Refused, "E607"),
        (401, problem(401), AuthNeeded, "E605"),
        (401, b"", AuthNeeded, "E605"),
        (402, {"title": "CreditsDepleted"}, AuthNeeded, "E610"),
        (403, DUPLICATE, Unknown, "E611"),
        (403, {"code": 187, "message": "Status is a duplicate."}, Unknown, "E611"),
        (403, problem(403, "client-forbidden"), AuthNeeded, "E606"),
        (403, problem(403, "not-authorized-for-resource"), AuthNeeded, "E606"),
        (403, problem(403, "usage-capped"), AuthNeeded, "E610"),
        (404, problem(404, "resource-not-found"), Refused, "E607"),
        (408, b"", Unknown, "E603"),
        # Not of X's own making: a machine in between may say so after X took the post.
        (404, b"<html>", Unknown, "E603"),
        (413, b"<html>", Unknown, "E603"),
        (499, b"", Unknown, "E603"),
        (429, problem(429, "usage-capped"), AuthNeeded, "E610"),
        (429, problem(429, "rate-limit-exceeded"), RetryLater, "E604"),
        (429, b"Too Many Requests", RetryLater, "E604"),
        (500, b"Internal Server Error", Unknown, "E603"),
        (503, [], Unknown, "E603"),
        (302, b"", Unknown, "E603"),
        (200, b"Service Unavailable", Unknown, "E603"),
        (200, {"data": []}, Unknown, "E603"),
        (200, {"data": {"id": 7}}, Unknown, "E603"),
        (200, {"errors": [problem(400, "invalid-request")]}, Unknown, "E603"),
        (201, {"data": {"id": "1990000000000000001", "text": "Nộp"}}, Done, ""),
    ],
)
def test_the_code_of_the_answer_decides_the_ending(
    server: Scripted, status: int, body: Any, ending: type[Ending], code: str
) -> None:
    server.says(status, body, location="https://example.com/2/tweets")
    found = publish(server)
    assert isinstance(found, ending)
    assert getattr(found, "code", "") == code
    assert len(server.asked) == 1


def test_a_post_with_complaints_beside_it_is_done_and_they_are_noted(server: Scripted) -> None:
    body = {"data": {"id": "1990000000000000001"}, "errors": [problem(200, "invalid-request", "Không thấy ảnh")]}
    server.says(201, body)
    ending = publish(server)
    assert isinstance(ending, Done)
    assert ending.receipt.details["note"] == "Không thấy ảnh"


@pytest.mark.parametrize("reset", ["", "chín giờ", "-5", "0", "99999999999999999999", "²"])
def test_a_limit_without_a_moment_that_makes_sense_waits_a_quarter_of_an_hour(server: Scripted, reset: str) -> None:
    server.says(429, problem(429), x_rate_limit_reset=reset.encode().decode("latin-1"), x_rate_limit_remaining="0")
    ending = publish(server)
    assert isinstance(ending, RetryLater)
    assert ending.at == NOW + timedelta(minutes=15)


def test_a_meter_that_makes_no_sense_is_not_believed(server: Scripted) -> None:
    sender = horn(server)
    for limit, left, reset in (("100", "5", NOW.timestamp() - 1), ("100", "năm", NOW.timestamp() + 9), ("", "0", 0)):
        body = {"data": {"id": "1990000000000000001"}}
        headers = {"x_rate_limit_limit": limit, "x_rate_limit_remaining": left.encode().decode("latin-1")}
        server.says(201, body, **headers, x_rate_limit_reset=str(int(reset)))
        assert isinstance(sender.publish(Message(key="1", text="Tin")), Done)
        assert sender.rest() is None


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (200, {"data": {"id": "7", "text": "Tin"}}, Absent),
        (200, {"errors": [problem(404, "resource-not-found")]}, Found),
        (404, problem(404, "resource-not-found"), Found),
        (404, b"<html>", CannotTell),
        (410, b"", CannotTell),
        (200, {"errors": [problem(403, "not-authorized-for-resource")]}, CannotTell),
        (200, b"<html>", CannotTell),
        (500, b"", CannotTell),
        (401, problem(401), CannotTell),
    ],
)
def test_a_removal_is_decided_only_by_an_answer_that_tells(
    server: Scripted, status: int, body: Any, seen: type
) -> None:
    server.says(status, body)
    removal = Message(key="1", text="Tin", action="remove", target="7")
    assert isinstance(horn(server).look_up(removal, NOW, {}), seen)


@pytest.mark.parametrize(
    ("status", "body", "ending"),
    [
        (200, {"data": {"deleted": True}}, Done),
        (404, problem(404, "resource-not-found"), Done),
        (200, {"data": {"deleted": False}}, Unknown),
        (403, problem(403), AuthNeeded),
        (500, b"", Unknown),
        (429, b"", RetryLater),
        (400, problem(400, "invalid-request"), Refused),
    ],
)
def test_a_removal_ends_by_the_code_of_the_answer(
    server: Scripted, status: int, body: Any, ending: type[Ending]
) -> None:
    server.says(status, body)
    assert isinstance(horn(server).publish(Message(key="1", text="Tin", action="remove", target="7")), ending)


@pytest.mark.parametrize(
    "body",
    [
        {"meta": {"result_count": 1}},
        {"meta": {"result_count": 1}, "data": {"id": "7"}},
        {"meta": {"result_count": 1}, "data": ["7"]},
        {"meta": "không có", "data": []},
        {"data": []},
        [],
        b"<html>",
    ],
)
def test_an_answer_of_another_shape_is_not_taken_for_an_empty_account(server: Scripted, body: Any) -> None:
    server.says(200, body)
    assert isinstance(horn(server).look_up(Message(key="1", text="Tin"), NOW, {}), CannotTell)


@pytest.mark.parametrize("part", [{"entities": 3}, {"entities": {"urls": ["x"]}}, {"attachments": {"media_keys": 3}}])
def test_a_post_of_another_shape_is_another_post(server: Scripted, part: dict[str, Any]) -> None:
    server.says(200, {"meta": {"result_count": 1}, "data": [{"id": "7", "text": "Tin khác"} | part]})
    assert horn(server).look_up(Message(key="1", text="Tin"), NOW, {"media_keys": "3_7"}) == Absent()
    assert horn(server).look_up(Message(key="1", text="Tin"), NOW, {}) == Absent()


def test_the_first_look_reads_five_posts_only(server: Scripted) -> None:
    server.says(200, {"meta": {"result_count": 0}})
    assert horn(server).look_up(Message(key="1", text="Tin"), NOW, {}) == Absent()
    ((_, path, _),) = server.asked
    assert "max_results=5&" in path + "&"


def test_every_request_is_signed_for_the_host_that_it_goes_to(server: Scripted) -> None:
    server.says(201, {"data": {"id": "1990000000000000001"}})
    sender = horn(server)
    sender.publish(Message(key="1", text="Nộp hồ sơ & nhận kết quả"))
    sender.look_up(Message(key="1", text="Tin"), NOW, {})
    assert [method for method, _, _ in server.asked] == ["POST", "GET"]
    for method, path, given in server.asked:
        values = dict(part.strip().split("=", 1) for part in given.removeprefix("OAuth ").split(","))
        signer = Signer(
            *SECRETS.values(),
            nonce=values["oauth_nonce"].strip('"'),
            timestamp=values["oauth_timestamp"].strip('"'),
        )
        _, headers, _ = signer.sign(server.url + path, method)
        assert values["oauth_signature"] in headers["Authorization"]


def test_a_trickling_server_cannot_hold_the_sender(server: Scripted) -> None:
    server.says(201, {"data": {"id": "1990000000000000001", "text": "chậm " * 100}})
    server.pause = 0.05
    began = time.monotonic()
    ending = horn(server, session=new_session(total_seconds=0.5)).publish(Message(key="1", text="Tin"))
    server.pause = 0
    assert time.monotonic() - began < 2
    assert isinstance(ending, Unknown)
    assert ending.code == "E602"


def test_an_answer_without_an_end_is_cut_off(server: Scripted) -> None:
    server.says(201, b'{"data":"' + b"a" * 5_000_000)
    ending = publish(server)
    assert isinstance(ending, Unknown)
    assert ending.code == "E602"


def test_a_duplicate_that_is_not_to_be_found_is_no_absence(server: Scripted) -> None:
    """X says that it has the post; sending it again would only be refused again, and a person must look."""
    server.says(403, DUPLICATE)
    ending = publish(server)
    assert isinstance(ending, Unknown)
    server.says(200, {"meta": {"result_count": 0}})
    found = horn(server).look_up(Message(key="1", text="Nộp hồ sơ tại nhà"), NOW, ending.hint)
    assert found == CannotTell("E611")
    assert isinstance(horn(server).look_up(Message(key="1", text="Nộp hồ sơ tại nhà"), NOW, {}), Absent)


@pytest.mark.parametrize("row", [{"text": "Nộp hồ sơ tại nhà"}, {"id": 7, "text": "Nộp hồ sơ tại nhà"}, "dòng lạ"])
def test_a_row_without_an_id_makes_a_page_unreadable(server: Scripted, row: Any) -> None:
    server.says(200, {"data": [row], "meta": {"result_count": 1}})
    found = horn(server).look_up(Message(key="1", text="Nộp hồ sơ tại nhà"), NOW, {})
    assert isinstance(found, CannotTell)


@pytest.mark.parametrize(("status", "body"), [(404, b"<html>"), (413, b"<html>"), (451, b""), (400, b"<html>")])
def test_an_upload_that_something_in_between_turns_away_is_tried_again(
    server: Scripted, tmp_path: Path, status: int, body: bytes
) -> None:
    """Only X's own no, and its 400, speak of the picture."""
    place = tmp_path / "anh.png"
    place.write_bytes(b"anh")
    picture = Attachment("picture", place, hashlib.sha256(b"anh").hexdigest(), "image/png", 8, 8)
    server.says(status, body)
    ending = horn(server).publish(Message(key="1", text="Tin", attachments=(picture,)))
    assert isinstance(ending, Refused if status == 400 else RetryLater)
    assert {path for _, path, _ in server.asked} == {"/2/media/upload"}
