"""Lending horns the pair of tokens that their account needs, and logging an account in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from loa.clock import Clock
from loa.delivery import Account, Login, TokenKeeper, TokenPair
from loa.store import Book, BookTokens, Vault
from publishers import REGISTRY

SANDBOX = "sandbox/"
"""Before the keys of the pairs that a sandbox gave: a rehearsal never touches the real ones."""
_ACCESS_LIFE = timedelta(hours=25)
_REFRESH_LIFE = timedelta(days=90)


@dataclass(frozen=True)
class TokenShelf:
    """Where the pairs of an office lie: its book, the key that seals them, the folder of the locks."""

    book: Book
    vault: Vault
    locks: Path
    clock: Clock
    in_sandbox: bool

    def keeper_of(self, account: Account) -> TokenKeeper | None:
        """The keeper of an account's pair; None for a channel whose tokens do not change with use."""
        sign_in = REGISTRY[account.channel].sign_in
        if sign_in is None:
            return None
        holder = sign_in.holder(account)
        key = SANDBOX + holder if self.in_sandbox else holder
        keeper = BookTokens(self.book, self.vault, self.clock, key, self.locks)
        if self.in_sandbox:
            self._seed(keeper, holder.rpartition("/")[2])
        return keeper

    def _seed(self, keeper: BookTokens, number: str) -> None:
        """The first pair in a sandbox, where nobody has to log in; from then on it rotates as the real ones do."""
        if keeper.read() is not None:
            return
        with keeper.exclusive():
            if keeper.read() is None:
                now = self.clock.now()
                lives = now, now + _ACCESS_LIFE, now + _REFRESH_LIFE
                keeper.replace(TokenPair(f"sandbox-{number}", f"sandbox-refresh-{number}", *lives))


@dataclass(frozen=True)
class LoginAttempt:
    """One attempt to log one account in."""

    account: Account
    login: Login
    keeper: TokenKeeper
    told: Mapping[str, str] = field(default_factory=dict)
    """What an imitation must be told, since it asks nobody who agrees."""

    def link(self, redirect: str) -> str:
        """See ``Login.link``."""
        link = self.login.link(redirect)
        return f"{link}&{urlencode(self.told)}" if self.told else link

    def keep(self, returned: Mapping[str, str]) -> None:
        """Turn the parameters of the redirect into a pair, and put it into the book.

        Raises:
            LoaError: see ``Login.finish``.
        """
        # The right to write first: where somebody else holds it for too long, the code is not used up in vain.
        with self.keeper.exclusive():
            self.keeper.replace(self.login.finish(returned))


def login_of(account: Account, shelf: TokenShelf, told: Mapping[str, str]) -> LoginAttempt | None:
    """A new attempt for an account; None for a channel to which one does not log in.

    Raises:
        LoaError: E620, E621 the account lacks a setting or a secret.
    """
    sign_in, keeper = REGISTRY[account.channel].sign_in, shelf.keeper_of(account)
    if sign_in is None or keeper is None:
        return None
    return LoginAttempt(account, sign_in.start(account, shelf.clock), keeper, told if shelf.in_sandbox else {})
