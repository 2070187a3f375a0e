"""Pictures made to fit a channel: what breaks its rules in bytes or pixels is derived into a variant that keeps them.

A variant is content-addressed like every asset: the same picture under the same rule has the same name and bytes.
Clips are not derived: their bytes follow from their scenes, and a clip that a channel refuses is told at render.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from loa.delivery import MediaFacts, MediaRule
from loa.render.order import Asset, Order
from loa.render.shelf import Made, Shelf

_VERSION = "1"
"""Raise it when the same picture under the same rule would give other bytes."""
_JPEG = "image/jpeg"
_MENDABLE = frozenset({"bytes", "size", "type"})


def fit(shelf: Shelf, asset: Asset, rules: Iterable[MediaRule]) -> Asset:
    """The asset itself where a rule takes it or none can be met, else its variant, from the shelf or made now.

    Raises:
        RenderError: E489, the file is damaged.
    """
    rule = _rule_to_meet(asset, rules)
    if rule is None:
        return asset
    key = _key(asset, rule)
    found = shelf.find(key)
    if found is not None:
        return found
    made = _variant(asset, rule)
    return shelf.put(key, Order(asset.template, asset.format), made) if made is not None else asset


def fitted(shelf: Shelf, asset: Asset, rules: Iterable[MediaRule]) -> Asset | None:
    """As ``fit``, but nothing is made: None where the variant is not on the shelf."""
    rule = _rule_to_meet(asset, rules)
    return asset if rule is None else shelf.find(_key(asset, rule))


def _rule_to_meet(asset: Asset, rules: Iterable[MediaRule]) -> MediaRule | None:
    """The first rule that a variant may keep; None where the asset keeps one as it is, or no variant would."""
    if asset.kind != "picture":
        return None
    judged = [(rule, _faults(rule, _facts(asset))) for rule in rules if rule.kind == asset.kind]
    if any(not faults for _, faults in judged):
        return None
    return next((rule for rule, faults in judged if faults <= _MENDABLE and _may_shrink(asset, rule)), None)


def _facts(asset: Asset) -> MediaFacts:
    return MediaFacts(asset.kind, asset.media_type, asset.path.stat().st_size, asset.width, asset.height)


def _faults(rule: MediaRule, facts: MediaFacts) -> set[str]:
    return {fault.name for fault in rule.faults(facts) if not fault.untried}


def _may_shrink(asset: Asset, rule: MediaRule) -> bool:
    """Variants are JPEGs and never larger than their picture."""
    short, long = sorted((asset.width, asset.height))
    return _JPEG in rule.media_types and short >= rule.min_size[0] and long >= rule.min_size[1]


def _key(asset: Asset, rule: MediaRule) -> str:
    told = ["fit", _VERSION, asset.sha256, asset.alt_text, rule.max_bytes, rule.max_size, rule.min_size, rule.ratio]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=20).hexdigest()


def _variant(asset: Asset, rule: MediaRule) -> Made | None:
    from loa.render.shrink import shrunk  # noqa: PLC0415 (Pillow is loaded when it is needed)

    made = shrunk(asset.path, rule.max_bytes, rule.max_size)
    if made is None:
        return None
    facts = MediaFacts(asset.kind, _JPEG, len(made.data), made.width, made.height)
    return None if _faults(rule, facts) else Made("jpg", made.data, made.width, made.height, asset.alt_text)
