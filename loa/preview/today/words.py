"""Spans of time as people say them."""

from __future__ import annotations

from loa.messages import Lang

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def countdown(seconds: float, lang: Lang) -> str:
    """``còn 3 giờ 20 phút``, ``trễ 5 phút``, ``ngay bây giờ``."""
    said = span(seconds, lang)
    if abs(seconds) < _MINUTE:
        return "now" if lang == "en" else "ngay bây giờ"
    if lang == "en":
        return f"in {said}" if seconds > 0 else f"{said} late"
    return f"còn {said}" if seconds > 0 else f"trễ {said}"


def span(seconds: float, lang: Lang) -> str:
    """The two largest units: ``2 ngày 4 giờ``, ``3 giờ 20 phút``, ``12 giây``."""
    whole = abs(int(seconds))
    if whole < _MINUTE:
        return f"{whole}\u00a0s" if lang == "en" else f"{whole}\u00a0giây"
    units = ((_DAY, "ngày", "d"), (_HOUR, "giờ", "h"), (_MINUTE, "phút", "min"))
    first = next(place for place, (size, *_) in enumerate(units) if whole >= size)
    told = []
    for size, vi, en in units[first : first + 2]:
        count, whole = divmod(whole, size)
        if count:
            told.append(f"{count}\u00a0{en if lang == 'en' else vi}")
    return " ".join(told)


_GROUPS = {
    "doubt": ("Chưa rõ kết quả", "Outcome unknown"),
    "hidden": ("Bài đang ẩn, chờ xem", "Hidden posts to look at"),
    "late": ("Trễ giờ", "Late"),
    "held": ("Đang giữ lại", "Held"),
    "missed": ("Bỏ lỡ", "Missed"),
    "refused": ("Không phát được", "Not published"),
}


def group_name(name: str, lang: Lang) -> str:
    """The heading over one kind of trouble."""
    return _GROUPS[name][lang == "en"]


_ADVICE: dict[str, tuple[str, str]] = {
    "done": (
        "Mở kênh xem bài đã lên chưa, rồi trả lời bên dưới. Khi chưa trả lời, Loa không gửi lại.",
        "Look at the channel, then answer below. Until then Loa does not send it again.",
    ),
    "show": (
        "Xem bài trên nền tảng: đúng thì cho hiện; không đúng thì bỏ, rồi xóa bài ẩn trên nền tảng.",
        "Look at it on the platform: show it if it is right; else give it up and delete it there.",
    ),
    "send": (
        "Nếu vẫn cần, cho phát; nếu không, bỏ lượt này. Muốn đổi nội dung, sửa tệp rồi duyệt lại.",
        "Publish it if it is still wanted, or give it up. To change it, mend the files and approve anew.",
    ),
    "retry": ("Khắc phục nguyên nhân rồi gửi lại.", "Mend the cause, then try again."),
    "retry_late": (
        "Nếu vẫn cần dù đã trễ, gửi ngay; muốn đúng giờ khác, dời suất phát trong trang Lịch.",
        "Send it now if it is still wanted; for another moment move the slot in the calendar.",
    ),
    "approve": (
        "Đến giờ mà chưa được duyệt: mở trang Duyệt.",
        "Its moment has come without approval: open the review.",
    ),
    "make": ("Ấn phẩm chưa dựng: chạy `loa render`, rồi duyệt.", "Not rendered yet: run `loa render`, then approve."),
    "scheduler": (
        "Đã duyệt mà chưa phát: xem bộ lịch phát ở trên có chạy không, có đang dừng hay tài khoản tạm dừng không.",
        "Approved and not out: see whether the scheduler runs, and whether it or the account is stopped.",
    ),
}


def advice(name: str, lang: Lang) -> str:
    """What to do, in the words of the page's own buttons."""
    return _ADVICE[name][lang == "en"]
