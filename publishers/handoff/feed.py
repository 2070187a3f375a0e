"""The RSS feed of a portal account, made anew from the packages that lie there: what is out, newest first."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from loa.delivery import Account
from loa.delivery.shelf import CONFIRMED, FACTS, GIVEN_UP
from publishers.handoff.article import ARTICLE
from publishers.handoff.package import read_json

FEED = "rss.xml"
_MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any form."""


@dataclass(frozen=True, slots=True)
class _Entry:
    folder: str
    facts: Mapping[str, Any]
    confirmed: Mapping[str, Any]

    @property
    def due(self) -> datetime:
        return datetime.fromisoformat(self.facts["due"])


def write_feed(folder: Path, account: Account, now: datetime) -> None:
    """Write ``rss.xml``: articles whose moment has come or that a person reported as out, without those taken down."""
    entries = list(_entries(folder))
    down = {e.facts["target"].rpartition("/")[2] for e in entries if e.facts["action"] == "remove" and e.confirmed}
    shown = [
        entry
        for entry in entries
        if entry.facts["action"] == "publish" and entry.folder not in down and (entry.due <= now or entry.confirmed)
    ]
    shown.sort(key=lambda entry: (entry.due, entry.folder), reverse=True)
    tree = ET.ElementTree(_feed(account, shown[:_MOST], now))
    ET.indent(tree)
    fresh = folder / f".{uuid.uuid4().hex}.xml"
    tree.write(fresh, encoding="utf-8", xml_declaration=True)
    fresh.replace(folder / FEED)


def _entries(folder: Path) -> Iterator[_Entry]:
    for path in folder.glob(f"*/{FACTS}"):
        facts = read_json(path)
        if facts and not (path.parent / GIVEN_UP).exists():
            yield _Entry(path.parent.name, facts, read_json(path.parent / CONFIRMED))


def _feed(account: Account, entries: list[_Entry], now: datetime) -> ET.Element:
    ET.register_namespace("atom", _ATOM)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    base = account.settings.get("feed_base_url", "").rstrip("/")
    _add(channel, "title", account.name)
    _add(channel, "link", account.settings["site_url"])
    _add(channel, "description", f"Tin mới của {account.name}")
    _add(channel, "language", "vi")
    _add(channel, "lastBuildDate", format_datetime(now))
    if base:
        ET.SubElement(channel, f"{{{_ATOM}}}link", href=f"{base}/{FEED}", rel="self", type="application/rss+xml")
    for entry in entries:
        _item(channel, entry, base)
    return rss


def _item(channel: ET.Element, entry: _Entry, base: str) -> None:
    item = ET.SubElement(channel, "item")
    facts, place = entry.facts, f"{base}/{quote(entry.folder)}"
    told = str(entry.confirmed.get("link", ""))
    link = told if urlsplit(told).scheme in ("http", "https") else f"{place}/{ARTICLE}" if base else ""
    _add(item, "title", facts["title"])
    if link:
        _add(item, "link", link)
    _add(item, "description", facts["summary"] or facts["title"])
    _add(item, "guid", facts["key"]).set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(entry.due))
    picture = next((each for each in facts["files"] if each["kind"] == "picture"), None)
    if base and picture:
        where = f"{place}/{quote(picture['name'])}"
        ET.SubElement(item, "enclosure", url=where, length=str(picture["bytes"]), type=picture["media_type"])


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _FORBIDDEN.sub("", text)
    return element
