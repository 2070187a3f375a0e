"""Zalo's OAuth v4: the consent link with PKCE, and the two calls that give a pair of tokens.

Secrets travel in headers and bodies only. Errors come with HTTP 200: a success is an answer with an access token in
it, and nothing else is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from loa.clock import Clock
from loa.delivery import Account, TokenPair
from loa.errors import LoaError
from publishers.common import address_in
from publishers.http import Answer, InDoubt, NotSent, Session, call, new_session, redact
from publishers.shapes import whole_number

OK = 200
LONGEST_DAYS = 3650
LONGEST_HOURS = 24 * LONGEST_DAYS
LONGEST_SECONDS = 3600 * LONGEST_HOURS
VERIFIER_BYTES = 32
"""43 letters in base64url."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Zalo has said no. ``words`` are fit for the book."""

    words: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer came that is neither a pair nor a no."""

    words: str


@dataclass(frozen=True)
class Application:
    """The office's application at Zalo, which Official Accounts allow to act for them."""

    id: str
    secret: str = field(repr=False)
    host: str
    refresh_days: int
    """How long a refresh token lives, in days; known from third parties only, hence a setting."""
    access_hours: int
    """How long an access token lives where the answer does not say; a wrong guess is mended by Zalo's -216."""

    def grant(self, session: Session, clock: Clock, given: Mapping[str, str]) -> TokenPair | Declined | Unclear:
        """Give up a code or a refresh token for a pair.

        Raises:
            NotSent, InDoubt: see ``publishers.http.call``.
        """
        url = f"{self.host}/v4/oa/access_token"
        answer = call(session, "POST", url, headers={"secret_key": self.secret}, data={**given, "app_id": self.id})
        return self._read(answer, clock, given)

    def _read(self, answer: Answer, clock: Clock, given: Mapping[str, str]) -> TokenPair | Declined | Unclear:
        found = answer.json() if answer.status == OK else None
        if found is None:
            return Unclear(f"HTTP {answer.status}")
        access, refresh = found.get("access_token"), found.get("refresh_token")
        if _is_text(access) and _is_text(refresh):
            now = clock.now()
            told = _seconds(found.get("expires_in"))
            expires = now + (timedelta(seconds=told) if told else timedelta(hours=self.access_hours))
            return TokenPair(str(access), str(refresh), now, expires, now + timedelta(days=self.refresh_days))
        if found.get("error") and not access:
            return Declined(redact(_words(found), {**given, "app_secret": self.secret}))
        return Unclear("HTTP 200")


def application_of(account: Account, hosts: Mapping[str, str]) -> Application:
    """The application that an account is managed by. ``hosts`` are the channel's settings.

    Raises:
        LoaError: E659, ``refresh_days`` or ``access_hours`` is no number, ``oauth_host`` no address.
    """
    host = address_in(hosts, "oauth_host")
    days, hours = span_in(hosts, "refresh_days", LONGEST_DAYS), span_in(hosts, "access_hours", LONGEST_HOURS)
    return Application(account.settings["app_id"], account.secrets["app_secret"], host, days, hours)


def span_in(hosts: Mapping[str, str], name: str, most: int = LONGEST_DAYS) -> int:
    """A channel setting that is a number of days or hours, from 1 to ``most``.

    Raises:
        LoaError: E659, it is none.
    """
    found = whole_number(hosts[name])
    if found is None or not 1 <= found <= most:
        raise LoaError("E659", detail=f"{name}: {hosts[name]}")
    return found


class ConsentLogin:
    """One attempt to log an Official Account in; an administrator of it agrees on Zalo's page."""

    def __init__(
        self, account: Account, application: Application, clock: Clock, session: Session | None = None
    ) -> None:
        self._account = account
        self._application = application
        self._clock = clock
        self._session = session or new_session()
        self._state = secrets.token_urlsafe(VERIFIER_BYTES)
        self._verifier = secrets.token_urlsafe(VERIFIER_BYTES)

    def link(self, redirect: str) -> str:
        asked = {
            "app_id": self._application.id,
            "redirect_uri": redirect,
            # S256 is the only method there is: Zalo's page takes no name of a method.
            "code_challenge": challenge_of(self._verifier),
            "state": self._state,
        }
        return f"{self._application.host}/v4/oa/permission?{urlencode(asked)}"

    def is_answer(self, returned: Mapping[str, str]) -> bool:
        return hmac.compare_digest(returned.get("state", "").encode(), self._state.encode())

    def finish(self, returned: Mapping[str, str]) -> TokenPair:
        if not self.is_answer(returned):
            raise LoaError("E668", detail="state")
        if not returned.get("code"):
            raise LoaError("E668", detail=redact(returned.get("error", "code"), {}))
        wanted = self._account.settings["oa_id"]
        if returned.get("oa_id") != wanted:
            raise LoaError("E669", found=redact(returned.get("oa_id", "?"), {}), wanted=wanted)
        return self._exchanged(returned["code"])

    def _exchanged(self, code: str) -> TokenPair:
        given = {"grant_type": "authorization_code", "code": code, "code_verifier": self._verifier}
        try:
            found = self._application.grant(self._session, self._clock, given)
        except NotSent as error:
            raise LoaError("E601", detail=error) from None
        except InDoubt as error:
            raise LoaError("E602", detail=error) from None
        if isinstance(found, TokenPair):
            return found
        raise LoaError("E666", detail=found.words)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier: base64url without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _seconds(written: object) -> int | None:
    """``expires_in`` is a string of seconds in practice and a number in some documents; None where it is neither.

    Nothing that stands there may cost the pair that came with it: the refresh token before it is used up.
    """
    seconds = whole_number(str(written))
    return seconds if seconds and seconds <= LONGEST_SECONDS else None


def _words(found: Mapping[str, Any]) -> str:
    named = (str(found.get(name, "")) for name in ("error", "error_name", "error_description"))
    return ": ".join(each for each in named if each)
