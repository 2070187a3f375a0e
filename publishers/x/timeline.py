"""The horn of one X account. Media first, then exactly one call that citizens see."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    Absent,
    Account,
    CannotTell,
    Done,
    Ending,
    Finding,
    Found,
    LookUp,
    Message,
    Receipt,
    Unknown,
)
from loa.text import nfc
from publishers.common import (
    SOON,
    Halt,
    Horn,
    check_account,
    content_problem,
    hosts_of,
    later,
    whole_text,
    with_effect,
    without_effect,
)
from publishers.http import Answer, InDoubt, NotSent, Session, new_session
from publishers.x import CARD
from publishers.x.client import Client
from publishers.x.media import Uploader
from publishers.x.table import detail_of, ending_of

SKEW = timedelta(minutes=2)
PAGES = 5
GOOD = range(200, 300)
FIELDS = {
    "tweet.fields": "created_at,text,entities,attachments",
    "expansions": "attachments.media_keys",
    "max_results": "10",
}


class _Unreadable(Exception):  # noqa: N818 - a named outcome
    pass


class Timeline(Horn):
    """One account of one unit."""

    card = CARD

    def __init__(self, account: Account, clock: Clock, session: Session | None = None) -> None:
        check_account(account, CARD)
        self._account = account
        self._clock = clock
        self._hosts = hosts_of(account, CARD)
        self._client = Client(account.secrets, self._hosts["api_host"], session or new_session())
        self._uploader = Uploader(self._unseen)

    def preflight(self) -> list[Finding]:
        try:
            answer = self._client.ask("GET", "/2/users/me")
        except (NotSent, InDoubt) as error:
            return [Finding("stop", "E601", str(error))]
        if answer.status in GOOD:
            return [Finding("ok", "E690", str((answer.json() or {}).get("data", {}).get("username", "")))]
        ending = ending_of(answer, self._clock, self._account.secrets, {})
        return [Finding("stop", getattr(ending, "code", "E603"), detail_of(answer, self._account.secrets))]

    def publish(self, message: Message) -> Ending:
        text = whole_text(message)
        if refusal := content_problem(CARD, message, text):
            return refusal
        try:
            media = [self._uploader.upload(item) for item in message.attachments]
        except Halt as stopped:
            return stopped.ending
        return self._post(text, media)

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        """By media key where one is remembered, else by text; two equal ones are for a person."""
        keys = set(filter(None, hint.get("media_keys", "").split(",")))
        wanted = _plain(whole_text(message))
        try:
            rows = list(self._newest(sent_at - SKEW))
        except (NotSent, InDoubt, _Unreadable) as error:
            return CannotTell(f"E631 {error}")
        same = [row for row in rows if (keys & _media_keys(row) if keys else _plain(_written(row)) == wanted)]
        if len(same) > 1:
            return CannotTell("E632", final=True)
        return Found(self._receipt(str(same[0].get("id")))) if same else Absent()

    def _post(self, text: str, media: list[tuple[str, str]]) -> Ending:
        """The one call that citizens will see."""
        body: dict[str, Any] = {"text": text}
        hint = {}
        if media:
            body["media"] = {"media_ids": [number for number, _ in media]}
            hint = {"media_keys": ",".join(key for _, key in media)}
        try:
            answer = self._client.ask("POST", "/2/tweets", json=body)
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, hint)
        if answer.status not in GOOD:
            return ending_of(answer, self._clock, self._account.secrets, hint)
        post = ((answer.json() or {}).get("data") or {}).get("id")
        if not isinstance(post, str) or not post:
            return Unknown("E603", "no id in the answer", hint)
        return Done(self._receipt(post))

    def _unseen(self, method: str, route: str, **parts: Any) -> Answer:
        """A step that citizens cannot see: whatever is in doubt may simply be done again."""
        try:
            answer = self._client.ask(method, route, **parts)
        except (NotSent, InDoubt) as error:
            raise Halt(without_effect(self._clock, error)) from None
        if answer.status in GOOD and (answer.json() is not None or not answer.body):
            return answer
        ending = ending_of(answer, self._clock, self._account.secrets, {})
        if isinstance(ending, Unknown):
            ending = later(self._clock, SOON, ending.code, ending.detail)
        raise Halt(ending)

    def _newest(self, since: datetime) -> Iterator[dict[str, Any]]:
        """Posts of this account since then. Each post read costs money, hence the short pages."""
        params = FIELDS | {"start_time": since.strftime("%Y-%m-%dT%H:%M:%SZ")}
        for _ in range(PAGES):
            answer = self._client.ask("GET", f"/2/users/{self._account.settings['user_id']}/tweets", params=params)
            found = answer.json()
            if answer.status not in GOOD or found is None or "meta" not in found:
                raise _Unreadable(f"HTTP {answer.status}")
            yield from found.get("data") or []
            following = found["meta"].get("next_token")
            if not following:
                return
            params = params | {"pagination_token": str(following)}
        raise _Unreadable("too many posts since then")

    def _receipt(self, post: str) -> Receipt:
        return Receipt(post, f"{self._hosts['web_host']}/i/web/status/{post}")


def _media_keys(row: Mapping[str, Any]) -> set[str]:
    return set((row.get("attachments") or {}).get("media_keys") or [])


def _written(row: Mapping[str, Any]) -> str:
    """The text as it was written: t.co addresses back to the real ones, the address of the media dropped."""
    text = str(row.get("text", ""))
    for link in (row.get("entities") or {}).get("urls") or []:
        real = "" if "media_key" in link else str(link.get("expanded_url", ""))
        text = text.replace(str(link.get("url", "")) or "\0", real)
    return html.unescape(text)


def _plain(text: str) -> str:
    """For comparing: X adds ``http://`` to a bare name, and trims."""
    return nfc(text).replace("\r\n", "\n").replace("https://", "").replace("http://", "").strip()
