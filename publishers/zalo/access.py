"""Where the access token of an Official Account comes from."""

from __future__ import annotations

from typing import Protocol

from loa.delivery import Account


class Access(Protocol):
    """Gives the token that is good now. Ends the sending (``Halt``) where a person must log in again."""

    def token(self) -> str: ...

    def renewed(self, dead: str) -> str:
        """Another token, after the platform has refused ``dead``; asked once for a call."""
        ...


class StaticAccess:
    """A token that somebody else renews and puts among the secrets."""

    def __init__(self, account: Account) -> None:
        self._token = account.secrets["access_token"]

    def token(self) -> str:
        return self._token

    def renewed(self, dead: str) -> str:
        return dead
