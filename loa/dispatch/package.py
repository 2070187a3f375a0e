"""The package: the canonical form of exactly what goes out. Its SHA-256 is what a reviewer approves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from loa.delivery import Action, Attachment, ChannelCard
from loa.draft import Draft
from loa.render import RENDERER_VERSION, Asset
from loa.store import DeliveryRow
from loa.workspace import Workspace
from loa.workspace.limits import without_limits

_KEPT = 4_096
"""Packages that are kept open: two windows of each account that is on the wire or about to be."""


def pack(draft: Draft, assets: Sequence[Asset], besides: Sequence[Asset], workspace: Workspace) -> str:
    """The canonical form of ``draft`` with its finished ``assets``: JSON with sorted keys, UTF-8, NFC.

    ``besides`` is what the item makes that no channel carries: a reviewer approves it with the first delivery.
    """
    content: dict[str, Any] = {
        "channel": draft.channel,
        "account": {"id": draft.account.id, "settings": without_limits(draft.account.settings)},
        "window": [draft.slot.due.isoformat(), draft.slot.expires.isoformat(), draft.when_late],
        "text": draft.text,
        "title": draft.title,
        "summary": draft.summary,
        "link": draft.link,
        "options": dict(draft.options),
        "assets": [_asset(asset, workspace) for asset in assets],
        "recipients": _recipients(draft),
        "renderer": RENDERER_VERSION,
        "sources": dict(draft.sources),
    }
    if draft.terms is not None:
        content["message"] = draft.terms.packed()
    if besides:
        content["besides"] = [_asset(asset, workspace) for asset in besides]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _asset(asset: Asset, workspace: Workspace) -> dict[str, Any]:
    return {
        "kind": asset.kind,
        "path": workspace.shown(asset.path),
        "sha256": asset.sha256,
        "media_type": asset.media_type,
        "width": asset.width,
        "height": asset.height,
        "seconds": asset.seconds,
        "alt_text": asset.alt_text,
        "captions": workspace.shown(asset.captions) if asset.captions else "",
        "captions_sha256": file_hash(asset.captions) if asset.captions else "",
        **_preview(asset, workspace),
        "made_from": asset.key,
    }


def _preview(asset: Asset, workspace: Workspace) -> dict[str, str]:
    """The picture that stands for a document on the review page."""
    if asset.preview is None:
        return {}
    return {"preview": workspace.shown(asset.preview), "preview_sha256": file_hash(asset.preview)}


def _recipients(draft: Draft) -> dict[str, Any]:
    if draft.recipients is None:
        return {}
    listed = draft.recipients
    return {"list": listed.name, "count": listed.count, "digest": listed.digest}


def package_hash(package: str) -> str:
    """SHA-256 (hex) over the bytes of a package."""
    return hashlib.sha256(package.encode()).hexdigest()


def opened(package: str) -> dict[str, Any]:
    """The content of a package, the caller's own to change."""
    content: dict[str, Any] = json.loads(package)
    return content


@lru_cache(maxsize=_KEPT)
def seen(package: str) -> Mapping[str, Any]:
    """The content of a package, to be read only: many looks at the same package open it once."""
    return opened(package)


def action_of(package: str) -> Action:
    """What a package does: put a post out, correct one, take one down."""
    if '"action":' not in package:  # no quote inside a value stands so: what puts a post out need not be opened
        return "publish"
    action: Action = seen(package).get("action", "publish")
    return action


def card_of(cards: Mapping[str, ChannelCard], row: DeliveryRow) -> ChannelCard:
    """The card of a delivery: of its channel, by the way that its account takes (a gateway)."""
    return cards[row.channel].of(seen(row.package)["account"]["settings"])


def differences(before: str, after: str) -> tuple[str, ...]:
    """Which parts of a package changed, as people call them; of a message, which terms; of files, their names."""
    if not before or not after:
        return ()
    old, new = opened(before), opened(after)
    names = (name for name in sorted(old.keys() | new.keys()) if name not in ("sources", "message"))
    parts = [_PARTS.get(name, name) for name in names if old.get(name) != new.get(name)]
    terms = _changed_terms(old.get("message", {}), new.get("message", {}))
    return tuple(parts) + terms + _changed_sources(old["sources"], new["sources"])


_PARTS = {
    "account": "tài khoản",
    "assets": "ấn phẩm",
    "besides": "ấn phẩm kèm theo",
    "link": "đường dẫn",
    "options": "tùy chọn",
    "recipients": "người nhận",
    "renderer": "chương trình dựng ấn phẩm",
    "summary": "tóm tắt",
    "text": "lời",
    "title": "tiêu đề",
    "window": "giờ phát",
}
"""The parts of a package, as people call them."""
_TERMS = {
    "class": "loại tin",
    "rules": "bộ quy tắc",
    "rules_sha256": "nội dung bộ quy tắc",
    "canary": "danh sách nhận thử",
    "canary_digest": "người nhận thử",
    "budget": "kinh phí",
}
"""The terms of a message, as people call them."""


def _changed_terms(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    changed = [name for name in _TERMS if old.get(name) != new.get(name)]
    if "rules" in changed and old and new:
        return tuple(
            f"{_TERMS[name]} {old['rules']} → {new['rules']}" if name == "rules" else _TERMS[name]
            for name in changed
            if name != "rules_sha256"
        )
    return tuple(_TERMS[name] for name in changed)


def _changed_sources(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_SOURCES.get(name, name) for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name))


_SOURCES = {"item": "khai báo của tin trong chiến dịch", "meeting": "khai báo của buổi trong mục events"}
"""What is no file among the sources, as people call it."""


def hashes_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The files that a package sends, each with the SHA-256 that was approved."""
    wanted = {each["path"]: each["sha256"] for each in content["assets"]}
    return wanted | {each["captions"]: each["captions_sha256"] for each in content["assets"] if each["captions"]}


def shown_hashes(content: Mapping[str, Any]) -> dict[str, str]:
    """The files of a package that a reviewer sees, each with its SHA-256: also what goes out by no channel."""
    besides = content.get("besides", ())
    previews = {each["preview"]: each["preview_sha256"] for each in (*content["assets"], *besides) if "preview" in each}
    return hashes_of(content) | hashes_of({"assets": besides}) | previews


def damaged_assets(content: Mapping[str, Any], workspace: Workspace) -> tuple[str, ...]:
    """The files of a package whose bytes on disk are no longer those that were approved."""
    wanted = hashes_of(content)
    return tuple(path for path, sha256 in wanted.items() if file_hash(workspace.inside(path)) != sha256)


def attachments(content: Mapping[str, Any], workspace: Workspace) -> tuple[Attachment, ...]:
    """The assets of a package in the form of the contract."""
    return tuple(
        Attachment(
            kind=each["kind"],
            path=workspace.inside(each["path"]),
            sha256=each["sha256"],
            media_type=each["media_type"],
            width=each["width"],
            height=each["height"],
            alt_text=each["alt_text"],
            seconds=each["seconds"],
            captions=workspace.inside(each["captions"]) if each["captions"] else None,
            captions_sha256=each["captions_sha256"],
        )
        for each in content["assets"]
    )


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file; empty where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
