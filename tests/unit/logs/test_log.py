"""An open log hears what is told, what libraries say, and what ends a thread."""

import json
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from support.planted import PLANTED, phone

from loa import logs, store
from loa.clock import SystemClock
from loa.delivery import State
from loa.store import Event, open_book, tell
from loa.store.events import MACHINE, write_events
from loa.store.told import ranges


def lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / logs.FILE
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_a_line_says_when_who_and_what(tmp_path: Path) -> None:
    with logs.opened(tmp_path, "may-1:7:ab"):
        logs.tell("account_paused", "warning", account="fb-xa", code="E605")
    (line,) = lines(tmp_path)
    assert list(line)[:4] == ["ts", "level", "event", "worker"]
    assert line["ts"].endswith("+00:00")
    assert {name: line[name] for name in ("level", "event", "worker", "account", "code")} == {
        "level": "warning",
        "event": "account_paused",
        "worker": "may-1:7:ab",
        "account": "fb-xa",
        "code": "E605",
    }


def test_nothing_is_written_while_no_log_is_open(tmp_path: Path) -> None:
    logs.tell("unheard")
    with logs.opened(tmp_path, "w"):
        pass
    logs.tell("unheard")
    assert lines(tmp_path) == []


def test_an_error_tells_where_it_came_from_and_what_was_behind_it_but_no_values(tmp_path: Path) -> None:
    secret = PLANTED["sms-api-key"]

    def deep(hidden: str) -> None:
        raise ValueError(f"no answer for {hidden} at {phone(3)}")

    with logs.opened(tmp_path, "w"):
        logs.hide(secret)
        try:
            try:
                deep(secret)
            except ValueError as error:
                raise RuntimeError("outer") from error
        except RuntimeError as error:
            logs.trouble("horn_broke", error, account="sms-tinh")
    (line,) = lines(tmp_path)
    assert line["level"] == "error"
    assert line["error"]["kind"] == "RuntimeError"
    (behind,) = line["error"]["because"]
    assert behind["text"] == "no answer for *** at ***"
    assert behind["at"][-1].endswith(" deep")


def test_what_libraries_warn_of_and_what_ends_a_thread_is_in_it_and_still_on_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    heard: list[object] = []
    monkeypatch.setattr(threading, "excepthook", heard.append)
    with logs.opened(tmp_path, "w"):
        logging.getLogger("apscheduler.executors.default").error("Job raised %s", phone(1))
        logging.getLogger("quiet").info("not this")
        thread = threading.Thread(target=lambda: 1 / 0, name="loa-health")
        thread.start()
        thread.join()
    library, broken = lines(tmp_path)
    assert (library["event"], library["logger"], library["text"]) == (
        "library",
        "apscheduler.executors.default",
        "Job raised ***",
    )
    assert (broken["event"], broken["thread"], broken["error"]["kind"]) == (
        "thread_broke",
        "loa-health",
        "ZeroDivisionError",
    )
    assert "Job raised" in capsys.readouterr().err
    assert len(heard) == 1
    assert logging.getLogger().handlers == []
    assert threading.excepthook == heard.append


def test_a_value_that_cannot_be_told_stops_nobody(tmp_path: Path) -> None:
    class Strange:
        def __str__(self) -> str:
            raise RuntimeError("cannot be shown")

    with logs.opened(tmp_path, "w"):
        logs.tell("strange", what=Strange())
        logs.tell("next")
    assert [line["event"] for line in lines(tmp_path)] == ["log_lines_lost", "next"]


def test_moves_of_one_transaction_that_are_alike_are_one_line_and_undone_ones_none(tmp_path: Path) -> None:
    book = open_book(tmp_path / "book.sqlite")
    now = SystemClock().now()

    def undo(connection: store.Connection, each: Event) -> None:
        write_events(connection, [each])
        raise ZeroDivisionError

    def event(number: int | None, after: State, **params: str) -> Event:
        return Event(now, MACHINE, "answer", None if number is None else number, None, State.SENDING, after, params)

    with logs.opened(tmp_path, "w"):
        with book.write() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            write_events(connection, [event(None, State.DONE)] * 64)
            write_events(connection, [event(None, State.REFUSED, reason="E532", detail="Nguyễn Văn A")])
        with pytest.raises(ZeroDivisionError), book.write() as connection:
            undo(connection, event(None, State.DONE))
        tell(book, Event(now, "Nguyễn Thị Lan", "approve"))
    book.close()
    done, refused, approved = lines(tmp_path)
    assert (done["event"], done["count"], done["after"], done["level"]) == ("move", 64, "done", "info")
    assert (refused["level"], refused["reason"], "detail" in refused) == ("error", "E532", False)
    assert (approved["cause"], approved["by"], "Lan" in str(approved)) == ("approve", "person", False)


def test_deliveries_are_told_as_ranges() -> None:
    assert ranges([3, 1, 2, 7, 0, 9, 10]) == "1-3,7,9-10"
    assert ranges([0]) == ""
