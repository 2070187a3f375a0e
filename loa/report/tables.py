"""The CSV files: what a spreadsheet opens without a question, and without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from io import StringIO

from loa.dispatch.views import DeliveryView
from loa.report.coverage import matrices
from loa.report.outcome import Outcome, outcome_of
from loa.report.tally import is_to_recipients, messages

# A spreadsheet takes a cell that begins so for a formula; a campaign title must never become one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones count as well in Excel
_BOM = "\ufeff"

_DELIVERY_HEADINGS = (
    "Số lượt gửi", "Khóa", "Mã chiến dịch", "Chiến dịch", "Mã tin", "Tin", "Mã đơn vị", "Đơn vị", "Kênh",
    "Mã tài khoản", "Tài khoản", "Giờ theo lịch", "Giờ phát", "Trễ (giây)", "Kết quả", "Trạng thái trong sổ",
    "Lý do", "Tiêu đề", "Liên kết", "Mã trên kênh", "Ảnh", "Clip", "Người duyệt", "Người nhận",
    *(f"Tin nhắn: {outcome.lower()}" for outcome in Outcome), "Dấu nội dung",
)  # fmt: skip
_COVERAGE_HEADINGS = (
    "Mã chiến dịch", "Chiến dịch", "Mã đơn vị", "Đơn vị", "Mã tin", "Tin", "Lượt gửi theo lịch", "Đã phát", "Kết quả",
)  # fmt: skip


def deliveries_csv(views: Sequence[DeliveryView], zone: tzinfo, channels: Mapping[str, str]) -> str:
    """One row a delivery."""
    return _written(_DELIVERY_HEADINGS, (_delivery(view, zone, channels) for view in views))


def coverage_csv(views: Sequence[DeliveryView]) -> str:
    """One row a unit and item."""
    rows = (
        (table.campaign_id, table.campaign, unit, unit_name, item, item_name, cell.planned, cell.done, cell.words)
        for table in matrices(views)
        for unit, unit_name in table.units
        for item, item_name in table.items
        if (cell := table.cell(unit, item))
    )
    return _written(_COVERAGE_HEADINGS, rows)


def safe(value: object) -> str:
    """``value`` as the text of a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe(value) for value in row] for row in rows)
    return _BOM + out.getvalue()


def _delivery(view: DeliveryView, zone: tzinfo, channels: Mapping[str, str]) -> tuple[object, ...]:
    counts = messages([view])
    receipt = view.receipts[0] if view.receipts and not is_to_recipients(view) else None
    done_at = max((each.at for each in view.receipts), default=None)
    return (
        view.id,
        view.key,
        view.campaign_id,
        view.campaign_title,
        view.item_id,
        view.item_title,
        view.unit_code,
        view.unit_name,
        channels.get(view.channel, view.channel),
        view.account_id,
        view.account_name,
        f"{view.due.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        f"{done_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if done_at else "",
        int(view.late_by.total_seconds()) if done_at else "",
        outcome_of(view.state),
        view.state,
        view.reason,
        view.title,
        receipt.url if receipt else "",
        receipt.platform_id if receipt else "",
        sum(each.kind == "picture" for each in view.attachments),
        sum(each.kind == "clip" for each in view.attachments),
        "; ".join(each.reviewer for each in view.approvals if each.decision == "approve"),
        view.recipients or "",
        *(counts.get(outcome, 0) if is_to_recipients(view) else "" for outcome in Outcome),
        view.content_hash,
    )
