"""Reading an X account back: its newest posts, one post, and the figures of a post. Each post read costs money."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.errors import LoaError
from loa.text import nfc
from publishers.http import Answer, InDoubt, NotSent
from publishers.shapes import object_in, objects_in
from publishers.their_time import not_after
from publishers.x.client import Client
from publishers.x.table import GOOD, data_of, detail_of, is_missing

FIELDS = "created_at,text,entities,attachments"
FIRST_PAGE = 5
"""The smallest page that X gives; mostly nothing else was posted in the minutes that matter."""
NEXT_PAGE = 50
PAGES = 5
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_A_MOMENT = timedelta(seconds=30)
"""So far our clock may be ahead: the search begins earlier by more anyway."""
SHORT = re.compile(r"https://t\.co/\w+")


class Unreadable(Exception):  # noqa: N818 - a named outcome
    """The account could not be read, or not to the end."""


class Reader:
    """Asks about one account's posts."""

    def __init__(
        self, client: Client, user: str, settings: Mapping[str, str], secrets: Mapping[str, str], clock: Clock
    ) -> None:
        self._client = client
        self._clock = clock
        self._user = user
        self._fields_name = settings["fields_name"]
        self._figures = settings["insight_fields"]
        self._secrets = secrets

    def newest(self, since: datetime) -> Iterator[dict[str, Any]]:
        """Posts of this account since then, by X's clock.

        Raises:
            Unreadable: an answer could not be used, or there are too many posts.
        """
        begun, params = (
            since,
            {
                self._fields_name: FIELDS,
                "expansions": "attachments.media_keys",
                "start_time": since.strftime(_TIME),
                "max_results": str(FIRST_PAGE),
            },
        )
        for _ in range(PAGES):
            answer = self._ask(f"/2/users/{self._user}/tweets", params)
            since = not_after(begun, answer, self._clock)
            if since < begun - _A_MOMENT and "pagination_token" not in params:
                # Our clock is ahead of X's: it was asked for what came later than our post.
                begun, params["start_time"] = since, since.strftime(_TIME)
                answer = self._ask(f"/2/users/{self._user}/tweets", params)
            found = answer.json() or {}
            rows = objects_in(found, "data")
            # Told twice, so that an answer of another shape is not taken for an empty page.
            told = object_in(found, "meta").get("result_count") == len(rows)
            if answer.status not in GOOD or not told or not all(isinstance(row.get("id"), str) for row in rows):
                raise Unreadable(f"HTTP {answer.status}")
            yield from rows
            following = found["meta"].get("next_token")
            if not following:
                return
            params |= {"pagination_token": str(following), "max_results": str(NEXT_PAGE)}
        raise Unreadable("too many posts since then")

    def stands(self, post: str) -> bool:
        """Whether a post is still there. X tells of one that is gone by the type of a problem, not by 404 alone.

        Raises:
            Unreadable: the answer tells neither.
        """
        answer = self._ask(f"/2/tweets/{post}", {})
        if data_of(answer).get("id") == post:
            return True
        if is_missing(answer):
            return False
        raise Unreadable(f"HTTP {answer.status}")

    def figures(self, post: str) -> dict[str, int]:
        """What X counted for a post, by its own names.

        Raises:
            LoaError: E634, it could not be asked.
        """
        try:
            answer = self._ask(f"/2/tweets/{post}", {self._fields_name: self._figures})
        except Unreadable as error:
            raise LoaError("E634", detail=str(error)) from None
        data = data_of(answer)
        if not data:
            raise LoaError("E634", detail=detail_of(answer, self._secrets))
        counted = [object_in(data, name) for name in self._figures.split(",")]
        return {name: value for group in counted for name, value in group.items() if type(value) is int}

    def _ask(self, route: str, params: Mapping[str, str]) -> Answer:
        try:
            return self._client.ask("GET", route, params=dict(params))
        except (NotSent, InDoubt) as error:
            raise Unreadable(str(error)) from None


def media_keys(row: Mapping[str, Any]) -> set[str]:
    """The media of a post, by their keys."""
    keys = object_in(row, "attachments").get("media_keys")
    return set(map(str, keys)) if isinstance(keys, list) else set()


def written(row: Mapping[str, Any]) -> str:
    """The text as it was written: signs unescaped, t.co addresses back to the real ones, that of the media dropped."""
    real = {
        str(link.get("url")): "" if "media_key" in link else str(link.get("expanded_url", ""))
        for link in objects_in(object_in(row, "entities"), "urls")
    }
    return SHORT.sub(lambda found: real.get(found[0], found[0]), html.unescape(str(row.get("text", ""))))


def plain(text: str) -> str:
    """For comparing: X adds ``http://`` to a bare name, and trims."""
    return nfc(text).replace("\r\n", "\n").replace("https://", "").replace("http://", "").strip()
