"""``loa doctor``: what an IT officer sees when all is well, and what when something is not."""

import json
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.planted import PLANTED
from support.processes import LOA, clean_environment, loa, sandbox_process, start_loa

FIELDS = {"area", "name", "level", "code", "text", "remedy", "detail"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def _checks(done: "subprocess.CompletedProcess[str]") -> dict[tuple[str, str], dict[str, str]]:
    found = json.loads(done.stdout)
    assert all(set(each) == FIELDS for each in found)
    return {(each["area"], each["name"]): each for each in found}


def _play(url: str, *scenario: dict[str, object]) -> None:
    body = json.dumps({"scenario": scenario}).encode()
    request = urllib.request.Request(f"{url}/_loa/faults", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10):
        pass


def test_all_is_well_on_the_sandbox(office: Path, tmp_path: Path) -> None:
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        done = loa("doctor", "--json", "--sandbox", url, cwd=office)
    checks = _checks(done)
    assert done.returncode == 0, done.stdout
    assert {area for area, _ in checks} == {"machine", "workspace", "accounts"}
    assert {name for area, name in checks if area == "accounts"} == {"fb-tinh", "fb-xa", "sms-tinh"}
    assert {name for area, name in checks if area == "machine"} >= {
        "python",
        "fonts",
        "ffmpeg",
        "disk",
        "zone",
        "clock",
    }
    assert checks["workspace", "scheduler"]["code"] == "E937"
    levels = {key: each["level"] for key, each in checks.items() if each["code"] not in {"E937", "E938"}}
    assert set(levels.values()) == {"ok"}, levels


def test_a_dead_token_is_shown_with_what_to_do(office: Path, tmp_path: Path) -> None:
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        _play(url, {"face": "facebook", "route": "*", "method": "GET", "kind": "token_expired", "probability": 1})
        done = loa("doctor", "--sandbox", url, cwd=office)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    (told,) = [number for number, line in enumerate(lines) if line.startswith("  ✗ fb-tinh: [E605]")]
    assert lines[told + 1].startswith("      → ")


def test_offline_everything_that_is_wrong_here_is_told_at_once_and_nobody_is_asked(
    office: Path, tmp_path: Path
) -> None:
    replace_in(office / "campaigns/thu-nghiem.yaml", "content/tin-hai.md", "content/khong-co.md")
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    (office / "var").mkdir()
    (office / "var/vault.key").write_bytes(b"k" * 32)
    (office / "var/vault.key").chmod(0o644)
    with closing(socket.socket()) as taken:
        with suppress(OSError):  # somebody else has the port: just as well
            taken.bind(("127.0.0.1", 8766))
            taken.listen()
        done = subprocess.run(
            [*LOA, "--lang", "en", "doctor", "--offline", "--json"],
            cwd=office,
            env=clean_environment() | {"IMAGEIO_FFMPEG_EXE": str(broken)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    checks = _checks(done)
    assert done.returncode == 1
    assert "accounts" not in {area for area, _ in checks}
    assert ("machine", "clock") not in checks
    wrong = {(area, name): each["code"] for (area, name), each in checks.items() if each["level"] != "ok"}
    assert wrong == {
        ("machine", "ffmpeg"): "E932",
        ("machine", "port 8766"): "E938",
        ("workspace", "check"): "E928",
        ("workspace", "scheduler"): "E937",
        ("secrets", "fb-tinh"): "E704",
        ("secrets", "fb-xa"): "E704",
        ("secrets", "sms-key"): "E704",
        ("secrets", "sms-secret"): "E704",
        ("secrets", "vault.key"): "E939",
    } | ({("machine", "port 8765"): "E938"} if ("machine", "port 8765") in wrong else {})
    assert "Run `loa secret set fb-xa`" in checks["secrets", "fb-xa"]["remedy"]
    assert "loa preview" in checks["machine", "port 8766"]["remedy"]


def test_a_damaged_book_does_not_hide_the_rest(office: Path) -> None:
    (office / "var").mkdir()
    (office / "var/book.sqlite").write_bytes(b"SQLite format 3\0" + b"hong" * 5000)
    done = loa("doctor", "--offline", "--json", cwd=office)
    checks = _checks(done)
    assert done.returncode == 1
    assert checks["workspace", "book"]["code"] == "E961"
    assert checks["machine", "fonts"]["level"] == "ok"
    assert checks["secrets", "fb-xa"]["code"] == "E704"


class _Slow(BaseHTTPRequestHandler):
    """A platform whose clock says something else."""

    def do_HEAD(self) -> None:
        self.send_response_only(400)
        self.send_header("Date", "Tue, 01 Jun 2021 00:00:00 GMT")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_clock_is_compared_with_a_server(office: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        channels = f'channels:\n  facebook: {{settings: {{graph_host: "{url}"}}}}\n'
        replace_in(office / "loa.yaml", "accounts:\n", channels + "accounts:\n")
        found = _checks(loa("doctor", "--json", cwd=office))["machine", "clock"]
        server.shutdown()
    assert (found["level"], found["code"]) == ("stop", "E934")


def test_a_running_scheduler_looks_after_the_accounts_and_ends_at_once(office: Path, tmp_path: Path) -> None:
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        _play(url, {"face": "facebook", "route": "*", "method": "GET", "kind": "token_expired", "probability": 1})
        scheduler = start_loa("run", "--every", "1", "--sandbox", url, cwd=office)
        try:
            shown = _until(office, "E605")
            checks = _checks(loa("doctor", "--offline", "--json", cwd=office))
        finally:
            asked = time.monotonic()
            scheduler.send_signal(signal.SIGTERM)
            scheduler.wait(timeout=30)
    assert time.monotonic() - asked < 10
    assert "✗ fb-tinh [E605]" in shown
    assert "→ " in shown.partition("✗ fb-tinh")[2]
    assert (checks["workspace", "scheduler"]["level"], str(scheduler.pid)) == ("ok", str(scheduler.pid))
    assert str(scheduler.pid) in checks["workspace", "scheduler"]["text"]


def test_a_platform_that_never_answers_keeps_no_scheduler_from_ending(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hosts = f'channels: {{facebook: {{settings: {{graph_host: "http://127.0.0.1:{silent.getsockname()[1]}"}}}}}}\n'
        replace_in(office / "loa.yaml", "accounts:\n", hosts + "accounts:\n")
        secrets = dict.fromkeys(("LOA_SECRET_FB_TINH", "LOA_SECRET_FB_XA"), PLANTED["facebook-page-token"])
        scheduler = subprocess.Popen(
            [*LOA, "run"], cwd=office, env=clean_environment() | secrets, stdout=subprocess.DEVNULL
        )
        silent.settimeout(60)
        asked, _ = silent.accept()
        started = time.monotonic()
        scheduler.send_signal(signal.SIGTERM)
        scheduler.wait(timeout=90)
        asked.close()
    assert time.monotonic() - started < 15


def _until(office: Path, word: str) -> str:
    """What ``loa status`` shows once ``word`` is there."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        shown = loa("status", cwd=office).stdout
        if word in shown:
            return shown
    pytest.fail(shown)
