"""The page is for this machine's own browser: nobody else gets in, and no file but the listed ones gets out."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from support.shown import HOST, Over, attachment, view

from loa.clock import DEFAULT_ZONE
from loa.errors import LoaError
from loa.preview import serve


@pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost:8766"])
def test_our_own_names_are_let_in(get: Over, host: str) -> None:
    assert get([view()])(host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost", "127.0.0.1:8766.evil.example", ""]
)
def test_a_foreign_host_is_refused(get: Over, host: str) -> None:
    answer = get([view()])(host=host)

    assert answer.status == 403
    assert "Chào ngày 10/10!" not in answer.text
    assert f"http://{HOST}/" in answer.text, "tells the address that works"


def test_a_foreign_origin_is_refused(get: Over) -> None:
    ask = get([view()])

    assert ask(origin="https://evil.example").status == 403
    assert ask(origin="null").status == 403
    assert ask(origin=f"http://{HOST}").status == 200


def test_another_site_may_link_here_but_not_embed_us(get: Over) -> None:
    ask = get([view()])

    assert ask(sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert ask(sec_fetch_site="same-site", sec_fetch_mode="cors").status == 403
    assert ask(sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200
    assert ask(sec_fetch_site="same-origin", sec_fetch_mode="no-cors").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading(get: Over, method: str) -> None:
    assert get([view()])(method=method).status == 405


@pytest.mark.parametrize(
    ("path", "host"), [("/", HOST), ("/", "evil.example"), ("/none", HOST), ("/preview.css", HOST)]
)
def test_every_answer_carries_the_browser_rules_and_opens_to_no_other_origin(get: Over, path: str, host: str) -> None:
    headers = get([view()])(path, host=host).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; img-src 'self'")
    assert "script" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not any(name.startswith("access-control") for name in headers)


def test_a_listed_asset_comes_as_it_is(get: Over, tmp_path: Path) -> None:
    picture = attachment(tmp_path, b"exactly these bytes")
    answer = get([view(attachments=(picture,))])(f"/asset/{picture.sha256}")

    assert (answer.status, answer.body) == (200, b"exactly these bytes")
    assert answer.headers["content-type"] == "image/jpeg"


def test_a_clip_can_be_read_in_parts(get: Over, tmp_path: Path) -> None:
    clip = attachment(tmp_path, b"0123456789", "clip")
    answer = get([view(attachments=(clip,))])(f"/asset/{clip.sha256}", range="bytes=2-5")

    assert (answer.status, answer.body) == (206, b"2345")


def test_captions_come_as_plain_text(get: Over, tmp_path: Path) -> None:
    captions = tmp_path / "clip.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:02,000\nChào bà con\n", encoding="utf-8")
    clip = attachment(tmp_path, b"clip", "clip")
    spoken = type(clip)(**{name: getattr(clip, name) for name in clip.__slots__} | {"captions": captions})
    ask = get([view(attachments=(spoken,))])

    assert f'href="/captions/{clip.sha256}"' in ask().text
    answer = ask(f"/captions/{clip.sha256}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Chào bà con" in answer.text
    assert get([view(attachments=(clip,))])(f"/captions/{clip.sha256}").status == 404


def test_no_other_file_of_the_machine_has_an_address(get: Over, tmp_path: Path) -> None:
    listed, other = attachment(tmp_path, b"listed"), attachment(tmp_path, b"of another campaign")
    (tmp_path / "book.sqlite").write_bytes(b"secret")
    ask = get([view(attachments=(listed,))])

    for path in (
        f"/asset/{other.sha256}",
        f"/asset/{listed.path.name}",
        "/asset/book.sqlite",
        "/asset/../book.sqlite",
        "/asset/%2e%2e%2fbook.sqlite",
        f"/asset/{listed.path}",
        "/pages/preview.html",
    ):
        answer = ask(path)
        assert answer.status == 404, path
        assert b"secret" not in answer.body


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(LoaError) as raised:
        serve(lambda _: [], DEFAULT_ZONE, port=taken.getsockname()[1], ready=lambda _: None)

    assert raised.value.code == "E801"


SERVER = """
from loa.clock import DEFAULT_ZONE
from loa.preview import serve
serve(lambda _: [], DEFAULT_ZONE, port=0, ready=lambda url: print(url, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise there")
def test_it_serves_on_this_machine_until_ctrl_c() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().strip()
            with urllib.request.urlopen(url, timeout=20) as answer:
                page = answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
    assert url.startswith("http://127.0.0.1:")
    assert "Xem trước lịch phát" in page
