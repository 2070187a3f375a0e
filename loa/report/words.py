"""The fixed words of the report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from loa.messages import Lang
from loa.progress.outcome import Outcome

_OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.DONE: ("Đã phát", "Published"),
    Outcome.WAITING: ("Chờ phát", "To come"),
    Outcome.HELD: ("Giữ lại", "Held"),
    Outcome.MISSED: ("Bỏ lỡ", "Missed"),
    Outcome.UNKNOWN: ("Chưa rõ", "Unknown"),
    Outcome.REFUSED: ("Bị từ chối", "Refused"),
    Outcome.CANCELLED: ("Đã hủy", "Cancelled"),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Báo cáo kết quả truyền thông", "Report on public communication"),
    "written": ("Số liệu lập lúc", "Figures as of"),
    "day": ("Ngày {first}", "{first}"),
    "span": ("Từ ngày {first} đến hết ngày {last}", "From {first} to {last}"),
    "rehearsal": (
        "SỐ LIỆU DIỄN TẬP: không có nội dung nào dưới đây được phát thật",
        "REHEARSAL: nothing below was really published",
    ),
    "nothing": ("Không có lượt gửi nào trong kỳ báo cáo.", "There is no delivery in this period."),
    "figures": ("Số liệu chung", "Figures"),
    "posts": ("bài đã đăng", "posts"),
    "by_hand": ("việc người thực hiện đã xong", "done by people"),
    "photo": ("có ảnh minh chứng", "proved by a photo"),
    "messages_sent": ("tin nhắn đã gửi", "messages sent"),
    "pictures": ("ảnh (không tính trùng)", "different pictures"),
    "clips": ("clip (không tính trùng)", "different clips"),
    "units": ("đơn vị đã phát", "units that published"),
    "accounts": ("tài khoản đã phát", "accounts used"),
    "deliveries_done": ("lượt gửi đã phát", "deliveries published"),
    "to_note": ("lượt gửi cần lưu ý", "deliveries to note"),
    "delivery_note": (
        (
            "Một lượt gửi là một tin, của một đơn vị, vào một giờ phát, trên một tài khoản."
            " Lượt gửi SMS gồm nhiều tin nhắn, được đếm riêng ở mục 3."
        ),
        (
            "A delivery is one item of one unit at one time on one account."
            " An SMS delivery holds many messages, which section 3 counts."
        ),
    ),
    "by_channel": ("Kết quả theo chiến dịch và kênh", "By campaign and channel"),
    "campaign": ("Chiến dịch", "Campaign"),
    "channel": ("Kênh", "Channel"),
    "total": ("Tổng", "Total"),
    "sum": ("Tổng cộng", "Sum"),
    "messages": ("Tin nhắn SMS", "SMS messages"),
    "account": ("Tài khoản", "Account"),
    "deliveries": ("Lượt gửi", "Deliveries"),
    "total_messages": ("Tổng tin", "Messages"),
    "messages_note": (
        "“Đã phát” là tổng đài đã nhận tin để gửi; máy người nhận đã nhận được hay chưa thì xem biên nhận.",
        "“Published” means that the gateway took the message; whether the handset got it, the receipts tell.",
    ),
    "receipts": ("Biên nhận: tin đã đến máy người nhận chưa", "Receipts: did the messages arrive"),
    "accepted": ("Tổng đài đã nhận", "Taken by the gateway"),
    "delivered": ("Đã đến máy", "Delivered"),
    "partial": ("Đến một phần", "Arrived in part"),
    "failed": ("Không đến", "Not delivered"),
    "on_the_way": ("Đang chờ biên nhận", "On the way"),
    "no_receipt": ("Không có biên nhận", "No receipt"),
    "receipts_note": (
        (
            "“Không có biên nhận”: sau {hours} giờ vẫn không có báo cáo cuối cùng, không có nghĩa là tin không đến;"
            " biên nhận đến muộn vẫn được tính. “Đến một phần”: tin dài có đoạn đến, có đoạn không."
        ),
        (
            "“No receipt”: nothing final was told within {hours} hours, which does not mean that it did not arrive;"
            " a late receipt still counts. “Arrived in part”: some parts of a long message arrived, some did not."
        ),
    ),
    "reasons": ("Lý do không đến, không gửi", "Why messages did not arrive or were not sent"),
    "kind": ("Trường hợp", "Case"),
    "kind_failed": ("Không đến", "Not delivered"),
    "kind_refused": ("Tổng đài không nhận", "Refused by the gateway"),
    "kind_dropped": ("Không gửi", "Not sent"),
    "count": ("Số tin", "Messages"),
    "unnamed": ("Tổng đài không cho biết lý do.", "The gateway gave no reason."),
    "no_receipts_yet": (
        "Chưa có số liệu biên nhận.",
        "There are no receipts yet.",
    ),
    "figure": ("Chỉ số", "Figure"),
    "code": ("Mã lý do", "Code"),
    "no_messages": ("Không có tin nhắn nào trong kỳ.", "There are no messages in this period."),
    "troubles": ("Lượt gửi cần lưu ý", "Deliveries to note"),
    "no_troubles": (
        "Không có lượt gửi nào bị giữ lại, bỏ lỡ, chưa rõ kết quả hoặc bị từ chối.",
        "Nothing was held, missed, unknown or refused.",
    ),
    "number": ("TT", "No."),
    "due": ("Giờ theo lịch", "Due"),
    "unit": ("Đơn vị", "Unit"),
    "channel_account": ("Kênh, tài khoản", "Channel, account"),
    "item": ("Tin", "Item"),
    "outcome": ("Kết quả", "Result"),
    "reason": ("Lý do", "Reason"),
    "no_reason": ("(sổ phát không ghi lý do)", "(the book gives no reason)"),
    "coverage": ("Mức độ thực hiện theo đơn vị", "Coverage by unit"),
    "parts": ("phần việc (đơn vị × tin) đã phát đủ", "parts (unit × item) fully published"),
    "absent": ("không tham gia", "takes no part"),
    "none": ("chưa", "none"),
    "coverage_note": (
        (
            "✓ đã phát đủ mọi kênh và mọi kỳ; 1/3 là mới phát một trong ba lượt; “chưa” là chưa phát lượt nào;"
            " dấu chấm là đơn vị không tham gia tin đó. Lượt đã hủy không tính."
        ),
        (
            "✓ published on every channel and date; 1/3 is one of three; “none” is nothing yet;"
            " a dot is a unit that takes no part. Cancelled deliveries do not count."
        ),
    ),
    "silent": ("Đơn vị không có lượt gửi nào trong kỳ", "Units without any delivery in this period"),
    "published": ("Danh sách đã phát", "What was published"),
    "none_published": ("Chưa có nội dung nào được phát.", "Nothing was published yet."),
    "time": ("Thời gian", "Time"),
    "item_link": ("Tin, liên kết", "Item, link"),
    "late": ("trễ", "late by"),
    "hours": ("giờ", "h"),
    "minutes": ("phút", "min"),
    "sms": ("tin nhắn", "messages"),
    "author": ("Người lập", "Prepared by"),
    "head": ("Thủ trưởng đơn vị", "Head of the office"),
    "sign": ("(Ký, ghi rõ họ tên)", "(Signature, full name)"),
    "all": ("Đã phát", "Published"),
    "partly": ("Phát một phần", "Partly published"),
    "lacking": ("Đã phát, còn thiếu", "Published, with gaps"),
    "overdue": ("Quá hạn, chưa báo xong", "Overdue, not reported as done"),
    "not_yet": ("Chưa phát", "Not published"),
    # headings of the CSV files
    "id": ("Số lượt gửi", "Delivery"),
    "key": ("Khóa", "Key"),
    "campaign_id": ("Mã chiến dịch", "Campaign id"),
    "item_id": ("Mã tin", "Item id"),
    "unit_code": ("Mã đơn vị", "Unit code"),
    "account_id": ("Mã tài khoản", "Account id"),
    "done_at": ("Giờ phát", "Published at"),
    "late_seconds": ("Trễ (giây)", "Late (seconds)"),
    "state": ("Trạng thái trong sổ", "State in the book"),
    "headline": ("Tiêu đề", "Title"),
    "link": ("Liên kết", "Link"),
    "platform_id": ("Mã trên kênh", "Id on the channel"),
    "picture_count": ("Ảnh", "Pictures"),
    "clip_count": ("Clip", "Clips"),
    "reviewers": ("Người duyệt", "Approved by"),
    "recipients": ("Người nhận", "Recipients"),
    "hash": ("Dấu nội dung", "Content hash"),
    "planned": ("Lượt gửi theo lịch", "Planned"),
}


def words(lang: Lang) -> dict[str, str]:
    """All words in one language."""
    return {name: pair[lang == "en"] for name, pair in _WORDS.items()}


def outcome_name(outcome: Outcome, lang: Lang) -> str:
    """An outcome as the heading of a column."""
    return _OUTCOMES[outcome][lang == "en"]
