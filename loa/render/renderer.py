"""The renderer: orders in, assets out. What was made once is never made again."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from loa.errors import LoaError, Problem, ProblemsFound, RenderError
from loa.render.audio import is_audio
from loa.render.common import CommonShelf
from loa.render.keys import Keys
from loa.render.library import hold_still, load_template, template_formats
from loa.render.order import Asset, Order
from loa.render.shared import Exchange
from loa.render.shelf import Made, Shelf, sound
from loa.workspace import Workspace, open_workspace

_HELPERS = 1
_ASIDE = 10
"""Niceness."""
_SELDOM = (100_000, 50, 50)
_WORTH_A_PROCESS = 8
"""Fewer pictures than this are done before a second process has started."""
_BATCH = 4
"""Pictures taken at a time: enough that handing over costs nothing, few enough that both processes end together."""


@dataclass(frozen=True, slots=True)
class Unmade:
    """Why an order could not be made; those beside it go on."""

    problems: tuple[Problem, ...]


_Batch = list[tuple[str, Order]]
_Result = list[tuple[str, Asset | Unmade]]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes pictures and clips for one workspace; with an ``exchange``, for all machines that share its store."""

    ws: Workspace
    exchange: Exchange | None = None

    @property
    def shelf(self) -> Shelf:
        return CommonShelf(self.ws.assets, self.exchange) if self.exchange is not None else Shelf(self.ws.assets)

    def template_hash(self, name: str, brand: str = "") -> str:
        """One hash over the files of a template, what it shares with others, and the brand."""
        return Keys(self.ws).template(name, brand)

    def key(self, order: Order) -> str:
        """The name of an order: the same for the same bytes, another for any change that could show."""
        return Keys(self.ws).of(order)

    def cached(self, order: Order, keys: Keys | None = None) -> Asset | None:
        """The asset of an order, if it was made before and nobody has touched it since.

        Who asks for many hands in the ``keys`` of this one look: templates are read once.
        """
        return self.shelf.find((keys or Keys(self.ws)).of(order))

    def bring(self, orders: Iterable[Order], seconds: float | None = None) -> None:
        """Fetch what other machines have made of these orders, waiting so long for it (None: to the end)."""
        if self.exchange is not None:
            keys = Keys(self.ws)
            names = {keys.of(order) for order in orders}
            self.shelf.bring([name for name in names if self.shelf.glance(name) is None], seconds)

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
            LoaError: the first order that could not be made; all others are made and stay on the shelf.
        """
        return list(map(made, self.try_all(orders, progress)))

    def try_all(
        self, orders: Sequence[Order], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> list[Asset | Unmade]:
        """The assets of many orders, in their order, or why one could not be made: it holds up no other."""
        keys = Keys(self.ws)
        names = [keys.of(order) for order in orders]
        wanted = dict(zip(names, orders, strict=True))
        found: dict[str, Asset | Unmade] = {**self._found_or_brought(wanted)}
        missing = {key: order for key, order in wanted.items() if key not in found}
        progress(len(found), len(wanted))
        for key, result in self._make_all(missing):
            found[key] = result
            progress(len(found), len(wanted))
        return [found[name] for name in names]

    def missing(self, orders: Iterable[Order]) -> tuple[dict[str, Order], dict[str, Order]]:
        """All different orders by their keys, and those of them that no machine has made yet."""
        keys = Keys(self.ws)
        wanted = {keys.of(order): order for order in orders}
        found = self._found_or_brought(wanted)
        return wanted, {key: order for key, order in wanted.items() if key not in found}

    def _found_or_brought(self, wanted: Mapping[str, Order]) -> dict[str, Asset]:
        assets = self._found(wanted)
        if self.exchange is not None:
            self.exchange.forget_answers()  # somebody has asked for them just now
            self.shelf.bring([key for key in wanted if key not in assets])
            assets |= self._found(key for key in wanted if key not in assets)
        return assets

    def _found(self, keys: Iterable[str]) -> dict[str, Asset]:
        shelf = self.shelf
        return {key: asset for key in keys if (asset := shelf.glance(key)) is not None}

    def _make_all(self, orders: Mapping[str, Order]) -> Iterator[tuple[str, Asset | Unmade]]:
        clips = sum(order.template.startswith("clips/") for order in orders.values())
        if len(orders) < _WORTH_A_PROCESS and clips <= _HELPERS:
            for key, order in orders.items():
                yield key, _try(self, key, order)
            return
        with helpers(_HELPERS) as pool, _calm():
            yield from self._side_by_side(pool, deque(batches_of(orders)))

    def _side_by_side(self, pool: ProcessPoolExecutor, left: deque[_Batch]) -> Iterator[tuple[str, Asset | Unmade]]:
        """This process and its helper take batches from the two ends: work goes on while the helper gets ready."""
        asked: set[Future[_Result]] = set()
        while left or asked:
            while left and len(asked) <= _HELPERS:
                asked.add(pool.submit(in_helper, self.ws.root, left.pop()))
            if left:
                results = [_make_batch(self, left.popleft())]
            else:
                wait(asked, return_when=FIRST_COMPLETED)
                results = []
            ready = {task for task in asked if task.done()}
            asked -= ready
            for batch in (*results, *(task.result() for task in ready)):
                for key, result in batch:
                    yield key, self.shelf.glance(key) or result  # what a helper made is shared from here


def batches_of(orders: Mapping[str, Order], size: int = _BATCH) -> Iterator[_Batch]:
    """Orders as helpers take them: clips one by one and first, then pictures that look alike side by side."""
    alike = sorted(orders.items(), key=lambda item: (item[1].template, item[1].brand, item[1].variant, item[1].format))
    clips = [item for item in alike if item[1].template.startswith("clips/")]
    stills = [item for item in alike if not item[1].template.startswith("clips/")]
    yield from ([clip] for clip in clips)
    yield from (stills[at : at + size] for at in range(0, len(stills), size))


@contextmanager
def _calm() -> Iterator[None]:
    """Fewer walks through all that is remembered, in search of circles that a batch does not make."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _get_ready(aside: bool) -> None:  # noqa: FBT001 - a pool gives its arguments by place
    if aside:
        stand_aside()
    hold_still()
    gc.set_threshold(*_SELDOM)
    threading.Thread(target=end_with_parent, daemon=True).start()


def stand_aside() -> None:
    """This process leaves the machine to whoever else wants it; Windows shares it out by itself."""
    if hasattr(os, "nice"):
        os.nice(_ASIDE)


def end_with_parent() -> None:
    """A process that was killed ends none of its helpers: each sees to it, in a thread, that it does not stay."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # whatever is half made was for nobody


@lru_cache(maxsize=1)
def _renderer_of(root: Path) -> Renderer:
    """The renderer of a worker process, which serves one workspace and lives for one batch."""
    return Renderer(open_workspace(root))


def helpers(count: int, *, aside: bool = False) -> ProcessPoolExecutor:
    """Processes that make batches (``in_helper``). They believe that the files of the workspace do not change.

    ``aside``: they leave the machine to whoever else wants it.
    """
    # spawn, on every system: Windows has nothing else, and a fork of a process with threads may hang
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_get_ready, initargs=(aside,))


def in_helper(root: Path, batch: _Batch) -> _Result:
    """Make a batch for the workspace at ``root``; what was made, and why an order could not be."""
    return _make_batch(_renderer_of(root), batch)


def _make_batch(renderer: Renderer, batch: _Batch) -> _Result:
    return [(key, _try(renderer, key, order)) for key, order in batch]


def _try(renderer: Renderer, key: str, order: Order) -> Asset | Unmade:
    """The asset, or why there is none. Problems are values: exceptions with keywords do not pickle."""
    try:
        return renderer.shelf.put(key, order, make(renderer.ws, order))
    except LoaError as error:
        renderer.shelf.refuse(key, error.problems()[0])
        return Unmade(error.problems())


def made(result: Asset | Unmade) -> Asset:
    """The asset.

    Raises:
        LoaError: it could not be made.
    """
    if isinstance(result, Unmade):
        raise as_error(result.problems)
    return result


def as_error(problems: Sequence[Problem]) -> LoaError:
    """Problems that another process told, as they are raised here."""
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


__all__ = ["Renderer", "Unmade", "made", "make", "template_formats"]
