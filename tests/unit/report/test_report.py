"""The report: what it says is what the book says, and every table says the same."""

import csv
import re
from collections import Counter
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from support.deliveries import NOW, START, deliveries, delivery

from loa.delivery import State
from loa.dispatch.views import ApprovalView, DeliveryView, ReceiptView
from loa.errors import LoaError
from loa.report import write_report
from loa.workspace import Workspace


class Tables(HTMLParser):
    """The cells of every table that has an id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self._table = ""
        self._cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table = dict(attrs).get("id") or "?"
            self.rows.setdefault(self._table, [])
        elif tag == "tr" and self._table:
            self.rows[self._table].append([])
        elif tag in ("td", "th"):
            self._cell = True
            self.rows[self._table][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[self._table][-1][-1] += data

    def numbers(self, table: str, wanted: int) -> list[list[int]]:
        """The last ``wanted`` cells of each row but the heading, as whole numbers."""
        rows = self.rows.get(table, [])[1:]
        return [[int(cell.replace(".", "")) for cell in row[-wanted:]] for row in rows]


def written(
    folder: Path, views: list[DeliveryView], workspace: Workspace
) -> tuple[str, list[dict[str, str]], list[dict[str, str]]]:
    page, table, coverage = write_report(folder, views, workspace, None, NOW)
    return page.read_text(encoding="utf-8"), rows_of(table), rows_of(coverage)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


OUTCOMES = ("Đã phát", "Chờ phát", "Giữ lại", "Bỏ lỡ", "Chưa rõ", "Bị từ chối", "Đã hủy")


@settings(max_examples=40, deadline=None)
@given(views=deliveries())
def test_page_and_tables_count_the_same_deliveries_and_messages(
    views: list[DeliveryView], workspace: Workspace
) -> None:
    with TemporaryDirectory() as folder:
        page, rows, coverage = written(Path(folder), views, workspace)
    tables = Tables(page)
    assert len(rows) == len(views)
    assert Counter(row["Số lượt gửi"] for row in rows) == Counter(str(view.id) for view in views)

    by_outcome = Counter(row["Kết quả"] for row in rows)
    expected = [by_outcome[name] for name in OUTCOMES] + [len(views)]
    lines = tables.numbers("lines", len(OUTCOMES) + 1)
    if views:
        assert lines[-1] == expected
        assert [sum(column) for column in zip(*lines[:-1], strict=True)] == expected
        assert all(sum(line[:-1]) == line[-1] for line in lines)
        assert len(lines) - 1 == len({(view.campaign_id, view.channel) for view in views})

    to_people = [view for view in views if view.recipients]
    told = [sum(int(row[f"Tin nhắn SMS: {name}"] or 0) for row in rows) for name in OUTCOMES]
    assert sum(told) == sum(sum(view.counts.values()) or view.recipients for view in to_people)
    assert told[0] == sum(
        view.counts.get(State.DONE, 0) if view.counts else view.recipients * (view.state == State.DONE)
        for view in to_people
    )
    if to_people:
        messages = tables.numbers("messages", len(OUTCOMES) + 2)
        assert messages[-1] == [len(to_people), *told, sum(told)]
        assert [sum(column) for column in zip(*messages[:-1], strict=True)] == messages[-1]

    due = [view for view in views if view.state != State.CANCELLED]
    assert sum(int(row["Lượt gửi theo lịch"]) for row in coverage) == len(due)
    assert sum(int(row["Đã phát"]) for row in coverage) == by_outcome["Đã phát"]


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_column(state: State, folder: Path, workspace: Workspace) -> None:
    _, rows, _ = written(folder, [delivery(1, state)], workspace)
    assert rows[0]["Kết quả"] in OUTCOMES
    assert rows[0]["Trạng thái trong sổ"]


@pytest.mark.parametrize("state", [State.HELD, State.MISSED, State.UNKNOWN, State.HUMAN, State.REFUSED])
def test_trouble_is_told_with_its_reason(state: State, folder: Path, workspace: Workspace) -> None:
    page, _, _ = written(folder, [delivery(1, state, reason="Kênh từ chối vì lý do thử")], workspace)
    trouble = Tables(page).rows["troubles"]
    assert trouble[1][-1] == "Kênh từ chối vì lý do thử"
    assert trouble[1][1] == "08:00 ngày 01/03/2027"


@pytest.mark.parametrize("state", [State.DONE, State.AWAITING, State.CANCELLED])
def test_what_went_well_is_no_trouble(state: State, folder: Path, workspace: Workspace) -> None:
    page, _, _ = written(folder, [delivery(1, state, reason="x")], workspace)
    assert "troubles" not in Tables(page).rows


def test_a_list_that_only_a_part_got_is_told(folder: Path, workspace: Workspace) -> None:
    view = delivery(
        1, channel="sms", recipients=5, counts={State.DONE: 3, State.REFUSED: 2}, reason="Xong một phần: 3/5"
    )
    page, rows, _ = written(folder, [view], workspace)
    assert Tables(page).rows["troubles"][1][-2:] == ["Phát một phần", "Xong một phần: 3/5"]
    assert "3/5 tin nhắn" in page
    assert rows[0]["Tin nhắn SMS: Bị từ chối"] == "2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_becomes_a_formula(start: str, folder: Path, workspace: Workspace) -> None:
    evil = f'{start}HYPERLINK("http://x")'
    view = delivery(1, campaign_title=evil, item_title=evil, unit_name=evil, account_name=evil, reason=evil, title=evil)
    paths = write_report(folder, [view], workspace, None, NOW)
    for path in paths[1:]:
        row = rows_of(path)[0]
        told = [cell for cell in row.values() if "HYPERLINK" in cell]
        assert told
        assert all(cell == f"'{evil}" for cell in told)


def test_words_of_the_staff_stay_words_on_the_page(folder: Path, workspace: Workspace) -> None:
    evil = "<script>alert(1)</script>"
    views = [
        delivery(1, item_title=evil, unit_name=evil, account_name=evil, campaign_title=evil),
        delivery(2, State.REFUSED, reason=evil),
    ]
    page, _, _ = written(folder, views, workspace)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("url", "linked"), [("https://x.vn/1", True), ("javascript:alert(1)", False), ("data:,x", False)]
)
def test_only_web_addresses_become_links(url: str, linked: bool, folder: Path, workspace: Workspace) -> None:  # noqa: FBT001 - a case of the table
    page, _, _ = written(folder, [delivery(1, receipts=(ReceiptView("1", url, START, 0),))], workspace)
    assert (f'href="{url}"' in page) is linked
    assert f">{url}<" in page


def test_coverage_shows_done_part_and_none(folder: Path, workspace: Workspace) -> None:
    views = [
        delivery(1),
        delivery(2, item_id="hai", item_title="Hai"),
        delivery(3, State.MISSED, item_id="hai", item_title="Hai", channel="zalo"),
        delivery(4, State.MISSED, unit_code="tinh-mau", unit_name="Tỉnh Mẫu"),
    ]
    page, _, coverage = written(folder, views, workspace)
    assert [row["Kết quả"] for row in coverage] == ["Đã phát", "Phát một phần", "Chưa phát"]
    matrix = Tables(page).rows["?"]
    assert matrix[1] == ["Tỉnh Mẫu", "chưa", "·"]  # the office's own order of units, not that of the times
    assert matrix[2] == ["Xã Một", "✓", "1/2"]


def test_units_that_send_nothing_are_named(folder: Path, workspace: Workspace) -> None:
    page, _, _ = written(folder, [delivery(1)], workspace)
    assert "Đơn vị không có lượt gửi nào trong kỳ: Tỉnh Mẫu." in page


def test_the_head_names_the_body_and_the_span(folder: Path, workspace: Workspace) -> None:
    zone = workspace.zone
    period = (datetime(2027, 3, 1, tzinfo=zone), datetime(2027, 4, 1, tzinfo=zone))
    page = write_report(folder, [delivery(1)], workspace, period, NOW)[0].read_text(encoding="utf-8")
    assert "Ủy ban nhân dân tỉnh Mẫu" in page
    assert "Từ ngày 01/03/2027 đến hết ngày 31/03/2027" in page
    assert "10:00 ngày 01/04/2027" in page


def test_a_rehearsal_says_so(folder: Path, workspace: Workspace) -> None:
    real = write_report(folder, [delivery(1)], workspace, None, NOW)[0].read_text(encoding="utf-8")
    played = write_report(folder, [delivery(1)], workspace, None, NOW, rehearsal=True)[0].read_text(encoding="utf-8")
    assert "DIỄN TẬP" not in real
    assert "SỐ LIỆU DIỄN TẬP" in played


def test_a_late_publication_says_by_how_much(folder: Path, workspace: Workspace) -> None:
    page, rows, _ = written(folder, [delivery(1, late_by=timedelta(hours=1, minutes=5))], workspace)
    assert "trễ 1 giờ 5 phút" in page
    assert rows[0]["Trễ (giây)"] == "3900"


def test_only_those_who_approved_are_named(folder: Path, workspace: Workspace) -> None:
    decisions = (ApprovalView("Lan", "return", NOW), ApprovalView("Bình", "approve", NOW))
    _, rows, _ = written(folder, [delivery(1, approvals=decisions)], workspace)
    assert rows[0]["Người duyệt"] == "Bình"


def test_an_empty_book_gives_a_report_too(folder: Path, workspace: Workspace) -> None:
    page, rows, coverage = written(folder, [], workspace)
    assert "Không có lượt gửi nào trong kỳ báo cáo." in page
    assert (rows, coverage) == ([], [])


def test_english_is_complete(folder: Path, workspace: Workspace) -> None:
    views = [delivery(n, state) for n, state in enumerate(State)]
    page, *tables = write_report(folder, views, workspace, None, NOW, "en")
    own = re.compile("Chiến dịch thử|Tin thứ nhất|Xã Một|Trang Xã Một|Ủy ban nhân dân tỉnh Mẫu|UBND tỉnh Mẫu|Tỉnh Mẫu")
    for path in (page, *tables):
        left = own.sub("", path.read_text(encoding="utf-8"))
        assert not re.findall(r"\w*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", left)


def test_files_are_for_excel_and_for_machines(folder: Path, workspace: Workspace) -> None:
    paths = write_report(folder, [delivery(1)], workspace, None, NOW)
    assert [path.name for path in paths] == ["report.html", "deliveries.csv", "coverage.csv"]
    for path in paths[1:]:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert sorted(each.name for each in folder.iterdir()) == ["coverage.csv", "deliveries.csv", "report.html"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, workspace: Workspace) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(LoaError) as caught:
        write_report(blocked, [delivery(1)], workspace, None, NOW)
    assert caught.value.code == "E802"
