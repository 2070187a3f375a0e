"""E4xx: templates, pictures and clips."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E401": Sentence(
        "Không tìm thấy mẫu “{template}”.",
        "There is no template “{template}”.",
        "Mẫu nằm trong templates/, ví dụ infographics/chi-so hoặc clips/con-so.",
        "Templates lie in templates/, for example infographics/chi-so or clips/con-so.",
    ),
    "E402": Sentence(
        "Mẫu “{template}” không có khổ “{format}”. Các khổ dùng được: {accepted}.",
        "Template “{template}” has no format “{format}”. It has: {accepted}.",
        "Sửa mục formats của ấn phẩm.",
        "Change the formats of this asset.",
    ),
    "E403": Sentence(
        "Mẫu “{template}” cần trường “{field}” ({about}) nhưng chưa có nội dung.",
        "Template “{template}” needs the field “{field}” ({about}), which is empty.",
        "Điền trường này ở mục data (hoặc facts) của ấn phẩm.",
        "Fill it under data (or facts) of the asset.",
    ),
    "E404": Sentence(
        "Trường “{field}” của mẫu “{template}” sai kiểu: {about}.",
        "Field “{field}” of template “{template}” has the wrong kind: {about}.",
        "Viết thành danh sách hoặc một dòng chữ theo mô tả của mẫu.",
        "Write a list or a line of text, as the template describes.",
    ),
    "E405": Sentence(
        "Trường “{field}” dài {length}, mẫu “{template}” nhận nhiều nhất {most}.",
        "Field “{field}” has a length of {length}; template “{template}” takes {most} at most.",
        "Rút gọn nội dung của trường này.",
        "Shorten this field.",
    ),
    "E438": Sentence(
        "Danh sách “{field}” có {length} phần tử, mẫu “{template}” cần ít nhất {least}.",
        "List “{field}” has {length} entries; template “{template}” needs {least} at least.",
        "Thêm phần tử, hoặc chọn mẫu khác hợp với ít nội dung.",
        "Add entries, or choose a template for less content.",
    ),
    "E439": Sentence(
        "Mẫu “{template}” không có cách bố trí nào cho nội dung này, một phần hình sẽ trống.",
        "Template “{template}” has no layout for this content; a part of the picture would stay empty.",
        "Thêm một cách bố trí (options) không kèm điều kiện, hoặc đổi số phần tử của danh sách.",
        "Add an option without a condition, or change the number of entries.",
    ),
    "E411": Sentence(
        "Mẫu dùng trường “{field}” chưa khai báo ở mục fields.",
        "The template uses the field “{field}”, which its fields do not declare.",
        "Khai báo trường ở mục fields hoặc sửa tên.",
        "Declare it under fields, or mend the name.",
    ),
    "E412": Sentence(
        "Không có màu “{color}” trong brand.yaml.",
        "brand.yaml has no colour “{color}”.",
        "Dùng tên màu có trong brand.yaml, ví dụ primary, ink/60, accent.",
        "Use a colour of brand.yaml, for example primary, ink/60, accent.",
    ),
    "E413": Sentence(
        "Không có phần “{part}” ở mục parts của mẫu.",
        "The template has no part “{part}”.",
        "Sửa tên phần, hoặc thêm phần này vào parts.",
        "Mend the name, or add the part under parts.",
    ),
    "E414": Sentence(
        "Không có biểu tượng “{icon}”.",
        "There is no icon “{icon}”.",
        "Chọn một biểu tượng trong danh sách.",
        "Choose an icon of the list.",
    ),
    "E415": Sentence(
        "Kích thước “{token}” chưa khai báo ở khổ “{format}”.",
        "The size “{token}” is not among the tokens of format “{format}”.",
        "Thêm vào mục tokens của khổ này.",
        "Add it to the tokens of this format.",
    ),
    "E416": Sentence(
        "Mẫu phải có đúng một trong ba: box (hình), scenes (clip) hoặc pages (tài liệu).",
        "A template has one of these: a box (picture), scenes (clip), pages (document).",
        "Giữ lại một mục.",
        "Keep one of them.",
    ),
    "E417": Sentence(
        "Clip dài {seconds} giây; mẫu “{template}” cho phép từ {least} đến {most} giây.",
        "The clip lasts {seconds} s; template “{template}” allows {least} to {most} s.",
        "Bớt số liệu hoặc sửa thời lượng các cảnh.",
        "Use fewer figures, or change the length of the scenes.",
    ),
    "E418": Sentence(
        "Không có khổ chung “{format}”.",
        "There is no shared format “{format}”.",
        "Chọn một trong các khổ: {accepted}.",
        "Choose one of: {accepted}.",
    ),
    "E419": Sentence(
        "Phần “{part}” dùng lại chính nó, không bao giờ hết.",
        "Part “{part}” uses itself and would never end.",
        "Bỏ một lần use trong vòng lặp này.",
        "Take one use out of this circle.",
    ),
    "E420": Sentence(
        "Không có bộ nhận diện “{brand}” (templates/brands/{brand}.yaml).",
        "There is no brand “{brand}” (templates/brands/{brand}.yaml).",
        "Sửa lại tên, hoặc tạo tệp theo hướng dẫn trong docs/nhan-dien.md.",
        "Correct the name, or make the file as docs/nhan-dien.md tells.",
    ),
    "E421": Sentence(
        "Không tìm thấy tệp ảnh “{path}”.",
        "The picture “{path}” was not found.",
        "Kiểm tra đường dẫn; tệp phải nằm trong thư mục làm việc.",
        "Check the path; the file must lie in the workspace.",
    ),
    "E422": Sentence(
        "Tệp “{path}” không phải ảnh đọc được (nhận: {accepted}).",
        "“{path}” is not a picture that can be read (accepted: {accepted}).",
        "Lưu lại ảnh dưới dạng PNG hoặc JPEG.",
        "Save it again as PNG or JPEG.",
    ),
    "E423": Sentence(
        "Ảnh “{path}” quá lớn (nhiều nhất 40 triệu điểm ảnh, 30 MB).",
        "The picture “{path}” is too large (40 million pixels, 30 MB at most).",
        "Thu nhỏ ảnh trước khi dùng.",
        "Make it smaller first.",
    ),
    "E431": Sentence(
        "{template}: không đủ chỗ cho “{text}”.",
        "{template}: there is no room for “{text}”.",
        "Rút gọn nội dung, bớt số liệu hoặc bớt bước.",
        "Shorten the text, or use fewer figures or steps.",
    ),
    "E432": Sentence(
        "{template}: phông chữ không có ký tự {glyphs} trong “{text}”.",
        "{template}: the font has no {glyphs}, used in “{text}”.",
        "Thay ký tự đó; biểu tượng cảm xúc không dùng trong ấn phẩm.",
        "Replace it; emoji are not used in artwork.",
    ),
    "E433": Sentence(
        "{template}: chữ “{text}” khó đọc, độ tương phản chỉ {ratio}.",
        "{template}: “{text}” is hard to read, its contrast is only {ratio}.",
        "Đổi màu chữ hoặc màu nền trong brand.yaml.",
        "Change the colour of text or ground in brand.yaml.",
    ),
    "E434": Sentence(
        "{template}: mã QR của “{text}” quá nhỏ để quét ({module} điểm ảnh mỗi ô).",
        "{template}: the QR code of “{text}” is too small to scan ({module} pixels a module).",
        "Dùng đường dẫn ngắn hơn.",
        "Use a shorter link.",
    ),
    "E435": Sentence(
        "{template}: chữ “{text}” chỉ còn cỡ {size}, quá nhỏ để đọc trên điện thoại.",
        "{template}: “{text}” would be set at {size}, too small for a phone.",
        "Rút gọn nội dung, bớt số liệu hoặc bớt bước.",
        "Shorten the text, or use fewer figures or steps.",
    ),
    "E436": Sentence(
        "{template}: “{text}” nằm ngoài vùng an toàn của khổ hình.",
        "{template}: “{text}” stands outside the safe area of the format.",
        "Sửa kích thước trong mẫu.",
        "Mend the sizes in the template.",
    ),
    "E441": Sentence(
        "Không ghi được clip: {reason}",
        "The clip could not be written: {reason}",
        "Kiểm tra dung lượng đĩa; chạy lại lệnh render.",
        "Check the free space of the disk; run render again.",
    ),
}
