"""E590 to E592: the pace of accounts, what was tried too often, and what could not be made ready."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E590": Sentence(
        "{name} của {account} là “{value}”: đây phải là số tin mỗi giây, lớn hơn 0 và không quá {most}.",
        "{name} of {account} is “{value}”: it must be a number of posts a second, above 0 and no more than {most}.",
        "Ví dụ “0.5” là hai giây một tin, “100” là một trăm tin mỗi giây. Bỏ dòng này đi thì theo mức của kênh.",
        "For example “0.5” for a post every two seconds, “100” for a hundred a second. Without the line the channel's "
        "own pace holds.",
    ),
    "E591": Sentence(
        "Chưa gửi được sau nhiều lần thử ({detail}).",
        "It could not be sent after many tries ({detail}).",
        "Xem mạng và tài khoản có ổn không, rồi thử lại: `loa retry --as TÊN`.",
        "See whether the network and the account are well, then try again: `loa retry --as NAME`.",
    ),
    "E592": Sentence(
        "Chưa gửi: chưa chuẩn bị được tin ({detail}); Loa sẽ thử lại.",
        "Not sent: it could not be made ready ({detail}); Loa tries again.",
        "Nếu lỗi lặp lại, xem nhật ký chạy máy, và xem tài khoản bằng `loa doctor`.",
        "If it keeps failing, look into the log, and at the account with `loa doctor`.",
    ),
}
