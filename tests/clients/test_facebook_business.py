"""Meta's own client (facebook-business, from PyPI) against the sandbox: nothing in it is told that Meta is not there.

Only its addresses are turned: the session's graph host, and the video host that its uploader writes out in full. Its
uploader knows the edge of an advertising account (``advideos``), which speaks the same three phases as a Page's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from facebook_business.adobjects.advideo import AdVideo
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession
from facebook_business.video_uploader import VideoUploader
from support.facebook_page import FILM_HEAD

from loa.clock import SystemClock
from loa.sandbox import Fault, Sandbox, read_journal
from loa.sandbox.faces.facebook_tokens import APP_ID, APP_SECRET

PAGE = "1029384756"
TOKEN = f"sandbox-{PAGE}-proof"
PNG = b"\x89PNG\r\n\x1a\n"


class Turned(FacebookAdsApi):
    """Meta's client with its addresses turned to the sandbox."""

    def call(self, method: str, path: Any, *args: Any, **options: Any) -> Any:
        options.pop("url_override", None)
        if not isinstance(path, str):
            path = ["videos" if part == "advideos" else part for part in path]
        return super().call(method, path, *args, **options)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sandbox", clock=SystemClock()) as running:
        yield running


@pytest.fixture
def page(sandbox: Sandbox) -> Page:
    session = FacebookSession(APP_ID, APP_SECRET, TOKEN, timeout=10)
    session.GRAPH = f"{sandbox.url}/facebook"
    return Page(PAGE, api=Turned(session))


def file(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def kinds(sandbox: Sandbox) -> list[tuple[str, str]]:
    return [(effect.kind, effect.text) for effect in read_journal(sandbox.journal)]


def test_it_posts_reads_changes_comments_and_deletes(page: Page, sandbox: Sandbox) -> None:
    made = page.create_feed(params={"message": "Lịch tiêm", "link": "https://dichvucong.gov.vn"})
    (read,) = page.get_published_posts(fields=["message", "created_time", "is_published", "permalink_url"])
    assert (read["id"], read["message"], read["is_published"]) == (made["id"], "Lịch tiêm", True)
    post = PagePost(made["id"], api=page.get_api())
    post.api_update(params={"message": "Lịch tiêm mới"})
    assert post.api_get(fields=["message"])["message"] == "Lịch tiêm mới"
    post.create_comment(params={"message": "https://dichvucong.gov.vn"})
    assert [comment["message"] for comment in post.get_comments()] == ["https://dichvucong.gov.vn"]
    post.api_delete()
    assert list(page.get_published_posts()) == []
    assert [kind for kind, _ in kinds(sandbox)] == ["post", "revise", "comment", "remove"]
    with pytest.raises(FacebookRequestError) as caught:
        post.api_get()
    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == (100, 33)


@pytest.mark.filterwarnings("ignore:Endpoint photos cannot upload")  # the client says so, and uploads
def test_it_posts_one_photo_and_several(page: Page, sandbox: Sandbox, tmp_path: Path) -> None:
    def upload(number: int, **params: Any) -> Any:
        request = page.create_photo(params=params, pending=True)
        return request.add_file(file(tmp_path, f"{number}.png", PNG + bytes([number]))).execute()

    one = upload(0, caption="Một ảnh", alt_text_custom="Bà con ở một cửa")
    assert one["post_id"].startswith(f"{PAGE}_")
    photos = [upload(number, published=False) for number in (1, 2)]
    media = [{"media_fbid": photo["id"]} for photo in photos]
    page.create_feed(params={"message": "Hai ảnh", "attached_media": media})
    assert kinds(sandbox) == [("photo_post", "Một ảnh"), ("photo_post", "Hai ảnh")]
    assert len(read_journal(sandbox.journal)[1].media_sha256) == 2


def test_its_own_uploader_sends_a_video_in_chunks_and_finds_a_lost_place(
    page: Page, sandbox: Sandbox, tmp_path: Path
) -> None:
    film = file(tmp_path, "phim.mp4", FILM_HEAD + bytes(2 * 1024 * 1024))
    sandbox.play([Fault(face="facebook", route="*/videos", kind="wrong_offset", nth=3)])
    video = AdVideo(parent_id=PAGE, api=page.get_api())
    video[AdVideo.Field.filepath] = film
    found = VideoUploader().upload(video, wait_for_encoding=False)
    (effect,) = read_journal(sandbox.journal)
    assert (effect.kind, effect.id, effect.title) == ("video", found["id"], "phim.mp4")
    state = AdVideo(found["id"], api=page.get_api()).api_get(fields=["status", "published"])
    assert state["status"]["video_status"] in {"processing", "ready"}


def test_it_starts_and_finishes_a_reel_and_gives_it_captions(page: Page, sandbox: Sandbox, tmp_path: Path) -> None:
    """The bytes go by plain requests: the client has no call for the upload host."""
    started = page.create_video_reel(params={"upload_phase": "start"}).export_all_data()
    data = FILM_HEAD + bytes(5000)
    headers = {"Authorization": f"OAuth {TOKEN}", "offset": "0", "file_size": str(len(data))}
    sent = requests.post(started["upload_url"], data, headers=headers, timeout=10)
    assert sent.json() == {"success": True}
    finish = {"upload_phase": "finish", "video_id": started["video_id"], "video_state": "PUBLISHED"}
    page.create_video_reel(params=finish | {"description": "Thước phim"})
    assert kinds(sandbox) == [("reel", "Thước phim")]
    video = AdVideo(started["video_id"], api=page.get_api())
    srt = file(tmp_path, "phim.vi_VN.srt", b"1\n00:00:00,000 --> 00:00:02,000\nChao\n")
    video.create_cap_t_i_on(params={"captions_file": srt, "default_locale": "none"})
    assert [each["locale"] for each in video.get_captions()] == ["vi_VN"]
    assert [each["id"] for each in page.get_video_reels()] == [started["video_id"]]


@pytest.mark.filterwarnings("ignore:value of metric")  # the client wants objects where Meta's pages give names
def test_it_reads_figures_and_is_told_when_it_asks_for_one_that_is_gone(page: Page) -> None:
    post = PagePost(page.create_feed(params={"message": "Số liệu"})["id"], api=page.get_api())
    (figure,) = post.get_insights(params={"metric": "post_media_view"})
    assert figure["values"][0]["value"] > 0
    with pytest.raises(FacebookRequestError) as caught:
        post.get_insights(params={"metric": "post_media_view,post_impressions"})
    assert caught.value.api_error_code() == 100


def test_its_proof_is_checked(sandbox: Sandbox) -> None:
    session = FacebookSession(APP_ID, "sandbox-wrong", TOKEN, timeout=10)
    session.GRAPH = f"{sandbox.url}/facebook"
    with pytest.raises(FacebookRequestError) as caught:
        Page(PAGE, api=Turned(session)).create_feed(params={"message": "A"})
    assert caught.value.api_error_code() == 100
    assert read_journal(sandbox.journal) == ()
