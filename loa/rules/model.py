"""The rules of messages to people, as dated data: what the law and the house ask of each class of message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

ClassName = Literal["emergency", "public_info", "operations", "advertising"]
DEFAULT_CLASS: ClassName = "public_info"
Must = Literal["required", "forbidden", "free"]


@dataclass(frozen=True, slots=True)
class MessageClass:
    """What one class of message must keep to."""

    name: ClassName
    title: str
    """How people call it, in Vietnamese."""
    basis: str
    """The legal basis, or that it is the house's own rule."""
    opens: time | None
    closes: time | None
    """Messages leave from ``opens`` until before ``closes``, local time; None: at any hour."""
    cap: int
    """The most messages to one number within ``cap_span``, over all campaigns; 0: no cap."""
    cap_span: timedelta
    label: Must
    """[QC] or [AD] at the front."""
    opt_out: Must
    """How to refuse, at the end."""
    needs_consent: bool
    """Only lists with a consent; a legal basis is not enough."""
    keeps_opt_outs: bool
    """Numbers that asked for no more messages get none."""
    do_not_call_days: int
    """The register of do-not-call numbers must be at most so many days old; 0: it is not asked."""
    most_parts: int
    approvals: int
    """So many named people, whatever the house's own policy says."""
    needs_reason: bool
    """The approver must write why (an emergency breaks quiet hours)."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the rules."""

    id: str
    """Such as ``vn-2026-11``; printed in every audit record."""
    valid_from: date
    checked_on: date
    basis: tuple[str, ...]
    """The legal documents, as people cite them."""
    sha256: str
    """Of the file that it was read from."""
    labels: tuple[str, ...]
    """What counts as the label of advertising."""
    opt_out_words: tuple[str, ...]
    """Words of which one must stand in an opt-out instruction."""
    link_domains: tuple[str, ...]
    """Domains that links may lead to, with everything under them."""
    large: int
    """A message to more people than this needs ``large_approvals`` named people."""
    large_approvals: int
    canary_most: int
    classes: tuple[MessageClass, ...]

    def of(self, name: str) -> MessageClass:
        """The class of this name; an empty name is the default class."""
        wanted = name or DEFAULT_CLASS
        return next(each for each in self.classes if each.name == wanted)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a guard says: let it go, hold it until a moment, or drop it; with a code of ``loa.messages`` for the why."""

    kind: Literal["allow", "hold", "drop"]
    code: str = ""
    until: datetime | None = None


ALLOW = Verdict("allow")
