"""The door for reports as a process: what it answered is in the book, even when it is killed in mid-flood."""

import contextlib
import http.client
import os
import signal
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import loa, start_loa

from loa.store import Vault, open_book, worker_seen
from loa.store.inbox import call_of, waiting_letters
from loa.webhooks import address_of

ACCOUNT = "sms-tinh"
FAR = 4102444800  # 2100


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def kept(office: Path) -> set[int]:
    """The numbers of the calls that are in the book."""
    book, vault = open_book(office / "var" / "book.sqlite"), Vault.at(office / "var" / "vault.key")
    with book.read() as connection:
        letters = waiting_letters(connection, datetime.fromtimestamp(FAR, UTC), 1_000_000)
    book.close()
    return {int(call_of(vault, each).body) for each in letters}


def await_door(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the door did not open")


def await_beat(office: Path) -> None:
    """Until the scheduler has beaten once: from then on it ends politely."""
    book = open_book(office / "var" / "book.sqlite")
    deadline = time.monotonic() + 20
    while worker_seen(book) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    book.close()


def flood(port: int, path: str, answered: set[int], ended: threading.Event) -> list[threading.Thread]:
    """Clients that report as fast as they can until the door is gone; what was answered 200 is in ``answered``."""

    def client(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        number = first
        with contextlib.suppress(OSError, http.client.HTTPException):
            while not ended.is_set():
                line.request("POST", path, str(number).encode())
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    answered.add(number)
                number += 16

    clients = [threading.Thread(target=client, args=(first,), daemon=True) for first in range(16)]
    for each in clients:
        each.start()
    return clients


@pytest.mark.parametrize("calls_before", [1, 150, 700])
def test_a_kill_in_the_middle_of_a_flood_loses_no_answered_call(office: Path, calls_before: int) -> None:
    port = free_port()
    process = start_loa("webhooks", "--port", str(port), cwd=office)
    answered: set[int] = set()
    ended = threading.Event()
    try:
        await_door(port)
        path = address_of("", Vault.at(office / "var" / "vault.key"), ACCOUNT)
        clients = flood(port, path, answered, ended)
        deadline = time.monotonic() + 30
        while len(answered) < calls_before and time.monotonic() < deadline:
            time.sleep(0.002)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        ended.set()
    for each in clients:
        each.join(10)
    assert len(answered) >= calls_before
    assert answered <= kept(office)


def test_the_door_ends_when_it_is_asked_to(office: Path) -> None:
    port = free_port()
    process = start_loa("webhooks", "--port", str(port), cwd=office)
    try:
        await_door(port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()


def test_show_prints_the_address_for_the_gateways_site(office: Path) -> None:
    replace_in(
        office / "loa.yaml",
        "reviewers:",
        "channels:\n  sms: {settings: {webhook_base: https://tin.mau.gov.vn/}}\nreviewers:",
    )
    told = loa("webhooks", "--show", ACCOUNT, cwd=office)
    word = Vault.at(office / "var" / "vault.key").door_word(ACCOUNT)
    assert told.returncode == 0
    assert told.stdout.strip() == f"https://tin.mau.gov.vn/sms/{ACCOUNT}/{word}"


@pytest.mark.parametrize(
    ("base", "words", "code"),
    [
        ("", ("--show", ACCOUNT), "E862"),
        ("http://tin.mau.gov.vn", ("--show", ACCOUNT), "E861"),
        ("https://tin.mau.gov.vn", ("--show", "fb-tinh"), "E865"),
        ("https://tin.mau.gov.vn", ("--show", "khong-co"), "E203"),
        ("https://tin.mau.gov.vn", ("--host", "0.0.0.0"), "E863"),  # noqa: S104 - it must be refused
    ],
)
def test_what_cannot_work_is_told(office: Path, base: str, words: tuple[str, ...], code: str) -> None:
    replace_in(
        office / "loa.yaml", "reviewers:", f'channels:\n  sms: {{settings: {{webhook_base: "{base}"}}}}\nreviewers:'
    )
    told = loa("webhooks", *words, cwd=office)
    assert told.returncode == 1
    assert code in told.stdout + told.stderr


def _with_base(office: Path, port: int) -> None:
    setting = f'channels:\n  sms: {{settings: {{webhook_base: "https://tin.mau.gov.vn", webhook_port: "{port}"}}}}\n'
    replace_in(office / "loa.yaml", "reviewers:", f"{setting}reviewers:")


def test_loa_run_opens_the_door_where_the_office_has_an_address_for_it(office: Path) -> None:
    port = free_port()
    _with_base(office, port)
    process = start_loa("run", cwd=office)
    try:
        await_door(port)
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            line.request("POST", address_of("", Vault.at(office / "var" / "vault.key"), ACCOUNT), b"1")
            assert line.getresponse().status == 200
        await_beat(office)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait(10)


def test_loa_run_leaves_the_door_to_another_process_where_its_port_is_0(office: Path) -> None:
    _with_base(office, 0)
    port = free_port()
    run, door = start_loa("run", cwd=office), start_loa("webhooks", "--port", str(port), cwd=office)
    try:
        await_door(port)
        assert run.poll() is None
    finally:
        for each in (run, door):
            each.kill()
            each.wait(10)


def test_a_taken_port_is_told(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        _with_base(office, taken.getsockname()[1])
        told = loa("run", cwd=office)
    assert told.returncode == 1
    assert "E860" in told.stdout + told.stderr
