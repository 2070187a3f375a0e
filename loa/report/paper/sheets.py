"""The sheets of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from loa.dispatch.feedback import STATES
from loa.dispatch.words import channel_name
from loa.messages import Lang
from loa.progress import Outcome, outcome_of, published_on
from loa.report.paper.appendix import cell_text
from loa.report.paper.proofs import figure_name, proof_of
from loa.report.paper.sections import STANDING, STANDING_AT_THE_END
from loa.report.paper.source import Source
from loa.report.paper.xlsx_file import Formula, Value, add_sheet, save
from loa.report.words import outcome_name

_LANG: Lang = "vi"
_TASKS = {
    "done": "Hoàn thành",
    "some": "Đang làm",
    "planned": "Đã lên lịch",
    "nothing": "Chưa làm",
    "beyond": "Nơi khác làm",
}


def write_xlsx(source: Source, path: Path) -> None:
    """Write the workbook to ``path``."""
    book = Workbook()
    _overview(book, source)
    _quotas(book, source)
    _proofs(book, source)
    _tasks(book, source)
    _coverage(book, source)
    _indicators(book, source)
    _budget(book, source)
    _log(book, source)
    _feedback(book, source)
    _deliveries(book, source)
    _insights(book, source)
    save(book, path)


def _overview(book: Workbook, source: Source) -> None:
    """Deliveries by channel and outcome, counted by the spreadsheet from the list of deliveries."""
    channels = list(dict.fromkeys(channel_name(view.channel, _LANG) for view in source.views))
    last = len(source.views) + 1
    names = [outcome_name(each, _LANG) for each in Outcome]

    def counted(row: int, name: str) -> Formula:
        where = f"'Danh sách phát'!$D$2:$D${last},$A{row},'Danh sách phát'!$G$2:$G${last},\"{name}\""
        return Formula(f"=COUNTIFS({where})")

    def line(row: int, channel: str) -> list[Value]:
        counts = [counted(row, name) for name in names]
        return [channel, *counts, Formula(f"=SUM(B{row}:{chr(ord('A') + len(names))}{row})")]

    rows = [line(row, channel) for row, channel in enumerate(channels, start=2)]
    columns = [("Kênh", 24.0), *((name, 12.0) for name in names), ("Theo lịch", 12.0)]

    add_sheet(book, "Tổng hợp", columns, rows, sums=range(1, len(names) + 2))


def _quotas(book: Workbook, source: Source) -> None:
    states = source.stand.progress.quotas
    last = sum(len(each.evidence) for each in states) + 1
    names = STANDING_AT_THE_END if source.is_final else STANDING

    def rows() -> Iterator[Sequence[Value]]:
        for row, each in enumerate(states, start=2):
            quota = each.quota
            counted = Formula(f"=SUMIFS('Minh chứng'!$E$2:$E${last},'Minh chứng'!$A$2:$A${last},$A{row})")
            within = each.counted_between(source.period.first, source.period.last)
            unit = "đơn vị" if each.is_share else quota.unit
            lacking = ", ".join(source.unit(code) for code in each.lacking)
            yield (
                quota.id,
                quota.title,
                unit,
                each.target,
                within,
                counted,
                each.percent / 100,
                names[each.standing],
                each.parts[-1].window.due if each.parts else None,
                lacking,
                quota.place,
            )

    columns = _columns(
        "Mã 18 | Chỉ tiêu 48 | Đơn vị tính 14 | Phải đạt 12 | Trong kỳ 12 | "
        "Lũy kế 12 | Tỷ lệ 10 | Đánh giá 16 | Hạn 13 | Còn thiếu ở 40 | Chỗ trong kế hoạch 20"
    )
    add_sheet(book, "Chỉ tiêu", columns, rows(), percents=(6,))


def _proofs(book: Workbook, source: Source) -> None:
    rows = (
        (
            state.quota.id,
            source.unit(each.unit_code),
            each.day,
            each.title,
            each.amount,
            channel_name(each.channel, _LANG) if each.channel else "",
            each.proof,
            each.source,
        )
        for state in source.stand.progress.quotas
        for each in state.evidence
    )
    columns = _columns(
        "Mã chỉ tiêu 18 | Đơn vị 24 | Ngày 13 | Nội dung 48 | Số lượng 11 | Kênh 18 | Minh chứng 48 | Nguồn 16"
    )
    add_sheet(book, "Minh chứng", columns, rows)


def _tasks(book: Workbook, source: Source) -> None:
    rows = (
        (
            each.task.id,
            each.task.title,
            ", ".join(each.task.lead),
            ", ".join(each.task.partners),
            each.task.time,
            each.planned,
            each.done,
            each.logged,
            _TASKS[each.word],
            each.task.beyond,
            each.task.place,
        )
        for each in source.stand.progress.tasks
    )
    columns = _columns(
        "Mã 18 | Nhiệm vụ 56 | Chủ trì 28 | Phối hợp 28 | Thời gian 18 | "
        "Theo lịch 11 | Đã phát 11 | Nhật ký 11 | Mức độ 15 | Ghi chú 30 | Chỗ trong kế hoạch 20"
    )
    add_sheet(book, "Nhiệm vụ", columns, rows)


def _coverage(book: Workbook, source: Source) -> None:
    cover = source.stand.progress.coverage
    rows = (
        (
            unit.name,
            unit.planned,
            unit.done,
            "có" if unit.has_account else "chưa có",
            "đã kết thúc" if unit.has_ended else "",
            *(cell_text(cover.cells.get((unit.code, *key))) for key, _ in cover.items),
        )
        for unit in cover.units
    )
    columns = _columns("Đơn vị 28 | Theo lịch 11 | Đã phát 11 | Tài khoản 11 | Ghi chú 14")
    add_sheet(book, "Độ phủ", [*columns, *((title, 14.0) for _, title in cover.items)], rows, sums=(1, 2))


def _indicators(book: Workbook, source: Source) -> None:
    names = STANDING_AT_THE_END if source.is_final else STANDING
    rows = []
    for state in source.stand.progress.indicators:
        goal = (state.target.value, state.target.by, names[state.standing])
        base = [state.indicator.baseline] if state.indicator.baseline else []
        rows += [
            (state.indicator.title, state.indicator.unit, each.date, each.value, each.source, *goal)
            for each in (*base, *state.readings)
        ]
    columns = _columns(
        "Chỉ số 48 | Đơn vị tính 12 | Ngày 13 | Giá trị 12 | Nguồn 36 | Mục tiêu 12 | Hạn 13 | Đánh giá 16"
    )
    add_sheet(book, "Chỉ số", columns, rows)


def _budget(book: Workbook, source: Source) -> None:
    rows = (
        (each.line.title, each.line.source, each.line.amount, each.spent, Formula(f"=C{row}-D{row}"), each.estimated)
        for row, each in enumerate(source.stand.progress.budget, start=2)
    )
    columns = _columns("Khoản chi 36 | Nguồn 24 | Được giao 16 | Đã chi 16 | Còn lại 16 | Ước tính theo đơn giá 16")
    add_sheet(book, "Kinh phí", columns, rows, sums=(2, 3, 4, 5))


def _log(book: Workbook, source: Source) -> None:
    rows = (
        (
            each.id,
            each.day,
            each.kind,
            each.target,
            source.unit(each.unit_code),
            each.count,
            each.amount,
            each.value,
            each.words.get("note", ""),
            each.words.get("link") or each.words.get("photo", ""),
            each.person_name,
        )
        for each in source.entries
    )
    columns = _columns(
        "Số 8 | Ngày 13 | Loại 10 | Cho 26 | Đơn vị 24 | "
        "Số lượng 11 | Số tiền 14 | Giá trị 10 | Ghi chú 36 | Minh chứng 44 | Người ghi 22"
    )
    add_sheet(book, "Nhật ký", columns, rows, sums=(6,))


def _feedback(book: Workbook, source: Source) -> None:
    rows = (
        (each.day, each.topic, source.unit(each.unit_code), each.question, STATES[each.state][0], each.answer)
        for each in source.feedback
    )
    columns = _columns("Ngày 13 | Chủ đề 24 | Đơn vị 24 | Góp ý 60 | Trạng thái 14 | Trả lời 60")
    add_sheet(book, "Góp ý", columns, rows)


def _deliveries(book: Workbook, source: Source) -> None:
    zone = source.stand.ground.zone
    rows = (
        (
            view.id,
            view.due.astimezone(zone).date(),
            view.unit_name,
            channel_name(view.channel, _LANG),
            view.account_name,
            view.item_title,
            outcome_name(outcome_of(view.state), _LANG),
            published_on(view, zone),
            proof_of(view),
            view.reason,
        )
        for view in source.views
    )
    columns = _columns(
        "Số 9 | Ngày theo lịch 13 | Đơn vị 24 | Kênh 18 | Tài khoản 24 | "
        "Tin 44 | Kết quả 14 | Ngày phát 13 | Liên kết, minh chứng 48 | Ghi chú 40"
    )
    add_sheet(book, "Danh sách phát", columns, rows)


def _insights(book: Workbook, source: Source) -> None:
    posts = {view.id: view for view in source.views}
    zone = source.stand.ground.zone
    rows = (
        (
            each.delivery_id,
            posts[each.delivery_id].item_title,
            posts[each.delivery_id].unit_name,
            channel_name(posts[each.delivery_id].channel, _LANG),
            figure_name(each.name),
            each.value,
            each.at.astimezone(zone).date(),
            proof_of(posts[each.delivery_id]),
        )
        for each in source.figures
        if each.delivery_id in posts
    )
    columns = _columns("Số 9 | Tin 44 | Đơn vị 24 | Kênh 18 | Số liệu 34 | Giá trị 12 | Tính đến 13 | Liên kết 48")
    add_sheet(book, "Tương tác", columns, rows)


def _columns(told: str) -> list[tuple[str, float]]:
    """Headings with their widths, from ``Heading 12 | Other heading 30``."""
    parts = (part.rpartition(" ") for part in told.split(" | "))
    return [(heading, float(width)) for heading, _, width in parts]
