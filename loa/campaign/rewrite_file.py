"""A campaign's file as it would be: tried beside the real one, and put in its place in one step or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loa.campaign.load import LoadedCampaign
from loa.campaign.model import Campaign
from loa.errors import LoaError
from loa.reader import load, sha256_file


@dataclass(frozen=True, slots=True)
class Written:
    """A file as somebody read it: its bytes as text with every sign of them, and their SHA-256 in hex."""

    path: Path
    shown: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A new text for a file: what it says (``loaded``), while the file is still the old one."""

    loaded: LoadedCampaign
    _before: Written
    _beside: Path

    def put_in_place(self) -> None:
        """Replace the file in one step.

        Raises:
            LoaError: E827, somebody has changed it since it was read.
        """
        if sha256_file(self._before.path) != self._before.digest:
            raise LoaError("E827", file=self._before.shown)
        self._beside.replace(self._before.path)


def as_written(path: Path, shown: str) -> Written:
    """The file as it is now."""
    raw = path.read_bytes()
    return Written(path.resolve(), shown, raw.decode("utf-8"), hashlib.sha256(raw).hexdigest())


@contextmanager
def rewriting(before: Written, text: str) -> Iterator[Rewrite]:
    """``text`` in a hidden file beside ``before`` while the block lasts; nothing stays of it that was not put in place.

    Raises:
        ProblemsFound: the new text is no campaign.
    """
    beside = before.path.with_name(f".{before.path.name}.{os.getpid()}.yaml")
    try:
        with beside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(before.path, beside)
        loaded = load(beside, Campaign, before.shown)
        yield Rewrite(LoadedCampaign(loaded.value, before.shown, loaded), before, beside)
    finally:
        beside.unlink(missing_ok=True)
