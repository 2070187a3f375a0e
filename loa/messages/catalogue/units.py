"""E162 to E165 and E285 to E289: branches of the tree of units, files of accounts, what concerns one unit only."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E162": Sentence(
        "Chiến dịch phải ghi một trong hai mục: units (danh sách đơn vị) hoặc units_below (mọi đơn vị trực thuộc).",
        "A campaign gives one of the two: units (a list) or units_below (every unit below one).",
        "Ví dụ: units: [xa-kim-lien, xa-van-an], hoặc units_below: tinh-nghe-an",
        "For example: units: [xa-kim-lien, xa-van-an], or units_below: tinh-nghe-an",
    ),
    "E163": Sentence(
        "Tin ghi cả units lẫn units_below; chỉ dùng một trong hai.",
        "The item gives both units and units_below; give one of them.",
        "Xóa một mục.",
        "Delete one of them.",
    ),
    "E164": Sentence(
        "{unit} không có đơn vị trực thuộc nào trong danh sách đơn vị.",
        "{unit} has no unit below it in the list of units.",
        "Ghi mã của {unit} vào cột parent của các đơn vị trực thuộc, hoặc dùng units.",
        "Write its code into the column parent of the units below it, or use units.",
    ),
    "E285": Sentence(
        "Không có tệp biểu trưng {file} của {unit}. Chỉ tin của đơn vị này phải chờ.",
        "The logo {file} of {unit} is not there. Only what this unit sends waits.",
        "Chép tệp vào đúng chỗ, hoặc sửa cột logo.",
        "Put the file there, or mend the column logo.",
    ),
    "E287": Sentence(
        "Chưa làm được {asset} của tin “{item}” cho {units} [{code}]: {detail}",
        "{asset} of the item “{item}” could not be made for {units} [{code}]: {detail}",
        "Chỉ tin của các đơn vị này phải chờ. Sửa rồi chạy lại loa render.",
        "Only what these units send waits. Mend it and run loa render again.",
    ),
    "E286": Sentence(
        "{unit} chưa có {field}, mà lời của tin này cần. Chỉ tin của đơn vị này phải chờ.",
        "{unit} has no {field}, which the words of this item need. Only what this unit sends waits.",
        "Điền cột đó cho đơn vị trong danh sách đơn vị, hoặc viết lời không cần đến.",
        "Fill that column for the unit, or write words that do without it.",
    ),
}
