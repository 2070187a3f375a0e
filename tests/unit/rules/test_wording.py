"""The guards of the words, each both ways."""

import unicodedata

import pytest

from loa.delivery import Bulk
from loa.errors import Problem
from loa.rules import RuleSet, ends_with_opt_out, parts_of, text_problems

PLAIN = "UBND tinh Mau: ba con nop ho so tai dichvucong.gov.vn, goi 1022 de duoc giup."
ADVERT = "[QC] Le hoi hoa xuan 20/3 tai TP Mau, xem https://mau.gov.vn/le-hoi. Tu choi: soan TC gui 1543"


def found(rules: RuleSet, text: str, name: str = "public_info", way: Bulk | None = None) -> list[Problem]:
    return text_problems(text, rules, rules.of(name), way or Bulk())


def codes(rules: RuleSet, text: str, name: str = "public_info", way: Bulk | None = None) -> list[str]:
    return [problem.code for problem in found(rules, text, name, way)]


@pytest.mark.parametrize("name", ["public_info", "operations", "emergency"])
def test_a_plain_message_is_in_order(rules: RuleSet, name: str) -> None:
    assert codes(rules, PLAIN, name) == []


def test_an_advertisement_with_its_label_and_way_out_is_in_order(rules: RuleSet) -> None:
    assert codes(rules, ADVERT, "advertising") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (unicodedata.normalize("NFD", "Bà con nộp hồ sơ"), "E764"),
        ("Chào {ten}, mời họp", "E765"),
        ("Chào {{ unit.name }}, mời họp", "E765"),
        ("Chào {{, mời họp", "E765"),
        ("Xem http://mau.gov.vn", "E766"),
        ("Xem HTTP://mau.gov.vn", "E766"),
        ("Tai ftp://mau.gov.vn/a", "E766"),
        ("Xem https://bit.ly/abc", "E767"),
        ("Xem bit.ly/abc", "E767"),
        ("Xem BIT.LY/abc", "E767"),
        ("Xem https://gov.vn.example.com/a", "E767"),
        ("Xem https://gov.vn@example.com/a", "E767"),
        ("Xem https://xgov.vn", "E767"),
        ("Xem https://example.com:443@example.org/gov.vn", "E767"),
        (r"Xem https://example.com\@gov.vn/a", "E767"),
        ("Xem https://example.com%2F.gov.vn/a", "E767"),
        ("Xem https://example.com&.gov.vn/a", "E767"),
        ("Xem https://example.com\u3002.gov.vn/a", "E767"),
        ("[QC] Mời bà con dự hội", "E769"),
        ("Mời bà con dự hội [ad]", "E769"),
        ("Mời bà con dự hội. Từ chối: soạn TC gửi 1543", "E771"),
        ("a" * 460, "E772"),
    ],
)
def test_words_that_may_not_go_out_as_information(rules: RuleSet, text: str, code: str) -> None:
    assert codes(rules, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Xem dichvucong.gov.vn.",
        "Xem https://dichvucong.gov.vn/a?b=1, https://nghean.gov.vn.",
        "Xem HTTPS://Mau.GOV.vn:8443/a",
        "Thư: phongvanhoa@mau.gov.vn",
        "Gọi 1022 hoặc 0238.384.4567, ngày 1.3.2027, 2.500.000 đồng, v.v.",
        "TC là viết tắt của tổ chức; gọi 1022",
        "Hủy lịch hẹn thì gọi 1022",
        "a" * 459,
    ],
)
def test_words_that_may_go_out_as_information(rules: RuleSet, text: str) -> None:
    assert codes(rules, text) == []


def test_a_full_stop_without_its_space_is_a_warning_only(rules: RuleSet) -> None:
    [problem] = found(rules, "Mời dự hội ở Vinh.Ba con đến sớm")
    assert (problem.code, problem.severity) == ("E767", "warning")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ADVERT.removeprefix("[QC] "), "E768"),
        ("Le hoi [QC] hoa. Tu choi: soan TC gui 1543", "E768"),
        ("[QC] Le hoi hoa xuan 20/3 tai TP Mau", "E770"),
        ("[QC] Tu choi: soan TC gui 1543. Le hoi hoa xuan tai TP Mau", "E770"),
        ("[QC] Le hoi hoa xuan. Lien he 1022", "E770"),
        ("[QC] Le hoi hoa xuan. Tu choi: soan TC", "E770"),
    ],
)
def test_an_advertisement_without_its_label_or_way_out_is_held(rules: RuleSet, text: str, code: str) -> None:
    assert codes(rules, text, "advertising") == [code]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ADVERT, []),
        (ADVERT.removeprefix("[QC] "), ["E784"]),
        ("[QC] Le hoi hoa xuan 20/3 tai TP Mau", ["E799"]),
        ("Le hoi hoa xuan 20/3 tai TP Mau", ["E784", "E799"]),
    ],
)
def test_what_carriers_add_is_not_demanded_twice_and_people_are_told_what_they_rely_on(
    rules: RuleSet, text: str, told: list[str]
) -> None:
    problems = found(rules, text, "advertising", Bulk(reserved=38))
    assert [problem.code for problem in problems] == told
    assert {problem.severity for problem in problems} <= {"warning"}


@pytest.mark.parametrize(
    "ending",
    [
        "Tu choi: soan TC gui 1543",
        "Từ chối: gọi 1800 1091.",
        "TC gui 1543",
        "Soạn HUY gửi 5656 (miễn phí).",
        "De tu choi nhan tin, goi 18001091",
        "DK DNC S gui 5656",
        "tu choi: soan tin tc gui 1543",
    ],
)
def test_ways_to_refuse_that_people_write(rules: RuleSet, ending: str) -> None:
    assert ends_with_opt_out(f"[AD] Hoi cho. {ending}", rules.opt_out_words)


def test_an_emergency_may_be_longer(rules: RuleSet) -> None:
    flood = "Lũ đang lên, bà con sơ tán ngay. " * 7
    assert parts_of(flood, Bulk()) == 4
    assert codes(rules, flood, "emergency") == []
    assert codes(rules, flood) == ["E772"]


def test_what_the_carriers_add_counts(rules: RuleSet) -> None:
    way = Bulk(reserved=38)
    assert parts_of("a" * 122, way) == 1
    assert parts_of("a" * 123, way) == 2
    assert codes(rules, "a" * 422, way=way) == ["E772"]
    assert codes(rules, "a" * 421, way=way) == []


def test_what_a_gateway_does_not_carry(rules: RuleSet) -> None:
    assert codes(rules, "Bà con nộp hồ sơ", way=Bulk(unicode=False)) == ["E774"]
    assert codes(rules, "Ba con nop ho so", way=Bulk(unicode=False)) == []
    assert codes(rules, "Buu dien & ban #1", way=Bulk(forbidden="#&")) == ["E773"]
    assert codes(rules, "Buu dien va ban so 1", way=Bulk(forbidden="#&")) == []
