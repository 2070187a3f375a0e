"""E675-E684: what the horn of X says of its own."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E675": Sentence(
        "Bốn khóa bí mật mở ra một tài khoản X khác: {detail}.",
        "The four secrets open another X account: {detail}.",
        "Ghi đúng user_id của tài khoản trong loa.yaml, hoặc lấy lại mã truy cập bằng đúng tài khoản của đơn vị.",
        "Write the account's own user_id in loa.yaml, or take the access token again with the unit's account.",
    ),
    "E676": Sentence(
        "X không cho phần mềm hỏi số dư; mỗi bài không có đường dẫn tốn {detail} USD.",
        "X tells no program how much credit is left; each post without a link costs {detail} USD.",
        "Người phụ trách xem số dư trên trang dành cho nhà phát triển của X trước mỗi đợt phát.",
        "Look at the credit on X's developer pages before each wave.",
    ),
    "E677": Sentence(
        "Thông số {name} của kênh X phải là số tiền không âm, không phải “{value}”.",
        'The setting {name} of the channel X must be an amount of money, not "{value}".',
        "Sửa trong loa.yaml, mục channels → x → settings; ví dụ 0.015.",
        "Correct it in loa.yaml under channels → x → settings; 0.015 for instance.",
    ),
    "E678": Sentence(
        "X chưa xử lý xong clip đã tải lên ({detail}); chưa đăng gì.",
        "X is still processing the uploaded clip ({detail}); nothing was posted.",
        "Loa giữ mã của clip và tự thử lại sau ít phút, không phải tải lên lần nữa.",
        "Loa keeps the clip's id and tries again in a few minutes without a second upload.",
    ),
    "E679": Sentence(
        "Bài đã đăng nhưng chưa gắn được phụ đề cho clip ({detail}).",
        "The post is out, but its clip has no subtitles ({detail}).",
        "Người phụ trách thêm tệp phụ đề .srt cho clip ngay trên X.",
        "Add the .srt file to the clip on X itself.",
    ),
    "E680": Sentence(
        "Bài có ký tự ẩn mà X không nhận (thường do dán từ phần mềm soạn thảo).",
        "The text holds an invisible sign that X does not take (often pasted from a word processor).",
        "Gõ lại đoạn chữ đó, hoặc dán ở dạng chỉ có chữ, rồi trình duyệt lại.",
        "Type that passage anew, or paste it as plain text, and have it approved again.",
    ),
}
