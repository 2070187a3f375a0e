"""E308 and E337 to E349: events, their meetings, and what people report of them."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E308": Sentence(
        '"{name}" là mốc hạn, không phải buổi, nên không có gì để báo.',
        '"{name}" is a deadline and no meeting: there is nothing to report of it.',
        "Báo buổi khác của sự kiện, hoặc bỏ deadline: có nếu đây đúng là một buổi.",
        "Report another meeting of the event, or delete deadline: yes if this is one.",
    ),
    "E337": Sentence(
        'Sự kiện "{name}" chưa khai báo ở mục events.',
        'The event "{name}" is not declared under events.',
        "Khai báo sự kiện ở mục events của chiến dịch, hoặc sửa mã cho đúng.",
        "Declare the event under events of the campaign, or mend its id.",
    ),
    "E338": Sentence(
        'Sự kiện này đã có một buổi mang mã "{id}" (dòng {line}).',
        'This event already has a meeting "{id}" (line {line}).',
        "Đơn vị có nhiều buổi thì đặt cho mỗi buổi một mã id riêng; mã này giữ nguyên khi dời ngày.",
        "Give each meeting of a unit with several an id of its own, and keep it when the day moves.",
    ),
    "E339": Sentence(
        "{unit} không hoạt động vào ngày {day} của buổi này.",
        "{unit} does not exist on {day}, the day of this meeting.",
        "Ghi đơn vị đang hoạt động vào ngày đó (xem cột valid_from, valid_to, successors của units.csv).",
        "Name a unit of that day (see valid_from, valid_to, successors in units.csv).",
    ),
    "E340": Sentence(
        "Buổi ngày {day} nằm ngoài thời gian của chiến dịch ({start} đến {end}).",
        "The meeting on {day} lies outside the campaign ({start} to {end}).",
        "Sửa ngày của buổi, hoặc from/to của chiến dịch.",
        "Mend the day of the meeting, or from/to of the campaign.",
    ),
    "E341": Sentence(
        "Buổi này kết thúc trước khi bắt đầu ({start} đến {end}).",
        "This meeting ends before it begins ({start} to {end}).",
        "Sửa date/to hoặc at/until của buổi.",
        "Mend date/to or at/until of the meeting.",
    ),
    "E342": Sentence(
        "Hai buổi của {unit} trùng giờ ở cùng một nơi ({place}): buổi này và buổi {other}, ngày {day}.",
        "Two meetings of {unit} are at one place ({place}) at one time: this one and {other}, on {day}.",
        "Dời một buổi sang giờ khác hoặc nơi khác.",
        "Move one of them to another time or place.",
    ),
    "E343": Sentence(
        'Chưa có sự kiện nào thực hiện chỉ tiêu "{quota}".',
        'No event serves the quota "{quota}".',
        "Ghi mã chỉ tiêu này vào serves của sự kiện thực hiện nó (mục events của chiến dịch), hoặc thêm sự kiện.",
        "Name this quota under serves of the event that fills it (events of a campaign), or add an event.",
    ),
    "E344": Sentence(
        'Sự kiện "{event}" chưa ghi thực hiện chỉ tiêu, nhiệm vụ nào của kế hoạch: kết quả sẽ không được tính.',
        'The event "{event}" serves no quota and no task of the plan: what is reported of it will not count.',
        "Thêm serves: [<mã chỉ tiêu hoặc nhiệm vụ>] vào sự kiện hoặc chiến dịch.",
        "Add serves: [<quota or task id>] to the event or the campaign.",
    ),
    "E345": Sentence(
        'Sự kiện "{event}" không có buổi nào mang mã "{name}".',
        'The event "{event}" has no meeting "{name}".',
    ),
    "E346": Sentence(
        "Mục meetings chỉ dùng cùng với event.",
        "meetings goes only with event.",
        "Ghi thêm event: <mã sự kiện>, hoặc xóa meetings.",
        "Add event: <event id>, or delete meetings.",
    ),
    "E347": Sentence(
        "Những buổi sau chưa có {{{{ {name} }}}}: {meetings}.",
        "These meetings have no {{{{ {name} }}}}: {meetings}.",
        "Ghi đủ ở mục events, hoặc bỏ chỗ này trong lời.",
        "Complete them under events, or leave the field out of the words.",
    ),
    "E348": Sentence(
        "Buổi {target} đã được báo: {by}, {day}, {people} người dự.",
        "The meeting {target} has been reported: by {by}, {day}, {people} people.",
        "Báo sai thì rút các dòng cũ (loa log withdraw) rồi báo lại.",
        "Where the report was wrong, withdraw its entries (loa log withdraw), then report anew.",
    ),
    "E349": Sentence(
        'Chiến dịch "{campaign}" không thuộc kế hoạch nào nên không có sổ để ghi buổi đã tổ chức.',
        'The campaign "{campaign}" belongs to no plan, so that there is no log for its meetings.',
        "Đặt chiến dịch vào thư mục có plan.yaml, hoặc ghi plan: <mã kế hoạch> vào chiến dịch.",
        "Put the campaign into a folder with a plan.yaml, or write plan: <plan id>.",
    ),
}
