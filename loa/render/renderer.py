"""The renderer: orders in, assets out. What was made once is never made again."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from loa.errors import LoaError, Problem, ProblemsFound, RenderError
from loa.render.audio import is_audio
from loa.render.fontfiles import fonts_hash
from loa.render.library import (
    brand_file,
    folder_hash,
    load_brand,
    load_template,
    shared_file,
    template_folder,
    template_formats,
)
from loa.render.order import RENDERER_VERSION, Asset, Order
from loa.render.shelf import Made, Shelf, file_hash, sound
from loa.workspace import Workspace, open_workspace

_WORKERS = 2
_FILES = (".png", ".jpg", ".jpeg", ".webp", ".wav", ".mp3", ".m4a", ".ogg", ".mp4", ".mov", ".m4v", ".webm", ".mkv")
_WORTH_A_PROCESS = 8
"""Fewer pictures than this are done before a second process has started."""


def _plain(value: Any) -> Any:
    """Data as JSON knows it, texts composed: NFD and NFC input are the same order."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return unicodedata.normalize("NFC", str(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes pictures and clips for one workspace."""

    ws: Workspace

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.ws.assets)

    def template_hash(self, name: str, brand: str = "") -> str:
        """One hash over the files of a template, what it shares with others, and the brand."""
        return folder_hash(template_folder(self.ws, name), shared_file(self.ws), brand_file(self.ws, brand))

    def key(self, order: Order) -> str:
        """The name of an order: the same for the same bytes, another for any change that could show."""
        data = _plain(order.data)
        told = {
            "renderer": RENDERER_VERSION,
            "template": [order.template, self.template_hash(order.template, order.brand)],
            "fonts": fonts_hash(),
            "format": order.format,
            "variant": order.variant,
            "data": data,
            "alt": _plain(order.alt),
            "voice": self.ws.settings.voice.model_dump() if is_audio(order.template) else None,
            "files": dict(self._files((data, load_brand(self.ws, order.brand).logo))),
        }
        canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(canonical.encode(), digest_size=20).hexdigest()

    def _files(self, data: Any) -> Iterator[tuple[str, str]]:
        """The pictures, sounds and videos of the workspace that the data names, with their hashes."""
        for text in sorted(set(_strings(data))):
            if text.lower().endswith(_FILES) and "://" not in text:
                path = self.ws.find_file(text)
                yield text, file_hash(path) if path.is_file() else ""

    def cached(self, order: Order) -> Asset | None:
        """The asset of an order, if it was made before and nobody has touched it since."""
        return self.shelf.find(self.key(order))

    @staticmethod
    def verify(asset: Asset) -> bool:
        """Whether the bytes of an asset are still those that were made."""
        return sound(asset)

    def render(self, order: Order) -> Asset:
        """The asset of an order, from the shelf or made now.

        Raises:
            LoaError: the template, the data or the picture is not in order (E4xx).
        """
        key = self.key(order)
        found = self.shelf.find(key)
        return found if found is not None else self.shelf.put(key, order, make(self.ws, order))

    def render_all(
        self, orders: Sequence[Order], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> list[Asset]:
        """The assets of many orders, in their order; ``progress(done, all)`` is called as each is ready.

        Raises:
            LoaError: the first order that could not be made; those already made stay on the shelf.
        """
        wanted = {self.key(order): order for order in orders}
        missing = [order for key, order in wanted.items() if self.shelf.find(key) is None]
        done = len(wanted) - len(missing)
        progress(done, len(wanted))
        for _ in self._make_all(missing):
            done += 1
            progress(done, len(wanted))
        return [self.render(order) for order in orders]

    def _make_all(self, orders: list[Order]) -> Iterator[None]:
        clips = sum(order.template.startswith("clips/") for order in orders)
        if len(orders) < _WORTH_A_PROCESS and clips < _WORKERS:
            for order in orders:
                self.render(order)
                yield
            return
        # spawn, on every system: Windows has nothing else, and a fork of a process with threads may hang
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(_WORKERS, mp_context=context) as pool:
            longest_first = sorted(orders, key=lambda order: not order.template.startswith("clips/"))
            tasks = [pool.submit(_in_worker, self.ws.root, order) for order in longest_first]
            for task in as_completed(tasks):
                problems = task.result()
                if problems:
                    pool.shutdown(cancel_futures=True)
                    raise _again(problems)
                yield


@lru_cache(maxsize=1)
def _renderer_of(root: Path) -> Renderer:
    """The renderer of a worker process, which serves one workspace and lives for one batch."""
    return Renderer(open_workspace(root))


def _in_worker(root: Path, order: Order) -> tuple[Problem, ...]:
    """One order in a worker process. Problems come back as values: exceptions with keywords do not pickle."""
    try:
        _renderer_of(root).render(order)
    except LoaError as error:
        return error.problems()
    return ()


def _again(problems: tuple[Problem, ...]) -> LoaError:
    return RenderError(problems[0].code, **problems[0].params) if len(problems) == 1 else ProblemsFound(problems)


def make(ws: Workspace, order: Order) -> Made:
    """Make what an order asks for, whatever the shelf holds."""
    if is_audio(order.template):
        from loa.render.audio.bulletin import make_bulletin  # noqa: PLC0415 (what is not asked for is not loaded)

        return make_bulletin(ws, order)
    from loa.render.picture import make_picture  # noqa: PLC0415 (Skia and MoviePy are loaded when they are needed)

    template = load_template(ws, order.template, order.brand)
    if template.is_clip:
        from loa.render.clip import make_clip  # noqa: PLC0415 (the same)

        return make_clip(ws, order)
    if template.printed_in(order.format):
        from loa.render.print.document import make_document  # noqa: PLC0415 (the same)

        return make_document(ws, order)
    return make_picture(ws, order)


__all__ = ["Renderer", "make", "template_formats"]
