"""E580 to E588: sending to many people, its trial wave, pauses, and what the rules kept from going out."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E580": Sentence(
        "Đã gửi thử cho {done}/{total} cán bộ; phần còn lại chờ người phụ trách đồng ý.",
        "The trial wave went to {done} of {total}; the rest waits for a person's yes.",
        "Xem tin trên máy của cán bộ nhận thử. Gửi tiếp: `loa sms go {id} --as TÊN`; bỏ: "
        "`loa decide {id} cancel --as TÊN`.",
        "Look at the message on the staff's phones. Go on: `loa sms go {id} --as NAME`; give up: "
        "`loa decide {id} cancel --as NAME`.",
    ),
    "E581": Sentence(
        "{by} đã tạm dừng lượt gửi này: {why}",
        "{by} paused this sending: {why}",
        "Gửi tiếp: `loa sms resume {id} --as TÊN`; bỏ: `loa decide {id} cancel --as TÊN`.",
        "Go on: `loa sms resume {id} --as NAME`; give up: `loa decide {id} cancel --as NAME`.",
    ),
    "E582": Sentence(
        "Không có lượt gửi nào đang chờ đồng ý sau đợt gửi thử.",
        "No sending waits for a yes after its trial wave.",
        "Xem các lượt gửi và lý do đang chờ bằng `loa status`.",
        "See what waits, and why, with `loa status`.",
    ),
    "E583": Sentence(
        "Bộ quy tắc “{rules}” mà tin này được duyệt theo không còn hoặc đã đổi.",
        "The rules “{rules}” under which this message was approved are gone or have changed.",
        "Trả lại tệp quy tắc cũ vào thư mục rules, hoặc xem lại tin bằng `loa preview` rồi duyệt lại.",
        "Put the old file of rules back, or look at the plan again and approve the message anew.",
    ),
    "E584": Sentence(
        "Không mở được số điện thoại trong sổ: var/vault.key không phải khóa đã dùng khi nhập danh sách ({detail}).",
        "The numbers in the book cannot be opened: var/vault.key is not the key they were sealed with ({detail}).",
        "Trả lại tệp var/vault.key cũ từ bản sao lưu, hoặc nhập lại danh sách, rồi `loa resume --accounts`.",
        "Restore var/vault.key from a backup, or import the list again, then `loa resume --accounts`.",
    ),
    "E585": Sentence(
        "Không có lượt gửi tin nhắn nào đang chạy để tạm dừng.",
        "No sending to people is going on that could be paused.",
        "Xem các lượt gửi bằng `loa status`; lượt chưa duyệt thì chưa gửi, không cần dừng.",
        "See the sendings with `loa status`; what is not approved does not go out.",
    ),
    "E586": Sentence(
        "Đã gửi {done} người; {dropped} người không gửi vì đã từ chối nhận tin hoặc thuộc danh sách không quảng cáo.",
        "Sent to {done}; {dropped} got nothing, as they opted out or are in the do-not-call register.",
        "Không cần làm gì: số người bị bỏ qua được ghi trong báo cáo.",
        "Nothing to do: the report tells how many were passed over.",
    ),
    "E587": Sentence(
        "Không có lượt gửi nào đang tạm dừng.",
        "No sending is paused.",
        "Xem lý do chờ của từng lượt gửi bằng `loa status`.",
        "See why each sending waits with `loa status`.",
    ),
    "E588": Sentence(
        "Tạm dừng phải có lý do.",
        "A pause needs a reason.",
        'Thêm --why "lý do", ví dụ: sai giờ hẹn, chờ lãnh đạo xem lại.',
        'Add --why "the reason".',
    ),
    "E589": Sentence(
        "Không còn ai để gửi: mọi người trong danh sách đã yêu cầu xóa số trước khi tin được gửi.",
        "Nobody is left to send to: everybody in the list asked to be forgotten before the message left.",
        "Không cần làm gì; nếu không đúng, xem lại danh sách bằng `loa recipients stats`.",
        "Nothing to do; if that is wrong, look at the list with `loa recipients stats`.",
    ),
}
