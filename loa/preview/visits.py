"""Who is asking: a person who has signed in, in which language, and from where."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from loa.messages import Lang
from loa.workspace import Reviewer, Role


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one browser. Without a person a page may be looked at and nothing be decided."""

    person: Reviewer | None
    lang: Lang
    csrf: str
    """Goes back with every change, in the header ``X-CSRF`` or the field ``csrf``."""
    origin: str
    """From where, for the audit log: the address of the machine that asks."""
    rights: frozenset[Role] = frozenset()
    """What the person may do today (``loa.preview.door.rights.require``); nothing without a person."""
    stands_for: tuple[Reviewer, ...] = ()
    """In whose name the person may approve today."""


def visit_of(request: Request) -> Visit:
    """The visit that a request belongs to; the door has put it there."""
    visit: Visit = request.state.visit
    return visit
