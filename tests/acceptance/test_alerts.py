"""Trouble reaches the office: the verbs of alerts as a person and a timer of the system start them."""

import json
import sys
from pathlib import Path

import pytest
from support.booked import booked
from support.office import make_office
from support.processes import loa

from loa.clock import SystemClock
from loa.delivery import State
from loa.store import open_book

HEARS = """
import json, sys
notice = json.load(sys.stdin)
open("heard.jsonl", "a").write(json.dumps(notice) + "\\n")
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a command that writes down what it hears, and something due that nobody sends."""
    root = make_office(tmp_path / "office")
    (root / "hears.py").write_text(HEARS)
    with (root / "loa.yaml").open("a", encoding="utf-8") as file:
        file.write(f"alerts:\n  - command: ['{sys.executable}', hears.py]\n")
    book = open_book(root / "var/book.sqlite")
    booked(book, State.APPROVED, SystemClock().now(), count=3)
    book.close()
    return root


def heard(office: Path) -> list[dict[str, object]]:
    path = office / "heard.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_a_silent_scheduler_is_told_by_a_timer_once(office: Path) -> None:
    first, second = loa("alerts", "check", cwd=office), loa("alerts", "check", cwd=office)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    (notice,) = heard(office)
    assert (notice["kind"], notice["phase"]) == ("heartbeat", "new")
    assert notice["subject"] == "[Loa] UBND tỉnh Mẫu: bộ lịch phát không chạy"
    assert "[E986]" in first.stdout
    listed = json.loads(loa("alerts", "list", "--json", cwd=office).stdout)
    assert [each["code"] for each in listed["conditions"]] == ["E986"]
    assert [(each["kind"], bool(each["told_at"])) for each in listed["told"]] == [("heartbeat", True)]
    assert "đã báo lúc" in loa("alerts", "list", cwd=office).stdout


def test_the_scheduler_tells_that_it_runs_again(office: Path) -> None:
    loa("alerts", "check", cwd=office)
    assert loa("stop", "--why", "thử", cwd=office).returncode == 0
    ran = loa("run", "--once", cwd=office)
    assert ran.returncode == 0, ran.stderr
    assert ("heartbeat", "over") in [(each["kind"], each["phase"]) for each in heard(office)]


def test_a_trial_is_sent_on_each_way_and_a_broken_one_is_named(office: Path) -> None:
    with (office / "loa.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {webhook: 'http://127.0.0.1:9/x?khoa=kin'}\n")
    tried = loa("alerts", "test", cwd=office)
    assert tried.returncode == 1
    assert [each["kind"] for each in heard(office)] == ["test"]
    assert f"✓ {sys.executable}" in tried.stdout
    assert "[E999]" in tried.stderr
    assert "http://127.0.0.1:9/x" in tried.stderr
    assert "kin" not in tried.stderr


def test_a_damaged_book_is_told_though_nothing_can_be_remembered_in_it(office: Path) -> None:
    (office / "var/book.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    for _ in range(2):
        checked = loa("alerts", "check", cwd=office)
        assert checked.returncode == 1
        assert "[E" in checked.stderr
    assert [each["kind"] for each in heard(office)] == ["stopped"]


def test_an_office_that_tells_nobody_hears_it_on_the_screen(office: Path) -> None:
    text = (office / "loa.yaml").read_text("utf-8").partition("alerts:\n")[0]
    (office / "loa.yaml").write_text(text, encoding="utf-8")
    checked = loa("alerts", "check", cwd=office)
    assert checked.returncode == 0
    assert "[E986]" in checked.stdout
    assert "chưa ghi báo cho ai" in checked.stdout
