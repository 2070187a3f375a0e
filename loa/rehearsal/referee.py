"""The referee: counts what citizens saw, from the sandbox's own journal, without asking our book."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from loa.sandbox import Effect, read_journal


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a journal holds. ``duplicates``: the same thing seen twice on one account; ``accounts`` that spoke."""

    effects: int
    by_kind: dict[str, int]
    accounts: int
    duplicates: tuple[str, ...]

    @property
    def posts(self) -> int:
        """What stands on a wall of its own: no message to a phone, no comment under a post, no change of one."""
        return sum(count for kind, count in self.by_kind.items() if kind not in _NO_POSTS)

    @property
    def messages(self) -> int:
        """What reached phones."""
        return sum(count for kind, count in self.by_kind.items() if kind in _TO_PHONES)


_TO_PHONES = frozenset({"sms", "zbs"})
_NO_POSTS = _TO_PHONES | {"comment", "revise", "remove"}


def judge(journal: Path) -> Verdict:
    """Read a sandbox journal and say what happened."""
    effects = read_journal(journal) if journal.exists() else []
    seen = Counter(_identity(effect) for effect in effects)
    return Verdict(
        effects=len(effects),
        by_kind=dict(Counter(effect.kind for effect in effects)),
        accounts=len({(effect.platform, effect.account) for effect in effects}),
        duplicates=tuple(" · ".join(identity) for identity, count in seen.items() if count > 1),
    )


def _identity(effect: Effect) -> tuple[str, ...]:
    """What makes two effects the same for a citizen: account, kind, aim, receiver, words, pictures, on one day."""
    return (
        effect.platform,
        effect.account,
        effect.kind,
        str(effect.extra.get("target", "")),
        effect.recipient_hmac,
        str(effect.at)[:10],
        effect.text,
        ",".join(effect.media_sha256),
    )
