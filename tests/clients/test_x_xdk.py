"""X's own SDK (PyPI ``xdk``) against the sandbox, by its own ``base_url``: posts, media in one call and in pieces."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from xdk import Client
from xdk.media.models import (
    AppendUploadRequest,
    CreateMetadataRequest,
    CreateSubtitlesRequest,
    InitializeUploadRequest,
    UploadRequest,
)
from xdk.oauth1_auth import OAuth1
from xdk.posts.models import CreateRequest

from loa.clock import Clock, SimulatedClock, SystemClock
from loa.sandbox import Sandbox, read_journal

USER = "2244994945"
TOKEN = f"sandbox-{USER}"
TEXT = "Nộp hồ sơ tại nhà & nhận kết quả: xem dichvucong.gov.vn"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"phim " * 50_000
SRT = "1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ tại nhà\n".encode()


@pytest.fixture(params=["oauth1", "oauth2"])
def signing(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def running(tmp_path: Path, clock: Clock) -> Sandbox:
    return Sandbox(tmp_path, clock=clock)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path, SimulatedClock(datetime(2026, 10, 10, 1, 0, tzinfo=UTC))) as found:
        yield found


def client_of(sandbox: Sandbox, signing: str) -> Client:
    if signing == "oauth2":
        return Client(base_url=f"{sandbox.url}/x", access_token=TOKEN)
    auth = OAuth1("sandbox-app", "sandbox-app-secret", "oob", TOKEN, "sandbox-token-secret")
    return Client(base_url=f"{sandbox.url}/x", auth=auth)


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def in_pieces(client: Client, data: bytes, media_type: Any, category: Any) -> str:
    body = InitializeUploadRequest(media_type=media_type, media_category=category, total_bytes=len(data))
    media = client.media.initialize_upload(body).data.id
    half = len(data) // 2
    for number, piece in enumerate((data[:half], data[half:])):
        client.media.append_upload(media, AppendUploadRequest(media=text_of(piece), segment_index=number))
    assert client.media.finalize_upload(media).data.size == len(data)
    return str(media)


def test_the_sdk_posts_a_picture_with_its_alt_text_reads_it_and_deletes_it(sandbox: Sandbox, signing: str) -> None:
    client = client_of(sandbox, signing)
    assert client.users.get_me().data.id == USER
    media = client.media.upload(UploadRequest(media=text_of(PNG), media_category="tweet_image")).data
    client.media.create_metadata(
        CreateMetadataRequest(id=media.id, metadata={"alt_text": {"text": "Người dân nộp hồ sơ"}})
    )
    posted = client.posts.create(CreateRequest(text=TEXT, media={"media_ids": [media.id]})).data
    page = next(
        client.users.get_posts(
            USER, max_results=5, post_fields=["created_at", "entities", "attachments"],
            expansions=["attachments.media_keys"], media_fields=["alt_text", "type"],
        )
    )  # fmt: skip
    (seen,) = page.data
    assert (seen.id, seen.edit_history_post_ids) == (posted.id, [posted.id])
    assert seen.attachments.media_keys == [media.media_key]
    assert page.includes.media[0].alt_text == "Người dân nộp hồ sơ"
    assert seen.entities.urls[0].expanded_url == "http://dichvucong.gov.vn"
    assert client.posts.delete(posted.id).data.deleted is True
    assert next(client.users.get_posts(USER, max_results=5)).meta.result_count == 0
    assert [effect.kind for effect in read_journal(sandbox.journal)] == ["tweet", "remove"]


def test_the_sdk_uploads_a_clip_in_pieces_with_subtitles(tmp_path: Path) -> None:
    with running(tmp_path, SystemClock()) as sandbox:
        client = client_of(sandbox, "oauth1")
        clip = in_pieces(client, FILM, "video/mp4", "tweet_video")
        states = [client.media.get_upload_status(clip, command="STATUS").data.processing_info.state for _ in range(2)]
        assert states == ["in_progress", "succeeded"]
        track = in_pieces(client, SRT, "text/srt", "subtitles")
        named = {"id": track, "language_code": "VI", "display_name": "Tiếng Việt"}
        client.media.create_subtitles(CreateSubtitlesRequest(id=clip, media_category="TweetVideo", subtitles=named))
        client.posts.create(CreateRequest(text=TEXT, media={"media_ids": [clip]}))
        (effect,) = read_journal(sandbox.journal)
        assert list(effect.extra["subtitles"][0]) == ["VI"]
        assert next((tmp_path / "taken").iterdir()).read_bytes() == FILM


def test_the_sdk_reads_the_figures_of_a_post(sandbox: Sandbox, signing: str) -> None:
    client = client_of(sandbox, signing)
    posted = client.posts.create(CreateRequest(text=TEXT)).data
    seen = client.posts.get_by_id(posted.id, post_fields=["public_metrics"]).data
    assert seen.public_metrics.repost_count == 0


def test_the_sdk_is_refused_as_x_refuses(sandbox: Sandbox, signing: str) -> None:
    client = client_of(sandbox, signing)
    client.posts.create(CreateRequest(text=TEXT))
    for body, status in ((CreateRequest(text=TEXT), 403), (CreateRequest(text="Tin", caption="thừa"), 400)):
        with pytest.raises(requests.HTTPError) as refused:
            client.posts.create(body)
        assert refused.value.response.status_code == status
    with pytest.raises(requests.HTTPError, match="400"):
        client.media.upload(UploadRequest(media=text_of(FILM), media_category="tweet_image"))
