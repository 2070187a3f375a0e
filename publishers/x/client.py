"""tweepy on our own session: deadlines, another host, and answers instead of exceptions."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import tweepy

from publishers.http import Answer, GuardedAdapter, Session, answer_of, guarded

TWEEPY_HOST = "https://api.twitter.com"
"""The host that tweepy writes into every request; it takes no other."""

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
        session.mount(TWEEPY_HOST, _OtherHost(api_host, signer))
        self._tweepy.session = session

    def ask(self, method: str, route: str, **parts: Any) -> Answer:
        """One request. tweepy raises for 4xx and 5xx; here each of them is an answer to be judged by its code.

        Raises:
            NotSent: the connection never stood.
            InDoubt: bytes may have left and no whole answer came back.
        """
        try:
            return answer_of(guarded(lambda: self._tweepy.request(method, route, user_auth=True, **parts)))
        except tweepy.errors.HTTPException as error:
            return answer_of(error.response)


class _OtherHost(GuardedAdapter):
    """Sends to ``api_host`` what tweepy addressed to its own host, signed anew: the signature covers the host."""

    def __init__(self, api_host: str, signer: Any) -> None:
        super().__init__()
        self._api_host = api_host
        self._signer = signer

    def send(self, request: Any, *args: Any, **options: Any) -> Any:
        parts = urlsplit(request.url)
        request.url = self._api_host + parts.path + (f"?{parts.query}" if parts.query else "")
        request.headers.pop("Authorization", None)
        return super().send(self._signer(request), *args, **options)
