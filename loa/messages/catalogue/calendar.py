"""E826–E832: a slot that a person moves on the calendar."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E826": Sentence(
        "Không tìm được chỗ ghi lượt phát ngày {day} của tin “{item}” ({campaign}).",
        "There is no place that says the occurrence of “{item}” on {day} ({campaign}).",
        "Tải lại trang lịch: kế hoạch có thể vừa được sửa. Nếu vẫn vậy, mở tệp chiến dịch và sửa mục when của tin này.",
        "Reload the calendar: the plan may just have been changed. Else open the campaign's file and change the when "
        "of this item by hand.",
    ),
    "E827": Sentence(
        "Tệp {file} vừa được người khác sửa nên chưa ghi gì.",
        "Somebody has just changed {file}, so nothing was written.",
        "Lịch đã được tải lại theo tệp mới. Xem lại rồi dời lần nữa nếu vẫn cần.",
        "The calendar now shows the new file. Look again, and move the slot once more if it is still needed.",
    ),
    "E828": Sentence(
        "Không dời “{item}” về {time}: giờ đó đã qua.",
        "“{item}” cannot be moved to {time}: that moment has passed.",
        "Chọn một ngày giờ sau lúc này. Giờ phát ghi ở {place}.",
        "Choose a day and time after now. The time is written at {place}.",
    ),
    "E829": Sentence(
        "“{item}” ({time}) đã đến giờ, đang gửi hoặc đã phát xong nên không dời được.",
        "“{item}” ({time}) is due, on its way or done, and cannot be moved any more.",
        "Muốn sửa bài đã đăng thì dùng đính chính (loa correct) hoặc gỡ bài (loa takedown).",
        "To change what is out, use a correction (loa correct) or take it down (loa takedown).",
    ),
    "E830": Sentence(
        "Không dời “{item}” về {time}: {start}–{end} là giờ yên lặng, không phát tin.",
        "“{item}” cannot be moved to {time}: {start}–{end} are quiet hours, in which nothing goes out.",
        "Chọn giờ ngoài khung giờ yên lặng (mục policies.quiet_hours trong loa.yaml).",
        "Choose a time outside the quiet hours (policies.quiet_hours in loa.yaml).",
    ),
    "E831": Sentence(
        "Không dời “{item}” về {time}: chiến dịch “{campaign}” chỉ chạy từ {start} đến {end}.",
        "“{item}” cannot be moved to {time}: the campaign “{campaign}” runs from {start} to {end} only.",
        "Chọn ngày trong thời gian chiến dịch, hoặc sửa ngày bắt đầu, kết thúc (from, to) trong tệp chiến dịch.",
        "Choose a day within the campaign, or change its from and to in its file.",
    ),
    "E832": Sentence(
        "Chưa dời “{item}”: sau khi dời, kế hoạch có lỗi. {problem}",
        "“{item}” was not moved: the plan would have an error. {problem}",
        "Chọn giờ khác, hoặc sửa lỗi này rồi dời lại. Tệp chiến dịch còn nguyên.",
        "Choose another time, or mend this first. The campaign's file is as it was.",
    ),
}
