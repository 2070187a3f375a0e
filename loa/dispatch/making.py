"""Everything that the plan needs made: what the channels carry, and print and sound that no channel carries."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from loa import store
from loa.dispatch.desk import Desk
from loa.dispatch.plan import Progress, sound_campaigns, start_of
from loa.draft import Composer, media_problems, not_looked_up
from loa.errors import LoaError, Problem, ProblemsFound
from loa.render import Asset, Order, facts_of, fit
from loa.timetable import Slot, build


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to make, and for which slot; ``name`` is what the campaign file calls it: ``<make id>/<format>``."""

    slot: Slot
    name: str
    order: Order
    channels: tuple[str, ...] = ()
    """The channels that carry it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What was wanted, and the asset that it became."""

    wanted: Wanted
    asset: Asset
    sent_as: tuple[Asset, ...] = ()
    """What the channels carry: the asset itself, or smaller pictures where their rules ask for them."""


Maker = Callable[[Sequence[Order], Progress], list[Asset]]
"""Makes orders, or has them made; their assets in the same order."""


def has_renderers(desk: Desk) -> bool:
    """Whether other machines can render for this one: they have signed in at its book, and share a store with it."""
    if desk.book.is_sqlite or desk.renderer.exchange is None:
        return False
    with desk.book.read() as connection:
        return any(each.kind in ("worker", "renderer") for each in store.workers_here(connection))


def render_plan(
    desk: Desk, campaigns: Sequence[str], until: datetime, progress: Progress, make: Maker | None = None
) -> list[Finished]:
    """Make every asset that the plan needs up to ``until``; what is there already is not made again.

    ``make`` has them made elsewhere; without it they are made on this machine.

    Raises:
        LoaError: one of them cannot be made; E981, E982 all are made, but not all lie in the common store.
        ProblemsFound: a channel would not take what was made (E481 to E486).
    """
    return make_wanted(desk, wanted(desk, campaigns, until), progress, make)


def make_wanted(desk: Desk, asked: Sequence[Wanted], progress: Progress, make: Maker | None = None) -> list[Finished]:
    """Make just these, and what their channels carry of them.

    Raises:
        LoaError, ProblemsFound: as ``render_plan``.
    """
    finished = _fitted(desk, _made(make or desk.renderer.render_all, asked, progress))
    desk.renderer.shelf.finish_sharing()
    return finished


def wanted(desk: Desk, campaigns: Sequence[str], until: datetime) -> list[Wanted]:
    """Everything that the plan needs up to ``until``, of some campaigns or (none named) of all.

    Raises:
        LoaError, ProblemsFound: the files of the staff have problems.
    """
    chosen = [each for each in sound_campaigns(desk) if not campaigns or each.campaign.id in campaigns]
    by_id = {loaded.campaign.id: loaded for loaded in chosen}
    composer = Composer(desk.workspace, desk.renderer, not_looked_up, desk.cards)
    found: dict[tuple[str, str], Wanted] = {}
    for slot in build(desk.workspace, chosen, start_of(desk), until):
        loaded = by_id[slot.campaign_id]
        carried: dict[str, set[str]] = defaultdict(set)
        drafts = composer.drafts(loaded, slot)
        for draft in drafts:
            for name, _ in draft.orders:
                carried[name].add(draft.channel)
        orders = (pair for draft in drafts for pair in draft.orders)
        for name, order in (*orders, *composer.besides(loaded, slot)):
            found.setdefault((slot.key, name), Wanted(slot, name, order, tuple(sorted(carried[name]))))
    return list(found.values())


def _made(make: Maker, wanted: Sequence[Wanted], progress: Progress) -> list[Finished]:
    assets = make([each.order for each in wanted], progress)
    return [Finished(each, asset) for each, asset in zip(wanted, assets, strict=True)]


def _fitted(desk: Desk, finished: Sequence[Finished]) -> list[Finished]:
    """With what each channel carries of it: a picture that breaks a rule in bytes or pixels gets a smaller variant.

    A file that its channel would refuse all the same is told now, when it can be mended, and not on the day.
    """
    fitter = _Fitter(desk)
    told = []
    for each in finished:
        variants = {found.key: found for found in (fitter.of(each, channel) for channel in each.wanted.channels)}
        told.append(replace(each, sent_as=tuple(variants.values())))
    if fitter.problems:
        raise ProblemsFound(list(fitter.problems.values()))
    return told


class _Fitter:
    """Looks at each asset once for each channel, however many slots it serves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str], Asset] = {}
        self.problems: dict[tuple[str, str, str], Problem] = {}

    def of(self, finished: Finished, channel: str) -> Asset:
        """What the channel carries; what it would refuse is added to ``problems``."""
        asset, card = finished.asset, self._desk.cards[channel]
        if (asset.key, channel) not in self._known:
            variant = fit(self._desk.renderer.shelf, asset, card.media)
            for problem in media_problems(card, finished.wanted.name, facts_of(variant)):
                if problem.severity == "error":
                    self.problems.setdefault((asset.key, channel, problem.code), problem)
            self._known[asset.key, channel] = variant
        return self._known[asset.key, channel]


def write_out(folder: Path, finished: Sequence[Finished]) -> list[Path]:
    """Copy finished files under names for people: ``campaign/item/unit/make-format.pdf``; the files written.

    Raises:
        LoaError: E802, the folder cannot be written to.
    """
    written = []
    try:
        for target, asset in _named(finished):
            path = folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(_copy(asset.path, path.with_name(path.name + asset.path.suffix)))
            if asset.captions is not None:
                written.append(_copy(asset.captions, path.with_name(path.name + asset.captions.suffix)))
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error
    return written


def _named(finished: Sequence[Finished]) -> Iterator[tuple[Path, Asset]]:
    """Each different asset with its name; the date is told where a recurring item has several of one name."""
    groups: dict[Path, dict[str, Finished]] = defaultdict(dict)
    for each in finished:
        slot = each.wanted.slot
        name = Path(slot.campaign_id, slot.item_id, slot.unit_code, each.wanted.name.replace("/", "-"))
        groups[name].setdefault(each.asset.key, each)
    for name, members in groups.items():
        for each in members.values():
            day = f"-{each.wanted.slot.due:%Y-%m-%d}" if len(members) > 1 else ""
            yield name.with_name(name.name + day), each.asset


def _copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target
