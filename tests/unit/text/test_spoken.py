import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.text.spoken import digit_words, minutes, number_words, seconds, spoken

UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {"nghìn": 1_000, "triệu": 1_000_000}


def heard(words: str) -> int:
    """A listener's understanding of a whole number, written without a look at how it is spoken."""
    if " tỷ" in f" {words}":
        head, _, rest = words.rpartition("tỷ")
        return heard(head.strip()) * 1_000_000_000 + (heard(rest.strip()) if rest.strip() else 0)
    total = group = last = 0
    for word in words.split():
        if word in UNITS:
            group, last = group + UNITS[word], UNITS[word]
        elif word == "mười":
            group, last = group + 10, 10
        elif word in {"mươi", "trăm"}:
            group += last * ((10 if word == "mươi" else 100) - 1)
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        else:
            assert word == "linh"
    return total + group


@given(st.integers(0, 10**21) | st.integers(0, 10**4))
def test_a_number_that_is_said_is_the_number_that_is_heard(value: int) -> None:
    assert heard(number_words(value)) == value


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (number_words(one) == number_words(other)) == (one == other)


@given(st.integers(0, 10**12))
def test_a_number_with_its_thousands_apart_is_said_like_the_plain_one(value: int) -> None:
    assert spoken(f"x {value:,}".replace(",", ".")) == f"x {number_words(value)}"


@given(st.decimals(0, 10_000, places=2))
def test_a_decimal_is_heard_to_its_last_digit(value: Decimal) -> None:
    whole, _, fraction = number_words(value).partition(" phẩy ")
    digits = fraction.split()
    told = str(value).partition(".")[2]
    assert heard(whole) == int(value)
    assert digit_words(told) == fraction if told.startswith("0") else heard(" ".join(digits)) == int(told)


@given(st.dates())
def test_a_date_is_said_with_its_day_month_and_year(day: object) -> None:
    year, month, of_month = (int(part) for part in str(day).split("-"))
    if 1800 <= year < 3000:
        found = re.fullmatch(r"x ngày (.+?) tháng (.+?) năm (.+)", spoken(f"x {of_month}/{month}/{year}"))
        assert found is not None
        assert [heard(words) for words in found.groups()] == [of_month, month, year]


def test_a_short_form_that_looks_like_a_day_is_none_where_a_year_follows() -> None:
    assert spoken("Hỗ trợ 24/7.") == "Hỗ trợ suốt ngày đêm."
    assert "ngày hai mươi tư tháng bảy năm" in spoken("Họp 24/7/2027.")


@given(st.text(alphabet=st.sampled_from("0123456789.,/:-–% ()hđàảUBNDabc@+&\n"), max_size=60))
def test_no_digit_is_left_for_the_announcer_to_guess(text: str) -> None:
    assert not re.search(r"\d", spoken(text))


@given(st.text(max_size=200))
def test_any_text_can_be_said_and_saying_it_again_changes_no_number(text: str) -> None:
    once = spoken(text)
    assert not re.search(r"\d", once)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (0, "không"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
        (21, "hai mươi mốt"), (24, "hai mươi tư"), (55, "năm mươi lăm"), (101, "một trăm linh một"),
        (110, "một trăm mười"), (115, "một trăm mười lăm"), (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"), (1_000_000, "một triệu"),
        (1_005_000, "một triệu không trăm linh năm nghìn"), (3_000_000_000, "ba tỷ"), (10**12, "một nghìn tỷ"),
        (-5, "âm năm"),
    ],
)  # fmt: skip
def test_numbers_follow_the_rules_of_the_language(written: int, said: str) -> None:
    assert number_words(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("đạt 62,5% hồ sơ", "đạt sáu mươi hai phẩy năm phần trăm hồ sơ"),
        ("từ 3–5 ngày", "từ ba đến năm ngày"),
        ("35-37°C", "Ba mươi lăm đến ba mươi bảy độ xê"),
        ("hơn 50 triệu đồng", "hơn năm mươi triệu đồng"),
        ("giá 20.000đ", "giá hai mươi nghìn đồng"),
        ("lúc 08:00", "lúc tám giờ"),
        ("lúc 7h30", "lúc bảy giờ ba mươi phút"),
        ("từ 08:00–11:30", "từ tám giờ đến mười một giờ ba mươi phút"),
        ("ngày 10/10/2026", "ngày mười tháng mười năm hai nghìn không trăm hai mươi sáu"),
        ("hội nghị 15/4", "hội nghị ngày mười lăm tháng tư"),
        ("từ 10-12/10", "từ ngày mười đến ngày mười hai tháng mười"),
        ("tháng 4, quý IV, thứ 4", "Tháng tư, quý bốn, thứ tư"),
        ("lần thứ 1", "lần thứ nhất"),
        ("95/130 xã, 10/10 phường", "Chín mươi lăm trên một trăm ba mươi xã, mười trên mười phường"),
        ("gọi 1022", "gọi một không hai hai"),
        ("số 0238 3844 123", "số không hai ba tám, ba tám bốn bốn, một hai ba"),
        ("gọi 113 hoặc 115", "gọi một một ba hoặc một một năm"),
        ("có 113 hồ sơ", "có một trăm mười ba hồ sơ"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("nộp DVCTT", "nộp dịch vụ công trực tuyến"),
        ("quét mã QR bằng VNeID", "quét mã quy a bằng vi en i đi"),
        ("chỉ số KPI", "chỉ số ca pê i"),
        ("THAM GIA BHYT", "THAM GIA bảo hiểm y tế"),
        ("vào dichvucong.gov.vn.", "vào dịch vụ công chấm gov chấm vi en."),
        ("thư abc@nghean.gov.vn", "thư abc a còng Nghệ An chấm gov chấm vi en"),
        ("Kế hoạch 176/KH-UBND", "Kế hoạch một trăm bảy mươi sáu của Ủy ban nhân dân"),
        ("theo 13/2023/NĐ-CP", "theo nghị định số mười ba năm hai nghìn không trăm hai mươi ba của Chính phủ"),
        ("Quyết định số 5/QĐ-TTg của Thủ tướng", "Quyết định số năm của Thủ tướng"),
        ("mạng 5G", "mạng năm gờ"),
        ("Đề án 06", "Đề án không sáu"),
        ("Vui quá 🎉 #ChuyenDoiSo", "Vui quá"),
        ("chỉ vào trang có đuôi .gov.vn, nhớ nhé", "chỉ vào trang có đuôi chấm gov chấm vi en, nhớ nhé"),
        ("**Lưu ý**: không đưa mã OTP · không bấm liên kết", "Lưu ý: không đưa mã ô tê pê, không bấm liên kết"),
    ],
)
def test_an_announcer_reads_it_so(written: str, said: str) -> None:
    assert spoken(written) == said


def test_letters_taken_apart_are_read_as_whole_ones() -> None:
    assert spoken("ngày 10/10 HĐND") == spoken("ngày 10/10 HĐND")


def test_an_office_adds_its_own_short_forms_and_they_win() -> None:
    own = {"TTVH": "Trung tâm Văn hóa", "UBND": "Ủy ban"}
    assert spoken("UBND xã và TTVH", own) == "Ủy ban xã và Trung tâm Văn hóa"
    assert spoken("TTVH") == "Tê tê vê hát"


def test_what_is_said_is_not_changed_by_reading_it_again() -> None:
    text = "Từ 08:00 ngày 10/10, gọi 1022 hoặc vào dichvucong.gov.vn: 62,5% hồ sơ."
    assert spoken(spoken(text)) == spoken(text)


def test_a_text_of_a_million_letters_without_an_end_is_read_in_one_go() -> None:
    for hostile in ("a" * 10**6, "1." * 10**5, "a-" * 10**5, "1/" * 10**5, "9" * 10**5):
        assert spoken(hostile)


def test_the_length_counts_syllables_and_rests() -> None:
    hundred = " ".join(["loa"] * 33)
    assert seconds(hundred) == pytest.approx(10, abs=0.05)
    assert seconds(f"{hundred}.\n\n{hundred}") == pytest.approx(21, abs=0.1)
    assert seconds(hundred, pace=6.6) == pytest.approx(5, abs=0.05)
    assert seconds("1022") == pytest.approx(seconds("một không hai hai"))
    assert minutes(" ".join(["loa"] * 330)) == 1.7
