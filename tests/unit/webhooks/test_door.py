"""The door for reports of gateways, as a gateway, a stranger and a thief of the disk meet it."""

import contextlib
import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from support.planted import phone

from loa.clock import SimulatedClock
from loa.delivery import WebhookCall
from loa.errors import LoaError, StoreError
from loa.store import Book, Vault, open_book
from loa.store.inbox import KeptLetter, call_of, put_away, waiting_letters
from loa.webhooks import address_of, keeper
from loa.webhooks import app as entrance
from loa.webhooks import door as doors
from loa.webhooks.door import Door, listening

NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
ACCOUNT = "sms-tinh"


@dataclass
class Open:
    port: int
    book: Book
    vault: Vault
    path: str
    door: Door
    folder: Path

    def call(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        told = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        line.close()
        return told

    def letters(self) -> list[KeptLetter]:
        with self.book.read() as connection:
            return waiting_letters(connection, NOW, 1000)

    def calls(self) -> list[WebhookCall]:
        return [call_of(self.vault, each) for each in self.letters()]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    vault = Vault.at(tmp_path / "vault.key")
    book = open_book(tmp_path / "book.sqlite")
    socket_ = listening("127.0.0.1", 0)
    port = socket_.getsockname()[1]
    path = address_of("", vault, ACCOUNT)
    with Door(socket_, book, vault, SimulatedClock(NOW), (ACCOUNT,)) as door:
        yield Open(port, book, vault, path, door, tmp_path)
    book.close()


def test_a_report_is_kept_sealed_with_all_that_was_in_it(opened: Open) -> None:
    number = phone(1)
    status, body, _ = opened.call(
        "POST", f"{opened.path}/dlr/x?phonenumber={number}&q=%C4%90", b'{"status":0}', {"X-Signature": "abc"}
    )
    assert (status, body) == (200, b"")
    [call] = opened.calls()
    assert (call.method, call.tail, call.body) == ("POST", "dlr/x", b'{"status":0}')
    assert call.query == {"phonenumber": number, "q": "Đ"}
    assert call.headers["x-signature"] == "abc"
    assert opened.letters()[0].account_id == ACCOUNT
    files = b"".join(each.read_bytes() for each in opened.folder.glob("book.sqlite*"))
    assert number.encode() not in files
    assert number[1:].encode() not in files


def test_get_and_post_come_in_and_nothing_else(opened: Open) -> None:
    answers = {each: opened.call(each, f"{opened.path}?n={each}")[0] for each in ("GET", "POST", "PUT", "DELETE")}
    assert answers == {"GET": 200, "POST": 200, "PUT": 404, "DELETE": 404}
    assert {each.query["n"] for each in opened.calls()} == {"GET", "POST"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sms/",
        f"/sms/{ACCOUNT}",
        f"/sms/{ACCOUNT}/{'0' * 40}",
        "/sms/ai-khac/WORD",
        "/sms/WORD",
        f"/sms/{ACCOUNT}/WORDx",
        f"/sms/{ACCOUNT}/%C4%90",
        "/sms/ai-khac/-",
        "/sms/ai-khac/%2D",
        "/sms/%00/-",
    ],
)
def test_a_stranger_learns_nothing_but_that_nothing_is_there(opened: Open, path: str) -> None:
    told = opened.call("GET", path.replace("WORD", opened.vault.door_word(ACCOUNT)))
    nowhere = opened.call("GET", "/favicon.ico")
    assert told == nowhere
    assert told[0] == 404
    assert opened.letters() == []


def test_the_word_of_an_account_opens_no_other(tmp_path: Path) -> None:
    vault, other = Vault.at(tmp_path / "a.key"), Vault.at(tmp_path / "b.key")
    words = {vault.door_word("mot"), vault.door_word("hai"), other.door_word("mot")}
    assert len(words) == 3
    assert vault.door_word("mot") == Vault.at(tmp_path / "a.key").door_word("mot")


def test_a_replay_is_kept_once_and_known_for_one(opened: Open) -> None:
    for date in ("Mon", "Tue", "Wed"):
        opened.call("POST", opened.path, b"tranId=1&status=0", {"Date": date})
    opened.call("POST", opened.path, b"tranId=2&status=0")
    assert sorted(each.repeats for each in opened.letters()) == [0, 2]


def test_a_replay_of_what_was_read_is_opened_again(opened: Open) -> None:
    opened.call("POST", opened.path, b"from=1&text=TC")
    with opened.book.write() as connection:
        put_away(connection, [each.id for each in opened.letters()])
    assert opened.letters() == []
    opened.call("POST", opened.path, b"from=1&text=TC")
    assert [each.repeats for each in opened.letters()] == [1]
    assert opened.calls()[0].body == b"from=1&text=TC"


def test_what_is_too_large_is_not_read_to_its_end(opened: Open) -> None:
    assert opened.call("POST", opened.path, b"x" * entrance.MOST_BODY)[0] == 200
    assert opened.call("POST", opened.path, b"x" * (entrance.MOST_BODY + 1))[0] == 413
    assert opened.call("GET", f"{opened.path}?q={'x' * entrance.MOST_QUERY}")[0] == 404
    assert len(opened.letters()) == 1


def _until_closed(line: socket.socket) -> bytes:
    line.settimeout(8)
    said = b""
    while part := line.recv(4096):
        said += part
    return said


@pytest.mark.parametrize("start", [b"", b"POST /sms/x HTTP/1.1\r\nHost: a\r\nX-Slow: "])
def test_a_client_that_does_not_come_to_its_point_is_sent_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setattr(doors, "HEAD_SECONDS", 0.3)
    book, listening_ = open_book(tmp_path / "book.sqlite"), listening("127.0.0.1", 0)
    with (
        Door(listening_, book, Vault(b"k" * 32), SimulatedClock(NOW), (ACCOUNT,)),
        socket.create_connection(listening_.getsockname()) as line,
    ):
        line.sendall(start)
        for _ in range(5 if start else 0):
            time.sleep(0.05)
            line.sendall(b"a")  # a byte now and then does not buy more time
        began = time.monotonic()
        with contextlib.suppress(ConnectionResetError):
            assert _until_closed(line) == b""
        assert time.monotonic() - began < 3
    book.close()


def test_a_body_that_never_ends_is_not_waited_for(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance, "BODY_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", opened.port)) as line:
        line.sendall(f"POST {opened.path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf".encode())
        assert b" 408 " in _until_closed(line)
    assert opened.letters() == []


def test_a_full_disk_is_told_as_come_again_and_never_as_taken(opened: Open) -> None:
    with patch("loa.webhooks.keeper.keep_letters", side_effect=StoreError("E701", place="x", detail="full")):
        status, _, headers = opened.call("POST", opened.path, b"1")
    assert (status, headers["retry-after"]) == (503, "10")
    assert opened.call("POST", opened.path, b"2")[0] == 200
    assert [each.body for each in opened.calls()] == [b"2"]


def test_a_flood_beyond_what_waits_is_put_off_and_what_was_answered_is_kept(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    real = keeper.keep_letters

    def slow(book: Book, letters: object) -> None:
        held.wait(5)
        real(book, letters)  # type: ignore[arg-type]  # whatever a keeper keeps

    monkeypatch.setattr(keeper, "keep_letters", slow)
    opened.door._keeper._waiting.maxsize = 4
    answers: list[int] = []

    def gateway(number: int) -> None:
        answers.append(opened.call("POST", opened.path, b"%d" % number)[0])

    callers = [threading.Thread(target=gateway, args=(number,)) for number in range(20)]
    for each in callers:
        each.start()
    deadline = time.monotonic() + 5
    while 503 not in answers and time.monotonic() < deadline:
        time.sleep(0.01)
    held.set()
    for each in callers:
        each.join()
    assert set(answers) == {200, 503}
    assert len(opened.letters()) == answers.count(200)


def test_nothing_is_logged_of_what_comes(opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        opened.call("GET", f"{opened.path}?phonenumber={phone(2)}")
        opened.call("GET", f"/sms/{ACCOUNT}/sai?phonenumber={phone(2)}")
    assert phone(2)[1:] not in caplog.text
    assert opened.vault.door_word(ACCOUNT) not in caplog.text


def test_a_taken_port_is_named(opened: Open) -> None:
    with pytest.raises(LoaError) as raised:
        listening("127.0.0.1", opened.port)
    assert raised.value.code == "E860"
    assert raised.value.params["port"] == str(opened.port)


def test_strange_bytes_are_kept_as_they_are(opened: Open) -> None:
    body = bytes(range(256))
    assert opened.call("POST", opened.path, body)[0] == 200
    assert opened.calls()[0].body == body
    assert json.dumps(opened.calls()[0].query) == "{}"
