"""Word, Excel and the page tell the same numbers, and those are what the deliveries themselves add up to."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from support.plans import entry, logs, outcomes, plan, published, quotas, serving
from support.reports import Book, lines_of, source

from loa.delivery import State
from loa.dispatch.views import DeliveryView
from loa.report.paper import write_pack
from loa.store import Figure
from loa.store.logbook import Entry
from loa.workspace import Workspace

from .test_report import Tables

SHEETS = [
    "Tổng hợp",
    "Chỉ tiêu",
    "Minh chứng",
    "Nhiệm vụ",
    "Độ phủ",
    "Chỉ số",
    "Kinh phí",
    "Nhật ký",
    "Góp ý",
    "Danh sách phát",
    "Tương tác",
]


@settings(max_examples=8, deadline=None)
@given(quotas(), serving(), outcomes(), logs())
def test_three_files_tell_the_same_totals(
    workspace: Workspace,
    asked: list[dict[str, object]],
    serves: dict[tuple[str, str], tuple[str, ...]],
    views: list[DeliveryView],
    told: list[Entry],
) -> None:
    made = source(workspace, views, told, plan(quotas=asked), serves)
    with TemporaryDirectory() as folder:
        word, sheet, page, *_ = write_pack(Path(folder), made)
        book, tables, lines = Book(sheet), Tables(page.read_text("utf-8")), lines_of(word)
    done = sum(view.state == State.DONE for view in made.views)

    overview = book.rows("Tổng hợp")
    assert len(book.rows("Danh sách phát")) == len(made.views)
    if made.views:
        assert (overview[-1][1], overview[-1][-1]) == (done, len(made.views))
        assert all(sum(row[1:-1]) == row[-1] for row in overview)
        by_channel = [row[1:] for row in tables.rows["luot-gui"][1:]]
        assert by_channel[-1][1:3] == [f"{len(made.views)}", f"{done}"]
        assert [sum(int(row[place]) for row in by_channel[:-1]) for place in range(1, 6)] == [
            int(cell) for cell in by_channel[-1][1:]
        ]
        assert any(line.startswith(f" | Tổng cộng | {len(made.views)} | {done} ") for line in lines)

    counted = {state.quota.id: state.counted for state in made.stand.progress.quotas}
    assert {row[0]: row[5] for row in book.rows("Chỉ tiêu")} == counted
    assert {row[0]: row[4] for row in book.rows("Chỉ tiêu")} == {
        state.quota.id: state.counted_between(made.period.first, made.period.last)
        for state in made.stand.progress.quotas
    }
    on_page = [row[5].partition("/")[0].replace(".", "") for row in tables.rows["chi-tieu"][1:]]
    assert [int(cell) for cell in on_page] == list(counted.values())
    covered = book.rows("Độ phủ")[-1]
    assert covered[1] == sum(view.state != State.CANCELLED for view in made.stand.views)
    assert covered[2] == sum(out for _, out in made.stand.progress.coverage.cells.values())
    assert sum(row[5] or 0 for row in book.rows("Nhật ký")[:-1]) == sum(each.count for each in made.entries)


def test_every_sheet_is_there_with_a_frozen_head(workspace: Workspace, folder: Path) -> None:
    _, sheet, *_ = write_pack(folder, source(workspace))
    book = Book(sheet)
    assert book.names == SHEETS
    assert {book.sheet(name).freeze_panes for name in SHEETS} == {"A2"}


def test_what_begins_like_a_formula_stays_text_and_signs_that_no_sheet_takes_are_left_out(
    workspace: Workspace, folder: Path
) -> None:
    words = {"note": '=HYPERLINK("https://xau.vn")\x07', "link": "https://example.vn/1"}
    told = [entry(1, "logged", "chi-tieu-1", made_on(), words=words)]
    _, sheet, *_ = write_pack(folder, source(workspace, entries=told))
    cell = Book(sheet).sheet("Nhật ký")["I2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://xau.vn")')


def made_on() -> Any:
    return published(1, plan().start).due.date()


def test_spent_money_leaves_its_line_with_the_rest(workspace: Workspace, folder: Path) -> None:
    lines = [
        {"id": f"khoan-{number}", "title": f"Khoản {number}", "amount": f"{number}000000", "place": "Mục V"}
        for number in (1, 2)
    ]
    told = [entry(1, "spent", "khoan-1", plan().start, count=0, amount=1_250_000)]
    word, sheet, page, *_ = write_pack(folder, source(workspace, entries=told, made=plan(budget=lines)))
    assert [row[2:5] for row in Book(sheet).rows("Kinh phí")] == [
        [1_000_000, 1_250_000, -250_000],
        [2_000_000, 0, 2_000_000],
        [3_000_000, 1_250_000, 1_750_000],
    ]
    assert Tables(page.read_text("utf-8")).rows["kinh-phi"][-1][3:6] == ["3.000.000", "1.250.000", "1.750.000"]
    assert any("3.000.000 | 1.250.000 | 1.750.000" in line for line in lines_of(word))


def test_links_of_the_platforms_and_their_figures_are_summed_with_their_day(workspace: Workspace, folder: Path) -> None:
    views = [published(number, plan().start, campaign_id="a", unit_code="xa-a") for number in (1, 2)]
    at = views[0].due
    figures = tuple(
        Figure(number, name, value * number, at)
        for number in (1, 2)
        for name, value in (("post_impressions", 100), ("post_clicks", 7))
    )
    word, sheet, page, *_ = write_pack(folder, source(workspace, views, figures=figures))
    rows = Tables(page.read_text("utf-8")).rows
    assert [row[1:] for row in rows["tuong-tac"][1:]] == [
        ["Lượt hiển thị (post_impressions)", "300", "01/4/2025"],
        ["Lượt bấm (post_clicks)", "21", "01/4/2025"],
    ]
    assert [row[-2:] for row in rows["bai-xem-nhieu"][1:]] == [
        ["200", "https://example.vn/2"],
        ["100", "https://example.vn/1"],
    ]
    assert sum(row[5] for row in Book(sheet).rows("Tương tác")) == 321
    assert Counter(lines_of(word))["Facebook | Lượt hiển thị (post_impressions) | 300 | 01/4/2025"] == 1
