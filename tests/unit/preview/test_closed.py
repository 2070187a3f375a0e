"""The designer's page is for this machine's own browser: nobody else gets in."""

import socket
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from support.processes import loa
from support.shown import HOST, Ask, asking

from loa.preview.closed import Closed, refusal

SECRET = "Chào ngày 10/10!"


@pytest.fixture
def ask() -> Ask:
    route = Route("/", lambda _: PlainTextResponse(SECRET), methods=["GET"])
    return asking(
        Starlette(
            routes=[route],
            middleware=[Middleware(Closed, host=HOST)],
            exception_handlers={HTTPException: refusal},
        )
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost:8766"])
def test_our_own_names_are_let_in(ask: Ask, host: str) -> None:
    assert ask(host=host).text == SECRET


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost", "127.0.0.1:8766.evil.example", ""]
)
def test_a_foreign_host_is_refused(ask: Ask, host: str) -> None:
    answer = ask(host=host)

    assert answer.status == 403
    assert SECRET not in answer.text
    assert f"http://{HOST}/" in answer.text, "tells the address that works"


def test_a_foreign_origin_is_refused(ask: Ask) -> None:
    assert ask(origin="https://evil.example").status == 403
    assert ask(origin="null").status == 403
    assert ask(origin=f"http://{HOST}").status == 200


def test_another_site_may_link_here_but_not_embed_us(ask: Ask) -> None:
    assert ask(sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert ask(sec_fetch_site="same-site", sec_fetch_mode="cors").status == 403
    assert ask(sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200
    assert ask(sec_fetch_site="same-origin", sec_fetch_mode="no-cors").status == 200


@pytest.mark.parametrize(("path", "host"), [("/", HOST), ("/", "evil.example"), ("/none", HOST)])
def test_every_answer_carries_the_browser_rules_and_opens_to_no_other_origin(ask: Ask, path: str, host: str) -> None:
    headers = ask(path, host=host).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; img-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not any(name.startswith("access-control") for name in headers)


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    assert loa("init", "van-phong", cwd=tmp_path).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = loa("preview", "--port", str(taken.getsockname()[1]), cwd=tmp_path / "van-phong")

    assert done.returncode == 1
    assert "E801" in done.stderr
