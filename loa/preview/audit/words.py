"""What people did, in words."""

from __future__ import annotations

from loa.messages import Lang

_DEEDS = {
    "approve": ("Duyệt", "Approved"),
    "return": ("Trả lại", "Returned"),
    "take back": ("Rút lời duyệt", "Took the approval back"),
    "remark": ("Góp ý", "Remarked"),
    "settle": ("Đóng góp ý", "Settled a remark"),
    "move": ("Dời suất phát", "Moved a slot"),
    "stop": ("Dừng tất cả", "Stopped everything"),
    "resume": ("Cho chạy tiếp", "Let it run again"),
    "resume account": ("Mở lại tài khoản", "Let an account go on"),
    "accept clock": ("Xác nhận giờ máy đúng", "Said that the clock is right"),
    "retry": ("Gửi lại", "Tried again"),
    "done": ("Xác nhận đã có trên kênh", "Said that it is there"),
    "again": ("Cho phát lại", "Had it sent again"),
    "cancel": ("Bỏ lượt gửi", "Gave it up"),
    "show": ("Cho hiện bài ẩn", "Showed a hidden post"),
    "takedown": ("Gỡ bài", "Took it down"),
    "takedown by hand": ("Ghi nhận đã gỡ trên kênh", "Recorded a takedown by hand"),
    "correct": ("Đính chính", "Corrected"),
    "done by hand": ("Báo việc đã làm xong", "Reported it done by hand"),
    "give up": ("Bỏ việc đã giao", "Gave a task up"),
    "go": ("Cho gửi tiếp sau gửi thử", "Let messages go after the trial"),
    "pause": ("Tạm dừng gửi tin", "Paused messages"),
    "go on": ("Cho gửi tin tiếp", "Let messages go on"),
    "arm": ("Mở khóa gửi tin", "Armed an account"),
    "disarm": ("Khóa gửi tin", "Disarmed an account"),
    "set pin": ("Đặt mã PIN", "Set a PIN"),
    "wrong pin": ("Nhập sai mã PIN", "Wrong PIN"),
    "unlock": ("Mở khóa mã PIN", "Unlocked a PIN"),
    "sign in": ("Đăng nhập", "Signed in"),
    "sign out": ("Đăng xuất", "Signed out"),
}


def deed_name(deed: str, lang: Lang) -> str:
    """A deed as people say it; one that has no words here, as the log has it."""
    return _DEEDS[deed][lang == "en"] if deed in _DEEDS else deed
