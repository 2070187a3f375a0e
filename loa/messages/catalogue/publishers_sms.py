"""E743-E749: what the SMS gateways and carriers say, and who is at the other end."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E743": Sentence(
        "Địa chỉ tổng đài ({detail}) là của một bãi tập, không phải tổng đài thật; không có tin nào tới người dân.",
        "The gateway's address ({detail}) is that of a sandbox and no real gateway; no message reached anybody.",
        "Sửa địa chỉ tổng đài trong loa.yaml (channels → sms → settings), rồi cho tài khoản chạy tiếp.",
        "Correct the gateway's address in loa.yaml (channels → sms → settings), then resume the account.",
    ),
    "E744": Sentence(
        "Đang diễn tập mà bên trả lời ({detail}) không phải bãi tập.",
        "This is a rehearsal, but what answers ({detail}) is not the sandbox.",
        "Kiểm tra bãi tập đã chạy chưa và địa chỉ tổng đài; diễn tập không được gửi ra ngoài máy này.",
        "See whether the sandbox runs, and the gateway's address: a rehearsal may not leave this machine.",
    ),
    "E745": Sentence(
        "Tổng đài không cho tra lại một lượt gửi mất trả lời; Loa không gửi lại vì có thể trùng tin.",
        "The gateway cannot be asked for a call whose answer was lost; Loa does not send it again: it might double.",
        "Mở trang quản lý của tổng đài, xem tin đã đi chưa rồi ghi nhận bằng `loa decide`.",
        "Open the gateway's own pages, see whether it went out, and record it by `loa decide`.",
    ),
    "E746": Sentence(
        "Tổng đài không nhận các ký tự này trong tin: {detail}",
        "The gateway does not take these characters: {detail}",
        "Thay các ký tự đó, hoặc chọn gửi không dấu (diacritics: remove).",
        "Replace them, or send without diacritics (diacritics: remove).",
    ),
    "E747": Sentence(
        'Thông số "{name}" của tài khoản "{account}" không nhận giá trị "{value}".',
        'The setting "{name}" of the account "{account}" does not take "{value}".',
        "Chọn một trong các giá trị dùng được.",
        "Use one of the accepted values.",
    ),
    "E748": Sentence(
        "Nhà mạng báo không chuyển được tin tới máy ({detail}).",
        "The carrier says that the message did not reach the handset ({detail}).",
        "Kiểm tra lại số; nếu nhiều số cùng lỗi, hỏi tổng đài.",
        "Check the number; where many fail alike, ask the gateway.",
    ),
    "E749": Sentence(
        "Máy tắt hoặc ngoài vùng phủ sóng quá lâu nên nhà mạng đã bỏ tin ({detail}).",
        "The handset was off or out of reach for too long, and the carrier gave the message up ({detail}).",
        "Gửi lại vào dịp khác, hoặc báo qua kênh khác.",
        "Send again another time, or by another channel.",
    ),
}
