"""Any call on the way of a clip, of a hidden article, of other words may go wrong: each ends, and is seen once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from loa.delivery import Done, Message, Pending, Publisher
from loa.sandbox import Fault, FaultKind

from .conftest import Bench
from .driver import carry_through, numbered

KINDS: list[FaultKind] = [
    "drop_before",
    "drop_after",
    "error500_before",
    "error500_after",
    "garbage",
    "truncated",
    "wrong_json",
    "error_body",
    "429",
    "429_bare",
    "token_expired",
    "slow_verify",
]
SEEDS = range(8)


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def spoil(it: Bench, kind: FaultKind, seed: int) -> None:
    nth = random.Random(f"{kind}/{seed}").randint(1, 8)
    it.sandbox.play([Fault(face="zalo", method="*", kind=kind, nth=nth)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_clip_ends_as_one_article(it: Bench, kind: FaultKind) -> None:
    publisher = it.publisher()
    for seed in SEEDS:
        message = numbered(it.message(attachments=(it.picture(), it.clip())), seed, titled=True)
        spoil(it, kind, seed)
        assert isinstance(carry_through(publisher, message, it.clock).last, Done), seed
    assert Counter(effect.title for effect in it.journal()).most_common(1)[0][1] == 1
    assert len(it.journal()) == len(SEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_article_is_made_once_and_shown_once(it: Bench, kind: FaultKind) -> None:
    publisher = it.publisher()
    for seed in SEEDS:
        message = numbered(it.message(options={"hidden_first": "yes"}), seed, titled=True)
        spoil(it, kind, seed)
        assert isinstance(carry_through(_PersonSaysYes(publisher), message, it.clock).last, Done), seed
    assert [effect.kind for effect in it.journal()] == ["article"] * len(SEEDS)
    assert len({effect.title for effect in it.journal()}) == len(SEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_other_words_and_a_removal_come_to_their_end(it: Bench, kind: FaultKind) -> None:
    publisher = it.publisher()
    for seed in SEEDS:
        it.sandbox.play([])
        message = numbered(it.message(), seed, titled=True)
        done = carry_through(publisher, message, it.clock).last
        assert isinstance(done, Done)
        revised = replace(message, action="revise", target=done.receipt.platform_id, text=f"Đính chính {seed}.")
        removal = Message(key=f"go-{seed}", text="", action="remove", target=done.receipt.platform_id)
        for change in (revised, removal):
            spoil(it, kind, seed)
            assert isinstance(carry_through(publisher, change, it.clock).last, Done), (seed, change.action)
    assert Counter(effect.kind for effect in it.journal()) == dict.fromkeys(("article", "revise", "remove"), len(SEEDS))


class _PersonSaysYes:
    """A horn beside which somebody sits who lets every hidden article be shown."""

    def __init__(self, horn: Publisher) -> None:
        self._horn = horn

    def __getattr__(self, name: str) -> object:
        return getattr(self._horn, name)

    def follow_up(self, message: Message, receipt: object) -> object:
        ending = self._horn.follow_up(message, receipt)  # type: ignore[arg-type]  # passed on as it came
        if isinstance(ending, Pending) and ending.receipt.details.get("waits_for") == "person":
            agreed = {**ending.receipt.details, "shown_by": "Nguyễn Thị Hạnh"}
            return replace(ending, receipt=replace(ending.receipt, details=agreed))
        return ending
