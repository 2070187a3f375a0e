"""The two sample campaigns over a year: what an officer would look at before showing them to anybody."""

import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path

from loa.campaign import load_campaigns
from loa.draft import not_looked_up
from loa.draft.compose import Composer, Draft
from loa.messages import number
from loa.render import Renderer
from loa.text import sms_count, x_length
from loa.timetable import build
from loa.wiring.cards import cards
from loa.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = [
    *(ROOT / "campaigns").rglob("*.yaml"),
    *(ROOT / "content").rglob("*.*"),
    ROOT / "loa.yaml",
    ROOT / "units.csv",
]
# Kế hoạch 176/KH-UBND (Chương Mỹ), letter by letter; the one that names Hà Nội is not for other provinces.
SLOGANS = {
    "Hành chính thông minh – Tận tâm phục vụ",
    "Dịch vụ công trực tuyến – Đơn giản thủ tục, tiết kiệm thời gian",
    "Đăng ký khai sinh trực tuyến – Nhanh chóng, dễ dàng, mọi lúc mọi nơi",
    "Nộp thuế điện tử – Tiết kiệm chi phí, nâng cao hiệu quả kinh doanh",
    "Kết nối dữ liệu trực tuyến – Đồng hành phát triển doanh nghiệp",
    "Dịch vụ công trực tuyến: Giải pháp tiết kiệm thời gian, nâng cao chất lượng phục vụ",
}
FIGURES = {"10", "15", "50", "52", "60", "70", "80", "90", "100"}
"""Those of the plans that the samples were made from."""


@cache
def drafts() -> tuple[Draft, ...]:
    workspace = open_workspace(ROOT)
    campaigns = load_campaigns(workspace)
    start, end = (datetime(year, 1, 1, tzinfo=workspace.zone) for year in (2027, 2028))
    composer = Composer(workspace, Renderer(workspace), not_looked_up, cards())
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    slots = build(workspace, campaigns, start, end)
    return tuple(draft for slot in slots for draft in composer.drafts(by_id[slot.campaign_id], slot))


def of_channel(name: str) -> list[Draft]:
    return [draft for draft in drafts() if draft.channel == name]


def test_a_year_is_as_much_as_an_office_can_look_at() -> None:
    assert 250 <= len(drafts()) <= 500


def test_a_short_message_is_one_part_without_accents_or_at_most_two_with_them() -> None:
    counts = [sms_count(draft.text) for draft in of_channel("sms")]

    assert {count.encoding for count in counts} == {"gsm7", "ucs2"}, "the samples show both"
    assert all(count.parts <= (1 if count.encoding == "gsm7" else 2) for count in counts)


def test_a_post_on_x_fits() -> None:
    assert max(x_length(draft.text) for draft in of_channel("x")) <= 280


def test_no_account_says_the_same_thing_twice_in_a_year() -> None:
    said = [(draft.account.id, draft.text) for draft in drafts()]

    assert len(set(said)) == len(said)


def test_an_article_has_a_title_of_its_own_for_each_month() -> None:
    titles = [(draft.account.id, draft.title) for draft in of_channel("zalo")]

    assert len(set(titles)) == len(titles)


def test_every_unit_speaks_with_its_own_name_and_hotline() -> None:
    names = {"tinh-nghe-an": "Tỉnh Nghệ An", "xa-kim-lien": "Xã Kim Liên"}
    for draft in drafts():
        others = [name for code, name in names.items() if code != draft.slot.unit_code]
        assert not any(name in draft.text for name in others), draft.key


def test_all_five_themes_and_all_four_audiences_are_served() -> None:
    for loaded in load_campaigns(open_workspace(ROOT)):
        campaign = loaded.campaign
        assert {item.theme for item in campaign.items} == {theme.id for theme in campaign.themes}
        assert {item.audience for item in campaign.items} == {audience.id for audience in campaign.audiences}


def test_the_fixed_slogans_are_those_of_the_plan() -> None:
    for loaded in load_campaigns(open_workspace(ROOT)):
        bank = {slogan for audience in loaded.campaign.audiences for slogan in audience.slogans}
        assert bank == SLOGANS


def test_every_figure_is_one_of_the_plans_and_every_picture_names_its_source() -> None:
    for loaded in load_campaigns(open_workspace(ROOT)):
        facts = loaded.campaign.facts
        shown = [make for item in loaded.campaign.items for make in item.make if make.facts]
        assert shown
        for make in shown:
            sourced = "source" in make.data or make.template.startswith("clips/")
            assert sourced, make.template
        assert {number(fact.value) for fact in facts.values()} <= {
            "10",
            "15",
            "50",
            "52",
            "60",
            "70",
            "80",
            "90",
            "100",
        }


def test_accounts_and_people_say_that_they_are_samples() -> None:
    settings = open_workspace(ROOT).settings

    assert all("mẫu" in account.name for account in settings.accounts)
    assert all("mẫu" in reviewer.title for reviewer in settings.reviewers)
    assert all("mẫu" in loaded.campaign.note for loaded in load_campaigns(open_workspace(ROOT)))


def test_the_files_are_in_the_normal_form() -> None:
    wrong = [
        path for path in SAMPLES if path.is_file() and not unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    ]

    assert wrong == []
