"""E985 to E989: the clock of the machine, and plans that change while the scheduler runs."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E985": Sentence(
        "Đồng hồ của máy không bị nghi ngờ, nên không có gì để xác nhận.",
        "Nobody doubts the clock of this machine: there is nothing to confirm.",
        "Xem `loa status`: khi đồng hồ bị nghi ngờ, dòng đầu tiên sẽ nói rõ.",
        "See `loa status`: while the clock is in doubt its first line says so.",
    ),
    "E988": Sentence(
        "Tài khoản {account} không còn như lúc duyệt: loa.yaml đã đổi thiết lập hoặc bỏ tài khoản này.",
        "The account {account} is not what it was when this was approved: loa.yaml has changed or removed it.",
        "Trả lại thiết lập cũ, hoặc duyệt lại với tài khoản mới.",
        "Put the old settings back, or approve it anew with the new account.",
    ),
}
