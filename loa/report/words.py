"""The fixed words of the report."""

from __future__ import annotations

from loa.messages import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Báo cáo kết quả phát tin truyền thông", "Report on what was published"),
    "period": ("Kỳ báo cáo", "Period"),
    "to": ("đến", "to"),
    "made": ("Lập lúc", "Made at"),
    "total": ("Lượt gửi", "Deliveries"),
    "done": ("Đã phát", "Done"),
    "coming": ("Chưa đến lượt", "Not yet"),
    "doubtful": ("Chưa rõ", "Unknown"),
    "refused": ("Bị từ chối", "Refused"),
    "missed": ("Bỏ lỡ", "Missed"),
    "cancelled": ("Đã hủy", "Cancelled"),
    "messages": ("Tin nhắn đã gửi", "Messages sent"),
    "percent": ("Tỷ lệ đã phát", "Share done"),
    "by_campaign": ("Theo chiến dịch", "By campaign"),
    "by_unit": ("Theo đơn vị", "By unit"),
    "by_channel": ("Theo kênh", "By channel"),
    "sum": ("Tổng cộng", "Total"),
    "campaign": ("Chiến dịch", "Campaign"),
    "unit": ("Đơn vị", "Unit"),
    "channel": ("Kênh", "Channel"),
    "coverage": ("Đơn vị nào đã phát tin nào", "Which unit published which item"),
    "coverage_note": (
        "Mỗi ô: số lượt đã phát trên số lượt theo lịch. Dấu – nghĩa là đơn vị không tham gia tin đó.",
        "Each cell: done of planned. A dash means that the unit does not send this item.",
    ),
    "item": ("Tin, bài", "Item"),
    "troubles": ("Việc cần xử lý", "What needs attention"),
    "no_troubles": (
        "Không có lượt gửi nào bỏ lỡ, bị từ chối hay chưa rõ kết quả.",
        "Nothing missed, refused or unknown.",
    ),
    "published": ("Danh sách đã phát", "What was published"),
    "none_published": ("Chưa có lượt gửi nào được phát trong kỳ.", "Nothing was published in this period."),
    "due": ("Giờ phát", "Due"),
    "state": ("Trạng thái", "State"),
    "reason": ("Lý do và việc cần làm", "Reason and what to do"),
    "link": ("Đường dẫn, biên nhận", "Link, receipt"),
    "sent": ("tin nhắn", "messages"),
    "late": ("trễ", "late"),
    "minutes": ("phút", "min"),
    "account": ("Tài khoản", "Account"),
    "late_minutes": ("Trễ (phút)", "Late (minutes)"),
    "approved_by": ("Người duyệt", "Approved by"),
    "recipients": ("Người nhận", "Recipients"),
    "receipt": ("Mã biên nhận", "Receipt"),
    "hash": ("Mã nội dung", "Content hash"),
    "key": ("Khóa lượt gửi", "Delivery key"),
    "made_by": ("Lập từ sổ phát của Loa.", "Made from the book of Loa."),
}


def words(lang: Lang) -> dict[str, str]:
    """All words of the report in one language."""
    return {name: pair[lang == "en"] for name, pair in _WORDS.items()}
