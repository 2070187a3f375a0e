"""What a delivery lacks before anybody can approve it, and why: it waits alone, all others go on."""

from __future__ import annotations

from collections.abc import Sequence

from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.dispatch.fetching import not_here
from loa.draft import Draft, text_problems_of
from loa.render import Order

Lack = tuple[str, dict[str, str]]
"""A code and its parameters."""


def lack_of(desk: Desk, draft: Draft) -> Lack | None:
    """Why a draft cannot be approved as it is, whatever becomes of its assets."""
    return _gap(desk, draft) or _account(desk, draft) or _nobody(draft) or _words(desk, draft)


def unmade(desk: Desk, orders: Sequence[Order]) -> Lack:
    """Why its assets are not here: they could not be made, the common store is silent, or nobody has made them yet."""
    for order in orders:
        key = desk.renderer.key(order)
        if desk.renderer.shelf.glance(key) is None and (why := desk.renderer.shelf.refused(key)):
            return why.code, dict(why.params)
    return not_here(desk, orders)


def _gap(desk: Desk, draft: Draft) -> Lack | None:
    """Of a unit that has no value for a field that the words use."""
    if not draft.gaps:
        return None
    unit = desk.workspace.units.get(draft.slot.unit_code)
    return reasons.FIELD_MISSING, {"unit": unit.name, "field": ", ".join(draft.gaps)}


def _account(desk: Desk, draft: Draft) -> Lack | None:
    """Of an account without a setting or the name of a secret that its channel asks for."""
    account = draft.account
    card = desk.cards[draft.channel].of(account.settings)
    params = {"account": account.id, "channel": draft.channel}
    for code, names, given in (
        ("E250", card.account_settings, account.settings),
        ("E251", card.account_secrets, account.secrets),
    ):
        if name := next((name for name in names if not given.get(name)), None):
            return code, {**params, "name": name}
    return None


def _nobody(draft: Draft) -> Lack | None:
    """Why nobody would get it, or try it first: a list was not brought in, or has nobody of the unit."""
    for listed in (draft.recipients, draft.terms.canary if draft.terms else None):
        if listed is not None and not listed.count:
            return reasons.NOBODY_LISTED if listed.digest else reasons.LIST_NOT_IMPORTED, {"list": listed.name}
    return None


def _words(desk: Desk, draft: Draft) -> Lack | None:
    """Of words that the channel does not take: a unit's long name may make them too long."""
    problem = next(text_problems_of(draft, desk.cards[draft.channel]), None)
    return (problem.code, dict(problem.params)) if problem else None
