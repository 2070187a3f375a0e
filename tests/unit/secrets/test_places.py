"""The three places: what is asked first, what is written where, and what is no keyring."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import keyring
import pytest
from keyring.backends import chainer, null
from support.planted import PLANTED
from support.rings import LOCKED, Box

from loa.errors import LoaError
from loa.secrets import Place, Secrets

New = Callable[[], Secrets]
TOKEN, OTHER = PLANTED["facebook-page-token"], PLANTED["facebook-other-page-token"]


def test_the_environment_goes_before_the_keyring_and_the_keyring_before_the_file(
    new: New, ring: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    new().put("fb-xa", "from-the-file", "file")
    assert new().find("fb-xa") == new().find("fb-xa")
    assert (new().find("fb-xa").place, new().find("fb-xa").value) == (Place.FILE, "from-the-file")
    ring.set_password(new()._ring._service, "fb-xa", "from-the-ring")
    assert (new().find("fb-xa").place, new().find("fb-xa").value) == (Place.KEYRING, "from-the-ring")
    monkeypatch.setenv("LOA_SECRET_FB_XA", "from-the-environment")
    assert (new().find("fb-xa").place, new().find("fb-xa").value) == (Place.ENVIRONMENT, "from-the-environment")
    assert new().place_of("fb-xa") == Place.ENVIRONMENT


def test_what_nobody_has_is_not_found(new: New) -> None:
    assert new().find("fb-xa") is None
    assert new().place_of("fb-xa") is None


def test_an_empty_variable_is_no_secret(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_SECRET_FB_XA", "")
    assert new().find("fb-xa") is None


def test_a_secret_goes_to_the_keyring_where_one_works(new: New, ring: Box) -> None:
    assert new().put("fb-xa", TOKEN) == Place.KEYRING
    assert new().find("fb-xa").value == TOKEN


def test_without_a_keyring_it_goes_to_the_file(new: New) -> None:
    assert new().put("fb-xa", TOKEN) == Place.FILE
    assert new().find("fb-xa").value == TOKEN


def test_a_new_value_is_never_hidden_by_an_old_one_in_another_place(new: New, ring: Box) -> None:
    new().put("fb-xa", TOKEN, "keyring")
    new().put("fb-xa", OTHER, "file")
    assert new().find("fb-xa").value == OTHER
    new().put("fb-xa", TOKEN, "keyring")
    assert new().find("fb-xa").value == TOKEN
    assert new().unused(()) == ()


def test_a_keyring_that_was_asked_for_and_is_not_there_is_an_error(new: New, tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        new().put("fb-xa", TOKEN, "keyring")
    assert caught.value.code == "E926"
    assert not (tmp_path / "var").exists()


def _plaintext() -> type[Box]:
    """What keyrings.alt brings, by its module's name."""
    module = ModuleType("keyrings.alt.file")
    return type("PlaintextKeyring", (Box,), {"__module__": module.__name__})


def test_keyrings_that_forget_or_write_in_the_clear_are_refused(new: New, ring: Box) -> None:
    for backend in (null.Keyring(), _plaintext()()):
        keyring.set_keyring(backend)
        assert new().put("fb-xa", TOKEN) == Place.FILE
        with pytest.raises(LoaError) as caught:
            new().put("fb-xa", TOKEN, "keyring")
        assert caught.value.code == "E926"


def test_a_chain_of_keyrings_is_judged_member_by_member(new: New, ring: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [_plaintext()()])
    keyring.set_keyring(chain)
    assert new().put("fb-xa", TOKEN) == Place.FILE
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [_plaintext()(), ring])
    assert new().put("fb-xa", TOKEN) == Place.KEYRING
    assert ring.get_password(new()._ring._service, "fb-xa") == TOKEN


def test_a_locked_keyring_is_told_unless_another_place_has_the_secret(
    new: New, ring: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    new().put("fb-xa", TOKEN, "file")
    monkeypatch.setenv(LOCKED, "yes")
    assert new().find("fb-xa").value == TOKEN
    with pytest.raises(LoaError) as caught:
        new().find("fb-tinh")
    assert (caught.value.code, caught.value.params["detail"]) == ("E926", "KeyringLocked")


def test_a_copy_of_the_workspace_elsewhere_has_none_of_the_keyring(new: New, ring: Box, tmp_path: Path) -> None:
    new().put("fb-xa", TOKEN)
    assert Secrets(tmp_path / "copy", tmp_path / "copy/var").find("fb-xa") is None


def test_removing_takes_it_out_of_every_place_of_ours(new: New, ring: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    new().put("fb-xa", TOKEN, "file")
    ring.set_password(new()._ring._service, "fb-xa", OTHER)
    monkeypatch.setenv("LOA_SECRET_FB_XA", "stays")
    assert new().remove("fb-xa") == (Place.KEYRING, Place.FILE)
    assert new().find("fb-xa").value == "stays"
    assert new().remove("fb-xa") == ()


def test_unused_secrets_are_told_by_name(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    new().put("fb-cu", TOKEN)
    new().put("fb_xa", TOKEN)
    monkeypatch.setenv("LOA_SECRET_ZALO_CU", OTHER)
    assert new().unused(["fb_xa"]) == (("zalo-cu", Place.ENVIRONMENT), ("fb-cu", Place.FILE))


def test_no_printed_form_shows_a_value(new: New) -> None:
    secrets = new()
    secrets.put("fb-xa", TOKEN)
    assert TOKEN not in repr(secrets.find("fb-xa"))
    assert TOKEN not in repr(vars(secrets))
    assert PLANTED["passphrase"] not in repr(vars(secrets._chest))


def test_looking_for_a_place_loads_no_cryptography(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    new().put("fb-xa", TOKEN)
    monkeypatch.delenv("LOA_PASSPHRASE")
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert new().place_of("fb-xa") == Place.FILE
