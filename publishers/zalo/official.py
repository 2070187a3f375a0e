"""The horn of one Official Account. Create gives a token; the article has an id only after it was verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    NO_EQUIPMENT,
    Absent,
    Account,
    CannotTell,
    Done,
    Ending,
    Equipment,
    Finding,
    Found,
    LookUp,
    Message,
    Pending,
    Receipt,
    Refused,
    Unknown,
)
from loa.errors import LoaError
from loa.text import nfc, shorten
from publishers.common import (
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
from publishers.http import Answer, InDoubt, NotSent, Session, call, new_session
from publishers.zalo import CARD
from publishers.zalo.access import Access, StaticAccess
from publishers.zalo.hosting import FolderHost, MediaHost, is_seen
from publishers.zalo.table import PROCESSING, code_of, ending_of, words_of

CHECK = timedelta(seconds=3)
CHECK_LATER = timedelta(minutes=1)
SKEW = timedelta(minutes=2)
SLICE = 10
SLICES = 10
AUTHOR = 50
WAITING = "token:"
"""Marks a receipt that holds the token of an article in processing instead of the article's id."""


class _Unreadable(Exception):  # noqa: N818 - a named outcome
    pass


class OfficialAccount(Horn):
    """One OA of one unit."""

    card = CARD

    def __init__(
        self,
        account: Account,
        clock: Clock,
        session: Session | None = None,
        equipment: Equipment = NO_EQUIPMENT,
    ) -> None:
        check_account(account, CARD)
        self._hosts = hosts_of(account, CARD)
        if equipment.media_folder is None or not self._hosts["media_base_url"]:
            raise LoaError("E623", account=account.id)
        self._media: MediaHost = FolderHost(equipment.media_folder, self._hosts["media_base_url"])
        self._account = account
        self._access: Access = StaticAccess(account)
        self._clock = clock
        self._session = session or new_session()

    def preflight(self) -> list[Finding]:
        try:
            answer = self._zalo("GET", "/v2.0/oa/getoa")
        except (NotSent, InDoubt) as error:
            return [Finding("stop", "E601", str(error))]
        if code_of(answer) == 0:
            return [Finding("ok", "E690", str((answer.json() or {}).get("data", {}).get("name", "")))]
        ending = ending_of(answer, self._clock, self._account.secrets)
        return [Finding("stop", getattr(ending, "code", "E603"), words_of(answer, self._account.secrets))]

    def publish(self, message: Message) -> Ending:
        text = whole_text(message)
        if refusal := content_problem(CARD, message, text):
            return refusal
        try:
            return self._create(self._article(message, text, self._show(message)))
        except Halt as stopped:
            return stopped.ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - the receipt says it all
        """Ask for the article's id. Whatever keeps us from asking, the article is with Zalo: never anew."""
        token = receipt.platform_id.removeprefix(WAITING)
        try:
            answer = self._zalo("POST", "/v2.0/article/verify", json={"token": token})
        except (NotSent, InDoubt):
            return Pending(receipt, self._clock.now() + CHECK_LATER)
        article = _data(answer).get("id")
        if code_of(answer) == 0 and isinstance(article, str) and article:
            return Done(self._receipt(article))
        ending = ending_of(answer, self._clock, self._account.secrets)
        if isinstance(ending, Refused):
            return ending
        wait = CHECK if code_of(answer) in {0, PROCESSING} else CHECK_LATER
        return Pending(receipt, self._clock.now() + wait)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """Same title inside the window. Two of them: only a person can say which is which."""
        wanted = nfc(message.title).strip()
        try:
            same = [row for row in self._newest(sent_at - SKEW) if nfc(str(row.get("title", ""))).strip() == wanted]
        except (NotSent, InDoubt, _Unreadable) as error:
            return CannotTell(f"E631 {error}")
        if len(same) > 1:
            return CannotTell("E632", final=True)
        return Found(self._receipt(str(same[0]["id"]))) if same else Absent()

    def _show(self, message: Message) -> list[str]:
        """Make the pictures public and look at them from outside, before Zalo is told of them."""
        urls = []
        for item in message.attachments:
            url = self._media.show(item)
            try:
                seen = is_seen(self._session, url, item)
            except (NotSent, InDoubt) as error:
                raise Halt(without_effect(self._clock, error)) from None
            if not seen:
                raise Halt(later(self._clock, CHECK_LATER, "E617", url))
            urls.append(url)
        return urls

    def _article(self, message: Message, text: str, urls: list[str]) -> dict[str, Any]:
        """One text item a paragraph: Zalo takes no line breaks inside one."""
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        body: list[dict[str, str]] = [{"type": "text", "content": line} for line in paragraphs]
        pictures = zip(urls[1:], message.attachments[1:], strict=True)
        body += [{"type": "image", "url": url, "caption": item.alt_text} for url, item in pictures]
        return {
            "type": "normal",
            "title": nfc(message.title),
            "author": shorten(self._account.name, AUTHOR),
            "cover": {"cover_type": "photo", "photo_url": urls[0], "status": "show"},
            "description": shorten(nfc(message.summary or " ".join(paragraphs)), CARD.max_summary),
            "body": body,
            "status": "show",
            "comment": "show",
        }

    def _create(self, article: dict[str, Any]) -> Ending:
        """The one call that citizens will see."""
        try:
            answer = self._zalo("POST", "/v2.0/article/create", json=article)
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        if code_of(answer) != 0:
            return ending_of(answer, self._clock, self._account.secrets)
        token = _data(answer).get("token")
        if not isinstance(token, str) or not token:
            return Unknown("E603", "no token in the answer")
        return Pending(Receipt(f"{WAITING}{token}"), self._clock.now() + CHECK)

    def _newest(self, since: datetime) -> Iterator[dict[str, Any]]:
        """Articles made at or after ``since``, newest first as Zalo gives them."""
        for number in range(SLICES):
            params = {"offset": str(number * SLICE), "limit": str(SLICE), "type": "normal"}
            answer = self._zalo("GET", "/v2.0/article/getslice", params=params)
            rows = _data(answer).get("medias")
            if code_of(answer) != 0 or not isinstance(rows, list):
                raise _Unreadable(words_of(answer, self._account.secrets))
            for row in rows:
                if _made(row) < since:
                    return
                yield row
            if len(rows) < SLICE:
                return
        raise _Unreadable("too many articles since then")

    def _zalo(self, method: str, path: str, **parts: Any) -> Answer:
        headers = {"access_token": self._access.token()}
        return call(self._session, method, self._hosts["api_host"] + path, headers=headers, **parts)

    def _receipt(self, article: str) -> Receipt:
        web = self._hosts["web_host"]
        return Receipt(article, f"{web}/{article}" if web else "")


def _data(answer: Answer) -> dict[str, Any]:
    data = (answer.json() or {}).get("data")
    return data if isinstance(data, dict) else {}


def _made(row: Mapping[str, Any]) -> datetime:
    """``create_date`` is in milliseconds."""
    try:
        return datetime.fromtimestamp(int(row["create_date"]) / 1000, tz=UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _Unreadable("create_date") from None
