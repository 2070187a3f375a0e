"""E833–E840: proofs that leave the office, and the answers that come back as signed files."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E833": Sentence(
        "Không phải tệp ý kiến đọc được: {detail}",
        "Not an opinion file that can be read: {detail}",
        "Chưa có gì được ghi. Dùng đúng tệp .loa.json mà trang duyệt rời đã lưu, không mở ra sửa; nếu hỏng trên đường "
        "gửi, nhờ người duyệt gửi lại.",
        "Nothing was recorded. Take the .loa.json file as the proof saved it, unedited; if it was damaged on the way, "
        "ask the reviewer to send it again.",
    ),
    "E834": Sentence(
        "Sổ phát này không biết bản duyệt rời {proof}.",
        "This book knows no proof {proof}.",
        "Chưa có gì được ghi. Chạy lệnh trong đúng thư mục làm việc đã tạo bản duyệt rời đó.",
        "Nothing was recorded. Run the command in the workspace that made that proof.",
    ),
    "E835": Sentence(
        "Chữ ký của tệp ý kiến không khớp với bản duyệt rời {proof}: tệp đã bị sửa, hoặc không do trang đó lưu ra.",
        "The signature of the file does not belong to proof {proof}: it was changed, or another page saved it.",
        "Chưa có gì được ghi. Hỏi lại người duyệt bằng điện thoại, rồi xin gửi lại tệp gốc.",
        "Nothing was recorded. Ask the reviewer by phone, and have the original file sent again.",
    ),
    "E836": Sentence(
        "Bản duyệt rời {proof} đã hết hạn lúc {until}.",
        "Proof {proof} expired at {until}.",
        "Chưa có gì được ghi. Tạo bản mới bằng `loa proof` rồi gửi lại cho người duyệt.",
        "Nothing was recorded. Make a new one by `loa proof` and send it to the reviewer.",
    ),
    "E837": Sentence(
        "Ý kiến của bản duyệt rời {proof} đã được nhận lúc {at}, người nhận: {by}.",
        "The answer of proof {proof} was taken in at {at}, by {by}.",
        "Lần này không ghi thêm gì. Mỗi bản chỉ nhận một tệp; muốn có ý kiến khác thì tạo bản mới bằng `loa proof`.",
        "Nothing more was recorded. Each proof takes one file; for another opinion make a new one by `loa proof`.",
    ),
    "E838": Sentence(
        "Chiến dịch “{campaign}” không có lượt gửi nào trong khoảng ngày này để xem.",
        "Campaign “{campaign}” has no delivery in these days to show.",
        "Xem lịch bằng `loa timetable`, rồi đổi --from, --to; ấn phẩm còn thiếu thì chạy `loa render`.",
        "Look at `loa timetable`, then change --from and --to; if assets are missing, run `loa render`.",
    ),
    "E839": Sentence(
        "Thư mục {folder} đã có tệp khác, không phải bản duyệt rời.",
        "The folder {folder} holds other files and is no proof.",
        "Chọn thư mục mới hoặc thư mục trống bằng --out.",
        "Choose a new or an empty folder by --out.",
    ),
    "E840": Sentence(
        "Cần mã chiến dịch, hoặc --from kèm tệp ý kiến; --from chỉ đi cùng --as và --json.",
        "A campaign is needed, or --from with an opinion file; --from goes with --as and --json only.",
        "Ví dụ: `loa approve chuyen-doi-so-10-10 --as hanh`, hoặc `loa approve --from y-kien.loa.json --as hanh`.",
        "For example: `loa approve chuyen-doi-so-10-10 --as hanh`, or `loa approve --from y-kien.loa.json --as hanh`.",
    ),
}
