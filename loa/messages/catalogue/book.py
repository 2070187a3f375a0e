"""E96x: the book as a file or a database: its version, its health, its place, its move."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E960": Sentence(
        "Sổ phát {place} cần nâng cấp, nhưng Loa bản cũ vẫn đang chạy trên sổ này ({detail}).",
        "The book {place} must be upgraded, but an earlier Loa still runs on it ({detail}).",
        "Tắt bộ lịch phát bản cũ trên mọi máy, đợi một phút rồi chạy lại.",
        "End the earlier scheduler on every machine, wait a minute and run again.",
    ),
    "E961": Sentence(
        "Sổ phát {place} bị hỏng: {detail}",
        "The book {place} is damaged: {detail}",
        "Không gửi gì từ sổ này. Chạy `loa verify` để xem hỏng đến đâu, rồi `loa restore` để khôi phục.",
        "Nothing is sent from it. `loa verify` shows how far it is damaged, `loa restore` brings it back.",
    ),
    "E962": Sentence(
        "Sổ phát {place} đang bận, chờ mãi chưa ghi được: {detail}",
        "The book {place} is busy and could not be written in time: {detail}",
        "Đợi lệnh khác của Loa chạy xong rồi thử lại; đóng chương trình nào đang mở tệp sổ.",
        "Wait for other commands of Loa to end and try again; close any program that has the file open.",
    ),
    "E963": Sentence(
        "Hết chỗ trống để ghi sổ phát {place}: {detail}",
        "There is no room left to write the book {place}: {detail}",
        "Dọn bớt ổ đĩa (xóa var/assets được, ấn phẩm sẽ được dựng lại; đừng xóa sổ phát) rồi chạy lại.",
        "Free some space (var/assets may be deleted, it is made again; the book must stay) and run again.",
    ),
    "E964": Sentence(
        "Mất kết nối tới sổ phát {place}: {detail}",
        "The connection to the book {place} was lost: {detail}",
        "Kiểm tra mạng và máy chủ PostgreSQL. Bộ lịch phát tự nối lại; lệnh khác thì chạy lại sau.",
        "Check the network and the PostgreSQL server. The scheduler comes back by itself; run other commands later.",
    ),
    "E965": Sentence(
        "Sổ phát {place} nằm trên ổ mạng hoặc thư mục dùng chung ({detail}), nên Loa không mở: "
        "dễ hỏng sổ hoặc gửi trùng.",
        "The book {place} lies on a network drive or shared folder ({detail}), so Loa does not open it: it may be "
        "damaged, or messages sent twice.",
        "Chuyển thư mục làm việc về ổ đĩa trong máy; nhiều máy dùng chung thì đặt LOA_DATABASE_URL tới PostgreSQL.",
        "Move the workspace to a local disk; where several machines share it, point LOA_DATABASE_URL at PostgreSQL.",
    ),
    "E966": Sentence(
        "Sổ phát {place} đã chuyển sang {to}: sổ này chỉ còn để xem, không gửi và không ghi được nữa.",
        "The book {place} has moved to {to}: it can be read, and nothing can be sent from it or written any more.",
        "Đặt biến môi trường LOA_DATABASE_URL trỏ tới nơi mới (xem docs/chuyen-so.md) rồi chạy lại.",
        "Set the environment variable LOA_DATABASE_URL to the new place (docs/chuyen-so.md) and run again.",
    ),
    "E967": Sentence(
        "Việc chuyển sổ phát vào {place} chưa xong nên chưa dùng được sổ này.",
        "The move into the book {place} has not ended, so it cannot be used yet.",
        "Chạy lại `loa migrate-store` với đúng đích này trên máy có sổ cũ.",
        "Run `loa migrate-store` with this target again where the old book is.",
    ),
    "E968": Sentence(
        "Chưa chuyển được sổ phát {place}: {detail}",
        "The book {place} cannot be moved now: {detail}",
        "Tắt bộ lịch phát và các máy phát phụ; nếu còn lượt đang gửi dở, chạy `loa run --once` rồi chuyển lại.",
        "End the scheduler and the worker machines; with something still on the wire, `loa run --once`, then again.",
    ),
    "E969": Sentence(
        "Không chuyển được sổ phát vào {place}: {detail}",
        "The book cannot be moved into {place}: {detail}",
        "Đích phải là một sổ trống: tạo cơ sở dữ liệu mới hoặc chọn tệp mới. Sổ cũ vẫn nguyên và dùng được.",
        "The target must be an empty book: make a new database or choose a new file. The old book is whole and usable.",
    ),
}
