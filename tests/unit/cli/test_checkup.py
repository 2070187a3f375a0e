"""What the check-up decides by itself: how far a clock may be off, which disks and places are trusted."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from loa.cli.checkup import house
from loa.cli.checkup.house import shaky_place
from loa.cli.checkup.machine import drift, machine
from loa.dispatch import handoff
from loa.render import selfcheck

NOW = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape of shutil's own answer


@pytest.mark.parametrize(
    ("seconds", "level"),
    [(0, "ok"), (59, "ok"), (-59, "ok"), (60, "warning"), (-299, "warning"), (300, "stop"), (-7200, "stop")],
)
def test_a_clock_may_be_off_a_little(seconds: int, level: str) -> None:
    found = drift(NOW + timedelta(seconds=seconds), NOW, "https://graph.facebook.com")
    assert found.level == level
    assert level == "ok" or (str(abs(seconds)) in found.text and "graph.facebook.com" in found.text)


def test_where_no_server_answers_nobody_knows_whether_the_clock_is_right(tmp_path: Path) -> None:
    checks = {each.name: each for each in machine(tmp_path, ZoneInfo("Asia/Ho_Chi_Minh"), ["http://127.0.0.1:9"])}
    assert (checks["clock"].level, checks["clock"].code) == ("warning", "E935")


@pytest.mark.parametrize(
    ("free", "level", "told"),
    [(1_000_000_000, "ok", "1 GB"), (999_000_000, "warning", "999 MB"), (199_999_999, "stop", "199 MB")],
)
def test_a_disk_that_fills_up_is_told(
    free: int, level: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 0, free))
    checks = {each.name: each for each in machine(tmp_path / "var", ZoneInfo("Asia/Ho_Chi_Minh"), None)}
    assert (checks["disk"].level, told in checks["disk"].text.replace(",0", "")) == (level, True)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/chung /srv/chung nfs4 rw 0 0
//may-chu/loa /mnt/loa cifs rw 0 0
/dev/sdb1 /srv/chung/rieng ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("/home/loa/var/book.sqlite", ""),
        ("/srv/chung/loa/var/book.sqlite", "nfs4"),
        ("/srv/chung/rieng/var/book.sqlite", ""),
        ("/srv/chungcu/var/book.sqlite", ""),
        ("/mnt/loa/var/book.sqlite", "cifs"),
        ("/home/lan/OneDrive - UBND xã/loa/var/book.sqlite", "OneDrive - UBND xã"),
        ("/home/lan/Dropbox/loa/var/book.sqlite", "Dropbox"),
        ("/home/lan/Google Drive/loa/var/book.sqlite", "Google Drive"),
        ("/home/lan/dong-bo/loa/var/book.sqlite", "OneDrive"),
    ],
)
def test_a_book_on_a_shared_or_synchronised_place_is_noticed(place: str, where: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert shaky_place(Path(place), {"OneDriveCommercial": "/home/lan/dong-bo"}, mounts) == where


def test_the_letters_that_are_looked_for_are_all_of_vietnamese() -> None:
    letters = selfcheck.vietnamese_letters()
    assert len(letters) == len(set(letters)) == 2 * (17 + 12 * 6)
    assert set("Nguyễn Thị Hạnh đã ký, PHƯỜNG TRƯỜNG VINH".replace(" ", "").replace(",", "")) <= set(letters)


def test_a_font_without_a_letter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert selfcheck.font_trouble() == ""
    monkeypatch.setattr(selfcheck, "vietnamese_letters", lambda: "ab\U0010fffd")
    assert selfcheck.font_trouble() == "Be Vietnam Pro: \U0010fffd"


@pytest.mark.parametrize(
    ("seconds", "level", "told"),
    [((), "ok", "0 việc"), ((0, 59), "ok", "2 việc"), ((60, 0, 7200), "warning", "2 việc")],
)
def test_packages_that_people_have_not_reported_are_counted(
    seconds: tuple[int, ...], level: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tuple(SimpleNamespace(late_by=timedelta(seconds=each)) for each in seconds)
    monkeypatch.setattr(handoff, "open_handoffs", lambda _desk: waiting)
    found = house._handoffs(None)  # type: ignore[arg-type]  # only handed on
    assert (found.level, told in found.text) == (level, True)
