"""Two people who decide at the same moment, on both kinds of book."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from support.office import replace_in

from loa.delivery import State
from loa.dispatch import APPROVE, RETURN, DeliveryView, plan
from loa.dispatch.audit import Doer
from loa.dispatch.looking import Seen
from loa.dispatch.reviewing import decide_seen
from loa.errors import ApprovalError

from .conftest import Stage

LAN, BINH = 0, 1


def at_once(stage: Stage, view: DeliveryView, choices: tuple[str, str]) -> list[str]:
    """What lan and binh choose at the same moment; what became of each: nothing, or the code of a refusal."""
    gate = Barrier(2)
    people = stage.desk.workspace.settings.reviewers

    def choose(person: int) -> str:
        gate.wait(timeout=20)
        on = [Seen(view.id, view.content_hash, len(view.approvals))]
        try:
            decide_seen(stage.desk, on, Doer(people[person], "127.0.0.1"), choices[person], "Sai")
        except ApprovalError as error:
            return error.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(choose, (LAN, BINH)))


def fresh(stage: Stage, view: DeliveryView) -> DeliveryView:
    return next(each for each in stage.views() if each.id == view.id)


def test_two_approvals_at_the_same_moment_both_count(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    stage.open()
    plan(stage.desk)
    for view in stage.views("tin-mot"):
        assert at_once(stage, view, (APPROVE, APPROVE)) == ["", ""]
        assert fresh(stage, view).state == State.APPROVED


def test_of_an_approval_and_a_return_at_the_same_moment_the_return_holds(stage: Stage) -> None:
    plan(stage.desk)
    for view in stage.views("tin-mot"):
        came, _ = at_once(stage, view, (APPROVE, RETURN))
        after = fresh(stage, view)
        assert after.state == State.AWAITING
        assert "Sai" in after.reason
        taken = [each.decision for each in after.approvals]
        assert taken == ([RETURN] if came == "E821" else [APPROVE, RETURN]), (
            "refused and told, or taken and in the book"
        )
