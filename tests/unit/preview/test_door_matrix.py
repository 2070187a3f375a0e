"""Every route of the review desk, asked in every way that is not our own page's: all of it is refused, without a word.

The desk runs in a process of its own and is asked over a socket.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from support.at_the_door import Answer, Browser, ask
from support.browser import RunningDesk, running_desk
from support.office import make_office
from support.processes import loa

from loa.clock import SystemClock
from loa.preview import Planning
from loa.preview.door import Door
from loa.preview.room import Room
from loa.preview.site import site
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

FILLED = {"int": "1", "path": "frame.css", "str": "x"}
FORM = ("Content-Type", "application/x-www-form-urlencoded")
CONTENT = ("Nguyễn Thị Lan", "Chiến dịch thử", "Tin thứ nhất", "Hôm nay", "UBND", "csrf")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_office(tmp_path_factory.mktemp("office"))
    assert loa("status", cwd=root).returncode == 0
    return root


@pytest.fixture(scope="module")
def routes(office: Path) -> list[tuple[str, str]]:
    """Every method and address that the real application answers to, with its blanks filled in."""
    desk = open_desk(open_workspace(office), SystemClock())
    try:
        room = Room(desk, None, "127.0.0.1:1")
        found = [each for each in site(room, Door(room), Planning(object), ()).routes if isinstance(each, Route)]
    finally:
        desk.book.close()

    def filled(path: str) -> str:
        return re.sub(r"{\w+(?::(\w+))?}", lambda blank: FILLED[blank[1] or "str"], path)

    return sorted((method, filled(each.path)) for each in found for method in (each.methods or ()) if method != "HEAD")


@pytest.fixture(scope="module")
def running(office: Path) -> Iterator[RunningDesk]:
    with running_desk(office) as found:
        yield found


@pytest.fixture(scope="module")
def browser(running: RunningDesk) -> Browser:
    return Browser(running.link)


def of(browser: Browser, method: str, **changes: Any) -> list[tuple[str, str]]:
    """The headers of our own page, with some of them changed, taken out (None) or sent twice (a list)."""
    own = {"Host": browser.host, "Cookie": browser.cookie, "Sec-Fetch-Site": "same-origin"}
    if method == "POST":
        own |= {"Origin": browser.origin, "X-CSRF": browser.word(), FORM[0]: FORM[1]}
    sent = own | {name.replace("_", "-"): value for name, value in changes.items()}
    return [
        (name, each)
        for name, value in sent.items()
        if value is not None
        for each in (value if isinstance(value, list) else [value])
    ]


def ways(browser: Browser, method: str) -> dict[str, dict[str, Any]]:
    """What each stranger sends otherwise than our own page."""
    port = browser.host.partition(":")[2]
    every: dict[str, dict[str, Any]] = {
        "a foreign host": {"Host": "evil.example"},
        "a name of the web that leads here": {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"},
        "another name of this machine": {"Host": f"localhost:{port}"},
        "no port": {"Host": "127.0.0.1"},
        "two hosts": {"Host": [browser.host, "evil.example"]},
        "a foreign origin": {"Origin": "https://evil.example"},
        "an origin that nobody may know": {"Origin": "null"},
        "another port of this machine": {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
        "two origins": {"Origin": [browser.origin, "https://evil.example"]},
        "no cookie": {"Cookie": None},
        "a wrong cookie": {"Cookie": f"{browser.cookie.partition('=')[0]}=guessed"},
        "another site, as the browser says": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        "a link on another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        "a method in disguise": {"X-HTTP-Method-Override": "DELETE"},
    }
    if method == "POST":
        every |= {
            "no CSRF word": {"X-CSRF": None},
            "a wrong CSRF word": {"X-CSRF": "guessed"},
            "no origin": {"Origin": None},
            "another kind of content": {FORM[0]: "text/plain"},
            "JSON": {FORM[0]: "application/json"},
        }
    return every


def is_refused(answer: Answer) -> bool:
    """By the door (403), or before it by the server, which takes no second ``Host`` (400); and nothing is told."""
    told = [word for word in CONTENT if word in answer.body]
    return answer.status in (400, 403) and not told and not answer.cookies


def test_every_route_is_refused_to_every_stranger(browser: Browser, routes: list[tuple[str, str]]) -> None:
    let_in = []
    for method, path in routes:
        if path.startswith("/enter/"):
            continue  # the one way in: below
        for name, changes in ways(browser, method).items():
            headers = of(browser, method, **{key.replace("-", "_"): value for key, value in changes.items()})
            answer = ask(browser.host, method, path, headers, "x=1" if method == "POST" else "")
            if not is_refused(answer):
                let_in.append((method, path, name, answer.status))

    assert let_in == []
    assert len(routes) > 20, "all pages are there"


def test_the_same_requests_of_our_own_page_are_answered(browser: Browser, routes: list[tuple[str, str]]) -> None:
    refused = [
        (path, answer.status)
        for method, path in routes
        if method == "GET"
        and (answer := ask(browser.host, method, path, of(browser, method))).status in (401, 403, 500)
    ]
    assert refused == []
    answer = ask(browser.host, "POST", "/me/invite", of(browser, "POST"), "x=1")
    assert answer.status == 409
    assert "E806" in answer.body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused_everywhere(browser: Browser, routes: list[tuple[str, str]], method: str) -> None:
    paths = sorted({path for _, path in routes})
    headers = of(browser, "POST")
    assert [path for path in paths if ask(browser.host, method, path, headers).status not in (400, 403)] == []


def test_a_link_opens_once_and_only_under_our_own_name(office: Path) -> None:
    with running_desk(office) as found:
        path, host = found.link.removeprefix(found.url), found.url.removeprefix("http://")

        for headers in ([("Host", "evil.example")], [("Host", host), ("Origin", "https://evil.example")]):
            assert is_refused(ask(host, "GET", path, headers))
        form = [("Host", host), ("Origin", found.url), FORM]
        assert is_refused(ask(host, "POST", path, form, "csrf=x"))
        assert is_refused(ask(host, "HEAD", path, [("Host", host)]))
        assert is_refused(ask(host, "GET", "/enter/guessed", [("Host", host)]))
        first = Browser(found.link)
        assert first.entered.status == 200
        assert "httponly; path=/; samesite=strict" in first.entered.cookies[0].lower()
        assert first.get("/today").status == 200
        again = ask(host, "GET", path, [("Host", host)])
        assert is_refused(again)
        assert "E870" in again.body


def test_a_link_on_another_site_may_lead_in_but_nothing_else_of_that_site(office: Path) -> None:
    with running_desk(office) as found:
        path, host = found.link.removeprefix(found.url), found.url.removeprefix("http://")
        picture = [("Host", host), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")]
        assert is_refused(ask(host, "GET", path, picture)), "an <img> of another site uses no link up"
        link = [("Host", host), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")]
        assert ask(host, "GET", path, link).status == 200


def test_every_answer_carries_a_policy_that_runs_no_script_of_others(
    browser: Browser, routes: list[tuple[str, str]]
) -> None:
    for method, path in routes:
        if method == "GET":
            headers = {k.lower(): v for k, v in ask(browser.host, method, path, of(browser, method)).headers.items()}
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'"), path
            assert "unsafe" not in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["cross-origin-resource-policy"] == "same-origin", path
            assert not any(name.startswith("access-control") for name in headers), path
