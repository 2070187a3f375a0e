"""E550–E565: deliveries that point at others, taking down, correcting, showing, trying again."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E550": Sentence(
        "Còn chờ bài của tin {detail} đăng xong.",
        "Waits for the post of {detail} to be out.",
        "Không cần làm gì; bài đăng xong là gửi tiếp. Nếu chờ lâu, xem tình trạng của bài đó trong `loa status`.",
        "Nothing to do; it goes on once the post is out. If it takes long, look at that post in `loa status`.",
    ),
    "E551": Sentence(
        "Bỏ lỡ vì bài của tin {detail} không đăng xong kịp.",
        "Missed: the post of {detail} was not out in time.",
        "Khi bài đã đăng, chạy `loa retry --late --as TÊN` để gửi, hoặc dời lịch trong kế hoạch.",
        "Once the post is out, run `loa retry --late --as NAME`, or move the slot in the plan.",
    ),
    "E552": Sentence(
        "Không có bài để gửi kèm: bài của tin {items} không đăng được, đã gỡ hoặc không có mã trên nền tảng.",
        "Nothing to point at: the post of {items} failed, was taken down, or has no id on the platform.",
        "Sửa hoặc phát lại bài đó rồi `loa decide {id} again --as TÊN`, hoặc bỏ: `loa decide {id} cancel --as TÊN`.",
        "Mend or publish that post, then `loa decide {id} again --as NAME`, or give it up: "
        "`loa decide {id} cancel --as NAME`.",
    ),
    "E553": Sentence(
        "Lượt gửi “{name}” không phải là bài đã phát nên không gỡ hay đính chính được.",
        "Delivery “{name}” is no post that is out: there is nothing to take down or correct.",
        "Xem `loa status --json` để lấy đúng số. Bài chưa phát thì sửa trong kế hoạch, hoặc `loa return` để giữ lại.",
        "See `loa status --json` for its number. What is not out yet is changed in the plan, or held by `loa return`.",
    ),
    "E554": Sentence(
        "Loa không gỡ được bài này trên {channel}: kênh không cho gỡ bằng máy, hoặc sổ không có mã bài.",
        "Loa cannot take this post down from {channel}: the channel has no way, or the book has no id of the post.",
        "Người phụ trách gỡ trực tiếp trên kênh rồi ghi lại: `loa takedown {id} --by-hand --as TÊN --why LÝ-DO`.",
        "Take it down on the channel itself, then record it: `loa takedown {id} --by-hand --as NAME --why REASON`.",
    ),
    "E555": Sentence(
        "Đã gỡ khỏi kênh ({by}: {why}).",
        "Taken down ({by}: {why}).",
        "Không cần làm gì thêm.",
        "Nothing more to do.",
    ),
    "E556": Sentence(
        "Đã đính chính trên kênh (người soạn: {by}).",
        "Corrected on the channel (by {by}).",
        "Không cần làm gì thêm.",
        "Nothing more to do.",
    ),
    "E557": Sentence(
        "Bài đã tạo ở dạng ẩn, chờ người xem rồi cho hiện.",
        "The post lies hidden until a person has looked at it.",
        "Xem bài trên nền tảng; đúng thì `loa decide {id} show --as TÊN`, "
        "không đúng thì `loa decide {id} cancel --as TÊN` rồi xóa bài ẩn trên nền tảng.",
        "Look at it on the platform; if right, `loa decide {id} show --as NAME`, "
        "else `loa decide {id} cancel --as NAME` and remove the hidden post there.",
    ),
    "E558": Sentence(
        "{channel} không cho sửa bài đã đăng.",
        "{channel} has no way to change a post that is out.",
        "Gỡ bài cũ bằng `loa takedown {id} --as TÊN --why LÝ-DO`, rồi thêm một tin mới có lời đúng vào chiến dịch.",
        "Take the old one down with `loa takedown {id} --as NAME --why REASON`, then add an item with the right words.",
    ),
    "E559": Sentence(
        "Tệp “{file}” không có lời nào cho {channel}.",
        "“{file}” has no text for {channel}.",
        "Viết lời đính chính vào tệp, ngoài các mục riêng của kênh khác.",
        "Write the corrected text into the file, outside the sections of other channels.",
    ),
    "E560": Sentence(
        "Bài này đang có một lượt gỡ hoặc đính chính chưa xong (số {other}).",
        "A takedown or correction of this post is still under way (number {other}).",
        "Đợi lượt đó xong. Nếu nó đang chờ người quyết định: `loa decide {other} cancel --as TÊN`.",
        "Wait for it. Where it waits for a person: `loa decide {other} cancel --as NAME`.",
    ),
    "E561": Sentence(
        "Không có lượt gửi nào để gửi lại.",
        "There is nothing to try again.",
        "Chỉ gửi lại lượt bị từ chối, bị giữ vì bị từ chối, hoặc tài khoản đang dừng; quá hạn thì thêm --late.",
        "Only what was refused, held for a refusal or waits for a stopped account; late ones with --late.",
    ),
    "E562": Sentence(
        "Gỡ bài thì phải ghi lý do.",
        "A takedown needs a reason.",
        'Thêm --why "lý do".',
        'Add --why "reason".',
    ),
    "E563": Sentence(
        "Không có bài ẩn nào đang chờ cho hiện khớp với lựa chọn.",
        "No hidden post that waits to be shown matches.",
        "Xem `loa status` để lấy đúng số của lượt gửi.",
        "See `loa status` for the delivery's number.",
    ),
    "E564": Sentence(
        "Bài này đã gỡ rồi.",
        "This post is already taken down.",
        "Không cần làm gì thêm.",
        "Nothing more to do.",
    ),
    "E565": Sentence(
        "Tài khoản “{name}” không có trong loa.yaml, hoặc không dừng để chờ người xử lý.",
        "Account “{name}” is not in loa.yaml, or is not stopped for a person.",
        "Xem các tài khoản đang dừng trong `loa status`.",
        "`loa status` lists the accounts that are stopped.",
    ),
}
