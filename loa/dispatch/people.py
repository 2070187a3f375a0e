"""Who may do what: the roles of the people of ``loa.yaml``, and in whose name somebody acts for a while."""

from __future__ import annotations

from datetime import date

from loa.dispatch.desk import Desk
from loa.errors import ApprovalError
from loa.text import nfc
from loa.workspace import Reviewer, Role, Settings

STANDING_IN = " thay mặt "
"""Between the name of who acts and the name of the one for whom, wherever both are told."""
_BESIDE = "/"
"""The same between their ids; no id has it."""


def find_reviewer(desk: Desk, name: str) -> Reviewer:
    """The person of that name or id; of who stands in for somebody, the one who acts.

    Raises:
        ApprovalError: E501 nobody of that name is listed.
    """
    reviewers = desk.workspace.settings.reviewers
    said = nfc(name).strip()  # some keyboards write a letter and its marks apart
    said = said.partition(_BESIDE)[0].partition(STANDING_IN)[0]
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


def signer(desk: Desk, name: str, in_name_of: str = "") -> Reviewer:
    """With whose name somebody approves and returns: their own, or both names where they stand in for somebody.

    Who may not approve but stands in for somebody does so in the name of the first of these.

    Raises:
        ApprovalError: E501 nobody of such a name is listed; E807 the person may not review, or not in that name.
    """
    settings, day = desk.workspace.settings, today(desk)
    said, _, of = nfc(name).strip().partition(_BESIDE)
    person = find_reviewer(desk, said)
    principals = stands_for(settings, person, day)
    if wanted := of or in_name_of:
        principal = find_reviewer(desk, wanted)
        if principal not in principals:
            raise ApprovalError("E807", name=person.name, role=f"reviewer, {principal.name}")
        return standing_in(person, principal)
    if "reviewer" in own_rights(settings, person):
        return person
    if not principals:
        raise ApprovalError("E807", name=person.name, role="reviewer")
    return standing_in(person, principals[0])


def standing_in(person: Reviewer, principal: Reviewer) -> Reviewer:
    """Who acts in the name of another, with the ids and the names of both."""
    both = {"id": f"{person.id}{_BESIDE}{principal.id}", "name": f"{person.name}{STANDING_IN}{principal.name}"}
    return person.model_copy(update=both)


def human_of(reviewer_id: str) -> str:
    """The id of who has really acted."""
    return reviewer_id.partition(_BESIDE)[0]


def people_of(reviewer_id: str) -> frozenset[str]:
    """The ids of who has acted, and of the one in whose name."""
    return frozenset(reviewer_id.split(_BESIDE))


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
