"""When a delivery leaves: ahead of its moment where a person publishes, in small groups where there are many."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.many import make_many
from support.office import replace_in

from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import Service
from loa.sandbox import Sandbox

from .conftest import FIRST_SLOT, MORNING, Stage

LEAD = timedelta(hours=1)
STAGGER = timedelta(minutes=10)


def under_card(stage: Stage, **changes: Any) -> None:
    """Go on with another card of Facebook."""
    cards = {**stage.desk.cards, "facebook": replace(stage.desk.cards["facebook"], **changes)}
    stage.desk = replace(stage.desk, cards=cards)
    stage.service = Service(stage.desk, "test", 1)


@pytest.fixture
def many(tmp_path: Path, database: None) -> Iterator[Callable[[int], Stage]]:
    clock = SimulatedClock(MORNING)
    with Sandbox(tmp_path / "sandbox", clock=clock) as sandbox:
        opened: list[Stage] = []

        def stage_of(units: int) -> Stage:
            opened.append(Stage(make_many(tmp_path / "office", units), clock, sandbox))
            return opened[-1]

        yield stage_of
        for each in opened:
            each.desk.book.close()


def test_what_a_person_publishes_is_laid_out_ahead_even_in_quiet_hours(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", 'to: "07:00"', 'to: "09:30"')
    stage.open()
    under_card(stage, lead=LEAD)
    stage.make_ready()
    stage.go_to(FIRST_SLOT - LEAD - timedelta(seconds=1))
    assert stage.effects() == []
    stage.go_to(FIRST_SLOT - LEAD)
    assert len(stage.effects("post")) == 2


def test_a_machine_s_own_channel_still_waits_for_its_moment_beside_one_with_a_lead(stage: Stage) -> None:
    cards = {**stage.desk.cards, "zalo": replace(stage.desk.cards["zalo"], lead=LEAD)}
    stage.desk = replace(stage.desk, cards=cards)
    stage.service = Service(stage.desk, "test", 1)
    stage.make_ready()
    stage.go_to(FIRST_SLOT - timedelta(seconds=1))
    assert stage.effects() == []


def test_many_accounts_leave_in_groups_of_five(many: Callable[[int], Stage]) -> None:
    stage = many(17)
    under_card(stage, stagger=STAGGER)
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    assert len(stage.effects()) == 5
    stage.settle()
    gone = Counter(int((effect.moment - FIRST_SLOT) / STAGGER) for effect in stage.effects())
    assert gone == {0: 5, 1: 5, 2: 5, 3: 2}
    assert set(stage.states("tin-chung").values()) == {State.DONE}


def test_the_groups_are_the_same_after_a_restart(many: Callable[[int], Stage]) -> None:
    stage = many(8)
    under_card(stage, stagger=STAGGER)
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    stage.open()
    under_card(stage, stagger=STAGGER)
    stage.go_to(FIRST_SLOT + STAGGER / 2)
    assert len(stage.effects()) == 5
    stage.go_to(FIRST_SLOT + 2 * STAGGER)
    assert len(stage.effects()) == 8


def test_groups_that_come_out_of_quiet_hours_are_apart_all_the_same(many: Callable[[int], Stage]) -> None:
    stage = many(8)
    replace_in(stage.root / "loa.yaml", 'to: "07:00"', 'to: "09:00"')
    stage.open()
    under_card(stage, stagger=STAGGER)
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(hours=1))
    assert len(stage.effects()) == 5


def test_a_line_too_long_for_its_window_is_pressed_together(many: Callable[[int], Stage]) -> None:
    stage = many(17)
    under_card(stage, stagger=timedelta(hours=1))
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    assert len(stage.effects()) == 5
    stage.settle()
    assert set(stage.states("tin-chung").values()) == {State.DONE}
    assert max(effect.moment for effect in stage.effects()) < FIRST_SLOT + timedelta(hours=1, minutes=1)
