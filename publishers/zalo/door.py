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
from publishers.common import address_in, check_account, hosts_of
from publishers.http import Answer, Session, call, new_session
from publishers.shapes import whole_number
from publishers.zalo.access import access_of
from publishers.zalo.cards import YES, YES_OR_NO
from publishers.zalo.table import DEAD_AT, DEAD_TOKEN, code_of, ending_of, unseen_ending, words_of

MINUTE = timedelta(minutes=1)
SERVERS = ("api_host", "zbs_host")
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
        for name in SERVERS:
            if name in self.hosts:
                address_in(self.hosts, name)
        self.session = session or new_session()
        self.memory = equipment.memory
        self._access = access_of(account, self.hosts, clock, self.session, equipment)
        self._rest_until: datetime | None = None
        self._rest_below = self.number("rest_below_percent", 100)
        self._spoken: tuple[str, ...] = ()
        self._proves = self.is_on("appsecret_proof", self.hosts["appsecret_proof"])

    def number(self, name: str, most: int) -> int:
        """A channel setting that is a whole number up to ``most``.

        Raises:
            LoaError: E659 it is none.
        """
        found = whole_number(self.hosts[name])
        if found is None or found > most:
            raise LoaError("E659", detail=f"{name}: {self.hosts[name]}")
        return found

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
        if code_of(answer) not in DEAD_AT.get(host, DEAD_TOKEN):
            return answer
        fresh = self._access.renewed(token)
        return answer if fresh == token else self._once(method, self.hosts[host] + path, fresh, parts)

    def ending(self, answer: Answer) -> Ending:
        """How an answer that is no success ends a sending that citizens might have seen."""
        return ending_of(answer, self.clock, self._secrets())

    def unseen(self, answer: Answer) -> Ending:
        """The same for a step that nobody sees."""
        return unseen_ending(answer, self.clock, self._secrets())

    def words(self, answer: Answer) -> str:
        """Zalo's own words, fit for the book."""
        return words_of(answer, self._secrets())

    def login(self) -> list[Finding]:
        """How the account's login stands; renews it first where it has grown old."""
        return self._access.findings()

    def rest(self) -> Rest | None:
        """The app's meter is all but used up: wait for the next minute, for which it counts anew."""
        if self._rest_until is None or self.clock.now() >= self._rest_until:
            return None
        return Rest(self._rest_until, "E604", f"{REMAIN} < {self._rest_below} %")

    def _once(self, method: str, url: str, token: str, parts: Mapping[str, Any]) -> Answer:
        self._spoken = (*self._spoken[-1:], token)
        more = dict(parts)
        headers = {"access_token": token, **self._proof(token), **more.pop("headers", {})}
        answer = call(self.session, method, url, headers=headers, **more)
        self._read_meter(answer)
        return answer

    def _secrets(self) -> dict[str, str]:
        """All that Zalo might repeat in its words: the account's secrets, and the tokens that were just shown to it."""
        return {**self.account.secrets, **{f"token {number}": each for number, each in enumerate(self._spoken)}}

    def _proof(self, token: str) -> dict[str, str]:
        secret = self.account.secrets.get("app_secret", "")
        if not self._proves or not secret:
            return {}
        return {"appsecret_proof": hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()}

    def _read_meter(self, answer: Answer) -> None:
        limit, remain = (whole_number(answer.headers.get(name, "")) for name in (LIMIT, REMAIN))
        if not limit or remain is None:
            return
        low = remain * 100 < limit * self._rest_below
        self._rest_until = self.clock.now() + MINUTE if low else None
