"""The designer's page: live on this machine, or as a folder that opens without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from loa.errors import LoaError
from loa.messages import Lang
from loa.preview.closed import STYLE
from loa.preview.frame import templates as pages
from loa.preview.studio import Event, Look, Studio

PAGES = Path(__file__).parent / "pages"
SCRIPT = "live.js"
_WORDS: dict[str, tuple[str, str]] = {
    "live": ("Xem mẫu", "Template preview"),
    "template": ("Mẫu", "Template"),
    "variant": ("Bản", "Variant"),
    "plain": ("Thường", "Plain"),
    "elder": ("Cho người cao tuổi", "For elder readers"),
    "brand": ("Nhận diện", "Brand"),
    "default_brand": ("Chung (brand.yaml)", "Default (brand.yaml)"),
    "safe": ("Vùng an toàn", "Safe areas"),
    "larger": ("Phóng to", "Larger"),
    "connected": ("Đang theo dõi tệp", "Watching the files"),
    "lost": ("Mất kết nối, đang thử lại…", "Connection lost, trying again…"),
    "working": ("Đang vẽ…", "Painting…"),
    "took": ("Vẽ lại trong", "Painted in"),
    "sound": ("Đạt", "Sound"),
    "problem": ("lỗi", "problem"),
    "problems": ("lỗi", "problems"),
    "broken": ("Chưa vẽ được. Hình bên dưới là bản tốt gần nhất.", "Not painted. Below is the last good picture."),
    "document": ("bản in", "print"),
    "clip": ("các cảnh", "scenes"),
    "audio": ("âm thanh", "sound"),
    "picture": ("ảnh", "picture"),
    "language": ("English", "Tiếng Việt"),
    "hint": (
        "Lưu template.yaml, preview.yaml, shared.yaml hoặc brand.yaml: hình đổi ngay.",
        "Save template.yaml, preview.yaml, shared.yaml or brand.yaml: the pictures change at once.",
    ),
}  # fmt: skip


def _words(lang: Lang) -> dict[str, str]:
    return {name: pair[lang == "en"] for name, pair in _WORDS.items()}


def live_page(look: Look, lang: Lang, templates: Sequence[str], brands: Sequence[str]) -> str:
    """The page that follows the files; its pictures come by events."""
    other = "vi" if lang == "en" else "en"
    asked = {"template": look.template, "variant": look.variant, "brand": look.brand}
    return pages.get_template("live.html").render(
        w=_words(lang),
        lang=lang,
        look=look,
        templates=templates if look.template in templates else (look.template, *templates),
        brands=brands,
        other="?" + urlencode({**asked, "lang": other}),
        script=f"/{SCRIPT}",
        style=f"/{STYLE}",
    )


def write_proofs(folder: Path, studio: Studio, looks: Sequence[Look], lang: Lang) -> list[Event]:
    """Write a look at templates into ``folder``, with a page that opens without a server; what was seen.

    Raises:
        LoaError: E802, the folder cannot be written to.
    """
    seen: list[Event] = []
    sections: list[Mapping[str, Any]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for look in looks:
            events = [_kept(folder, studio, look, event) for event in studio.events(look, lang)]
            sections.append({"look": look, "events": [event for event in events if event["kind"] not in _FRAME]})
            seen += sections[-1]["events"]
        page = pages.get_template("proofs.html").render(w=_words(lang), lang=lang, sections=sections, style=STYLE)
        (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
        (folder / STYLE).write_bytes((PAGES / STYLE).read_bytes())
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error
    return seen


_FRAME = ("begin", "end")


def _kept(folder: Path, studio: Studio, look: Look, event: Event) -> Event:
    """The event with its picture as a file of the folder."""
    data = studio.picture(event.get("picture", ""))
    if data is None:
        return event
    name = f"{look.template.replace('/', '-')}/{event['format']}{'-elder' if look.variant else ''}.jpg"
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return {**event, "picture": name}
