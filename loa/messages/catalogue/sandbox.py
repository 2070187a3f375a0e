"""E85x: the sandbox."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E851": Sentence(
        "Không mở được cổng {port} cho bãi tập: {detail}",
        "The sandbox cannot listen on port {port}: {detail}",
        "Chọn cổng khác, hoặc để trống để máy tự chọn.",
        "Choose another port, or leave it out to take a free one.",
    ),
    "E853": Sentence(
        "Dòng kịch bản sự cố không hợp lệ: {line}",
        "This line of the fault scenario is not valid: {line}",
        "Các loại sự cố: {accepted}.",
        "Kinds of fault: {accepted}.",
    ),
    "E854": Sentence(
        "Bãi tập đang chạy theo giờ thật nên không chỉnh được đồng hồ.",
        "This sandbox runs on the real time, so its clock cannot be moved.",
        "Khởi động bãi tập với --clock simulated.",
        "Start the sandbox with --clock simulated.",
    ),
    "E855": Sentence(
        "Mốc thời gian gửi cho bãi tập không đọc được hoặc thiếu múi giờ.",
        "The moment given to the sandbox cannot be read or has no zone.",
        "Ghi dạng 2026-10-10T07:30:00+07:00.",
        "Write it as 2026-10-10T07:30:00+07:00.",
    ),
    "E856": Sentence(
        "Bãi tập không có quy tắc tin nhắn “{rule}”, hoặc giá trị của nó sai kiểu.",
        "The sandbox has no rule of text messages “{rule}”, or its value is of another kind.",
        "Các quy tắc: {accepted}.",
        "Rules: {accepted}.",
    ),
    "E857": Sentence(
        "Bãi tập chưa gửi tin nào cho máy {handset}.",
        "The sandbox has sent no message to the handset {handset}.",
        "Mở trang bãi tập, chọn máy đã nhận tin rồi trả lời từ máy đó.",
        "Open the page of the sandbox, choose a handset that got a message, and answer from it.",
    ),
    "E858": Sentence(
        "Tin trả lời từ máy không có chữ nào.",
        "The answer from the handset has no words.",
        "Ghi nội dung, ví dụ TC, HUY hoặc DK DNC S.",
        "Write it, for example TC, HUY or DK DNC S.",
    ),
}
