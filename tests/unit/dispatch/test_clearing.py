"""Assets that nothing names are let go when their days are over; whatever something names stays."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.office import replace_in

from loa.dispatch import render_plan
from loa.dispatch.clearing import clear_unused
from loa.render import Order
from loa.render.shelf import Made

from .conftest import FIRST_SLOT, Stage

NOBODYS = "ab" * 20


@pytest.fixture
def ready(stage: Stage) -> Stage:
    """An office that sends to real channels, with a plan, and with an asset that nothing names; all is 31 days old."""
    stage.make_ready()
    stage.desk = replace(stage.desk, in_sandbox=False)
    stage.desk.renderer.shelf.put(NOBODYS, Order("infographics/chi-so", "square"), Made("jpg", b"1", 1, 1, ""))
    part = stage.desk.workspace.assets / f"segments/cd/{'cd' * 20}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"1")
    grow_old(stage, 31)
    return stage


def grow_old(stage: Stage, days: int) -> None:
    then = (stage.clock.now() - timedelta(days=days)).timestamp()
    for path in files(stage):
        os.utime(path, (then, then))


def files(stage: Stage) -> set[Path]:
    return {path for path in stage.desk.workspace.assets.rglob("*") if path.is_file()}


def test_what_nothing_names_goes_and_what_the_plan_names_stays(ready: Stage) -> None:
    before = files(ready)
    assert clear_unused(ready.desk) == 3
    gone = before - files(ready)
    assert {path.name.partition(".")[0] for path in gone} == {NOBODYS, "cd" * 20}
    assert len(files(ready)) >= 2


def test_what_is_younger_than_the_days_of_the_house_stays(ready: Stage) -> None:
    before = files(ready)
    grow_old(ready, 29)
    assert clear_unused(ready.desk) == 0
    assert files(ready) == before
    replace_in(ready.root / "loa.yaml", "policies:", 'policies:\n  assets_keep_days: "28"')
    ready.open()
    assert clear_unused(replace(ready.desk, in_sandbox=False)) == 3


def test_nothing_goes_while_somebody_renders(ready: Stage) -> None:
    (ready.desk.workspace.assets / "ab" / "half.tmp").write_bytes(b"")
    now = ready.clock.now().timestamp()
    os.utime(ready.desk.workspace.assets / "ab" / "half.tmp", (now, now))
    assert clear_unused(ready.desk) == 0


def test_nothing_goes_by_the_word_of_a_practice_run(ready: Stage) -> None:
    assert clear_unused(replace(ready.desk, in_sandbox=True)) == 0


def test_nothing_goes_while_nobody_knows_the_plan(ready: Stage) -> None:
    replace_in(ready.root / "campaigns/thu-nghiem.yaml", "title: Chiến dịch thử", "titel: Chiến dịch thử")
    assert clear_unused(ready.desk) == 0


def test_a_picture_of_a_delivery_that_the_files_do_not_ask_for_any_more_stays(ready: Stage) -> None:
    """It went out: reports and answers still show it."""
    ready.go_to(FIRST_SLOT + timedelta(days=2))
    sent = ready.views("tin-ba")
    assert [view.state for view in sent] == ["done"]
    replace_in(ready.root / "campaigns/thu-nghiem.yaml", "data: {title: Nộp hồ sơ", "data: {title: Hãy nộp hồ sơ")
    ready.open()
    ready.desk = replace(ready.desk, in_sandbox=False)
    grow_old(ready, 31)
    (picture,) = [path for path in files(ready) if path.suffix in (".jpg", ".png") and NOBODYS not in path.name]
    assert clear_unused(ready.desk) == 3
    assert picture.exists()


def test_a_picture_that_somebody_may_have_looked_at_before_a_change_stays(ready: Stage) -> None:
    (picture,) = [path for path in files(ready) if path.suffix in (".jpg", ".png") and NOBODYS not in path.name]
    replace_in(ready.root / "campaigns/thu-nghiem.yaml", "data: {title: Nộp hồ sơ", "data: {title: Hãy nộp hồ sơ")
    ready.open()
    ready.make_ready()
    ready.desk = replace(ready.desk, in_sandbox=False)
    grow_old(ready, 31)
    assert clear_unused(ready.desk) == 3
    assert picture.exists()


def test_what_was_rendered_and_is_not_in_the_book_yet_stays(ready: Stage) -> None:
    replace_in(ready.root / "campaigns/thu-nghiem.yaml", "data: {title: Nộp hồ sơ", "data: {title: Hãy nộp hồ sơ")
    ready.open()
    ready.desk = replace(ready.desk, in_sandbox=False)
    made = render_plan(ready.desk, (), FIRST_SLOT + timedelta(days=30), lambda _done, _total: None)
    grow_old(ready, 31)
    assert clear_unused(ready.desk) == 3
    assert all(each.asset.path.exists() for each in made)
