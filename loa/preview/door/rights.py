"""What the person at the browser may do."""

from __future__ import annotations

from loa.errors import ApprovalError
from loa.preview.visits import Visit
from loa.workspace import Reviewer, Role


def require(visit: Visit, role: Role) -> Reviewer:
    """The person of a visit, who may act as ``role``.

    An ``author`` remarks, a ``reviewer`` approves and returns, a ``publisher`` stops, resumes, takes down and decides,
    an ``admin`` looks after people.

    Raises:
        ApprovalError: E806 nobody has signed in; E807 the person may not.
    """
    if visit.person is None:
        raise ApprovalError("E806")
    if role not in visit.rights:
        raise ApprovalError("E807", name=visit.person.name, role=role)
    return visit.person
