"""The imitation of Facebook keeps the rules of Meta's pages, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from support.facebook_page import FILM_HEAD

from loa.clock import SimulatedClock
from loa.sandbox import Sandbox

from .test_server import START

PAGE = "10"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
FILM = FILM_HEAD + bytes(2000)
HEADERS = {"Authorization": "Bearer sandbox-10"}
SRT = b"1\n00:00:00,000 --> 00:00:02,000\nChao\n"


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sb", clock=clock) as running:
        yield running


@pytest.fixture
def ask(sandbox: Sandbox) -> Any:
    def call(method: str, path: str, **parts: Any) -> dict[str, Any]:
        headers = parts.pop("headers", HEADERS)
        url = f"{sandbox.url}/facebook/v26.0/{path}"
        answer = requests.request(method, url, headers=headers, timeout=10, **parts)
        assert answer.headers["X-Loa-Sandbox"] == "1"
        return dict(answer.json())

    return call


def code(answer: dict[str, Any]) -> tuple[int, int]:
    return answer["error"]["code"], answer["error"].get("error_subcode", 0)


def video(ask: Any, **form: str) -> str:
    return str(ask("POST", f"{PAGE}/videos", data=form, files={"source": ("a.mp4", FILM)})["id"])


def photo(ask: Any, **form: str) -> str:
    return str(ask("POST", f"{PAGE}/photos", data={"published": "false", **form}, files={"source": PNG})["id"])


@pytest.mark.parametrize("place", ["query", "form", "json", "multipart", "bearer", "oauth"])
def test_a_token_and_words_are_taken_from_every_place(ask: Any, sandbox: Sandbox, place: str) -> None:
    words = {"message": "Xin chào", "access_token": "sandbox-10"}
    parts: dict[str, Any] = {
        "query": {"params": words, "headers": {}},
        "form": {"data": words, "headers": {}},
        "json": {"json": words, "headers": {}},
        "multipart": {"files": {name: (None, value) for name, value in words.items()}, "headers": {}},
        "bearer": {"json": {"message": "Xin chào"}},
        "oauth": {"json": {"message": "Xin chào"}, "headers": {"Authorization": "OAuth sandbox-10"}},
    }[place]
    post = ask("POST", f"{PAGE}/feed", **parts)["id"]
    assert re.fullmatch(r"10_\d{18}", post)
    assert ask("GET", post)["message"] == "Xin chào"
    assert ask("POST", post, data={"method": "delete"}) == {"success": True}
    assert code(ask("GET", post)) == (100, 33)


def test_only_fields_that_were_asked_for_come_and_strange_ones_are_an_error(ask: Any) -> None:
    post = ask("POST", f"{PAGE}/feed", data={"message": "A", "link": "https://a.vn"})["id"]
    assert set(ask("GET", post)) == {"id", "message", "created_time"}
    assert set(ask("GET", post, params={"fields": "is_published,attachments{media_type,target{id}}"})) == {
        "id",
        "is_published",
    }
    assert code(ask("GET", post, params={"fields": "id,text"})) == (100, 0)
    assert ask("GET", post, params={"fields": "created_time"})["created_time"] == "2026-10-10T01:00:00+0000"


def test_a_list_comes_in_pages(ask: Any) -> None:
    for number in range(5):
        ask("POST", f"{PAGE}/feed", data={"message": f"Tin {number}"})
    first = ask("GET", f"{PAGE}/published_posts", params={"limit": "2"})
    assert [row["message"] for row in first["data"]] == ["Tin 4", "Tin 3"]
    after = first["paging"]["cursors"]["after"]
    last = ask("GET", f"{PAGE}/posts", params={"limit": "100", "after": after})
    assert [row["message"] for row in last["data"]] == ["Tin 2", "Tin 1", "Tin 0"]
    assert "next" in first["paging"]
    assert "next" not in last["paging"]
    for limit in ("101", "many"):
        assert code(ask("GET", f"{PAGE}/feed", params={"limit": limit})) == (100, 0)


@pytest.mark.parametrize(
    ("minutes", "taken"), [(9, False), (10, True), (29 * 24 * 60, True), (29 * 24 * 60 + 1, False)]
)
def test_metas_scheduler_has_a_window(ask: Any, clock: SimulatedClock, minutes: int, *, taken: bool) -> None:
    due = clock.now() + timedelta(minutes=minutes)
    form = {"message": "Hẹn giờ", "published": "false", "scheduled_publish_time": str(int(due.timestamp()))}
    assert ("id" in ask("POST", f"{PAGE}/feed", data=form)) is taken


def test_a_scheduled_post_is_seen_at_its_moment_and_not_before(
    ask: Any, clock: SimulatedClock, sandbox: Sandbox
) -> None:
    due = clock.now() + timedelta(minutes=30)
    kept = photo(ask, temporary="true")
    form = {
        "message": "Hẹn giờ",
        "published": "false",
        "scheduled_publish_time": due.isoformat(),
        "attached_media": f'[{{"media_fbid": "{kept}"}}]',
    }
    post = ask("POST", f"{PAGE}/feed", data=form)["id"]
    assert code(ask("POST", f"{PAGE}/feed", data=form | {"published": "true"})) == (100, 0)
    for edge, count in (("scheduled_posts", 1), ("feed", 1), ("published_posts", 0)):
        assert len(ask("GET", f"{PAGE}/{edge}")["data"]) == count
    assert sandbox.journal.read_text() == ""
    clock.move_to(due)
    assert ask("GET", post, params={"fields": "is_published"})["is_published"] is True
    assert len(sandbox.journal.read_text().splitlines()) == 1


def test_a_temporary_photo_goes_into_scheduled_posts_only(ask: Any) -> None:
    media = f'[{{"media_fbid": "{photo(ask, temporary="true")}"}}]'
    assert code(ask("POST", f"{PAGE}/feed", data={"message": "A", "attached_media": media})) == (100, 0)


def test_an_unpublished_photo_dies_after_a_day_and_goes_into_one_post(ask: Any, clock: SimulatedClock) -> None:
    old, media = photo(ask), "attached_media[0]"
    clock.advance(timedelta(hours=24, seconds=1))
    assert code(ask("POST", f"{PAGE}/feed", data={media: f'{{"media_fbid": "{old}"}}'})) == (100, 0)
    young = f'{{"media_fbid": "{photo(ask)}"}}'
    assert "id" in ask("POST", f"{PAGE}/feed", data={media: young})
    assert code(ask("POST", f"{PAGE}/feed", data={media: young, "message": "B"})) == (100, 0)


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), FILM, b"\xff\xd8\xff" + bytes(10_000_001)])
def test_a_photo_is_judged_by_its_bytes(ask: Any, data: bytes) -> None:
    assert code(ask("POST", f"{PAGE}/photos", files={"source": ("anh.png", data)})) == (324, 0)


def test_a_published_photo_names_its_post(ask: Any) -> None:
    found = ask("POST", f"{PAGE}/photos", data={"caption": "Ảnh"}, files={"source": PNG})
    assert ask("GET", found["id"], params={"fields": "page_story_id"})["page_story_id"] == found["post_id"]
    targets = ask("GET", found["post_id"], params={"fields": "attachments"})["attachments"]["data"]
    assert [each["target"]["id"] for each in targets] == [found["id"]]


def test_the_same_words_twice_in_a_row_are_506_for_an_hour(ask: Any, clock: SimulatedClock) -> None:
    ask("POST", f"{PAGE}/feed", data={"message": "A"})
    assert code(ask("POST", f"{PAGE}/feed", data={"message": "A"})) == (506, 0)
    clock.advance(timedelta(hours=1))
    assert "id" in ask("POST", f"{PAGE}/feed", data={"message": "A"})


def test_a_video_in_one_call_stands_in_the_feed_and_a_reel_does_not(ask: Any, clock: SimulatedClock) -> None:
    name = video(ask, description="Phim", title="Tên")
    clock.advance(timedelta(seconds=20))
    told = ask("GET", name, params={"fields": "post_id,published,description,permalink_url,status"})
    assert told["status"]["publishing_phase"]["publish_status"] == "published"
    assert [row["id"] for row in ask("GET", f"{PAGE}/published_posts")["data"]] == [told["post_id"]]
    assert [row["id"] for row in ask("GET", f"{PAGE}/videos")["data"]] == [name]
    assert ask("GET", f"{PAGE}/video_reels")["data"] == []
    assert ask("DELETE", told["post_id"]) == {"success": True}
    assert code(ask("GET", name)) == (100, 33)


@pytest.mark.parametrize(
    ("form", "file", "expected"),
    [
        ({}, b"ngan", 382),
        ({}, b"khong phai phim" * 200, 6000),
        ({"file_url": "https://a.vn/a.mp4"}, None, 389),
        ({"file_url": "https://a.vn/a.mp4", "upload_phase": "start"}, None, 100),
        ({"upload_phase": "transfer", "upload_session_id": "1"}, None, 100),
        ({"upload_phase": "start", "file_size": "many"}, None, 100),
        ({}, None, 100),
    ],
)
def test_a_video_that_is_none_is_refused(ask: Any, form: dict[str, str], file: bytes | None, expected: int) -> None:
    files = {"source": file} if file else {"x": (None, "")}
    assert code(ask("POST", f"{PAGE}/videos", data=form, files=files))[0] == expected


def test_chunks_have_the_places_that_the_server_names(ask: Any) -> None:
    size = 1024 * 1024 + 10
    data = FILM_HEAD + bytes(size - len(FILM_HEAD))
    started = ask("POST", f"{PAGE}/videos", data={"upload_phase": "start", "file_size": str(size)})
    assert (started["start_offset"], started["end_offset"]) == ("0", "1048576")
    form = {"upload_phase": "transfer", "upload_session_id": started["upload_session_id"]}
    wrong = ask("POST", f"{PAGE}/videos", data=form | {"start_offset": "9"}, files={"video_file_chunk": data[:9]})
    assert code(wrong) == (6001, 1363037)
    assert wrong["error"]["error_data"] == {"start_offset": "0", "end_offset": "1048576"}
    finish = {"upload_phase": "finish", "upload_session_id": started["upload_session_id"]}
    assert code(ask("POST", f"{PAGE}/videos", data=finish))[0] == 6000
    chunk = ("a", data[:1048576])
    went = ask("POST", f"{PAGE}/videos", data=form | {"start_offset": "0"}, files={"video_file_chunk": chunk})
    assert went == {"start_offset": "1048576", "end_offset": str(size)}
    cancel = form | {"upload_phase": "cancel"}
    assert ask("POST", f"{PAGE}/videos", data=cancel) == {"success": True}
    assert code(ask("POST", f"{PAGE}/videos", data=cancel)) == (100, 0)


def test_the_upload_host_wants_the_place_the_size_and_all_the_bytes(ask: Any) -> None:
    started = ask("POST", f"{PAGE}/video_reels", data={"upload_phase": "start"})
    headers = HEADERS | {"file_size": str(len(FILM)), "Content-Type": "application/octet-stream"}

    def put(data: bytes, **more: str) -> str:
        url = started["upload_url"]
        answer = requests.post(url, data, headers=headers | more, timeout=10).json()
        return str(answer.get("debug_info", {}).get("type") or answer["success"])

    assert put(FILM) == "ParameterValidationError"
    assert put(FILM[:1000], offset="0") == "PartialRequestError"
    status = ask("GET", started["video_id"], params={"fields": "status"})["status"]["uploading_phase"]
    assert status == {"status": "in_progress", "bytes_transfered": 1000}
    assert put(FILM, offset="0") == "OffsetInvalidError"
    assert put(b"", offset="0", file_url="https://a.vn/a.mp4") == "ParameterValidationError"
    assert put(FILM[1000:], offset="1000") == "True"
    finish = {"upload_phase": "finish", "video_id": started["video_id"], "video_state": "DRAFT"}
    assert ask("POST", f"{PAGE}/video_reels", data=finish) == {"success": True}
    assert len(ask("GET", f"{PAGE}/video_reels")["data"]) == 1


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [("a.vi_VN.srt", SRT, 0), ("a.srt", SRT, 386), ("a.vi_VN.srt", b"no times", 385), ("a.vi_VN.srt", SRT * 9000, 385)],
)
def test_captions_are_an_srt_whose_name_has_a_locale(ask: Any, name: str, data: bytes, expected: int) -> None:
    path = f"{video(ask)}/captions"
    answer = ask("POST", path, files={"captions_file": (name, data)})
    assert (code(answer)[0] if expected else answer) == (expected or {"success": True})
    if not expected:
        assert code(ask("POST", path, files={"captions_file": (name, data)}))[0] == 482
    assert code(ask("POST", path, data={"default_locale": "vi_VN"}))[0] == 387


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("", (3001, 1504028)), ("post_impressions", (100, 0)), ("post_clicks,post_impressions_unique", (100, 0))],
)
def test_one_bad_metric_fails_the_whole_question(ask: Any, metric: str, expected: tuple[int, int]) -> None:
    post = ask("POST", f"{PAGE}/feed", data={"message": "A"})["id"]
    assert code(ask("GET", f"{post}/insights", params={"metric": metric})) == expected


def test_a_persons_token_sees_its_pages_and_may_not_post(tmp_path: Path, clock: SimulatedClock) -> None:
    with Sandbox(tmp_path / "sb2", clock=clock, names={"10": "Xã Kim Liên"}) as sandbox:
        url, person = f"{sandbox.url}/facebook/v26.0", {"Authorization": "Bearer sandbox-user-a"}
        accounts = requests.get(f"{url}/me/accounts", headers=person, timeout=10).json()["data"]
        assert [(page["id"], page["name"]) for page in accounts] == [("10", "Xã Kim Liên")]
        granted = requests.get(f"{url}/me/permissions", headers=person, timeout=10).json()["data"]
        assert {"permission": "pages_manage_posts", "status": "granted"} in granted
        refused = requests.post(f"{url}/10/feed", {"message": "A"}, headers=person, timeout=10).json()
        assert code(refused)[0] == 200


def test_what_was_said_changed_and_removed_outlives_a_restart(
    sandbox: Sandbox, ask: Any, clock: SimulatedClock
) -> None:
    kept, gone = (ask("POST", f"{PAGE}/feed", data={"message": text})["id"] for text in ("A", "B"))
    ask("POST", f"{kept}/comments", data={"message": "https://a.vn"})
    ask("POST", kept, data={"message": "C"})
    ask("DELETE", gone)
    name = video(ask, description="Phim")
    with Sandbox(sandbox.journal.parent, clock=clock) as again:
        url = f"{again.url}/facebook/v26.0"
        rows = requests.get(f"{url}/{PAGE}/published_posts", headers=HEADERS, timeout=10).json()["data"]
        assert [row["message"] for row in rows] == ["Phim", "C"]
        said = requests.get(f"{url}/{kept}/comments", headers=HEADERS, timeout=10).json()["data"]
        assert [row["message"] for row in said] == ["https://a.vn"]
        assert requests.get(f"{url}/{name}", headers=HEADERS, timeout=10).json()["id"] == name
        assert code(requests.get(f"{url}/{gone}", headers=HEADERS, timeout=10).json()) == (100, 33)


@pytest.mark.parametrize(("path", "expected"), [("v20.0/10", 2635), ("v26.0/10/likes", 2500), ("v26.0/9_9", 100)])
def test_an_old_version_and_a_strange_path_are_errors(sandbox: Sandbox, path: str, expected: int) -> None:
    answer = requests.get(f"{sandbox.url}/facebook/{path}", headers=HEADERS, timeout=10).json()
    assert code(answer)[0] == expected


def test_the_usage_climbs_with_every_call(sandbox: Sandbox) -> None:
    url, headers = f"{sandbox.url}/facebook/v26.0/10", {"Authorization": "Bearer sandbox-10-small"}
    seen = [requests.get(url, headers=headers, timeout=10).headers["X-Page-Usage"] for _ in range(3)]
    assert [re.findall(r'"call_count": (\d+)', each)[0] for each in seen] == ["5", "10", "15"]
