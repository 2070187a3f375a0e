"""The guards that look at the sender, the list and the do-not-call register. Pure; problems without a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from loa.errors import Problem
from loa.reader import closest
from loa.rules.model import MessageClass

CARRIERS = ("viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile", "itel", "wintel")
"""The names under which an account says with whom its brandname is registered, and lists hint at a carrier."""
LONGEST_BRANDNAME = 11


def sender_problems(settings: Mapping[str, str]) -> Iterator[Problem]:
    """A brandname that no network carries, and carriers that nobody knows."""
    brandname = settings.get("brandname", "")
    if len(brandname) > LONGEST_BRANDNAME:
        params = {"brandname": brandname, "length": str(len(brandname)), "most": str(LONGEST_BRANDNAME)}
        yield Problem("E775", params)
    for name in registered(settings):
        if name not in CARRIERS:
            yield Problem("E776", {"name": name}, None, CARRIERS, closest(name, CARRIERS))


def carrier_problems(settings: Mapping[str, str]) -> Iterator[Problem]:
    """A warning: the brandname is not registered with every carrier, so that some people may get nothing."""
    if missing := unregistered(settings):
        yield Problem(
            "E777",
            {"brandname": settings.get("brandname", ""), "carriers": ", ".join(missing)},
            severity="warning",
        )


def registered(settings: Mapping[str, str]) -> tuple[str, ...]:
    """The carriers that an account names; none means that nobody has said, and all are taken to know it."""
    return tuple(name for part in settings.get("carriers", "").split(",") if (name := part.strip().lower()))


def unregistered(settings: Mapping[str, str]) -> tuple[str, ...]:
    """The carriers with whom the brandname is not registered, as far as the account says."""
    known = registered(settings)
    return tuple(name for name in CARRIERS if name not in known) if known else ()


def list_problems(list_id: str, consent: str, message: MessageClass) -> Iterator[Problem]:
    """A class that needs consent goes to lists with a consent only."""
    if message.needs_consent and not consent.strip():
        yield Problem("E778", {"list": list_id, "class": message.title})


def register_problem(dated: date | None, today: date, message: MessageClass) -> Problem | None:
    """The file of do-not-call numbers must be there and young enough, where the class asks for it."""
    most = message.do_not_call_days
    if not most or (dated is not None and (today - dated).days <= most):
        return None
    params = {"class": message.title, "most": str(most)}
    if dated is None:
        return Problem("E779", params)
    return Problem("E780", {**params, "age": str((today - dated).days), "dated": dated.isoformat()})
