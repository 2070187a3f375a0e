"""Decisions at the desk: about exactly the bytes that were seen, and knowing what others had decided."""

from dataclasses import replace

import pytest
from support.office import replace_in

from loa import store
from loa.delivery import State
from loa.dispatch import APPROVE, RETURN, DeliveryView, plan
from loa.dispatch.audit import Doer
from loa.dispatch.looking import Seen, look
from loa.dispatch.remarks import Spot, remark, settle
from loa.dispatch.reviewing import Decided, decide_seen, standing_of
from loa.errors import ApprovalError, LoaError
from loa.store.audit import Wanted, audit_page
from loa.store.remarks import remarks_of

from .conftest import FIRST_SLOT, Stage

TAKE_BACK = "take back"


def who(stage: Stage, person: str = "lan") -> Doer:
    found = next(each for each in stage.desk.workspace.settings.reviewers if each.id == person)
    return Doer(found, "127.0.0.1")


def seen(*views: DeliveryView) -> list[Seen]:
    return [Seen(view.id, view.content_hash, len(view.approvals)) for view in views]


def first(stage: Stage, item: str = "tin-mot") -> DeliveryView:
    return stage.views(item)[0]


def decide(stage: Stage, on: list[Seen], decision: str = APPROVE, person: str = "lan", note: str = "") -> list[Decided]:
    return decide_seen(stage.desk, on, who(stage, person), decision, note)


def refusal(stage: Stage, on: list[Seen], decision: str = APPROVE, person: str = "lan", note: str = "") -> LoaError:
    with pytest.raises(ApprovalError) as raised:
        decide(stage, on, decision, person, note)
    return raised.value


def decisions(stage: Stage) -> list[str]:
    found = store.approvals_of(stage.desk.book)
    return [each.decision for some in found.values() for each in some]


@pytest.fixture
def planned(stage: Stage) -> Stage:
    plan(stage.desk)
    return stage


def test_a_decision_about_other_bytes_than_those_seen_is_refused_and_tells_what_changed(planned: Stage) -> None:
    before = seen(first(planned))
    replace_in(planned.root / "content/tin-mot.md", "bà con", "mọi người")
    plan(planned.desk)

    told = refusal(planned, before)
    assert told.code == "E816"
    assert told.params["id"] == str(before[0].delivery_id)
    assert "lời" in told.params["parts"]
    assert refusal(planned, before, RETURN, note="Sai").code == "E816"
    assert decisions(planned) == []
    assert first(planned).state == State.AWAITING


def test_of_a_set_all_is_decided_or_nothing(planned: Stage) -> None:
    one, other = planned.views("tin-mot")
    look(planned.desk, "lan", seen(one, other))
    assert refusal(planned, [*seen(one), replace(seen(other)[0], content_hash="0" * 64)]).code == "E816"
    assert decisions(planned) == []

    decide(planned, seen(one, other))
    assert set(planned.states("tin-mot").values()) == {State.APPROVED}


def test_many_are_approved_at_once_only_when_each_was_opened_by_this_person_with_these_bytes(planned: Stage) -> None:
    one, other = planned.views("tin-mot")
    look(planned.desk, "binh", seen(one, other))
    look(planned.desk, "lan", seen(one))
    look(planned.desk, "lan", [Seen(other.id, "0" * 64)])

    told = refusal(planned, seen(one, other))
    assert (told.code, told.params["count"], told.params["id"]) == ("E818", "1", str(other.id))
    look(planned.desk, "lan", seen(other))
    replace_in(planned.root / "content/tin-mot.md", "bà con", "mọi người")
    plan(planned.desk)
    assert refusal(planned, seen(*planned.views("tin-mot"))).params["count"] == "2", "ticks are for bytes"


def test_nobody_approves_over_a_return_that_they_could_not_know_of(planned: Stage) -> None:
    before = seen(first(planned))
    decide(planned, before, RETURN, "binh", "Sai số điện thoại")

    told = refusal(planned, before)
    assert told.code == "E821"
    assert told.params["reviewer"] == "Trần Văn Bình"
    assert told.params["note"] == "Sai số điện thoại"
    assert first(planned).state == State.AWAITING
    decide(planned, seen(first(planned)))
    assert first(planned).state == State.APPROVED, "knowing of it, one may"


def test_a_return_counts_whatever_happened_meanwhile_and_tells_of_it(planned: Stage) -> None:
    before = seen(first(planned))
    decide(planned, before)
    done = decide(planned, before, RETURN, "binh", "Sai")

    assert [each.reviewer_name for each in done[0].others] == ["Nguyễn Thị Lan"]
    assert done[0].state == State.AWAITING
    assert "Sai" in first(planned).reason


def test_a_person_takes_only_the_own_approval_back(planned: Stage) -> None:
    replace_in(planned.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    planned.open()
    decide(planned, seen(first(planned)))
    decide(planned, seen(first(planned)), person="binh")
    assert first(planned).state == State.APPROVED
    decide(planned, seen(first(planned)), TAKE_BACK, "binh")

    view = first(planned)
    assert view.state == State.AWAITING
    assert [(each.reviewer_id, each.stands) for each in view.approvals if each.decision == APPROVE] == [
        ("lan", True),
        ("binh", False),
    ]
    assert refusal(planned, seen(view), TAKE_BACK, "binh").code == "E819"
    assert decisions(planned) == [APPROVE, APPROVE, TAKE_BACK], "nothing is erased"


def test_what_a_return_took_back_does_not_come_again_when_an_approval_is_taken_back(planned: Stage) -> None:
    decide(planned, seen(first(planned)), person="binh")
    decide(planned, seen(first(planned)), RETURN, "lan", "Sai")
    decide(planned, seen(first(planned)))
    decide(planned, seen(first(planned)), TAKE_BACK)

    assert first(planned).state == State.AWAITING
    assert "Sai" in first(planned).reason
    assert refusal(planned, seen(first(planned)), TAKE_BACK, "binh").code == "E819"


def test_what_is_due_is_neither_approved_nor_returned_nor_taken_back(planned: Stage) -> None:
    decide(planned, seen(first(planned)))
    planned.go_to(FIRST_SLOT)
    view = first(planned)
    assert view.state not in (State.AWAITING, State.APPROVED)
    for decision in (APPROVE, RETURN, TAKE_BACK):
        assert refusal(planned, seen(view), decision, note="Sai").code == "E817"


def test_without_bytes_without_a_reason_or_without_a_name_nothing_is_decided(planned: Stage) -> None:
    view = first(planned)
    assert refusal(planned, [Seen(view.id, "")]).code == "E824"
    assert refusal(planned, seen(view), RETURN, note="  ").code == "E503"
    assert refusal(planned, [Seen(10_000, view.content_hash)]).code == "E817"
    with pytest.raises(ApprovalError) as raised:
        decide_seen(planned.desk, seen(view), Doer(None, "127.0.0.1"), APPROVE)
    assert raised.value.code == "E806"


def test_decisions_and_remarks_are_deeds_of_the_log(planned: Stage) -> None:
    view = first(planned)
    remark(planned.desk, seen(view)[0], Spot(), "Đổi số", who(planned))
    decide(planned, seen(view))
    with planned.desk.book.read() as connection:
        rows = audit_page(connection, Wanted())
    assert [(row.deed, row.person_id, row.target, row.content_hash) for row in rows] == [
        (APPROVE, "lan", view.key, view.content_hash),
        ("remark", "lan", view.key, view.content_hash),
    ]


def test_a_return_carries_the_open_remarks_on_these_bytes_along(planned: Stage) -> None:
    view = first(planned)
    for words in ("Đổi số điện thoại", "Viết hoa tên xã"):
        remark(planned.desk, seen(view)[0], Spot(), words, who(planned))
    with planned.desk.book.read() as connection:
        settle(planned.desk, remarks_of(connection, view.key)[0].id, who(planned, "binh"))
    decide(planned, seen(view), RETURN, note="Chưa được.")

    assert first(planned).approvals[-1].note == "Chưa được. (2) Viết hoa tên xã"


def test_a_remark_is_on_the_bytes_that_were_seen_and_settled_once(planned: Stage) -> None:
    view = first(planned)
    for spot, words, code in [
        (Spot(), " ", "E822"),
        (Spot(), "x" * 1001, "E822"),
        (Spot("f" * 64, 1, 1), "Lạ", "E823"),
    ]:
        with pytest.raises(LoaError) as raised:
            remark(planned.desk, seen(view)[0], spot, words, who(planned))
        assert raised.value.code == code
    with pytest.raises(LoaError) as raised:
        remark(planned.desk, Seen(view.id, "0" * 64), Spot(), "Lời", who(planned))
    assert raised.value.code == "E816"
    made = remark(planned.desk, seen(view)[0], Spot(x=500, y=500), " Lời ", who(planned))
    assert (made.words, made.x, made.y) == ("Lời", 0, 0), "without a picture there is no spot"
    settle(planned.desk, 1, who(planned))
    with pytest.raises(LoaError) as raised:
        settle(planned.desk, 1, who(planned))
    assert raised.value.code == "E823"


def test_how_many_are_missing_is_told_and_why(planned: Stage) -> None:
    replace_in(planned.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    planned.open()
    number = first(planned).id
    told = standing_of(planned.desk, number, "vi")
    assert told is not None
    assert (len(told.approvals), told.needed, told.author, told.author_alone) == (0, 2, "Trần Văn Bình", False)
    decide(planned, seen(first(planned)))
    told = standing_of(planned.desk, number, "vi")
    assert told is not None
    assert "1/2" in told.why or ("1" in told.why and "2" in told.why)
    assert standing_of(planned.desk, 10_000, "vi") is None
