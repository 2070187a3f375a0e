"""Everything that the plan needs made: what the channels carry, and print and sound that no channel carries."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loa.dispatch.desk import Desk
from loa.dispatch.plan import Progress, sound_campaigns, start_of
from loa.draft import Composer
from loa.errors import LoaError
from loa.render import Asset, Order
from loa.timetable import Slot, build


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to make, and for which slot; ``name`` is what the campaign file calls it: ``<make id>/<format>``."""

    slot: Slot
    name: str
    order: Order


@dataclass(frozen=True, slots=True)
class Finished:
    """What was wanted, and the asset that it became."""

    wanted: Wanted
    asset: Asset


def render_plan(desk: Desk, campaigns: Sequence[str], until: datetime, progress: Progress) -> list[Finished]:
    """Make every asset that the plan needs up to ``until``; what is there already is not made again."""
    chosen = [each for each in sound_campaigns(desk) if not campaigns or each.campaign.id in campaigns]
    by_id = {loaded.campaign.id: loaded for loaded in chosen}
    composer = Composer(desk.workspace, desk.renderer, desk.vault.mark, desk.cards)
    wanted: dict[tuple[str, str], Wanted] = {}
    for slot in build(desk.workspace, chosen, start_of(desk), until):
        loaded = by_id[slot.campaign_id]
        sent = (pair for draft in composer.drafts(loaded, slot) for pair in draft.orders)
        for name, order in (*sent, *composer.besides(loaded, slot)):
            wanted.setdefault((slot.key, name), Wanted(slot, name, order))
    return _made(desk, list(wanted.values()), progress)


def _made(desk: Desk, wanted: Sequence[Wanted], progress: Progress) -> list[Finished]:
    keys = [desk.renderer.key(each.order) for each in wanted]
    orders = {key: each.order for key, each in zip(keys, wanted, strict=True)}
    assets = dict(zip(orders, desk.renderer.render_all(list(orders.values()), progress), strict=True))
    return [Finished(each, assets[key]) for key, each in zip(keys, wanted, strict=True)]


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
