"""E6xx: what the platforms say, and what the horns check before they speak."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E601": Sentence(
        "Không kết nối được tới máy chủ của kênh ({detail}); lần gọi này chắc chắn chưa tới kênh.",
        "The channel's server cannot be reached ({detail}); this call certainly did not arrive.",
        "Kiểm tra mạng và tường lửa; Loa sẽ tự thử lại.",
        "Check the network and the firewall; Loa tries again by itself.",
    ),
    "E602": Sentence(
        "Đã gửi yêu cầu nhưng không nhận được trả lời ({detail}).",
        "The request left, but no answer came back ({detail}).",
        "Loa sẽ tra lại trên kênh trước khi làm gì tiếp; không gửi lại bừa.",
        "Loa reads the channel back before anything else; nothing is sent again blindly.",
    ),
    "E603": Sentence(
        "Máy chủ của kênh trả lời lỗi hoặc trả lời không đọc được ({detail}); chưa rõ đã nhận hay chưa.",
        "The channel's server failed or gave an answer that cannot be read ({detail}); it may have taken the message.",
        "Loa sẽ tra lại trên kênh; nếu vẫn chưa rõ, người phụ trách mở kênh để xem.",
        "Loa reads the channel back; if that does not tell, a person must look at the channel.",
    ),
    "E604": Sentence(
        "Kênh yêu cầu gửi chậm lại ({detail}).",
        "The channel asks to slow down ({detail}).",
        "Loa tạm nghỉ rồi tự gửi tiếp; nếu lặp lại nhiều lần, hãy giãn lịch phát.",
        "Loa pauses and goes on by itself; if this repeats, spread the timetable.",
    ),
    "E605": Sentence(
        "Mã truy cập của tài khoản không còn dùng được ({detail}).",
        "The account's access token is no longer good ({detail}).",
        "Đăng nhập lại trên kênh, lấy mã truy cập mới, cập nhật khóa bí mật rồi cho tài khoản chạy tiếp.",
        "Sign in again on the channel, take a new token, update the secret and resume the account.",
    ),
    "E606": Sentence(
        "Tài khoản không có quyền đăng ({detail}).",
        "The account lacks the permission to publish ({detail}).",
        "Cấp quyền đăng bài hoặc đăng ký lại dịch vụ với kênh, rồi cho tài khoản chạy tiếp.",
        "Grant the permission or register the service with the channel, then resume the account.",
    ),
    "E607": Sentence(
        "Kênh từ chối nội dung ({detail}).",
        "The channel refuses the content ({detail}).",
        "Sửa nội dung theo lý do của kênh rồi trình duyệt lại.",
        "Change the content as the channel says and have it approved again.",
    ),
    "E608": Sentence(
        "Kênh đang chặn tài khoản này ({detail}).",
        "The channel blocks this account ({detail}).",
        "Người phụ trách mở kênh để xem lý do; không đăng tiếp khi chưa gỡ.",
        "A person must look at the channel; nothing goes out until the block is lifted.",
    ),
    "E609": Sentence(
        "Kênh không nhận ảnh hoặc clip ({detail}).",
        "The channel does not take the picture or clip ({detail}).",
        "Kiểm tra định dạng, dung lượng, kích thước rồi tạo lại ấn phẩm.",
        "Check format, size and dimensions, and make the asset again.",
    ),
    "E610": Sentence(
        "Tài khoản trên kênh đã hết số dư hoặc hết hạn mức ({detail}).",
        "The account on the channel has run out of credit or quota ({detail}).",
        "Nạp thêm hoặc nâng gói, rồi cho tài khoản chạy tiếp.",
        "Add credit or a larger plan, then resume the account.",
    ),
    "E611": Sentence(
        "Kênh báo nội dung này vừa được đăng rồi ({detail}).",
        "The channel says that this was posted already ({detail}).",
        "Loa tra lại trên kênh để xác nhận; không thấy bài thì chờ người phụ trách quyết định.",
        "Loa reads the channel back to make sure; where the post is not found, a person decides.",
    ),
    "E612": Sentence(
        "Thiếu phần bắt buộc của kênh: {detail}.",
        "The channel needs what is missing: {detail}.",
        "Bổ sung trong tệp nội dung rồi trình duyệt lại.",
        "Add it to the content file and have it approved again.",
    ),
    "E613": Sentence(
        "Nội dung dài quá mức của kênh ({detail}).",
        "The content is longer than the channel takes ({detail}).",
        "Rút ngắn bản dành cho kênh này.",
        "Shorten the variant for this channel.",
    ),
    "E614": Sentence(
        "Kênh không nhận bộ ảnh, clip này: {detail}.",
        "The channel does not take this set of media: {detail}.",
        "Mỗi tin chỉ gồm ảnh hoặc một clip, đúng số lượng kênh cho phép.",
        "One message carries pictures or one clip, no more than the channel allows.",
    ),
    "E615": Sentence(
        "Tệp không đúng quy định của kênh: {detail}.",
        "The file is not what the channel takes: {detail}.",
        "Đổi định dạng, giảm dung lượng hoặc chỉnh thời lượng trong mẫu.",
        "Change the format, the size or the duration in the template.",
    ),
    "E616": Sentence(
        "Bài viết thiếu ảnh bìa.",
        "The article has no cover picture.",
        "Thêm ít nhất một ảnh vào phần gửi của kênh này.",
        "Add at least one picture to what is sent on this channel.",
    ),
    "E617": Sentence(
        "Ảnh chưa xem được từ địa chỉ công khai ({detail}); chưa gửi gì.",
        "The picture cannot be seen at its public address ({detail}); nothing was sent.",
        "Kiểm tra media_base_url và máy chủ web chứa thư mục ảnh công khai.",
        "Check media_base_url and the web server of the public picture folder.",
    ),
    "E618": Sentence(
        "Số máy không nhận được tin ({detail}).",
        "The number cannot receive messages ({detail}).",
        "Kiểm tra lại số trong danh sách nhận tin.",
        "Check the number in the recipient list.",
    ),
    "E619": Sentence(
        "Tên định danh chưa đăng ký với nhà mạng của số máy này ({detail}).",
        "The sender name is not registered with this number's carrier ({detail}).",
        "Đăng ký tên định danh với nhà mạng đó.",
        "Register the sender name with that carrier.",
    ),
    "E620": Sentence(
        "Tài khoản {account} thiếu thông số: {name}.",
        "Account {account} lacks the setting: {name}.",
        "Bổ sung trong loa.yaml, mục accounts → settings.",
        "Add it in loa.yaml under accounts → settings.",
    ),
    "E621": Sentence(
        "Tài khoản {account} thiếu khóa bí mật: {name}.",
        "Account {account} lacks the secret: {name}.",
        "Ghi tên khóa trong loa.yaml (accounts → secrets) và đặt giá trị cho khóa đó.",
        "Name the secret in loa.yaml (accounts → secrets) and give it a value.",
    ),
    "E622": Sentence(
        "Kênh chỉ tới một máy chủ tải lên lạ ({detail}); không gửi mã truy cập tới đó.",
        "The channel points to an unknown upload server ({detail}); no token goes there.",
        "Nếu kênh đã đổi máy chủ, cập nhật trong loa.yaml, mục channels → settings.",
        "If the channel has moved, update loa.yaml under channels → settings.",
    ),
    "E623": Sentence(
        "Tài khoản {account} cần nơi đặt ảnh công khai: kênh này tự tải ảnh từ một địa chỉ https.",
        "Account {account} needs a public place for pictures: this channel fetches them from an https address.",
        "Đặt media_base_url trong loa.yaml (channels → zalo → settings) và cho máy chủ web mở thư mục ảnh công khai.",
        "Set media_base_url in loa.yaml (channels → zalo → settings) and let a web server show the picture folder.",
    ),
    "E624": Sentence(
        "Tệp {detail} không còn đúng như bản đã duyệt nên chưa gửi gì.",
        "The file {detail} is no longer what was approved, so nothing was sent.",
        "Dựng lại bằng `loa render` rồi duyệt lại.",
        "Make it again with `loa render` and approve it again.",
    ),
    "E631": Sentence(
        "Chưa tra lại được trên kênh ({detail}).",
        "The channel could not be read back ({detail}).",
    ),
    "E632": Sentence(
        "Trên kênh có bài cùng lời hoặc cùng tiêu đề trong cùng thời gian; chỉ người phụ trách phân biệt được.",
        "The channel shows posts of the same words or title in the same span; only a person can tell them apart.",
        "Mở kênh, đối chiếu rồi ghi nhận kết quả.",
        "Open the channel, compare, and record the result.",
    ),
    "E633": Sentence(
        "Tổng đài không cho tra theo khóa gửi; gửi lại với cùng khóa thì không bị trùng.",
        "The gateway cannot be asked by key; sending again with the same key makes no duplicate.",
    ),
    "E634": Sentence(
        "Không hỏi được số liệu của bài trên kênh: {detail}.",
        "The channel could not be asked for the figures of a post: {detail}.",
        "Thử lại sau; nếu vẫn lỗi, chạy `loa doctor` để xem quyền của tài khoản.",
        "Try again later; if it stays, run `loa doctor` for the rights of the account.",
    ),
    "E690": Sentence("Kết nối tốt: {detail}.", "Connected: {detail}."),
    "E691": Sentence(
        "Tổng đài không có câu hỏi thử không gửi tin; kết quả thật sẽ rõ ở tin đầu tiên ({detail}).",
        "The gateway has no question that sends nothing; the first message will tell ({detail}).",
    ),
}
