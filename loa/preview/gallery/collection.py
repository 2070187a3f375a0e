"""The assets of the book, each told once however many deliveries carry it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loa.delivery.media import MediaKind
from loa.dispatch import AttachmentView, DeliveryView
from loa.messages import Lang
from loa.text import nfc

_KINDS: dict[MediaKind, tuple[str, str]] = {
    "picture": ("Ảnh", "Picture"),
    "clip": ("Clip", "Clip"),
    "document": ("Bản in (PDF)", "Print (PDF)"),
    "audio": ("Âm thanh", "Sound"),
}
_SHAPES = {
    "square": ("Vuông", "Square"),
    "tall": ("Dọc", "Tall"),
    "wide": ("Ngang", "Wide"),
    "": ("Không có hình", "No picture"),
}


@dataclass(slots=True)
class Piece:
    """One asset, and the deliveries that carry it or were made with it, in the order in which they are due."""

    asset: AttachmentView
    uses: list[DeliveryView] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """``square``, ``tall``, ``wide``; empty for a sound."""
        width, height = self.asset.width, self.asset.height
        if not width or not height:
            return ""
        return "square" if width == height else "tall" if height > width else "wide"

    @property
    def size(self) -> str:
        """``1080×1350``, or the length of a sound: ``2:05``."""
        if self.asset.kind in ("clip", "audio"):
            minutes, seconds = divmod(round(self.asset.seconds), 60)
            length = f"{minutes}:{seconds:02}"
            return f"{self.asset.width}×{self.asset.height} · {length}" if self.asset.kind == "clip" else length
        return f"{self.asset.width}×{self.asset.height}" if self.asset.width else ""

    @property
    def file_name(self) -> str:
        """A name that tells what it is, of plain letters: ``campaign_item_unit_1080x1350.png``."""
        first = self.uses[0]
        units = {each.unit_code for each in self.uses}
        size = f"{self.asset.width}x{self.asset.height}" if self.asset.width else f"{round(self.asset.seconds)}s"
        unit = first.unit_code if len(units) == 1 else f"{len(units)}-don-vi"
        return f"{first.campaign_id}_{first.item_id}_{unit}_{size}{self.asset.path.suffix}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked to see; an empty field means all."""

    campaign: str = ""
    kind: str = ""
    shape: str = ""
    unit: str = ""
    words: str = ""

    def takes(self, piece: Piece) -> bool:
        fits = self.kind in ("", piece.asset.kind) and self.shape in ("", piece.shape or "none")
        return fits and any(self._takes_use(piece, each) for each in piece.uses)

    def _takes_use(self, piece: Piece, view: DeliveryView) -> bool:
        said = f"{view.item_title} {view.campaign_title} {view.unit_name} {piece.asset.alt_text}".casefold()
        return (
            self.campaign in ("", view.campaign_id)
            and self.unit in ("", view.unit_code)
            and all(word in said for word in nfc(self.words).casefold().split())
        )


def pieces(views: Iterable[DeliveryView]) -> tuple[Piece, ...]:
    """Every asset of these deliveries, in the order in which each is first due."""
    found: dict[str, Piece] = {}
    for view in views:
        for each in (*view.attachments, *view.besides):
            piece = found.setdefault(each.sha256, Piece(each))
            if not piece.uses or piece.uses[-1].id != view.id:
                piece.uses.append(view)
    return tuple(found.values())


def kind_name(asset: AttachmentView, lang: Lang) -> str:
    """What sort of thing it is, for people."""
    if asset.kind == "document" and asset.media_type != "application/pdf":
        return "Document" if lang == "en" else "Văn bản"
    return _KINDS[asset.kind][lang == "en"]


Choices = dict[str, dict[str, str]]
"""By the name of a filter: its values, and what people call each."""


def choices(found: Sequence[Piece], lang: Lang) -> Choices:
    """What the assets can be filtered by: only what is there."""
    uses = [view for piece in found for view in piece.uses]
    kinds, shapes = {each.asset.kind for each in found}, {each.shape for each in found}
    return {
        "campaign": {each.campaign_id: each.campaign_title for each in uses},
        "kind": {name: words[lang == "en"] for name, words in _KINDS.items() if name in kinds},
        "shape": {name or "none": words[lang == "en"] for name, words in _SHAPES.items() if name in shapes},
        "unit": {each.unit_code: each.unit_name for each in sorted(uses, key=lambda view: view.unit_code)},
    }
