"""The screen of ``loa status``: what may still be saved is never pushed out by what is over."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from support.booked import booked
from support.deliveries import START
from support.office import make_office

from loa import store
from loa.alerts import Notice, Way, observe, tell_round
from loa.cli import handoff
from loa.cli.output import table
from loa.cli.status_lists import print_screen
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import Desk
from loa.dispatch.handoff import HandOff
from loa.dispatch.standing import facts_of
from loa.errors import LoaError
from loa.store import Presence
from loa.store.backup import name_of_backup
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

NOON = START + timedelta(hours=4)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(open_workspace(make_office(tmp_path / "office")), SimulatedClock(NOON))
    yield made
    made.book.close()


def screen(desk: Desk, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_screen(desk, facts_of(desk) | {"without_account": []})
    return capsys.readouterr().out.splitlines()


def test_what_waits_for_a_person_stands_before_what_is_over(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(30):
        booked(desk.book, State.REFUSED, START + timedelta(hours=number), item=f"cu-{number}", reason="E532")
    booked(desk.book, State.DONE, START, item="da-go", reason="E555")
    booked(desk.book, State.HUMAN, START + timedelta(days=30), item="gap", reason="E539")
    lines = screen(desk, capsys)
    problems = lines[lines.index("Cần xem (31):") :]
    assert problems[1].startswith("  #32 chờ người quyết định · Facebook · Xã 0 · Tin gap · 08:00 ngày 31/03/2027")
    newest = next(line for line in problems[2:] if line.startswith("  #"))
    assert newest.startswith("  #30 bị từ chối")
    assert "11 lượt gửi khác" in problems[-1]
    assert not any("Đã gỡ" in line for line in lines)


def test_a_stopped_account_tells_how_many_wait_with_it_and_how_it_goes_on(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for state in (State.DUE, State.RETRY_LATER, State.DONE):
        booked(desk.book, state, NOON, item=state.value)
    with desk.book.write() as connection:
        store.pause_account(connection, store.AccountPause("fb-xa", None, "E605", "190/463"), NOON)
    said = "\n".join(screen(desk, capsys))
    assert "fb-xa → khi có người xử lý [E605] 190/463 · 2 lượt gửi đang chờ" in said
    assert "loa resume --account fb-xa" in said


def test_the_normal_case_fits_a_window_of_eighty_by_twenty_four(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    store.sign_in(desk.book, Presence("may-phat:1:ab", "clock", "may-phat", 1), NOON)
    for number in range(40):
        booked(desk.book, State.APPROVED, NOON + timedelta(hours=number + 1), item=f"sau-{number}")
        booked(desk.book, State.DONE, NOON - timedelta(hours=number + 1), item=f"xong-{number}")
    booked(desk.book, State.AWAITING, NOON + timedelta(days=9), count=7, item="cho")
    with desk.book.write() as connection:
        ids = [row.id for row in store.deliveries(connection, states=[State.DONE])]
        store.add_sendings(connection, [store.NewSending(each, 0, f"k{each}", "fb-xa", NOON) for each in ids])
        for row in store.sendings(connection):
            done = {"state": State.DONE, "done_at": NOON, "platform_id": f"p{row.id}", "next_try": None}
            store.move_sending(connection, row, done, at=NOON, cause="answer")
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in screen(desk, capsys)]
    assert max(map(len, lines)) <= 80, lines
    assert len(lines) <= 23, lines  # the next prompt needs the last line
    said = "\n".join(lines)
    assert "Bộ lịch phát đang chạy · nhịp cuối 0 giây trước" in said
    assert "Chờ duyệt: 7, sớm nhất phát lúc 12:00 ngày 10/03/2027" in said
    assert said.count("Trang fb-xa") == 10


@pytest.mark.parametrize(("minutes", "word"), [(0, "đang chạy"), (2, "chậm"), (4, "KHÔNG chạy"), (-60, "KHÔNG chạy")])
def test_the_scheduler_is_alive_late_or_silent(
    desk: Desk, capsys: pytest.CaptureFixture[str], minutes: int, word: str
) -> None:
    store.sign_in(desk.book, Presence("may-1", "clock", "may-1", 1), NOON - timedelta(minutes=minutes))
    store.sign_in(desk.book, Presence("may-2", "worker", "may-2", 2), NOON)
    lines = screen(desk, capsys)
    assert f"Bộ lịch phát {word}" in lines[0]
    assert "máy phát phụ may-2" in lines[1]


def test_what_stops_everything_stands_first(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    booked(desk.book, State.APPROVED, NOON - timedelta(hours=1), count=3, item="tre")
    store.note(desk.book, "blocked", "a.yaml:1:1 [E110] sai")
    store.set_stop(desk.book, store.Stop(NOON, "Lan", "quốc tang"), "Lan", NOON)
    lines = screen(desk, capsys)
    assert lines[:3] == [
        "ĐANG DỪNG TẤT CẢ (Lan: quốc tang) · loa resume",
        "KHÔNG PHÁT GÌ vì tệp kế hoạch có lỗi:",
        "a.yaml:1:1 [E110] sai",
    ]
    assert "✗ trễ giờ: 3" in lines


def test_alerts_that_could_not_be_told_and_the_last_backup_are_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Notice) -> None:
        raise LoaError("E999", way="x", detail="y")

    booked(desk.book, State.HUMAN, NOON - timedelta(hours=1))
    tell_round(desk, [Way("w", "w", ("unknown",), broken)], observe(desk))
    folder = desk.workspace.var / "backups"
    folder.mkdir(parents=True)
    (folder / name_of_backup(NOON)).write_bytes(b"")
    said = "\n".join(screen(desk, capsys))
    assert "CHƯA BÁO ĐƯỢC 1 sự cố [E999]; thử lại lúc 12:01 ngày 01/03/2027" in said
    assert "Bản sao lưu cuối: 12:00 ngày 01/03/2027" in said


def test_a_package_fits_a_narrow_window_and_says_what_is_to_be_done_to_the_post(
    capsys: pytest.CaptureFixture[str],
) -> None:
    package = HandOff(
        id=13,
        code="b7750a9a",
        key="k",
        action="remove",
        channel="portal",
        account="Cổng xã",
        unit="Xã Một",
        item="Nộp hồ sơ trực tuyến tại nhà",
        campaign="Thử",
        person="Công chức văn hóa – xã hội",
        due=START,
        late_by=timedelta(minutes=65),
        laid_out=START,
        folder=Path("goi"),
    )
    handoff.show(cast("Desk", SimpleNamespace(workspace=SimpleNamespace(zone=ZONE))), (package,))
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= 80
    assert "b7750a9a  Gỡ bài: Nộp hồ sơ trực tuyến tại nhà (#13)" in said
    assert "QUÁ HẠN 1 giờ 5 phút" in said


def test_a_name_in_a_narrow_table_is_broken_never_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as in a terminal
    monkeypatch.setenv("COLUMNS", "40")
    name = "LOA_SECRET_SMS_TINH_NGHE_AN_MAT_KHAU"
    table(("Khóa", "Biến"), [("sms-tinh-nghe-an-mat-khau", name)])
    said = capsys.readouterr().out
    assert "…" not in said
    cells = [line.split("   ")[-1].strip() for line in said.splitlines()]
    assert name in "".join(cells)
