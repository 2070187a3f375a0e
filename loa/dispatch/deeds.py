"""The deeds of the audit log in people's words."""

from __future__ import annotations

from collections.abc import Mapping

from loa.messages import Lang

DEED_NAMES: Mapping[str, tuple[str, str]] = {
    "approve": ("Duyệt", "Approved"),
    "return": ("Trả lại", "Returned"),
    "take back": ("Rút ý kiến duyệt", "Took the approval back"),
    "remark": ("Góp ý", "Remarked"),
    "settle": ("Đánh dấu góp ý đã xong", "Settled a remark"),
    "done": ("Xác nhận bài đã có trên kênh", "Said that it is out"),
    "again": ("Cho gửi lại", "Had it sent again"),
    "cancel": ("Bỏ lượt gửi", "Gave it up"),
    "show": ("Cho hiện bài đang ẩn", "Had a hidden post shown"),
    "retry": ("Cho gửi lại lượt bị từ chối", "Retried what was refused"),
    "takedown": ("Gỡ bài", "Took a post down"),
    "takedown by hand": ("Ghi nhận bài đã gỡ trên kênh", "Recorded that a post is down"),
    "correct": ("Soạn đính chính", "Wrote a correction"),
    "stop": ("Dừng tất cả", "Stopped everything"),
    "mourn": ("Dừng vì quốc tang", "Stopped for national mourning"),
    "end mourning": ("Kết thúc những ngày quốc tang", "Ended the days of mourning"),
    "resume": ("Cho chạy tiếp", "Let everything run again"),
    "ask account": ("Hỏi lại tài khoản", "Asked an account anew"),
    "resume account": ("Mở lại tài khoản", "Let an account go on"),
    "accept clock": ("Xác nhận đồng hồ máy đúng", "Said that the clock is right"),
    "go": ("Cho gửi phần còn lại sau nhóm thử", "Let the rest go after the trial"),
    "pause": ("Tạm dừng tin nhắn", "Paused messages"),
    "go on": ("Cho gửi tiếp tin nhắn", "Let messages go on"),
    "arm": ("Cho tài khoản nhắn tin thật", "Armed an account"),
    "disarm": ("Thôi cho tài khoản nhắn tin thật", "Disarmed an account"),
    "done by hand": ("Báo việc đã làm xong", "Reported work as done"),
    "give up": ("Bỏ việc đã giao", "Gave work up"),
    "move": ("Dời giờ phát", "Moved a slot"),
    "sign in": ("Đăng nhập", "Signed in"),
    "sign out": ("Đăng xuất", "Signed out"),
    "wrong pin": ("Nhập sai mã PIN", "Gave a wrong PIN"),
    "set pin": ("Đặt mã PIN", "Set a PIN"),
    "unlock": ("Mở khóa tên", "Unlocked a name"),
    "log": ("Ghi nhật ký việc đã làm", "Logged what was done"),
    "feedback": ("Ghi góp ý của người dân", "Noted what citizens said"),
    "pack": ("Nhập gói nội dung", "Took a content pack in"),
    "withdraw entry": ("Rút một dòng nhật ký", "Withdrew an entry of the log"),
    "make proof": ("Tạo bản duyệt rời", "Made a proof"),
    "take in": ("Nhận tệp ý kiến", "Took an opinion file in"),
    "invite": ("Tạo liên kết mời", "Made a link"),
}


def deed_name(deed: str, lang: Lang = "vi") -> str:
    """A deed as people say it; one that a later version wrote is told as it stands."""
    names = DEED_NAMES.get(deed)
    return names[lang == "en"] if names else deed
