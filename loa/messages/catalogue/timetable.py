"""E301 to E319: letters, days off, lunar dates and the times of the items."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E301": Sentence(
        "Không viết được bằng chữ không dấu: {characters}",
        "These have no plain ASCII form: {characters}",
        "Bỏ hoặc thay các ký tự này trong bản tin không dấu; số trong ngoặc, nếu có, là vị trí đếm từ 1.",
        "Remove or replace them in the text without diacritics; a number in brackets is the place, counted from 1.",
    ),
    "E302": Sentence(
        "Không có ngày {day} tháng {month} âm lịch năm {year}.",
        "There is no lunar day {day} of month {month} in the year {year}.",
        "Tháng âm lịch có 29 hoặc 30 ngày; chọn ngày khác.",
        "A lunar month has 29 or 30 days; choose another day.",
    ),
    "E303": Sentence(
        "Không đọc được tệp ngày nghỉ “{file}”.",
        "The file of holidays “{file}” cannot be read.",
        "Kiểm tra tên tệp; lưu tệp theo kiểu CSV UTF-8.",
        "Check its name; save it as CSV UTF-8.",
    ),
    "E304": Sentence(
        "Tệp ngày nghỉ “{file}” phải có đúng ba cột: date, name, kind.",
        "The file of holidays “{file}” must have exactly three columns: date, name, kind.",
        "Dòng đầu ghi tên ba cột; mỗi dòng sau ghi một ngày.",
        "The first line names the three columns; each further line is a day.",
    ),
    "E305": Sentence(
        "“{value}” không phải một ngày.",
        "“{value}” is no date.",
        "Ghi ngày theo kiểu năm-tháng-ngày.",
        "Write the date as year-month-day.",
    ),
    "E306": Sentence(
        "Loại ngày “{value}” không dùng được.",
        "“{value}” is no kind of day.",
        "holiday = ngày nghỉ; working = ngày đi làm bù.",
        "holiday = a day off; working = a weekend day that is worked.",
    ),
    "E307": Sentence(
        "Không có ngày lễ mang tên “{name}”.",
        "There is no holiday named “{name}”.",
        "Dùng một trong: tet, gio-to, tet-duong-lich, 30-4, 1-5, quoc-khanh; hoặc ghi ngày ở yearly hay lunar.",
        "Use one of: tet, gio-to, tet-duong-lich, 30-4, 1-5, quoc-khanh; or give the day under yearly or lunar.",
    ),
    "E310": Sentence(
        "Mốc “{value}” không phải một ngày trong năm.",
        "“{value}” is no day of the year.",
        "Ghi ngày/tháng, ví dụ 10/10; tháng âm lịch có nhiều nhất 30 ngày.",
        "Write day/month, for example 10/10; a lunar month has 30 days at most.",
    ),
    "E311": Sentence(
        "Tin “{item}” phát lúc {time}, trong khung giờ yên lặng {start}–{end}.",
        "The item “{item}” goes out at {time}, inside the quiet hours {start}–{end}.",
        "Đổi giờ phát, hoặc sửa quiet_hours trong loa.yaml nếu quy định đã thay đổi.",
        "Change the time, or quiet_hours in loa.yaml if the rule has changed.",
    ),
    "E312": Sentence(
        "Có tháng hoặc năm không có ngày {value}: khi đó tin phát vào ngày cuối tháng.",
        "Some months or years have no day {value}: the item then goes out on the last day of the month.",
        "Muốn bỏ qua những lần đó, ghi short_month: skip.",
        "Write short_month: skip to leave those out.",
    ),
    "E313": Sentence(
        "Có tháng hoặc năm không có ngày {value}: khi đó tin không phát.",
        "Some months or years have no day {value}: the item then does not go out.",
        "Muốn phát vào ngày cuối tháng, ghi short_month: last_day.",
        "Write short_month: last_day to send it on the last day of the month.",
    ),
    "E314": Sentence(
        "Tin “{item}” không có lần phát nào vào ngày {day}, nên không có gì để bỏ qua hoặc dời.",
        "The item “{item}” does not go out on {day}: there is nothing to skip or move.",
        "Ghi ngày gốc của lần phát (trước khi tránh ngày nghỉ); xem bằng: loa timetable",
        "Give the nominal day (before any shift around holidays); see it with: loa timetable",
    ),
    "E315": Sentence(
        "{unit} không còn hoạt động vào ngày {day}; tin “{item}” sẽ không phát cho đơn vị này.",
        "{unit} no longer exists on {day}; the item “{item}” will not go out for it.",
        "Thêm đơn vị kế thừa vào mục units nếu cần: {successors}",
        "Add its successors under units where they should take over: {successors}",
    ),
    "E316": Sentence(
        "Tin “{item}” không có lần phát nào từ {start} đến {end}.",
        "The item “{item}” does not go out at all from {start} to {end}.",
        "Kiểm tra mục when và thời gian của chiến dịch.",
        "Check its when and the period of the campaign.",
    ),
    "E317": Sentence(
        "{unit}, kênh {channel}: tin “{item}” phát lúc {moment}, cách tin “{other}” chưa đến 10 phút.",
        "{unit}, channel {channel}: the item “{item}” goes out at {moment}, within 10 minutes of “{other}”.",
        "Nên giãn giờ phát để người dân đọc được cả hai tin.",
        "Keep them further apart, so that people read both.",
    ),
}
