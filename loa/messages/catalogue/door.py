"""E806–E815, E820, E841, E842, E870, E871: who gets in at the review desk, who may do what, pictures they bring."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E806": Sentence(
        "Bạn chưa đăng nhập nên chỉ xem được.",
        "You have not signed in, so you can only look.",
        "Bấm “Đăng nhập” ở góc trên, chọn tên của bạn rồi làm lại.",
        "Press “Sign in” at the top, choose your name and try again.",
    ),
    "E807": Sentence(
        "{name} chưa được giao việc này (cần vai {role}).",
        "{name} is not entrusted with this (it takes the role {role}).",
        "Nhờ người có vai đó làm, hoặc nhờ cán bộ CNTT thêm vai cho bạn ở mục reviewers của loa.yaml.",
        "Ask somebody who has that role, or have it added under reviewers in loa.yaml.",
    ),
    "E808": Sentence(
        "Mã PIN không đúng.",
        "This PIN is not right.",
        "Gõ lại. Sau 5 lần sai, tên này bị khóa một lúc; quên mã thì nhờ cán bộ CNTT chạy: loa people pin.",
        "Type it again. After 5 wrong tries the name is locked for a while; loa people pin sets a new one.",
    ),
    "E809": Sentence(
        "Tên {name} đang bị khóa đến {until} vì nhập sai mã PIN nhiều lần.",
        "{name} is locked until {until}: the PIN was wrong too often.",
        "Chờ đến giờ đó rồi thử lại, hoặc nhờ cán bộ CNTT chạy: loa people unlock.",
        "Wait until then, or have it unlocked by: loa people unlock.",
    ),
    "E810": Sentence(
        "{name} chưa có mã PIN. Ở cơ quan này ai đăng nhập cũng phải có mã PIN.",
        "{name} has no PIN yet. In this office everybody who signs in has one.",
        "Nhờ cán bộ CNTT chạy trên máy này: loa people pin.",
        "Have one set on this machine by: loa people pin.",
    ),
    "E811": Sentence(
        "Mã PIN phải gồm 6 đến 12 chữ số, không phải dãy liền nhau (123456) hay một chữ số lặp lại (000000).",
        "A PIN has 6 to 12 digits, no run such as 123456 and not one digit again and again (000000).",
        "Chọn mã khác mà người ngoài khó đoán; không dùng ngày sinh hay số điện thoại.",
        "Choose one that others cannot guess; no birthday, no phone number.",
    ),
    "E812": Sentence(
        "Chưa mở cho máy khác được: những người sau được quyết định mà chưa có mã PIN: {names}.",
        "The desk is not opened to other machines: these people may decide and have no PIN: {names}.",
        "Đặt mã cho từng người bằng: loa people pin TÊN.",
        "Set one for each by: loa people pin NAME.",
    ),
    "E813": Sentence(
        "Chưa mở cho máy khác được: đường truyền chưa được mã hóa. {detail}",
        "The desk is not opened to other machines: the line is not encrypted. {detail}",
        "Thêm --cert và --key (chứng thư TLS của máy này), hoặc --behind-proxy https://… nếu đã có máy chủ trung gian.",
        "Add --cert and --key (a TLS certificate of this machine), or --behind-proxy https://… where there is a proxy.",
    ),
    "E814": Sentence(
        "Tệp này không dùng làm ảnh được.",
        "This file cannot be used as a picture.",
        "Chọn ảnh PNG, JPEG hoặc WEBP còn nguyên vẹn, tối đa 20 MB và 50 triệu điểm ảnh.",
        "Choose a sound PNG, JPEG or WEBP of at most 20 MB and 50 million pixels.",
    ),
    "E815": Sentence(
        "“{value}” không phải là một người khác có trong mục reviewers.",
        "“{value}” is not another person listed under reviewers.",
        "Ghi mã (id) của hai người khác nhau: from là người ủy quyền, to là người được ủy quyền.",
        "Give the ids of two people: from is who delegates, to is who approves meanwhile.",
    ),
    "E820": Sentence(
        "Ủy quyền kết thúc ({end}) trước khi bắt đầu ({start}).",
        "The delegation ends ({end}) before it begins ({start}).",
        "Sửa since hoặc until; cả hai ngày đều tính trong thời hạn.",
        "Mend since or until; both days belong to it.",
    ),
    "E841": Sentence(
        "Cần mã PIN của {name}.",
        "The PIN of {name} is needed.",
        "Gõ mã khi được hỏi; trong tập lệnh thì đưa mã vào đầu vào chuẩn, một dòng.",
        "Type it when you are asked; a script hands it over as a line of standard input.",
    ),
    "E842": Sentence(
        "Ở cơ quan này, cho chạy tiếp thì phải có tên người quyết định.",
        "In this office somebody has to say, by name, that things go on.",
        "Thêm --as TÊN của người có quyền phát hành.",
        "Add --as NAME of a publisher.",
    ),
    "E870": Sentence(
        "Trình duyệt này chưa được mời vào, hoặc phiên làm việc đã hết.",
        "This browser has not been let in, or its time is over.",
        "Nhấn Enter ở cửa sổ đang chạy loa preview (hoặc chạy lại lệnh đó) để lấy liên kết mới; mỗi liên kết chỉ mở "
        "được một lần. Người quản trị đang đăng nhập cũng tạo được liên kết mới.",
        "Press Enter where loa preview runs (or run it again) for a new link, which works once. An administrator who "
        "has signed in can make one too.",
    ),
    "E871": Sentence(
        "Trang này mở từ trước khi đăng nhập hoặc đổi người, nên chưa ghi gì.",
        "This page is older than the last sign-in, so nothing was recorded.",
        "Tải lại trang (F5) rồi làm lại.",
        "Reload the page (F5) and try again.",
    ),
}
