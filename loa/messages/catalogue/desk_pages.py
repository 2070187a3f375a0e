"""E846–E850, E872, E873: the desk's pages of today, assets, accounts and the audit log."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E872": Sentence(
        "Một lần diễn tập đang chạy.",
        "A rehearsal is running.",
        "Đợi lần đó xong rồi bắt đầu lần mới.",
        "Wait until it has ended, then begin another.",
    ),
    "E873": Sentence(
        "Khoảng ngày diễn tập không đúng.",
        "These are no days for a rehearsal.",
        "Chọn ngày đầu không sau ngày cuối, cả hai ngày cách nhau dưới {most} ngày.",
        "Choose a first day that is not after the last, less than {most} days apart.",
    ),
    "E847": Sentence(
        "Bỏ một việc đã giao thì phải ghi lý do.",
        "Giving up what was handed to a person needs a reason.",
        "Ghi lý do để người được giao hiểu vì sao không cần làm nữa.",
        "Write the reason, so that they understand why it need not be done.",
    ),
}
