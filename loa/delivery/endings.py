"""How a sending may end. Never a bool: each ending has a name, and the desk must answer each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Scope = Literal["row", "content", "account"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's own word for what it took. ``platform_id`` finds it again; ``details`` holds no secret."""

    platform_id: str
    url: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """Published, and the platform says so."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Pending:
    """Taken, not yet visible (a Reel in processing, an article being verified). Ask again at ``check_at``."""

    receipt: Receipt
    check_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A final no. ``scope`` says for whom: this row, this content on every account, or the whole account."""

    code: str
    detail: str
    scope: Scope = "row"


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Certainly not sent: try again no earlier than ``at``. ``pause_account``: the platform asks us to slow down."""

    at: datetime
    code: str
    detail: str = ""
    pause_account: bool = False


@dataclass(frozen=True, slots=True)
class AuthNeeded:
    """The account's token or permission is no longer good: stop the account and call a person."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it was sent. The machine never sends it again: it looks it up, then asks a person."""

    code: str
    detail: str
    hint: Mapping[str, str] = field(default_factory=dict)
    """What a look-up may use, such as the ids of photos that were uploaded before the call."""


Ending = Done | Pending | Refused | RetryLater | AuthNeeded | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The look-up saw it on the platform. ``check_at``: something is left to do there (processing, captions …)."""

    receipt: Receipt
    check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """The look-up is sure that it is not there (asked after the settle time)."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The look-up could not decide; ``final`` when asking again is of no use and a person must decide."""

    detail: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """The platform's own meters ask for a slower pace: the whole account rests until then."""

    until: datetime
    code: str
    detail: str = ""


LookUp = Found | Absent | CannotTell
