"""Every way of sending × every misbehaviour × twenty seeds: each message ends, and citizens see it once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import get_args

import pytest
from support.subtitles import subtitled

from loa.delivery import Absent, AuthNeeded, Done, Found, Message, Pending, RetryLater, Unknown
from loa.sandbox import Fault, FaultKind
from publishers import REGISTRY

from .conftest import Bench
from .driver import carry_through, numbered, published_at_last

SEEDS = range(20)
AMBIGUOUS = 100
Benches = Callable[[str], Bench]


@dataclass(frozen=True)
class Way:
    """One way of sending: its channel, what the message carries, and the one call that citizens see."""

    channel: str
    face: str
    commit: str
    carry: Callable[[Bench], Mapping[str, object]] = lambda _: {}
    nth: int = 1
    """Which call to that route is the one: an upload in phases uses the same route before."""


def _picture(it: Bench) -> Mapping[str, object]:
    return {"attachments": (it.picture(),)}


def _clip(it: Bench) -> Mapping[str, object]:
    return {"attachments": (it.clip(),)}


def _landscape(it: Bench) -> Mapping[str, object]:
    return {"attachments": (replace(it.clip(), width=1280, height=720),)}


def _captioned(it: Bench) -> Mapping[str, object]:
    place = it.folder / "loi-thoai.srt"
    place.write_text("1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ tại nhà\n", encoding="utf-8")
    return {"attachments": (subtitled(it.clip(), place),)}


def _commented(it: Bench) -> Mapping[str, object]:
    return {"link": "https://dichvucong.gov.vn/10-10", "options": {"link_in_comment": "yes"}, **_picture(it)}


WAYS = {
    "facebook text": Way("facebook", "facebook", "*/feed"),
    "facebook photo": Way("facebook", "facebook", "*/feed", _picture),
    "facebook comment": Way("facebook", "facebook", "*/feed", _commented),
    "facebook reel": Way("facebook", "facebook", "*/video_reels", _clip, nth=2),
    "facebook captions": Way("facebook", "facebook", "*/video_reels", _captioned, nth=2),
    "facebook video": Way("facebook", "facebook", "*/videos", _landscape, nth=3),
    "zalo article": Way("zalo", "zalo", "*/article/create"),
    "zalo clip": Way("zalo", "zalo", "*/article/create", _clip),
    "x text": Way("x", "x", "*/2/tweets"),
    "x picture": Way("x", "x", "*/2/tweets", _picture),
    "x clip": Way("x", "x", "*/2/tweets", _landscape),
    "sms": Way("sms", "esms", "*"),
}
READABLE = [name for name, way in WAYS.items() if REGISTRY[way.channel].card.read_back in {"exact", "good"}]
TAKEN = (Done, Pending)
EXPECTED: dict[FaultKind, tuple[type, ...]] = {
    "drop_before": (Unknown,),
    "drop_after": (Unknown,),
    "error500_before": (Unknown,),
    "error500_after": (Unknown,),
    "garbage": (Unknown,),
    "truncated": (Unknown,),
    "wrong_json": (Unknown,),
    "error_body": (Unknown,),
    "delay": TAKEN,
    "delay_after": TAKEN,
    "trickle": TAKEN,
    "429": (RetryLater,),
    "429_bare": (RetryLater, Unknown),
    # a token that a refresh puts right needs no person
    "token_expired": (AuthNeeded, *TAKEN),
    "slow_verify": (Unknown, RetryLater, *TAKEN),
    "cut_upload": (Unknown,),
    "throttled_613": (RetryLater, Unknown),
    "transient": (Unknown,),
}
OF_UPLOADS = {"wrong_offset"}
"""An answer that makes sense for a chunk only: test_facebook_clips holds it."""


def test_every_kind_of_misbehaviour_has_its_right_ending() -> None:
    assert set(EXPECTED) | OF_UPLOADS == set(get_args(FaultKind))


@pytest.mark.parametrize("kind", sorted(EXPECTED))
@pytest.mark.parametrize("name", sorted(WAYS))
def test_each_message_ends_and_is_seen_once(bench: Benches, name: str, kind: FaultKind) -> None:
    """Even seeds spoil the call that citizens see, odd ones any call of the sending, follow-ups included."""
    way = WAYS[name]
    it = bench(way.channel)
    publisher = it.publisher()
    for seed in SEEDS:
        message = numbered(it.message(**way.carry(it)), seed, titled=REGISTRY[way.channel].card.needs_title)
        chance = random.Random(f"{name}/{kind}/{seed}")
        at_commit = seed % 2 == 0
        aim = {"route": way.commit, "nth": way.nth} if at_commit else {"method": "*", "nth": chance.randint(1, 6)}
        it.sandbox.play([Fault(face=way.face, kind=kind, seconds=0.02, **aim)])  # type: ignore[arg-type]  # as drawn
        course = carry_through(publisher, message, it.clock)
        if at_commit:
            assert any(isinstance(ending, EXPECTED[kind]) for ending in course.endings), (seed, course)
        assert isinstance(course.last, Done), (seed, course)
        it.sandbox.play([])
    _each_is_seen_once(it, name)


def _each_is_seen_once(it: Bench, name: str) -> None:
    """One post with the words of each message; under each at most one comment, where one was asked for."""
    posts = [effect for effect in it.journal() if effect.kind != "comment"]
    under = Counter(effect.extra["target"] for effect in it.journal() if effect.kind == "comment")
    assert Counter(effect.text for effect in posts) == Counter(
        numbered(it.message(), seed, titled=False).text for seed in SEEDS
    )
    assert under == (Counter(effect.id for effect in posts) if name == "facebook comment" else Counter())


@pytest.mark.parametrize("name", READABLE)
def test_a_hundred_doubtful_sendings_are_all_told_rightly_by_reading_back(bench: Benches, name: str) -> None:
    """The look says Found exactly where the platform's own journal has the message."""
    way = WAYS[name]
    it = bench(way.channel)
    publisher = it.publisher()
    told: list[tuple[Message, bool]] = []
    for number in range(AMBIGUOUS):
        message = numbered(it.message(**way.carry(it)), number, titled=True)
        chance = random.Random(f"{name}/{number}")
        kinds: list[FaultKind] = [
            "drop_before",
            "drop_after",
            "error500_before",
            "error500_after",
            "garbage",
            "truncated",
        ]
        kind = chance.choice(kinds)
        it.sandbox.play([Fault(face=way.face, route=way.commit, kind=kind, nth=way.nth)])
        sent_at, ending = published_at_last(publisher, message, it.clock)
        assert isinstance(ending, Unknown), (kind, ending)
        it.sandbox.play([])
        it.settle()
        hint = ending.hint if chance.random() < 0.5 else {}  # none: as after a crash between the call and the book
        found = publisher.look_up(message, sent_at, hint)
        assert isinstance(found, Found | Absent), (kind, found)
        told.append((message, isinstance(found, Found)))
        it.clock.advance(timedelta(hours=1))  # a Page takes thirty Reels a day
    seen = {effect.text for effect in it.journal()}
    assert [found for _, found in told] == [message.text in seen for message, _ in told]
    assert {found for _, found in told} == {True, False}
