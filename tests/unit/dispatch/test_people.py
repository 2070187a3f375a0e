"""Who may do what, and in whose name: roles, delegations with an end, and what of it the audit log tells."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import APPROVE, RETURN, DeliveryView, Selection, decide, plan, render_plan, settle
from loa.dispatch.audit import doer
from loa.dispatch.halting import go_on, halt
from loa.dispatch.people import own_rights, rights_of, standing_in, stands_for
from loa.errors import ApprovalError
from loa.store.approvals import approvals_of
from loa.store.audit import AuditRow, Wanted, audit_page, verify_audit
from loa.workspace import Reviewer, Settings

PEOPLE = """\
reviewers:
  - {id: lan, name: Nguyễn Thị Lan}
  - {id: binh, name: Trần Văn Bình}
"""
ONE = Selection("thu-nghiem", "tin-mot")


def people(*lines: str, delegations: str = "") -> str:
    return "reviewers:\n" + "".join(f"  - {line}\n" for line in lines) + delegations


def office_of(stage: Any, *lines: str, delegations: str = "", approvals: int = 1) -> None:
    replace_in(stage.root / "loa.yaml", PEOPLE, people(*lines, delegations=delegations))
    replace_in(stage.root / "loa.yaml", 'approvals: "1"', f'approvals: "{approvals}"')
    stage.open()
    render_plan(stage.desk, (), stage.clock.now() + timedelta(days=30), lambda _done, _total: None)
    plan(stage.desk, stage.clock.now() + timedelta(days=30))


def log(stage: Any) -> list[AuditRow]:
    with stage.desk.book.read() as connection:
        assert list(verify_audit(connection)) == []
        return audit_page(connection, Wanted())


def first(stage: Any) -> DeliveryView:
    return stage.views("tin-mot")[0]


LAN = "{id: lan, name: Nguyễn Thị Lan}"
BINH = "{id: binh, name: Trần Văn Bình}"
HOA = "{id: hoa, name: Lê Thị Hoa, roles: [author]}"
FOR_LAN = "delegations:\n  - {from: lan, to: hoa, since: 2027-02-20, until: 2027-03-31}\n"


def refused(code: str, work: Callable[[], object]) -> None:
    with pytest.raises(ApprovalError) as raised:
        work()
    assert raised.value.code == code


def settings_of(*people: Reviewer) -> Settings:
    return Settings.model_construct(reviewers=people, delegations=())


def test_a_small_office_that_names_no_roles_has_reviewers_who_also_stop_and_decide() -> None:
    lan = Reviewer(id="lan", name="Lan")

    assert own_rights(settings_of(lan), lan) == {"author", "reviewer", "publisher"}


def test_where_a_publisher_is_named_reviewers_stop_and_decide_no_more() -> None:
    lan, hoa = Reviewer(id="lan", name="Lan"), Reviewer(id="hoa", name="Hoa", roles=("publisher",))

    assert own_rights(settings_of(lan, hoa), lan) == {"author", "reviewer"}
    assert own_rights(settings_of(lan, hoa), hoa) == {"author", "publisher"}


def test_an_administrator_may_do_everything_and_an_author_writes_remarks_only() -> None:
    admin, author = Reviewer(id="a", name="A", roles=("admin",)), Reviewer(id="b", name="B", roles=("author",))

    assert own_rights(settings_of(admin, author), admin) == {"author", "reviewer", "publisher", "admin"}
    assert own_rights(settings_of(admin, author), author) == {"author"}


def test_an_author_does_not_approve(stage: Any) -> None:
    office_of(stage, LAN, HOA)

    refused("E807", lambda: decide(stage.desk, ONE, "hoa", APPROVE))
    refused("E807", lambda: decide(stage.desk, ONE, "Lê Thị Hoa", RETURN, "không"))
    assert first(stage).state == State.AWAITING
    assert log(stage) == []


def test_who_reviews_only_does_not_decide_what_a_publisher_decides(stage: Any) -> None:
    office_of(stage, LAN, "{id: tam, name: Phạm Tâm, roles: [publisher]}")

    refused("E807", lambda: settle(stage.desk, Selection(), "lan", "again"))
    refused("E504", lambda: settle(stage.desk, Selection(), "tam", "again"))
    refused("E807", lambda: decide(stage.desk, ONE, "tam", APPROVE))


def test_who_stands_in_approves_in_both_names_while_it_holds(stage: Any) -> None:
    office_of(stage, LAN, HOA, delegations=FOR_LAN)
    decide(stage.desk, ONE, "Lê Thị Hoa", APPROVE, origin="192.0.2.7")

    view = first(stage)
    assert view.state == State.APPROVED
    assert [each.reviewer for each in view.approvals] == ["Lê Thị Hoa thay mặt Nguyễn Thị Lan"]
    told = log(stage)[0]
    assert (told.person_id, told.person_name) == ("hoa/lan", "Lê Thị Hoa thay mặt Nguyễn Thị Lan")
    assert (told.deed, told.origin) == ("approve", "192.0.2.7")
    assert {each.content_hash for each in log(stage)} == {each.content_hash for each in stage.views("tin-mot")}


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2027, 2, 19, 16, 59, tzinfo=UTC), False),  # the evening before, in Vietnam
        (datetime(2027, 2, 19, 17, 1, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 16, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 17, 1, tzinfo=UTC), False),
    ],
)
def test_a_delegation_begins_and_ends_with_its_days(moment: datetime, *, holds: bool) -> None:
    hanoi = (moment + timedelta(hours=7)).date()
    lan, hoa = Reviewer(id="lan", name="Lan"), Reviewer(id="hoa", name="Hoa", roles=("author",))
    settings = Settings.model_validate(
        {
            "body": {"name": "a", "short_name": "b", "unit": "c"},
            "units": {},
            "reviewers": [lan, hoa],
            "delegations": [{"from": "lan", "to": "hoa", "since": "2027-02-20", "until": "2027-03-31"}],
        }
    )

    assert ("reviewer" in rights_of(settings, hoa, hanoi)) is holds
    assert bool(stands_for(settings, hoa, hanoi)) is holds


def test_after_its_end_nobody_approves_in_that_name(stage: Any) -> None:
    office_of(
        stage, LAN, HOA, delegations="delegations:\n  - {from: lan, to: hoa, since: 2027-02-01, until: 2027-02-28}\n"
    )

    refused("E807", lambda: decide(stage.desk, ONE, "hoa", APPROVE))


def test_who_may_not_approve_cannot_let_others_approve(stage: Any) -> None:
    chi = "{id: chi, name: Đỗ Chi, roles: [author]}"
    office_of(
        stage,
        LAN,
        HOA,
        chi,
        delegations="delegations:\n  - {from: hoa, to: chi, since: 2027-02-01, until: 2027-03-31}\n",
    )

    refused("E807", lambda: decide(stage.desk, ONE, "chi", APPROVE))


def test_one_human_never_counts_twice_in_whosever_name(stage: Any) -> None:
    give = "delegations:\n  - {from: lan, to: tam, since: 2027-02-01, until: 2027-03-31}\n"
    office_of(stage, LAN, "{id: tam, name: Phạm Tâm}", delegations=give, approvals=2)

    decide(stage.desk, ONE, "tam", APPROVE)
    decide(stage.desk, ONE, "tam", APPROVE, in_name_of="lan")
    assert first(stage).state == State.AWAITING

    decide(stage.desk, ONE, "lan", APPROVE)
    assert first(stage).state == State.AWAITING, "Lan herself and Tâm in her name are one voice"

    decide(stage.desk, ONE, "tam", APPROVE)
    assert first(stage).state == State.APPROVED


def test_what_was_approved_in_the_authors_name_or_by_the_author_for_another_needs_one_more(stage: Any) -> None:
    give = (
        "delegations:\n"
        "  - {from: binh, to: hoa, since: 2027-02-01, until: 2027-03-31}\n"
        "  - {from: lan, to: binh, since: 2027-02-01, until: 2027-03-31}\n"
    )
    office_of(stage, LAN, BINH, HOA, delegations=give)

    decide(stage.desk, ONE, "hoa", APPROVE)  # in the name of Bình, who is the author
    assert first(stage).state == State.AWAITING

    decide(stage.desk, ONE, "binh", APPROVE, in_name_of="lan")
    assert first(stage).state == State.AWAITING

    decide(stage.desk, ONE, "lan", APPROVE)
    assert first(stage).state == State.APPROVED


def test_in_the_name_of_somebody_who_did_not_ask_for_it_nobody_approves(stage: Any) -> None:
    office_of(stage, LAN, "{id: tam, name: Phạm Tâm}")

    refused("E807", lambda: decide(stage.desk, ONE, "tam", APPROVE, in_name_of="lan"))
    refused("E807", lambda: decide(stage.desk, ONE, "tam/lan", APPROVE))


def test_both_ids_and_both_names_are_kept_with_the_decision(stage: Any) -> None:
    office_of(stage, LAN, HOA, delegations=FOR_LAN)
    decide(stage.desk, ONE, "hoa", APPROVE)

    kept = [each for decisions in approvals_of(stage.desk.book).values() for each in decisions]
    assert {each.reviewer_id for each in kept} == {"hoa/lan"}
    both = standing_in(Reviewer(id="hoa", name="Lê Thị Hoa"), Reviewer(id="lan", name="Nguyễn Thị Lan"))
    assert {each.reviewer_name for each in kept} == {both.name}


def test_stop_and_go_on_are_in_the_log_with_who_and_from_where(stage: Any) -> None:
    halt(stage.desk, doer(Reviewer(id="lan", name="Nguyễn Thị Lan"), "127.0.0.1"), "sai số liệu")
    go_on(stage.desk, doer(None, ""))

    after, before = log(stage)
    assert (before.deed, before.person_id, before.origin, before.words) == (
        "stop",
        "lan",
        "127.0.0.1",
        {"why": "sai số liệu"},
    )
    assert (after.deed, after.person_id) == ("resume", "")
    assert after.origin.startswith("cli: ")
