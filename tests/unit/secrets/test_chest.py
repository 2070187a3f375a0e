"""The encrypted file: unreadable without its passphrase, whole at every moment, told apart when it is damaged."""

import json
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from support.planted import PLANTED, found_in
from support.processes import clean_environment

from loa.errors import LoaError
from loa.secrets import Secrets, chest

New = Callable[[], Secrets]
TOKEN = PLANTED["sms-api-key"]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(new: New, tmp_path: Path) -> Path:
    new().put("sms-khoa", TOKEN)
    return tmp_path / "var/secrets.enc"


def _code(new: New, name: str = "sms-khoa") -> str:
    with pytest.raises(LoaError) as caught:
        new().find(name)
    return caught.value.code


def test_nothing_of_a_value_can_be_read_in_the_file(file: Path) -> None:
    assert found_in(file.read_bytes()) == []
    assert b"sms-khoa" in file.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_its_owner_can_read_it_even_where_it_was_open_before(file: Path, new: New) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    new().put("khac", "x")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_guess_costs_128_mb(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment = clean_environment() | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    put = "import sys; from pathlib import Path; from loa.secrets import Secrets; p = Path(sys.argv[1]); "
    command = [sys.executable, "-c", put + "Secrets(p, p).put('khoa', 'gia tri')", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    kdf = json.loads((tmp_path / "secrets.enc").read_bytes())["head"]["kdf"]
    assert (kdf["name"], 128 * kdf["n"] * kdf["r"]) == ("scrypt", 128 * 1024 * 1024)


def test_two_files_of_the_same_secrets_have_nothing_in_common(file: Path, new: New, tmp_path: Path) -> None:
    one = json.loads(file.read_bytes())
    new().put("sms-khoa", TOKEN)
    again = json.loads(file.read_bytes())
    assert one["nonce"] != again["nonce"]
    file.unlink()
    new().put("sms-khoa", TOKEN)
    assert json.loads(file.read_bytes())["head"]["kdf"]["salt"] != one["head"]["kdf"]["salt"]


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(
    file: Path, new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    monkeypatch.setenv("LOA_PASSPHRASE", "khong phai mat khau nay")
    assert _code(new) == "E920"
    with pytest.raises(LoaError) as caught:
        new().put("sms-khoa", "moi")
    assert caught.value.code == "E920"
    with pytest.raises(LoaError):
        new().remove("sms-khoa")
    assert file.read_bytes() == before


def test_without_a_passphrase_it_is_told_how_to_give_one(file: Path, new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOA_PASSPHRASE")
    assert _code(new) == "E923"
    assert new().find("khac") is None  # a name that the file does not hold needs no passphrase


def test_the_passphrase_may_lie_in_a_file(
    file: Path, new: New, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LOA_PASSPHRASE")
    place = tmp_path / "credential"
    monkeypatch.setenv("LOA_PASSPHRASE_FILE", str(place))
    assert _code(new) == "E923"
    place.write_text(PLANTED["passphrase"] + "\n", encoding="utf-8")
    try:
        assert new().find("sms-khoa").value == TOKEN
    finally:
        place.unlink()  # a planted value must not be left


def test_vietnamese_typed_in_parts_is_the_same_passphrase(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Kho khóa của xã Kim Liên"
    monkeypatch.setenv("LOA_PASSPHRASE", unicodedata.normalize("NFD", words))
    new().put("sms-khoa", TOKEN)
    monkeypatch.setenv("LOA_PASSPHRASE", unicodedata.normalize("NFC", words))
    assert new().find("sms-khoa").value == TOKEN


def test_a_short_passphrase_makes_no_file(new: New, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOA_PASSPHRASE", "ngan")
    with pytest.raises(LoaError) as caught:
        new().put("sms-khoa", TOKEN)
    assert caught.value.code == "E924"
    assert not (tmp_path / "var/secrets.enc").exists()


def test_every_single_damaged_byte_is_noticed(file: Path, new: New) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x01
        file.write_bytes(spoilt)
        assert _outcome(new) in {"E921", "E922", "whole"}, place


def _outcome(new: New) -> str:
    try:
        found = new().find("sms-khoa")
    except LoaError as error:
        return error.code
    return "whole" if found and found.value == TOKEN else "another value"  # blanks between JSON's parts say nothing


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"head": {"version": 1}}', b'{"head": 1}'])
def test_what_is_no_such_file_is_damaged(file: Path, new: New, data: bytes) -> None:
    file.write_bytes(data)
    assert _code(new) == "E921"
    with pytest.raises(LoaError):
        new().put("sms-khoa", TOKEN)
    assert file.read_bytes() == data


def _rewritten(file: Path, **changes: object) -> None:
    """The file as somebody would change it who knows how its sum is made."""
    whole = json.loads(file.read_bytes())
    whole["head"].update(changes)
    del whole["sum"]
    whole["sum"] = chest._sum(whole)
    file.write_text(json.dumps(whole), encoding="utf-8")


def test_names_cannot_be_changed_without_the_passphrase(file: Path, new: New) -> None:
    _rewritten(file, names=["khac", "sms-khoa"])
    assert _code(new) == "E920"


def test_a_later_version_is_not_touched(file: Path, new: New) -> None:
    _rewritten(file, version=2)
    assert _code(new) == "E922"


@pytest.mark.parametrize("cost", [{"n": 2}, {"n": 2**30}, {"r": 1000}, {"p": 10**6}, {"n": "131072"}, {"name": "md5"}])
def test_a_file_cannot_ask_for_a_weak_key_or_for_the_whole_machine(
    file: Path, new: New, cost: dict[str, object]
) -> None:
    _rewritten(file, kdf={**json.loads(file.read_bytes())["head"]["kdf"], **cost})
    assert _code(new) == "E921"


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    file: Path, new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, beside = file.read_bytes(), {path.name for path in file.parent.iterdir()}

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        new().put("khac", "x")
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} == {*beside, "secrets.lock"}


WRITER = """
import sys
from pathlib import Path
from loa.secrets import Secrets
root = Path(sys.argv[1])
for number in range(3):
    Secrets(root, root / "var").put(f"khoa-{sys.argv[2]}-{number}", "gia tri", "file")
"""


def test_processes_that_write_at_once_lose_nothing(file: Path, new: New, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    running = [subprocess.Popen([*command, str(who)], cwd=ROOT, env=clean_environment()) for who in range(3)]
    assert [each.wait(timeout=120) for each in running] == [0, 0, 0]
    kept = {f"khoa-{who}-{number}" for who in range(3) for number in range(3)} | {"sms-khoa"}
    assert {name for name, _ in new().unused(())} == kept


def test_a_file_that_somebody_holds_is_not_waited_for_without_end(
    file: Path, new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chest, "_LOCK_SECONDS", 0.1)
    with chest.FileLock(file.with_suffix(".lock")), pytest.raises(LoaError) as caught:
        new().put("khac", "x")
    assert caught.value.code == "E925"
