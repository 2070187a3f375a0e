"""E442 to E449: what the staff bring to a clip, and its captions."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E442": Sentence(
        "Không tìm thấy tệp âm thanh hoặc video “{path}”.",
        "The sound or video “{path}” was not found.",
        "Kiểm tra đường dẫn; tệp phải nằm trong thư mục làm việc.",
        "Check the path; the file must lie in the workspace.",
    ),
    "E443": Sentence(
        "Không đọc được tệp “{path}” (nhận: {accepted}).",
        "“{path}” cannot be read (accepted: {accepted}).",
        "Xuất lại tệp từ phần mềm ghi âm hoặc dựng phim: âm thanh MP3, M4A; video MP4 (H.264).",
        "Export it again: sound as MP3 or M4A, video as MP4 (H.264).",
    ),
    "E444": Sentence(
        "Tệp “{path}” quá lớn (nhiều nhất {megabytes} MB, {minutes} phút, khung hình 4K).",
        "“{path}” is too large (at most {megabytes} MB, {minutes} minutes, 4K frames).",
        "Cắt lấy đoạn cần dùng rồi lưu lại.",
        "Cut out the part that is needed and save that.",
    ),
    "E445": Sentence(
        "Lời đọc “{path}” dài {seconds} giây; clip mẫu “{template}” dài nhất {most} giây.",
        "The narration “{path}” lasts {seconds} s; a clip of “{template}” lasts {most} s at most.",
        "Đọc gọn lại, hoặc chia thành hai clip.",
        "Shorten the narration, or make two clips.",
    ),
    "E446": Sentence(
        "{template}: phụ đề “{text}” che mất “{covered}”.",
        "{template}: the caption “{text}” covers “{covered}”.",
        "Rút gọn phụ đề hoặc nội dung của cảnh.",
        "Shorten the caption, or what the scene shows.",
    ),
    "E447": Sentence(
        "Video “{path}” chỉ còn {seconds} giây tính từ giây {start}; mỗi cảnh cần ít nhất {least} giây.",
        "“{path}” has only {seconds} s left after second {start}; a scene needs {least} s at least.",
        "Chọn đoạn bắt đầu sớm hơn, hoặc dùng video dài hơn.",
        "Let it start earlier, or use a longer video.",
    ),
    "E448": Sentence(
        "“{start}” không phải là số giây để cắt video “{path}”.",
        "“{start}” is not a number of seconds at which “{path}” can be cut.",
        "Viết số giây tính từ đầu video, ví dụ 12 hoặc 12,5.",
        "Write seconds from its beginning, for example 12 or 12,5.",
    ),
}
