"""Two hundred communes as no designer would choose them: very long names, one letter, Ê Đê letters, decomposed text."""

import random
import unicodedata
from collections.abc import Iterator
from typing import Any

LEVELS = ("xã", "phường", "đặc khu")
FIRST = [
    "Kim",
    "Trường",
    "Nghĩa",
    "Thạch",
    "Mường",
    "Bạch",
    "Đông",
    "Phước",
    "Quỳnh",
    "Nguyễn",
    "Thượng",
    "Hưng",
    "Ngọc",
    "Khánh",
    "Tân",
    "Vĩnh",
    "Chiềng",
    "Nậm",
    "Lũng",
]
SECOND = [
    "Liên",
    "Vinh",
    "Lộ",
    "Hạ",
    "Xén",
    "Đằng",
    "Thuận",
    "Hoà",
    "Lưu",
    "Nghiêm",
    "Cát",
    "Nguyên",
    "Lặc",
    "Trung",
    "Yên",
    "Phú",
    "Khương",
    "Càng",
    "Cú",
    "Ngưỡng",
]
HIGHLAND = (
    "Ea H'leo", "Čư̆ M'gar", "Ƀuôn Ƀrăng", "Krông Ƀuk", "Ea Kŏ", "Đăk R'lăp", "Ia Ƀă", "Mang Yang", "Kon Jơ̆ Ri",
    "Hơ Moong", "Plei Ƀông", "Čuôr Đăng", "Dliê Ya", "Tơ Tung", "Ngok Bay", "Ŏ Đơ̆i",
)  # fmt: skip
ODD = ("Ô", "Y", "Ia", "Ấp", "Hòn Đốc", "Số 7", "Ba Cụm Bắc", "Thị trấn Nông trường Mộc Châu – Vân Hồ", "An-Bình (mới)")
TOO_LONG = "Liên xã " + " – ".join(f"{first} {second}" for first, second in zip(FIRST, SECOND, strict=False))
"""No office has this name; it must be refused, never cut."""


def names(count: int = 200) -> Iterator[str]:
    """The names of the communes, always the same ones."""
    dice = random.Random(1588)
    for index in range(count):
        kind = index % 5
        if kind == 0:
            own = dice.choice(HIGHLAND)
        elif kind == 1:
            own = dice.choice(ODD)
        elif kind == 2:
            own = f"{dice.choice(FIRST)} {dice.choice(SECOND)} – {dice.choice(FIRST)} {dice.choice(SECOND)} Bắc"
        else:
            own = f"{dice.choice(FIRST)} {dice.choice(SECOND)}"
        name = f"Ủy ban nhân dân {dice.choice(LEVELS)} {own}"
        yield unicodedata.normalize("NFD", name) if index % 7 == 3 else name


def units(count: int = 200) -> list[dict[str, Any]]:
    """The communes as templates get them; some without a hotline, a portal or a logo."""
    return [
        {
            "code": f"xa-{index}",
            "name": name,
            "hotline": "" if index % 11 == 5 else ("1022" if index % 2 else "0238 3844 123"),
            "portal": "" if index % 13 == 6 else "https://dichvucong.gov.vn",
            "address": f"Số {index}, đường Nguyễn Thị Minh Khai",
        }
        for index, name in enumerate(names(count))
    ]
