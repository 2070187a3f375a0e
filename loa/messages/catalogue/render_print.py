"""E460–E469: print and documents."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E460": Sentence(
        "{template}: ảnh “{path}” in ra chỉ đạt {dpi} điểm/inch, khổ này cần ít nhất {least}.",
        "{template}: the photo “{path}” would print at {dpi} dpi; this size needs at least {least}.",
        "Dùng ảnh gốc rộng từ {pixels} điểm ảnh trở lên (không lấy ảnh tải về từ Zalo, Facebook), hoặc in khổ nhỏ hơn.",
        "Use an original at least {pixels} pixels wide (not a copy from a chat), or print a smaller size.",
    ),
    "E461": Sentence(
        "Tài liệu “{template}” dài quá {most} trang.",
        "The document “{template}” has more than {most} pages.",
        "Rút gọn nội dung hoặc tách thành hai ấn phẩm.",
        "Shorten it, or make two of it.",
    ),
    "E462": Sentence(
        "{template}: đoạn “{text}…” dài hơn một trang.",
        "{template}: the paragraph “{text}…” is longer than a page.",
        "Tách đoạn này thành các đoạn ngắn hơn, cách nhau một dòng trống.",
        "Split it into shorter paragraphs with a blank line between them.",
    ),
    "E463": Sentence(
        "Mẫu tài liệu “{template}” không in được ở khổ “{format}”: khổ này không có kích thước giấy.",
        "The document template “{template}” cannot be printed in the format “{format}”, which has no paper size.",
        "Thêm mục page (width, height, bleed tính bằng mm) cho khổ này.",
        "Give the format a page (width, height, bleed in mm).",
    ),
    "E464": Sentence(
        "Khổ “{format}” của mẫu “{template}”: các trang và phần tràn lề không nằm gọn trên tờ in, thiếu {missing} mm.",
        "Format “{format}” of template “{template}”: the pages with their bleed do not fit the sheet by {missing} mm.",
        "Giảm số trang trên một tờ, giảm phần tràn lề hoặc dùng tờ in lớn hơn.",
        "Put fewer pages on a sheet, use less bleed or a larger sheet.",
    ),
    "E465": Sentence(
        "Sổ đóng ghim cần số trang chia hết cho 4; “{template}” có {pages} trang.",
        "A saddle-stitched booklet needs a multiple of 4 pages; “{template}” has {pages}.",
        "Thêm hoặc bớt trang, hoặc đặt pad: yes cho một trang đệm trong mẫu.",
        "Add or drop pages, or give the template a page with pad: yes.",
    ),
}
