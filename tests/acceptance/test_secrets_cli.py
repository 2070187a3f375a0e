"""``loa secret`` as an IT officer uses it: set, list, test, remove; in a terminal and in a pipe."""

import json
import os
import select
import subprocess
import time
from pathlib import Path

import pytest
from support.office import make_office
from support.planted import PLANTED
from support.processes import LOA, clean_environment, sandbox_process
from support.warm import run_warm

pty = pytest.importorskip("pty", reason="Windows has no such terminals")
TESTS = Path(__file__).parents[1]
TOKEN = PLANTED["facebook-page-token"]
NO_RING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def _loa(
    *words: str, cwd: Path, typed: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return run_warm(words, cwd, clean_environment() | NO_RING | (environment or {}), timeout=120, typed=typed)


def _listed(office: Path, **options: object) -> dict[str, dict[str, object]]:
    done = _loa("secret", "list", "--json", cwd=office, **options)  # type: ignore[arg-type]  # passed through
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)}


def test_a_secret_is_set_listed_used_and_removed(office: Path) -> None:
    assert _listed(office)["fb-tinh"]["state"] == "missing"
    done = _loa("secret", "set", "fb-tinh", cwd=office, typed=TOKEN + "\n")
    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stdout + done.stderr
    row = _listed(office)["fb-tinh"]
    assert (row["state"], row["place"], row["accounts"]) == ("found", "file", ["fb-tinh"])
    assert row["variable"] == "LOA_SECRET_FB_TINH"
    assert TOKEN not in _loa("secret", "list", cwd=office).stdout
    assert "Đã xóa khóa fb-tinh" in _loa("secret", "remove", "fb-tinh", cwd=office).stdout
    assert _listed(office)["fb-tinh"]["state"] == "missing"


def test_what_is_piped_in_loses_its_mark_and_its_line_end_and_nothing_else(office: Path) -> None:
    _loa("secret", "set", "sms-key", cwd=office, typed="\ufeff  một khóa = a+/b \r\n")
    asked = "from pathlib import Path; from loa.secrets import Secrets; p = Path(); print(Secrets(p, p / 'var').find"
    done = subprocess.run(
        [LOA[0], "-c", asked + "('sms-key').value)"],
        cwd=office,
        env=clean_environment() | NO_RING | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "một khóa = a+/b\n"


def test_an_empty_value_is_refused(office: Path) -> None:
    assert _loa("secret", "set", "fb-tinh", cwd=office, typed="\n").returncode == 2
    assert _listed(office)["fb-tinh"]["state"] == "missing"


def test_the_command_line_takes_no_value(office: Path) -> None:
    assert _loa("secret", "set", "fb-tinh", "gia-tri", cwd=office).returncode == 2


def test_a_name_that_no_account_uses_is_refused_with_the_closest(office: Path) -> None:
    done = _loa("secret", "set", "fb-tin", cwd=office, typed=TOKEN)
    assert (done.returncode, "[E927]" in done.stderr, "fb-tinh" in done.stderr) == (1, True, True)
    assert _loa("secret", "set", "fb-tin", "--any", cwd=office, typed=TOKEN).returncode == 0
    assert _listed(office)["fb-tin"]["state"] == "unused"


def test_a_variable_that_hides_a_stored_secret_is_told(office: Path) -> None:
    environment = {"LOA_SECRET_FB_TINH": "sandbox-cu"}
    done = _loa("secret", "set", "fb-tinh", cwd=office, typed=TOKEN, environment=environment)
    assert "LOA_SECRET_FB_TINH" in done.stdout
    row = _listed(office, environment=environment)["fb-tinh"]
    assert (row["state"], row["place"]) == ("found", "environment")
    assert _listed(office, environment=environment)["khong-ai-dung"]["state"] == "unused"


def test_a_working_keyring_is_used_and_asked_again(office: Path, tmp_path: Path) -> None:
    ring = {"PYTHON_KEYRING_BACKEND": "support.rings.Box", "LOA_TEST_RING": str(tmp_path / "ring")}
    ring["PYTHONPATH"] = str(TESTS)
    done = _loa("secret", "set", "fb-tinh", cwd=office, typed=TOKEN, environment=ring)
    assert done.returncode == 0, done.stderr
    assert not (office / "var/secrets.enc").exists()
    assert _listed(office, environment=ring)["fb-tinh"]["place"] == "keyring"
    done = _loa("secret", "set", "fb-tinh", "--store", "file", cwd=office, typed=TOKEN, environment=ring)
    assert _listed(office, environment=ring)["fb-tinh"]["place"] == "file"


def test_a_keyring_that_is_not_there_is_told_when_it_was_asked_for(office: Path) -> None:
    done = _loa("secret", "set", "fb-tinh", "--store", "keyring", cwd=office, typed=TOKEN)
    assert (done.returncode, "[E926]" in done.stderr) == (1, True)


def test_without_passphrase_and_terminal_nothing_is_kept(office: Path) -> None:
    done = _loa("secret", "set", "fb-tinh", cwd=office, typed=TOKEN, environment={"LOA_PASSPHRASE": ""})
    assert (done.returncode, "[E923]" in done.stderr) == (1, True)
    assert not (office / "var/secrets.enc").exists()


def _in_a_terminal(words: list[str], office: Path, answers: list[str]) -> str:
    """Run a verb on a terminal, type each answer when it is asked for, and give back all that the terminal showed."""
    environment = clean_environment() | NO_RING
    del environment["LOA_PASSPHRASE"]
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LOA, *words],
        cwd=office,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown, ends = b"", time.monotonic() + 60
    while time.monotonic() < ends:
        ready, _, _ = select.select([mine], [], [], 0.2)
        try:
            piece = os.read(mine, 4096) if ready else b""
        except OSError:
            break
        shown += piece
        if answers and piece.rstrip().endswith(b":"):
            time.sleep(0.05)  # getpass empties what was typed before it asked
            os.write(mine, answers.pop(0).encode() + b"\n")
        if not piece and process.poll() is not None:
            break
    process.wait(timeout=20)
    os.close(mine)
    return shown.decode()


def test_in_a_terminal_neither_the_value_nor_the_passphrase_is_shown(office: Path) -> None:
    secret, words = PLANTED["facebook-page-token"], PLANTED["passphrase"]
    shown = _in_a_terminal(["secret", "set", "fb-tinh"], office, [secret, words, words])
    assert "Đã lưu khóa fb-tinh" in shown
    assert secret not in shown
    assert words not in shown
    assert _listed(office)["fb-tinh"]["state"] == "found"


def test_two_passphrases_that_differ_make_no_file(office: Path) -> None:
    shown = _in_a_terminal(["secret", "set", "fb-tinh"], office, ["bi mat", "mat khau mot dai", "mat khau hai dai"])
    assert "E924" in shown
    assert not (office / "var/secrets.enc").exists()


def test_the_scheduler_asks_for_the_passphrase_when_it_starts(office: Path) -> None:
    _loa("secret", "set", "fb-tinh", cwd=office, typed=TOKEN)
    assert "Một nhịp" in _in_a_terminal(["run", "--once"], office, [PLANTED["passphrase"]])
    assert "E920" in _in_a_terminal(["run", "--once"], office, ["khong phai mat khau"])


def test_on_the_sandbox_no_secret_is_asked_for(office: Path, tmp_path: Path) -> None:
    (office / "var").mkdir()
    (office / "var/secrets.enc").write_bytes(b"not a file of secrets")
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        done = _loa("doctor", "--sandbox", url, cwd=office, environment={"LOA_PASSPHRASE": ""})
    assert done.returncode == 0, done.stdout
    assert "✓ fb-tinh" in done.stdout
    assert "[E921]" in _loa("run", "--once", cwd=office).stderr
