"""E685–E699: packages for channels that a person serves."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E685": Sentence(
        "Tài khoản {account} cần thư mục để đặt gói việc, nhưng chương trình không được cấp thư mục nào.",
        "Account {account} needs a folder for its packages, and none was given.",
        "Chạy bằng lệnh loa trong thư mục làm việc: gói việc sẽ nằm ở var/handoff.",
        "Run the loa command inside the workspace: packages then lie in var/handoff.",
    ),
    "E686": Sentence(
        "Tệp {detail} không còn đúng như bản đã duyệt; không đưa vào gói việc.",
        "The file {detail} is not the one that was approved any more; it does not go into a package.",
        "Chạy loa render để dựng lại, rồi trình duyệt lại.",
        "Make it again with loa render and have it approved again.",
    ),
    "E687": Sentence(
        "Không ghi được gói việc ra đĩa ({detail}).",
        "The package cannot be written to the disk ({detail}).",
        "Kiểm tra chỗ trống và quyền ghi của thư mục var/handoff; Loa sẽ tự thử lại.",
        "Check the space and the permissions of var/handoff; Loa tries again by itself.",
    ),
    "E688": Sentence(
        "Thông số {name} của tài khoản {account} không phải địa chỉ web.",
        "The setting {name} of account {account} is no web address.",
        "Ghi địa chỉ đầy đủ, bắt đầu bằng https://, trong loa.yaml, mục accounts → settings.",
        "Write the whole address, beginning with https://, in loa.yaml under accounts → settings.",
    ),
    "E689": Sentence(
        "Công văn có {detail} số điện thoại cá nhân; công văn gửi ra ngoài không được ghi số điện thoại của người dân.",
        "The letter holds {detail} personal phone numbers; a letter that leaves the office must not.",
        "Bỏ các số này khỏi nội dung. Danh sách số, nếu cần, chuyển bằng kênh bảo mật riêng.",
        "Take them out of the text. A list of numbers, where needed, goes by a secure way of its own.",
    ),
    "E692": Sentence(
        "Gói việc đã soạn xong, đang chờ người phụ trách làm và báo lại.",
        "The package is laid out and waits for the person who does it.",
        "Mở gói: loa handoff open {id}. Làm xong: loa handoff done {id} --as … --link … (hoặc --photo …).",
        "Open it: loa handoff open {id}. When done: loa handoff done {id} --as … --link … (or --photo …).",
    ),
    "E693": Sentence("Việc này đã được bỏ ({detail}).", "This task was given up ({detail})."),
    "E694": Sentence("Gói việc sẽ nằm ở {detail}.", "Packages will lie in {detail}."),
    "E695": Sentence(
        "Kênh này cần ít nhất một tệp thuộc loại: {detail}.",
        "This channel needs at least one file of: {detail}.",
        "Thêm ấn phẩm vào mục make của tin, rồi ghi tên nó ở send → asset của kênh.",
        "Add it under make of the item and name it under send → asset of the channel.",
    ),
    "E696": Sentence(
        "Không có gói việc nào đang mở mang số hoặc mã “{name}”.",
        "No open package has the number or code “{name}”.",
        "Xem các gói đang mở bằng loa handoff list.",
        "See the open packages with loa handoff list.",
    ),
    "E697": Sentence(
        "Cần minh chứng: một đường dẫn bắt đầu bằng https:// (--link) hoặc một ảnh chụp (--photo).",
        "Proof is needed: a link that begins with https:// (--link) or a photo (--photo).",
        "Mở nội dung đã đăng để chép đường dẫn, hoặc chụp ảnh nơi niêm yết, sổ nhật ký phát thanh.",
        "Copy the link of what was published, or take a photo of the notice board or the air log.",
    ),
    "E698": Sentence(
        "Tệp {name} không dùng làm ảnh minh chứng được ({detail}).",
        "The photo {name} cannot be taken as proof: {detail}.",
        "Dùng ảnh JPEG, PNG hoặc WebP, không quá 20 MB.",
        "Use a JPEG, PNG or WebP picture of at most 20 MB.",
    ),
    "E699": Sentence(
        "Giờ thực hiện “{name}” không hợp lý: phải sau lúc gói việc được soạn ({after}) và không ở tương lai.",
        "The time “{name}” cannot be: it must be after the package was laid out ({after}) and not in the future.",
        "Ghi giờ theo dạng 2027-10-09 17:00, hoặc bỏ --at nếu vừa làm xong.",
        "Write it like 2027-10-09 17:00, or leave --at out when it was done just now.",
    ),
}
