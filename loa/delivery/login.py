"""Logging in: a person agrees on the platform's own page, and the platform sends the browser back with a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from loa.clock import Clock
from loa.delivery.equipment import TokenPair
from loa.delivery.message import Account


class Login(Protocol):
    """One attempt to log one account in. Its secrets (verifier, state) live and die with it."""

    def link(self, redirect: str) -> str:
        """The platform's page on which a person agrees; afterwards the browser comes to ``redirect``."""
        ...

    def is_answer(self, returned: Mapping[str, str]) -> bool:
        """Whether these parameters of a redirect answer this attempt, and no other one."""
        ...

    def finish(self, returned: Mapping[str, str]) -> TokenPair:
        """Turn the redirect's parameters into a pair. The code in them is good for one call.

        Raises:
            LoaError: E601, E602 the platform was not reached or its answer was lost; E666 it refused; E668 this is
                no answer to this attempt; E669 another account than ours agreed.
        """
        ...


class SignIn(NamedTuple):
    """What a channel whose tokens change with use tells the desk about logging in."""

    holder: Callable[[Account], str]
    """Whom a pair belongs to, such as ``zalo/<app>/<OA>``: accounts with the same holder share one pair. The part
    after the last ``/`` is the account's own number on the platform."""
    start: Callable[[Account, Clock], Login]
    """A new attempt. Raises LoaError E620, E621 for an account that lacks a setting or a secret."""
