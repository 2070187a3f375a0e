"""Asking the Graph API as one Page: the token in a header, the proof beside it, the usage noted from every answer."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import Account, Unknown
from publishers.common import Halt, hosts_of, later, number_in, with_effect, without_effect
from publishers.facebook import CARD
from publishers.facebook.table import LINK_PREVIEW, UPLOAD_TROUBLE, GraphError, ending_of, error_of, succeeded
from publishers.facebook.usage import Usage
from publishers.http import Answer, InDoubt, NotSent, Session, call, new_session
from publishers.shapes import objects_in

SOON = timedelta(seconds=20)


class Unreadable(Exception):  # noqa: N818 - a named outcome
    """A question that got no usable answer. The text names the reason, without any secret."""


class UploadTrouble(Halt):
    """An upload failed in a way that is worth one more try with the same file."""


class NoPreview(Halt):
    """Meta could not read the link for its preview; nothing was posted."""


class Graph:
    """One Page's way to Meta. ``page`` is its id; ``hosts`` are the channel's settings.

    Raises:
        LoaError: E659 a setting that is a number is none.
    """

    def __init__(self, account: Account, clock: Clock, session: Session | None = None) -> None:
        self.clock = clock
        self.hosts = hosts_of(account, CARD)
        self.page = account.settings["page_id"]
        self.pause = number_in(self.hosts, "transient_wait", 60)
        """Seconds until a piece of an upload that broke is sent again."""
        self.usage = Usage(
            self.page, clock, number_in(self.hosts, "slow_at", 100), number_in(self.hosts, "stop_at", 100)
        )
        self.secrets = account.secrets
        self._session = session or new_session()

    def ask(self, method: str, path: str, *, host: str = "graph_host", bearer: str = "", **parts: Any) -> Answer:
        """One call. ``bearer`` speaks in the name of another token than the Page's.

        Raises:
            NotSent: the connection never stood.
            InDoubt: bytes may have left and no whole answer came back.
        """
        token = bearer or self.secrets["page_token"]
        url = f"{self.hosts[host]}/{self.hosts['version']}/{path}"
        if proof := self._proof(token):
            place = "data" if method == "POST" else "params"
            parts[place] = {**parts.get(place, {}), **proof}
        answer = call(self._session, method, url, headers={"Authorization": f"Bearer {token}"}, **parts)
        self.usage.note(answer.headers)
        return answer

    def send_bytes(self, url: str, headers: Mapping[str, str], body: Any) -> Answer:
        """Raw bytes to the upload host, which wants the token in a form of its own."""
        token = {"Authorization": f"OAuth {self.secrets['page_token']}"}
        return call(self._session, "POST", url, headers={**token, **headers}, data=body)

    def read(self, path: str, **params: str) -> dict[str, Any]:
        """The object that a question is answered with.

        Raises:
            Unreadable: there was none.
        """
        return self.asked(path, **params).json() or {}

    def asked(self, path: str, **params: str) -> Answer:
        """The good answer to a question.

        Raises:
            Unreadable: there was none.
        """
        try:
            answer = self.ask("GET", path, params=params)
        except (NotSent, InDoubt) as error:
            raise Unreadable(str(error)) from None
        if not succeeded(answer):
            error_object = self.error_of(answer)
            raise Unreadable(error_object.detail if error_object else f"HTTP {answer.status}")
        return answer

    def unseen(self, path: str, **parts: Any) -> dict[str, Any]:
        """A step that citizens cannot see: whatever is in doubt may simply be done again."""
        return self.checked(lambda: self.ask("POST", path, **parts)).json() or {}

    def checked(self, ask: Callable[[], Answer]) -> Answer:
        """The answer of an unseen step; everything but success ends the sending here.

        Raises:
            Halt: with the ending.
        """
        try:
            answer = ask()
        except (NotSent, InDoubt) as error:
            raise Halt(without_effect(self.clock, error)) from None
        if succeeded(answer):
            return answer
        raise self.stop(answer)

    def stop(self, answer: Answer) -> Halt:
        """How an unseen step that failed ends the sending."""
        ending = ending_of(answer, self.clock, self.secrets, {})
        if isinstance(ending, Unknown):
            ending = later(self.clock, SOON, ending.code, ending.detail)
        return _halt_for(self.error_of(answer))(ending)

    def commit(self, path: str, form: Mapping[str, str], hint: Mapping[str, str], **more: Any) -> Answer:
        """The one call that citizens will see.

        Raises:
            Halt: with the ending, for everything but success.
        """
        return self.decided(lambda: self.ask("POST", path, data=dict(form), **more), hint)

    def decided(self, ask: Callable[[], Answer], hint: Mapping[str, str]) -> Answer:
        """The answer of a call with a public effect; everything but success ends the sending here.

        Raises:
            Halt: with the ending.
        """
        try:
            answer = ask()
        except (NotSent, InDoubt) as error:
            raise Halt(with_effect(self.clock, error, hint)) from None
        if succeeded(answer):
            return answer
        raise _halt_for(self.error_of(answer))(ending_of(answer, self.clock, self.secrets, hint))

    def error_of(self, answer: Answer) -> GraphError | None:
        """The error object of an answer, fit for the book."""
        return error_of(answer, self.secrets)

    def address(self, thing: str) -> str:
        """Where citizens see a thing of this Page."""
        return f"{self.hosts['web_host']}/{thing}"

    def _proof(self, token: str) -> dict[str, str]:
        """Meta's proof that the caller holds the app's secret; only where the office has stored that secret."""
        secret = self.secrets.get("app_secret", "")
        if not secret or "|" in token:
            return {}
        moment = str(int(self.clock.now().timestamp())) if self.hosts["timed_proof"] == "yes" else ""
        words = f"{token}|{moment}" if moment else token
        proof = {"appsecret_proof": hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()}
        return proof | ({"appsecret_time": moment} if moment else {})


def rows_of(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a list.

    Raises:
        Unreadable: it is none, or one of its rows is no object: what cannot be read must not pass for absent.
    """
    rows = objects_in(found, "data")
    if rows != found.get("data"):
        raise Unreadable("no list of objects under data")
    return rows


def _halt_for(error: GraphError | None) -> type[Halt]:
    """The kinds of failure that a step may answer with a second try of another form."""
    code = error.code if error else 0
    return UploadTrouble if code in UPLOAD_TROUBLE else NoPreview if code == LINK_PREVIEW else Halt
