"""Links that are used once, and the browsers that came in by one; all of it lives as long as the process."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loa.messages import Lang

LINK_LIVES = timedelta(hours=24)
BROWSER_STAYS = timedelta(days=7)
"""After that a browser needs another link."""
PERSON_STAYS = timedelta(hours=12)
PERSON_IDLES = timedelta(hours=2)
"""Who does nothing for so long is signed out: the browser may still look."""


@dataclass
class Session:
    """One browser that was let in."""

    made: datetime
    seen: datetime
    """When a person last did something; what a page asks for by itself does not count."""
    lang: Lang = "vi"
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    person_id: str = ""
    in_name_of: str = ""
    signed_in: datetime | None = None

    def sign_out(self) -> None:
        self.person_id, self.in_name_of, self.signed_in = "", "", None


class Sessions:
    """Which links and which browsers are good now. Threads share it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._mutex = threading.Lock()
        self._links: dict[str, datetime] = {}
        self._browsers: dict[str, Session] = {}

    def invite(self) -> str:
        """A token that lets one browser in, once and not for ever."""
        token = secrets.token_urlsafe(24)
        with self._mutex:
            self._links[token] = self._now() + LINK_LIVES
        return token

    def enter(self, token: str) -> str | None:
        """Use a token up; the name of the new session, None where the token is not good."""
        now = self._now()
        with self._mutex:
            until = self._links.pop(token, None)
            if until is None or until <= now:
                return None
            self._browsers = {name: each for name, each in self._browsers.items() if now - each.made < BROWSER_STAYS}
            return self._keep(Session(now, now))

    def find(self, name: str, *, is_deed: bool) -> Session | None:
        """The session of that name. ``is_deed``: a person did something, so that idling begins anew."""
        now = self._now()
        with self._mutex:
            found = self._browsers.get(name)
            if found is None or now - found.made >= BROWSER_STAYS:
                return None
            if found.signed_in and (now - found.signed_in >= PERSON_STAYS or now - found.seen >= PERSON_IDLES):
                found.sign_out()
            if is_deed:
                found.seen = now
            return found

    def renew(self, name: str, person_id: str = "") -> str:
        """Another person, or nobody, is at this browser: its session has another name and another CSRF word.

        A page that still shows the person before can then do nothing in the name of the one after.
        """
        now = self._now()
        with self._mutex:
            old = self._browsers.pop(name)
            signed_in = now if person_id else None
            return self._keep(Session(old.made, now, old.lang, person_id=person_id, signed_in=signed_in))

    def _keep(self, session: Session) -> str:
        name = secrets.token_urlsafe(32)
        self._browsers[name] = session
        return name
