from __future__ import annotations

from typing import Any

import pytest

from loa.campaign import load_campaigns, read_campaigns
from loa.errors import ProblemsFound


def test_campaigns_are_found_in_folders_in_the_order_of_their_paths(office: Any) -> None:
    text = (office.root / "campaigns/a.yaml").read_text(encoding="utf-8")
    office.write("campaigns/2026/b.yaml", text.replace("id: a\n", "id: b\n"))
    loaded = load_campaigns(office.open())
    assert [(one.shown, one.campaign.id) for one in loaded] == [
        ("campaigns/2026/b.yaml", "b"),
        ("campaigns/a.yaml", "a"),
    ]


def test_an_item_knows_its_lines_and_its_places(office: Any) -> None:
    (loaded,) = load_campaigns(office.open())
    source = loaded.item_source("mot")
    assert source.startswith("  - id: mot\n")
    assert source.endswith("asset: anh/square, anh/story")
    assert loaded.item("mot").title == "Mở đầu"
    place = loaded.item_place("mot", "send", "facebook", "asset")
    assert (place.file, place.line, place.column) == ("campaigns/a.yaml", 32, 16)


def test_problems_of_all_files_come_together(office: Any) -> None:
    office.change("campaigns/a.yaml", "title: Mở đầu", "titel: Mở đầu")
    office.write("campaigns/b.yaml", "id: Hà Nội: mưa\n")
    with pytest.raises(ProblemsFound) as found:
        load_campaigns(office.open())
    codes = {(p.code, p.place.file) for p in found.value.problems() if p.place}
    assert codes == {("E130", "campaigns/a.yaml"), ("E131", "campaigns/a.yaml"), ("E113", "campaigns/b.yaml")}


def test_the_campaigns_that_can_be_read_are_handed_out_beside_the_problems(office: Any) -> None:
    office.write("campaigns/b.yaml", "id: [\n")
    campaigns, problems = read_campaigns(office.open())
    assert [one.campaign.id for one in campaigns] == ["a"]
    assert {p.place.file for p in problems if p.place} == {"campaigns/b.yaml"}


def test_a_campaign_id_is_used_once(office: Any) -> None:
    office.write("campaigns/b.yaml", (office.root / "campaigns/a.yaml").read_text(encoding="utf-8"))
    _, problems = read_campaigns(office.open())
    assert [(p.code, p.place.file, p.params["file"]) for p in problems if p.place] == [
        ("E221", "campaigns/b.yaml", "campaigns/a.yaml")
    ]


SECOND = "{id: mot, title: b, content: [content/a.md], when: {at: 8:00, anchor: moc}, send: {facebook: }}"
MAKE = "{id: anh, template: infographics/mau, formats: [square]}"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  - id: mot\n", f"  - {SECOND}\n  - id: mot\n", 17),
        ("[{id: dan,", "[{id: dan, name: x}, {id: dan,", 10),
        ("[{id: dvc,", "[{id: dvc, name: x}, {id: dvc,", 11),
        ("[{id: truoc,", "[{id: truoc, title: x}, {id: truoc,", 9),
        ("      - id: anh\n", f"      - {MAKE}\n      - id: anh\n", 25),
    ],
)
def test_ids_inside_a_campaign_are_used_once(office: Any, old: str, new: str, line: int) -> None:
    office.change("campaigns/a.yaml", old, new)
    _, problems = read_campaigns(office.open())
    assert [(p.code, p.place.line) for p in problems if p.place] == [("E222", line)]


def test_a_campaign_file_with_another_ending_is_not_left_out_in_silence(office: Any) -> None:
    office.write("campaigns/b.yml", "id: b\n")
    _, problems = read_campaigns(office.open())
    assert [(p.code, p.params["name"]) for p in problems] == [("E220", "b.yaml")]


def test_files_that_an_editor_leaves_behind_are_passed_over(office: Any) -> None:
    office.write("campaigns/.b.yaml", "x")
    office.write("campaigns/~b.yaml", "x")
    office.write("campaigns/ghi-chu.txt", "x")
    assert len(load_campaigns(office.open())) == 1


def test_a_link_that_leads_out_of_the_workspace_is_refused(
    office: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("ngoai") / "b.yaml"
    outside.write_text("id: b\n")
    (office.root / "campaigns/b.yaml").symlink_to(outside)
    _, problems = read_campaigns(office.open())
    assert [p.code for p in problems] == ["E202"]


def test_a_workspace_without_campaigns_has_none(office: Any) -> None:
    (office.root / "campaigns/a.yaml").unlink()
    assert load_campaigns(office.open()) == ()
