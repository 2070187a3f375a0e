"""The page as a folder: it opens from the disk, and all that it names lies beside it."""

import re
from pathlib import Path

import pytest
from support.shown import Over, attachment, view

from loa.clock import DEFAULT_ZONE
from loa.errors import LoaError
from loa.preview import write_page


def _local_addresses(page: Path) -> list[str]:
    found = re.findall(r'(?:src|href)="([^"]+)"', page.read_text(encoding="utf-8"))
    return [address for address in found if not address.startswith(("http", "#"))]


def test_everything_that_the_page_names_lies_beside_it(tmp_path: Path) -> None:
    media = (attachment(tmp_path, b"one"), attachment(tmp_path, b"two", "clip"))
    page = write_page(tmp_path / "out", [view(attachments=media)], DEFAULT_ZONE)
    named = _local_addresses(page)

    assert len(named) == 4, "the style, the clip, and the picture twice: shown and opened"
    assert all((page.parent / address).is_file() for address in named)
    assert {(page.parent / address).read_bytes() for address in named if "media" in address} == {b"one", b"two"}


def test_it_shows_what_the_server_shows_but_has_no_form(tmp_path: Path, get: Over) -> None:
    views = [view(1), view(2, channel="zalo")]
    written = write_page(tmp_path, views, DEFAULT_ZONE).read_text(encoding="utf-8")
    served = get(views)().text

    assert "<form" in served
    assert "<form" not in written
    assert written[written.index("<article") :] == served[served.index("<article") :]


def test_a_file_that_is_gone_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    gone, there = attachment(tmp_path, b"gone"), attachment(tmp_path, b"there")
    gone.path.unlink()
    page = write_page(tmp_path / "out", [view(1, attachments=(gone,)), view(2, attachments=(there,))], DEFAULT_ZONE)

    assert page.read_text(encoding="utf-8").count("Tệp ấn phẩm không còn trên máy") == 1
    assert (tmp_path / "out" / "media" / there.path.name).is_file()


def test_writing_again_keeps_the_page_whole(tmp_path: Path) -> None:
    views = [view(attachments=(attachment(tmp_path),))]
    first = write_page(tmp_path / "out", views, DEFAULT_ZONE).read_bytes()

    assert write_page(tmp_path / "out", views, DEFAULT_ZONE).read_bytes() == first


def test_it_can_be_written_in_english(tmp_path: Path) -> None:
    page = write_page(tmp_path, [view()], DEFAULT_ZONE, "en").read_text(encoding="utf-8")

    assert "Preview of the timetable" in page


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")

    with pytest.raises(LoaError) as raised:
        write_page(tmp_path / "out", [view()], DEFAULT_ZONE)
    assert raised.value.code == "E802"
