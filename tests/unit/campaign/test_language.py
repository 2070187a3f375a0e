"""What a careful reader would mark: slogans that are not letter by letter, long sentences, old terms, foreign links."""

from datetime import date
from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.campaign import check_campaigns, load_campaigns
from loa.campaign.terms import old_terms, terms_of
from loa.errors import Problem
from loa.wiring.cards import cards
from loa.workspace import open_workspace

SLOGAN = "Dịch vụ công trực tuyến – Đơn giản thủ tục, tiết kiệm thời gian"
AUDIENCES = f"""\
audiences:
  - {{id: nguoi-dan, name: Người dân, slogans: ["{SLOGAN}"]}}
  - {{id: cao-tuoi, name: Người cao tuổi, reading: simple}}
facts:
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_office(tmp_path)
    replace_in(root / "campaigns/thu-nghiem.yaml", "facts:\n", AUDIENCES)
    return root


def _marked(root: Path) -> list[Problem]:
    ws = open_workspace(root)
    found = check_campaigns(ws, load_campaigns(ws), cards())
    return [each for each in found if each.code in ("E373", "E374", "E375", "E376")]


def _say(root: Path, words: str) -> None:
    with (root / "content/tin-mot.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def test_plain_words_and_an_exact_slogan_are_not_marked(office: Path) -> None:
    _say(office, f"“{SLOGAN}”")
    assert _marked(office) == []


@pytest.mark.parametrize(
    "written",
    [
        "Dịch vụ công trực tuyến - Đơn giản thủ tục, tiết kiệm thời gian",
        "Dịch vụ công trực tuyến – đơn giản thủ tục, tiết kiệm thời gian",
        "Dịch vụ công trực tuyến – Đơn giản thủ tục, tiết kiệm thời giờ",
    ],
)
def test_a_slogan_that_differs_in_a_sign_a_letter_or_a_word_is_marked_where_it_stands(
    office: Path, written: str
) -> None:
    _say(office, f"Xin nhớ: {written}!")
    (found,) = _marked(office)
    assert (found.code, found.severity, found.params["slogan"]) == ("E373", "warning", SLOGAN)
    assert found.place is not None
    assert found.place.file == "content/tin-mot.md"
    assert found.place.source_line.startswith("Xin nhớ")


def test_a_sentence_is_judged_by_whom_it_is_for(office: Path) -> None:
    _say(office, " ".join(["nộp"] * 30) + ".")
    assert _marked(office) == []
    replace_in(office / "campaigns/thu-nghiem.yaml", "  - id: tin-mot\n", "  - id: tin-mot\n    audience: cao-tuoi\n")
    (found,) = _marked(office)
    assert (found.code, found.params) == ("E374", {"count": "30", "most": "25"})


def test_a_link_outside_of_the_state_s_domain_is_marked(office: Path) -> None:
    replace_in(office / "content/tin-mot.md", "---\n", "---\nlink: https://dichvucong.gov.vn.vidu.com/a\n")
    (found,) = _marked(office)
    assert (found.code, found.params["host"]) == ("E376", "dichvucong.gov.vn.vidu.com")


def test_old_terms_are_marked_from_their_day_on_and_the_office_adds_its_own(office: Path) -> None:
    (office / "terms.yaml").write_text(
        "terms:\n  - {old: [phòng văn hóa], new: phòng văn hóa - xã hội, since: 2025-07-01, source: Quyết định thử}\n",
        encoding="utf-8",
    )
    _say(office, "Dịch vụ công mức độ 3-4, hỏi Phòng Văn hóa hoặc UBND huyện.")
    assert [(each.code, each.params["written"]) for each in _marked(office)] == [
        ("E375", "mức độ 3-4"),
        ("E375", "Phòng Văn hóa"),
        ("E375", "UBND huyện"),
    ]


def test_a_term_is_right_until_the_day_before_it_was_renamed(office: Path) -> None:
    terms, _ = terms_of(open_workspace(office))
    said = "UBND huyện hướng dẫn"
    assert [use.written for use in old_terms(said, terms, date(2025, 7, 1))] == ["UBND huyện"]
    assert list(old_terms(said, terms, date(2025, 6, 30))) == []
