"""E424 to E430 and E480 to E489: what comes in from outside, and whether what goes out keeps the rules."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E424": Sentence(
        "“{path}” không phải một tệp.",
        "“{path}” is not a file.",
        "Ghi đường dẫn tới tệp ảnh, không phải thư mục.",
        "Name the file of the picture, not a folder.",
    ),
    "E425": Sentence(
        "Tệp ảnh “{path}” có cấu trúc bất thường, không an toàn để mở.",
        "The picture “{path}” is built in an unusual way and is not safe to open.",
        "Mở ảnh bằng chương trình xem ảnh rồi lưu lại dưới dạng PNG hoặc JPEG; không rõ nguồn thì không dùng.",
        "Open it in a viewer and save it again as PNG or JPEG; if you do not know where it came from, do not use it.",
    ),
    "E426": Sentence(
        "Trường “{field}” của “{template}” quá dài (quá {most} ký tự) hoặc lồng quá nhiều lớp.",
        "Field “{field}” of “{template}” is too long (over {most} characters) or nested too deeply.",
        "Ấn phẩm chỉ nêu điều chính; phần dài để trong bài viết.",
        "Say the main thing in the picture; leave the rest to the text of the post.",
    ),
    "E427": Sentence(
        "Mẫu lặp ra quá nhiều ô (nhiều nhất {most}).",
        "The template repeats into too many boxes ({most} at most).",
        "Bớt số phần tử trong danh sách, hoặc bỏ các each lồng nhau trong mẫu.",
        "Use fewer entries in the lists, or take nested each out of the template.",
    ),
    "E428": Sentence(
        "Mẫu quá lớn khi ghép các phần: {count} hộp (nhiều nhất {most}), lồng {depth} lớp (nhiều nhất {deepest}).",
        "With its parts laid in the template is too large: {count} boxes ({most} at most), {depth} deep ({deepest}).",
        "Bớt các phần use lồng nhau.",
        "Use fewer parts within parts.",
    ),
    "E429": Sentence(
        "Trường “{field}” của “{template}” có ký tự ẩn hoặc ký tự điều khiển ({sign}).",
        "Field “{field}” of “{template}” has hidden or control characters ({sign}).",
        "Xóa đoạn chữ đã dán và gõ lại.",
        "Delete the text that was pasted and type it again.",
    ),
    "E480": Sentence(
        "{template}: mã QR của “{text}” không quét được khi hình hiện nhỏ trên điện thoại.",
        "{template}: the QR code of “{text}” cannot be scanned when the picture is shown small on a phone.",
        "Dùng đường dẫn ngắn hơn, hoặc màu mã đậm trên nền trắng.",
        "Use a shorter link, or a dark code on a white ground.",
    ),
    "E481": Sentence(
        "{channel} không nhận {asset}: kích thước {found} điểm ảnh, cần {allowed}.",
        "{channel} does not take {asset}: {found} pixels, where {allowed} is asked for.",
        "Đổi sang khổ khác ở mục asset; clip dọc dùng khổ story.",
        "Use another format under asset; an upright clip is story.",
    ),
    "E482": Sentence(
        "{channel} không nhận {asset}: tỉ lệ khung hình {found}, cần {allowed}.",
        "{channel} does not take {asset}: the frame is {found} wide for its height, where {allowed} is asked for.",
        "Đổi sang khổ khác ở mục asset; clip dọc dùng khổ story.",
        "Use another format under asset; an upright clip is story.",
    ),
    "E483": Sentence(
        "{channel} không nhận {asset}: tệp {found}, nhiều nhất {allowed}.",
        "{channel} does not take {asset}: the file has {found}, where {allowed} is asked for.",
        "Dùng ảnh nền nhẹ hơn, hoặc khổ nhỏ hơn.",
        "Use a lighter photo, or a smaller format.",
    ),
    "E484": Sentence(
        "{channel} không nhận {asset}: dài {found} giây, cần {allowed} giây.",
        "{channel} does not take {asset}: it lasts {found} s, where {allowed} s is asked for.",
        "Thêm hoặc bớt cảnh, số liệu của clip.",
        "Use more or fewer scenes or figures.",
    ),
    "E486": Sentence(
        "{channel} không nhận {asset}: {found}, cần {allowed}.",
        "{channel} does not take {asset}: {found}, where {allowed} is asked for.",
        "Dựng lại ấn phẩm bằng Loa; nếu vẫn bị, gửi tệp nhật ký cho nhóm phát triển.",
        "Make it again with Loa; if that does not help, send the log to the developers.",
    ),
    "E485": Sentence(
        "Kích thước “{value}” không dùng được.",
        "The size “{value}” cannot be used.",
        "Viết một số từ -20000 đến 20000, hoặc tên kích thước như $margin.",
        "Write a number between -20000 and 20000, or the name of a size such as $margin.",
    ),
    "E487": Sentence(
        "“{value}” không phải là số nên không vẽ thành biểu đồ được.",
        "“{value}” is not a number and cannot be drawn as a chart.",
        "Viết số theo kiểu Việt Nam, ví dụ 62,5 hoặc 1.234; đơn vị ghi ở unit.",
        "Write the figure the Vietnamese way, such as 62,5 or 1.234; its unit goes to unit.",
    ),
    "E488": Sentence(
        "Nội dung mã QR dài {length} ký tự, nhiều nhất {most}: “{value}…”",
        "The QR code would hold {length} characters, {most} at most: “{value}…”",
        "Dùng đường dẫn ngắn hơn.",
        "Use a shorter link.",
    ),
    "E489": Sentence(
        "Tệp đã dựng “{path}” bị hỏng, không đọc được.",
        "The finished file “{path}” is damaged and cannot be read.",
        "Xóa tệp trong var/assets rồi chạy lại loa render.",
        "Delete it in var/assets and run loa render again.",
    ),
}
