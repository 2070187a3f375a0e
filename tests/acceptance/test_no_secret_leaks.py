"""Real secrets, real hosts (a sandbox), bad weather and a crash: no planted value is found in anything that is left.

A run on ``--sandbox`` makes its own tokens up. Here the workspace itself names the sandbox's addresses, so that the
values go the whole way of a true run: set with ``loa secret set``, sealed in the file, opened by the scheduler, sent.
"""

import json
import os
import signal
import subprocess
import time
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest
from support.journal import ZONE, read
from support.leaks import search
from support.office import make_office, replace_in
from support.planted import PLANTED, X_USER, found_in
from support.processes import LOA, clean_environment, sandbox_process

from loa.sandbox import overrides

SECRETS = {
    "fb-tinh": "facebook-page-token",
    "fb-xa": "facebook-other-page-token",
    "sms-key": "sms-api-key",
    "sms-secret": "sms-secret-key",
    "x-khoa": "x-consumer-key",
    "x-mat-khau": "x-consumer-secret",
    "x-ma": "x-access-token",
    "x-ma-mat-khau": "x-access-token-secret",
}
KEPT = ("fb-tinh", "x-ma")
X_ACCOUNT = """\
  - id: x-tinh
    channel: x
    unit: tinh-mau
    name: Tỉnh Mẫu
    settings: {user_id: "X_USER", handle: tinh_mau}
    secrets: {consumer_key: x-khoa, consumer_secret: x-mat-khau, access_token: x-ma, access_token_secret: x-ma-mat-khau}
"""
SPOILT = ("token_expired", "error500_before", "error500_after", "drop_before", "drop_after", "garbage", "429")
CRASH = """
import os, sys, traceback
import publishers.facebook.page as page
how = sys.argv[1]
def crash(self, account, *_):
    if how == "abort":
        os.abort()
    dump = traceback.StackSummary.extract(traceback.walk_stack(None), capture_locals=True)
    raise RuntimeError(f"crash with {account!r} " + "".join(dump.format()))
page.Page.__init__ = crash
sys.argv[1:] = ["secret", "test", "fb-tinh"]
from loa.cli import main
main()
"""
"""The worst that a crash can print: the account, and every variable of every function on the way."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small office on a day when its posts are due at this minute, with an account on X."""
    root = make_office(tmp_path / "office")
    now = datetime.now(ZONE)
    campaign = root / "campaigns/thu-nghiem.yaml"
    replace_in(campaign, "from: 2027-01-01", f"from: {now:%Y}-01-01")
    replace_in(campaign, '2027-03-01, at: "08:00"', f'{now:%Y-%m-%d}, at: "{now:%H:%M}"')
    replace_in(campaign, '2027-03-02, at: "09:00"', f'{now:%Y-%m-%d}, at: "{now:%H:%M}"')
    replace_in(campaign, "      facebook: {}\n", "      facebook: {}\n      x: {}\n")
    replace_in(root / "loa.yaml", '{from: "21:00", to: "07:00"}', '{from: "00:00", to: "00:00"}')
    replace_in(root / "loa.yaml", "reviewers:\n", X_ACCOUNT.replace("X_USER", X_USER) + "reviewers:\n")
    return root


def _environment() -> dict[str, str]:
    """Half of the secrets stand in the environment; the others come from the encrypted file."""
    given = {
        "LOA_SECRET_" + name.upper().replace("-", "_"): PLANTED[planted]
        for name, planted in SECRETS.items()
        if name not in KEPT
    }
    return clean_environment() | given | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


class _Terminal:
    """Runs verbs and keeps every word that they say."""

    def __init__(self, office: Path) -> None:
        self._office = office
        self.said = ""

    def run(self, *command: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            command,
            cwd=self._office,
            env=_environment(),
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        self.said += done.stdout + done.stderr
        return done

    def loa(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return self.run(*LOA, *words, typed=typed)


def _spoil(url: str) -> None:
    scenario = [
        {"face": face, "route": "*", "kind": kind, "probability": 0.1, "seed": number}
        for number, (face, kind) in enumerate((face, kind) for face in ("facebook", "x", "esms") for kind in SPOILT)
    ]
    body = json.dumps({"scenario": scenario}).encode()
    request = urllib.request.Request(f"{url}/_loa/faults", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10):
        pass


def test_no_planted_secret_is_left_anywhere(office: Path, tmp_path: Path) -> None:
    terminal = _Terminal(office)
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        hosts = {channel: {"settings": values} for channel, values in overrides(url).items()}
        replace_in(office / "loa.yaml", "accounts:\n", f"channels: {json.dumps(hosts)}\naccounts:\n")
        for name in KEPT:
            assert terminal.loa("secret", "set", name, typed=PLANTED[SECRETS[name]]).returncode == 0, terminal.said
        for words in (("render",), ("approve", "thu-nghiem", "--as", "lan"), ("doctor", "--json")):
            assert terminal.loa(*words).returncode == 0, terminal.said  # the doctor says that the tokens are good
        _spoil(url)
        for words in (("run", "--once"), ("secret", "test"), ("status",)):
            terminal.loa(*words)
        assert terminal.loa("report", "--folder", "bao-cao").returncode == 0
        crashed = terminal.run(LOA[0], "-c", CRASH, "raise")
        assert "RuntimeError: crash with Account(id='fb-tinh'" in crashed.stderr
        aborted = terminal.run(LOA[0], "-X", "faulthandler", "-c", CRASH, "abort")
        assert aborted.returncode == -signal.SIGABRT
        _kill(office)
    assert read(tmp_path / "sandbox/journal.jsonl"), "nothing was published: the test proves nothing"
    assert b"/facebook/" in (tmp_path / "sandbox/request-targets.txt").read_bytes()
    assert found_in(terminal.said.encode()) == []
    assert search(tmp_path).leaks == []


def _kill(office: Path) -> None:
    """End a running scheduler in the middle of its work; what it was writing stays as it is."""
    scheduler = subprocess.Popen(
        [*LOA, "run", "--every", "1"],
        cwd=office,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(2)
    os.kill(scheduler.pid, signal.SIGKILL)
    scheduler.wait()
    assert (office / "var/book.sqlite-wal").exists()
