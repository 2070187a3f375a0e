"""What an Official Account says of itself before anything is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from loa.clock import DEFAULT_ZONE
from loa.delivery import Finding
from publishers.common import Halt
from publishers.http import InDoubt, NotSent
from publishers.zalo.door import Door
from publishers.zalo.reading import Reading, Unreadable
from publishers.zalo.table import code_of, data_of

WARN_DAYS = 14


def findings(door: Door) -> list[Finding]:
    """Does the login hold; is it the right account, verified, with a package that still runs."""
    login = door.login()
    return login if any(each.level == "stop" for each in login) else [*_of_account(door), *login]


def _of_account(door: Door) -> list[Finding]:
    try:
        answer = door.ask("GET", "/v2.0/oa/getoa")
    except (NotSent, InDoubt) as error:
        return [Finding("stop", "E601", str(error))]
    except Halt as stopped:
        return [Finding("stop", getattr(stopped.ending, "code", "E605"), getattr(stopped.ending, "detail", ""))]
    if code_of(answer) != 0:
        return [Finding("stop", getattr(door.ending(answer), "code", "E603"), door.words(answer))]
    return list(_about(door, data_of(answer)))


def _about(door: Door, found: Mapping[str, object]) -> Iterator[Finding]:
    # ``oaid`` today, ``oa_id`` in older answers.
    told, wanted = str(found.get("oaid") or found.get("oa_id") or ""), door.account.settings["oa_id"]
    if told and told != wanted:
        yield Finding("stop", "E650", f"{told} ≠ {wanted}")
        return
    yield Finding("ok", "E690", str(found.get("name", "")))
    if found.get("is_verified") is False:
        yield Finding("warning", "E651")
    if (followers := _followers(door, found)) is not None:
        yield Finding("ok", "E652", f"{followers:,}".replace(",", "."))
    yield from _package(found, door.clock.now().astimezone(DEFAULT_ZONE).date())


def _followers(door: Door, found: Mapping[str, object]) -> int | None:
    """How many follow the account, as it says itself or as the list of them says."""
    told = found.get("num_follower")
    if isinstance(told, int):
        return told
    try:
        return Reading(door).followers()[0]
    except (NotSent, InDoubt, Unreadable, Halt):
        return None


def _package(found: Mapping[str, object], today: date) -> Iterator[Finding]:
    if not found.get("package_name"):
        yield Finding("warning", "E653")
        return
    ends = _day(str(found.get("package_valid_through_date", "")))
    if ends is None:
        return
    left = (ends - today).days
    if left < 0:
        yield Finding("stop", "E664", f"{found['package_name']}, {ends:%d/%m/%Y}")
    elif left <= WARN_DAYS:
        yield Finding("warning", "E654", f"{found['package_name']}, {ends:%d/%m/%Y}, {left}")


def _day(written: str) -> date | None:
    """``31/12/2026`` (as third parties show it) or ``2026-12-31``; None for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - only its day
        except ValueError:
            continue
    return None


def quota(door: Door) -> list[Finding]:
    """What the account's message quotas have left. Zalo names no quota for broadcasts: all that it tells is shown."""
    try:
        answer = door.ask("POST", "/v3.0/oa/quota/message", json={"quota_owner": "OA"})
    except (NotSent, InDoubt, Halt):
        return []  # the account itself was just asked and told what is wrong
    rows = (answer.json() or {}).get("data")
    if code_of(answer) != 0 or not isinstance(rows, list):
        return []
    return [finding for row in rows if isinstance(row, dict) for finding in _left(row)]


def _left(row: Mapping[str, object]) -> Iterator[Finding]:
    remain, total = row.get("remain"), row.get("total")
    if not isinstance(remain, int):
        return
    detail = f"{row.get('product_type', '?')}/{row.get('quota_type', '?')}: {remain}/{total}"
    yield Finding("ok", "E655", detail) if remain else Finding("warning", "E656", detail)
