"""E80x, E845: the preview pages, the report, and files that cannot be used."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E801": Sentence(
        "Không mở được cổng {port} cho trang xem trước: {detail}",
        "The preview cannot listen on port {port}: {detail}",
        "Có thể một trang xem trước khác đang mở. Đóng trang đó, hoặc chọn cổng khác bằng --port.",
        "Another preview may be open. Close it, or choose another port with --port.",
    ),
    "E802": Sentence(
        "Không ghi được vào thư mục {folder}: {detail}",
        "The folder {folder} cannot be written to: {detail}",
        "Chọn thư mục khác, hoặc đóng tệp đang mở trong thư mục đó (ví dụ tệp CSV đang mở bằng Excel).",
        "Choose another folder, or close the file that is open there (a CSV open in Excel, for example).",
    ),
    "E803": Sentence(
        "Trang này chỉ mở được ở địa chỉ {address}.",
        "This page opens at {address} only.",
        "Mở lại đúng địa chỉ mà lệnh loa preview đã in ra.",
        "Open the address that loa preview printed.",
    ),
    "E805": Sentence(
        "Máy không cho dùng tệp hoặc thư mục {place}: {detail}",
        "This machine does not let Loa use the file or folder {place}: {detail}",
        "Kiểm tra đường dẫn, quyền đọc, quyền ghi và chỗ trống của ổ đĩa; đóng tệp nếu đang mở ở chương trình khác.",
        "Check the path, the permissions and the free space; close the file where another program has it open.",
    ),
    "E804": Sentence(
        "Không có trang hoặc tệp này trong bản xem trước.",
        "The preview has no such page or file.",
        "Quay lại trang chính và tải lại. Ấn phẩm có thể đã được dựng lại.",
        "Go back to the first page and reload it. The picture or clip may have been made anew.",
    ),
    "E845": Sentence(
        "Máy đã dừng việc rà soát kế hoạch giữa chừng, thường vì hết bộ nhớ. Kế hoạch trong sổ phát vẫn như trước đó.",
        "The machine ended the look at the plan midway, mostly for want of memory. The plan in the book is as before.",
        "Đóng bớt chương trình khác rồi lưu lại một tệp, hoặc đóng và mở lại bàn duyệt.",
        "Close other programs, then save a file again, or close and reopen the review desk.",
    ),
}
