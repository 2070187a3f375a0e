"""What the rules say of a message is found at check, with its place; what is approved is what is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.campaign import check_campaigns, load_campaigns
from loa.delivery import Bulk
from loa.draft import Composer, Draft, RecipientList, limit_problems
from loa.errors import Problem
from loa.render import Renderer
from loa.timetable import build
from loa.wiring.cards import cards
from loa.workspace import open_workspace

NOW = datetime(2027, 2, 10, 3, 0, tzinfo=UTC)
YAML = "campaigns/thu-nghiem.yaml"
TEXT = "content/tin-hai.md"
WORDS = "UBND tinh Mau: ba con nop ho so tai dichvucong.gov.vn, goi 1022 de duoc giup."
Check = Callable[[], list[Problem]]
SEND = "sms: {recipients: doi-ngu"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def choose(office: Path, **options: str) -> None:
    words = ", ".join(f'{name}: "{value}"' for name, value in options.items())
    replace_in(office / YAML, SEND, f"{SEND}, options: {{{words}}}")


def say(office: Path, words: str) -> None:
    replace_in(office / TEXT, WORDS, words)


def problems(office: Path, **bulk: object) -> list[Problem]:
    ws, known = open_workspace(office), cards()
    if bulk:
        limits = Bulk(**bulk)  # type: ignore[arg-type]  # as the tests name them
        known |= {"sms": replace(known["sms"], bulk=lambda _: limits, variants={})}
    campaigns = load_campaigns(ws)
    return check_campaigns(ws, campaigns, known) or limit_problems(ws, campaigns, known, NOW, NOW + timedelta(days=60))


def codes(office: Path, **bulk: object) -> list[str]:
    return [problem.code for problem in problems(office, **bulk)]


def draft_of(office: Path) -> Draft:
    ws = open_workspace(office)
    loaded = load_campaigns(ws)
    composer = Composer(ws, Renderer(ws), lambda name, unit: RecipientList(name, 5, f"of {name} in {unit}"), cards())
    [slot] = [s for s in build(ws, loaded, NOW, NOW + timedelta(days=60)) if s.item_id == "tin-hai"]
    [draft] = composer.drafts(loaded[0], slot)
    return draft


def test_the_office_as_it_is_has_no_problems(office: Path) -> None:
    assert codes(office) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"class": "khan"}, "E576"),
        ({"diacritics": "bo"}, "E576"),
        ({"budget": "5 triệu"}, "E576"),
        ({"budget": "5.000.000"}, "E783"),
        ({"canary": "khong-co"}, "E711"),
        ({"class": "operations"}, ""),
        ({"diacritics": "remove"}, ""),
    ],
)
def test_what_a_campaign_chooses_is_checked(office: Path, options: dict[str, str], code: str) -> None:
    choose(office, **options)
    found = problems(office)
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(problem.place and problem.place.file == YAML and problem.place.line for problem in found)


def test_a_budget_with_a_price_is_in_order(office: Path) -> None:
    choose(office, budget="5.000.000")
    replace_in(office / "loa.yaml", "{brandname: TINHMAU}", '{brandname: TINHMAU, price_per_part: "350"}')
    assert codes(office) == []
    terms = draft_of(office).terms
    assert terms is not None
    assert terms.budget == "5000000"


def test_an_advertisement_without_consent_label_and_way_out_is_told_all_three(office: Path) -> None:
    choose(office, **{"class": "advertising"})
    replace_in(office / "loa.yaml", "{brandname: TINHMAU}", "{brandname: TINHMAU, gateway: speedsms}")
    replace_in(office / "loa.yaml", "{api_key: sms-key, secret_key: sms-secret}", "{access_token: sms-key}")
    assert set(codes(office)) == {"E768", "E770", "E778"}


def test_where_carriers_add_the_label_and_the_way_out_they_are_hints_only(office: Path) -> None:
    choose(office, **{"class": "advertising"})
    found = {problem.code: problem.severity for problem in problems(office)}
    assert found == {"E778": "error", "E784": "warning", "E799": "warning"}


def test_a_message_of_four_parts_is_an_emergency_or_an_error(office: Path) -> None:
    say(office, "Lũ đang lên, bà con sơ tán ngay. " * 7)
    assert codes(office) == ["E772"]
    choose(office, **{"class": "emergency"})
    assert codes(office) == []


def test_what_the_gateway_does_not_carry_is_told(office: Path) -> None:
    say(office, "Bà con nộp hồ sơ & nhận kết quả")
    assert codes(office, unicode=False, forbidden="&") == ["E773", "E774"]


def test_the_rules_of_the_office_hold_on_their_day(office: Path) -> None:
    say(office, "Xem https://mau.vn/a")
    assert codes(office) == ["E767"]
    brought = Path(__file__).parents[3] / "loa/rules/data/vn-2026-11.yaml"
    text = (
        brought.read_text(encoding="utf-8").replace("id: vn-2026-11", "id: mau").replace("[gov.vn]", "[gov.vn, mau.vn]")
    )
    (office / "rules").mkdir()
    (office / "rules/mau.yaml").write_text(text.replace("2026-01-01", "2027-03-02"), encoding="utf-8")
    assert codes(office) == []


def test_senders_are_told_once(office: Path) -> None:
    replace_in(office / "loa.yaml", "{brandname: TINHMAU}", '{brandname: UBND TINH MAU, carriers: "viettel, vinafone"}')
    found = problems(office)
    assert [(each.code, each.severity) for each in found] == [
        ("E775", "error"),
        ("E776", "error"),
        ("E777", "warning"),
    ]
    assert all(each.place and each.place.file == "loa.yaml" for each in found)


def test_hours_that_leave_no_time_are_told(office: Path) -> None:
    replace_in(
        office / "loa.yaml", 'quiet_hours: {from: "21:00", to: "07:00"}', 'quiet_hours: {from: "06:00", to: "23:00"}'
    )
    assert codes(office) == ["E794"]


def test_without_marks_the_draft_is_plain_to_the_byte(office: Path) -> None:
    say(office, "“Bà con” nộp 100.000₫ – gọi 1022…")
    assert draft_of(office).text == "“Bà con” nộp 100.000₫ – gọi 1022…"
    choose(office, diacritics="remove")
    assert draft_of(office).text == '"Ba con" nop 100.000 d - goi 1022...'


def test_a_sign_without_a_plain_form_is_an_error_with_its_place_and_not_dropped(office: Path) -> None:
    choose(office, diacritics="remove")
    say(office, "Bà con chú ý\nlũ 🌊 lên, 水 về")
    found = problems(office)
    assert [(each.code, each.params["characters"]) for each in found] == [("E301", "🌊"), ("E301", "水")]
    assert [(each.place.file, each.place.line, each.place.column) for each in found if each.place] == [
        (TEXT, 5, 4),
        (TEXT, 5, 11),
    ]


def test_a_sign_in_the_campaign_file_is_found_there(office: Path) -> None:
    choose(office, diacritics="remove")
    replace_in(office / YAML, SEND, 'sms: {text: "Chào 🌊", recipients: doi-ngu')
    [problem] = problems(office)
    assert problem.place is not None
    assert (problem.code, problem.place.file) == ("E301", YAML)
    assert problem.place.source_line[problem.place.column - 1] == "🌊"


def test_the_terms_name_the_class_the_rules_and_who_gets_it_first(office: Path) -> None:
    terms = draft_of(office).terms
    assert terms is not None
    packed = terms.packed()
    assert (packed["class"], packed["rules"], packed["canary"], packed["budget"]) == (
        "public_info",
        "vn-2026-11",
        "",
        "",
    )
    choose(office, canary="can-bo")
    terms = draft_of(office).terms
    assert terms is not None
    packed = terms.packed()
    assert (packed["canary"], packed["canary_count"], packed["canary_digest"]) == ("can-bo", 5, "of can-bo in tinh-mau")
