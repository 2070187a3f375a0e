"""E816–E825: decisions and remarks at the review desk."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E816": Sentence(
        "Nội dung “{item}” đã đổi sau khi bạn mở. Phần đã đổi: {parts}.",
        "The content of “{item}” has changed since you opened it. What changed: {parts}.",
        "Chưa có gì được ghi. Xem bản mới, so sánh với bản trước rồi quyết định lại.",
        "Nothing was recorded. Look at the new version, compare it with the one before, and decide again.",
    ),
    "E817": Sentence(
        "Lượt gửi {id} không còn ở bàn duyệt: đã đến giờ gửi, đã phát hoặc đã dừng.",
        "Delivery {id} is no longer at the desk: it is due, out, or was stopped.",
        "Chưa có gì được ghi. Muốn gỡ hoặc đính chính bài đã phát, xem trang Hôm nay.",
        "Nothing was recorded. To take a post down or correct it, see the page Today.",
    ),
    "E818": Sentence(
        "Chưa duyệt được cả bộ: còn {count} bản bạn chưa mở.",
        "The set cannot be approved yet: you have not opened {count} of it.",
        "Mở từng bản còn lại rồi duyệt cả bộ.",
        "Open each of those that are left, then approve the set.",
    ),
    "E819": Sentence(
        "Bạn không có lần duyệt nào để rút lại ở lượt gửi {id}.",
        "You have no approval of delivery {id} to take back.",
        "Có thể bạn đã rút lại, hoặc lượt gửi đã bị trả lại. Tải lại trang để xem.",
        "You may have taken it back already, or it was returned. Reload the page to see.",
    ),
    "E821": Sentence(
        "{reviewer} vừa trả lại lượt gửi {id} lúc {at}: {note}",
        "{reviewer} returned delivery {id} at {at}: {note}",
        "Lần duyệt của bạn chưa được ghi. Đọc lý do; nếu vẫn thấy nên phát thì duyệt lại.",
        "Your approval was not recorded. Read the reason; approve again if you still think that it should go out.",
    ),
    "E822": Sentence(
        "Ghi chú trống hoặc dài quá {most} ký tự.",
        "The remark is empty, or longer than {most} characters.",
        "Viết ngắn gọn điều cần sửa.",
        "Write in a few words what should be changed.",
    ),
    "E823": Sentence(
        "Ghi chú hoặc nội dung này không còn ở bàn duyệt.",
        "This remark, or what it is about, is no longer at the desk.",
        "Tải lại trang để xem bản đang có.",
        "Reload the page to see what there is now.",
    ),
    "E824": Sentence(
        "Chưa có nội dung hoàn chỉnh để quyết định.",
        "There is no finished content to decide upon yet.",
        "Dựng ấn phẩm (loa render), rồi mở lại trang Duyệt.",
        "Make the pictures and clips (loa render), then open Review again.",
    ),
}
