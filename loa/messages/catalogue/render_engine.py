"""E45x: how words are set and how pictures are written out."""

from __future__ import annotations

from loa.messages.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "E450": Sentence(
        "Mẫu {template}: không đủ chỗ để giữ liền từ ghép hoặc số với đơn vị trong “{text}”.",
        "Template {template}: there is no room to keep a compound, or a number and its unit, together in “{text}”.",
        "Rút gọn dòng chữ này, hoặc cho ô chữ rộng hơn, thêm dòng (lines), hay cho phép chữ nhỏ hơn (smallest).",
        "Shorten this text, or give its box more width, more lines, or a smaller smallest size.",
    ),
    "E452": Sentence(
        "Không dùng được phông chữ “{font}” trong bộ nhận diện.",
        "The font “{font}” of the brand cannot be used.",
        "Viết Be Vietnam Pro hoặc Noto Sans, hoặc đặt tệp .ttf, .otf của phông vào templates/fonts/ và ghi tên tệp.",
        "Write Be Vietnam Pro or Noto Sans, or put the .ttf or .otf file into templates/fonts/ and name the file.",
    ),
    "E451": Sentence(
        "Ảnh nặng {bytes} byte ở chất lượng thấp nhất còn đọc được, vượt mức {most} byte của kênh.",
        "At the lowest quality that can still be read the picture takes {bytes} bytes; the channel takes {most}.",
        "Dùng khổ nhỏ hơn, hoặc bớt ảnh chụp và họa tiết nhiều chi tiết.",
        "Use a smaller format, or fewer photos and fine ornaments.",
    ),
}
