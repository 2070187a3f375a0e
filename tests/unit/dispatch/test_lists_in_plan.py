"""What the plan makes of lists: those that are not there yet, those that change, in this process or in another."""

from support.office import replace_in
from support.planted import phone

from loa import recipients
from loa.delivery import State
from loa.dispatch import plan

from .conftest import FIRST_SLOT, Stage

LIST = "content/recipients/doi-ngu.csv"


def without_file(stage: Stage) -> None:
    """The list is declared, and brought in by hand."""
    replace_in(stage.root / "loa.yaml", f"    file: {LIST}\n", "")
    stage.open()


def bring_in(stage: Stage, text: str) -> None:
    desk = stage.desk
    path = stage.root / "recipients" / "nhap.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    recipients.import_list(desk.workspace, desk.book, desk.vault, desk.clock, "doi-ngu", path, "lan")


def test_a_message_to_a_list_that_was_not_brought_in_waits_visibly_and_stops_nothing_else(stage: Stage) -> None:
    without_file(stage)
    stage.make_ready()
    (view,) = stage.views("tin-hai")
    assert (view.state, view.code) == (State.PLANNED, "E712")
    assert "doi-ngu" in view.reason
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_a_list_without_anybody_of_the_unit_is_told(stage: Stage) -> None:
    without_file(stage)
    bring_in(stage, f"phone,unit\n{phone(1)},xa-mot\n")
    stage.make_ready()
    (view,) = stage.views("tin-hai")
    assert (view.state, view.code) == (State.PLANNED, "E713")


def test_the_running_scheduler_sees_a_list_that_another_process_brings_in(stage: Stage) -> None:
    without_file(stage)
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    bring_in(stage, f"phone,unit\n{phone(1)},tinh-mau\n")
    stage.service.beat()
    assert stage.states("tin-hai") == {"sms-tinh": State.AWAITING}


def test_another_number_in_the_list_takes_the_approval_back_and_the_same_numbers_leave_it(stage: Stage) -> None:
    stage.make_ready()
    assert stage.states("tin-hai") == {"sms-tinh": State.APPROVED}
    path = stage.root / LIST
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([rows[0], *reversed(rows[1:])]) + "\n", encoding="utf-8")
    plan(stage.desk)
    assert stage.states("tin-hai") == {"sms-tinh": State.APPROVED}, "the order of a file means nothing"
    replace_in(path, phone(1), phone(9))
    plan(stage.desk)
    assert stage.states("tin-hai") == {"sms-tinh": State.AWAITING}


def test_another_unit_of_the_list_leaves_the_approval_alone(stage: Stage) -> None:
    stage.make_ready()
    path = stage.root / LIST
    path.write_text(path.read_text(encoding="utf-8") + f"{phone(8)},xa-mot\n", encoding="utf-8")
    plan(stage.desk)
    assert stage.states("tin-hai") == {"sms-tinh": State.APPROVED}


def test_who_was_forgotten_gets_nothing_and_the_others_need_no_new_approval(stage: Stage) -> None:
    stage.make_ready()
    recipients.forget(stage.desk.book, stage.desk.vault, stage.desk.clock, phone(2), "lan")
    plan(stage.desk)
    assert stage.states("tin-hai") == {"sms-tinh": State.APPROVED}
