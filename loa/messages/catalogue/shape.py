"""E130 to E159: what the schema says of the files of the staff."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E130": Sentence(
        'Thiếu mục "{name}".', '"{name}" is missing.', 'Thêm dòng "{name}: …".', 'Add a line "{name}: …".'
    ),
    "E131": Sentence(
        'Không có mục nào tên "{name}" ở đây.',
        'There is no "{name}" here.',
        "Sửa tên mục, hoặc xóa dòng này.",
        "Correct the name, or delete the line.",
    ),
    "E132": Sentence('Giá trị "{value}" không dùng được ở đây.', '"{value}" is not accepted here.'),
    "E133": Sentence(
        'Mục "{name}" cần một giá trị, nhưng ở đây là danh sách hoặc nhóm mục.',
        '"{name}" wants one value, and this is a list or a group.',
        "Viết một giá trị trên cùng dòng.",
        "Write one value on the same line.",
    ),
    "E134": Sentence(
        'Mục "{name}" cần một danh sách.',
        '"{name}" wants a list.',
        'Viết mỗi phần tử một dòng bắt đầu bằng "- ", hoặc [a, b].',
        'Write each entry on a line that begins with "- ", or [a, b].',
    ),
    "E135": Sentence(
        'Mục "{name}" cần các dòng "tên: giá trị" bên trong.',
        '"{name}" wants "name: value" lines inside.',
        "Xuống dòng, lùi vào 2 dấu cách rồi viết từng mục.",
        "Go to the next line, indent by 2 spaces and write each entry.",
    ),
    "E136": Sentence('Mục "{name}" để trống.', '"{name}" is empty.', "Điền nội dung.", "Fill it in."),
    "E137": Sentence(
        "Giá trị quá dài, tối đa {max_length} ký tự.",
        "The value is too long; the limit is {max_length} characters.",
        "Rút gọn, hoặc chuyển nội dung dài sang tệp trong content/.",
        "Shorten it, or move long text to a file in content/.",
    ),
    "E138": Sentence(
        'Mã "{value}" chỉ được gồm chữ thường không dấu, chữ số, dấu - và _.',
        'The id "{value}" may only have small letters without diacritics, digits, - and _.',
    ),
    "E139": Sentence('"{value}" không phải số nguyên.', '"{value}" is not a whole number.'),
    "E140": Sentence(
        '"{value}" không phải là số.',
        '"{value}" is not a number.',
        "Viết số không có dấu ngăn hàng nghìn, phần thập phân sau dấu chấm, đơn vị để ở mục unit: 12500 hoặc 62.5",
        "Write it without thousands separators, decimals after a point, and the unit under unit: 12500 or 62.5",
    ),
    "E141": Sentence('"{value}" nằm ngoài giới hạn ({bound}).', '"{value}" is out of range ({bound}).'),
    "E142": Sentence(
        '"{value}" không phải ngày có thật viết theo năm-tháng-ngày.',
        '"{value}" is not a real date written year-month-day.',
        "Ví dụ: 2026-10-10",
        "For example: 2026-10-10",
    ),
    "E143": Sentence(
        '"{value}" không phải giờ trong ngày.', '"{value}" is not a time of day.', "Ví dụ: 08:00", "For example: 08:00"
    ),
    "E144": Sentence(
        '"{value}" không phải ngày và giờ.',
        '"{value}" is not a date and a time.',
        "Ví dụ: 2026-10-12 08:00",
        "For example: 2026-10-12 08:00",
    ),
    "E145": Sentence(
        'Mục này chỉ nhận có hoặc không, không nhận "{value}".',
        'This is yes or no, not "{value}".',
        "Viết có hoặc không (yes, no cũng được).",
        "Write yes or no (có and không will do as well).",
    ),
    "E146": Sentence(
        '"{value}" không phải khoảng thời gian.',
        '"{value}" is not a span of time.',
        "Viết số và đơn vị: 30m (phút), 2h (giờ), 1d (ngày).",
        "Write a number and its unit: 30m (minutes), 2h (hours), 1d (days).",
    ),
    "E147": Sentence(
        'Không có múi giờ "{value}".',
        'There is no time zone "{value}".',
        "Ở Việt Nam: Asia/Ho_Chi_Minh",
        "For Vietnam: Asia/Ho_Chi_Minh",
    ),
    "E148": Sentence(
        'Số phần tử của "{name}" không đúng (đang có {actual_length}).',
        'The number of entries of "{name}" is not right (there are {actual_length}).',
        "Danh sách này cần ít nhất một phần tử.",
        "This list wants at least one entry.",
    ),
    "E149": Sentence(
        "Một mốc thời gian cần đúng một trong các mục: yearly, lunar, holiday, date.",
        "An anchor wants exactly one of: yearly, lunar, holiday, date.",
        "Giữ một mục, xóa các mục còn lại.",
        "Keep one and delete the others.",
    ),
    "E150": Sentence(
        "Thời điểm phát cần đúng một trong các mục: date (một ngày), anchor (theo mốc), event (theo từng buổi), "
        "every (lặp lại).",
        "When wants exactly one of: date (one day), anchor (from an anchor), event (for each meeting), "
        "every (again and again).",
        "Giữ một mục, xóa các mục còn lại.",
        "Keep one and delete the others.",
    ),
    "E151": Sentence(
        "Phát hằng tháng cần đúng một trong các mục: day, nth (cùng weekday), last_working_day.",
        "Every month wants exactly one of: day, nth (with weekday), last_working_day.",
        "Ví dụ: day: 5, hoặc nth: 1 cùng weekday: monday, hoặc last_working_day: có",
        "For example: day: 5, or nth: 1 with weekday: monday, or last_working_day: yes",
    ),
    "E152": Sentence(
        "Thiếu thứ trong tuần (weekday).",
        "The day of the week (weekday) is missing.",
        "Thêm dòng weekday: monday (đến sunday).",
        "Add a line weekday: monday (to sunday).",
    ),
    "E153": Sentence(
        "Đợt cao điểm (every: wave) cần tháng (month) và các thứ phát (weekdays).",
        "A wave (every: wave) wants its month and its weekdays.",
        "Ví dụ: month: 10 và weekdays: [tuesday, thursday]",
        "For example: month: 10 and weekdays: [tuesday, thursday]",
    ),
    "E154": Sentence(
        'Số "{value}" có hai cách hiểu: phần nghìn hay phần thập phân.',
        'The figure "{value}" can be read in two ways: thousands or decimals.',
        "Viết liền nếu là hàng nghìn (12500); thêm số 0 ở cuối nếu là thập phân (12.5000).",
        "Write thousands without a point (12500), or decimals with one more 0 (12.5000).",
    ),
    "E155": Sentence(
        'Mục "{name}" còn để trống.', '"{name}" was left blank.', "Điền giá trị sau dấu hai chấm.", "Fill in the value."
    ),
    "E156": Sentence(
        'Giá trị "{value}" viết sai dạng.',
        '"{value}" is not in the right form.',
        "Ngày hằng năm viết ngày/tháng, ví dụ 10/10",
        "A day of every year is day/month, for example 10/10",
    ),
    "E159": Sentence("Giá trị không dùng được: {detail}", "The value cannot be used: {detail}"),
}
