"""What can be read of an Official Account: its articles, their contents, their figures, its followers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any, NoReturn

from loa.delivery import AuthNeeded, Message
from loa.errors import LoaError
from loa.text import nfc
from publishers.common import Halt, halt
from publishers.http import Answer, InDoubt, NotSent
from publishers.shapes import objects_in
from publishers.their_time import not_after
from publishers.zalo.door import Door
from publishers.zalo.payload import description, kind_of, texts
from publishers.zalo.table import NO_SUCH, code_of, data_of

SLICE = 10
SLICES = 10
FOLLOWERS = 50
LAST_OFFSET = 9951
COUNTED = ("total_view", "total_share")


class Unreadable(Exception):  # noqa: N818 - a named outcome
    """Zalo's answer does not say what was asked."""


class Reading:
    """Questions that change nothing.

    All raise ``NotSent`` and ``InDoubt`` from the network, ``Unreadable`` for an answer that does not help, and
    ``Halt`` where the account itself needs a person.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._dated = Answer(0)

    def slices(self, kind: str) -> Iterator[list[dict[str, Any]]]:
        """The account's articles in Zalo's order, ten at a time. ``kind``: normal or video."""
        for number in range(SLICES):
            params = {"offset": str(number * SLICE), "limit": str(SLICE), "type": kind}
            answer = self._door.ask("GET", "/v2.0/article/getslice", params=params)
            rows = data_of(answer).get("medias")
            if code_of(answer) != 0 or not isinstance(rows, list):
                self._unreadable(answer)
            self._dated = answer
            yield objects_in(data_of(answer), "medias")
            if len(rows) < SLICE:
                return
        raise Unreadable("too many articles since then")

    def article(self, article: str) -> dict[str, Any] | None:
        """What an article holds now; None when Zalo knows no such article."""
        answer = self._door.ask("GET", "/v2.0/article/getdetail", params={"id": article})
        if code_of(answer) == NO_SUCH:
            return None
        if code_of(answer) != 0 or not (data := data_of(answer)):
            self._unreadable(answer)
        return data

    def same_title(self, message: Message, since: datetime) -> list[dict[str, Any]]:
        """The articles of this message's title that were made at or after ``since``, by Zalo's clock.

        That the newest come first is known from third parties only, and a wrong "it is not there" would make a second
        article: another order is an answer that does not help.
        """
        wanted = nfc(message.title).strip()
        found: dict[str, dict[str, Any]] = {}
        last = datetime.max.replace(tzinfo=UTC)
        begun = since
        for rows in self.slices(kind_of(message)):
            since = not_after(begun, self._dated, self._door.clock)
            for row in rows:
                made = _made(row)
                if made > last:
                    raise Unreadable("not newest first")
                last = made
                if made >= since and nfc(str(row.get("title", ""))).strip() == wanted:
                    found[str(row.get("id", ""))] = row
            if last < since:
                break
        return list(found.values())

    def says(self, row: Mapping[str, Any], message: Message) -> bool:
        """Whether the article of a row holds this message's words."""
        return says(self.article(str(row.get("id", ""))), message)

    def followers(self, most: int = FOLLOWERS) -> tuple[int, list[str]]:
        """How many follow the account, and the ids of the first ``most`` of them."""
        found: list[str] = []
        total = 0
        for offset in range(0, min(most, LAST_OFFSET), FOLLOWERS):
            asked = json.dumps({"offset": offset, "count": FOLLOWERS, "is_follower": "true"})
            answer = self._door.ask("GET", "/v3.0/oa/user/getlist", params={"data": asked})
            data = data_of(answer)
            users, count = data.get("users"), data.get("total")
            if code_of(answer) != 0 or not isinstance(users, list) or not isinstance(count, int):
                self._unreadable(answer)
            total = count
            found += [str(user.get("user_id", "")) for user in users if isinstance(user, dict)]
            if len(users) < FOLLOWERS:
                break
        return total, found[:most]

    def _unreadable(self, answer: Answer) -> NoReturn:
        ending = self._door.ending(answer)
        if isinstance(ending, AuthNeeded):
            halt(ending)
        raise Unreadable(self._door.words(answer))

    def figures(self, article: str) -> Mapping[str, int]:
        """How often an article was seen and shared, from the list of articles.

        Raises:
            LoaError: E634 it could not be asked, or is not among the articles that can be read.
        """
        try:
            for kind in ("normal", "video"):
                for row in chain.from_iterable(self.slices(kind)):
                    if row.get("id") == article:
                        return {name: row[name] for name in COUNTED if isinstance(row.get(name), int)}
        except (NotSent, InDoubt, Unreadable) as error:
            raise LoaError("E634", detail=error) from None
        except Halt as stopped:
            raise LoaError("E634", detail=getattr(stopped.ending, "code", "")) from None
        raise LoaError("E634", detail=article)


def says(found: Mapping[str, Any] | None, message: Message) -> bool:
    """Whether an article holds this message's words: title, description and every paragraph."""
    if found is None:
        return False
    words = _plain(found.get("title")), _plain(found.get("description"))
    if words != (_plain(message.title), _plain(description(message))):
        return False
    body = found.get("body")
    if not isinstance(body, list):
        return kind_of(message) == "video"
    told = [_plain(each.get("content")) for each in body if isinstance(each, dict) and each.get("type") == "text"]
    return told == [_plain(each["content"]) for each in texts(message)]


def _plain(text: object) -> str:
    return " ".join(nfc(str(text or "")).split())


def _made(row: Mapping[str, Any]) -> datetime:
    """``create_date`` is in milliseconds."""
    try:
        return datetime.fromtimestamp(int(row["create_date"]) / 1000, tz=UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Unreadable("create_date") from None
