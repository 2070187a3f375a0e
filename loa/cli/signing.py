"""Who gives a command: where the office has PINs, a name at the terminal takes one as it does at the review desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from loa.cli.language import say
from loa.cli.options import desk_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.dispatch.audit import Doer
    from loa.workspace import Reviewer, Role


def desk_of(name: str) -> Desk:
    """The desk of the workspace around the present folder, for a person who has proved who they are.

    Raises:
        ApprovalError: ``proved``.
    """
    desk = desk_here()
    proved(desk, name)
    return desk


def proved(desk: Desk, name: str) -> Reviewer:
    """The person of that name. In an office with PINs theirs is typed unseen, or is the next line of standard input.

    Raises:
        ApprovalError: E501 nobody of that name is listed; E808–E810 the PIN is wrong, there is none, or the name is
            locked; E841 no PIN was given.
    """
    from loa.dispatch.audit import doer
    from loa.dispatch.people import find_reviewer
    from loa.dispatch.pins import check_pin, pins_of

    person = find_reviewer(desk, name)
    if pins_of(desk):
        check_pin(desk, person, _typed(person), doer(person, ""))
    return person


def doer_who_may(desk: Desk, name: str, role: Role) -> Doer:
    """Who does it: the person of that name, who may act as ``role``; the user of the machine where none is given.

    Raises:
        ApprovalError: E807 the person may not; ``proved``.
    """
    from loa.dispatch.audit import doer
    from loa.dispatch.people import person_who_may

    if not name:
        return doer(None, "")
    proved(desk, name)
    return doer(person_who_may(desk, name, role), "")


def _typed(person: Reviewer) -> str:
    from loa.errors import ApprovalError
    from loa.secrets import hidden_line

    if sys.stdin is not None and sys.stdin.isatty():
        given = hidden_line(say(f"Mã PIN của {person.name} (không hiện khi gõ): ", f"PIN of {person.name}: "))
    else:
        given = sys.stdin.readline().removeprefix("\ufeff") if sys.stdin is not None else ""
    if not given.strip():
        raise ApprovalError("E841", name=person.name)
    return given.strip()
