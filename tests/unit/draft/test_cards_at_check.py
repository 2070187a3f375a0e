"""What the cards of the channels say of a plan is found at check: quota, references, titles, price, kinds, frames."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.campaign import load_campaigns
from loa.delivery import ChannelCard, MediaRule
from loa.draft import limit_problems
from loa.errors import Problem
from loa.messages import describe
from loa.wiring.cards import cards
from loa.workspace import open_workspace

NOW = datetime(2027, 2, 10, 3, 0, tzinfo=UTC)
YAML = "campaigns/thu-nghiem.yaml"
BROADCASTS = """\
  - id: zalo-tinh
    channel: zalo
    unit: tinh-mau
    name: OA Tỉnh
    settings: {oa_id: "1", app_id: "2"}
  - id: gui-tinh
    channel: zalo-broadcast
    unit: tinh-mau
    name: Gửi bài Tỉnh
    settings: {oa_id: "1", app_id: "2", package: advanced}
  - id: x-tinh
    channel: x
    unit: tinh-mau
    name: X Tỉnh
reviewers:
"""
ARTICLE = """\
  - id: {id}
    title: {title}
    content: [content/{id}.md]
    units: [tinh-mau]
    when: {{{when}}}
    make: [{{id: anh, template: infographics/chi-so, formats: [square], facts: [truc-tuyen], data: {{title: Nộp}}}}]
    send:
"""
Check = Callable[..., list[Problem]]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_office(tmp_path / "office")
    replace_in(root / "loa.yaml", "reviewers:\n", BROADCASTS)
    return root


@pytest.fixture
def check(office: Path) -> Check:
    """The problems of the office; items are added as (id, when, channels, title)."""

    def run(*items: tuple[str, str, Mapping[str, str]], **changed: ChannelCard) -> list[Problem]:
        for name, when, send in items:
            text = ARTICLE.format(id=name, when=when, title=f"Tin {name}")
            text += "".join(f"      {channel}: {{{said}}}\n" for channel, said in send.items())
            with (office / YAML).open("a", encoding="utf-8") as file:
                file.write(text)
            content = office / f"content/{name}.md"
            if not content.exists():
                content.write_text(f"---\ntitle: Bài {name}\n---\nNội dung {name}.\n", encoding="utf-8")
        ws = open_workspace(office)
        known = cards() | {name.replace("_", "-"): card for name, card in changed.items()}
        return limit_problems(ws, load_campaigns(ws), known, NOW, NOW + timedelta(days=366))

    return run


def broadcast(name: str, when: str) -> tuple[str, str, Mapping[str, str]]:
    return name, when, {"zalo": "asset: anh/square", "zalo-broadcast": ""}


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_as_many_broadcasts_as_the_package_has_are_no_problem(check: Check) -> None:
    assert check(broadcast("bai", 'every: week, weekday: monday, at: "08:00", until: 2027-02-28')) == []


def test_a_fifth_broadcast_in_a_month_is_refused_with_dates_limit_and_remedy(check: Check, office: Path) -> None:
    (problem,) = check(
        broadcast("bai", 'every: week, weekday: monday, at: "08:00", from: 2027-03-01, until: 2027-03-31')
    )
    told = describe(problem)
    assert problem.code == "E566"
    assert problem.place
    line = (office / YAML).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line.strip() == "zalo-broadcast: {}"
    assert f"{YAML}:{problem.place.line}:{problem.place.column} [E566]" in told
    for words in ("03/2027", "5 lượt", "chỉ cho 4 lượt", "Gửi bài Tỉnh", "01/03 08:00 bai", "29/03 08:00 bai"):
        assert words in told
    for words in ("sang tháng khác", "gộp nhiều bài", "gói cao hơn"):
        assert words in told


def test_the_quota_counts_by_the_month_of_the_workspace_and_over_all_campaigns(check: Check, office: Path) -> None:
    """Half past midnight on 1 April in Vietnam is still March in Greenwich."""
    items = [broadcast(f"bai-{day}", f'date: 2027-03-{day:02}, at: "08:00"') for day in (2, 9, 16, 23)]
    assert check(*items, broadcast("bai-5", 'date: 2027-04-01, at: "00:30"')) == []
    text = (office / YAML).read_text(encoding="utf-8")
    (office / "campaigns/khac.yaml").write_text(text.replace("id: thu-nghiem", "id: khac"), encoding="utf-8")
    (problem,) = check()
    assert (problem.code, problem.params["count"], problem.params["most"]) == ("E566", "8", "4")


def test_what_went_out_earlier_in_the_month_counts_but_only_what_is_ahead_is_refused(check: Check) -> None:
    early = [broadcast(f"bai-{day}", f'date: 2027-02-{day:02}, at: "08:00"') for day in (1, 2, 3, 4)]
    (problem,) = check(*early, broadcast("bai-5", 'date: 2027-02-20, at: "08:00"'))
    assert problem.params["count"] == "5"
    assert check() == [problem]  # the same words every time


def test_more_than_the_package_in_what_is_gone_already_is_nobodys_problem_now(check: Check) -> None:
    assert check(*(broadcast(f"bai-{day}", f'date: 2027-02-{day:02}, at: "08:00"') for day in range(1, 7))) == []


def test_a_channel_setting_of_the_workspace_changes_the_quota(check: Check, office: Path) -> None:
    settings = 'channels:\n  zalo-broadcast: {settings: {broadcasts_advanced: "1"}}\naccounts:\n'
    replace_in(office / "loa.yaml", "accounts:\n", settings)
    items = [broadcast(f"bai-{day}", f'date: 2027-03-{day:02}, at: "08:00"') for day in (2, 9)]
    assert codes(check(*items)) == ["E566"]


def test_accounts_with_the_same_plan_are_told_in_one_problem(check: Check, office: Path) -> None:
    replace_in(office / YAML, "facebook: {asset: hinh/square}", "x: {asset: hinh/square}")
    card = replace(cards()["facebook"], monthly_quota=lambda _settings, _channel: 0)
    (problem,) = check(facebook=card)
    assert problem.params["accounts"] == "Tỉnh Mẫu, Xã Một"


def test_a_broadcast_of_an_item_that_is_no_article_is_refused(check: Check) -> None:
    (problem,) = check(("bai", 'date: 2027-03-02, at: "08:00"', {"zalo-broadcast": ""}))
    assert problem.code == "E567"
    assert problem.params["needed"] == "Zalo OA"
    assert "mục send" in describe(problem)


def test_a_broadcast_names_the_articles_of_other_items(check: Check) -> None:
    articles = [(name, 'date: 2027-03-01, at: "08:00"', {"zalo": "asset: anh/square"}) for name in ("mot", "hai")]
    sent = ("gui", 'date: 2027-03-01, at: "08:00"', {"zalo-broadcast": "options: {articles: 'mot, hai'}"})
    assert check(*articles, sent) == []


@pytest.mark.parametrize(
    ("articles", "when", "code"),
    [
        ("mott", "2027-03-05", "E571"),
        ("tin-mot", "2027-03-05", "E567"),
        ("mot", "2027-02-28", "E572"),
        ("'mot, a, b, c, d, e'", "2027-03-05", "E573"),
    ],
)
def test_a_broadcast_that_points_at_nothing_is_refused_where_it_says_so(
    check: Check, office: Path, articles: str, when: str, code: str
) -> None:
    found = check(
        ("mot", 'date: 2027-03-01, at: "08:00"', {"zalo": "asset: anh/square"}),
        ("gui", f'date: {when}, at: "08:00"', {"zalo-broadcast": f"options: {{articles: {articles}}}"}),
    )
    (problem,) = [each for each in found if each.code == code]
    assert problem.place
    line = (office / YAML).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith(articles)


def test_only_the_posts_of_its_own_account_at_the_platform_can_be_sent_on(check: Check, office: Path) -> None:
    item = broadcast("bai", 'date: 2027-03-02, at: "08:00"')
    assert check(item) == []
    replace_in(office / "loa.yaml", 'settings: {oa_id: "1", app_id: "2"}', 'settings: {oa_id: "9", app_id: "2"}')
    assert codes(check()) == ["E567"]


def test_of_an_article_that_recurs_the_nearest_is_meant(check: Check) -> None:
    weekly = 'every: week, weekday: {}, at: "{}", until: 2027-02-28'
    article = ("mot", weekly.format("tuesday", "08:00"), {"zalo": "asset: anh/square"})
    after = ("gui", weekly.format("tuesday", "09:00"), {"zalo-broadcast": "options: {articles: mot}"})
    before = ("gui-som", weekly.format("tuesday", "07:00"), {"zalo-broadcast": "options: {articles: mot}"})
    card = replace(cards()["zalo-broadcast"], monthly_quota=None)
    assert check(article, after, zalo_broadcast=card) == []
    assert codes(check(before, zalo_broadcast=card)) == ["E572"]


@pytest.mark.parametrize(("day", "told"), [("2027-03-02", ["E568"]), ("2027-03-03", [])])
def test_two_articles_with_one_title_within_a_day_are_told(
    check: Check, office: Path, day: str, told: list[str]
) -> None:
    for name in ("mot", "hai"):
        words = "---\ntitle: Bài của {{ unit.name }}\n---\nNội dung.\n"
        (office / f"content/{name}.md").write_text(words, encoding="utf-8")
    problems = check(
        ("mot", 'date: 2027-03-02, at: "08:00"', {"zalo": "asset: anh/square"}),
        ("hai", f'date: {day}, at: "08:00"', {"zalo": "asset: anh/square"}),
    )
    assert codes(problems) == told
    assert [problem.severity for problem in problems] == ["warning"] * len(told)
    assert [problem.params["title"] for problem in problems] == ["Bài của Tỉnh Mẫu"] * len(told)


def fake_price(text: str, settings: Mapping[str, str]) -> Decimal:
    return Decimal(settings["dear"] if "https://" in text else "0.015")


@pytest.mark.parametrize(
    ("send", "told"),
    [
        ("asset: anh/square", []),
        ("asset: anh/square, link: https://a.vn", ["E569"]),
        ("link: https://a.vn", ["E574"]),
        ("text: Xem https://a.vn/x", ["E574"]),
    ],
)
def test_a_link_that_makes_a_post_dearer_is_told_with_both_prices(check: Check, send: str, told: list[str]) -> None:
    card = replace(cards()["x"], price=fake_price, host_settings=(("dear", "0.20"),))
    problems = check(("bai", 'date: 2027-03-02, at: "08:00"', {"x": send}), x=card)
    assert codes(problems) == told
    for problem in problems:
        assert (problem.severity, problem.params["with_link"], problem.params["without"]) == (
            "warning",
            "0,20",
            "0,015",
        )


def test_a_channel_may_go_without_the_link_of_the_content(check: Check, office: Path) -> None:
    text = "---\ntitle: Bài\nlink: https://a.vn\n---\nNội dung.\n"
    (office / "content/bai.md").write_text(text, encoding="utf-8")
    card = replace(cards()["x"], price=fake_price, host_settings=(("dear", "0.20"),))
    when = 'date: 2027-03-02, at: "08:00"'
    assert codes(check(("bai", when, {"x": "link: không"}), x=card)) == []


def test_the_workspace_says_what_a_link_costs_today(check: Check, office: Path) -> None:
    replace_in(office / "loa.yaml", "accounts:\n", 'channels:\n  x: {settings: {dear: "0.5"}}\naccounts:\n')
    card = replace(cards()["x"], price=fake_price, host_settings=(("dear", "0.20"),))
    (problem,) = check(("bai", 'date: 2027-03-02, at: "08:00"', {"x": "link: https://a.vn"}), x=card)
    assert problem.params["with_link"] == "0,50"


def test_kinds_that_a_post_does_not_carry_together_are_refused(check: Check, office: Path) -> None:
    when = 'date: 2027-03-02, at: "08:00"'
    assert check(("bai", when, {"facebook": "asset: anh/square"})) == []
    make = "    make: [{id: anh,"
    clip = "{id: clip, template: clips/con-so, formats: [story], facts: [truc-tuyen], data: {title: Nộp}}"
    replace_in(office / YAML, make, f"    make: [{clip}, {{id: anh,")
    replace_in(office / YAML, "facebook: {asset: anh/square}", "facebook: {asset: 'anh/square, clip/story'}")
    assert codes(check()) == ["E577"]
    assert check(facebook=replace(cards()["facebook"], mixes_kinds=True)) == []


def test_a_frame_that_every_rule_of_its_kind_refuses_is_told(check: Check) -> None:
    rules = tuple(MediaRule("picture", ("image/jpeg",), 1, 10**7, ratio=span) for span in ((1.5, 2.0), (0.5, 0.6)))
    card = replace(cards()["facebook"], media=rules)
    assert codes(check(facebook=card)) == ["E482"]
    assert check(facebook=replace(card, media=(*rules, MediaRule("picture", ("image/jpeg",), 1, 10**7)))) == []


def test_more_of_a_kind_than_its_largest_rule_takes_is_refused(check: Check, office: Path) -> None:
    replace_in(office / YAML, "asset: hinh/square", "asset: 'hinh/square, hinh/portrait'")
    replace_in(office / YAML, "formats: [square]", "formats: [square, portrait]")
    one = MediaRule("picture", ("image/jpeg",), 1, 10**7)
    card = cards()["facebook"]
    assert codes(check(facebook=replace(card, media=(one,)))) == ["E527"]
    assert check(facebook=replace(card, media=(one, replace(one, max_count=2)))) == []


def test_the_length_is_that_of_the_text_as_it_leaves_with_its_link(check: Check, office: Path) -> None:
    """X carries the link in a paragraph of its own: 255 letters, two line breaks and 23 for any link."""
    item = ("bai", 'date: 2027-03-02, at: "08:00"', {"x": "link: https://dichvucong.gov.vn"})
    (office / "content/bai.md").write_text("---\ntitle: Bài\n---\n" + "a" * 255 + "\n", encoding="utf-8")
    assert "E524" not in codes(check(item))
    (office / "content/bai.md").write_text("---\ntitle: Bài\n---\n" + "a" * 256 + "\n", encoding="utf-8")
    assert "E524" in codes(check())


def test_readers_that_zalo_does_not_know_are_told_before_it_is_asked(office: Path) -> None:
    channel = cards()["zalo-broadcast"]
    ages = next(option for option in channel.options if option.name == "ages")
    towns = next(option for option in channel.options if option.name == "cities")
    assert ages.takes
    assert towns.takes
    assert [ages.takes(words) for words in ("18-24, 65+", "18-25", "")] == [True, False, True]
    assert [towns.takes(words) for words in ("Nghệ An, tp hcm", "Xứ Nghệ")] == [True, False]
