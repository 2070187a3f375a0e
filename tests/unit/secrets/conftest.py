"""An empty machine: no variables of ours, no keyring, a passphrase in the environment."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from support.planted import PLANTED
from support.rings import PLACE, Box

from loa.secrets import Secrets, chest


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("LOA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOA_PASSPHRASE", PLANTED["passphrase"])
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(chest, "_NEW_COST", {"n": 2**14, "r": 8, "p": 1})  # the true cost has a test of its own
    keyring.set_keyring(keyring.backends.fail.Keyring())


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Box:
    """A keyring that works."""
    monkeypatch.setenv(PLACE, str(tmp_path / "ring"))
    box = Box()
    keyring.set_keyring(box)
    return box


@pytest.fixture
def new(tmp_path: Path) -> Callable[[], Secrets]:
    """The secrets of the same workspace, as each new process would open them."""
    return lambda: Secrets(tmp_path, tmp_path / "var")
