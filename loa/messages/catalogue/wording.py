"""E373 to E379: how the words of a campaign read."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E373": Sentence(
        '"{written}" gần giống thông điệp cố định nhưng chưa đúng từng chữ.',
        '"{written}" is nearly a fixed slogan, but not letter by letter.',
        "Thông điệp cố định là: {slogan}",
        "The fixed slogan is: {slogan}",
    ),
    "E374": Sentence(
        "Câu dài {count} tiếng; với đối tượng này nên không quá {most} tiếng.",
        "A sentence of {count} syllables; for this audience {most} at most are easy to follow.",
        "Tách thành hai câu, mỗi câu một ý.",
        "Make two sentences of it.",
    ),
    "E375": Sentence(
        'Từ {since}, "{written}" được gọi là: {new} ({source}).',
        'Since {since}, "{written}" is called: {new} ({source}).',
        "Dùng cách gọi mới; nếu trích nguyên văn văn bản cũ thì giữ nguyên.",
        "Use the new term, unless an old document is quoted.",
    ),
    "E376": Sentence(
        "Đường dẫn tới {host} không thuộc .gov.vn.",
        "The link to {host} is not under .gov.vn.",
        "Người dân được dặn chỉ tin địa chỉ .gov.vn: nên dùng địa chỉ của cơ quan nhà nước.",
        "Citizens are told to trust .gov.vn only: use an address of the state.",
    ),
    "E377": Sentence(
        "Không mở được đường dẫn {link} ({detail}).",
        "The link {link} cannot be opened ({detail}).",
        "Kiểm tra lại đường dẫn; trang có thể đã đổi địa chỉ.",
        "Look the link up; the page may have moved.",
    ),
}
