"""E424 to E430 and E480 to E489: what comes in from outside, and whether what goes out keeps the rules."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E424": Sentence(
        "“{path}” không phải một tệp.",
        "“{path}” is not a file.",
        "Ghi đường dẫn tới tệp ảnh, không phải thư mục.",
        "Name the file of the picture, not a folder.",
    ),
    "E425": Sentence(
        "Tệp ảnh “{path}” có cấu trúc bất thường, không an toàn để mở.",
        "The picture “{path}” is built in an unusual way and is not safe to open.",
        "Mở ảnh bằng chương trình xem ảnh rồi lưu lại dưới dạng PNG hoặc JPEG; không rõ nguồn thì không dùng.",
        "Open it in a viewer and save it again as PNG or JPEG; if you do not know where it came from, do not use it.",
    ),
}
