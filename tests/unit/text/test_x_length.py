import json
import random
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
import twitter_text
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import parse_tweet

from loa.text import nfc, x_length, x_links, x_valid

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "x_vectors.json").read_text(encoding="utf-8"))["vectors"]
VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
MARKED = [letter for letter in VOWELS + "đ" if letter not in "aeiouy"]
LETTERS = MARKED + [letter.upper() for letter in MARKED]
HEAVY = set("ảạắằẳẵặấầẩẫậẻẽẹếềểễệỉịỏọốồổỗộớờởỡợủụứừửữựỳỷỹỵ")

EMOJI = [
    "🌊", "👍🏽", "🇻🇳", "👨‍👩‍👧", "❤️", "1️⃣", "☎️", "✅", "👩🏽‍🚒", "🏳️‍🌈", "☀", "📞", "⚠️", "➡️", "ℹ️", "#️⃣",
    "🤷🏻‍♀️", "⏰", "🀄", "🇻",
]  # fmt: skip
HOSTS = [
    "hanoi.gov.vn", "dichvucong.gov.vn", "t.me", "zalo.me", "bit.ly", "x.com", "TP.Vinh", "v1.2", "10.000",
    "sub-domain.example.com", "foo_bar.com", "test.photography", "xn--nghan-fsa.vn", "bộyte.gov.vn",
    "index.html", "readme.md", "node.js", "U.S.", "e.g.", "am.pm", "kq.tin", "google.comvn", "a-.vn",
    "-a.vn", "tuoitre.vn",
]  # fmt: skip
PATHS = [
    "", "", "/", "/tin-tuc", "/tin-tức/chuyển-đổi", "/a?b=c&d=e", "?x=1", "/a#b", "/(a)", "/a(b)c", "/a,",
    "/a.", ":8080/x", "/p/home.html", "/~u", "/%E1%BA%BF", "/@x", "?q=ế", "/,(a)", "/_",
]  # fmt: skip
BEFORE = [
    "", "", "https://", "http://", "HTTPS://", "ftp://", "//", "www.", "@", "#", "$", "a@", "(", "“", "ế",
    "-", ".", "_", "：", "5",
]  # fmt: skip
WORDS = [
    "Ủy", "ban", "đổi", "hồ sơ", "“nhanh”", "…", "•", "₫", "→", "#ChuyểnĐổiSố", "@ubnd", "18:30",
    "10/10/2026", "50%", "—", "\n", "\r\n", "$VN", "\ufeff", "\u200b", "中文", "ខ្មែរ", "①", "½",
]  # fmt: skip


def some_text(chance: random.Random) -> str:
    """Vietnamese letters, emoji, links in every disguise and signs, now and then in NFD."""

    def token() -> str:
        kind = chance.random()
        if kind < 0.35:
            return "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 7)))
        if kind < 0.5:
            return chance.choice(EMOJI)
        if kind < 0.8:
            return chance.choice(BEFORE) + chance.choice(HOSTS) + chance.choice(PATHS)
        return chance.choice(WORDS)

    text = "".join(token() + chance.choice([" ", " ", "", ",", ". ", "\n", "(", ")", ":"]) for _ in range(9))
    return unicodedata.normalize("NFD", text) if chance.random() < 0.15 else text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("ế" * 140, 280),
        ("đàăâêôơưýĩ", 10),
        ("hanoi.gov.vn", 23),
        ("xem hanoi.gov.vn/tin-tuc?id=1.", 28),
        ("https://dichvucong.gov.vn/tin-tức/mục-một?x=1#y", 23),
        ("👨‍👩‍👧", 2),
        ("🇻🇳", 2),
        ("👍🏽", 2),
        ("1️⃣", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("🐦‍⬛", 2),
        ("🇻🇻", 4),
        ("… • → ₫ ✅", 14),
        ("“” ‘’ – —", 9),
        ("TP.Vinh", 7),
        ("10.000", 6),
        ("ubnd@nghean.gov.vn", 18),
        ("một\r\nhai", 8),
    ],
)
def test_a_text_weighs_what_x_says(text: str, length: int) -> None:
    assert x_length(text) == length


def test_there_are_134_vietnamese_letters_and_each_weighs_what_x_says() -> None:
    assert len(LETTERS) == 134
    for letter in LETTERS:
        weight = 2 if letter.lower() in HEAVY else 1
        assert x_length(letter) == weight == parse_tweet(letter).weightedLength
        assert x_length(unicodedata.normalize("NFD", letter)) == weight


def test_every_emoji_of_the_official_table_weighs_2() -> None:
    table = files(twitter_text).joinpath("regexp/emoji-test.txt").read_text(encoding="utf-8")
    lines = [line.split(";") for line in table.splitlines() if ";" in line and not line.startswith("#")]
    emoji = [
        "".join(chr(int(point, 16)) for point in codes.split()) for codes, rest in lines if "component" not in rest
    ]
    assert len(emoji) > 3000
    assert [ascii(each) for each in emoji if x_length(each) != 2] == []


def test_ten_thousand_texts_weigh_the_same_and_are_as_valid_as_in_the_independent_counter() -> None:
    chance = random.Random(280)
    for _ in range(10_000):
        text = some_text(chance)
        expected = parse_tweet(text)
        assert (x_length(text), x_valid(text)) == (expected.weightedLength, expected.valid), ascii(text)


def test_the_vectors_of_the_official_library_agree() -> None:
    assert len(VECTORS) == 500
    for text, weight, valid in VECTORS:
        assert (x_length(text), x_valid(text)) == (weight, valid), ascii(text)


@given(st.text(st.sampled_from("abcxyzàảãáạăằẳđêềơờưừ ABCĐ,;:!?-–“”…•\n0123./@#()"), max_size=200))
def test_the_weight_agrees_with_an_independent_counter(text: str) -> None:
    assert x_length(text) == parse_tweet(nfc(text)).weightedLength


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Nộp hồ sơ tại nhà, TP.Vinh, 10.000 hồ sơ", ()),
        ("Xem hanoi.gov.vn.", ("hanoi.gov.vn",)),
        ("(https://nghean.gov.vn/tin?id=1&trang=2)", ("https://nghean.gov.vn/tin?id=1&trang=2",)),
        ("Thư: ubnd@nghean.gov.vn", ()),
        ("bộyte.gov.vn và a.vn", ("bộyte.gov.vn", "a.vn")),
        ("https://t.co/abc123/thua", ("https://t.co/abc123",)),
        ("https://t.co/" + "a" * 41, ()),
        ("a" * 64 + ".vn", ()),
    ],
)
def test_the_links_are_those_that_x_makes(text: str, links: tuple[str, ...]) -> None:
    assert x_links(text) == links


def test_a_text_with_a_byte_order_mark_is_not_valid() -> None:
    assert not x_valid("Nộp hồ sơ\ufeff tại nhà")
    assert not x_valid("")
    assert not x_valid("ế" * 141)
    assert x_valid("ế" * 140)


def test_a_very_long_line_without_spaces_is_counted_at_once() -> None:
    assert x_length("ơ" * 20_000 + "a" * 20_000) == 40_000
