"""E5xx: planning, approving, sending."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E501": Sentence(
        "Không có người duyệt tên “{name}” trong loa.yaml. Người được duyệt: {reviewers}.",
        "loa.yaml names no reviewer “{name}”. Reviewers: {reviewers}.",
        "Ghi đúng họ tên hoặc mã người duyệt, hoặc thêm người này vào mục reviewers của loa.yaml.",
        "Give the name or id as written, or add the person to reviewers in loa.yaml.",
    ),
    "E502": Sentence(
        "Không có lượt gửi nào đang chờ duyệt khớp với lựa chọn.",
        "No delivery that waits for approval matches.",
        "Chạy `loa render` trước nếu ấn phẩm chưa dựng, rồi xem `loa status`.",
        "Run `loa render` first where assets are missing, then see `loa status`.",
    ),
    "E503": Sentence(
        "Trả lại thì phải ghi lý do.",
        "A return needs a reason.",
        'Ghi điều cần sửa cho người soạn; ở cửa sổ lệnh thì thêm --note "lý do".',
        'Write what its author should change; in a terminal add --note "reason".',
    ),
    "E504": Sentence(
        "Không có lượt gửi nào đang chờ người quyết định khớp với lựa chọn.",
        "No delivery that waits for a person's decision matches.",
        "Xem `loa status` để lấy đúng số của lượt gửi.",
        "See `loa status` for the delivery's number.",
    ),
    "E505": Sentence(
        "Lượt gửi {deliveries} đang được giữ lại, chưa gửi đi, nên không thể ghi là đã thấy trên kênh.",
        "Delivery {deliveries} is held and has not been sent: nobody can have seen it on the channel.",
        "Chọn again để gửi hoặc cancel để bỏ.",
        "Choose again to send it or cancel to give it up.",
    ),
    "E510": Sentence(
        "Ấn phẩm chưa dựng.", "Its assets are not rendered yet.", "Chạy `loa render`.", "Run `loa render`."
    ),
    "E511": Sentence(
        "Nội dung đã đổi sau khi duyệt ({parts}); cần duyệt lại.",
        "Changed after approval ({parts}); it must be approved again.",
        "Xem lại rồi chạy `loa approve`.",
        "Look at it again, then run `loa approve`.",
    ),
    "E512": Sentence(
        "{reviewer} trả lại: {note}",
        "Returned by {reviewer}: {note}",
        "Sửa theo góp ý rồi trình duyệt lại.",
        "Mend it and ask for approval again.",
    ),
    "E513": Sentence(
        "Đã có {have}/{need} người duyệt.",
        "{have} of {need} approvals.",
        "Cần thêm người duyệt.",
        "Another reviewer must approve.",
    ),
    "E514": Sentence(
        "Mới chỉ có người soạn ({author}) duyệt; cần thêm một người khác.",
        "Only its author ({author}) has approved; somebody else must.",
        "Nhờ một người duyệt khác.",
        "Ask another reviewer.",
    ),
    "E515": Sentence(
        "Không còn trong kế hoạch (đã xóa hoặc bỏ qua trong YAML).",
        "No longer in the plan (removed or skipped in the YAML).",
        "Nếu xóa nhầm, khôi phục mục đó trong YAML.",
        "If that was a mistake, put it back into the YAML.",
    ),
    "E516": Sentence(
        "Nội dung đã đổi sau khi duyệt ({parts}); cần dựng lại ấn phẩm rồi duyệt lại.",
        "Changed after approval ({parts}); its assets must be rendered and it must be approved again.",
        "Chạy `loa render`, xem lại rồi `loa approve`.",
        "Run `loa render`, look at it, then `loa approve`.",
    ),
    "E517": Sentence(
        "Tệp ấn phẩm không còn đúng như bản đã duyệt: {files}",
        "An asset is no longer what was approved: {files}",
        "Chạy `loa render` để dựng lại đúng bản đã duyệt.",
        "Run `loa render` to make the approved bytes again.",
    ),
    "E518": Sentence(
        "Đã quá hạn phát, chờ người quyết định.",
        "Too late to go out by itself; a person must decide.",
        "`loa decide {id} again --as TÊN` để phát ngay, hoặc `loa decide {id} cancel --as TÊN` để bỏ.",
        "`loa decide {id} again --as NAME` to publish now, or `loa decide {id} cancel --as NAME` to give it up.",
    ),
    "E519": Sentence(
        "Nội dung đổi khi đang gửi dở; phần còn lại đã dừng.",
        "Changed while it was being sent; the rest has been held.",
        "`loa decide {id} again --as TÊN` để gửi nốt bản cũ, "
        "hoặc `loa decide {id} cancel --as TÊN` để bỏ phần còn lại.",
        "`loa decide {id} again --as NAME` to send the rest as approved, or `loa decide {id} cancel --as NAME`.",
    ),
    "E522": Sentence(
        "Gói nội dung trong sổ không khớp mã băm.",
        "The package in the book does not match its hash.",
        "Khôi phục sổ phát từ bản sao lưu.",
        "Restore the book from a backup.",
    ),
    "E523": Sentence(
        "Chưa đủ duyệt cho đúng nội dung này.",
        "Not enough approvals for exactly this content.",
        "Chạy `loa approve`.",
        "Run `loa approve`.",
    ),
    "E524": Sentence(
        "Lời dài {length} ({channel} cho phép {most}).",
        "The text is {length} long ({channel} takes {most}).",
        "Rút gọn, hoặc viết lời riêng cho kênh này (::: channel={channel_id}).",
        "Shorten it, or write a variant for this channel (::: channel={channel_id}).",
    ),
    "E525": Sentence(
        "{channel} cần tiêu đề.",
        "{channel} needs a title.",
        "Thêm title vào phần đầu tệp nội dung.",
        "Add a title to the front matter of the content.",
    ),
    "E526": Sentence(
        "{channel} không nhận loại ấn phẩm này: {asset}.",
        "{channel} does not take this asset: {asset}.",
        "Chọn khổ hoặc mẫu khác ở mục send.",
        "Choose another format or template under send.",
    ),
    "E527": Sentence(
        "{channel} nhận tối đa {most} ấn phẩm mỗi lượt gửi, ở đây có {count}.",
        "{channel} takes at most {most} assets, here are {count}.",
        "Bớt ấn phẩm ở mục send.",
        "Name fewer assets under send.",
    ),
    "E529": Sentence(
        "{channel}: {what} dài {length} ký tự (tối đa {most}).",
        "{channel}: {what} is {length} characters long (at most {most}).",
        "Rút gọn {what} ở phần đầu tệp nội dung.",
        "Shorten {what} in the front matter of the content.",
    ),
    "E543": Sentence(
        "{channel} cần ít nhất một ảnh.",
        "{channel} needs a picture.",
        "Chọn ảnh ở mục send (asset).",
        "Name a picture under send (asset).",
    ),
    "E544": Sentence(
        "Mẫu {template} không có khổ “{format}”.",
        "Template {template} has no format “{format}”.",
        "Chọn một khổ mà mẫu có.",
        "Choose a format that the template has.",
    ),
    "E530": Sentence(
        "Bỏ lỡ: đến hạn mà chưa được duyệt.",
        "Missed: it was not approved in time.",
        "Dời suất phát trong YAML (move) nếu vẫn cần phát.",
        "Move the slot in the YAML if it is still wanted.",
    ),
    "E531": Sentence(
        "Bỏ lỡ: quá thời gian trễ cho phép.",
        "Missed: later than its lateness policy allows.",
        "Dời suất phát trong YAML (move) nếu vẫn cần phát.",
        "Move the slot in the YAML if it is still wanted.",
    ),
    "E532": Sentence(
        "Nội dung bị từ chối ở tài khoản {account} ({detail}); chờ người quyết định.",
        "The content was refused on account {account} ({detail}); a person must decide.",
        "Sửa nội dung, hoặc `loa decide {id} again --as TÊN` nếu vẫn muốn phát.",
        "Mend the content, or `loa decide {id} again --as NAME` to publish all the same.",
    ),
    "E533": Sentence(
        "Chưa gửi: đã bấm dừng tất cả.",
        "Not sent: everything was stopped.",
        "`loa resume` để chạy tiếp.",
        "`loa resume` to go on.",
    ),
    "E534": Sentence(
        "Chưa rõ kết quả: đầu phát gặp lỗi ({detail}).",
        "Unknown: the publisher failed ({detail}).",
        "Loa sẽ tra lại trên nền tảng; nếu không tra được sẽ hỏi người.",
        "Loa looks it up; where it cannot, it asks a person.",
    ),
    "E535": Sentence(
        "Xong một phần: {done}/{total} người nhận.",
        "Partly done: {done} of {total} recipients.",
        "Xem báo cáo để biết số bị từ chối và lý do.",
        "See the report for those refused and why.",
    ),
    "E536": Sentence(
        "Đã tra: chưa có trên nền tảng, sẽ gửi lại.",
        "Looked up: not on the platform; it will be sent again.",
    ),
    "E537": Sentence(
        "Chưa rõ kết quả: bộ lịch phát bị ngắt khi đang gửi.",
        "Unknown: the scheduler was cut off while sending.",
        "Loa sẽ tra lại trên nền tảng.",
        "Loa looks it up on the platform.",
    ),
    "E538": Sentence(
        "Bộ lịch phát đã bị ngắt nhiều lần khi gửi lượt này; chờ người quyết định.",
        "The scheduler was cut off several times at this delivery; a person must decide.",
        "Mở trang để xem đã đăng chưa (tin nhắn: `loa sms doubts {id}` kể ai chưa rõ), "
        "rồi `loa decide {id} done|again|cancel --as TÊN`.",
        "Look at the page (messages: `loa sms doubts {id}` tells whose are in doubt), "
        "then `loa decide {id} done|again|cancel --as NAME`.",
    ),
    "E539": Sentence(
        "Không tra được kết quả ({detail}); chờ người quyết định.",
        "The outcome cannot be looked up ({detail}); a person must decide.",
        "Mở trang để xem đã đăng chưa (tin nhắn: `loa sms doubts {id}` kể ai chưa rõ), "
        "rồi `loa decide {id} done|again|cancel --as TÊN`.",
        "Look at the page (messages: `loa sms doubts {id}` tells whose are in doubt), "
        "then `loa decide {id} done|again|cancel --as NAME`.",
    ),
    "E540": Sentence("{by} cho phát dù đã trễ.", "Released by {by} although late."),
    "E541": Sentence("Người phụ trách xác nhận đã đăng.", "A person confirmed that it is published."),
    "E542": Sentence("Người phụ trách đã hủy.", "Cancelled by a person."),
}
