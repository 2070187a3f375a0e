"""One byte changed after approval: nothing goes out, and the status says why."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.office import replace_in
from support.planted import phone

from loa.delivery import State
from loa.dispatch import plan, plan_some, render_plan
from loa.workspace import bundled

from .conftest import FIRST_SLOT, Stage

THIRD_SLOT = FIRST_SLOT + timedelta(days=2)


def _item_title(root: Path) -> None:
    replace_in(root / "campaigns/thu-nghiem.yaml", "title: Tin thứ ba", "title: Tin thứ bA")


def _comment_in_the_item(root: Path) -> None:
    replace_in(root / "campaigns/thu-nghiem.yaml", "  - id: tin-ba\n", "  - id: tin-ba\n    # x\n")


def _fact(root: Path) -> None:
    replace_in(root / "campaigns/thu-nghiem.yaml", 'value: "80"', 'value: "81"')


def _content(root: Path) -> None:
    replace_in(root / "content/tin-mot.md", "bà con nộp", "bà coN nộp")


def _content_front_matter(root: Path) -> None:
    replace_in(root / "content/tin-mot.md", "tại nhà", "tại nhÀ")


def _account(root: Path) -> None:
    replace_in(root / "loa.yaml", 'page_id: "1001"', 'page_id: "1009"')


@pytest.mark.parametrize(
    "change", [_item_title, _comment_in_the_item, _fact, _content, _content_front_matter, _account]
)
def test_a_changed_source_drops_the_approval_and_is_named(stage: Stage, change: Callable[[Path], None]) -> None:
    stage.make_ready()
    change(stage.root)
    stage.open()
    stage.go_to(THIRD_SLOT)
    view = next(view for view in stage.views("tin-ba"))
    assert view.state in (State.AWAITING, State.PLANNED)
    assert "đã đổi sau khi duyệt" in view.reason
    assert [e for e in stage.effects() if e.media_sha256] == []


def test_a_changed_template_drops_the_approval_and_is_named(stage: Stage) -> None:
    template = stage.root / "templates/infographics/chi-so/template.yaml"
    template.parent.mkdir(parents=True)
    for each in bundled("templates", "infographics", "chi-so").iterdir():
        (template.parent / each.name).write_bytes(each.read_bytes())
    stage.make_ready()
    with template.open("a", encoding="utf-8") as file:
        file.write("\n")
    stage.go_to(THIRD_SLOT)
    view = next(view for view in stage.views("tin-ba"))
    assert view.state == State.PLANNED
    assert "templates/infographics/chi-so" in view.reason


def _spoil_asset(stage: Stage) -> Path:
    asset = stage.views("tin-ba")[0].attachments[0].path
    data = bytearray(asset.read_bytes())
    data[-10] ^= 1
    asset.write_bytes(data)
    return asset


def test_an_asset_changed_while_the_scheduler_runs_is_held_back_and_named(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    asset = _spoil_asset(stage)
    stage.go_to(THIRD_SLOT)
    view = stage.views("tin-ba")[0]
    assert view.state == State.HELD
    assert asset.name in view.reason
    assert [e for e in stage.effects() if e.media_sha256] == []


def test_an_asset_changed_before_the_scheduler_starts_must_be_rendered_again(stage: Stage) -> None:
    stage.make_ready()
    _spoil_asset(stage)
    stage.open()
    stage.go_to(THIRD_SLOT)
    view = stage.views("tin-ba")[0]
    assert view.state == State.PLANNED
    assert "ấn phẩm" in view.reason
    assert [e for e in stage.effects() if e.media_sha256] == []


def test_a_spoilt_asset_that_is_rendered_again_goes_out_under_its_approval(stage: Stage) -> None:
    stage.make_ready()
    _spoil_asset(stage)
    render_plan(stage.desk, (), THIRD_SLOT + timedelta(days=1), lambda _done, _total: None)
    stage.go_to(THIRD_SLOT)
    assert stage.states("tin-ba") == {"fb-tinh": State.DONE}


def test_the_other_items_of_a_changed_campaign_still_go_out(stage: Stage) -> None:
    stage.make_ready()
    _item_title(stage.root)
    stage.go_to(FIRST_SLOT)
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_broken_file_stops_everything_until_it_is_mended(stage: Stage) -> None:
    stage.make_ready()
    campaign = stage.root / "campaigns/thu-nghiem.yaml"
    sound = campaign.read_text(encoding="utf-8")
    replace_in(campaign, "id: thu-nghiem", "id: [thu-nghiem")
    stage.clock.move_to(FIRST_SLOT)
    assert stage.service.beat().blocked
    assert stage.effects() == []
    campaign.write_text(sound, encoding="utf-8")
    assert not stage.service.beat().blocked
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_an_item_taken_out_of_the_plan_is_held_and_comes_back_approved(stage: Stage) -> None:
    stage.make_ready()
    campaign = stage.root / "campaigns/thu-nghiem.yaml"
    sound = campaign.read_text(encoding="utf-8")
    replace_in(campaign, "units: [tinh-mau, xa-mot]", "units: [tinh-mau]")
    plan(stage.desk)
    assert stage.states("tin-mot")["fb-xa"] == State.HELD
    campaign.write_text(sound, encoding="utf-8")
    plan(stage.desk)
    assert stage.states("tin-mot")["fb-xa"] == State.APPROVED


def test_a_changed_recipient_list_drops_the_approval(stage: Stage) -> None:
    stage.make_ready()
    replace_in(stage.root / "content/recipients/doi-ngu.csv", phone(1), phone(9))
    stage.go_to(FIRST_SLOT + timedelta(days=1, hours=1))
    assert set(stage.states("tin-hai").values()) == {State.AWAITING}
    assert stage.effects("sms") == []


def test_a_wrong_reference_stops_everything_as_a_broken_file_does(stage: Stage) -> None:
    stage.make_ready()
    replace_in(stage.root / "campaigns/thu-nghiem.yaml", "when: {date: 2027-03-02,", "when: {anchor: khong-co,")
    stage.clock.move_to(FIRST_SLOT)
    assert stage.service.beat().blocked
    assert stage.effects() == []


def test_a_change_while_the_scheduler_runs_is_noticed_by_the_next_beat(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT - timedelta(minutes=1))
    replace_in(stage.root / "content/tin-mot.md", "bà con", "mọi người")
    stage.go_to(FIRST_SLOT)
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
    assert stage.effects() == []


def test_campaigns_planned_alone_drop_their_approvals_and_leave_all_others_as_they_were(stage: Stage) -> None:
    second = (
        (stage.root / "campaigns/thu-nghiem.yaml").read_text(encoding="utf-8").replace("id: thu-nghiem", "id: khac")
    )
    (stage.root / "campaigns/khac.yaml").write_text(second, encoding="utf-8")
    stage.make_ready()
    before = {view.campaign_id: view.state for view in stage.views("tin-mot")}
    _content(stage.root)
    plan_some(stage.desk, {"thu-nghiem": ()})
    after = {view.campaign_id: view.state for view in stage.views("tin-mot")}
    assert after["thu-nghiem"] in (State.AWAITING, State.PLANNED)
    assert after["khac"] == before["khac"]
    plan(stage.desk)
    assert {view.state for view in stage.views("tin-mot")} == {after["thu-nghiem"]}


def test_an_item_planned_alone_drops_its_approval_and_leaves_the_rest_of_its_campaign_as_it_was(stage: Stage) -> None:
    stage.make_ready()
    before = stage.states("tin-hai")
    _content(stage.root)
    replace_in(stage.root / "content/tin-hai.md", "goi 1022", "goi 1900")
    plan_some(stage.desk, {"thu-nghiem": {"tin-mot"}})
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
    assert stage.states("tin-hai") == before
    plan(stage.desk)
    assert set(stage.states("tin-hai").values()) == {State.AWAITING}
