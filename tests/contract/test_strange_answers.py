"""A platform that answers with nonsense: no horn breaks, nothing is lost, nothing is sent twice.

One call of a sending is answered strangely, after the platform did what was asked or instead of it: other shapes,
other kinds of values, monstrous numbers, bodies and headers that nobody can read. The platform's own journal counts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter
from support.planted import phone

from loa.delivery import Action, Done, Ending, Equipment, Message, Pending, Publisher, Receipt, Unknown
from loa.errors import LoaError
from publishers import REGISTRY
from publishers.http import new_session

from .conftest import Bench
from .driver import carry_through, numbered
from .test_matrix import WAYS
from .test_zbs import OPTIONS

ROUNDS = 12
Benches = Callable[[str], Bench]
HUGE = 10**400
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 3.5, HUGE, -HUGE, "", "0", "-1", "9" * 5000, "abc", "\ud83d", "a\0b", "Lỗi ạ"),
    *([], {}, [[]], [None], [7], ["x"], {"": None}, {"id": []}, {"data": []}, {"error": 0}),
)
"""What may stand where something else was expected."""
NUMBERS = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"1e-999")
MARK = "here stands a number"
BODIES = (
    *(
        b"",
        b"null",
        b"[]",
        b"7",
        b'""',
        b"{}",
        b"{",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf{}",
        b"<html>",
        b"Service Unavailable",
    ),
    *(b"[" * 60_000, b'{"error":' * 60_000, b'{"data":' + b"9" * 5000 + b"}", b'{"errors":[7],"data":null}'),
    *(
        b'{"error":"x"}',
        b'{"error":[]}',
        b'{"error":{"code":"190"}}',
        b'{"error":{"code":null}}',
        b'{"error":{"code":1.5}}',
    ),
    *(b'{"error":"-216"}', b'{"error":null}', b'{"error":-99999}', b'{"error":{"code":99999}}', b'{"CodeResult":[]}'),
    *(b'{"error":{"code":2,"error_data":"' + b"[" * 60_000 + b'"}}', b'{"debug_info":"x"}', b'{"debug_info":[7]}'),
    *(b'{"error":{"code":1,"message":"a\\u0000b\\ud83d"}}', b'{"message":"\\ud83d"}', b'{"success":"true"}'),
)
STATUSES = (*(200,) * 6, 201, 202, 204, 206, 302, 304, 408, 418, 425, 451, 499, 500, 502, 503, 504, 599)
"""Among them no 4xx that the documents of a platform name: those are a certain no."""
USAGE = '{{"call_count":{0},"total_time":{0},"estimated_time_to_regain_access":{0}}}'
FIGURES = ("96", "-5", "1e999", "NaN", "9" * 400, "9" * 5000, '"99"', "null", "[]", "[" * 30_000)
HEADERS: tuple[Mapping[str, str], ...] = (
    {},
    {"x-app-usage": "[]", "x-page-usage": "7", "x-business-use-case-usage": "null"},
    *({"x-app-usage": USAGE.format(figure)} for figure in FIGURES),
    *({"x-business-use-case-usage": '{"1029384756":[' + USAGE.format(figure) + "]}"} for figure in FIGURES),
    *(
        {f"{start}-limit": figure, f"{start}-remaining": "1", f"{start}-remain": "1", f"{start}-reset": figure}
        for start in ("x-rate-limit", "x-ratelimit")
        for figure in ("-1", "0", "²", "9" * 400, "9" * 5000, "9999999999999", "٣", "")
    ),
    *({"retry-after": figure} for figure in ("-1", "²", "9" * 400, "9" * 5000, "Wed, 21 Oct 2026 07:28:00 GMT")),
    {"content-type": "application/json; charset=no-such"},
)


def strange(chance: random.Random, right: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and body of a strange answer; ``right`` is what the platform really said."""
    headers = chance.choice(HEADERS)
    if chance.random() < 0.3:
        return chance.choice(STATUSES), headers, chance.choice(BODIES)
    try:
        found = json.loads(right)
    except ValueError:
        return 200, headers, chance.choice(BODIES)
    places = list(_places(found))
    if not places:
        return 200, headers, chance.choice(BODIES)
    owner, name = chance.choice(places)
    # No other word instead of a word: a wrong id is a lie that nobody can see through.
    values = [value for value in VALUES if not value or not isinstance(value, str) or not isinstance(owner[name], str)]
    odd = chance.randrange(len(values) + len(NUMBERS))
    owner[name] = values[odd] if odd < len(values) else MARK
    number = NUMBERS[odd - len(values)] if odd >= len(values) else b""
    return 200, headers, json.dumps(found).encode().replace(json.dumps(MARK).encode(), number)


def _places(found: Any) -> Any:
    """Every (container, key) of a JSON value."""
    pairs = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in pairs:
        yield found, name
        yield from _places(value)


@dataclass
class Odd(BaseAdapter):
    """Passes calls on, but answers the ``aim``-th of them strangely; ``performs``: the platform still does it."""

    inner: Any
    journal: Path
    chance: random.Random
    aim: int = 0
    performs: bool = True
    calls: int = 0
    took: bool = False
    """The answer that was spoilt is that of a call which citizens see."""
    told: str = ""
    """What was asked and answered, for a failure's message."""

    def send(self, request: Any, *args: Any, **options: Any) -> requests.Response:  # type: ignore[override]  # passed on
        self.calls += 1
        if self.calls != self.aim:
            return self.inner.send(request, *args, **options)  # type: ignore[no-any-return]  # an adapter's own
        size, right = self.journal.stat().st_size, b""
        if self.performs or request.method == "GET":
            right = self.inner.send(request, *args, **options).content
        self.took = self.journal.stat().st_size > size
        status, headers, body = strange(self.chance, right)
        self.told = f"{request.method} {request.url} → {status} {str(headers)[:200]} {body[:300]!r}"
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = status, request.url, request
        answer.headers.update({"x-loa-sandbox": "1", **headers})  # without it an SMS horn would not even read on
        answer.raw = BytesIO(body)
        return answer

    def close(self) -> None:
        self.inner.close()


class Watched:
    """A horn whose endings are looked at, in a program that is killed after each of its first ``kills`` steps.

    After a kill nothing is left in memory, and no hint has reached the book.
    """

    def __init__(self, build: Callable[[], Publisher], odd: Odd, kills: int) -> None:
        self.card = build().card
        self._build = build
        self._odd = odd
        self._kills = kills
        self._horn = build()

    def publish(self, message: Message) -> Ending:
        ending = self._horn.publish(message)
        check_kept(ending)
        # The platform took it, and nobody can tell from such an answer: never a certain no.
        assert not self._odd.took or isinstance(ending, Unknown | Done | Pending), (self._odd.told, ending)
        self._odd.took = False
        return replace(ending, hint={}) if self._killed() and isinstance(ending, Unknown) else ending

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        self._killed()
        ending = self._horn.follow_up(message, receipt)
        check_kept(ending)
        self._odd.took = False
        return ending

    def __getattr__(self, name: str) -> Any:
        return getattr(self._horn, name)

    def _killed(self) -> bool:
        self._kills -= 1
        if self._kills >= 0:
            self._horn = self._build()
        return self._kills >= 0


def odd_horn(it: Bench, seed: str, *, kills: int = 0) -> tuple[Any, Odd]:
    """A horn on a session whose calls go through an odd adapter."""
    session = new_session()
    odd = Odd(session.get_adapter(it.sandbox.url), it.sandbox.journal, random.Random(seed))
    session.mount("http://", odd)

    def build() -> Publisher:
        equipment = Equipment(it.sandbox.public)
        return REGISTRY[it.channel].build(it.account, it.clock, session=session, equipment=equipment)

    return Watched(build, odd, kills), odd


def check_kept(outcome: Any) -> None:
    """Whatever an outcome carries can be written into the book: no half signs, no NUL, only words in mappings."""
    words = json.dumps(asdict(outcome), ensure_ascii=False, default=str)
    words.encode()
    assert "\\u0000" not in words
    for each in (getattr(outcome, "receipt", None), outcome):
        for held in (getattr(each, "details", {}), getattr(each, "hint", {})):
            assert all(type(word) is str for pair in held.items() for word in pair)


@pytest.mark.parametrize("name", sorted(WAYS))
def test_a_strange_answer_to_any_call_loses_nothing_and_repeats_nothing(bench: Benches, name: str) -> None:
    way = WAYS[name]
    it = bench(way.channel)
    titled = REGISTRY[way.channel].card.needs_title
    calls = 1
    for number in range(ROUNDS):
        publisher, odd = odd_horn(it, f"{name} {number}", kills=number % 3)
        # The first goes without a hitch and tells how many calls there are.
        odd.performs, odd.aim = number % 2 == 0, odd.chance.randint(1, calls) if number else 0
        before = len(it.journal())
        course = carry_through(publisher, numbered(it.message(**way.carry(it)), number, titled=titled), it.clock)
        calls = calls if number else odd.calls
        seen = [effect for effect in it.journal()[before:] if effect.kind != "comment"]
        assert len(seen) <= 1, (number, odd.told, course)
        # What a person must decide (None) may be out or not; every other end tells the truth.
        assert course.last is None or isinstance(course.last, Done) == bool(seen), (number, odd.told, course)
        for look in course.looks:
            check_kept(look)
        publisher.rest()
        it.clock.advance(timedelta(hours=1))  # a Page takes thirty Reels a day


@pytest.mark.parametrize("action", ["revise", "remove"])
@pytest.mark.parametrize("channel", ["facebook", "x", "zalo"])
def test_a_change_ends_by_what_really_happened(bench: Benches, channel: str, action: Action) -> None:
    if action not in REGISTRY[channel].card.actions:
        return
    it = bench(channel)
    for number in range(ROUNDS):
        first = numbered(it.message(), 2 * number, titled=True)
        out = it.to_the_end(it.publisher(), first)
        assert isinstance(out, Done)
        publisher, odd = odd_horn(it, f"{channel} {action} {number}")
        odd.performs, odd.aim = number % 2 == 0, odd.chance.randint(1, 3)
        change = replace(first, text=f"{first.text} (đính chính)", action=action, target=out.receipt.platform_id)
        course = carry_through(publisher, change, it.clock)
        done = any(effect.kind == action and effect.extra["target"] == change.target for effect in it.journal())
        assert course.last is None or isinstance(course.last, Done) == done, (number, odd.told, course)
        it.clock.advance(timedelta(hours=1))


@pytest.mark.parametrize("channel", ["zalo-broadcast", "zbs"])
def test_what_cannot_be_read_back_is_never_certain_after_nonsense(bench: Benches, channel: str) -> None:
    articles = bench("zalo")
    out = articles.to_the_end(articles.publisher(), articles.message())
    assert isinstance(out, Done)
    it = bench(channel)
    message = it.message(recipient=f"+84{phone(1)[1:]}", options=OPTIONS)
    if channel == "zalo-broadcast":
        message = it.message(references=(out.receipt.platform_id,))
    for number in range(ROUNDS):
        publisher, odd = odd_horn(it, f"{channel} {number}")
        odd.aim, odd.performs = 1, number % 3 > 0
        ending = publisher.publish(replace(message, key=f"khoa-{number}"))
        assert isinstance(ending, Done | Unknown), (odd.told, ending)
        publisher.rest()
        it.clock.advance(timedelta(days=32))


@pytest.mark.parametrize("channel", ["facebook", "sms", "x", "zalo", "zalo-broadcast", "zbs"])
def test_questions_get_an_answer_or_the_contracts_no(bench: Benches, channel: str) -> None:
    it = bench(channel)
    receipt = Receipt("1029384756_1", "https://www.facebook.com/reel/1")
    for number in range(ROUNDS * 2):
        publisher, odd = odd_horn(it, f"questions {channel} {number}")
        odd.performs, odd.aim = False, odd.chance.randint(1, 4)
        for finding in publisher.preflight():
            check_kept(finding)
        odd.aim = odd.calls + 1
        with suppress(LoaError):
            assert all(type(figure) is int for figure in publisher.insights(receipt).values())
        for hint in ({}, {"photos": "7,8"}, {"video": "7"}, {"media_keys": "3_7"}):
            odd.aim = odd.calls + 1
            check_kept(publisher.look_up(it.message(), it.clock.now(), hint))
        odd.aim = odd.calls + 1
        publisher.follow_up(it.message(), receipt)
        publisher.rest()
