"""Finding and reading templates: the workspace's own first, then those that the program brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from loa.errors import Problem, ProblemsFound, RenderError
from loa.reader import Loaded, load
from loa.render.audio import FORMATS, is_audio
from loa.render.brand import Brand, gradient_problems
from loa.render.fontfiles import FAMILIES, stamped_family
from loa.render.merge import check_shared, check_template
from loa.render.template import Shared, Template
from loa.workspace import Workspace, bundled

_ROLES = ("text", "title")
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


def _shipped_or_own(ws: Workspace, relative: str) -> Path:
    own = ws.inside(f"templates/{relative}")
    return own if own.is_file() else bundled("templates").joinpath(*relative.split("/"))


def brand_file(ws: Workspace, name: str = "") -> Path:
    """``templates/brand.yaml``, or ``templates/brands/<name>.yaml``; the workspace's own first.

    Raises:
        RenderError: E420, there is no brand of this name.
    """
    path = _shipped_or_own(ws, f"brands/{name}.yaml" if name else "brand.yaml")
    if not path.is_file():
        raise RenderError("E420", brand=name)
    return path


def shared_file(ws: Workspace) -> Path:
    """``templates/shared.yaml`` of the workspace, or the one that the program brings."""
    return _shipped_or_own(ws, "shared.yaml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a template: where it is, how it is called, and when it last changed."""

    path: Path
    shown: str
    stamp: tuple[int, int]


def source_of(ws: Workspace, path: Path) -> Source:
    """A file as the caches know it: a changed file is another source."""
    status = path.stat()
    return Source(path, _shown(ws, path), (status.st_mtime_ns, status.st_size))


_T = TypeVar("_T")
_held: dict[tuple[str, ...], Any] = {}
_still: list[bool] = []


def hold_still() -> None:
    """From now on this process believes that templates do not change: it makes one batch and ends."""
    _still.append(True)


def _once(key: tuple[str, ...], read: Callable[[], _T]) -> _T:
    """What was read before, in a process that believes that it has not changed since."""
    if not _still:
        return read()
    if key not in _held:
        _held[key] = read()
    found: _T = _held[key]
    return found


def load_brand(ws: Workspace, name: str = "") -> Brand:
    """The brand of this name."""
    return _once(("brand", str(ws.root), name), lambda: _with_fonts(source_of(ws, brand_file(ws, name))))


def load_template(ws: Workspace, name: str, brand: str = "") -> Template:
    """A template with what it shares, checked against the brand.

    Raises:
        RenderError: E401, there is no such template; E420, no such brand.
        ProblemsFound: everything that is wrong in its file.
    """
    return _once(("template", str(ws.root), name, brand), lambda: _load_template(ws, name, brand))


def _load_template(ws: Workspace, name: str, brand: str) -> Template:
    path = template_folder(ws, name) / TEMPLATE_FILE
    return _template(source_of(ws, path), source_of(ws, shared_file(ws)), source_of(ws, brand_file(ws, brand)))


@lru_cache(maxsize=64)
def _brand(source: Source) -> Brand:
    """A brand says only what differs from the one that the program brings."""
    loaded = load(source.path, Brand, source.shown)
    default = bundled("templates") / "brand.yaml"
    whole = loaded.value if source.path == default else loaded.value.over(load(default, Brand, default.name).value)
    if problems := [*gradient_problems(loaded, whole), *_font_problems(loaded, source.path)]:
        raise ProblemsFound(problems)
    return whole


def _with_fonts(source: Source) -> Brand:
    """A brand whose own fonts are told by their files and when these last changed: a changed file is another font."""
    brand = _brand(source)
    named = tuple(getattr(brand.fonts, role) for role in _ROLES)
    if all(name in FAMILIES for name in named):
        return brand
    return _dressed(source, tuple(name if name in FAMILIES else _stamped(source.path, name) for name in named))


def _stamped(brand: Path, name: str) -> str:
    path = _font_file(brand, name)
    status = path.stat()
    return stamped_family(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _dressed(source: Source, families: tuple[str, ...]) -> Brand:
    brand = _brand(source)
    fonts = brand.fonts.model_copy(update=dict(zip(_ROLES, families, strict=True)))
    return brand.model_copy(update={"fonts": fonts})


def _font_file(brand: Path, name: str) -> Path:
    """Where a font of an office lies: in ``templates/fonts/``."""
    templates = next((folder for folder in brand.parents if folder.name == "templates"), brand.parent)
    return templates / "fonts" / Path(name).name


def _is_there(path: Path) -> bool:
    """Whether this is a file; a name that no file system takes is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _font_problems(loaded: Loaded[Brand], brand: Path) -> list[Problem]:
    """The fonts that a brand names and that are not there."""
    named = {role: str(getattr(loaded.value.fonts, role)) for role in _ROLES}
    return [
        Problem("E452", {"font": name}, loaded.place_of(("fonts", role)), FAMILIES)
        for role, name in named.items()
        if name not in FAMILIES and not _is_there(_font_file(brand, name))
    ]


@lru_cache(maxsize=16)
def _shared(source: Source, brand: Source) -> Shared:
    return check_shared(load(source.path, Shared, source.shown), _brand(brand))


@lru_cache(maxsize=128)
def _template(source: Source, shared: Source, brand: Source) -> Template:
    return check_template(load(source.path, Template, source.shown), _shared(shared, brand), _brand(brand))


def folder_hash(folder: Path, *common: Path) -> str:
    """One hash over every file of a template but its sample data, which no order sees, and over the common files."""
    digest = hashlib.blake2b(digest_size=16)
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != PREVIEW_FILE)
    for path in (*files, *common):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def template_formats(ws: Workspace, name: str) -> tuple[str, ...]:
    """The formats that a template can be made in."""
    if is_audio(name):
        return FORMATS
    return tuple(load_template(ws, name).formats)
