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
    "E986": Sentence(
        "Đồng hồ của máy {host} vừa đổi {change}, đang chỉ {clock}: chưa biết giờ nào đúng nên tạm không phát gì.",
        "The clock of {host} has moved by {change} and shows {clock}: nobody knows which time is right, so nothing "
        "goes out.",
        "Chỉnh giờ máy cho đúng; nếu giờ đang chỉ là đúng, gõ `loa resume --clock`. Đồng hồ chạy đều 15 phút thì Loa "
        "tự phát tiếp theo giờ mới.",
        "Set the clock right; if what it shows is right, say `loa resume --clock`. After 15 minutes of steady running "
        "Loa goes on by the new time.",
    ),
    "E987": Sentence(
        "Đồng hồ của máy {host} đang chỉ {clock}, sớm hơn lúc cuối cùng ghi trong sổ phát {change}: tạm không phát gì.",
        "The clock of {host} shows {clock}, {change} before the last moment in the book: nothing goes out.",
        "Chỉnh giờ máy cho đúng (pin đồng hồ trên bo mạch có thể đã hết); nếu giờ đang chỉ là đúng, gõ "
        "`loa resume --clock`.",
        "Set the clock right (the battery on the board may be empty); if what it shows is right, say "
        "`loa resume --clock`.",
    ),
    "E988": Sentence(
        "Tài khoản {account} không còn như lúc duyệt: loa.yaml đã đổi thiết lập hoặc bỏ tài khoản này.",
        "The account {account} is not what it was when this was approved: loa.yaml has changed or removed it.",
        "Trả lại thiết lập cũ, hoặc duyệt lại với tài khoản mới.",
        "Put the old settings back, or approve it anew with the new account.",
    ),
}
