"""Finding and reading templates: the workspace's own first, then those that the program brings."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from loa.errors import RenderError
from loa.reader import load
from loa.render.template import Brand, Template, check_template
from loa.workspace import Workspace, bundled

TEMPLATE_FILE, PREVIEW_FILE = "template.yaml", "preview.yaml"


def template_folder(ws: Workspace, name: str) -> Path:
    """The folder of a template.

    Raises:
        RenderError: E401, there is no such template.
    """
    folder = ws.find_template(name)
    if folder is None or not (folder / TEMPLATE_FILE).is_file():
        raise RenderError("E401", template=name)
    return folder


def _shown(ws: Workspace, path: Path) -> str:
    return ws.shown(path) if path.is_relative_to(ws.root) else "/".join(path.parts[-4:])


def brand_file(ws: Workspace) -> Path:
    """``templates/brand.yaml`` of the workspace, or the one that the program brings."""
    own = ws.templates / "brand.yaml"
    return own if own.is_file() else bundled("templates") / "brand.yaml"


def load_brand(ws: Workspace) -> Brand:
    """The brand of the workspace."""
    path = brand_file(ws)
    return _brand(path, _shown(ws, path), _stamp(path))


def load_template(ws: Workspace, name: str) -> Template:
    """A template, checked against the brand.

    Raises:
        RenderError: E401, there is no such template.
        ProblemsFound: everything that is wrong in its file.
    """
    path = template_folder(ws, name) / TEMPLATE_FILE
    brand_path = brand_file(ws)
    return _template(path, _shown(ws, path), _stamp(path), brand_path, _shown(ws, brand_path), _stamp(brand_path))


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=16)
def _brand(path: Path, shown: str, _when: tuple[int, int]) -> Brand:
    return load(path, Brand, shown).value


@lru_cache(maxsize=64)
def _template(
    path: Path, shown: str, _when: tuple[int, int], brand: Path, brand_shown: str, brand_when: tuple[int, int]
) -> Template:
    loaded = load(path, Template, shown)
    check_template(loaded, _brand(brand, brand_shown, brand_when))
    return loaded.value


def folder_hash(folder: Path, brand: Path) -> str:
    """One hash over the brand and every file of a template but its sample data, which no order sees."""
    digest = hashlib.blake2b(digest_size=16)
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != PREVIEW_FILE)
    for path in (*files, brand):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def template_formats(ws: Workspace, name: str) -> tuple[str, ...]:
    """The formats that a template can be made in."""
    return tuple(load_template(ws, name).formats)
