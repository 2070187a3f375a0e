"""E350 to E364: tables that are taken in for the log, and what citizens said."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E350": Sentence(
        "Tệp {file} không có cột {column}.",
        "The file {file} has no column {column}.",
        "Dòng đầu của bảng phải có tên cột: {known}.",
        "The first row of the table must name its columns: {known}.",
    ),
    "E351": Sentence(
        '{file}, dòng {row}: cột {column} ghi "{value}" thì không hiểu được.',
        '{file}, row {row}: "{value}" in the column {column} cannot be understood.',
        "Sửa ô này; dùng được: {known}. Chưa dòng nào của tệp được ghi.",
        "Mend this cell; it takes: {known}. No row of the file was taken in.",
    ),
    "E352": Sentence(
        "Tệp {file} quá lớn: nhiều hơn {most} dòng.",
        "The file {file} is too large: it has more than {most} rows.",
        "Chia tệp thành nhiều tệp nhỏ hơn.",
        "Split it into smaller files.",
    ),
    "E353": Sentence(
        "Không có góp ý số {name}.",
        "There is no feedback number {name}.",
        "Xem số của từng góp ý bằng loa feedback list.",
        "loa feedback list shows the numbers.",
    ),
    "E354": Sentence(
        "Nội dung góp ý hoặc trả lời để trống, hoặc dài quá {most} ký tự.",
        "The words are empty, or longer than {most} characters.",
        "Ghi nội dung ngắn gọn rồi thử lại.",
        "Write them, shorter, and try again.",
    ),
    "E355": Sentence(
        "{file}, dòng {row}: {detail}",
        "{file}, row {row}: {detail}",
        "Sửa dòng này rồi nhập lại; chưa dòng nào của tệp được ghi.",
        "Mend this row and take the file in again; nothing of it was written.",
    ),
}
