import unicodedata

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from loa.text import nfc, sms_count, sms_split

_LETTERS = st.text(st.sampled_from("aàảãáạăđêơưABCXYZ 0123456789[]{}€^~|\\@è\n🌊👍“–"), max_size=400)
_PLAIN = st.text(st.sampled_from("abcABC 0123[]{}€^~|\\@èÉ\n"), max_size=700)


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "gsm7", 0, 0),
        ("a" * 160, "gsm7", 160, 1),
        ("a" * 161, "gsm7", 161, 2),
        ("a" * 306, "gsm7", 306, 2),
        ("a" * 307, "gsm7", 307, 3),
        ("đ" * 70, "ucs2", 70, 1),
        ("đ" * 71, "ucs2", 71, 2),
        ("đ" * 134, "ucs2", 134, 2),
        ("đ" * 135, "ucs2", 135, 3),
        ("[QC] ", "gsm7", 7, 1),
        ("Hà Nam", "gsm7", 6, 1),
        ("Hà Nội", "ucs2", 6, 1),
        ("🌊" * 35, "ucs2", 70, 1),
        ("một\u00a0hai", "ucs2", 7, 1),
        ("a\tb", "ucs2", 3, 1),
        ("a\r\nb", "gsm7", 4, 1),
        ("“a”", "ucs2", 3, 1),
    ],
)
def test_a_text_costs_what_the_standard_says(text: str, encoding: str, units: int, parts: int) -> None:
    count = sms_count(text)
    assert (count.encoding, count.units, count.parts) == (encoding, units, parts)


def test_an_escape_pair_is_never_cut() -> None:
    parts = sms_split("a" * 152 + "[" + "b" * 152)
    assert parts == ("a" * 152, "[" + "b" * 151, "b")


def test_a_surrogate_pair_is_never_cut() -> None:
    assert sms_split("đ" * 66 + "🌊" + "đ" * 10) == ("đ" * 66, "🌊" + "đ" * 10)


def test_letters_taken_apart_cost_the_same_as_whole_ones() -> None:
    text = "Đề nghị bà con chuẩn bị hồ sơ trước khi đến Bộ phận Một cửa của xã."
    assert sms_count(unicodedata.normalize("NFD", text)) == sms_count(text)
    assert sms_count(text).parts == 1


@given(st.one_of(_LETTERS, _PLAIN))
def test_parts_put_together_are_the_text(text: str) -> None:
    assert "".join(sms_split(text)) == nfc(text)


@given(st.one_of(_LETTERS, _PLAIN).filter(bool))
def test_parts_agree_with_an_independent_counter(text: str) -> None:
    whole = nfc(text)
    oracle = smsutil.split(whole)
    assert [part.content for part in oracle.parts] == list(sms_split(whole))
    assert (oracle.encoding == "gsm0338") == (sms_count(whole).encoding == "gsm7")
