"""Everything that the plan needs made: what the channels carry, and print and sound that no channel carries."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from loa import store
from loa.campaign import LoadedCampaign
from loa.dispatch.desk import Desk
from loa.dispatch.plan import Parts, Progress, sound_campaigns, start_of
from loa.draft import Composer, media_problems, not_looked_up
from loa.errors import LoaError, Problem, ProblemsFound
from loa.render import Asset, Order, facts_of, fit
from loa.render.renderer import Unmade
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


@dataclass(frozen=True, slots=True)
class Failing:
    """What was wanted and could not be made, or what its channel would refuse; it holds up nothing else."""

    wanted: Wanted
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What became of all that was wanted."""

    finished: tuple[Finished, ...]
    failing: tuple[Failing, ...]


Maker = Callable[[Sequence[Order], Progress], Sequence[Asset | Unmade]]
"""Makes orders, or has them made; their assets in the same order, or why one could not be made."""


def has_renderers(desk: Desk) -> bool:
    """Whether other machines can render for this one: they have signed in at its book, and share a store with it."""
    if desk.book.is_sqlite or desk.renderer.exchange is None:
        return False
    with desk.book.read() as connection:
        return any(each.kind in ("worker", "renderer") for each in store.workers_here(connection))


def render_plan(
    desk: Desk, campaigns: Sequence[str], until: datetime, progress: Progress, make: Maker | None = None
) -> list[Finished]:
    """The same, where nothing may be missing.

    Raises:
        LoaError: as ``render_what_can_be``.
        ProblemsFound: some could not be made, or a channel would not take what was made (E481 to E486).
    """
    return all_of(render_what_can_be(desk, campaigns, until, progress, make))


def render_what_can_be(
    desk: Desk, campaigns: Sequence[str], until: datetime, progress: Progress, make: Maker | None = None
) -> Rendering:
    """Make every asset that the plan needs up to ``until``; what is there already is not made again.

    ``make`` has them made elsewhere; without it they are made on this machine. What cannot be made is told, and what
    waits for it waits alone.

    Raises:
        LoaError: the files of the staff have problems; E981, E982 all are made, but not all lie in the common store.
    """
    return make_wanted(desk, wanted(desk, campaigns, until), progress, make)


def make_wanted(desk: Desk, asked: Sequence[Wanted], progress: Progress, make: Maker | None = None) -> Rendering:
    """Make just these, and what their channels carry of them.

    Raises:
        LoaError: E981, E982 as ``render_what_can_be``.
    """
    results = (make or desk.renderer.try_all)([each.order for each in asked], progress)
    pairs = list(zip(asked, results, strict=True))
    failing = [Failing(each, result.problems) for each, result in pairs if isinstance(result, Unmade)]
    finished, refused = _fitted(desk, [Finished(each, asset) for each, asset in pairs if isinstance(asset, Asset)])
    desk.renderer.shelf.finish_sharing()
    return Rendering(tuple(finished), (*failing, *refused))


def all_of(rendering: Rendering) -> list[Finished]:
    """What was made, where nothing may be missing.

    Raises:
        ProblemsFound: something is.
    """
    problems = [problem for each in rendering.failing for problem in each.problems]
    if problems:
        raise ProblemsFound([each for number, each in enumerate(problems) if each not in problems[:number]])
    return list(rendering.finished)


def wanted(desk: Desk, campaigns: Sequence[str], until: datetime) -> list[Wanted]:
    """Everything that the plan needs up to ``until``, of some campaigns or (none named) of all.

    Raises:
        LoaError, ProblemsFound: the files of the staff have problems.
    """
    chosen = [each for each in sound_campaigns(desk) if not campaigns or each.campaign.id in campaigns]
    return _wanted_by(desk, chosen, until)


def wanted_for(desk: Desk, parts: Parts, until: datetime) -> list[Wanted]:
    """The same for some items of some campaigns; nothing else is looked at."""
    return _wanted_by(desk, sound_campaigns(desk, parts), until)


def _wanted_by(desk: Desk, chosen: Sequence[LoadedCampaign], until: datetime) -> list[Wanted]:
    by_id = {loaded.campaign.id: loaded for loaded in chosen}
    composer = Composer(desk.workspace, desk.renderer, not_looked_up, desk.cards)
    found: dict[tuple[str, str], Wanted] = {}
    for slot in build(desk.workspace, chosen, start_of(desk), until):
        loaded = by_id[slot.campaign_id]
        carried: dict[str, set[str]] = defaultdict(set)
        drafts = [draft for draft in composer.drafts(loaded, slot) if not draft.gaps]
        for draft in drafts:
            for name, _ in draft.orders:
                carried[name].add(draft.channel)
        orders = (pair for draft in drafts for pair in draft.orders)
        for name, order in (*orders, *composer.besides(loaded, slot)):
            found.setdefault((slot.key, name), Wanted(slot, name, order, tuple(sorted(carried[name]))))
    return list(found.values())


def _fitted(desk: Desk, finished: Sequence[Finished]) -> tuple[list[Finished], list[Failing]]:
    """With what each channel carries of it: a picture that breaks a rule in bytes or pixels gets a smaller variant.

    A file that its channel would refuse all the same is told now, when it can be mended, and not on the day.
    """
    fitter = _Fitter(desk)
    told, refused = [], []
    for each in finished:
        variants = {found.key: found for found in (fitter.of(each, channel) for channel in each.wanted.channels)}
        told.append(replace(each, sent_as=tuple(variants.values())))
        if problems := fitter.problems_of(each):
            refused.append(Failing(each.wanted, problems))
    return told, refused


class _Fitter:
    """Looks at each asset once for each channel, however many slots it serves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str], Asset] = {}
        self._problems: dict[tuple[str, str], list[Problem]] = {}

    def of(self, finished: Finished, channel: str) -> Asset:
        """What the channel carries; what it would refuse is kept for ``problems_of``."""
        asset, card = finished.asset, self._desk.cards[channel]
        if (asset.key, channel) not in self._known:
            variant = fit(self._desk.renderer.shelf, asset, card.media)
            found = media_problems(card, finished.wanted.name, facts_of(variant))
            self._problems[asset.key, channel] = [problem for problem in found if problem.severity == "error"]
            self._known[asset.key, channel] = variant
        return self._known[asset.key, channel]

    def problems_of(self, finished: Finished) -> tuple[Problem, ...]:
        """Why the channels of a file would refuse it."""
        names = ((finished.asset.key, channel) for channel in finished.wanted.channels)
        return tuple(problem for name in names for problem in self._problems[name])


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
