"""E986, E987, E989–E999: what the office is told of, and what keeps it from being told."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E986": Sentence(
        "Bộ lịch phát chưa chạy lần nào, trong khi {count} lượt gửi đã đến giờ.",
        "The scheduler has never run, and {count} deliveries are due.",
        "Chạy `loa run`, hoặc để máy tự chạy (xem docs/chay-tu-dong.md).",
        "Start `loa run`, or let it start by itself (docs/chay-tu-dong.md).",
    ),
    "E987": Sentence(
        "Lệnh báo sự cố {way} không chạy được, hoặc chạy mà báo lỗi ({detail}).",
        "The command {way} that tells of troubles could not be started, or it failed ({detail}).",
        "Chạy thử lệnh này bằng tay, sửa ở mục alerts trong loa.yaml rồi thử lại bằng `loa alerts test`.",
        "Try the command by hand, mend it under alerts in loa.yaml, then try `loa alerts test`.",
    ),
    "E989": Sentence(
        "Không mở được cổng {port} để trả số liệu: {detail}",
        "The figures cannot be served on port {port}: {detail}",
        "Có thể cổng này đã có chương trình dùng; chọn cổng khác.",
        "Another program may hold it; choose another port.",
    ),
    "E990": Sentence(
        "“{item}” (giờ phát {due}): {count} lượt gửi chưa phát đúng giờ hoặc đã bỏ lỡ. Tài khoản: {accounts}.",
        "“{item}” (due {due}): {count} deliveries are late or missed. Accounts: {accounts}.",
        "Xem lý do từng lượt bằng lệnh `loa status`; lượt quá hạn thì chọn phát hay bỏ bằng `loa decide`.",
        "See the reason of each with `loa status`; for what is too late, `loa decide`.",
    ),
    "E991": Sentence(
        "“{item}” (giờ phát {due}): {count} lượt gửi chưa rõ đã lên kênh hay chưa. Tài khoản: {accounts}.",
        "“{item}” (due {due}): of {count} deliveries nobody knows whether they are out. Accounts: {accounts}.",
        "Mở kênh xem bài đã lên chưa, rồi ghi lại bằng `loa decide`. Loa không tự gửi lại khi chưa rõ.",
        "Look at the channel whether the post is there, then tell with `loa decide`. Loa never sends again in doubt.",
    ),
    "E992": Sentence(
        "Tài khoản {name} ({account}) đang dừng, chờ người xử lý; {count} lượt gửi đang chờ. [{reason}] {why}",
        "Account {name} ({account}) rests until a person acts; {count} deliveries wait. [{reason}] {why}",
        "Khắc phục theo mã lỗi trong docs/errors.md rồi chạy `loa resume --account TÀI_KHOẢN`; xem `loa doctor`.",
        "Mend it as docs/errors.md says for its code, then `loa resume --account ACCOUNT`; see `loa doctor`.",
    ),
    "E993": Sentence(
        "Bộ lịch phát không chạy: lần cuối còn hoạt động là {last}, trong khi {count} lượt gửi đã đến giờ.",
        "The scheduler is silent: its last sign of life was at {last}, and {count} deliveries are due.",
        "Kiểm tra máy có bật không, rồi chạy `loa run` (hoặc để máy tự chạy, xem docs/chay-tu-dong.md).",
        "See that the machine is on, then start `loa run` (or let it start by itself, docs/chay-tu-dong.md).",
    ),
    "E994": Sentence(
        "Tệp kế hoạch có lỗi nên không phát gì: {detail}",
        "The plan has problems, so nothing goes out: {detail}",
        "Chạy `loa check`, sửa đúng chỗ được chỉ; bộ lịch phát tự đọc lại tệp ngay sau đó.",
        "Run `loa check` and mend what it names; the scheduler reads the files again by itself.",
    ),
    "E995": Sentence(
        "Đang dừng tất cả ({by}: {why}) trong khi {count} lượt gửi đã đến giờ.",
        "Everything is stopped ({by}: {why}), and {count} deliveries are due.",
        "Khi được phép phát tiếp, chạy `loa resume`.",
        "When it may go on, run `loa resume`.",
    ),
    "E996": Sentence(
        "Đồng hồ của máy {host} không đáng tin (đang chỉ {clock}) nên chưa phát gì.",
        "The clock of machine {host} is in doubt (it shows {clock}), so nothing goes out.",
        "Chỉnh lại ngày giờ của máy, bật tự chỉnh giờ qua mạng; xem `loa status`.",
        "Set the machine's clock right and let it follow the network's time; see `loa status`.",
    ),
    "E997": Sentence(
        "Mỗi mục của alerts phải có đúng một trong ba: command, email, webhook.",
        "Each entry of alerts needs just one of command, email and webhook.",
        "Muốn báo bằng hai cách thì ghi thành hai mục.",
        "For two ways write two entries.",
    ),
    "E998": Sentence(
        "Mục alerts chưa dùng được: {key} chưa ghi hoặc ghi chưa đúng.",
        "This entry of alerts cannot be used: {key} is missing or not valid.",
        "email cần có smtp (máy:cổng); webhook là địa chỉ https; smtp_password là TÊN khóa, không phải mật khẩu.",
        "email needs smtp (host:port); webhook must be https; smtp_password is the NAME of a secret, no password.",
    ),
    "E999": Sentence(
        "Không báo được sự cố qua {way}: máy chủ ở đó không trả lời hoặc không nhận ({detail}).",
        "The office could not be told by {way}: the server there does not answer, or does not take it ({detail}).",
        "Kiểm tra mục alerts trong loa.yaml rồi thử lại bằng `loa alerts test`.",
        "Check alerts in loa.yaml, then try `loa alerts test`.",
    ),
}
