"""Where a Vietnamese line may break. Syllables are written apart, so compounds need to be held together."""

from __future__ import annotations

import re
from functools import lru_cache

NBSP = "\u00a0"

_COMPOUNDS = """
an toàn, an ninh, ảnh hưởng, bảo hiểm, bảo mật, bảo vệ, bộ phận, biên nhận, báo cáo, bưu chính, bưu điện, cài đặt,
cáp quang, đường truyền,
cải cách, cán bộ, căn cước, cấp đổi, cấp lại, chấm dứt, chất lượng, chi phí, chi trả, chỉ tiêu, chính phủ,
chính quyền, chính xác, chờ đợi, chuyển đổi, chuyển đổi số,
chuyển khoản, chủ động, chữ ký, chứng thực, chứng từ, công an, công chức,
công dân, công khai, công nghệ, công nghiệp, công tác, cộng đồng, cơ quan, cơ sở, cư trú, cửa hàng, danh mục,
dân cư, dân tộc, dễ dàng, dịch vụ, di chuyển, di động, doanh nghiệp, dữ liệu, đất đai, địa chỉ, địa điểm, địa phương,
đăng ký, đăng nhập, đề án, đi lại, điện thoại, điện tử, điều kiện, điểm hẹn, định danh, đơn giản, đơn vị, đúng hạn,
đường dây, gia đình, giải quyết, giám sát, giáo dục, giao dịch, giao tiếp, giấy tờ, giới thiệu, hạ tầng, hành chính,
hạnh phúc, hằng năm, hằng tháng, hài lòng, hạn chế, hệ thống, hiện đại, hiệu lực, hiệu quả, hóa đơn, hoàn thành,
học sinh, hỗ trợ, hộ khẩu, hộ kinh, hồ sơ, hội nghị, hợp tác, hướng dẫn, internet, kê khai, kế hoạch, kết hôn,
kết nối, kết quả, khai báo, khai sinh, khai tử, khai thác, khám bệnh, khảo sát, khiếu nại, kho bạc, khuyến khích,
kiểm tra, kiến nghị, kinh doanh, kinh tế, kỹ năng, kỹ thuật, làm việc, lao động, lệ phí, liên hệ, liên kết, liên thông,
lưu trữ, mật khẩu, miễn phí, minh bạch, mọi lúc, mọi nơi, mở rộng, nâng cao, nền tảng, ngân hàng, ngân sách, nghị định,
nghị quyết, nghiên cứu, ngoại tuyến, người dân, người dùng, nguồn lực, nhanh chóng, nhà nước, nhân dân, nhân lực,
nhiệm vụ, nhu cầu, niềm tin, nông dân, nông nghiệp, nông thôn, phản ánh, phản hồi, phát triển, phần mềm, phục vụ,
phương thức, phương tiện, quản lý, quảng bá, quá trình, quốc gia, quy định, quy trình, quyền lợi, riêng tư, sáng tạo,
sản phẩm, sản xuất, sổ tay, sự kiện, sử dụng, tài chính, tài khoản, tài liệu, tại chỗ, tại nhà, tận tâm, tập huấn,
tạm trú, tạm vắng, thanh niên, thanh toán, thành phố, thành thạo, thân thiện, thẩm quyền, theo dõi, thiết bị,
thiết thực, thông báo, thông minh, thông suốt, thông tin, thời gian, thời hạn, thủ tục, thuận lợi, thuận tiện,
thuế quan, thực hiện, thường trú, thường xuyên, tiện ích, tiện lợi, tiếp cận, tiếp nhận, tiết kiệm, tin cậy,
tin nhắn, tổ chức, tổng đài, tốc độ, toàn dân, toàn diện, toàn trình, tra cứu, trách nhiệm, trả lời, trả kết quả,
tri thức, trình độ, trợ cấp, trợ giúp, truyền thông, truyền thống, trực tiếp, trực tuyến, trưởng thành, tư pháp,
tư vấn, tỷ lệ, ứng dụng, ủy ban, ủy quyền, văn bản, văn hóa, văn minh, vận hành, việc làm, vùng sâu, vùng xa,
xã hội, xác minh, xác nhận, xác thực, xây dựng, xuất trình, xử lý, y tế, ý kiến, yêu cầu,
công dịch vụ quốc gia, một cửa, một phần, lần đầu, mức độ, số hóa, tối thiểu, tối đa, công ích,
chính thức, lợi ích, đồng bộ, tự động
"""
_KNOWN = frozenset(
    tuple(word.split()) for word in re.split(r",\s*", " ".join(_COMPOUNDS.split()).strip()) if " " in word
)
_LONGEST = max(map(len, _KNOWN))
_BEFORE_NUMBER = frozenset(
    ("năm", "tháng", "ngày", "số", "tuổi", "lớp", "độ", "án", "khóa", "kỳ", "đợt", "quý", "từ", "đến", "trên", "hơn")
)
_AFTER_NUMBER = frozenset(
    ("%", "triệu", "tỷ", "nghìn", "năm", "tháng", "ngày", "giờ", "phút", "tuổi", "đồng", "lần", "hồ", "lượt", "bước")
)
_NUMBER = re.compile(r"[\d][\d.,:/%–-]*$")


def _bare(word: str) -> str:
    return word.strip("“”\"'().,:;!?…–").lower()


@lru_cache(maxsize=4096)
def chunks(text: str) -> tuple[str, ...]:
    """The pieces of a paragraph between which a line may break; a compound is one piece (NBSP inside)."""
    words = [word for word in text.split(" ") if word]
    pieces: list[str] = []
    at = 0
    while at < len(words):
        length = _compound_at(words, at)
        pieces.append(NBSP.join(words[at : at + length]))
        at += length
    return tuple(_hold_dashes(_hold_numbers(pieces)))


def _compound_at(words: list[str], at: int) -> int:
    for length in range(min(_LONGEST, len(words) - at), 1, -1):
        inner = words[at : at + length]
        unbroken = all(not word.endswith((",", ".", ";", ":", "!", "?")) for word in inner[:-1])
        if unbroken and tuple(_bare(word) for word in inner) in _KNOWN:
            return length
    return 1


def _hold_numbers(pieces: list[str]) -> list[str]:
    held: list[str] = []
    for piece in pieces:
        previous = held[-1] if held else ""
        last, first = _bare(previous.split(NBSP)[-1]), _bare(piece.split(NBSP)[0])
        after = _NUMBER.match(last) and first in _AFTER_NUMBER
        before = _NUMBER.match(first) and last in _BEFORE_NUMBER
        if previous and (after or before) and not previous.endswith((",", ".", ";", ":")):
            held[-1] = previous + NBSP + piece
        else:
            held.append(piece)
    return held


def _hold_dashes(pieces: list[str]) -> list[str]:
    """A dash stays at the end of its line, never at the head of the next."""
    held: list[str] = []
    for piece in pieces:
        if piece in {"–", "-", "—", "|", "·"} and held:
            held[-1] += NBSP + piece
        else:
            held.append(piece)
    return held
