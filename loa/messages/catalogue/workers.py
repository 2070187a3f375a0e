"""E970 to E979: several machines at work on one book."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E970": Sentence(
        "Máy phát phụ chỉ làm việc với sổ phát chung trên PostgreSQL; sổ phát ở đây là một tệp trên máy này.",
        "A worker needs a shared book on PostgreSQL; the book here is a file of this machine.",
        "Đặt biến môi trường LOA_DATABASE_URL giống máy chạy `loa run`. Còn để sổ ở tệp thì chỉ cần `loa run`.",
        "Set LOA_DATABASE_URL as on the machine that runs `loa run`. With a book in a file `loa run` is all you need.",
    ),
    "E971": Sentence(
        "Bộ lịch phát này bị treo quá lâu nên bộ khác đã nhận việc; bộ này dừng ngay, không gửi gì thêm.",
        "This scheduler stood still for too long and another one leads now; this one stops and sends nothing more.",
        "Không cần làm gì nếu bộ kia đang chạy (xem `loa status`); nếu không, chạy lại `loa run`.",
        "Nothing to do if the other one runs (see `loa status`); else start `loa run` again.",
    ),
    "E972": Sentence(
        "Máy này chưa có tệp khóa {place} của sổ phát, nên không mở được số điện thoại và mã truy cập trong sổ.",
        "This machine lacks the book's key file {place}: numbers and tokens in the book cannot be opened.",
        "Chép tệp đó từ máy chạy `loa run` sang cùng chỗ trên máy này, bằng đường an toàn (USB của cơ quan, scp).",
        "Copy that file from the machine that runs `loa run` to the same place here, by a safe way (a USB stick, scp).",
    ),
    "E973": Sentence(
        "Máy phát phụ này chạy Loa {wanted}, còn bộ lịch phát chạy Loa {found}: hai bản không làm chung một sổ phát.",
        "This worker is Loa {wanted}, the scheduler is Loa {found}: two versions do not share a book.",
        "Cài cùng một phiên bản Loa trên mọi máy, máy chạy `loa run` trước, rồi chạy lại `loa worker`.",
        "Install the same version of Loa everywhere, first where `loa run` is, then start `loa worker` again.",
    ),
    "E974": Sentence(
        "Chưa khôi phục được sổ phát {place}: trên sổ này vẫn có bộ lịch phát hoặc máy phát phụ đang chạy ({detail}).",
        "The book {place} cannot be restored now: a scheduler or a worker is at work on it ({detail}).",
        "Tắt `loa run` và `loa worker` trên mọi máy, đợi nửa phút, rồi chạy lại lệnh này.",
        "End `loa run` and `loa worker` on every machine, wait half a minute, then run this again.",
    ),
}
