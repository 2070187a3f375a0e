"""E545–E565: what a post lacks, deliveries that point at others, taking down, correcting, showing, trying again."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E528": Sentence(
        "Bài đã đăng nhưng kênh có lưu ý: {detail}",
        "The post is out, but the channel remarks: {detail}",
        "Mở bài trên kênh xem có thiếu ảnh, mô tả ảnh hay phụ đề không; thiếu thì thêm trên kênh.",
        "Look at the post on the channel: whether pictures, alt texts or subtitles are missing, and add them there.",
    ),
    "E545": Sentence(
        "Bài đã đăng nhưng chưa gắn được phụ đề cho clip ({detail}).",
        "The post is out, but its clip has no subtitles ({detail}).",
        "Người phụ trách thêm tệp phụ đề .srt cho clip ngay trên kênh.",
        "Add the .srt file to the clip on the channel itself.",
    ),
    "E546": Sentence(
        "Bài đã đăng nhưng chưa đăng được bình luận kèm đường dẫn ({detail}).",
        "The post is out, but not the comment with its link ({detail}).",
        "Người phụ trách viết bình luận có đường dẫn dưới bài, ngay trên kênh.",
        "Write the comment with the link under the post on the channel itself.",
    ),
    "E547": Sentence(
        "Bài đã đăng nhưng còn thiếu phụ đề của clip và bình luận kèm đường dẫn ({detail}).",
        "The post is out, but its subtitles and the comment with its link are missing ({detail}).",
        "Người phụ trách thêm tệp phụ đề .srt và viết bình luận có đường dẫn, ngay trên kênh.",
        "Add the .srt file and write the comment with the link on the channel itself.",
    ),
    "E548": Sentence(
        "Đính chính phải có tên người soạn.",
        "A correction needs its author's name.",
        'Thêm --as "họ tên người soạn".',
        'Add --as "name of the author".',
    ),
    "E549": Sentence(
        "Tệp đính chính “{file}” có trường thay thế ({{{{ … }}}}).",
        "The correction “{file}” has fields to be filled ({{{{ … }}}}).",
        "Viết thẳng chữ cần đăng, ví dụ tên xã, số điện thoại, thay cho trường.",
        "Write the words themselves, a name or a number, in place of the fields.",
    ),
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
        "Lượt gửi “{name}” không phải là bài đã phát (tin nhắn gửi từng số cũng không gỡ được).",
        "Delivery “{name}” is no post that is out (messages to single numbers cannot be called back either).",
        "Xem số ở `loa status` hoặc trên thẻ của `loa preview`. Bài chưa phát thì sửa trong kế hoạch, "
        "hoặc `loa return` để giữ lại.",
        "See `loa status` or the card in `loa preview` for its number. What is not out yet is changed in the plan, "
        "or held by `loa return`.",
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
