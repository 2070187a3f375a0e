"""Pairs of tokens that change with use, as a platform keeps them: one pair an account, and the last one counts.

They lie in a file beside the journal, so that a sandbox that is killed and started again still knows them.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from loa.clock import Clock

FIRST_ACCESS = "sandbox-"
FIRST_REFRESH = "sandbox-refresh-"
"""The first pair of an account, before any was given: what follows is the account."""
GIVEN = "sandbox-given-"
"""Every token that was given begins so."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The pair in force of one account."""

    access: str
    refresh: str
    given_at: str

    def age(self, now: datetime) -> timedelta:
        return now - datetime.fromisoformat(self.given_at)


class Grants:
    """Every pair in force. ``refreshes`` and ``refused`` count what was asked, for those who test a client."""

    def __init__(self, place: Path, clock: Clock, access_life: timedelta, refresh_life: timedelta) -> None:
        self._place = place
        self._clock = clock
        self._access_life = access_life
        self._refresh_life = refresh_life
        known = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        self._pairs = {account: Grant(**pair) for account, pair in known.get("pairs", {}).items()}
        self.refreshes = Counter[str](known.get("refreshes", {}))
        self.refused = int(known.get("refused", 0))

    def owner(self, access: str) -> str | None:
        """The account of an access token; None when it is dead or was never given."""
        if not access.startswith(GIVEN):
            account = access.removeprefix(FIRST_ACCESS)
            return account if access.startswith(FIRST_ACCESS) and account not in self._pairs else None
        now = self._clock.now()
        alive = (account for account, pair in self._pairs.items() if pair.access == access)
        return next((account for account in alive if self._pairs[account].age(now) < self._access_life), None)

    def give(self, account: str) -> Grant:
        """A new pair for an account; the one before it is dead at once."""
        access, refresh = (GIVEN + secrets.token_urlsafe(24) for _ in range(2))
        pair = self._pairs[account] = Grant(access, refresh, self._clock.now().isoformat())
        self._keep()
        return pair

    def exchange(self, refresh: str) -> Grant | None:
        """A new pair for a refresh token, which works once; None when it does not work (any more)."""
        account = self._account_of(refresh)
        if account is None:
            self.refused += 1
            self._keep()
            return None
        self.refreshes[account] += 1
        return self.give(account)

    def _account_of(self, refresh: str) -> str | None:
        if refresh.startswith(FIRST_REFRESH):
            account = refresh.removeprefix(FIRST_REFRESH)
            return account if account and account not in self._pairs else None
        now = self._clock.now()
        known = (account for account, pair in self._pairs.items() if pair.refresh == refresh)
        return next((account for account in known if self._pairs[account].age(now) < self._refresh_life), None)

    def _keep(self) -> None:
        pairs = {account: asdict(pair) for account, pair in self._pairs.items()}
        aside = self._place.with_suffix(".part")
        aside.write_text(json.dumps({"pairs": pairs, "refreshes": self.refreshes, "refused": self.refused}))
        aside.replace(self._place)
