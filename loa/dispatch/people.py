"""Who may do what: the roles of the people of ``loa.yaml``, and in whose name somebody acts for a while."""

from __future__ import annotations

from datetime import date

from loa.dispatch.desk import Desk
from loa.errors import ApprovalError
from loa.text import nfc
from loa.workspace import Reviewer, Role, Settings

STANDING_IN = " thay mặt "
"""Between the name of who acts and the name of the one for whom, wherever both are told."""


def find_reviewer(desk: Desk, name: str) -> Reviewer:
    """The person of that name or id.

    Raises:
        ApprovalError: E501 nobody of that name is listed.
    """
    reviewers = desk.workspace.settings.reviewers
    said = nfc(name).strip()  # some keyboards write a letter and its marks apart
    for reviewer in reviewers:
        if said in (reviewer.id, reviewer.name):
            return reviewer
    raise ApprovalError("E501", name=name, reviewers=", ".join(each.name for each in reviewers) or "–")


def person_who_may(desk: Desk, name: str, role: Role) -> Reviewer:
    """The person of that name or id, who may act as ``role`` today, by their own roles or in somebody's name.

    Raises:
        ApprovalError: E501 nobody of that name is listed; E807 the person may not.
    """
    person = find_reviewer(desk, name)
    if role not in rights_of(desk.workspace.settings, person, today(desk)):
        raise ApprovalError("E807", name=person.name, role=role)
    return person


def today(desk: Desk) -> date:
    """The day it is for the office."""
    return desk.clock.now().astimezone(desk.workspace.zone).date()


def own_rights(settings: Settings, person: Reviewer) -> frozenset[Role]:
    """What the roles of a person allow. Everybody who is listed may write remarks, as an author does.

    Where no publisher and no administrator is named, reviewers stop, take down and decide too: a small office has
    nobody else.
    """
    rights: set[Role] = {"author", *person.roles}
    if "admin" in rights:
        return frozenset(("author", "reviewer", "publisher", "admin"))
    has_publisher = any({"publisher", "admin"} & set(each.roles) for each in settings.reviewers)
    if "reviewer" in rights and not has_publisher:
        rights.add("publisher")
    return frozenset(rights)


def stands_for(settings: Settings, person: Reviewer, day: date) -> tuple[Reviewer, ...]:
    """Those in whose name a person may approve on ``day``: only what they might approve themselves."""
    by_id = {each.id: each for each in settings.reviewers}
    given = (each for each in settings.delegations if each.to == person.id and each.since <= day <= each.until)
    principals = (by_id[each.given_by] for each in given)
    return tuple(dict.fromkeys(each for each in principals if "reviewer" in own_rights(settings, each)))


def rights_of(settings: Settings, person: Reviewer, day: date) -> frozenset[Role]:
    """What a person may do on ``day``; who stands in for a reviewer may approve and return."""
    own = own_rights(settings, person)
    return own | {"reviewer"} if stands_for(settings, person, day) else own
