"""E275 to E284: the report to the upper level."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES = {
    "E275": Sentence(
        "Mẫu báo cáo {file} không có chỗ {{{{NOI_DUNG}}}} nên không biết đặt nội dung vào đâu.",
        "The template {file} has no {{{{NOI_DUNG}}}}, so the text has no place.",
        "Mở mẫu bằng Word, gõ {{{{NOI_DUNG}}}} trên một dòng riêng ở nơi đặt nội dung.",
        "Open it in Word and type {{{{NOI_DUNG}}}} on a line of its own where the text is to stand.",
    ),
    "E276": Sentence(
        "Báo cáo không có mục “{name}”.",
        "The report has no section “{name}”.",
        "Dùng một trong các đề mục được nhận, hoặc chuyển lời vào mục gần nhất.",
        "Use one of the headings that are known, or move the words to the nearest one.",
    ),
    "E277": Sentence(
        "Lời này đứng trước mọi đề mục nên không biết thuộc mục nào.",
        "These words stand before any heading.",
        "Thêm một dòng đề mục ở trên, ví dụ: # Khó khăn, vướng mắc",
        "Put a heading above them, for instance: # Khó khăn, vướng mắc",
    ),
    "E278": Sentence(
        "Không mở được mẫu báo cáo {file}: {detail}",
        "The template {file} cannot be opened: {detail}",
        "Mẫu phải là tệp Word .docx (không phải .doc hay .dotx).",
        "The template must be a Word file .docx (not .doc or .dotx).",
    ),
    "E279": Sentence(
        "Mẫu báo cáo {file} có chỗ điền mà Loa không biết: {names}.",
        "The template {file} has places that Loa does not know: {names}.",
        "Xem danh sách chỗ điền trong docs/bao-cao.md.",
        "docs/bao-cao.md lists them.",
    ),
}
