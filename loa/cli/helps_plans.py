"""What the verbs about plans do, in one line each: Vietnamese and English."""

from __future__ import annotations

PLAN_HELP: dict[str, tuple[str, str]] = {
    "plan": (
        "Kế hoạch đang ở đâu: chỉ tiêu, chỉ số, kinh phí, nhiệm vụ, đơn vị còn thiếu.",
        "Where a plan stands: quotas, indicators, money, tasks, units that lack.",
    ),
    "cost": (
        "Tính trước chi phí: tin nhắn, bài trả tiền, bản in, gói tháng; so với kinh phí của kế hoạch.",
        "Costs before approval: messages, paid posts, copies, packages; against the budget of the plan.",
    ),
    "event": (
        "Sự kiện: các buổi, lớp, cuộc thi, hội nghị của các đơn vị.",
        "Events: sessions, classes, contests and conferences of the units.",
    ),
    "event list": (
        "Các buổi: khi nào, ở đâu, tin nào phát cho buổi ấy, đã báo chưa.",
        "The meetings: when, where, what goes out for each, what was reported.",
    ),
    "event held": (
        "Báo một buổi đã tổ chức: số người dự, kèm minh chứng.",
        "Report that a meeting was held: how many came, with proof.",
    ),
    "log": (
        "Nhật ký việc đã làm cho kế hoạch: buổi, lớp, bản in, tiền đã chi, giá trị chỉ số.",
        "The log of what was done for a plan: events, copies, money spent, readings.",
    ),
    "log add": ("Ghi một việc đã làm, kèm minh chứng.", "Write down one thing that was done, with its proof."),
    "log import": ("Nhập bảng CSV, XLSX các việc đã làm.", "Take in a CSV or XLSX table of what was done."),
    "log list": ("Các dòng nhật ký, theo ngày.", "What stands in the log, by day."),
    "log withdraw": ("Rút một dòng ghi nhầm.", "Take an entry back."),
    "pack": (
        "Gói nội dung: cơ quan cấp trên chia sẻ, các đơn vị nhập về dùng.",
        "Content packs: one office shares them, others take them in.",
    ),
    "pack key": ("Khóa ký gói của cơ quan này; in ra khóa công khai.", "This office's key; prints the public one."),
    "pack build": (
        "Đóng gói nội dung, hình, mẫu của các chiến dịch.",
        "Pack content, pictures and templates of campaigns.",
    ),
    "pack verify": ("Kiểm tra một gói: chữ ký, từng tệp.", "Check a pack: its signature and every file."),
    "pack import": (
        "Nhập một gói; tệp đã sửa ở đây không bị ghi đè.",
        "Take a pack in; files that were edited here are not overwritten.",
    ),
    "pack list": ("Các gói đang dùng ở đây, phiên bản nào.", "The packs in use here, and their versions."),
    "pack units": ("Đơn vị nào còn dùng bản cũ của một gói.", "Which units still use an old version of a pack."),
    "feedback": (
        "Góp ý của người dân: nhập, trả lời, tổng hợp, xuất bộ hỏi đáp.",
        "What citizens said: take it in, answer it, give it on as questions and answers.",
    ),
    "feedback import": (
        "Nhập tệp xuất từ VNForm hoặc cổng; không giữ tên, số điện thoại của ai.",
        "Take in the export of a form or portal; nobody's name or number is kept.",
    ),
    "feedback add": ("Ghi một góp ý.", "Write down what somebody said."),
    "feedback list": ("Các góp ý, theo ngày.", "What was said, by day."),
    "feedback answer": ("Ghi trả lời một góp ý.", "Write the answer down."),
    "feedback pass": ("Ghi đã chuyển góp ý cho cơ quan nào.", "Note to whom it was passed on."),
    "feedback close": ("Khép một góp ý.", "Note that nothing more is to be done."),
    "feedback faq": (
        "Xuất các câu hỏi đáp công khai ra tệp .md hoặc .csv (trợ lý ảo nạp được).",
        "Write the public questions and answers as .md or .csv (for a chatbot).",
    ),
}
