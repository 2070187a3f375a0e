"""``loa login zalo`` as an administrator of an OA uses it: a link, a browser that comes back, or a pasted address."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import LOA, clean_environment, loa
from support.token_rounds import redirected

from loa.cli.redirected import Page, Reception
from loa.clock import SystemClock
from loa.sandbox import Sandbox, overrides
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

ACCOUNTS = """\
accounts:
  - id: zalo-tinh
    channel: zalo
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {oa_id: "3001", app_id: "9001"}
    secrets: {app_secret: zalo-ung-dung}
  - id: zalo-xa
    channel: zalo
    unit: xa-mot
    name: Xã Một
    settings: {oa_id: "3002", app_id: "9001"}
    secrets: {app_secret: zalo-ung-dung}
"""


@dataclass
class Office:
    root: Path
    url: str

    def preflight(self, account: str) -> tuple[str, str]:
        """The first thing that the account's horn says, in a process of its own view of the book."""
        desk = open_desk(open_workspace(self.root), SystemClock(), sandbox=overrides(self.url))
        try:
            found = desk.publisher_of(account).preflight()[0]
        finally:
            desk.book.close()
        return found.level, found.code

    @contextmanager
    def login(self, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """The verb as a running process, and its link."""
        command = [*LOA, "login", *words, "--sandbox", self.url]
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        try:
            process.stdout.readline()
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    root = make_office(tmp_path / "office")
    replace_in(root / "loa.yaml", "accounts:\n", ACCOUNTS)
    with Sandbox(tmp_path / "sandbox") as running:
        yield Office(root, running.url)


def page(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def without_first_token(office: Office) -> None:
    """The sandbox's first token of the OA is dead from the moment at which somebody has logged in."""
    request = urllib.request.Request(f"{office.url}/zalo/v2.0/oa/getoa", headers={"access_token": "sandbox-3001"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert b"-216" in answer.read()


def test_the_browser_comes_back_and_the_account_is_connected(office: Office) -> None:
    with office.login("zalo", "zalo-tinh", "--port", "0") as (process, link):
        home = f"http://127.0.0.1:{re.search(r'127.0.0.1%3A([0-9]+)%2F&', link)[1]}/"  # type: ignore[index]  # the redirect is in it
        assert page(home + "?code=x&state=y&oa_id=3001")[0] == 400
        assert page(home + "favicon.ico")[0] == 404
        assert page(home, Host="evil.example")[0] == 403
        assert process.poll() is None, "a stranger's visit ends nothing"
        status, text = page(link)
        assert status == 200
        assert "Đã kết nối Tỉnh Mẫu. Có thể đóng trang này." in text
        said, complained = process.communicate(timeout=20)
        assert process.returncode == 0
        with pytest.raises(urllib.error.URLError):
            page(home)
    assert "Đã kết nối Tỉnh Mẫu." in said
    assert "loa resume --accounts" in said
    assert "sandbox-given" not in said + complained
    assert "code=" not in said + complained
    without_first_token(office)
    assert office.preflight("zalo-tinh") == ("ok", "E690")
    assert office.preflight("zalo-xa") == ("ok", "E690"), "the other OA keeps its own login"


def test_the_consent_of_another_oa_is_refused(office: Office) -> None:
    with office.login("zalo", "zalo-tinh", "--port", "0") as (process, link):
        status, text = page(link.replace("oa_id=3001", "oa_id=3002"))
        assert status == 400
        assert "tài khoản 3002" in text
        _, complained = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "E669" in complained


def test_a_pc_without_a_browser_takes_the_address_by_standard_input(office: Office) -> None:
    registered = "https://truyenthong.example.vn/zalo"
    with office.login("zalo", "zalo-tinh", "--code", "--redirect", registered) as (process, link):
        assert "redirect_uri=https%3A%2F%2Ftruyenthong.example.vn%2Fzalo&" in link
        returned = "&".join(f"{name}={value}" for name, value in redirected(link).items())
        said, _ = process.communicate(f"{registered}?{returned}\n", timeout=20)
    assert process.returncode == 0
    assert "Đã kết nối Tỉnh Mẫu." in said
    without_first_token(office)
    assert office.preflight("zalo-tinh") == ("ok", "E690")


def test_an_address_of_another_attempt_is_refused(office: Office) -> None:
    with office.login("zalo", "zalo-tinh", "--code") as (process, _):
        _, complained = process.communicate("http://127.0.0.1:8768/?code=x&oa_id=3001&state=y\n", timeout=20)
    assert process.returncode == 1
    assert "E668" in complained


IN_TURN = """
import json, sys
from loa.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as end:
        print(end.code, file=sys.stderr)
    print("=====", file=sys.stderr, flush=True)
"""
"""The program's own door, gone through several times by one process: starting Python is most of a short command."""
REFUSED = {
    ("zalo",): "zalo-tinh, zalo-xa",
    ("zalo", "fb-tinh"): "zalo-tinh, zalo-xa",
    ("zalo", "zalo-tinh", "--redirect", "https://x.example.vn"): "--code",
    ("x",): "không có tài khoản nào",
    ("facebook", "fb-tinh", "--sandbox", "http://127.0.0.1:1"): "không cần đăng nhập",
}


def test_what_cannot_be_logged_in_is_told(tmp_path: Path) -> None:
    root = make_office(tmp_path)
    replace_in(root / "loa.yaml", "accounts:\n", ACCOUNTS)
    command = [sys.executable, "-c", IN_TURN, json.dumps([["login", *words] for words in REFUSED])]
    ended = subprocess.run(
        command, cwd=root, env=clean_environment(), stderr=subprocess.PIPE, text=True, timeout=60, check=True
    )
    said = ended.stderr.split("=====\n")[:-1]
    for each, told in zip(said, REFUSED.values(), strict=True):
        assert each.endswith("\n2\n")
        assert told in " ".join(each.replace("│", " ").split())


def test_a_number_of_days_that_is_none_is_told_without_a_traceback(office: Office) -> None:
    settings = 'channels:\n  zalo:\n    settings: {refresh_days: "abc", media_base_url: "https://x.vn/anh"}\n'
    replace_in(office.root / "loa.yaml", "accounts:\n", settings + "accounts:\n")
    ended = loa("login", "zalo", "zalo-tinh", "--sandbox", office.url, cwd=office.root, timeout=60)
    assert ended.returncode == 1
    assert "E659" in ended.stderr
    assert "refresh_days: abc" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_login_waits_no_longer_than_it_says() -> None:
    with Reception(0) as reception:
        assert not reception.receive(lambda _: Page(200, "", last=True), SystemClock(), timedelta(seconds=0.2))  # type: ignore[arg-type]  # nobody comes
