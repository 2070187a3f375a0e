"""The name of an order: the same for the same bytes, another for any change that could show."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from loa.render.audio import is_audio
from loa.render.fontfiles import FAMILIES, file_of, fonts_hash
from loa.render.library import brand_file, folder_hash, load_brand, shared_file, template_folder
from loa.render.order import RENDERER_VERSION, Order
from loa.render.shelf import file_hash
from loa.workspace import Workspace

_FILES = (".png", ".jpg", ".jpeg", ".webp", ".wav", ".mp3", ".m4a", ".ogg", ".mp4", ".mov", ".m4v", ".webm", ".mkv")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _plain(value: Any, files: list[str]) -> Any:
    """Data as JSON knows it, texts composed: NFD and NFC input are the same order. The files it names are noted."""
    if isinstance(value, str):
        if "." in value[-5:] and value.lower().endswith(_FILES) and "://" not in value:
            files.append(value)
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict | Mapping):
        return {str(name): _plain(inner, files) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, files) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return unicodedata.normalize("NFC", str(value))


class Keys:
    """The names of many orders. Each file is read once: a new one of these is made for each look at the workspace."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._templates: dict[tuple[str, str], str] = {}
        self._files: dict[str, str] = {}
        self._brands: dict[str, tuple[str, ...]] = {}

    def of(self, order: Order) -> str:
        """The name of an order."""
        files: list[str] = []
        data = _plain(order.data, files)
        told = {
            "renderer": RENDERER_VERSION,
            "template": [order.template, self.template(order.template, order.brand)],
            "fonts": fonts_hash(),
            "format": order.format,
            "variant": order.variant,
            "data": data,
            "alt": _plain(order.alt, []),
            "voice": self._voice if is_audio(order.template) else None,
            "files": {name: self._file(name) for name in (*files, *self._brand(order.brand))},
        }
        return hashlib.blake2b(_encode(told).encode(), digest_size=20).hexdigest()

    def sources(self, order: Order) -> dict[str, str]:
        """What an order is made from besides its data, each with its hash: names that people know."""
        files: list[str] = []
        _plain(order.data, files)
        found = {name: self._file(name) for name in (*files, *self._brand(order.brand))}
        found[f"templates/{order.template}"] = self.template(order.template, order.brand)
        found["fonts"] = fonts_hash()
        if is_audio(order.template):
            found["voice"] = hashlib.sha256(_encode(self._voice).encode()).hexdigest()
        return found

    def template(self, name: str, brand: str) -> str:
        """One hash over the files of a template, what it shares with others, and the brand."""
        if (name, brand) not in self._templates:
            common = shared_file(self._ws), brand_file(self._ws, brand)
            self._templates[name, brand] = folder_hash(template_folder(self._ws, name), *common)
        return self._templates[name, brand]

    @cached_property
    def _voice(self) -> dict[str, Any]:
        return self._ws.settings.voice.model_dump()

    def _brand(self, name: str) -> tuple[str, ...]:
        """The files that a brand names: its logo, and fonts of its own."""
        if name not in self._brands:
            brand = load_brand(self._ws, name)
            fonts = sorted({brand.fonts.text, brand.fonts.title} - set(FAMILIES))
            own = (f"templates/fonts/{file_of(font, 400).name}" for font in fonts)
            self._brands[name] = tuple(file for file in (brand.logo, *own) if file)
        return self._brands[name]

    def _file(self, name: str) -> str:
        """The hash of a picture, sound, video or font of the workspace; nothing where there is none."""
        if name not in self._files:
            path = self._ws.find_file(name)
            self._files[name] = file_hash(path) if path.is_file() else ""
        return self._files[name]
