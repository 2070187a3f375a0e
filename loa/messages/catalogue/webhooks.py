"""E86x–E88x: what gateways report, and the door that takes it in; E741, E742 are what a horn says of a report."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E741": Sentence(
        "Có báo cáo gửi tới tài khoản {account} không đúng chữ ký nên không được dùng.",
        "A report to account {account} is not signed as it must be, so it is not used.",
        "Nếu lặp lại: kiểm tra khóa ký webhook ở trang của tổng đài và khóa bí mật trong Loa có khớp nhau không.",
        "If it goes on: compare the signing key at the gateway's site with the secret that Loa has.",
    ),
    "E742": Sentence(
        "Có báo cáo gửi tới tài khoản {account} không đọc được nên không được dùng.",
        "A report to account {account} cannot be read, so it is not used.",
        "Kiểm tra địa chỉ nhận báo cáo đã khai ở đúng tổng đài của tài khoản này chưa (loa webhooks --show {account}).",
        "Check that this account's address was entered at the right gateway (loa webhooks --show {account}).",
    ),
    "E860": Sentence(
        "Không mở được cổng {port} trên địa chỉ {host} để nhận báo cáo của tổng đài: {detail}",
        "The door for reports of gateways cannot listen on {host} port {port}: {detail}",
        "Có thể cổng này đã có chương trình dùng (`loa run` tự mở cổng nếu loa.yaml có webhook_base). Chọn cổng khác.",
        "Another program may hold it (`loa run` opens it by itself where loa.yaml has webhook_base). Choose another.",
    ),
    "E861": Sentence(
        "Địa chỉ nhận báo cáo của kênh {channel} không hợp lệ: {value}",
        "The address for reports of channel {channel} is not valid: {value}",
        "Ghi ở channels.{channel}.settings.webhook_base một địa chỉ https, ví dụ https://tinnhan.tinh.gov.vn.",
        "Write an https address at channels.{channel}.settings.webhook_base, such as https://sms.example.gov.vn.",
    ),
    "E862": Sentence(
        "Chưa khai địa chỉ mà tổng đài của tài khoản {account} gọi tới.",
        "The address that the gateway of account {account} is to call is not set.",
        "Ghi channels.{channel}.settings.webhook_base trong loa.yaml (địa chỉ https của máy chủ đứng trước Loa).",
        "Write channels.{channel}.settings.webhook_base in loa.yaml (the https address of the server before Loa).",
    ),
    "E863": Sentence(
        "Cổng nhận báo cáo chỉ mở ra ngoài máy này khi có máy chủ https đứng trước.",
        "The door for reports opens beyond this machine only behind a server that speaks https.",
        "Để nguyên 127.0.0.1 và đặt nginx hoặc Caddy trên máy này; nếu máy chủ https ở máy khác, thêm --behind-proxy.",
        "Leave it at 127.0.0.1 with nginx or Caddy on this machine; if that server is elsewhere, add --behind-proxy.",
    ),
    "E864": Sentence(
        "Thông số {name} của kênh {channel} không hợp lệ: {value}",
        "The setting {name} of channel {channel} is not valid: {value}",
        "Ghi một số nguyên từ {least} đến {most}.",
        "Write a whole number from {least} to {most}.",
    ),
    "E865": Sentence(
        "Tài khoản {account} không có tổng đài nào báo cáo về.",
        "No gateway reports to account {account}.",
        "Chỉ tài khoản của kênh gửi tin nhắn (sms) mới có địa chỉ này.",
        "Only accounts of a channel of messages (sms) have such an address.",
    ),
}
