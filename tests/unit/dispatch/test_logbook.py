"""The log of a plan and what citizens said: taken in once, judged, withdrawn, counted."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.clock import SimulatedClock
from loa.dispatch import Desk
from loa.dispatch.counted import log_counted
from loa.dispatch.feedback import answer, bring_in_feedback, faq, summary, told_by_citizens, without_people
from loa.dispatch.log_file import bring_in_log
from loa.dispatch.logbook import Told, find_plan, log, logged, withdraw
from loa.dispatch.proof import Proof
from loa.errors import LoaError, ProblemsFound
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

PLAN = """\
id: ke-hoach
title: Kế hoạch thử
document: Kế hoạch số 1/KH-UBND ngày 02/01/2027
body:
  name: Ủy ban nhân dân tỉnh Mẫu
  short_name: UBND
  town: Mẫu
  signer_title: CHỦ TỊCH
  reports_to: [Bộ Khoa học và Công nghệ]
from: 2027-01-01
to: 2027-12-31
tasks:
  - {id: tuyen-truyen, title: Tuyên truyền, place: Mục I}
quotas:
  - {id: to-roi, title: Phát tờ rơi, count: copies, target: 500, unit: tờ, place: Mục II}
budget:
  - {id: tai-lieu, title: Tài liệu, amount: 10000000, place: Mục III}
"""
ROWS = """\
SỔ VIỆC ĐÃ LÀM
Loại việc;Mã;Ngày;Đơn vị;Số lượng;Số tiền;Minh chứng
bản in;to-roi;14/3/2027;xa-mot;200;;https://vidu.vn/1
bản in;to-roi;14/3/2027;xa-mot;200;;https://vidu.vn/1
đã chi;tai-lieu;15/3/2027;;;2.500.000;
"""
FORM = """\
Dấu thời gian,Họ tên,Số điện thoại,Xã phường,Chủ đề,Nội dung góp ý,Trả lời
14/03/2027 08:00,Nguyễn Văn A,0912345678,Xã Một,VNeID,"Không nhận được mã, gọi 0912 345 678 hoặc a@vidu.vn",
15/03/2027 09:00,Trần B,0912345679,,Hồ sơ,Hồ sơ nộp rồi bao lâu có kết quả?,Trong 03 ngày làm việc.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = make_office(tmp_path)
    (root / "campaigns/plan.yaml").write_text(PLAN, encoding="utf-8")
    return open_desk(open_workspace(root), SimulatedClock(datetime(2027, 3, 20, 3, tzinfo=UTC)))


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_taken_in_once_and_two_rows_that_say_the_same_are_two_deeds(desk: Desk, tmp_path: Path) -> None:
    plan, path = find_plan(desk, ""), _write(tmp_path, ROWS)
    first = bring_in_log(desk, plan, path, "lan")
    again = bring_in_log(desk, plan, path, "lan")
    assert (len(first.numbers), first.known) == (3, 0)
    assert (again.numbers, again.known) == ((), 3)
    assert [(each.kind, each.count, each.amount) for each in logged(desk, "ke-hoach")] == [
        ("copies", 200, 0),
        ("copies", 200, 0),
        ("spent", 0, 2_500_000),
    ]


def test_one_wrong_row_keeps_the_whole_table_out_and_each_is_told_with_its_number(desk: Desk, tmp_path: Path) -> None:
    wrong = ROWS + "bản in;to-roi;40/3/2027;;1;;https://vidu.vn\nbản in;khac;1/3/2027;;1;;https://vidu.vn\n"
    with pytest.raises(ProblemsFound) as found:
        bring_in_log(desk, find_plan(desk, ""), _write(tmp_path, wrong), "lan")
    assert [(each.code, each.params["row"]) for each in found.value.problems()] == [("E351", "6"), ("E355", "7")]
    assert logged(desk) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (Told("copies", "to-roi", date(2027, 3, 14), count=1), "E272"),
        (Told("spent", "tai-lieu", date(2027, 3, 14)), "E271"),
        (Told("spent", "to-roi", date(2027, 3, 14), amount=1), "E270"),
        (Told("spent", "tai-lieu", date(2027, 3, 21), amount=1), "E274"),
        (Told("spent", "tai-lieu", date(2027, 3, 14), "xa-la", amount=1), "E213"),
    ],
)
def test_what_cannot_count_is_refused_by_its_reason(desk: Desk, told: Told, code: str) -> None:
    with pytest.raises(LoaError) as refused:
        log(desk, find_plan(desk, ""), [told], "lan")
    assert refused.value.code == code
    assert logged(desk) == []


def test_an_entry_that_is_withdrawn_counts_no_more_and_cannot_be_withdrawn_again(desk: Desk) -> None:
    told = Told("spent", "tai-lieu", date(2027, 3, 14), amount=5)
    (number,) = log(desk, find_plan(desk, ""), [told], "lan")
    assert withdraw(desk, number, "lan").amount == 5
    assert logged(desk) == []
    with pytest.raises(LoaError) as refused:
        withdraw(desk, number, "lan")
    assert refused.value.code == "E273"


def test_copies_of_a_hand_off_fill_the_quota_that_its_item_serves_once(desk: Desk) -> None:
    campaign = desk.workspace.root / "campaigns/thu-nghiem.yaml"
    replace_in(campaign, "  - id: tin-mot\n", "  - id: tin-mot\n    serves: [to-roi]\n")
    told = (datetime(2027, 3, 18, 3, tzinfo=UTC), 300, Proof("https://vidu.vn/phat"), "lan", "")
    numbers = log_counted(desk, "thu-nghiem/tin-mot/2027-03-18/xa-mot/print/in-xa", *told)
    assert [(each.target, each.unit_code, each.count) for each in logged(desk)] == [("to-roi", "xa-mot", 300)]
    assert len(numbers) == 1
    assert log_counted(desk, "thu-nghiem/tin-mot/2027-03-18/xa-mot/print/in-xa", *told) == []
    assert log_counted(desk, "thu-nghiem/tin-hai/2027-03-18/xa-mot/print/in-xa", *told) == []


def test_feedback_is_kept_without_names_and_numbers_and_counted(desk: Desk, tmp_path: Path) -> None:
    path = _write(tmp_path, FORM)
    taken = bring_in_feedback(desk, path, "lan", came_from="VNForm")
    assert taken.unread == ("Họ tên", "Số điện thoại")
    assert bring_in_feedback(desk, path, "lan", came_from="VNForm").numbers == ()
    found = told_by_citizens(desk)
    assert found[0].question == "Không nhận được mã, gọi [số] hoặc [thư điện tử]"
    counted = summary(found)
    assert (counted.by_state, counted.by_unit) == ({"new": 1, "answered": 1}, {"xa-mot": 1, "": 1})
    everything = b"".join(each.read_bytes() for each in desk.workspace.var.rglob("book.sqlite*"))
    assert b"0912345678" not in everything
    assert "Nguyễn Văn A".encode() not in everything


def test_only_answers_that_are_public_are_given_on(desk: Desk, tmp_path: Path) -> None:
    first, second = bring_in_feedback(desk, _write(tmp_path, FORM), "lan").numbers
    answer(desk, first, "Bấm Gửi lại mã sau 60 giây.", "lan", is_public=True)
    answer(desk, second, "Trong 03 ngày.", "lan")
    shown = faq(told_by_citizens(desk), "md")
    assert "## VNeID" in shown
    assert "60 giây" in shown
    assert "03 ngày" not in shown


@pytest.mark.parametrize(
    "said", ["0912345678", "+84 912 345 678", "084.912.345.678", "001088012345", "a.b@vidu.gov.vn"]
)
def test_what_may_identify_somebody_is_taken_out_of_words(said: str) -> None:
    assert said not in without_people(f"Gọi {said} giúp tôi")


@pytest.mark.parametrize("said", ["Quyết định 1588/QĐ-TTg ngày 17/12/2024", "nộp 50.000 đồng", "tổng đài 1022"])
def test_what_identifies_nobody_stays(said: str) -> None:
    assert without_people(said) == said
