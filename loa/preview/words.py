"""The fixed words of the page."""

from __future__ import annotations

from loa.messages import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Xem trước lịch phát", "Preview of the timetable"),
    "intro": (
        "Mỗi thẻ là một lượt gửi, đúng như người dân sẽ thấy trên kênh đó.",
        "Each card is one delivery, just as citizens will see it on that channel.",
    ),
    "skip": ("Đến nội dung", "Skip to the content"),
    "other_language": ("English", "Tiếng Việt"),
    "campaign": ("Chiến dịch", "Campaign"),
    "state": ("Trạng thái", "State"),
    "channel": ("Kênh", "Channel"),
    "unit": ("Đơn vị", "Unit"),
    "all": ("Tất cả", "All"),
    "show": ("Xem", "Show"),
    "months": ("Đến tháng", "Go to month"),
    "filters": ("Lọc", "Filter"),
    "month": ("Tháng", "Month"),
    "delivery": ("lượt gửi", "delivery"),
    "deliveries": ("lượt gửi", "deliveries"),
    "nothing": (
        "Chưa có lượt gửi nào khớp với lựa chọn này. Chạy “loa render” để dựng ấn phẩm và đưa lịch vào sổ.",
        "No delivery matches this choice. Run “loa render” to make the pictures and bring the plan into the book.",
    ),
    "no_picture": ("Chưa dựng ấn phẩm", "Picture not made yet"),
    "lost": ("Tệp ấn phẩm không còn trên máy", "The file is no longer on this machine"),
    "alt": ("Mô tả hình cho người khiếm thị", "Description for those who cannot see it"),
    "captions": ("Phụ đề", "Captions"),
    "open_full": ("Mở cỡ lớn", "Open full size"),
    "text_of": ("Nội dung gửi", "Text as sent"),
    "title_of": ("Tiêu đề (ở kênh có tiêu đề)", "Title (on channels that have one)"),
    "approved_by": ("Duyệt", "Approved"),
    "returned_by": ("Trả lại", "Returned"),
    "nobody": ("Chưa ai duyệt", "Nobody approved yet"),
    "hash": ("Mã nội dung", "Content hash"),
    "recipients": ("người nhận", "recipients"),
    "part": ("Phần", "Part"),
    "units": ("ký tự tính cước", "characters counted"),
    "part_word": ("phần mỗi tin", "part a message"),
    "parts_word": ("phần mỗi tin", "parts a message"),
    "parts_total": ("phần tổng cộng", "parts in all"),
    "joined": (
        "Đường đứt là chỗ nhà mạng cắt; máy người nhận ghép lại thành một tin.",
        "Dashed lines are where operators cut; handsets join the parts again.",
    ),
    "no_price": ("Chưa có giá mỗi phần", "No price a part is set"),
    "receipts": ("Biên nhận", "Receipts"),
    "late": ("trễ", "late"),
    "minutes": ("phút", "min"),
    "clip": ("Clip", "Clip"),
    "document": ("Bản in", "Print"),
    "audio": ("Âm thanh", "Sound"),
    "open_document": ("Mở tệp", "Open the file"),
    "script": ("Lời đọc", "Script"),
    "besides": ("Làm kèm tin này (không đăng lên kênh)", "Made with this item (published on no channel)"),
    "picture": ("Ảnh", "Picture"),
    "by_hand": ("Người đăng", "By hand"),
    "handed": ("Giao việc", "Handed over"),
    "deadline": ("Hạn", "Deadline"),
    "in_hand": ("chờ người làm", "waits for a person"),
    "revise": ("Đính chính bài đã đăng", "Corrects a post that is out"),
    "remove": ("Gỡ bài đã đăng", "Takes a post down"),
    "revise_done": ("đã đính chính", "corrected"),
    "remove_done": ("đã gỡ", "taken down"),
    "price": ("Chi phí", "Cost"),
    "dong": ("đ", "VND"),
    "not_found": ("Không tìm thấy", "Not found"),
}


def words(lang: Lang) -> dict[str, str]:
    """All words of the page in one language."""
    return {name: pair[lang == "en"] for name, pair in _WORDS.items()}
