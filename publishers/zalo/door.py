"""The one door to an Official Account: its token, its renewal, its meters."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import Account, ChannelCard, Ending, Equipment, Finding, Rest
from loa.errors import LoaError
from publishers.common import check_account, hosts_of
from publishers.http import Answer, Session, call, new_session
from publishers.zalo.access import access_of
from publishers.zalo.cards import YES, YES_OR_NO
from publishers.zalo.table import DEAD_TOKEN, code_of, ending_of, unseen_ending, words_of

MINUTE = timedelta(minutes=1)
LIMIT = "x-ratelimit-limit"
REMAIN = "x-ratelimit-remain"


class Door:
    """What every channel of an OA needs to speak with Zalo."""

    def __init__(
        self, account: Account, card: ChannelCard, clock: Clock, session: Session | None, equipment: Equipment
    ) -> None:
        check_account(account, card)
        self.account = account
        self.clock = clock
        self.hosts = hosts_of(account, card)
        self.session = session or new_session()
        self._access = access_of(account, self.hosts, clock, self.session, equipment)
        self._rest_until: datetime | None = None
        self._rest_below = self.number("rest_below_percent")
        self._proves = self.is_on("appsecret_proof", self.hosts["appsecret_proof"])

    def number(self, name: str) -> int:
        """A channel setting that is a whole number.

        Raises:
            LoaError: E659 it is none.
        """
        if not self.hosts[name].isdigit():
            raise LoaError("E659", detail=f"{name}: {self.hosts[name]}")
        return int(self.hosts[name])

    def is_on(self, name: str, value: str) -> bool:
        """Whether a setting says yes; nothing is no.

        Raises:
            LoaError: E659 it says neither yes nor no: a guess could publish what a person wanted to see first.
        """
        if value and value not in YES_OR_NO:
            raise LoaError("E659", detail=f"{name}: {value}")
        return value in YES

    def ask(self, method: str, path: str, *, host: str = "api_host", **parts: Any) -> Answer:
        """One call. A token that Zalo calls dead is renewed and the call made once more: such a no is certain.

        Raises:
            NotSent: the connection never stood.
            InDoubt: bytes may have left and no whole answer came back.
            Halt: a person must log in again.
        """
        token = self._access.token()
        answer = self._once(method, self.hosts[host] + path, token, parts)
        if code_of(answer) not in DEAD_TOKEN:
            return answer
        fresh = self._access.renewed(token)
        return answer if fresh == token else self._once(method, self.hosts[host] + path, fresh, parts)

    def login(self) -> list[Finding]:
        """How the account's login stands; renews it first where it has grown old."""
        return self._access.findings()

    def ending(self, answer: Answer) -> Ending:
        """How an answer that is no success ends a sending that citizens might have seen."""
        return ending_of(answer, self.clock, self.account.secrets)

    def unseen(self, answer: Answer) -> Ending:
        """The same for a step that nobody sees."""
        return unseen_ending(answer, self.clock, self.account.secrets)

    def words(self, answer: Answer) -> str:
        """Zalo's own words, fit for the book."""
        return words_of(answer, self.account.secrets)

    def login_findings(self) -> list[Finding]:
        """How the login stands."""
        return self._access.findings()

    def rest(self) -> Rest | None:
        """The app's meter is all but used up: wait for the next minute, for which it counts anew."""
        if self._rest_until is None or self.clock.now() >= self._rest_until:
            return None
        return Rest(self._rest_until, "E604", f"{REMAIN} < {self._rest_below} %")

    def _once(self, method: str, url: str, token: str, parts: Mapping[str, Any]) -> Answer:
        more = dict(parts)
        headers = {"access_token": token, **self._proof(token), **more.pop("headers", {})}
        answer = call(self.session, method, url, headers=headers, **more)
        self._read_meter(answer)
        return answer

    def _proof(self, token: str) -> dict[str, str]:
        secret = self.account.secrets.get("app_secret", "")
        if not self._proves or not secret:
            return {}
        return {"appsecret_proof": hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()}

    def _read_meter(self, answer: Answer) -> None:
        limit, remain = (answer.headers.get(name, "") for name in (LIMIT, REMAIN))
        if not limit.isdigit() or not remain.isdigit() or not int(limit):
            return
        low = int(remain) * 100 < int(limit) * self._rest_below
        self._rest_until = self.clock.now() + MINUTE if low else None
