"""E944–E947: the dossier for mobile operators."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E944": Sentence(
        "“{campaign}” không có tin nhắn nào trong khoảng ngày này để đưa vào hồ sơ.",
        "“{campaign}” has no message in these days to put into the dossier.",
        "Xem lịch bằng loa timetable; thêm kênh sms cho một tin, hoặc chọn khoảng ngày khác bằng --from, --to.",
        "Look at loa timetable; give an item the channel sms, or choose other days by --from and --to.",
    ),
    "E945": Sentence(
        "Tin “{item}” có số điện thoại cá nhân; hồ sơ gửi nhà mạng không được chứa số điện thoại.",
        "The message “{item}” holds a person's phone number; a dossier for operators must hold none.",
        "Thay bằng đường dây nóng của cơ quan (ví dụ 1022) rồi làm lại hồ sơ.",
        "Put the hotline of the office in its place (such as 1022) and make the dossier again.",
    ),
    "E946": Sentence(
        "Chưa có tài khoản kênh letter để soạn công văn gửi nhà mạng.",
        "There is no account of the channel letter to write the letter to the operators.",
        "Khai báo một tài khoản channel: letter trong loa.yaml, xem docs/channels/letter.md.",
        "Declare an account with channel: letter in loa.yaml; see docs/channels/letter.md.",
    ),
    "E947": Sentence(
        "Không soạn được công văn: {detail}",
        "The letter could not be written: {detail}",
        "Sửa theo lý do nêu trên rồi chạy lại.",
        "Mend what is said above and run this again.",
    ),
}
