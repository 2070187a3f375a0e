"""How an Official Account is logged in. Nothing here may import the network: the registry costs nothing."""

from __future__ import annotations

from loa.clock import Clock
from loa.delivery import Account, Login, SignIn


def _holder(account: Account) -> str:
    """An application's right to act for an OA: its articles, broadcasts and messages share one pair of tokens."""
    return f"zalo/{account.settings.get('app_id', '')}/{account.settings.get('oa_id', '')}"


def _start(account: Account, clock: Clock) -> Login:
    from publishers.common import check_account, hosts_of  # noqa: PLC0415 - the registry alone stays light
    from publishers.zalo.cards import CARD  # noqa: PLC0415 - the same
    from publishers.zalo.oauth import ConsentLogin, application_of  # noqa: PLC0415 - the same

    check_account(account, CARD)
    return ConsentLogin(account, application_of(account, hosts_of(account, CARD)), clock)


SIGN_IN = SignIn(_holder, _start)
