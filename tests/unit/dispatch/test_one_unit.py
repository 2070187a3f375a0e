"""What one unit or one account lacks is told, waits alone and goes out once it is mended."""

from datetime import timedelta

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import APPROVE, Selection, decide

from .conftest import FIRST_SLOT, Stage

HOTLINE = 'name: Xã Một, parent: tinh-mau, hotline: "1022"'
BREAKS = {
    "a field that the words need": (HOTLINE, "name: Xã Một, parent: tinh-mau", "E286"),
    "a setting of the account": ('settings: {page_id: "1002"}', "settings: {}", "E250"),
    "the name of a secret": ("secrets: {page_token: fb-xa}", "secrets: {}", "E251"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_one_unit_lacks_holds_up_nobody_else(stage: Stage, name: str) -> None:
    whole, broken, code = BREAKS[name]
    replace_in(stage.root / "content/tin-mot.md", "mời bà con", "(gọi {{ unit.hotline }}) mời bà con")
    replace_in(stage.root / "loa.yaml", whole, broken)
    stage.open()
    stage.make_ready()
    (waiting,) = [view for view in stage.views("tin-mot") if view.account_id == "fb-xa"]
    assert (waiting.state, waiting.code, waiting.content_hash) == (State.PLANNED, code, "")
    stage.go_to(FIRST_SLOT)
    assert [each.account for each in stage.effects("post")] == ["1001"]

    replace_in(stage.root / "loa.yaml", broken, whole)
    stage.go_to(FIRST_SLOT + timedelta(minutes=1))
    decide(stage.desk, Selection(item="tin-mot"), "Nguyễn Thị Lan", APPROVE)
    stage.go_to(FIRST_SLOT + timedelta(minutes=2))
    assert sorted(each.account for each in stage.effects("post")) == ["1001", "1002"]
