"""What a person meets who writes a command wrongly or on a machine that does not let them: a sentence, no traceback."""

import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Literal, cast
from zoneinfo import ZoneInfo

import pytest
from support.office import make_office, replace_in

from loa.cli import main, run
from loa.clock import SimulatedClock, SystemClock
from loa.dispatch import BeatResult, Desk
from loa.store import keep_for, open_book
from loa.store.columns import teach_row_sum
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command in this process, in a fresh office: its exit code and all that it said."""
    monkeypatch.chdir(make_office(tmp_path / "office"))
    monkeypatch.delenv("LOA_LANG", raising=False)

    def asked(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["loa", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out + said.err

    return asked


@pytest.mark.parametrize("verb", [("preview",), ("sandbox",), ("template", "preview"), ("login", "zalo")])
@pytest.mark.parametrize("port", ["65536", "99999999999", "-1"])
def test_a_port_that_cannot_be_is_told(ask: Ask, verb: tuple[str, ...], port: str) -> None:
    code, said = ask(*verb, "--port", port)
    assert (code, "--port" in said) == (2, True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:abc",
        "http://127.0.0.1:99999",
        "http://127.0.0.1",
        "https://127.0.0.1:1",
        "http://[::1",
        "127.0.0.1:8765",
    ],
)
def test_an_address_that_can_be_no_sandbox_is_told_at_once(ask: Ask, url: str) -> None:
    code, said = ask("run", "--once", "--sandbox", url)
    assert (code, "127.0.0.1" in said) == (2, True)


def test_a_place_that_cannot_be_written_is_named(ask: Ask) -> None:
    Path("tep").write_text("", encoding="utf-8")
    for words in (("init", "tep/moi"), ("timetable", "--from", "2027-03-01", "--ics", "tep/lich.ics")):
        code, said = ask(*words)
        assert (code, "[E805]" in said, "tep" in said) == (1, True, True), words


def test_a_fault_that_is_about_no_file_is_not_taken_for_one(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("no file of anybody's")

    monkeypatch.setattr("loa.cli.options.workspace_here", broken)
    monkeypatch.setattr("loa.cli.timetable.workspace_here", broken)
    with pytest.raises(OSError, match="no file"):
        ask("timetable")


_EMPTY: dict[str, object] = {"INTEGER": 0, "BLOB": b"", "JSON": "{}"}


def _used(office: Path) -> None:
    """As if something had been sent: a book is bound from its first sending on."""
    with sqlite3.connect(office / "var/book.sqlite") as book:
        teach_row_sum(book)
        book.execute("PRAGMA foreign_keys = OFF")
        wanted = {row[1]: row[2] for row in book.execute("PRAGMA table_info(sending)") if row[3] and not row[5]}
        values = ["due" if name == "state" else _EMPTY.get(kind, "") for name, kind in wanted.items()]
        marks = ", ".join("?" * len(wanted))
        book.execute(f"INSERT INTO sending ({', '.join(wanted)}) VALUES ({marks})", values)  # noqa: S608 - column names


@pytest.mark.parametrize(
    ("mine", "other", "code"), [("sandbox", (), "E706"), ("real", ("--sandbox", "http://127.0.0.1:9"), "E707")]
)
def test_what_went_to_a_sandbox_never_counts_as_published_nor_the_other_way(
    ask: Ask, mine: Literal["real", "sandbox"], other: tuple[str, ...], code: str
) -> None:
    office = Path.cwd()
    os.environ.pop("LOA_DATABASE_URL", None)
    desk = open_desk(open_workspace(office), SystemClock())
    desk.book.close()
    book = open_book(office / "var/book.sqlite")
    keep_for(book, mine)
    keep_for(book, "sandbox" if mine == "real" else "real")  # nothing is sent yet: it may change
    keep_for(book, mine)
    book.close()
    _used(office)
    exit_code, said = ask("run", "--once", *other)
    assert (exit_code, f"[{code}]" in said) == (1, True)
    if mine == "sandbox":
        assert "bãi tập" in ask("status")[1]
        assert "[E706]" in ask("insights")[1]


def test_the_check_looks_at_the_whole_of_today(ask: Ask) -> None:
    """What was due this morning may still go out, late: its channels' rules count."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    campaign = Path("campaigns/thu-nghiem.yaml")
    replace_in(Path("loa.yaml"), 'from: "21:00", to: "07:00"', 'from: "00:00", to: "00:00"')
    replace_in(campaign, "from: 2027-01-01", f"from: {today}")
    replace_in(campaign, 'date: 2027-03-01, at: "08:00"', f'date: {today}, at: "00:00"')
    assert "“tin-mot” không có lần phát" not in ask("check")[1]


def test_the_scheduler_tells_the_hour_of_the_office(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    desk = SimpleNamespace(
        clock=SimulatedClock(datetime(2027, 3, 1, 1, 0, tzinfo=UTC)),
        workspace=SimpleNamespace(zone=ZoneInfo("Asia/Ho_Chi_Minh")),
    )
    run._Teller(cast("Desk", desk))(BeatResult(sent=1))
    assert capsys.readouterr().out.startswith("08:00:00 ")
