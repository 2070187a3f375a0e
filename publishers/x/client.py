"""tweepy on our own session: its deadlines, another host, and answers instead of exceptions."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import tweepy

from publishers.http import Answer, Session, answer_of, guarded

TWEEPY_HOST = "https://api.twitter.com"
"""The host that tweepy writes into every request; it takes no other."""

# tweepy raises its own error for every 4xx and 5xx, and stumbles over error bodies that it did not expect (a list
# where it wants an object, a word where it wants a number, thousands of lists in each other).
_RAISED_BY_TWEEPY = (tweepy.errors.HTTPException, AttributeError, TypeError, ValueError, RecursionError)

# At DEBUG these print headers, tokens and whole bodies.
for _name in ("tweepy", "requests_oauthlib", "oauthlib"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Client:
    """Asks the X API v2 as one user (OAuth 1.0a)."""

    def __init__(self, secrets: Mapping[str, str], api_host: str, session: Session) -> None:
        self._tweepy = tweepy.Client(
            consumer_key=secrets["consumer_key"],
            consumer_secret=secrets["consumer_secret"],
            access_token=secrets["access_token"],
            access_token_secret=secrets["access_token_secret"],
            wait_on_rate_limit=False,
        )
        signer = tweepy.OAuth1UserHandler(
            secrets["consumer_key"],
            secrets["consumer_secret"],
            secrets["access_token"],
            secrets["access_token_secret"],
        ).apply_auth()
        door: Any = _OtherHost(api_host, signer, session.get_adapter(api_host))
        session.mount(TWEEPY_HOST, door)
        self._answers: list[Answer] = door.answers
        self._tweepy.session = session

    def ask(self, method: str, route: str, **parts: Any) -> Answer:
        """One request. Whatever the platform answers is an answer, to be judged by its code.

        Raises:
            NotSent: the connection never stood.
            InDoubt: bytes may have left and no whole answer came back.
        """
        self._answers.clear()
        try:
            guarded(lambda: self._tweepy.request(method, route, user_auth=True, **parts))
        except _RAISED_BY_TWEEPY:
            if not self._answers:
                raise
        return self._answers[-1]


class _OtherHost:
    """Sends to ``api_host`` what tweepy addressed to its own host, signed anew: the signature covers the host.

    ``inner`` is the session's own adapter for that host, with its deadlines and limits.
    """

    def __init__(self, api_host: str, signer: Any, inner: Any) -> None:
        self._api_host = api_host
        self._signer = signer
        self._inner = inner
        self.answers: list[Answer] = []

    def send(self, request: Any, *args: Any, **options: Any) -> Any:
        parts = urlsplit(request.url)
        request.url = self._api_host + parts.path + (f"?{parts.query}" if parts.query else "")
        request.headers.pop("Authorization", None)
        response = self._inner.send(self._signer(request), *args, **options)
        self.answers.append(answer_of(response))
        return response

    def close(self) -> None:
        self._inner.close()
