"""What a message is made from is watched, to the last file; new rules of the time zone move what is open."""

import os
import shutil
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import Machine
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import plan
from loa.dispatch.watch import SourceWatch
from loa.wiring.desks import open_desk
from loa.workspace import init_workspace, open_workspace

from .conftest import FIRST_SLOT, MORNING, Stage

HOUR = timedelta(hours=1)
_opened: set[str] | None = None


def _hear(event: str, words: tuple[object, ...]) -> None:
    if _opened is not None and event == "open" and isinstance(words[0], str | bytes | os.PathLike):
        _opened.add(os.fsdecode(words[0]))


sys.addaudithook(_hear)


def test_every_file_of_the_office_that_the_plan_reads_is_watched(tmp_path: Path) -> None:
    """Heard from Python itself: whatever is opened while the plan is made."""
    global _opened  # noqa: PLW0603 - an audit hook cannot be taken away, only switched off
    root = tmp_path / "office"
    init_workspace(root)
    (root / "var").mkdir(exist_ok=True)
    _opened = set()
    desk = open_desk(open_workspace(root), Machine(MORNING).clock(), book=tmp_path / "book" / "book.sqlite")
    try:
        plan(desk, MORNING + timedelta(days=400))
        heard = {Path(name).resolve() for name in _opened}
    finally:
        _opened = None
        desk.book.close()
    theirs = {path for path in heard if path.is_relative_to(root.resolve()) and path.is_file()}
    theirs = {path for path in theirs if not path.is_relative_to(root.resolve() / "var")}
    watch = SourceWatch(desk.workspace)
    watched = {path.resolve() for path in (*watch._settings_files(), *watch._files())}  # the list itself is the point
    assert len(theirs) > 10
    assert theirs - watched == set()


def test_a_file_that_is_written_twice_in_a_breath_is_read_twice(stage: Stage) -> None:
    """The times of a file may stay the same at its second change: what is young is not believed."""
    watch = SourceWatch(stage.desk.workspace)
    path = stage.root / "content/tin-mot.md"
    first = watch.fingerprint()
    stat, whole = path.stat(), path.read_bytes()
    path.write_bytes(whole.replace(b"qua", b"QUA"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert watch.fingerprint() != first


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    """Rules of time zones that the test may change."""
    folder = tmp_path / "zoneinfo"
    shutil.copytree("/usr/share/zoneinfo/Asia", folder / "Asia")
    shutil.copy("/usr/share/zoneinfo/UTC", folder / "UTC")
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[folder])
    yield folder
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


def test_new_rules_of_the_time_zone_move_what_is_open_and_never_what_is_out(stage: Stage, zones: Path) -> None:
    stage.open()
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    third = stage.views("tin-ba")[0]
    assert third.state == State.APPROVED
    shutil.copy(zones / "Asia/Tokyo", zones / "Asia/Ho_Chi_Minh")
    stage.go_to(FIRST_SLOT + HOUR)
    moved = stage.views("tin-ba")[0]
    assert (moved.key, moved.due) == (third.key, third.due - 2 * HOUR)
    assert moved.state == State.AWAITING
    assert {view.due for view in stage.views("tin-mot")} == {FIRST_SLOT}
    stage.settle()
    assert len(stage.effects()) == 2


def test_another_zone_in_loa_yaml_moves_what_is_open_at_the_next_beat(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    replace_in(stage.root / "loa.yaml", "body:\n", "time_zone: Asia/Bangkok\nbody:\n")
    stage.go_to(FIRST_SLOT + HOUR)
    assert stage.views("tin-ba")[0].state == State.APPROVED  # the same moment by another name
    replace_in(stage.root / "loa.yaml", "Asia/Bangkok", "Asia/Tokyo")
    stage.go_to(FIRST_SLOT + 2 * HOUR)
    moved = stage.views("tin-ba")[0]
    assert (moved.state, moved.due) == (State.AWAITING, FIRST_SLOT + timedelta(days=2) - 2 * HOUR)
    assert len(stage.effects()) == 2


def test_an_account_that_is_taken_out_of_loa_yaml_sends_nothing_more(stage: Stage) -> None:
    stage.make_ready()
    stage.service.beat()
    text = (stage.root / "loa.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: fb-xa\n"), text.index("  - id: sms-tinh\n")
    (stage.root / "loa.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    stage.go_to(FIRST_SLOT)
    assert stage.states("tin-mot") == {"fb-tinh": State.DONE, "fb-xa": State.HELD}
    assert [effect.account for effect in stage.effects()] == ["1001"]


def test_a_policy_that_asks_for_more_approvals_holds_from_the_next_beat(stage: Stage) -> None:
    stage.make_ready()
    stage.service.beat()
    replace_in(stage.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    stage.go_to(FIRST_SLOT)
    assert stage.effects() == []
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
