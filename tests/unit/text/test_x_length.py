import pytest
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import parse_tweet

from loa.text import nfc, x_length

_WORDS = st.sampled_from(
    [
        "Ủy", "ban", "chuyển", "đổi", "số", "hồ sơ", "TP.", "10.000", "50%", "“nhanh”", "–", "…", "•", "₫", "→", "kể.",
        "🌊", "👍🏽", "🇻🇳", "👨‍👩‍👧", "❤️", "1️⃣", "☎️", "✅",
        "hanoi.gov.vn", "https://dichvucong.gov.vn", "http://nghean.vn/tin?id=5&x=1", "https://dichvucong.gov.vn/p/home.html",
        "dichvucong.nghean.gov.vn/huong-dan", "#ChuyểnĐổiSố", "@ubnd", "a@nghean.gov.vn", "18:30", "10/10/2026",
        "v1.2.3",         "(xem nghean.gov.vn)", "nghean.gov.vn,", "https://nghean.gov.vn.", "https://nghean.gov.vn/tin!",
    ]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=14).map(" ".join)
_LETTERS = st.text(st.sampled_from("abcxyzàảãáạăằẳđêềơờưừ ABCĐ,;:!?-–“”…•\n0123"), max_size=200)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("ế" * 140, 280),
        ("đàăâêôơưýĩ", 10),
        ("hanoi.gov.vn", 23),
        ("xem hanoi.gov.vn/tin-tuc?id=1.", 28),
        ("👨‍👩‍👧", 2),
        ("🇻🇳", 2),
        ("👍🏽", 2),
        ("1️⃣", 2),
        ("… • → ₫ ✅", 14),
        ("“” ‘’ – —", 9),
        ("TP.Vinh", 7),
        ("10.000", 6),
    ],
)
def test_a_text_weighs_what_x_says(text: str, length: int) -> None:
    assert x_length(text) == length


@given(st.one_of(_TEXTS, _LETTERS))
def test_the_weight_agrees_with_an_independent_counter(text: str) -> None:
    assert x_length(text) == parse_tweet(nfc(text)).weightedLength
