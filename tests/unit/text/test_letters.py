import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.text import UnwritableCharacters, nfc, shorten, slug, sms_count, unaccent, x_length

_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VOWELS = "aăâeêioôơuưy"
_LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
VIETNAMESE = [letter for letter in _LOWER if not letter.isascii()] + ["đ"]
VIETNAMESE += [letter.upper() for letter in VIETNAMESE]
VOWELS = "aeiouyAEIOUY"


def test_the_table_has_every_letter_once() -> None:
    assert len({*VIETNAMESE, *VOWELS}) == len(VIETNAMESE) + len(VOWELS) == 146


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_becomes_its_plain_one(form: str) -> None:
    for letter in [*VIETNAMESE, *VOWELS]:
        base = unicodedata.normalize("NFD", letter)[0].translate(str.maketrans("đĐ", "dD"))
        assert unaccent(unicodedata.normalize(form, letter)) == base


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ðắk Lắk, đường Ðiện Biên", "Dak Lak, duong Dien Bien"),
        ("“Chuyển đổi số” – ‘nhanh’ …", "\"Chuyen doi so\" - 'nhanh' ..."),
        ("100.000₫, 100.000 ₫", "100.000 d, 100.000 d"),
        ("Trời 10°C, dốc 5°.", "Troi 10 do C, doc 5 do."),
        ("5m² và 5½ km", "5m2 va 5 1/2 km"),
        ("№ 1 • mục\u00a02", "No 1 - muc 2"),
        ("xã\u200b Kim\u00ad Liên\ufeff", "xa Kim Lien"),
        ("dòng 1\ndòng\t2", "dong 1\ndong 2"),
        ("dòng 1\r\ndòng 2\u2028dòng 3", "dong 1\r\ndong 2\ndong 3"),
    ],
)
def test_signs_stay_readable(text: str, plain: str) -> None:
    assert unaccent(text) == plain


def test_what_has_no_plain_form_is_told_and_not_dropped() -> None:
    with pytest.raises(UnwritableCharacters) as caught:
        unaccent("⚠️ lũ về 🌊 rồi 🌊")
    assert caught.value.characters == ("⚠", "🌊")
    assert caught.value.places == {"⚠": (1,), "🌊": (10, 16)}
    assert caught.value.code == "E301"
    assert caught.value.params["characters"] == "⚠ (1); 🌊 (10, 16)"


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x07b", "U+0007 (2)"), ("a\x1b", "U+001B (2)"), ("\u0e31", "U+0E31 (1)")]
)
def test_what_cannot_be_seen_and_not_be_written_is_told_by_its_code(text: str, shown: str) -> None:
    with pytest.raises(UnwritableCharacters) as caught:
        unaccent(text)
    assert caught.value.params["characters"] == shown


@given(st.text(max_size=60))
def test_a_plain_text_fits_every_handset_or_is_refused(text: str) -> None:
    with suppress(UnwritableCharacters):
        plain = unaccent(text)
        assert plain.isascii()
        assert sms_count(plain).encoding == "gsm7"
        assert unaccent(plain) == plain


@given(st.text(st.sampled_from([*VIETNAMESE, *"abc 0₫°½²…–“'`\t"]), max_size=80))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = unaccent(text)
    assert once.isascii()
    assert unaccent(once) == once


def test_a_slug_is_made_of_plain_words() -> None:
    assert slug("Ngày Chuyển đổi số quốc gia – 10/10!") == "ngay-chuyen-doi-so-quoc-gia-10-10"
    assert slug("🌊") == ""


@given(st.text(st.sampled_from("ab cdế. 🌊\n"), max_size=60), st.integers(0, 40), st.sampled_from([len, x_length]))
def test_a_short_form_keeps_its_limit(text: str, limit: int, measure: Callable[[str], int]) -> None:
    assert measure(shorten(text, limit, measure)) <= limit


def test_a_short_form_ends_with_a_whole_word() -> None:
    assert shorten("Nộp hồ sơ trực tuyến, không phải đi lại", 25) == "Nộp hồ sơ trực tuyến…"
    assert shorten("Ngắn", 25) == "Ngắn"
    assert shorten("nghiêng" * 10, 8) == "nghiêng…"


def test_text_gets_one_normal_form() -> None:
    assert nfc(unicodedata.normalize("NFD", "Nghệ An")) == "Nghệ An"
