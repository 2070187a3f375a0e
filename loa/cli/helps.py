"""What each verb and group does, in one line: Vietnamese and English."""

from __future__ import annotations

from loa.cli.helps_plans import PLAN_HELP

HELP = {
    **PLAN_HELP,
    "init": (
        "Tạo thư mục làm việc mới kèm chiến dịch mẫu chạy được.",
        "Lay out a new workspace with a working sample.",
    ),
    "check": (
        "Kiểm tra loa.yaml, chiến dịch và nội dung; báo mọi lỗi một lượt.",
        "Check loa.yaml, campaigns and content; every problem at once.",
    ),
    "rules": (
        "Quy tắc tin nhắn đang áp dụng: căn cứ, giờ gửi, số tin, nhãn, người duyệt.",
        "The rules of messages in force: basis, hours, cap, label, approvals.",
    ),
    "schema": ("Ghi JSON Schema cho trình soạn thảo YAML.", "Write the JSON Schemas for YAML editors."),
    "timetable": ("Xem lịch phát; xuất tệp .ics.", "Show the timetable; write an .ics file."),
    "render": ("Dựng ấn phẩm còn thiếu.", "Make the pictures, clips, print and sound that are missing."),
    "preview": ("Mở trang xem trước mọi suất phát.", "Open the page with every slot as it will look."),
    "proof": (
        "Ghi chiến dịch ra một thư mục để gửi đi duyệt: mở không cần mạng, ý kiến gửi về bằng tệp có ký.",
        "Write a campaign as a folder to be sent for approval; opinions come back as a signed file.",
    ),
    "approve": ("Duyệt đúng nội dung đang có.", "Approve exactly the content as it stands."),
    "return": ("Trả lại kèm lý do.", "Return for changes, with a reason."),
    "run": ("Chạy bộ lịch phát của thư mục này.", "Run the scheduler of this workspace."),
    "worker": (
        "Chạy máy phát phụ: gửi và dựng thay cho máy chạy `loa run`, trên sổ phát chung.",
        "Run a worker: send and render for the machine of `loa run`, on a shared book.",
    ),
    "webhooks": (
        "Mở cổng nhận biên nhận và tin nhắn đến từ tổng đài.",
        "Open the door for receipts and messages that gateways report.",
    ),
    "rehearse": (
        "Diễn tập cả chiến dịch trên bãi tập với đồng hồ mô phỏng.",
        "Rehearse a campaign against the sandbox on a simulated clock.",
    ),
    "metrics": (
        "Số liệu cho hệ thống giám sát (Prometheus).",
        "Figures for a monitoring system (Prometheus).",
    ),
    "alerts": (
        "Báo sự cố cho cơ quan: kiểm tra, thử đường báo, xem đã báo gì.",
        "Telling the office of trouble: look, try the ways, see what was told.",
    ),
    "alerts check": (
        "Tìm sự cố (kể cả bộ lịch phát ngừng chạy) và báo; để hệ điều hành chạy định kỳ.",
        "Look for trouble, a silent scheduler too, and tell; for a timer of the system.",
    ),
    "alerts test": ("Gửi thử theo từng đường báo trong loa.yaml.", "Send a trial on each way of loa.yaml."),
    "alerts list": ("Đang có sự cố gì, đã báo những gì.", "What is wrong now, and what was told."),
    "status": (
        "Đang ở đâu: sắp phát, chờ duyệt, trễ, chưa rõ, lỗi.",
        "Where things stand: next, waiting, late, unknown, failed.",
    ),
    "decide": (
        "Người quyết định cho lượt gửi chưa rõ kết quả hoặc quá hạn.",
        "A person's decision on an unknown or late delivery.",
    ),
    "retry": (
        "Gửi lại những lượt bị từ chối, không đụng đến lượt đã phát.",
        "Send again what was refused; what is done is not touched.",
    ),
    "correct": (
        "Đính chính lời của bài đã phát; đính chính cũng phải được duyệt.",
        "Correct the words of a post that is out; a correction is approved too.",
    ),
    "takedown": (
        "Gỡ bài đã phát, bất kể giờ giấc.",
        "Take posts down, at any hour.",
    ),
    "report": ("Viết báo cáo HTML và CSV.", "Write the report as HTML and CSV."),
    "insights": (
        "Hỏi các kênh số người xem, bấm vào từng bài.",
        "Ask the channels how often each post was seen and clicked.",
    ),
    "stop": ("Dừng tất cả ngay.", "Stop everything at once."),
    "resume": ("Cho chạy tiếp sau khi dừng.", "Go on after a stop."),
    "doctor": (
        "Khám máy, thư mục làm việc, khóa bí mật và mọi tài khoản.",
        "Look over the machine, the workspace, the secrets and every account.",
    ),
    "verify": (
        "Kiểm tra sổ phát, sổ biên nhận và ấn phẩm đã duyệt còn nguyên vẹn.",
        "Check that the book, its journal and what was approved are as they were written.",
    ),
    "backup": (
        "Sao lưu sổ phát và tệp của cơ quan thành một tệp; không phải dừng phát.",
        "Back up the book and the office's files as one file; nothing has to stop.",
    ),
    "restore": (
        "Khôi phục sổ phát từ bản sao lưu hoặc sổ biên nhận; tin đã phát không phát lại.",
        "Restore the book from a backup or its journal; what is out is not sent again.",
    ),
    "migrate-store": (
        "Chuyển sổ phát sang PostgreSQL (hoặc về một tệp); sổ cũ không gửi được nữa.",
        "Move the book to PostgreSQL (or back to a file); the old one never sends again.",
    ),
    "service": (
        "Để máy tự chạy Loa: Windows, Linux, macOS.",
        "Have the machine start Loa by itself: Windows, Linux, macOS.",
    ),
    "service install": (
        "Ghi tệp dịch vụ vào var/service và nêu lệnh để bật; không tự bật.",
        "Write the files into var/service and say what switches them on; nothing is switched on.",
    ),
    "service show": ("In các tệp dịch vụ và các lệnh; không ghi gì.", "Print the files and commands; write nothing."),
    "service remove": (
        "Xóa tệp dịch vụ đã ghi và nêu lệnh để tắt.",
        "Remove the files that were written and say what switches them off.",
    ),
    "secret": ("Khóa bí mật của các tài khoản: đặt, xem, thử, xóa.", "Secrets of the accounts: set, list, test."),
    "secret set": (
        "Lưu một khóa; giá trị gõ không hiện, không nằm trong dòng lệnh.",
        "Keep a secret; its value is typed unseen, never given on the command line.",
    ),
    "secret list": (
        "Mọi khóa mà loa.yaml cần, đang ở đâu, còn thiếu gì; không hiện giá trị.",
        "Every secret that loa.yaml asks for, where it is, what is missing; never a value.",
    ),
    "secret test": (
        "Hỏi kênh xem khóa còn dùng được không; không đăng gì.",
        "Ask the platforms whether the secrets are good; nothing is published.",
    ),
    "secret remove": ("Xóa một khóa khỏi nơi Loa giữ.", "Forget a secret wherever Loa keeps it."),
    "people": (
        "Những người làm việc ở bàn duyệt: vai, ủy quyền, mã PIN.",
        "The people of the review desk: roles, delegations, PINs.",
    ),
    "people list": (
        "Ai được làm gì, đang duyệt thay ai, đã có mã PIN chưa.",
        "Who may do what, in whose name, and who has a PIN.",
    ),
    "people pin": (
        "Đặt hoặc đổi mã PIN của một người; gõ không hiện.",
        "Set or change a person's PIN, typed unseen.",
    ),
    "people unlock": (
        "Mở khóa tên bị khóa vì nhập sai mã PIN.",
        "Unlock a name after wrong PINs.",
    ),
    "login": (
        "Đăng nhập tài khoản trên trang của kênh (Zalo); sau đó Loa tự gia hạn.",
        "Log an account in on the channel's own page (Zalo); Loa then renews the login.",
    ),
    "sandbox": (
        "Mở bãi tập: Facebook, Zalo, X và SMS giả lập trên máy này.",
        "Run the sandbox: imitations of Facebook, Zalo, X and SMS.",
    ),
    "template": ("Mẫu ấn phẩm: xem, kiểm tra, làm mẫu mới.", "Templates: look, check, make new ones."),
    "template list": ("Mọi mẫu đang có.", "Every template there is."),
    "template show": (
        "Một mẫu cần điền gì, làm được khổ nào, viết trong chiến dịch ra sao.",
        "What a template asks for, its formats, and how a campaign calls it.",
    ),
    "template check": (
        "Dàn trang dữ liệu mẫu ở mọi khổ, báo mọi lỗi.",
        "Lay out the sample data in every format; every problem.",
    ),
    "template new": ("Chép một mẫu về thư mục làm việc để sửa.", "Copy a template into the workspace to change it."),
    "template preview": (
        "Mở trang xem mẫu: lưu tệp là hình đổi ngay.",
        "Open a page that shows a template anew at every save.",
    ),
    "brand": ("Nhận diện: màu, biểu trưng của cơ quan.", "Brands: colours and logo of an office."),
    "brand check": ("Kiểm tra độ tương phản của nhận diện.", "Check the contrast of a brand."),
    "brand new": (
        "Tạo nhận diện từ một hoặc hai màu, đủ tương phản.",
        "Derive a brand from one or two colours, with enough contrast.",
    ),
    "handoff": (
        "Gói việc chờ người làm: YouTube, TikTok, cổng thông tin, loa truyền thanh, in ấn, công văn.",
        "Packages for people: YouTube, TikTok, portals, loudspeakers, print, letters.",
    ),
    "handoff list": ("Các gói đang chờ, quá hạn xếp trước.", "The packages that wait, late ones first."),
    "handoff open": ("Thư mục của một gói.", "The folder of a package."),
    "handoff done": ("Báo đã làm xong, kèm minh chứng.", "Tell that one is done, with proof."),
    "handoff cancel": ("Bỏ một gói, ghi lý do.", "Give one up, with the reason."),
    "recipients": (
        "Danh sách người nhận: nhập, xem lại, xóa.",
        "Lists of people: import, review, purge.",
    ),
    "recipients import": (
        "Nhập số từ tệp CSV hoặc XLSX, thay cho số cũ của danh sách.",
        "Bring the numbers of a file in, in the place of the old ones.",
    ),
    "recipients stats": (
        "Mỗi danh sách có bao nhiêu người, theo đơn vị; không hiện số.",
        "How many people each list has, by unit; no numbers.",
    ),
    "recipients review": (
        "Những dòng chưa nhận: vì sao, và xử lý từng dòng.",
        "The rows that were not taken: why, and what to do with each.",
    ),
    "recipients purge": (
        "Xóa số đã hết hạn giữ; số liệu tổng hợp vẫn còn.",
        "Let numbers go whose days are over; aggregates stay.",
    ),
    "recipients forget": (
        "Xóa một người khỏi mọi danh sách theo yêu cầu của họ.",
        "Take one person out of everything, as they asked.",
    ),
    "recipients block": (
        "Nạp danh sách Không quảng cáo (DNC).",
        "Bring a do-not-call file in.",
    ),
    "sms": (
        "Tin nhắn: so hai dạng, mở tài khoản, thử, dừng, hồ sơ gửi nhà mạng.",
        "Messages: both forms, arming, trial, pause, the operators' dossier.",
    ),
    "sms compare": (
        "So sánh tin có dấu và không dấu: số phần, chi phí, giờ gửi xong.",
        "A message with and without marks: parts, cost, when it is finished.",
    ),
    "sms go": (
        "Tin thử đã đến tốt: gửi phần còn lại.",
        "The trial messages arrived well: send the rest.",
    ),
    "sms pause": ("Tạm dừng một đợt nhắn đang gửi.", "Hold messages that are going out."),
    "sms resume": ("Gửi tiếp đợt đã tạm dừng, không ai nhận hai lần.", "Go on; nobody gets one twice."),
    "sms doubts": (
        "Những người chưa rõ đã nhận hay chưa; số che.",
        "Who may or may not have the message; numbers masked.",
    ),
    "sms dossier": (
        "Soạn công văn và phụ lục đề nghị nhà mạng nhắn tin; không có số điện thoại.",
        "Write the letter and appendix for operators; no phone numbers.",
    ),
    "sms arm": (
        "Mở tài khoản để nhắn tin thật: danh sách thử trước, mọi người sau.",
        "Let an account send real messages: a test list first, then everybody.",
    ),
    "sms disarm": ("Khóa lại, không nhắn tin thật nữa.", "Take it back: no more real messages."),
    "demo": (
        "Chạy thử trọn vòng trên chiến dịch 10/10 mẫu, không cần mạng.",
        "The whole round on the 10/10 sample, without network.",
    ),
}
