"""E22x to E25x: campaigns and their content (E200 to E219 belong to the workspace)."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E220": Sentence(
        "Tệp chiến dịch phải có đuôi .yaml.",
        "A campaign file must end in .yaml.",
        "Đổi tên tệp thành {name}, hoặc chuyển ra ngoài thư mục campaigns/ nếu không dùng.",
        "Rename it to {name}, or move it out of campaigns/ if it is not needed.",
    ),
    "E221": Sentence(
        'Mã chiến dịch "{id}" đã dùng trong {file}.',
        'The campaign id "{id}" is already used in {file}.',
        "Đặt mã khác cho một trong hai chiến dịch.",
        "Give one of the two campaigns another id.",
    ),
    "E222": Sentence(
        'Mã "{id}" đã dùng ở dòng {line}.',
        'The id "{id}" is already used on line {line}.',
        "Đặt mã khác; mỗi mã chỉ dùng một lần trong cùng danh sách.",
        "Give it another id; an id is used once in a list.",
    ),
    "E223": Sentence(
        'Đối tượng "{name}" chưa khai báo ở mục audiences của chiến dịch.',
        'The audience "{name}" is not declared under audiences of the campaign.',
    ),
    "E224": Sentence(
        'Chủ đề "{name}" chưa khai báo ở mục themes của chiến dịch.',
        'The theme "{name}" is not declared under themes of the campaign.',
    ),
    "E225": Sentence(
        'Giai đoạn "{name}" chưa khai báo ở mục phases của chiến dịch.',
        'The phase "{name}" is not declared under phases of the campaign.',
    ),
    "E226": Sentence(
        'Mốc thời gian "{name}" chưa khai báo ở mục anchors của chiến dịch.',
        'The anchor "{name}" is not declared under anchors of the campaign.',
    ),
    "E227": Sentence(
        'Số liệu "{name}" chưa khai báo ở mục facts của chiến dịch.',
        'The fact "{name}" is not declared under facts of the campaign.',
    ),
    "E228": Sentence(
        'Không có đơn vị mang mã "{name}" trong danh sách đơn vị.',
        'No unit of the list of units has the code "{name}".',
        "Sửa mã, hoặc bổ sung đơn vị vào units.csv.",
        "Correct the code, or add the unit to units.csv.",
    ),
    "E229": Sentence(
        'Đơn vị "{name}" không tham gia chiến dịch này.',
        'The unit "{name}" takes no part in this campaign.',
        "Thêm đơn vị vào mục units của chiến dịch, hoặc bỏ khỏi tin này.",
        "Add it to units of the campaign, or take it out of this item.",
    ),
    "E230": Sentence('Kênh "{name}" không có.', 'There is no channel "{name}".'),
    "E231": Sentence(
        "Không đơn vị nào của tin này có tài khoản trên kênh {channel}, nên tin sẽ không phát ở đó.",
        "No unit of this item has an account on {channel}, so it would not go out there.",
        "Khai báo tài khoản ở mục accounts của loa.yaml, hoặc bỏ kênh này.",
        "Declare an account under accounts in loa.yaml, or take the channel out.",
    ),
    "E232": Sentence(
        "Chưa có tài khoản {channel} của: {units}. Các đơn vị này sẽ không phát trên kênh {channel}.",
        "No {channel} account for: {units}. These units will not go out on {channel}.",
    ),
    "E233": Sentence(
        'Không có tệp nội dung "{file}".',
        'There is no content file "{file}".',
        "Ghi đường dẫn tính từ thư mục làm việc, ví dụ content/chien-dich/tin-1.md",
        "Write the path from the root of the workspace, such as content/campaign/item-1.md",
    ),
    "E235": Sentence(
        'Không có trường "{name}".',
        'There is no field "{name}".',
        "Sửa tên trường giữa hai dấu ngoặc nhọn.",
        "Correct the name between the braces.",
    ),
    "E236": Sentence(
        'Trường "{name}" chưa có giá trị cho: {units}.',
        'The field "{name}" has no value for: {units}.',
        "Bổ sung thông tin của đơn vị trong units.csv, hoặc không dùng trường này.",
        "Fill it in for the unit in units.csv, or do not use the field.",
    ),
    "E237": Sentence(
        "Dấu ngoặc nhọn kép mở hoặc đóng không đủ.",
        "Double braces open or close without their other half.",
        "Viết đủ, ví dụ {{{{ unit.name }}}}",
        "Write both, such as {{{{ unit.name }}}}",
    ),
    "E238": Sentence(
        'Ấn phẩm "{name}" không có trong mục make của tin này.',
        '"{name}" is not made in this item.',
        "Viết <mã ấn phẩm>/<khổ> theo mục make.",
        "Write <id>/<format> as under make.",
    ),
    "E239": Sentence(
        'Ấn phẩm "{name}" không được làm ở khổ này.',
        '"{name}" is not made in this format.',
        "Thêm khổ vào mục formats của ấn phẩm, hoặc chọn khổ đã có.",
        "Add the format to formats, or choose one that is there.",
    ),
    "E240": Sentence(
        "Kênh {channel} đăng công khai, không gửi theo danh sách người nhận.",
        "{channel} publishes to everybody; it has no list of recipients.",
        "Xóa mục recipients.",
        "Delete recipients.",
    ),
    "E241": Sentence(
        "Kênh {channel} cần danh sách người nhận.",
        "{channel} needs a list of recipients.",
        "Thêm dòng recipients: <tên danh sách> bên trong kênh này.",
        "Add a line recipients: <name of the list> inside the channel.",
    ),
    "E242": Sentence('Không có mẫu "{name}".', 'There is no template "{name}".'),
    "E245": Sentence(
        "Chiến dịch kết thúc ({end}) trước khi bắt đầu ({start}).",
        "The campaign ends ({end}) before it begins ({start}).",
        "Sửa một trong hai ngày.",
        "Correct one of the two days.",
    ),
    "E246": Sentence(
        'Dòng mở phần riêng viết sai: "{text}".',
        'The line that opens a section is wrong: "{text}".',
        "Viết ví dụ ::: channel=sms audience=nguoi-dan lang=vi, và đóng bằng một dòng :::",
        "Write for example ::: channel=sms audience=nguoi-dan lang=en, and close with a line :::",
    ),
    "E247": Sentence(
        "Phần riêng mở ở đây nhưng chưa đóng.",
        "The section that opens here is not closed.",
        "Thêm một dòng chỉ có ::: ở cuối phần này.",
        "Add a line with only ::: at its end.",
    ),
    "E248": Sentence(
        "Tin này không có nội dung nào cho kênh {channel}.",
        "This item has no text for {channel}.",
        "Viết phần chung cho mọi kênh trong tệp nội dung, hoặc mục text của kênh này.",
        "Write a text for all channels in the content file, or a text of the channel.",
    ),
    "E250": Sentence(
        'Tài khoản "{account}" thiếu thông số "{name}" mà kênh {channel} cần.',
        'The account "{account}" lacks the setting "{name}" that {channel} needs.',
        "Thêm vào mục settings của tài khoản trong loa.yaml.",
        "Add it under settings of the account in loa.yaml.",
    ),
    "E251": Sentence(
        'Tài khoản "{account}" thiếu tên khóa bí mật "{name}" mà kênh {channel} cần.',
        'The account "{account}" lacks the name of the secret "{name}" that {channel} needs.',
        "Thêm vào mục secrets của tài khoản trong loa.yaml (chỉ ghi tên khóa, không ghi khóa).",
        "Add it under secrets of the account in loa.yaml (the name of the secret, never the secret).",
    ),
    "E252": Sentence(
        "Đã có một phần riêng cho cùng kênh, đối tượng và ngôn ngữ.",
        "There is already a section for the same channel, audience and language.",
        "Gộp hai phần, hoặc xóa một phần.",
        "Merge the two, or delete one.",
    ),
}
