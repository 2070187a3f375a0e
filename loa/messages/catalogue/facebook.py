"""E640–E649: what is known of a Facebook Page and its token before anything is sent."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E640": Sentence(
        "Mã truy cập không phải của Trang này mà của {detail}.",
        "The token is not this Page's own but belongs to {detail}.",
        "Lấy mã truy cập của chính Trang (Page token) theo hướng dẫn ở docs/channels/facebook.md rồi cập nhật khóa.",
        "Take the Page's own token as docs/channels/facebook.md shows, and update the secret.",
    ),
    "E641": Sentence(
        "Không thấy trên Facebook: {detail}.",
        "Facebook does not know it: {detail}.",
        "Kiểm tra page_id của tài khoản; nếu là bài vừa đăng, mở Trang xem bài có bị gỡ không.",
        "Check the account's page_id; if it is a post, look on the Page whether somebody took it down.",
    ),
    "E642": Sentence(
        "Mã truy cập của Trang thiếu quyền: {detail}.",
        "The Page token lacks permissions: {detail}.",
        "Cấp thêm quyền cho ứng dụng trong Business Manager rồi lấy mã truy cập mới.",
        "Grant the app these permissions in Business Manager and take a new token.",
    ),
    "E643": Sentence(
        "Mã truy cập của Trang còn {detail} ngày là hết hạn.",
        "The Page token expires in {detail} days.",
        "Lấy mã truy cập mới trước ngày đó; nên dùng tài khoản hệ thống để mã không hết hạn.",
        "Take a new token before that; a system user's token need not expire.",
    ),
    "E644": Sentence(
        "Quyền đọc dữ liệu của mã truy cập còn {detail} ngày là hết hạn.",
        "The token loses its access to data in {detail} days.",
        "Người quản trị Trang đăng nhập lại ứng dụng để gia hạn, rồi lấy mã truy cập mới.",
        "The Page's administrator signs in to the app again; then take a new token.",
    ),
    "E645": Sentence(
        "Không hỏi được Facebook về mã truy cập ({detail}), nên chưa rõ loại mã, quyền và hạn dùng.",
        "Facebook told nothing of the token ({detail}): its kind, permissions and end are not known.",
        "Khai thêm app_id và khóa app_secret để hỏi được; việc đăng bài không bị ảnh hưởng.",
        "Give the account an app_id and the app_secret; publishing is not affected.",
    ),
    "E646": Sentence(
        "Trang mới có {detail} lượt thích; dưới 100 thì Facebook không cho xem số liệu.",
        "The Page has {detail} likes; below 100 Facebook gives no figures.",
    ),
    "E647": Sentence(
        "Facebook báo đã dùng {detail} % hạn mức gọi của Trang hoặc ứng dụng; Loa tự gửi chậm lại.",
        "Facebook says that {detail} % of the Page's or the app's allowance is used; Loa slows down by itself.",
    ),
}
