"""Which campaigns, and which of their items, a saved file belongs to."""

from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.preview.live_desk.touched import touched_by
from loa.workspace import Workspace, open_workspace

CAMPAIGN = "thu-nghiem"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(make_office(tmp_path / "office"))


def test_a_text_belongs_to_the_items_that_name_it_and_a_campaign_to_all_of_its_own(workspace: Workspace) -> None:
    campaign, one, two = (
        workspace.campaigns / f"{CAMPAIGN}.yaml",
        workspace.content / "tin-mot.md",
        workspace.content / "tin-hai.md",
    )
    assert touched_by(workspace, {two}) == {CAMPAIGN: {"tin-hai"}}
    assert touched_by(workspace, [one, two]) == {CAMPAIGN: {"tin-mot", "tin-ba", "tin-hai"}}
    for saved in ([one, campaign], [campaign, one]):
        assert touched_by(workspace, saved) == {CAMPAIGN: set()}


def test_a_text_that_the_campaign_names_outside_of_its_items_belongs_to_all_of_them(workspace: Workspace) -> None:
    replace_in(workspace.campaigns / f"{CAMPAIGN}.yaml", "items:", "# content/tin-mot.md is for everybody\nitems:")
    assert touched_by(workspace, {workspace.content / "tin-mot.md"}) == {CAMPAIGN: set()}


def test_settings_templates_and_files_that_nobody_names_may_belong_to_any(workspace: Workspace) -> None:
    known = workspace.content / "tin-mot.md"
    for path in (workspace.root / "loa.yaml", workspace.templates / "a/template.yaml", workspace.content / "ai-do.md"):
        assert touched_by(workspace, {known, path}) == {}
    assert touched_by(workspace, ()) == {}


def test_beside_a_campaign_that_cannot_be_read_nobody_knows(workspace: Workspace) -> None:
    (workspace.campaigns / "hong.yaml").write_text("id: [", encoding="utf-8")
    assert touched_by(workspace, {workspace.content / "tin-mot.md"}) == {}
