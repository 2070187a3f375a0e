"""The imitation of X itself: what its pages promise, asked as any program would ask."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from loa.clock import SimulatedClock
from loa.sandbox import Sandbox, read_journal

from .conftest import START, png

USER, OTHER = "2244994945", "3000000000000000001"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 50
Ask = Callable[..., requests.Response]


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path, clock=clock) as running:
        yield running


@pytest.fixture
def ask(sandbox: Sandbox) -> Iterator[Ask]:
    with requests.Session() as session:
        session.trust_env = False

        def one(method: str, path: str, user: str = USER, **parts: Any) -> requests.Response:
            headers = {"Authorization": f"Bearer sandbox-{user}"} | parts.pop("headers", {})
            return session.request(method, f"{sandbox.url}/x/2{path}", headers=headers, timeout=10, **parts)

        yield one


def post(ask: Ask, text: str = "Tin", user: str = USER, **body: Any) -> requests.Response:
    return ask("POST", "/tweets", user, json={"text": text} | body)


def picture(ask: Ask) -> dict[str, Any]:
    body = {"media": base64.b64encode(png("ảnh")).decode(), "media_category": "tweet_image"}
    found: dict[str, Any] = ask("POST", "/media/upload", json=body).json()["data"]
    return found


def clip_session(ask: Ask, data: bytes = FILM, **changes: Any) -> requests.Response:
    body = {"media_type": "video/mp4", "total_bytes": len(data), "media_category": "tweet_video"} | changes
    return ask("POST", "/media/upload/initialize", json=body)


def is_problem(answer: requests.Response, status: int, kind: str) -> bool:
    named = answer.headers["content-type"].startswith("application/problem+json")
    return named and answer.status_code == status and answer.json()["type"].endswith(kind)


@pytest.mark.parametrize("named", [True, False])
def test_a_picture_may_come_as_a_form_with_or_without_a_file_name(ask: Ask, sandbox: Sandbox, *, named: bool) -> None:
    part = ("anh.png" if named else None, png("ảnh"))
    answer = ask("POST", "/media/upload", files={"media": part}, data={"media_category": "tweet_image"})
    media = answer.json()["data"]
    assert set(media) == {"id", "media_key", "expires_after_secs", "size"}
    assert len(media["id"]) == 19
    assert post(ask, media={"media_ids": [media["id"]]}).status_code == 201
    assert next((sandbox.journal.parent / "taken").iterdir()).read_bytes() == png("ảnh")


def test_the_older_form_with_a_command_still_works(ask: Ask, sandbox: Sandbox) -> None:
    begin = {"command": "INIT", "media_type": "video/mp4", "total_bytes": len(FILM), "media_category": "tweet_video"}
    media = ask("POST", "/media/upload", data=begin).json()["data"]["id"]
    for number, piece in enumerate((FILM[:5000], FILM[5000:])):
        step = {"command": "APPEND", "media_id": media, "segment_index": number}
        assert ask("POST", "/media/upload", data=step, files={"media": ("p", piece)}).ok
    end = {"command": "FINALIZE", "media_id": media}
    assert ask("POST", "/media/upload", data=end).json()["data"]["size"] == len(FILM)
    assert post(ask, media={"media_ids": [media]}).status_code == 201
    assert next((sandbox.journal.parent / "taken").iterdir()).read_bytes() == FILM


def test_pieces_that_do_not_add_up_are_refused(ask: Ask) -> None:
    media = clip_session(ask).json()["data"]["id"]
    body = {"media": base64.b64encode(FILM[:9]).decode(), "segment_index": 1}
    assert ask("POST", f"/media/upload/{media}/append", json=body).ok
    assert is_problem(ask("POST", f"/media/upload/{media}/finalize"), 400, "/invalid-request")
    assert is_problem(ask("POST", f"/media/upload/{media}/append", json=body | {"segment_index": 1000}), 400, "request")


@pytest.mark.parametrize(
    "changes",
    [
        {"media_category": "tweet_sound"},
        {"media_category": "tweet_image"},
        {"media_type": "audio/mpeg"},
        {"total_bytes": 512_000_001},
        {"total_bytes": 0},
    ],
)
def test_a_clip_that_breaks_the_rules_is_refused_before_its_bytes(ask: Ask, changes: dict[str, Any]) -> None:
    assert is_problem(clip_session(ask, **changes), 400, "/invalid-request")


@pytest.mark.parametrize("data", [b"GIF89a", FILM, b"khong phai anh", b"\x89PNG\r\n\x1a\n" + bytes(5_000_000)])
def test_a_picture_is_known_by_its_bytes(ask: Ask, data: bytes) -> None:
    body = {"media": base64.b64encode(data).decode(), "media_category": "tweet_image"}
    expected = 200 if data.startswith(b"GIF") else 400
    assert ask("POST", "/media/upload", json=body).status_code == expected


def test_media_belong_to_one_account_and_are_forgotten_after_a_day(ask: Ask, clock: SimulatedClock) -> None:
    media = picture(ask)["id"]
    assert is_problem(post(ask, user=OTHER, media={"media_ids": [media]}), 400, "/invalid-request")
    clock.advance(timedelta(hours=23, minutes=59))
    assert post(ask, "Tin 1", media={"media_ids": [media]}).status_code == 201
    clock.advance(timedelta(minutes=1))
    assert is_problem(post(ask, "Tin 2", media={"media_ids": [media]}), 400, "/invalid-request")
    alt = {"id": media, "metadata": {"alt_text": {"text": "Muộn rồi"}}}
    assert is_problem(ask("POST", "/media/metadata", json=alt), 404, "/resource-not-found")


def test_four_pictures_or_one_clip_stand_in_a_post(ask: Ask) -> None:
    pictures = [picture(ask)["id"] for _ in range(5)]
    media = clip_session(ask).json()["data"]["id"]
    body = {"media": base64.b64encode(FILM).decode(), "segment_index": 0}
    assert ask("POST", f"/media/upload/{media}/append", json=body).ok
    assert post(ask, media={"media_ids": [media]}).status_code == 400
    assert ask("POST", f"/media/upload/{media}/finalize").ok
    for several in ([], pictures, [media, pictures[0]], ["không phải số"]):
        assert is_problem(post(ask, media={"media_ids": several}), 400, "/invalid-request")
    assert post(ask, media={"media_ids": pictures[:4]}).status_code == 201


def test_an_alt_text_has_at_most_a_thousand_letters(ask: Ask) -> None:
    media = picture(ask)["id"]
    for length, expected in ((1000, 200), (1001, 400)):
        body = {"id": media, "metadata": {"alt_text": {"text": "ạ" * length}}}
        assert ask("POST", "/media/metadata", json=body).status_code == expected


@pytest.mark.parametrize(
    "body",
    [
        {"status": "tên cũ"},
        {"media": {"media_ids": "1"}},
        {"media": {"ids": ["1"]}},
        {"reply_settings": "everyone"},
        {"poll": {"options": ["một"], "duration_minutes": 60}},
        {"poll": {"options": ["một", "hai"], "duration_minutes": 4}},
        {"text": 7},
        {"text": "Tin\ufeff"},
        {"text": " "},
    ],
)
def test_a_post_outside_the_schema_is_refused(ask: Ask, sandbox: Sandbox, body: dict[str, Any]) -> None:
    assert is_problem(post(ask, **body), 400, "/invalid-request")
    assert read_journal(sandbox.journal) == ()


def test_a_post_that_weighs_too_much_is_refused(ask: Ask) -> None:
    assert is_problem(post(ask, "ế" * 141), 403, "/client-forbidden")
    assert post(ask, "ế" * 140).status_code == 201


def test_only_a_signature_that_is_new_and_a_known_token_come_in(ask: Ask) -> None:
    parts = ("consumer_key", "token", "nonce", "timestamp", "signature", "signature_method", "version")
    header = "OAuth " + ", ".join(f'oauth_{part}="sandbox-{USER}"' for part in parts)
    assert ask("GET", "/users/me", headers={"Authorization": header}).ok
    assert ask("GET", "/users/me", headers={"Authorization": header}).status_code == 401
    assert ask("GET", "/users/me", headers={"Authorization": header.replace("oauth_nonce", "n")}).status_code == 401
    assert ask("GET", "/users/me", headers={"Authorization": "Bearer that-is-real"}).status_code == 401


@pytest.mark.parametrize(("naming", "word", "count"), [("tweet", "tweet", "retweet"), ("post", "post", "repost")])
def test_both_namings_are_answered_in_their_own_words(ask: Ask, naming: str, word: str, count: str) -> None:
    number = post(ask).json()["data"]["id"]
    row = ask("GET", f"/tweets/{number}", params={f"{naming}.fields": "public_metrics,created_at"}).json()["data"]
    assert set(row) == {"id", "text", f"edit_history_{word}_ids", "public_metrics", "created_at"}
    assert row["created_at"] == "2026-10-10T01:00:00.000Z"
    assert f"{count}_count" in row["public_metrics"]
    assert ask("GET", f"/tweets/{number}", params={f"{naming}.fields": "lời"}).status_code == 400


def test_a_list_shows_only_what_was_asked_and_no_data_when_there_is_nothing(ask: Ask, clock: SimulatedClock) -> None:
    path = f"/users/{USER}/tweets"
    assert ask("GET", path).json() == {"meta": {"result_count": 0}}
    first = post(ask, "Tin 1").json()["data"]["id"]
    clock.advance(timedelta(minutes=10))
    reply = post(ask, "Trả lời", reply={"in_reply_to_tweet_id": first}).json()["data"]["id"]
    post(ask, "Của người khác", user=OTHER)

    def ids(**params: str) -> list[str]:
        return [row["id"] for row in ask("GET", path, params=params).json().get("data", [])]

    assert ids() == [reply, first]
    assert ids(exclude="replies,retweets") == [first]
    assert ids(start_time="2026-10-10T01:05:00Z") == [reply]
    assert ids(end_time="2026-10-10T01:05:00Z") == [first]
    assert (ids(since_id=first), ids(until_id=reply)) == ([reply], [first])
    for wrong in ({"max_results": "4"}, {"start_time": "hôm qua"}, {"since_id": "x"}, {"limit": "5"}):
        assert is_problem(ask("GET", path, params=wrong), 400, "/invalid-request")


def test_nobody_deletes_the_post_of_another(ask: Ask, sandbox: Sandbox) -> None:
    number = post(ask).json()["data"]["id"]
    assert is_problem(ask("DELETE", f"/tweets/{number}", OTHER), 403, "/not-authorized-for-resource")
    assert ask("DELETE", f"/tweets/{number}").json() == {"data": {"deleted": True}}
    assert is_problem(ask("DELETE", f"/tweets/{number}"), 404, "/resource-not-found")
    assert ask("GET", f"/tweets/{number}").json()["errors"][0]["resource_id"] == number
    assert [effect.kind for effect in read_journal(sandbox.journal)] == ["tweet", "remove"]
    assert post(ask).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/tweets", 100),
        ("DELETE", "/tweets/1", 50),
        ("GET", "/users/me", 75),
        ("GET", f"/users/{USER}/tweets", 900),
        ("POST", "/media/upload", 500),
        ("POST", "/media/upload/initialize", 1875),
        ("POST", "/media/metadata", 500),
    ],
)
def test_the_meters_count_down_for_each_account(
    ask: Ask, clock: SimulatedClock, method: str, path: str, limit: int
) -> None:
    reset = str(int((clock.now() + timedelta(minutes=15)).timestamp()))
    for left in (limit - 1, limit - 2):
        headers = ask(method, path).headers
        assert [headers[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset")] == [
            str(limit),
            str(left),
            reset,
        ]
    assert ask(method, path, OTHER).headers["x-rate-limit-remaining"] == str(limit - 1)
    clock.advance(timedelta(minutes=15))
    assert ask(method, path).headers["x-rate-limit-remaining"] == str(limit - 1)
