"""A backup that cannot be used is refused by a sentence that people understand."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import StoreError
from loa.store.backup import MANIFEST, read_backup


def _none(path: Path) -> None:
    path.write_bytes(b"no zip")


def _strange(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr(MANIFEST, '{"format": 99}')


@pytest.mark.parametrize(
    ("lay", "detail"), [(_none, "BadZipFile"), (_strange, "99 ≠ 1"), (lambda _: None, "FileNotFoundError")]
)
def test_what_is_no_backup_is_refused_without_the_words_of_a_library(
    tmp_path: Path, lay: Callable[[Path], None], detail: str
) -> None:
    path = tmp_path / "loa-1.zip"
    lay(path)
    with pytest.raises(StoreError) as refused:
        read_backup(path)
    assert refused.value.code == "E955"
    assert refused.value.params["detail"] in (detail, f"{MANIFEST}: {detail}")
