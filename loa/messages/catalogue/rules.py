"""E760 to E799: the rules of messages to people, and why one of them waits or may not go."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E760": Sentence(
        "Người nhận đã từ chối nhận tin.",
        "This person asked for no more messages.",
        "Không cần làm gì: Loa bỏ qua số này và ghi vào báo cáo.",
        "Nothing to do: Loa passes the number over and counts it in the report.",
    ),
    "E761": Sentence(
        "Số thuê bao nằm trong Danh sách không quảng cáo.",
        "The number is in the do-not-call register.",
        "Không cần làm gì: Loa không gửi tin quảng cáo tới số này.",
        "Nothing to do: Loa sends it no advertising.",
    ),
    "E762": Sentence(
        "Người nhận đã nhận đủ số tin tối đa trong khoảng thời gian quy định.",
        "This person has had as many messages as the rules allow for now.",
        "Loa tự gửi khi được phép gửi tiếp.",
        "Loa sends it when it may.",
    ),
    "E763": Sentence(
        "Ngoài khung giờ được gửi tin.",
        "Outside the hours in which messages may leave.",
        "Loa tự gửi tiếp khi đến giờ.",
        "Loa goes on when the hours open.",
    ),
    "E764": Sentence(
        "Chữ và dấu trong tin bị tách rời (không phải Unicode dựng sẵn – NFC), tin sẽ dài và đắt hơn.",
        "Letters and marks are apart (not NFC), which makes the message longer and dearer.",
        "Gõ lại đoạn chữ, hoặc dán qua một trình soạn thảo dùng Unicode dựng sẵn.",
        "Type the words again, or paste them through an editor that composes letters.",
    ),
    "E765": Sentence(
        "Tin còn chỗ chưa điền: {fields}",
        "The message still has fields without a value: {fields}",
        "Điền giá trị, hoặc bỏ dấu ngoặc nhọn.",
        "Fill them in, or remove the braces.",
    ),
    "E766": Sentence(
        "Liên kết không an toàn: {link}",
        "The link is not secure: {link}",
        "Dùng địa chỉ bắt đầu bằng https:// trên tên miền {domains}.",
        "Use an address that begins with https:// under {domains}.",
    ),
    "E767": Sentence(
        "Liên kết dẫn ra ngoài tên miền cho phép: {link}",
        "The link leads outside the allowed domains: {link}",
        "Dùng địa chỉ thuộc {domains}; nếu đây không phải liên kết, thêm dấu cách sau dấu chấm. "
        "Tên miền cho phép ghi ở link_domains trong rules/.",
        "Use an address under {domains}; if it is no link, put a space after the full stop. "
        "Allowed domains are in link_domains under rules/.",
    ),
    "E768": Sentence(
        "Tin loại “{class}” phải mở đầu bằng nhãn {labels}.",
        "A message of the class “{class}” must begin with {labels}.",
        "Ghi nhãn ở ngay đầu tin.",
        "Put the label first.",
    ),
    "E769": Sentence(
        "Tin loại “{class}” không được mang nhãn quảng cáo {labels}.",
        "A message of the class “{class}” must not carry the label {labels}.",
        "Bỏ nhãn; nếu đúng là quảng cáo, chọn options → class: advertising.",
        "Remove it; if this is advertising, choose options → class: advertising.",
    ),
    "E770": Sentence(
        "Tin loại “{class}” phải kết thúc bằng cách từ chối nhận tin.",
        "A message of the class “{class}” must end with the way to refuse.",
        "Thêm vào cuối tin, ví dụ: “Từ chối: soạn TC gửi <đầu số>” hoặc “Từ chối: gọi <số điện thoại>”. "
        "Câu phải có một trong các từ: {words}.",
        "End with, for example, “Từ chối: soạn TC gửi <number>” or “Từ chối: gọi <number>”. "
        "One of these words must be in it: {words}.",
    ),
    "E771": Sentence(
        "Tin loại “{class}” không được kết thúc bằng câu từ chối nhận tin của tin quảng cáo.",
        "A message of the class “{class}” must not end with the opt-out text of advertising.",
        "Bỏ câu này; nếu đúng là quảng cáo, chọn options → class: advertising.",
        "Remove it; if this is advertising, choose options → class: advertising.",
    ),
    "E772": Sentence(
        "Tin dài {parts} phần SMS; loại “{class}” được tối đa {most}.",
        "The message has {parts} parts; the class “{class}” may have {most}.",
        "Rút gọn lời, hoặc bỏ dấu: options → diacritics: remove.",
        "Shorten it, or remove the marks: options → diacritics: remove.",
    ),
    "E773": Sentence(
        "Nhà cung cấp tin nhắn không nhận ký tự: {characters}",
        "The gateway does not take: {characters}",
        "Thay các ký tự này bằng chữ.",
        "Replace them with words.",
    ),
    "E774": Sentence(
        "Nhà cung cấp tin nhắn không nhận loại tin này khi có dấu tiếng Việt.",
        "The gateway takes no diacritics in such messages.",
        "Bỏ dấu: options → diacritics: remove.",
        "Remove the marks: options → diacritics: remove.",
    ),
    "E775": Sentence(
        "Tên định danh “{brandname}” dài {length} ký tự; nhà mạng nhận tối đa {most}.",
        "The brandname “{brandname}” is {length} characters long; carriers take {most}.",
        "Ghi đúng tên định danh đã đăng ký ở settings → brandname.",
        "Write the brandname as it is registered under settings → brandname.",
    ),
    "E776": Sentence(
        "Không có nhà mạng tên “{name}”.",
        "There is no carrier named “{name}”.",
        "Ghi các nhà mạng đã đăng ký tên định danh, cách nhau bằng dấu phẩy.",
        "Name the carriers with whom the brandname is registered, with commas.",
    ),
    "E777": Sentence(
        "Tên định danh “{brandname}” chưa ghi là đã đăng ký với: {carriers}. "
        "Thuê bao các mạng này có thể không nhận được.",
        "The brandname “{brandname}” is not registered with: {carriers}. Their subscribers may get nothing.",
        "Đăng ký thêm với nhà mạng rồi ghi vào settings → carriers. Đầu số chỉ gợi ý nhà mạng, vì người dân được "
        "chuyển mạng giữ số.",
        "Register it there and add them to settings → carriers. A prefix only hints at the carrier: people keep "
        "their numbers.",
    ),
    "E778": Sentence(
        "Tin loại “{class}” chỉ gửi cho người đã đồng ý; danh sách “{list}” chưa ghi bằng chứng đồng ý.",
        "A message of the class “{class}” goes only to people who agreed; the list “{list}” has no consent.",
        "Ghi consent của danh sách này ở mục lists trong loa.yaml, hoặc chọn danh sách khác. Căn cứ pháp lý "
        "(legal_basis) không thay được sự đồng ý.",
        "Write the consent of the list under lists in loa.yaml, or choose another. A legal basis does not replace "
        "consent.",
    ),
    "E779": Sentence(
        "Tin loại “{class}” cần Danh sách không quảng cáo, nhưng chưa nhập tệp nào.",
        "A message of the class “{class}” needs the do-not-call register, and none was brought in.",
        "Tải tệp mới và nhập bằng `loa recipients block`.",
        "Get the newest file and bring it in with `loa recipients block`.",
    ),
    "E780": Sentence(
        "Tệp Danh sách không quảng cáo đã cũ {age} ngày (ngày {dated}); loại “{class}” cho phép tối đa {most} ngày.",
        "The do-not-call file is {age} days old ({dated}); the class “{class}” allows {most}.",
        "Tải tệp mới và nhập bằng `loa recipients block`.",
        "Get the newest file and bring it in with `loa recipients block`.",
    ),
    "E781": Sentence(
        "Không gửi xong trước hạn {deadline}: dự kiến xong {finish}, qua {days} ngày gửi.",
        "It cannot end before {deadline}: it would be done at {finish}, over {days} days.",
        "Tăng lateness → limit của tin, bỏ dấu để bớt phần, hoặc thỏa thuận tốc độ cao hơn với nhà cung cấp "
        "(parts_per_second).",
        "Raise lateness → limit, remove the marks for fewer parts, or agree on a higher pace with the gateway "
        "(parts_per_second).",
    ),
    "E782": Sentence(
        "Chi phí dự kiến {cost} đồng vượt kinh phí {budget} đồng.",
        "It would cost {cost} VND, and the budget is {budget} VND.",
        "Rút gọn lời, bỏ dấu, thu hẹp danh sách, hoặc tăng options → budget.",
        "Shorten it, remove the marks, narrow the list, or raise options → budget.",
    ),
    "E783": Sentence(
        "Có kinh phí tối đa nhưng chưa có đơn giá để tính.",
        "There is a budget but no price to reckon with.",
        "Ghi price_per_part (đồng mỗi phần SMS) ở settings của kênh hoặc tài khoản.",
        "Write price_per_part (VND a part) in the settings of the channel or the account.",
    ),
    "E784": Sentence(
        "Tin loại “{class}” không tự ghi nhãn {labels}: Loa trông vào nhà mạng tự thêm (chừa {reserved} ký tự).",
        "A message of the class “{class}” has no label {labels} of its own: carriers are relied on to add it "
        "({reserved} characters are kept free).",
        "Hỏi nhà cung cấp xem mọi nhà mạng có tự thêm không; nếu chưa chắc, ghi nhãn ở ngay đầu tin.",
        "Ask the gateway whether every carrier adds it; where that is not sure, put the label first.",
    ),
    "E785": Sentence(
        "Danh sách nhận thử “{name}” có {count} số; tối đa {most}.",
        "The list “{name}” that gets it first has {count} numbers; at most {most}.",
        "Chỉ để vài cán bộ trong danh sách nhận thử.",
        "Keep a few members of staff in it.",
    ),
    "E786": Sentence(
        "Bộ quy tắc {rules} đã đổi sau khi duyệt, hoặc không còn áp dụng cho ngày gửi.",
        "The rules {rules} changed after the approval, or are not in force on the day any more.",
        "Xem `loa rules`, rồi duyệt lại bằng `loa approve`.",
        "See `loa rules`, then approve it again with `loa approve`.",
    ),
    "E787": Sentence(
        "Thiếu loại tin: {names}.",
        "Classes are missing: {names}.",
        "Mỗi bộ quy tắc phải có đủ bốn loại: emergency, public_info, operations, advertising.",
        "Each rule set has all four: emergency, public_info, operations, advertising.",
    ),
    "E788": Sentence("Loại tin “{name}” có hai lần.", "The class “{name}” is there twice.", "Bỏ một.", "Remove one."),
    "E789": Sentence(
        "Loại tin “{name}” vừa được gửi mọi giờ, vừa có khung giờ.",
        "The class “{name}” goes at any hour and has hours of its own.",
        "Bỏ any_hour hoặc bỏ hours.",
        "Remove any_hour or hours.",
    ),
    "E790": Sentence(
        "Bộ quy tắc {id} đã có ở {file} với nội dung khác.",
        "The rules {id} are in {file} already, with other content.",
        "Đặt id mới cho bản sửa: mã đã in trong hồ sơ gửi tin thì không được đổi nội dung.",
        "Give the changed copy a new id: what a printed id means must not change.",
    ),
    "E791": Sentence(
        "Không có bộ quy tắc tin nhắn nào áp dụng cho ngày {day}.",
        "No rules of messages are in force on {day}.",
        "Xem `loa rules`; thêm bộ quy tắc có valid_from sớm hơn vào thư mục rules/.",
        "See `loa rules`; add a rule set with an earlier valid_from to rules/.",
    ),
    "E792": Sentence(
        "Bộ quy tắc {id} ({file}) cũng bắt đầu từ ngày {day}: không biết theo bộ nào.",
        "The rules {id} ({file}) begin on {day} too: nobody knows which hold.",
        "Đổi valid_from của một trong hai bộ.",
        "Change valid_from of one of the two.",
    ),
    "E793": Sentence(
        "Tệp quy tắc phải có đuôi .yaml.",
        "A file of rules must end in .yaml.",
        "Đổi tên tệp thành {name}, hoặc chuyển ra ngoài thư mục rules/.",
        "Rename it to {name}, or move it out of rules/.",
    ),
    "E794": Sentence(
        "Giờ yên lặng, giờ của kênh và khung giờ của loại tin không chừa ra giờ nào để gửi.",
        "The quiet hours, the channel's hours and those of the class leave no time to send.",
        "Xem lại quiet_hours trong loa.yaml và hours trong rules/.",
        "See quiet_hours in loa.yaml and hours under rules/.",
    ),
    "E795": Sentence(
        "Đã có {have}/{need} người duyệt; tin loại “{class}” gửi {count} người theo quy tắc {rules} cần đủ {need}.",
        "{have} of {need} approvals; the class “{class}” to {count} people needs {need} by the rules {rules}.",
        "Cần thêm người duyệt khác.",
        "Another reviewer must approve.",
    ),
    "E796": Sentence(
        "Tin loại “{class}” cần một người duyệt ghi rõ lý do.",
        "The class “{class}” needs the reason, written by one of those who approve.",
        'Duyệt lại kèm lý do: `loa approve … --note "lý do"`.',
        'Approve again with the reason: `loa approve … --note "reason"`.',
    ),
    "E797": Sentence(
        "Bộ quy tắc {id} được rà soát lần cuối ngày {day}, đã quá 12 tháng.",
        "The rules {id} were last checked on {day}, more than twelve months ago.",
        "Nhờ cán bộ pháp chế rà soát, rồi ghi bộ quy tắc mới với checked_on mới vào rules/.",
        "Have a legal officer look at them, and put a new rule set with a new checked_on into rules/.",
    ),
    "E798": Sentence(
        "Theo đầu số, {count}/{all} người nhận thuộc nhà mạng chưa đăng ký tên định danh ({carriers}), "
        "có thể không nhận được tin.",
        "By their prefixes {count} of {all} recipients are with carriers that do not know the brandname ({carriers}).",
        "Đăng ký thêm rồi ghi vào settings → carriers. Đầu số chỉ là gợi ý, vì người dân được chuyển mạng giữ số.",
        "Register it there and add them to settings → carriers. A prefix is a hint only: people keep their numbers.",
    ),
    "E799": Sentence(
        "Tin loại “{class}” không tự ghi cách từ chối: Loa trông vào nhà mạng tự thêm (chừa {reserved} ký tự).",
        "A message of the class “{class}” does not say how to refuse: carriers are relied on to add it ({reserved} "
        "characters are kept free).",
        "Hỏi nhà cung cấp xem mọi nhà mạng có tự thêm không; nếu chưa chắc, kết thúc tin bằng câu như "
        "“Từ chối: soạn TC gửi <đầu số>” (có một trong các từ: {words}).",
        "Ask the gateway whether every carrier adds it; where that is not sure, end with words like “Từ chối: soạn TC "
        "gửi <number>” (one of these must be in it: {words}).",
    ),
}
