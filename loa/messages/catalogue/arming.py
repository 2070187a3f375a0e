"""E940–E943: the safety catch of accounts that speak to people."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E940": Sentence(
        "Tài khoản {account} chưa được mở để nhắn tin thật; tin được giữ lại.",
        "The account {account} is not armed for real messages; the delivery is held.",
        "Thử trước với vài số của cơ quan: loa sms arm {account} --for <danh sách thử> --as <người duyệt>.",
        "Try it on a few numbers of the office first: loa sms arm {account} --for <test list> --as <reviewer>.",
    ),
    "E941": Sentence(
        "Tài khoản {account} mới được mở cho danh sách thử {list}; {count} số của tin này nằm ngoài danh sách đó.",
        "The account {account} is armed for the test list {list} only; {count} numbers of this message are not in it.",
        "Khi tin thử đã tới nơi: loa sms arm {account} --for all --as <người duyệt>.",
        "Once the test messages have arrived: loa sms arm {account} --for all --as <reviewer>.",
    ),
    "E942": Sentence(
        "Tài khoản {account} thuộc kênh {channel}, không phải kênh nhắn tin theo danh sách.",
        "The account {account} belongs to {channel}, which does not send to lists of people.",
        "Chọn tài khoản có channel: sms; xem loa.yaml.",
        "Name an account with channel: sms; see loa.yaml.",
    ),
    "E943": Sentence(
        "Không có danh sách “{name}”. Đang có: {lists}",
        "There is no list “{name}”. There are: {lists}",
        "Khai báo danh sách ở mục lists của loa.yaml, rồi chạy lại.",
        "Declare the list under lists in loa.yaml and run this again.",
    ),
}
