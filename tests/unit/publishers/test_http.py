"""The session on real sockets: what was certainly not sent, and what is in doubt."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from publishers.http import InDoubt, NotSent, call, new_session, redact


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """One connection, handled by ``talk``."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join(timeout=5)


def answering(raw: bytes) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(raw)

    return talk


def test_a_name_that_does_not_exist_is_certainly_not_sent() -> None:
    with pytest.raises(NotSent):
        call(new_session(), "POST", "https://khong-co-that.invalid/")


def test_a_failed_handshake_is_certainly_not_sent() -> None:
    with server(answering(b"HTTP/1.1 400 plain\r\n\r\n")) as place, pytest.raises(NotSent):
        call(new_session(), "POST", f"https://{place}/", data="x")


def test_plain_http_to_another_machine_is_refused_before_anything_leaves() -> None:
    with pytest.raises(NotSent) as caught:
        call(new_session(), "POST", "http://192.0.2.1/")
    assert str(caught.value) == "InsecureAddress"


def test_a_connection_closed_after_the_request_is_in_doubt() -> None:
    with server(lambda connection: connection.recv(65536) and None) as place, pytest.raises(InDoubt):
        call(new_session(), "POST", f"http://{place}/", data="x")


def test_an_answer_that_breaks_off_is_in_doubt() -> None:
    with server(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) as place, pytest.raises(InDoubt):
        call(new_session(), "POST", f"http://{place}/", data="x")


def test_silence_is_in_doubt() -> None:
    def talk(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    session = new_session()
    with server(talk) as place, pytest.raises(InDoubt):
        call(session, "POST", f"http://{place}/", data="x", timeout=(1, 0.2))


def test_an_endless_answer_is_cut_and_in_doubt() -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                connection.sendall(bytes(65536))
        except OSError:
            return

    with server(talk) as place, pytest.raises(InDoubt):
        call(new_session(), "POST", f"http://{place}/", data="x")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with server(
        answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    ) as place:
        assert call(new_session(), "POST", f"http://{place}/", data="x").status == 302


def test_a_body_that_is_no_object_is_no_json() -> None:
    with server(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")) as place:
        assert call(new_session(), "GET", f"http://{place}/").json() is None


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with server(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as place:
        assert call(new_session(), "GET", f"http://{place}/").status == 200


@pytest.mark.parametrize(
    "words",
    [
        "Error validating EAAGm0PX4ZCps",
        "https://graph.facebook.com/me?access_token=abc123&x=1",
        '{"access_token": "abc123"}',
        "Authorization: Bearer abc123",
        "OAuth abc123",
        "phone +84912345678",
        "phone 0912345678",
        "phone 84912345678",
    ],
)
def test_no_secret_and_no_number_stays_in_kept_words(words: str) -> None:
    kept = redact(words, {"page_token": "EAAGm0PX4ZCps"})
    assert not any(secret in kept for secret in ("EAAGm0PX4ZCps", "abc123", "912345678"))


def trickling(raw: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        with suppress(OSError):
            for place in range(len(raw)):
                connection.sendall(raw[place : place + 1])
                time.sleep(pause)

    return talk


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200, id="in the headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + b"a" * 200, id="in the body"),
    ],
)
def test_an_answer_that_trickles_is_cut_at_the_deadline_and_in_doubt(raw: bytes) -> None:
    """Every single wait is short; only the deadline for the whole answer ends it."""
    begun = time.monotonic()
    with server(trickling(raw)) as place, pytest.raises(InDoubt):
        call(new_session(total_seconds=0.5), "POST", f"http://{place}/", data="x", timeout=(1, 1))
    assert time.monotonic() - begun < 5


def test_a_slow_upload_does_not_use_up_the_time_of_the_answer() -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(4):
            time.sleep(0.15)
            yield b"x" * 10

    def talk(connection: socket.socket) -> None:
        got = b""
        while not got.endswith(b"0\r\n\r\n"):
            got += connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with server(talk) as place:
        answer = call(new_session(total_seconds=0.4), "POST", f"http://{place}/", data=pieces())
    assert answer.json() == {}
