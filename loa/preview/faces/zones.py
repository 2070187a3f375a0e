"""What of a picture a channel covers or cuts away, for the overlay of the stage. All figures are per cent."""

from __future__ import annotations

from dataclasses import dataclass

from loa.dispatch import AttachmentView
from loa.messages import Lang
from loa.preview.faces.face import Face
from loa.preview.faces.grids import kept
from loa.preview.faces.says import speaker

COVER = 16 / 9
"""Width over height of an article's cover in lists and in broadcasts of Zalo."""
_ALL = 0.5
"""Per cent: nobody sees that so little is missing."""


@dataclass(frozen=True, slots=True)
class Zone:
    """What stays to be seen, as a rectangle of the picture, and in which words."""

    x: float
    y: float
    width: float
    height: float
    words: str

    @property
    def outside(self) -> str:
        """The path of everything around it, for an SVG of 100 × 100."""
        right, low = self.x + self.width, self.y + self.height
        return f"M0 0H100V100H0ZM{self.x} {self.y}V{low}H{right}V{self.y}Z"


def zone_of(face: Face, each: AttachmentView, lang: Lang) -> Zone | None:
    """What the channel shows of a picture before anybody opens it; None where it shows all of it."""
    say = speaker(lang)
    for tile in face.tiles:
        if tile.picture.sha256 == each.sha256:
            name = "X" if face.view.channel == "x" else "Facebook"
            return _zone(tile.seen, say(f"Bảng tin {name} chỉ hiện phần sáng", f"The feed of {name} shows what is lit"))
    first = next((other for other in face.view.attachments if other.kind == "picture"), None)
    if face.view.channel == "zalo" and first is not None and first.sha256 == each.sha256:
        words = say(
            "Danh sách bài và tin gửi của Zalo chỉ hiện phần sáng", "Lists and broadcasts of Zalo show what is lit"
        )
        return _zone(kept((each.width, each.height), COVER), words)
    return None


def _zone(seen: tuple[float, float, float, float], words: str) -> Zone | None:
    x, y, width, height = (round(100 * part, 2) for part in seen)
    if width * height / 100 > 100 - _ALL:
        return None
    return Zone(x, y, width, height, f"{words} ({round(width * height / 100)} %)")
