"""Which campaigns a saved file belongs to."""

from pathlib import Path

from support.office import make_office

from loa.preview.live_desk.touched import campaigns_of
from loa.workspace import open_workspace


def test_a_campaign_and_the_texts_that_it_names_belong_to_it(tmp_path: Path) -> None:
    workspace = open_workspace(make_office(tmp_path / "office"))
    saved = {workspace.campaigns / "thu-nghiem.yaml", workspace.content / "tin-mot.md"}
    assert campaigns_of(workspace, saved) == {"thu-nghiem"}


def test_settings_templates_and_files_that_nobody_names_may_belong_to_any(tmp_path: Path) -> None:
    workspace = open_workspace(make_office(tmp_path / "office"))
    known = workspace.content / "tin-mot.md"
    for path in (workspace.root / "loa.yaml", workspace.templates / "a/template.yaml", workspace.content / "ai-do.md"):
        assert campaigns_of(workspace, {known, path}) == frozenset()
    assert campaigns_of(workspace, ()) == frozenset()


def test_beside_a_campaign_that_cannot_be_read_nobody_knows(tmp_path: Path) -> None:
    workspace = open_workspace(make_office(tmp_path / "office"))
    (workspace.campaigns / "hong.yaml").write_text("id: [", encoding="utf-8")
    assert campaigns_of(workspace, {workspace.content / "tin-mot.md"}) == frozenset()
