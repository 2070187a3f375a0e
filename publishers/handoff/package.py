"""Laying out a package: whole or not at all, and only bytes that were approved."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from loa.delivery import Attachment, Message
from loa.delivery.shelf import FACTS
from loa.text import slug
from publishers.approved import Altered, approved_captions
from publishers.handoff.task import PackedFile, Task

_LONGEST_NAME = 40
_PIECE = 1 << 20
_KINDS = {"picture": "anh", "clip": "clip", "document": "tai-lieu", "audio": "am-thanh"}
_SCRIPT = "loi-doc"


def short_slug(text: str) -> str:
    """``text`` as a part of a file name: whole words, not long."""
    name = slug(text)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME + 1].rpartition("-")[0] or name[:_LONGEST_NAME]


def files_of(message: Message) -> tuple[PackedFile, ...]:
    """The approved files under names that tell a person what they are: ``clip-ngay-mai-la-10-10.mp4``."""
    stem = short_slug(message.title) or "ban-tin"
    kinds = [_kind(each) for each in message.attachments]
    totals, seen = Counter(kinds), Counter[str]()
    packed = []
    for each, kind in zip(message.attachments, kinds, strict=True):
        seen[kind] += 1
        name = f"{kind}-{seen[kind]}-{stem}" if totals[kind] > 1 else f"{kind}-{stem}"
        captions = f"{name}{each.captions.suffix}" if each.captions else ""
        packed.append(PackedFile(name + each.path.suffix, each, captions))
    return tuple(packed)


def _kind(each: Attachment) -> str:
    return _SCRIPT if each.media_type == "text/plain" else _KINDS[each.kind]


def lay_out(folder: Path, write: Callable[[Path], None]) -> None:
    """Make ``folder`` with what ``write`` puts into it; it appears when it is complete, or not at all.

    Raises:
        Altered: a file is not the one that was approved.
        OSError: the disk does not take it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(".*.tmp"):  # what a killed process left; one process lays out at a time
        shutil.rmtree(left, ignore_errors=True)
    aside = folder.with_name(f".{uuid.uuid4().hex}.tmp")
    aside.mkdir()
    try:
        write(aside)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def copy_files(task: Task, folder: Path) -> None:
    """Copy the approved files, and their subtitles beside them."""
    for each in task.files:
        _copy(each.asset, folder / each.name)
        if each.asset.captions:
            (folder / each.captions).write_bytes(approved_captions(each.asset))


def _copy(asset: Attachment, target: Path) -> None:
    digest = hashlib.sha256()
    with asset.path.open("rb") as source, target.open("wb") as copy:
        while piece := source.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != asset.sha256:
        raise Altered(asset.path.name)


def write_facts(task: Task, folder: Path) -> None:
    """What a machine reads of the package later."""
    message = task.message
    facts = {
        "key": message.key,
        "code": task.code,
        "channel": task.card.id,
        "account": task.account.id,
        "person": task.person,
        "action": message.action,
        "target": message.target,
        "due": task.deadline.isoformat(),
        "title": message.title,
        "summary": message.summary,
        "labels": dict(message.labels),
        "files": [_told(each) for each in task.files],
    }
    words = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / FACTS).write_text(words, encoding="utf-8")


def _told(each: PackedFile) -> dict[str, Any]:
    asset = each.asset
    return {
        "name": each.name,
        "kind": asset.kind,
        "media_type": asset.media_type,
        "sha256": asset.sha256,
        "bytes": asset.path.stat().st_size,
        "alt": asset.alt_text,
    }


def read_json(path: Path) -> Mapping[str, Any]:
    """A small JSON object of a package; empty where there is none or somebody spoilt it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
