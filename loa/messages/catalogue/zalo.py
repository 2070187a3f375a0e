"""E650–E664: Zalo Official Accounts, and the places where pictures become public."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E650": Sentence(
        "Mã truy cập là của một OA khác ({detail}).",
        "The token belongs to another OA ({detail}).",
        "Sửa settings.oa_id trong loa.yaml hoặc đăng nhập lại bằng đúng OA của đơn vị.",
        "Correct settings.oa_id in loa.yaml, or log in again with the unit's own OA.",
    ),
    "E651": Sentence(
        "OA chưa được Zalo xác thực; Zalo không cho đăng bài viết qua kết nối ứng dụng.",
        "Zalo has not verified the OA; articles cannot be published by an application.",
        "Vào trang quản trị OA, gửi hồ sơ xác thực của cơ quan và chờ Zalo duyệt.",
        "Open the OA's management page, send the papers of the body and wait for Zalo's approval.",
    ),
    "E652": Sentence("OA có {detail} người quan tâm.", "The OA has {detail} followers."),
    "E653": Sentence(
        "OA chưa có gói dịch vụ, nên có thể không đăng được bài viết.",
        "The OA has no service package, so that articles may be refused.",
        "Mua gói có quyền đăng bài viết qua kết nối ứng dụng (Nâng cao trở lên) trong trang quản trị OA.",
        "Buy a package that includes articles by an application in the OA's management page.",
    ),
    "E654": Sentence(
        "Gói dịch vụ OA sắp hết hạn (gói, ngày hết hạn, số ngày còn lại: {detail}).",
        "The OA's package ends soon (package, last day, days left: {detail}).",
        "Gia hạn gói trước ngày đó; hết gói thì Zalo không nhận bài.",
        "Renew it before that day; without a package Zalo takes no articles.",
    ),
    "E655": Sentence("Hạn mức tin còn lại: {detail}.", "Messages left: {detail}."),
    "E656": Sentence(
        "Đã hết hạn mức gửi của Zalo ({detail}).",
        "Zalo's quota is used up ({detail}).",
        "Mua thêm hoặc nâng gói; nếu không, Loa gửi khi Zalo tính hạn mức mới.",
        "Buy more or a larger package; otherwise Loa sends when the quota counts anew.",
    ),
    "E657": Sentence(
        "Zalo không xử lý được clip ({detail}).",
        "Zalo could not process the clip ({detail}).",
        "Mở thử tệp clip, dựng lại (MP4, H.264, dưới 50 MB) rồi trình duyệt lại.",
        "Play the clip, make it again (MP4, H.264, under 50 MB) and have it approved again.",
    ),
    "E658": Sentence(
        "Zalo đang xử lý clip ({detail}); bài viết chưa được tạo.",
        "Zalo is processing the clip ({detail}); the article is not made yet.",
        "Loa tự hỏi lại cho tới khi clip sẵn sàng.",
        "Loa asks again by itself until the clip is ready.",
    ),
    "E659": Sentence(
        "Tùy chọn của kênh không dùng được: {detail}.",
        "An option of the channel is not known: {detail}.",
        "Xem các giá trị được phép trong trang hướng dẫn của kênh rồi sửa trong chiến dịch hoặc loa.yaml.",
        "See the channel's page for the values that it takes, and correct the campaign or loa.yaml.",
    ),
    "E660": Sentence(
        "Tin gửi tới người quan tâm phải kèm từ 1 đến 5 bài viết đã đăng; hiện có {detail}.",
        "A broadcast needs one to five published articles; there are {detail}.",
        "Chờ bài viết đăng xong, hoặc chọn lại bài cần gửi.",
        "Wait until the articles are out, or choose other articles.",
    ),
    "E661": Sentence(
        "Người này không nhận được tin của OA ({detail}).",
        "This person cannot get messages of the OA ({detail}).",
    ),
    "E662": Sentence(
        "Nơi đặt ảnh công khai của tài khoản {account} thiếu: {name}.",
        "The media host of account {account} lacks: {name}.",
        "Bổ sung trong loa.yaml: thông số media_… ở channels → zalo → settings, tên khóa ở accounts → secrets.",
        "Add it in loa.yaml: media_… under channels → zalo → settings, names of secrets under accounts → secrets.",
    ),
    "E663": Sentence(
        "Nơi đặt ảnh công khai không nhận ảnh ({detail}); chưa gửi gì.",
        "The media host does not take the picture ({detail}); nothing was sent.",
        "Kiểm tra tên đăng nhập, mật khẩu, quyền ghi và dung lượng trống của máy chủ chứa ảnh.",
        "Check user, password, the right to write and the free space of the media host.",
    ),
    "E664": Sentence(
        "Gói dịch vụ OA đã hết hạn ({detail}).",
        "The OA's package has ended ({detail}).",
        "Gia hạn gói trong trang quản trị OA rồi cho tài khoản chạy tiếp.",
        "Renew it in the OA's management page, then resume the account.",
    ),
}
