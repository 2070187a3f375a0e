"""What became of messages after the gateways took them: lines by campaign and account, and the reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from loa.dispatch.views import DeliveryView, FatesView
from loa.messages import Lang, sentence

FIGURES = ("accepted", "delivered", "partial", "failed", "on_the_way", "no_receipt")
"""The columns; all but the first add up to the first."""
_NO_DETAIL = re.compile(r"\s*\([^()]*\{?detail\}?[^()]*\)|\s*\(\s*[–…]?\s*\)")


@dataclass
class FatesLine:
    """The messages of one account in one campaign."""

    name: str
    hours: int
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(``failed``, ``refused`` or ``dropped``; code) → messages."""

    def add(self, fates: FatesView) -> None:
        self.hours = max(self.hours, fates.hours)
        self.counts["accepted"] += fates.accepted
        self.counts["failed"] += sum(fates.failed.values())
        for name in ("delivered", "partial", "on_the_way", "no_receipt"):
            self.counts[name] += getattr(fates, name)
        for kind, told in (("failed", fates.failed), ("refused", fates.refused), ("dropped", fates.dropped)):
            for code, count in told.items():
                self.reasons[kind, code] += count


Sections = tuple[tuple[str, str, tuple[FatesLine, ...]], ...]
"""(campaign id, its title, its lines)."""


def fates_lines(views: Sequence[DeliveryView]) -> Sections:
    """One line a campaign and account of whose messages something is known."""
    grouped: dict[str, dict[str, FatesLine]] = {}
    titles: dict[str, str] = {}
    for view in views:
        if view.fates is not None:
            titles.setdefault(view.campaign_id, view.campaign_title)
            lines = grouped.setdefault(view.campaign_id, {})
            lines.setdefault(view.account_id, FatesLine(view.account_name, view.fates.hours)).add(view.fates)
    return tuple((each, titles[each], tuple(lines.values())) for each, lines in grouped.items())


def sum_of(sections: Sections) -> FatesLine:
    """All lines together."""
    whole = FatesLine("", 0)
    for _, _, lines in sections:
        for line in lines:
            whole.hours = max(whole.hours, line.hours)
            whole.counts += line.counts
            whole.reasons += line.reasons
    return whole


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why some messages did not arrive or were never sent."""

    kind: str
    code: str
    words: str
    count: int


def reason_lines(line: FatesLine, lang: Lang, unnamed: str) -> tuple[ReasonLine, ...]:
    """The reasons of a line, the most frequent of each kind first; ``unnamed`` stands where a gateway gave none."""
    place = {"failed": 0, "refused": 1, "dropped": 2}
    ordered = sorted(line.reasons.items(), key=lambda pair: (place[pair[0][0]], -pair[1], pair[0][1]))
    return tuple(
        ReasonLine(kind, code, reason_words(code, lang) or unnamed, count) for (kind, code), count in ordered if count
    )


def reason_words(code: str, lang: Lang) -> str:
    """The sentence of a code that stands for many messages: without the detail of a single one."""
    return _NO_DETAIL.sub("", sentence(code, {"detail": ""}, lang)) if code else ""
