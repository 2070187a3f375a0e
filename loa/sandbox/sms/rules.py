"""The rules of the imitation gateways and carriers: every one of them can be switched by a scenario."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from loa.errors import LoaError

ENDLESS = -1
WHOLE_CALLS = frozenset({"auth", "ip_not_allowed", "balance", "rate_limited"})
"""Why a gateway refuses every call, when a scenario says so."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How gateways and carriers behave. Shares are 0 to 1 of all messages; carriers are named as in ``carriers``."""

    magic: bool = False
    """Whether the last four digits 0000 to 0009 of a number choose its fate (``course``)."""
    refuse: Mapping[str, str] = field(default_factory=dict)
    """Face → the reason of ``WHOLE_CALLS`` with which it refuses every call."""
    balance: int = ENDLESS
    """Whole VND that each account has at each gateway; it counts down with every part. -1: it never ends."""
    price: int = 250
    """Whole VND a part."""
    requests: Mapping[str, Sequence[float]] = field(default_factory=lambda: {"speedsms": (60, 60)})
    """Face → (so many calls, in so many seconds) of one account; more are answered with "too many"."""
    senders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Carrier → the sender names that are registered with it. A carrier that is not named takes every name."""
    templates: Sequence[str] = ()
    """Registered templates with ``*`` for what changes; none: any text goes (advertising needs no template)."""
    blacklist: Sequence[str] = ()
    """Words that no carrier lets through, whatever their case."""
    no_unicode: Sequence[str] = ()
    """Carriers that take no Unicode."""
    forbidden: Mapping[str, str] = field(default_factory=dict)
    """Carrier → characters that it refuses, such as ``#&``."""
    repeat_seconds: float = 0
    """The same text to the same number within this time is dropped by the carrier; 0: it is not."""
    approval_seconds: float = 0
    """Advertising waits so long for a person at the gateway; 0: no person looks."""
    approved: bool = True
    """What that person says."""
    label: bool = False
    """Whether carriers put [QC] before, and how to refuse after, an advertisement that lacks them."""
    ported: float = 0.08
    """Numbers that are with another carrier than their prefix says."""
    median_seconds: float = 4.0
    """Half of all handsets have their message after this time."""
    late: float = 0.0
    """Messages that arrive after hours."""
    very_late: float = 0.0
    """Messages that arrive after more than two days."""
    undelivered: float = 0.0
    """Messages that no handset ever gets."""
    silent: float = 0.0
    """Messages of which no receipt ever tells."""
    lost_part: float = 0.0
    """Long messages of which one part gets lost."""
    duplicates: float = 0.01
    """Messages whose last receipt comes twice."""
    disorder: float = 0.01
    """Messages whose last receipt comes before the first."""
    webhooks: Mapping[str, str] = field(default_factory=dict)
    """Face, or face/sender → the address on this machine that was given to the gateway once for all calls: for texts
    from citizens, and for receipts where a call cannot name an address itself."""

    def webhook(self, face: str, sender: str) -> str:
        """Where a gateway reports for a sender; empty: nowhere."""
        return self.webhooks.get(f"{face}/{sender}") or self.webhooks.get(face, "")


LIFELIKE = Rules(magic=True, late=0.02, very_late=0.002, undelivered=0.02, silent=0.005, lost_part=0.002)
"""What ``loa sandbox sms`` begins with."""


def rules_from(given: Mapping[str, Any], base: Rules) -> Rules:
    """``base`` with the rules that ``given`` (as JSON gives them) changes.

    Raises:
        LoaError: E856, an unknown rule or a value of another kind.
    """
    usual = Rules()
    known = {each.name: getattr(usual, each.name) for each in fields(Rules)}
    for name, value in given.items():
        if name not in known or not _same_kind(value, known[name]) or not _fits(name, value):
            raise LoaError("E856", rule=name, accepted=", ".join(known))
    return replace(base, **given)


def as_json(rules: Rules) -> dict[str, Any]:
    """What ``rules_from`` takes back."""
    return asdict(rules)


def _same_kind(value: object, known: object) -> bool:
    if isinstance(known, bool) or isinstance(value, bool):
        return isinstance(known, bool) and isinstance(value, bool)
    kinds: tuple[tuple[type, type | types.UnionType], ...] = ((int, int), (float, int | float), (Mapping, Mapping))
    for kind, accepted in kinds:
        if isinstance(known, kind):
            return isinstance(value, accepted)
    return _is_names(value)


def _fits(name: str, value: Any) -> bool:
    """Whether what stands inside a rule with several entries is of its kind."""
    inside = _INSIDE.get(name)
    return inside is None or all(inside(each) for each in value.values())


def _is_limit(value: object) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2 and all(_is_positive(each) for each in value)  # noqa: PLR2004 - so many, in so many seconds


def _is_positive(value: object) -> bool:
    return isinstance(value, (int, float)) and value > 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_names(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)


_INSIDE: Mapping[str, Callable[[Any], bool]] = {
    "refuse": lambda reason: reason in WHOLE_CALLS,
    "requests": _is_limit,
    "senders": _is_names,
    "forbidden": _is_text,
    "webhooks": _is_text,
}
"""Rule → what each of its values must be."""
