"""Which units of a pack need a look first, and why: what a person would search for among a hundred like pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from loa.dispatch import DeliveryView
from loa.messages import Lang
from loa.preview.faces.lints import Lint
from loa.workspace import UnitTree

_OTHER_LENGTH = 0.2
"""A text that differs by more from the middle one is told."""
Notes = Iterator[tuple[int, str, str]]
"""Number of a delivery, and what is unusual about it in Vietnamese and English."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit of a pack, and what is unusual about it, the gravest first."""

    view: DeliveryView
    notes: tuple[str, ...]


def ranked(
    views: Sequence[DeliveryView], units: UnitTree, lints_of: Callable[[DeliveryView], Sequence[Lint]], lang: Lang
) -> list[Ranked]:
    """The units of a pack: the graver and the more there is to say, the earlier; else in their order."""
    if len(views) == 1:
        return [Ranked(views[0], ())]
    looks = (_unmade, _missing_pictures, lambda each: _lints(each, lints_of), lambda each: _lacks(each, units))
    weighed = [[*look(views)] for look in (*looks, _unlike, _longest_name)]
    weight, notes = _weight(views, weighed, lang)
    listed = [Ranked(view, tuple(dict.fromkeys(notes[view.id]))) for view in views]
    return sorted(listed, key=lambda each: weight[each.view.id])


def _weight(
    views: Sequence[DeliveryView], found: Sequence[Sequence[tuple[int, str, str]]], lang: Lang
) -> tuple[dict[int, list[bool]], dict[int, list[str]]]:
    """For sorting, and in words; what is said of every unit alike sets none apart."""
    weight: dict[int, list[bool]] = {view.id: [] for view in views}
    notes: dict[int, list[str]] = {view.id: [] for view in views}
    times = Counter(words for each in found for _, words in {(number, vi) for number, vi, _ in each})
    for look in found:
        apart = [said for said in look if times[said[1]] < len(views)]
        named = {number for number, _, _ in apart}
        for view in views:
            weight[view.id].append(view.id not in named)
        for number, vi, en in apart:
            notes[number].append(en if lang == "en" else vi)
    return weight, notes


def _unmade(views: Sequence[DeliveryView]) -> Notes:
    for view in views:
        if not view.content_hash:
            yield view.id, "Chưa dựng xong", "Not made yet"


def _missing_pictures(views: Sequence[DeliveryView]) -> Notes:
    usual = median(len(view.attachments) for view in views)
    for view in views:
        count = len(view.attachments)
        if count != usual:
            yield view.id, f"{count} ấn phẩm, các nơi khác {usual:g}", f"{count} assets, elsewhere {usual:g}"


def _lints(views: Sequence[DeliveryView], lints_of: Callable[[DeliveryView], Sequence[Lint]]) -> Notes:
    for view in views:
        for lint in lints_of(view):
            yield view.id, lint.text, lint.text


def _lacks(views: Sequence[DeliveryView], units: UnitTree) -> Notes:
    known = {view.id: units.get(view.unit_code) for view in views if view.unit_code in units}
    others_have_logos = any(unit.logo for unit in known.values())
    for number, unit in known.items():
        if not unit.hotline:
            yield number, "Thiếu số hỗ trợ", "No hotline"
        if others_have_logos and not unit.logo:
            yield number, "Thiếu biểu trưng", "No logo"


def _unlike(views: Sequence[DeliveryView]) -> Notes:
    usual = median(len(view.text) for view in views) or 1
    for view in views:
        share = len(view.text) / usual - 1
        if share > _OTHER_LENGTH:
            yield view.id, "Lời dài hơn các nơi", "A longer text than elsewhere"
        elif share < -_OTHER_LENGTH:
            yield view.id, "Lời ngắn hơn các nơi", "A shorter text than elsewhere"


def _longest_name(views: Sequence[DeliveryView]) -> Notes:
    longest = max(views, key=lambda view: len(view.unit_name))
    yield longest.id, "Tên đơn vị dài nhất", "The longest name of a unit"
