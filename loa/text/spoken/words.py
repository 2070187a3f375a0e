"""How short forms, letters, units and names of web pages are said. An office adds its own words in ``loa.yaml``."""

from __future__ import annotations

import re

SHORT_FORMS = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc", "TTg": "Thủ tướng Chính phủ", "TW": "Trung ương", "BCH": "Ban Chấp hành",
    "BCĐ": "Ban Chỉ đạo", "BTC": "Ban Tổ chức", "QH": "Quốc hội", "VP": "Văn phòng",
    "TT&TT": "Thông tin và Truyền thông", "KH&CN": "Khoa học và Công nghệ", "GD&ĐT": "Giáo dục và Đào tạo",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch", "LĐTBXH": "Lao động, Thương binh và Xã hội", "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến", "TTHC": "thủ tục hành chính", "TTHCC": "Trung tâm Hành chính công",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công", "HCC": "hành chính công", "CCHC": "cải cách hành chính",
    "CĐS": "chuyển đổi số", "CNTT": "công nghệ thông tin", "CNSCĐ": "công nghệ số cộng đồng",
    "TCNSCĐ": "Tổ công nghệ số cộng đồng", "KHCN": "khoa học công nghệ", "ATTT": "an toàn thông tin",
    "CSDL": "cơ sở dữ liệu", "CCCD": "căn cước công dân", "CMND": "chứng minh nhân dân", "ĐDĐT": "định danh điện tử",
    "GPLX": "giấy phép lái xe", "GCN": "giấy chứng nhận", "QSDĐ": "quyền sử dụng đất", "KT-XH": "kinh tế, xã hội",
    "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội", "BHTN": "bảo hiểm thất nghiệp", "ANTT": "an ninh trật tự",
    "PCCC": "phòng cháy, chữa cháy", "ATGT": "an toàn giao thông", "VSMT": "vệ sinh môi trường",
    "NTM": "nông thôn mới", "THCS": "trung học cơ sở", "THPT": "trung học phổ thông", "HTX": "hợp tác xã",
    "DN": "doanh nghiệp", "CBCCVC": "cán bộ, công chức, viên chức", "CBCC": "cán bộ, công chức",
    "NCT": "người cao tuổi", "TDP": "tổ dân phố", "TP": "thành phố", "TX": "thị xã",
    "TP.HCM": "Thành phố Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh", "VN": "Việt Nam", "VNĐ": "đồng",
    "VND": "đồng", "USD": "đô la Mỹ", "VNeID": "vi en i đi", "VSSID": "vi ét ét ai đi", "VssID": "vi ét ét ai đi",
    "ID": "ai đi", "QR": "quy a", "OTP": "ô tê pê", "PIN": "pin", "SMS": "ét em ét", "AI": "trí tuệ nhân tạo",
    "IT": "ai ti", "OA": "ô a", "TV": "ti vi", "PC": "pê xê", "ATM": "a tê em", "WiFi": "oai phai",
    "Wifi": "oai phai", "wifi": "oai phai", "Internet": "in-tơ-nét", "internet": "in-tơ-nét", "website": "oép-sai",
    "Website": "Oép-sai", "email": "i-meo", "Email": "I-meo", "online": "trực tuyến", "app": "ứng dụng",
    "Facebook": "Phây-búc", "YouTube": "Diu-túp", "Zalo": "Za-lô", "COVID-19": "cô vít mười chín",
    "Covid-19": "cô vít mười chín", "Đề án 06": "Đề án không sáu", "24/7": "suốt ngày đêm", "24/24": "suốt ngày đêm",
    "và/hoặc": "hoặc", "v.v.": "vân vân", "v.v": "vân vân", "Q.": "quận", "P.": "phường", "TP.": "thành phố",
    "ĐT:": "điện thoại",
}  # fmt: skip

DOCUMENTS = {
    "QĐ": "quyết định", "KH": "kế hoạch", "NĐ": "nghị định", "NQ": "nghị quyết", "CT": "chỉ thị", "TT": "thông tư",
    "TB": "thông báo", "CV": "công văn", "BC": "báo cáo", "TTr": "tờ trình", "HD": "hướng dẫn", "CĐ": "công điện",
    "TTLT": "thông tư liên tịch", "QC": "quy chế",
}  # fmt: skip
ISSUERS = {
    "TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ", "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "TW": "Trung ương", "QH": "Quốc hội", "TU": "Tỉnh ủy", "HU": "Huyện ủy", "ĐU": "Đảng ủy", "BCĐ": "Ban Chỉ đạo",
    "VPCP": "Văn phòng Chính phủ", "BNV": "Bộ Nội vụ", "BCA": "Bộ Công an", "BTP": "Bộ Tư pháp",
    "BTC": "Bộ Tài chính", "BYT": "Bộ Y tế", "BKHCN": "Bộ Khoa học và Công nghệ", "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTTTT": "Bộ Thông tin và Truyền thông",
}  # fmt: skip

UNITS = {
    "%": "phần trăm", "‰": "phần nghìn", "°C": "độ xê", "ºC": "độ xê", "°": "độ", "đ": "đồng", "₫": "đồng",
    "VNĐ": "đồng", "VND": "đồng", "km/h": "ki-lô-mét một giờ", "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông",
    "km": "ki-lô-mét", "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối", "m3": "mét khối", "m": "mét",
    "cm": "xăng-ti-mét", "mm": "mi-li-mét", "kg": "ki-lô-gam", "g": "gam", "ha": "héc-ta", "lít": "lít",
    "kWh": "ki-lô-oát giờ", "MB": "mê-ga-bai", "GB": "gi-ga-bai", "G": "gờ", "USD": "đô la Mỹ", "tr": "triệu",
}  # fmt: skip

LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê", "H": "hát", "I": "i",
    "J": "gi", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o", "P": "pê", "Q": "quy", "R": "rờ", "S": "ét",
    "T": "tê", "U": "u", "V": "vê", "W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét", "Ă": "á", "Â": "ớ", "Ê": "ê",
    "Ô": "ô", "Ơ": "ơ", "Ư": "ư",
}  # fmt: skip

LABELS = {
    "dichvucong": "dịch vụ công", "dichvu": "dịch vụ", "congdichvu": "cổng dịch vụ",
    "hanhchinhcong": "hành chính công", "motcua": "một cửa", "chinhphu": "chính phủ", "congan": "công an",
    "baohiemxahoi": "bảo hiểm xã hội", "vneid": "vi en i đi", "phananh": "phản ánh", "gopy": "góp ý",
    "tuyengiao": "tuyên giáo", "chuyendoiso": "chuyển đổi số", "nghean": "Nghệ An", "hanoi": "Hà Nội", "vn": "vi en",
    "edu": "e đu", "net": "nét", "info": "in-phô", "zalo": "za-lô", "facebook": "phây-búc", "youtube": "diu-túp",
    "gmail": "gờ-meo", "index": "in-đếch", "thutuc": "thủ tục", "tintuc": "tin tức",
}  # fmt: skip
SIGNS_IN_NAMES = {
    ".": "chấm", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới", "@": "a còng", "?": "chấm hỏi", "=": "bằng",
    "&": "và", ":": "hai chấm", "#": "thăng", "+": "cộng", "%": "phần trăm", "~": "dấu ngã",
}  # fmt: skip

_ONSET = "(?:NGH|NG|NH|CH|GH|GI|KH|PH|QU|TH|TR|[BCDĐGHKLMNPQRSTVX])?"
_SYLLABLE = re.compile(rf"{_ONSET}[AĂÂEÊIOÔƠUƯY]{{1,3}}(?:NG|NH|CH|[CMNPT])?")


def spelled(letters: str) -> str:
    """A short form letter by letter: KPI → ca pê i."""
    return " ".join(LETTERS.get(letter, letter) for letter in letters.upper())


def is_syllable(capitals: str) -> bool:
    """Whether a word in capitals can be said as it stands: THAM, GIA, not CNTT."""
    return _SYLLABLE.fullmatch(capitals) is not None
