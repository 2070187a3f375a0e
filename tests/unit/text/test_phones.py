import unicodedata

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.planted import PHONE_STEM, phone

from loa.text import Doubt, Phone, Why, carrier_hint, masked, mobile_numbers, normalise

_OWN = phone(7)
_E164 = f"+84{_OWN[1:]}"
_REST = PHONE_STEM[-7:]
_OLD_CODES = {
    old: new
    for line in (
        "0120>070 0121>079 0122>077 0126>076 0128>078 0123>083 0124>084 0125>085 0127>081 0129>082",
        "0162>032 0163>033 0164>034 0165>035 0166>036 0167>037 0168>038 0169>039 0186>056 0188>058 0199>059",
    )
    for old, _, new in (pair.partition(">") for pair in line.split())
}
_FULL_WIDTH = str.maketrans("0123456789+", "０１２３４５６７８９＋")
_FILLING = st.sampled_from(["", " ", ".", "-", "–", "\u00a0", "  ", " - ", "\u200b"])
_PREFIX = st.sampled_from(["0", "84", "+84", "0084", "+840", "(+84) 0", "+84 (0)", ""])
_AROUND = st.sampled_from([("", ""), ("'", ""), ("’", ""), (" ", "\t"), ("(", ")"), ("\u202a", "\u202c"), ("", ".")])


@given(
    st.integers(0, 99), _PREFIX, st.lists(_FILLING, min_size=9, max_size=9), _AROUND, st.sampled_from([{}, _FULL_WIDTH])
)
def test_every_spelling_of_a_number_is_the_same_number(
    which: int, prefix: str, filling: list[str], around: tuple[str, str], digits_of: dict[int, int]
) -> None:
    national = phone(which)[1:]
    digits = "".join(digit + gap for digit, gap in zip(national, [*filling[:8], ""], strict=True))
    written = f"{around[0]}{prefix}{digits}{around[1]}"
    assert normalise(written.translate(digits_of)) == Phone(f"+84{national}")


@pytest.mark.parametrize(("old", "new"), _OLD_CODES.items())
@pytest.mark.parametrize("shape", ["{0}{1}", "84{2}{1}", "+84 {2} {1}", "{2}{1}", "{0}.{1}"])
def test_each_of_the_21_codes_of_2018_is_read_as_its_new_one(old: str, new: str, shape: str) -> None:
    assert len(_OLD_CODES) == 21
    assert normalise(shape.format(old, _REST, old[1:])) == Phone(f"+84{new[1:]}{_REST}")


@pytest.mark.parametrize(
    "written",
    [f"{_OWN[1:]}.0", f"84{_OWN[1:]},00", f"'{_OWN}", f"{_OWN[1]}.{_OWN[2:]}E+08", f"{_OWN[1]},{_OWN[2:]}e+8"],
)
def test_what_a_spreadsheet_made_of_a_number_is_read_where_no_digit_is_lost(written: str) -> None:
    assert normalise(written) == Phone(_E164)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", Why.EMPTY),
        (" \u00a0", Why.EMPTY),
        ("9.12E+08", Why.SPREADSHEET),
        ("9,1E+8", Why.SPREADSHEET),
        (f"{_OWN[1:9]}.0", Why.TOO_SHORT),
        (_OWN[:9], Why.TOO_SHORT),
        ("0123456789", Why.TOO_SHORT),
        (f"{_OWN}1", Why.TOO_LONG),
        (f"{phone(1)} / {phone(2)}", Why.SEVERAL),
        (f"{phone(1)} {phone(2)}", Why.SEVERAL),
        (f"{phone(1)};{phone(2)}", Why.SEVERAL),
        (f"{phone(1)}\n+84{phone(2)[1:]}", Why.SEVERAL),
        ("0238 3844 567", Why.LANDLINE),
        ("+84 28 3829 1234", Why.LANDLINE),
        ("04 3825 1234", Why.LANDLINE),
        ("1900 1022", Why.HOTLINE),
        ("1900 545 415", Why.HOTLINE),
        ("18001091", Why.HOTLINE),
        ("113", Why.SHORT_CODE),
        ("1022", Why.SHORT_CODE),
        ("5656", Why.SHORT_CODE),
        ("+1 415 555 2671", Why.FOREIGN),
        ("00855 12 345 678", Why.FOREIGN),
        ("+999 123", Why.UNPARSEABLE),
        (f"0161{_REST}", Why.OLD_FORMAT_UNMAPPED),
        ("chưa có", Why.UNPARSEABLE),
        ("-", Why.UNPARSEABLE),
        ("+", Why.UNPARSEABLE),
    ],
)
def test_a_number_in_doubt_has_its_reason(written: str, why: Why) -> None:
    assert normalise(written) == Doubt(why)


@pytest.mark.parametrize("block", ["087", "055", "0892", "0521", "0992", "051", "095"])
def test_a_block_that_is_not_settled_is_put_before_a_person_with_the_number_it_means(block: str) -> None:
    written = f"{block}{'1234567'[: 10 - len(block)]}"
    assert normalise(written) == Doubt(Why.UNKNOWN_BLOCK, f"+84{written[1:]}")


def test_words_beside_a_number_ask_for_a_person_and_tell_the_number_that_they_stand_beside() -> None:
    assert normalise(f"ĐT: {_OWN} (Zalo)") == Doubt(Why.UNPARSEABLE, _E164)


def test_every_number_that_is_taken_unseen_is_a_mobile_number_for_the_library_too() -> None:
    for block in range(1000):
        taken = normalise(f"{block:03}{'123456'}")
        if isinstance(taken, Phone):
            number = phonenumbers.parse(taken.e164)
            assert phonenumbers.is_valid_number(number), block
            assert phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE, block
            assert carrier_hint(taken.e164), block


@given(st.text(st.sampled_from("0123456789+.,/ -Ee()'a；\n０９"), max_size=24))
def test_whatever_stands_in_a_cell_is_a_number_or_a_doubt(written: str) -> None:
    found = normalise(written)
    if isinstance(found, Phone):
        assert normalise(found.e164) == found
        assert phonenumbers.is_valid_number(phonenumbers.parse(found.e164))
        kept = [digit for digit in unicodedata.normalize("NFKC", written) if digit.isdigit()]
        assert found.e164[-7:-1] in "".join(kept), "the last digits are never made up"


@pytest.mark.parametrize(
    ("block", "carrier"),
    [
        *(("96", "viettel"), ("32", "viettel"), ("91", "vinaphone"), ("81", "vinaphone"), ("90", "mobifone")),
        *(("70", "mobifone"), ("92", "vietnamobile"), ("99", "gmobile"), ("87", "itel"), ("55", "wintel"), ("51", "")),
    ],
)
def test_the_block_tells_its_first_owner(block: str, carrier: str) -> None:
    assert carrier_hint(f"+84{block}{_REST}") == carrier


def test_a_masked_number_keeps_its_middle_hidden() -> None:
    assert masked(_E164) == f"+84 {_E164[3:5]}* *** {_E164[-3:]}"
    assert masked("5656") == masked("") == "*** ***"


def test_neither_a_number_nor_a_doubt_tells_the_number_when_it_is_printed() -> None:
    assert _OWN[1:] not in repr(normalise(_OWN))
    assert _OWN[1:] not in repr(normalise(f"gọi {_OWN}"))


def test_mobile_numbers_in_a_running_text_are_counted() -> None:
    assert mobile_numbers(f"Gọi {phone(1)} hoặc +84 {phone(2)[1:]}; tổng đài 1022, 19001022.") == 2
