"""tweepy itself against the sandbox: nothing of it is changed, only its fixed host is led to the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import tweepy
from requests.adapters import HTTPAdapter

from loa.clock import SimulatedClock
from loa.sandbox import Sandbox

USER = "2244994945"
START = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
TEXT = "Nộp hồ sơ tại nhà & nhận kết quả: xem dichvucong.gov.vn"


class ToTheSandbox(HTTPAdapter):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: Any, *args: Any, **options: Any) -> Any:
        parts = urlsplit(request.url)
        request.url = f"{self._url}/x{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **options)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path, clock=clock) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> tweepy.Client:
    found = tweepy.Client(None, "sandbox-app", "sandbox-app-secret", f"sandbox-{USER}", "sandbox-token-secret")
    found.session.mount("https://api.twitter.com", ToTheSandbox(sandbox.url))
    return found


def test_tweepy_posts_reads_and_deletes(client: tweepy.Client, clock: SimulatedClock) -> None:
    assert client.get_me(user_auth=True).data.id == int(USER)
    posted = client.create_tweet(text=TEXT)
    fields = ["created_at", "text", "entities", "attachments"]
    since = clock.now() - timedelta(minutes=2)
    (seen,) = client.get_users_tweets(USER, max_results=5, start_time=since, tweet_fields=fields, user_auth=True).data
    assert str(seen.id) == posted.data["id"]
    assert seen.created_at == START
    (link,) = seen.entities["urls"]
    assert link["expanded_url"] == "http://dichvucong.gov.vn"
    assert seen.text == f"Nộp hồ sơ tại nhà &amp; nhận kết quả: xem {link['url']}"
    assert seen.text[link["start"] : link["end"]] == link["url"]
    assert client.delete_tweet(seen.id).data == {"deleted": True}
    assert client.get_users_tweets(USER, user_auth=True).data is None
    gone = client.get_tweet(seen.id, user_auth=True)
    assert gone.errors[0]["type"].endswith("/resource-not-found")


def test_tweepy_reads_page_after_page(client: tweepy.Client, clock: SimulatedClock) -> None:
    for number in range(12):
        client.create_tweet(text=f"Tin số {number}")
        clock.advance(timedelta(seconds=1))
    pages = list(tweepy.Paginator(client.get_users_tweets, USER, max_results=5, user_auth=True))
    assert [len(page.data) for page in pages] == [5, 5, 2]
    texts = [each.text for page in pages for each in page.data]
    assert texts == [f"Tin số {number}" for number in reversed(range(12))]
    middle = pages[1].data[2].id
    newer = client.get_users_tweets(USER, since_id=middle, max_results=100, user_auth=True).data
    older = client.get_users_tweets(USER, until_id=middle, max_results=100, user_auth=True).data
    assert (len(newer), len(older)) == (7, 4)


def test_tweepy_sees_a_duplicate_as_x_says_it(client: tweepy.Client) -> None:
    client.create_tweet(text=TEXT)
    with pytest.raises(tweepy.Forbidden) as refused:
        client.create_tweet(text=TEXT)
    assert refused.value.api_codes == []
    assert refused.value.response.json()["type"] == "about:blank"


def test_tweepy_sees_the_limit_and_when_it_ends(client: tweepy.Client, clock: SimulatedClock) -> None:
    for _ in range(50):
        with pytest.raises(tweepy.NotFound):
            client.delete_tweet(1)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        client.delete_tweet(1)
    assert refused.value.reset_time == int((clock.now() + timedelta(minutes=15)).timestamp())
    assert refused.value.response.headers["x-rate-limit-remaining"] == "0"


def test_tweepy_is_told_what_is_wrong_with_a_request(client: tweepy.Client) -> None:
    with pytest.raises(tweepy.BadRequest, match="1 to 4 different strings"):
        client.create_tweet(text=TEXT, media_ids=["1", "1"])
    with pytest.raises(tweepy.BadRequest, match="media IDs are invalid"):
        client.create_tweet(text=TEXT, media_ids=["1990000000000000001"])
    with pytest.raises(tweepy.BadRequest, match="not allow it"):
        client.request("POST", "/2/tweets", json={"text": TEXT, "status": TEXT}, user_auth=True)
    with pytest.raises(tweepy.BadRequest, match="between 5 and 100"):
        client.get_users_tweets(USER, max_results=4, user_auth=True)
    client.access_token = "somebody-else"
    with pytest.raises(tweepy.Unauthorized):
        client.create_tweet(text=TEXT)
