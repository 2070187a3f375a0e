"""Where the access token of an Official Account comes from.

An account must never die silently. A refresh token works once, so the refresh has one writer in the whole office; the
new pair is on the disk before it is used; and where an answer was lost, the pair stays marked until a second try or a
person has cleared it up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from loa.clock import DEFAULT_ZONE, Clock
from loa.delivery import Account, AuthNeeded, Ending, Equipment, Finding, Kept, TokenKeeper, TokenPair
from loa.errors import LoaError
from publishers.common import SOON, Halt, halt, later
from publishers.http import InDoubt, NotSent, Session
from publishers.zalo.oauth import Application, Declined, Unclear, application_of, span_in

MARGIN = timedelta(minutes=10)
WARN = timedelta(days=14)
STOP = timedelta(days=1)


class Access(Protocol):
    """Gives the token that is good now. Ends the sending (``Halt``) where a person must log in again."""

    def token(self) -> str: ...

    def renewed(self, dead: str) -> str:
        """Another token, after the platform has refused ``dead``; asked once for a call.

        ``dead`` itself where there is no other one.
        """
        ...

    def findings(self) -> list[Finding]:
        """How the login stands; renews it first where it has grown old. Never halts."""
        ...


def access_of(
    account: Account, hosts: Mapping[str, str], clock: Clock, session: Session, equipment: Equipment
) -> Access:
    """The access of an account: the token that somebody else renews where one is given, else the kept pair.

    Raises:
        LoaError: E621, there is neither a keeper nor a token.
    """
    if account.secrets.get("access_token"):
        return StaticAccess(account)
    if equipment.tokens is None:
        raise LoaError("E621", account=account.id, name="access_token")
    return KeptAccess(account, hosts, clock, session, equipment.tokens)


class StaticAccess:
    """A token that another program of the office renews and puts among the secrets."""

    def __init__(self, account: Account) -> None:
        self._token = account.secrets["access_token"]

    def token(self) -> str:
        return self._token

    def renewed(self, dead: str) -> str:
        return dead

    def findings(self) -> list[Finding]:
        return []


class KeptAccess:
    """The pair in the keeper, read anew at each call: another process may have renewed it in between."""

    def __init__(
        self, account: Account, hosts: Mapping[str, str], clock: Clock, session: Session, keeper: TokenKeeper
    ) -> None:
        self._account = account
        self._application: Application = application_of(account, hosts)
        self._keep_alive = timedelta(days=span_in(hosts, "keep_alive_days"))
        self._clock = clock
        self._session = session
        self._keeper = keeper

    def token(self) -> str:
        return self._good(lambda pair: pair.expires - MARGIN <= self._clock.now())

    def renewed(self, dead: str) -> str:
        return self._good(lambda pair: pair.access == dead)

    def keep_alive(self) -> None:
        """Renew a pair that has not been used for days, long before its refresh token dies.

        Raises:
            Halt: see ``token``.
        """
        self._good(lambda pair: pair.since + self._keep_alive <= self._clock.now())

    def findings(self) -> list[Finding]:
        try:
            self.keep_alive()
        except Halt as stopped:
            ending = stopped.ending
            found = Finding("stop", getattr(ending, "code", ""), getattr(ending, "detail", ""))
            return [found, *(each for each in self._time_left() if each.level != "ok")]
        return self._time_left()

    def _time_left(self) -> list[Finding]:
        """How long the refresh token still lives: a warning where no keep-alive was able to give it a longer life."""
        try:
            ends = self._kept().pair.refresh_expires
        except Halt:
            return []
        left = ends - self._clock.now()
        if left > WARN:
            return [Finding("ok", "E673", _day(ends))]
        return [Finding("stop" if left <= STOP else "warning", "E672", f"{max(left.days, 0)} · {_day(ends)}")]

    def _good(self, is_stale: Callable[[TokenPair], bool]) -> str:
        """An access token that is not stale; refreshed by us, or by whoever held the lock before us."""
        kept = self._kept()
        if _must_refresh(kept, is_stale):
            try:
                with self._keeper.exclusive():
                    kept = self._kept()
                    return self._refreshed(kept) if _must_refresh(kept, is_stale) else kept.pair.access
            except LoaError as error:
                halt(later(self._clock, SOON, error.code, ", ".join(error.params.values())))
        return kept.pair.access

    def _refreshed(self, kept: Kept) -> str:
        """Use the refresh token up; the new pair is on the disk before its first use."""
        self._keeper.begin_refresh()
        found = self._asked(kept)
        if not isinstance(found, TokenPair):
            halt(self._refused(kept, found))
        self._keeper.replace(found)
        return found.access

    def _asked(self, kept: Kept) -> TokenPair | Declined | Unclear:
        """The call. In doubt already: the same token once more, for the account is dead otherwise."""
        given = {"grant_type": "refresh_token", "refresh_token": kept.pair.refresh}
        try:
            return self._application.grant(self._session, self._clock, given)
        except NotSent as error:
            if kept.standing == "sure":
                self._keeper.abandon_refresh()
            halt(later(self._clock, SOON, "E601", str(error)))
        except InDoubt as error:
            halt(later(self._clock, SOON, "E667", str(error)))

    def _refused(self, kept: Kept, found: Declined | Unclear) -> Ending:
        if isinstance(found, Unclear):
            return later(self._clock, SOON, "E667", found.words)
        if kept.standing == "sure":
            self._keeper.abandon_refresh()
            return AuthNeeded("E666", found.words)
        self._keeper.give_up()
        return AuthNeeded("E665", found.words)

    def _kept(self) -> Kept:
        kept = self._read()
        if kept is None:
            halt(AuthNeeded("E671", self._account.id))
        if kept.standing == "lost":
            halt(AuthNeeded("E665", self._account.id))
        return kept

    def _read(self) -> Kept | None:
        try:
            return self._keeper.read()
        except LoaError as error:
            halt(AuthNeeded(error.code, self._account.id))


def _must_refresh(kept: Kept, is_stale: Callable[[TokenPair], bool]) -> bool:
    return kept.standing == "in_doubt" or is_stale(kept.pair)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(DEFAULT_ZONE):%d/%m/%Y}"
