"""E950–E959: the journal of receipts, soundness of the book, backups."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E950": Sentence(
        "Không ghi được sổ biên nhận ở {place} ({detail}), nên dừng phát: không tin nào rời máy khi chưa ghi lại được.",
        "The journal at {place} cannot be written ({detail}), so nothing goes out: nothing leaves unrecorded.",
        "Dọn cho ổ đĩa còn chỗ trống, kiểm tra quyền ghi thư mục var/journal; bộ lịch phát tự chạy tiếp.",
        "Free some disk space and check that var/journal may be written; the scheduler goes on by itself.",
    ),
    "E951": Sentence(
        "Sổ biên nhận {file} hỏng ở dòng {line}: {detail}.",
        "The journal {file} is damaged at line {line}: {detail}.",
        "Sổ phát vẫn dùng được; hãy `loa backup` ngay. Nếu phải dựng lại từ sổ biên nhận, Loa sẽ dừng chờ người xem.",
        "The book can still be used; run `loa backup` now. A book made anew from this journal waits for a person.",
    ),
    "E952": Sentence(
        "Sổ phát cũ hơn sổ biên nhận: thiếu {count} lần phát đã ghi trong biên nhận (gần nhất lúc {at}, {key}).",
        "The book is behind its journal: {count} attempts are in the journal only (the last at {at}, {key}).",
        "Đừng phát bằng sổ này. Chạy `loa restore --from-journal` để ghi bù; những tin đã phát sẽ không phát lại.",
        "Do not send from this book. Run `loa restore --from-journal`: what was sent will not be sent again.",
    ),
    "E953": Sentence(
        "Sổ phát hỏng ở {place}: {detail}.",
        "The book is damaged at {place}: {detail}.",
        "Không phát gì từ sổ này. Chạy `loa restore` với bản sao lưu mới nhất trong var/backups, "
        "hoặc `loa restore --from-journal`.",
        "Nothing is sent from this book. Run `loa restore` with the newest backup of var/backups, "
        "or `loa restore --from-journal`.",
    ),
    "E954": Sentence(
        "Sổ biên nhận chưa có kết quả {key} mà sổ phát đã ghi ({detail}).",
        "The journal lacks what the book says of {key} ({detail}).",
        "Thường do mất điện; khởi động lại bộ lịch phát, nó tự ghi bù vào sổ biên nhận.",
        "Most often a power cut; start the scheduler, it brings the journal up to date by itself.",
    ),
    "E955": Sentence(
        "Bản sao lưu {file} không dùng được: tệp hỏng, hoặc không phải bản sao lưu của sổ phát này ({detail}).",
        "The backup {file} cannot be used: it is damaged, or no backup of this book ({detail}).",
        "Dùng bản sao lưu khác (var/backups giữ 7 bản), hoặc `loa restore --from-journal`.",
        "Use another backup (var/backups keeps seven), or `loa restore --from-journal`.",
    ),
    "E956": Sentence(
        "Không có gì để dựng lại sổ phát: {detail}.",
        "There is nothing to make the book anew from: {detail}.",
        "Chép thư mục var/journal của mọi máy vào đây, hoặc dùng một bản sao lưu: `loa restore TỆP`.",
        "Copy the folders var/journal of all machines here, or use a backup: `loa restore FILE`.",
    ),
    "E957": Sentence(
        "Sổ phát được dựng lại, chưa có danh sách người nhận của tin này; {count} người đã được gửi sẽ không gửi lại.",
        "The book was made anew and lacks the recipients of this message; {count} people who have it get no other.",
        "Nhập lại đúng tệp danh sách cũ (`loa recipients import`); tin tự gửi tiếp cho những người còn lại.",
        "Bring in the very same list file (`loa recipients import`); the rest is then sent by itself.",
    ),
    "E958": Sentence(
        "Ấn phẩm đã duyệt {file} của lượt gửi {key} không còn đúng như lúc duyệt.",
        "The approved asset {file} of delivery {key} is not what was approved any more.",
        "Lấy lại tệp từ bản sao lưu, hoặc chạy `loa render` rồi duyệt lại.",
        "Take the file back from a backup, or run `loa render` and approve anew.",
    ),
    "E959": Sentence(
        "Sổ phát này mới tinh, nhưng sổ biên nhận ghi {count} lần phát của sổ cũ (gần nhất lúc {at}): sổ cũ đã mất.",
        "This book is new, but the journal tells of {count} attempts of an earlier one (last at {at}): that is lost.",
        "Chạy `loa restore` (bản sao lưu hoặc --from-journal). Nếu cố ý làm lại từ đầu: cất thư mục var/journal đi.",
        "Run `loa restore` (a backup or --from-journal). To begin anew on purpose: put the folder var/journal aside.",
    ),
}
