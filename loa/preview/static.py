"""The page as a folder that opens without a server: the media lie beside it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from loa.dispatch import AttachmentView, DeliveryView
from loa.errors import LoaError
from loa.messages import Lang
from loa.preview.app import PAGES, STYLE
from loa.preview.page import Addresses, page_of


def write_page(folder: Path, views: Sequence[DeliveryView], zone: tzinfo, lang: Lang = "vi") -> Path:
    """Write the page into ``folder``; the file to open.

    Raises:
        LoaError: E802, the folder cannot be written to.
    """
    page = folder / "index.html"
    try:
        (folder / "media").mkdir(parents=True, exist_ok=True)
        for view in views:
            for each in (*view.attachments, *view.besides):
                _lay(each.path, folder / _asset(each))
                if each.preview:
                    _lay(each.preview, folder / _preview(each))
                if each.captions:
                    _lay(each.captions, folder / _captions(each))
        shutil.copyfile(PAGES / STYLE, folder / STYLE)
        addresses = Addresses(
            style=STYLE,
            asset=lambda each: _asset(each) if (folder / _asset(each)).is_file() else "",
            preview=lambda each: _preview(each) if each.preview and (folder / _preview(each)).is_file() else "",
            captions=lambda each: _captions(each) if each.captions and (folder / _captions(each)).is_file() else "",
        )
        page.write_text(page_of(views, zone, lang, addresses), encoding="utf-8", newline="\n")
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error
    return page


def _asset(each: AttachmentView) -> str:
    return f"media/{each.sha256}{each.path.suffix}"


def _captions(each: AttachmentView) -> str:
    return f"media/{each.sha256}.srt"


def _preview(each: AttachmentView) -> str:
    return f"media/{each.sha256}.preview.jpg"


def _lay(source: Path, target: Path) -> None:
    """Copy what is there; what is not is told on the page."""
    if source.is_file() and not target.exists():
        shutil.copyfile(source, target)
