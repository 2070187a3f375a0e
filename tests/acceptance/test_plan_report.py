"""A plan at the door: rehearsed, logged, shown on the terminal and reported to the upper level, by the command."""

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.planned_office import make_planned_office
from support.processes import loa
from support.reports import Book, lines_of

from loa.clock import SimulatedClock
from loa.dispatch.feedback import add_one
from loa.dispatch.logbook import Told, log
from loa.plan import load_plans
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

GOLDEN = Path(__file__).parents[1] / "golden" / "report" / "bao-cao.txt"


@dataclass(frozen=True)
class Office:
    root: Path
    rehearsal: Path

    def run(self, *words: str | Path) -> str:
        result = loa(*words, "--rehearsal", self.rehearsal, cwd=self.root)
        assert result.returncode == 0, result.stderr
        return result.stdout


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = make_planned_office(tmp_path_factory.mktemp("office"))
    found = Office(root, tmp_path_factory.mktemp("rehearsal"))
    days = ("--from", "2025-04-01", "--to", "2025-12-31")
    result = loa("rehearse", *days, "--folder", found.rehearsal, cwd=root)
    assert result.returncode == 0, result.stderr
    _log(found)
    return found


def _log(office: Office) -> None:
    """What people told by the end of the year."""
    workspace = open_workspace(office.root)
    clock = SimulatedClock(datetime(2025, 12, 31, 3, tzinfo=UTC))
    desk = open_desk(workspace, clock, book=office.rehearsal / "book.sqlite")

    def told(kind: Any, target: str, day: date, unit: str = "", **more: Any) -> Told:
        words = {"link": f"https://example.vn/{target.replace('/', '-')}", "note": more.pop("note", "")}
        return Told(kind, target, day, unit, words=words, **more)

    done = [
        told("event", "tin-mau/lop/huyen-mau", date(2025, 8, 12), "huyen-mau", count=1, note="Lớp một"),
        told("people", "tin-mau/lop/huyen-mau", date(2025, 8, 12), "huyen-mau", count=31),
        told("copies", "to-roi", date(2025, 8, 20), "xa-a", count=300),
        told("spent", "in-an", date(2025, 8, 21), amount=4_500_000),
        told("reading", "truc-tuyen", date(2025, 11, 30), value=Decimal("51.5"), note="Cổng dịch vụ công tỉnh"),
    ]
    log(desk, load_plans(workspace)[0].plan, done, "lan")
    for topic in ("Kết nối", "Thủ tục", "Thủ tục"):
        add_one(desk, "Ý kiến của bà con", "lan", topic=topic, unit_code="xa-a", plan_id="dvc-mau")
    desk.book.close()


def test_the_terminal_shows_what_is_late_first_and_where_it_is_missing(office: Office) -> None:
    screen = office.run("plan", "--day", "2025-10-01")
    lines = screen.splitlines()
    quotas = [line for line in lines if "%  " in line and ("█" in line or "░" in line)]
    assert re.search(r"^ Chậm .* 66% .*2/3 đơn vị.*1 \(Xã C\)", quotas[0])
    assert any(re.search(r"Đạt .*█{20} 100% .*31/30 người", line) for line in quotas[1:])
    assert "47,2 % (30/09/2025)" in screen
    assert "Đơn vị chưa có tài khoản nào: Huyện Mẫu, Xã C." in screen


def test_a_machine_reads_the_same_with_the_evidence(office: Office) -> None:
    told = json.loads(office.run("plan", "dvc-mau", "--day", "2025-12-31", "--json"))
    counted = {each["id"]: each["counted"] for each in told["quotas"]}
    assert counted == {"tin-nam": 2, "xa-dang": 2, "lop": 1, "hoc-vien": 31, "to-roi": 300}
    assert all(sum(item["amount"] for item in each["evidence"]) == each["counted"] for each in told["quotas"])
    assert told["silent_units"] == ["huyen-mau", "xa-c"]
    assert told["deliveries"] == {"done": 4}


def test_the_pack_tells_what_the_sandboxs_journal_and_the_log_add_up_to(office: Office, tmp_path: Path) -> None:
    made = office.run("report", "--plan", "dvc-mau", "--final", "--to", "2025-12-31", "--folder", tmp_path)
    assert [Path(line).name for line in made.splitlines()] == [
        "bao-cao.docx",
        "bao-cao.xlsx",
        "report.html",
        "deliveries.csv",
        "coverage.csv",
    ]
    journal = (office.rehearsal / "journal.jsonl").read_text("utf-8").splitlines()
    effects = [each for each in map(json.loads, journal) if each["kind"] == "post"]
    book = Book(tmp_path / "bao-cao.xlsx")
    assert book.rows("Tổng hợp")[-1][1] == len(effects) == 4
    assert {row[0]: row[5] for row in book.rows("Chỉ tiêu")}["to-roi"] == 300
    page = (tmp_path / "report.html").read_text("utf-8")
    assert 'id="chi-tieu"' in page
    assert "SỐ LIỆU DIỄN TẬP" in page
    assert "data:image/png;base64," in page


def test_the_words_of_the_report_are_those_that_were_read_and_approved(office: Office, tmp_path: Path) -> None:
    office.run("report", "--plan", "dvc-mau", "--final", "--to", "2025-12-31", "--folder", tmp_path)
    words = "\n".join(lines_of(tmp_path / "bao-cao.docx"))
    words = re.sub(r"tháng      năm 20\d\d", "tháng      năm 2026", words)
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        GOLDEN.write_text(words + "\n", encoding="utf-8")
    assert words + "\n" == GOLDEN.read_text("utf-8")


def test_a_month_counts_itself_and_from_the_beginning(office: Office, tmp_path: Path) -> None:
    office.run("report", "--plan", "dvc-mau", "--from", "2025-09-01", "--to", "2025-09-30", "--folder", tmp_path)
    rows = {row[0]: row[4:6] for row in Book(tmp_path / "bao-cao.xlsx").rows("Chỉ tiêu")}
    assert rows == {"tin-nam": [1, 2], "xa-dang": [0, 2], "lop": [0, 1], "hoc-vien": [0, 31], "to-roi": [0, 300]}
    assert "(tháng 9 năm 2025)" in lines_of(tmp_path / "bao-cao.docx")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--plan", "khong-co"), "E265"),
        (("--final",), "--final và --template đi cùng --plan"),
        (("tin-mau", "--plan", "dvc-mau"), "--plan lấy mọi chiến dịch của kế hoạch"),
        (("--plan", "dvc-mau", "--template", "../mau.docx"), "E202"),
        (("--plan", "dvc-mau", "--template", "loa.yaml"), "E278"),
    ],
)
def test_what_cannot_be_reported_is_told(office: Office, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    result = loa("report", *words, "--folder", tmp_path, "--rehearsal", office.rehearsal, cwd=office.root)
    assert result.returncode != 0
    assert told in result.stderr
