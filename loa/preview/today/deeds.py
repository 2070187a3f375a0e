"""What people do on today's page: each deed is that of a command, by a person who may, and stands in the audit log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.dispatch import Desk, Selection, retry, settle, take_down
from loa.dispatch.halting import go_on, halt
from loa.dispatch.handoff import give_up
from loa.errors import ApprovalError
from loa.preview.accounts.resuming import let_go_on
from loa.preview.acts import Form, act
from loa.preview.door.rights import require
from loa.preview.room import room_of
from loa.preview.today.page import body
from loa.preview.visits import Visit, visit_of
from loa.workspace import Reviewer

_Said = tuple[str, str]
"""What was done, in Vietnamese and English."""
_LONGEST_WHY = 500
_ANSWERS = {"done": "done", "again": "again", "send": "again", "cancel": "cancel", "show": "show"}
_SAID = {
    "done": ("Đã ghi: bài đã có trên kênh.", "Recorded: it is on the channel."),
    "again": ("Sẽ gửi lại ở nhịp tới của bộ lịch phát.", "It goes out again with the scheduler's next beat."),
    "send": ("Sẽ phát ở nhịp tới của bộ lịch phát.", "It goes out with the scheduler's next beat."),
    "cancel": ("Đã bỏ lượt gửi này.", "It was given up."),
    "show": ("Sẽ cho hiện bài ở nhịp tới.", "It is shown with the next beat."),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a publisher asks for. ``answer`` is the last part of the address, where it has one."""

    form: Form
    desk: Desk
    visit: Visit
    person: Reviewer
    answer: str

    @property
    def id(self) -> str:
        return self.form.get("id")

    @property
    def why(self) -> str:
        return self.form.get("why").strip()[:_LONGEST_WHY]


def _deed(work: Callable[[_Asked], _Said]) -> Callable[[Request, Form], Response]:
    """A deed of a publisher; the page comes back with what was done, in words."""

    def answered(request: Request, form: Form) -> Response:
        visit = visit_of(request)
        person = require(visit, "publisher")
        answer = request.path_params.get("answer", "")
        return body(request, work(_Asked(form, room_of(request).desk, visit, person, answer)))

    return answered


def _stop(asked: _Asked) -> _Said:
    halt(asked.desk, asked.visit, asked.why)
    return ("Đã dừng tất cả. Không có gì được phát cho đến khi bấm “Chạy tiếp”.", "Stopped. Nothing goes out.")


def _go_on(asked: _Asked) -> _Said:
    go_on(asked.desk, asked.visit)
    return ("Đã cho chạy tiếp.", "Running again.")


def _settle(asked: _Asked) -> _Said:
    if asked.answer not in _ANSWERS:
        raise ApprovalError("E504")
    selection = Selection(keys=(asked.id,))
    settle(asked.desk, selection, asked.person.id, _ANSWERS[asked.answer], origin=asked.visit.origin)
    return _SAID[asked.answer]


def _retry(asked: _Asked) -> _Said:
    late = asked.form.get("late") == "yes"
    selection, origin = Selection(keys=(asked.id,)), asked.visit.origin
    done = retry(asked.desk, selection, asked.person.id, late=late, origin=origin)
    if done.too_late:
        return ("Lượt gửi đã quá hạn phát, chưa gửi lại.", "It is too late; nothing was sent again.")
    return _SAID["again"]


def _take_down(asked: _Asked) -> _Said:
    by_hand = asked.form.get("by_hand") == "yes"
    take_down(asked.desk, asked.id, asked.person.id, asked.why, by_hand=by_hand, origin=asked.visit.origin)
    if by_hand:
        return ("Đã ghi: bài đã được gỡ trên kênh.", "Recorded: the post is down.")
    return ("Bài sẽ được gỡ ở nhịp tới của bộ lịch phát.", "It goes down with the scheduler's next beat.")


def _account(asked: _Asked) -> _Said:
    return let_go_on(asked.desk, asked.visit, asked.person, asked.id)


def _given_up(asked: _Asked) -> _Said:
    if not (why := asked.why):
        raise ApprovalError("E847")
    give_up(asked.desk, asked.id, asked.person.id, why, origin=asked.visit.origin)
    return ("Đã bỏ việc này.", "It was given up.")


ROUTES = tuple(
    Route(path, act(_deed(work)), methods=["POST"])
    for path, work in (
        ("/today/stop", _stop),
        ("/today/resume", _go_on),
        ("/today/settle/{answer:str}", _settle),
        ("/today/retry", _retry),
        ("/today/takedown", _take_down),
        ("/today/account", _account),
        ("/today/given-up", _given_up),
    )
)
