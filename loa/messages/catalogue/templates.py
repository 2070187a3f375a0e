"""E49x: looking at templates, and brands."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E490": Sentence(
        "Mẫu “{template}” chưa có dữ liệu mẫu (preview.yaml).",
        "Template “{template}” has no sample data (preview.yaml).",
        "Tạo tệp preview.yaml cạnh template.yaml, ghi nội dung mẫu dưới khóa data.",
        "Write preview.yaml beside template.yaml, with sample content under the key data.",
    ),
    "E491": Sentence(
        "Tên “{name}” không dùng được cho mẫu mới.",
        "“{name}” cannot be the name of a new template.",
        "Viết dạng <loại>/<tên>, chữ thường không dấu, cùng loại với mẫu gốc, ví dụ infographics/chi-so-xa.",
        "Write <kind>/<name> in lower-case letters, of the same kind as the original, such as infographics/chi-so-xa.",
    ),
    "E492": Sentence(
        "Đã có {path}; không ghi đè.",
        "{path} is there already; it is not overwritten.",
        "Chọn tên khác, hoặc xóa tệp cũ nếu không dùng nữa.",
        "Choose another name, or remove the old file if it is no longer used.",
    ),
    "E493": Sentence(
        "Chữ {text} trên nền {ground} chỉ đạt độ tương phản {ratio}:1, cần ít nhất {least}:1{where}.",
        "{text} on {ground} has a contrast of {ratio}:1 only; it needs {least}:1 at least{where}.",
        "Đổi {text} thành {better} (cùng tông màu, đủ tương phản) hoặc chỉnh màu nền {ground}.",
        "Change {text} to {better} (the same hue, enough contrast), or change the ground {ground}.",
    ),
    "E494": Sentence(
        "Dải màu “{gradient}” dùng màu “{color}” không có trong bảng màu.",
        "Gradient “{gradient}” uses the colour “{color}”, which the palette does not have.",
        "Dùng tên màu đã khai báo ở colors, hoặc mã dạng #RRGGBB.",
        "Use the name of a colour under colors, or a value like #RRGGBB.",
    ),
    "E495": Sentence(
        "“{value}” không phải mã màu.",
        "“{value}” is not a colour.",
        'Viết mã màu dạng #RRGGBB, ví dụ "#0B6B3A" (đặt trong ngoặc kép khi gõ lệnh).',
        'Write a colour as #RRGGBB, such as "#0B6B3A" (in quotation marks on the command line).',
    ),
    "E496": Sentence(
        "Tên nhận diện “{name}” không dùng được.",
        "“{name}” cannot be the name of a brand.",
        "Dùng chữ thường không dấu, số và dấu gạch nối, ví dụ tinh-lam-dong.",
        "Use lower-case letters, digits and hyphens, such as tinh-lam-dong.",
    ),
    "E498": Sentence(
        "Biểu trưng “{logo}” của nhận diện không có trong thư mục làm việc.",
        "The brand's logo “{logo}” is not in the workspace.",
        "Chép tệp ảnh vào thư mục làm việc (ví dụ templates/brands/) rồi ghi đúng đường dẫn.",
        "Copy the picture into the workspace (templates/brands/, for example) and write its path.",
    ),
    "E499": Sentence(
        "{channel} không đăng được bản in hay âm thanh: {asset}.",
        "{channel} cannot publish print or sound: {asset}.",
        "Bỏ ấn phẩm này khỏi mục asset của kênh; giao nó qua kênh print (in ấn) hoặc loudspeaker (loa truyền thanh).",
        "Take it out of the channel's asset; hand it over by the channel print or loudspeaker.",
    ),
}
