"""Every reference that a campaign makes, each broken once."""

from __future__ import annotations

from typing import Any

import pytest

from loa.messages import describe

YAML = "campaigns/a.yaml"
CASES = {
    "an audience": (YAML, "audience: dan", "audience: danh", "E223", 19, 15, "dan"),
    "a theme": (YAML, "theme: dvc", "theme: dv", "E224", 20, 12, "dvc"),
    "a phase": (YAML, "phase: truoc", "phase: truocc", "E225", 21, 12, "truoc"),
    "an anchor": (YAML, "anchor: moc", "anchor: mocc", "E226", 22, 30, "moc"),
    "a fact": (YAML, "facts: [ty-le]", "facts: [ty-lee]", "E227", 27, 17, "ty-le"),
    "a unit": (YAML, "units: [tinh, xa-a]", "units: [tinh, xa-aa]", "E228", 7, 15, "xa-a"),
    "a unit of an item": (YAML, "audience: dan", "audience: dan\n    units: [xa-c]", "E228", 20, 13, "xa-b"),
    "a unit that takes no part": (YAML, "audience: dan", "audience: dan\n    units: [xa-b]", "E229", 20, 13, "xa-a"),
    "a channel": (YAML, "      facebook:\n        asset", "      facebok:\n        asset", "E230", 31, 7, "facebook"),
    "a channel of an account": ("loa.yaml", "channel: sms", "channel: smss", "E230", 11, 29, "sms"),
    "a content file": (YAML, "content/a.md", "content/aa.md", "E233", 18, 15, "content/a.md"),
    "an asset": (YAML, "asset: anh/square", "asset: anhh/square", "E238", 32, 16, "anh/square"),
    "a format": (YAML, "asset: anh/square", "asset: anh/squar", "E239", 32, 16, "anh/square"),
    "a template": (YAML, "infographics/mau", "infographics/mauu", "E242", 25, 19, "infographics/mau"),
    "a field in the title": (YAML, "title: Mở đầu", 'title: "{{ unit.nam }}"', "E235", 17, 13, "unit.name"),
    "a field in data": (YAML, "{{ fact.ty-le }}", "{{ fact.ty-lo }}", "E235", 29, 19, "fact.ty-le"),
    "a field in the text": ("content/a.md", "{{ fact.ho-so }}", "{{ fact.hoso }}", "E235", 4, 23, "fact.ho-so"),
    "a field in front matter": ("content/a.md", "{{ unit.name }}\n---", "{{ unit.ten }}\n---", "E235", 2, 8, None),
    "half a field": ("content/a.md", "{{ fact.ho-so }}", "{{ fact.ho-so }", "E237", 4, 23, ""),
    "a section that does not close": ("content/a.md", "Chào", "::: channel=sms\nChào", "E247", 4, 1, ""),
    "a section for a channel that there is not": (
        "content/a.md", "Chào", "::: channel=smss\nabc\n:::\nChào", "E230", 5, 1, "sms"),
    "a section for an audience that there is not": (
        "content/a.md", "Chào", "::: audience=dann\nabc\n:::\nChào", "E223", 5, 1, "dan"),
    "a header of a section": ("content/a.md", "Chào", "::: chanel=sms\nabc\n:::\nChào", "E246", 4, 1, "channel=…"),
    "an end without a section": ("content/a.md", "Chào", ":::\nChào", "E246", 4, 1, ""),
    "two sections for the same": (
        "content/a.md", "Chào", "::: lang=en\na\n:::\n::: lang=en\nb\n:::\nChào", "E252", 7, 1, ""),
    "a key of front matter": ("content/a.md", "title:", "titel:", "E131", 2, 1, "title"),
    "no text for a channel": ("content/a.md", "Chào {{ unit.name }}, {{ fact.ho-so }}.", "", "E248", 31, 7, ""),
    "an end before the beginning": (YAML, "from: 2026-10-01", "from: 2026-10-01\nto: 2026-09-01", "E245", 7, 5, ""),
    "recipients of a public channel": (
        YAML, "        asset: anh", "        recipients: dan\n        asset: anh", "E240", 32, 9, ""),
    "an option": (
        YAML, "        asset: anh", "        options: {plase: reel}\n        asset: anh", "E575", 32, 19, "place"),
    "a value of an option": (
        YAML, "        asset: anh", "        options: {place: rell}\n        asset: anh", "E576", 32, 26, "reel"),
    "the bare beginning of an option": (
        YAML, "        asset: anh", "        options: {data.: a}\n        asset: anh", "E575", 32, 19, None),
    "a value that an option's own judge refuses": (
        YAML, "        asset: anh", '        options: {even: "3"}\n        asset: anh', "E576", 32, 25, None),
    "a setting of an account": ("loa.yaml", 'settings: {page_id: "1"}', "settings: {a: b}", "E250", 8, 62, ""),
    "a pace of an account": (
        "loa.yaml", 'settings: {page_id: "1"}', 'settings: {page_id: "1", rate_per_second: nhanh}', "E590", 8, 104, ""),
    "a pace of a channel": (
        "loa.yaml", "lists:", 'channels: {facebook: {settings: {rate_per_second: "0"}}}\nlists:', "E590", 12, 51, ""),
    "a secret of an account": ("loa.yaml", "secrets: {token: t}", "secrets: {toke: t}", "E251", 8, 88, ""),
}  # fmt: skip


def test_the_workspace_of_these_tests_is_right(office: Any) -> None:
    assert office.places() == []


@pytest.mark.parametrize("name", CASES)
def test_each_broken_reference_has_its_code_its_place_and_a_guess(office: Any, name: str) -> None:
    file, old, new, code, line, column, suggestion = CASES[name]
    office.change(file, old, new)
    shown = YAML if code == "E248" else file
    found = [problem for problem in office.problems() if problem.severity == "error"]
    assert [(p.code, p.place.file, p.place.line, p.place.column) for p in found] == [(code, shown, line, column)]
    if suggestion is not None:
        assert found[0].suggestion == suggestion
    assert f"[{code}]" in describe(found[0])


@pytest.mark.parametrize("option", ["place: reel", "data.ho_ten: Lan", "data.ngay: bất kỳ", 'even: "6"'])
def test_an_option_that_the_channel_has_is_no_problem(office: Any, option: str) -> None:
    office.change(YAML, "        asset: anh", f"        options: {{{option}}}\n        asset: anh")
    assert office.places() == []


def test_what_an_option_accepts_is_told(office: Any) -> None:
    office.change(YAML, "        asset: anh", "        options: {place: rell}\n        asset: anh")
    (problem,) = office.problems()
    assert problem.accepted == ("feed", "reel")


def test_a_list_of_recipients_is_needed_where_the_channel_has_them(office: Any) -> None:
    office.change(YAML, "      facebook:\n", "      sms: {text: Chào}\n      facebook:\n")
    assert ("E241", YAML, 31, 7) in office.places()


def test_some_units_without_an_account_are_a_warning(office: Any) -> None:
    office.change(YAML, "      facebook:\n", "      sms: {text: Chào, recipients: dan}\n      facebook:\n")
    (problem,) = office.problems()
    assert (problem.code, problem.severity, problem.params["units"]) == ("E232", "warning", "xa-a")


def test_a_channel_on_which_nobody_has_an_account_is_an_error(office: Any) -> None:
    office.change(YAML, "units: [tinh, xa-a]", "units: [xa-a]")
    office.change(YAML, "      facebook:\n", "      sms: {text: Chào, recipients: dan}\n      facebook:\n")
    (problem,) = office.problems()
    assert (problem.code, problem.severity) == ("E231", "error")


def test_a_field_that_one_of_the_units_cannot_fill_is_an_error_that_names_the_unit(office: Any) -> None:
    office.change("content/a.md", "{{ unit.name }},", "{{ unit.portal }},")
    (problem,) = office.problems()
    assert (problem.code, problem.params["units"]) == ("E236", "tinh")


def test_only_the_units_of_the_item_need_to_fill_its_fields(office: Any) -> None:
    office.change("content/a.md", "{{ unit.name }},", "{{ unit.portal }},")
    office.change(YAML, "audience: dan", "audience: dan\n    units: [xa-a]")
    assert office.places() == []


def test_all_means_every_unit(office: Any) -> None:
    office.change(YAML, "units: [tinh, xa-a]", "units: [all]")
    office.change("content/a.md", "{{ unit.name }},", "{{ unit.hotline }},")
    assert [problem.params["units"] for problem in office.problems()] == ["xa-b"]


def test_content_outside_of_the_workspace_is_refused(office: Any) -> None:
    for path in ("../a.md", "/etc/passwd", "content/../../a.md", "C:/a.md"):
        office.change(YAML, "content/a.md", path)
        assert office.places() == [("E202", YAML, 18, 15)]
        office.change(YAML, path, "content/a.md")


def test_a_template_outside_of_the_workspace_is_refused(office: Any) -> None:
    office.change(YAML, "infographics/mau", "../../etc")
    assert office.places() == [("E202", YAML, 25, 19)]


def test_a_mistake_in_a_content_file_of_many_items_is_told_once(office: Any) -> None:
    text = (office.root / YAML).read_text(encoding="utf-8")
    item = text[text.index("  - id: mot") :]
    office.write(YAML, text + item.replace("id: mot", "id: hai"))
    office.change("content/a.md", "{{ unit.name }},", "{{ unit.nam }},")
    assert [place[0] for place in office.places()] == ["E235"]


def test_every_mistake_of_every_file_is_told_at_once(office: Any) -> None:
    office.change(YAML, "audience: dan", "audience: danh")
    office.change(YAML, "asset: anh/square", "asset: anhh/square")
    office.change("content/a.md", "{{ unit.name }},", "{{ unit.nam }}, {{ x")
    office.change("loa.yaml", "secrets: {token: t}", "secrets: {toke: t}")
    assert [place[0] for place in office.places()] == ["E223", "E238", "E235", "E237", "E251"]


def test_no_secret_name_of_another_account_is_shown(office: Any) -> None:
    office.change("loa.yaml", "secrets: {token: t}", "secrets: {toke: bi-mat}")
    (problem,) = office.problems()
    assert problem.params == {"account": "fb-tinh", "channel": "facebook", "name": "token"}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("units_below: tinh", []),
        ("units_below: xa-a", ["E164"]),
        ("units_below: tinh-khac", ["E228"]),
        ("units: [tinh]\nunits_below: tinh", ["E162"]),
        ("note: Chưa ghi đơn vị nào", ["E162"]),
    ],
)
def test_a_campaign_names_its_units_or_a_branch_of_the_tree(office: Any, written: str, codes: list[str]) -> None:
    office.change("loa.yaml", "name: Xã B,", 'name: Xã B, hotline: "0238222", portal: "https://b.vn",')
    office.change(YAML, "units: [tinh, xa-a]", written)
    assert [code for code, *_ in office.places()] == codes
