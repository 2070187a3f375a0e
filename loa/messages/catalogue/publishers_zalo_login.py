"""E665-E674: logging an account in, and the pair of tokens that changes with use."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E665": Sentence(
        "Phiên đăng nhập của tài khoản đã mất: mã gia hạn đã dùng nhưng không nhận được mã mới ({detail}).",
        "The account's login is lost: its refresh token was used up and the new tokens never arrived ({detail}).",
        "Phải đăng nhập lại: chạy `loa login KÊNH TÀI-KHOẢN`, rồi `loa resume --accounts`.",
        "Log in again: run `loa login CHANNEL ACCOUNT`, then `loa resume --accounts`.",
    ),
    "E666": Sentence(
        "Kênh từ chối cấp mã truy cập ({detail}).",
        "The channel refuses to give an access token ({detail}).",
        "Kiểm tra mã ứng dụng và mật khẩu ứng dụng; nếu đúng, chạy `loa login KÊNH TÀI-KHOẢN` rồi "
        "`loa resume --accounts`.",
        "Check the application's id and secret; if they are right, run `loa login CHANNEL ACCOUNT`, then "
        "`loa resume --accounts`.",
    ),
    "E667": Sentence(
        "Đã xin gia hạn đăng nhập nhưng chưa nhận được trả lời ({detail}); chưa gửi gì.",
        "The login was to be renewed, but no answer came back ({detail}); nothing was sent.",
        "Loa sẽ hỏi lại một lần nữa với cùng mã; nếu kênh từ chối, Loa sẽ báo phải đăng nhập lại.",
        "Loa asks once more with the same token; if the channel refuses, it says that a new login is needed.",
    ),
    "E668": Sentence(
        "Chưa đăng nhập được: địa chỉ trả về không thuộc lần đăng nhập này ({detail}).",
        "Not logged in: the returned address does not belong to this attempt ({detail}).",
        "Chạy lại `loa login KÊNH TÀI-KHOẢN`, mở đường dẫn mới và bấm đồng ý trong vòng 10 phút.",
        "Run `loa login CHANNEL ACCOUNT` again, open the new link and agree within 10 minutes.",
    ),
    "E669": Sentence(
        "Đã đồng ý bằng tài khoản {found}, nhưng loa.yaml khai báo tài khoản {wanted}; chưa lưu gì.",
        "Account {found} agreed, but loa.yaml names account {wanted}; nothing was kept.",
        "Mở lại đường dẫn và chọn đúng tài khoản, hoặc sửa mã số trong loa.yaml.",
        "Open the link again and choose the right account, or mend its number in loa.yaml.",
    ),
    "E670": Sentence(
        "Một tiến trình khác giữ quyền gia hạn đăng nhập quá lâu ({detail}).",
        "Another process has held the right to renew the login for too long ({detail}).",
        "Loa sẽ tự thử lại. Nếu lặp lại, tìm tiến trình Loa bị treo và tắt đi.",
        "Loa tries again by itself. If this repeats, find the Loa process that hangs and end it.",
    ),
    "E671": Sentence(
        "Tài khoản chưa đăng nhập lần nào ({detail}).",
        "Nobody has logged this account in yet ({detail}).",
        "Chạy `loa login KÊNH TÀI-KHOẢN`, rồi `loa resume --accounts` nếu tài khoản đang dừng.",
        "Run `loa login CHANNEL ACCOUNT`, then `loa resume --accounts` if the account is paused.",
    ),
    "E672": Sentence(
        "Phiên đăng nhập sắp hết hạn ({detail}) mà chưa gia hạn được.",
        "The login runs out soon ({detail}) and could not be renewed.",
        "Để máy chạy Loa hoạt động và có mạng; nếu vẫn không gia hạn được, chạy `loa login KÊNH TÀI-KHOẢN`.",
        "Keep the machine of Loa on and connected; if it still cannot be renewed, run `loa login CHANNEL ACCOUNT`.",
    ),
    "E673": Sentence(
        "Phiên đăng nhập tốt, có hiệu lực đến {detail} và được tự gia hạn.",
        "The login is good until {detail} and renews itself.",
    ),
    "E674": Sentence(
        "Không mở được mã đăng nhập trong sổ: tệp khóa var/vault.key không phải tệp đã niêm phong mã này.",
        "The login in the book cannot be opened: var/vault.key is not the key that sealed it.",
        "Chép lại đúng tệp var/vault.key từ máy cũ, hoặc chạy `loa login KÊNH TÀI-KHOẢN`.",
        "Bring the right var/vault.key from the old machine, or run `loa login CHANNEL ACCOUNT`.",
    ),
}
