"""The folder of a proof, the contact sheet in it, and a ZIP of all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loa.dispatch import DeliveryView
from loa.dispatch.words import channel_name
from loa.errors import LoaError
from loa.messages import moment, number
from loa.preview.proof.beside import OWN, Beside
from loa.preview.proof.page import PAGES, SHEET, SHORT_HASH, Reviewing, Slots, page_of

if TYPE_CHECKING:
    from loa.render.contact import Thumb

_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
README = "DOC-TRUOC.txt"
_README = """\
{title}

1. Giải nén toàn bộ tệp ZIP (nếu nhận bằng ZIP), rồi mở index.html bằng Chrome, Edge, Cốc Cốc hoặc Firefox.
2. Giữ các tệp và thư mục ở cạnh nhau. Không cần mạng, không cần cài gì.
3. tong-hop.pdf là bản tóm tắt để in.

Unpack the whole ZIP, then open english.html in a browser. No network is needed.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A proof on the disk."""

    page: Path
    sheet: Path
    archive: Path | None
    bytes: int
    """Of the ZIP where there is one, of the folder otherwise."""


def write_proof(
    folder: Path,
    slots: Slots,
    reviewing: Callable[[], Reviewing] | None = None,
    *,
    zipped: bool = False,
) -> Written:
    """Write a proof into ``folder``. ``reviewing`` makes it known to the book, just before the pages are written.

    Raises:
        LoaError: E838 there is nothing to show; E839 the folder holds something else; E802 it cannot be written to.
    """
    if not slots.views["vi"]:
        raise LoaError("E838", campaign=slots.campaign_id)
    try:
        _require_ours(folder)
        return _write(folder, slots, reviewing() if reviewing else None, zipped=zipped)
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error


def _require_ours(folder: Path) -> None:
    is_proof = (folder / OWN / "proof.js").is_file()
    if folder.exists() and not is_proof and (not folder.is_dir() or any(folder.iterdir())):
        raise LoaError("E839", folder=folder)


def _write(folder: Path, slots: Slots, reviewing: Reviewing | None, *, zipped: bool) -> Written:
    beside = Beside(folder, slots.workspace, slots.views["vi"])
    beside.lay_own()
    for lang, name in PAGES.items():
        beside.text(name, beside.at_home(page_of(slots, reviewing, lang)))
    beside.text(README, _README.format(title=slots.title))
    sheet = beside.data(SHEET, _sheet(slots, beside))
    archive = _zip(folder, tuple(beside.written)) if zipped else None
    size = archive.stat().st_size if archive else sum((folder / name).stat().st_size for name in beside.written)
    return Written(folder / PAGES["vi"], sheet, archive, size)


def _sheet(slots: Slots, beside: Beside) -> bytes:
    from loa.render.contact import SheetWords, contact_sheet  # noqa: PLC0415 - Skia, only where a sheet is painted

    views = sorted(slots.views["vi"], key=lambda view: (view.due, view.item_id, view.unit_code, view.channel, view.id))
    first, last = (f"{each.due.astimezone(slots.workspace.zone):%d/%m/%Y}" for each in (views[0], views[-1]))
    words = SheetWords(
        title=slots.title,
        subtitle=f"{number(len(views), 'vi')} lượt gửi, {first} – {last}. Mở index.html để nghe, xem clip, đọc đủ.",
        foot=f"Loa · lập lúc {moment(slots.made_at, slots.workspace.zone, 'vi')}",
        page="Trang {at}/{of}",
    )
    return contact_sheet([_thumb(slots, view, beside) for view in views], words)


def _thumb(slots: Slots, view: DeliveryView, beside: Beside) -> Thumb:
    from loa.render.contact import Thumb  # noqa: PLC0415 - see _sheet

    channel = channel_name(view.channel, "vi")
    return Thumb(
        title=view.item_title,
        lines=(
            view.unit_name,
            f"{channel} · {view.due.astimezone(slots.workspace.zone):%H:%M %d/%m/%Y}",
            f"#{view.id} · {view.content_hash[:SHORT_HASH] or 'chưa dựng'}",
        ),
        picture=beside.small(view),
        words=view.text,
        label=channel,
    )


def _zip(folder: Path, names: tuple[str, ...]) -> Path:
    """The folder as one file beside it, with the folder's name as its first part."""
    target = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", _NO_MOMENT)
            small = name.endswith((".html", ".css", ".js", ".txt", ".ttf"))
            entry.compress_type = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
            archive.writestr(entry, (folder / name).read_bytes())
    return target
