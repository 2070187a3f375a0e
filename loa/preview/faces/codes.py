"""The QR codes that stand in the pictures of a delivery, and whether they lead where its link leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from loa.dispatch import AttachmentView, DeliveryView
from loa.messages import Lang
from loa.preview.faces.lints import Lint
from loa.preview.faces.says import speaker
from loa.render.darkroom import darkroom
from loa.workspace import Workspace

Verdict = Literal["same", "home", "path", "other", "text"]
"""Leads to the item's link, to the unit's portal, to another page of the link's site, elsewhere; or is no address."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code as a phone reads it."""

    text: str
    verdict: Verdict


def codes(view: DeliveryView, workspace: Workspace) -> tuple[Code, ...]:
    """Every code in the pictures and previews of a delivery, each once."""
    found: dict[str, None] = {}
    for each in (*view.attachments, *view.besides):
        if source := _source(each):
            found |= dict.fromkeys(_read(source, each.sha256))
    portal = workspace.units.get(view.unit_code).portal if view.unit_code in workspace.units else ""
    return tuple(Code(text, verdict(text, view.link, portal)) for text in found)


def verdict(text: str, link: str, portal: str) -> Verdict:
    """Where the text of a code leads, compared with the item's link and the unit's portal."""
    if not text.lower().startswith(("https://", "http://")):
        return "text"
    if link and _same(text, link):
        return "same"
    if portal and _same(text, portal):
        return "home"
    return "path" if link and _host(text) == _host(link) != "" else "other"


def code_lints(found: tuple[Code, ...], view: DeliveryView, lang: Lang) -> Iterator[Lint]:
    """What of the codes a reviewer should look at."""
    say = speaker(lang)
    for code in found:
        if code.verdict in ("path", "other") and view.link:
            yield Lint(
                "qr-elsewhere",
                "bad" if code.verdict == "other" else "wait",
                say(f"Mã QR không dẫn tới đường dẫn của tin: {code.text}", f"The QR code leads to {code.text}"),
                say(f"Đường dẫn của tin là {view.link}. Sửa “qr” ở mục “make”.", f"The item's link is {view.link}."),
            )
        if code.text.lower().startswith("http://"):
            yield Lint(
                "qr-no-https",
                "wait",
                say("Mã QR dẫn tới địa chỉ http:// không được bảo vệ.", "The QR code leads to plain http://."),
                say("Đổi thành https:// rồi dựng lại.", "Change it to https:// and render again."),
            )


def _source(each: AttachmentView) -> Path | None:
    path = each.preview or (each.path if each.kind == "picture" else None)
    return path if path is not None and path.is_file() else None


@lru_cache(maxsize=2048)
def _read(path: Path, sha256: str) -> tuple[str, ...]:
    """Read once for the same bytes: ``sha256`` tells them apart."""
    del sha256
    return darkroom.codes(path)


def _same(one: str, other: str) -> bool:
    return one.rstrip("/").casefold() == other.rstrip("/").casefold()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
