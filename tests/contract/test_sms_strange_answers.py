"""Gateways that answer with nonsense: no horn breaks, no call that was taken gets a certain no, nothing goes twice.

With the odd adapter of ``test_strange_answers``, which spoils one answer after the gateway did what was asked, or
instead of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from support.sms_gateways import NOW, SECRET, account_of, batch, horn

from loa.clock import SimulatedClock
from loa.delivery import Account, AuthNeeded, BatchAnswer, Done, Finding, Receipt, RetryLater, Unknown
from loa.errors import LoaError
from loa.sandbox import Sandbox
from publishers import REGISTRY, sms
from publishers.http import new_session

from .sms_bench import FACES, IDEMPOTENT, SmsBench, carry_call
from .test_strange_answers import BODIES, STATUSES, Odd, check_kept

ROUNDS = 25
BENCHES = Callable[[str], SmsBench]


@pytest.fixture
def bench(sandbox: Sandbox, clock: SimulatedClock) -> BENCHES:
    return lambda gateway: SmsBench(gateway, sandbox, clock)


class Watched:
    """A horn whose answers are looked at."""

    def __init__(self, inner: Any, odd: Odd) -> None:
        self.card = inner.card
        self._inner = inner
        self._odd = odd

    def submit(self, call: Any) -> BatchAnswer:
        answer: BatchAnswer = self._inner.submit(call)
        check_kept(answer.ending)
        if self._odd.took:
            assert isinstance(answer.ending, Done | Unknown), (self._odd.told, answer)
            assert not answer.refused, (self._odd.told, answer)
            self._odd.took = False
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class Marked(Odd):
    """Odd answers that carry the mark of an imitation: without it a rehearsal would believe none of them."""

    def send(self, request: Any, *args: Any, **options: Any) -> Any:  # type: ignore[override]  # passed on
        answer = super().send(request, *args, **options)
        answer.headers["x-sms-stub"] = "1"
        return answer


def odd_horn(it: SmsBench, seed: str) -> tuple[Any, Odd]:
    session = new_session()
    odd = Marked(session.get_adapter(it.sandbox.url), it.sandbox.journal, random.Random(seed))
    session.mount("http://", odd)
    return Watched(it.horn(session), odd), odd


@pytest.mark.parametrize("gateway", FACES)
def test_a_strange_answer_loses_nothing_and_repeats_nothing(bench: BENCHES, gateway: str) -> None:
    it = bench(gateway)
    for number in range(ROUNDS):
        watched, odd = odd_horn(it, f"{gateway} {number}")
        odd.performs, odd.aim = number % 2 == 0, 1 + number % 2
        call = it.batch(number)
        course = carry_call(watched, call, it.clock)
        if course.last is None:
            assert gateway not in IDEMPOTENT
            assert set(it.seen(call.text).values()) <= {1}, (odd.told, course)
        else:
            assert isinstance(course.last.ending, Done), (odd.told, course)
            assert it.once_each(call), (odd.told, course)


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_no_answer_without_words_is_a_certain_no(gateway: str) -> None:
    """Pages of proxies, empty bodies, statuses of servers in trouble: the call may have been taken before."""
    for status in sorted(set(STATUSES) - {200, 201, 202}):
        for body in BODIES:
            publisher, _ = horn(gateway, (status, body))
            answer = publisher.submit(batch(1))
            assert isinstance(answer.ending, Unknown), (status, body[:40], answer)
            assert not answer.refused


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_questions_get_an_answer_or_the_contracts_no(gateway: str) -> None:
    for status in (200, 404, 500):
        for body in BODIES:
            publisher, _ = horn(gateway, (status, body))
            with suppress(LoaError):
                told = publisher.ask(Receipt("7"), batch().key, batch().numbers)
                assert not told.receipts
            check_kept(publisher.look_up_batch(batch(), NOW, {}))
            for finding in publisher.preflight():
                assert isinstance(finding, Finding)
                check_kept(finding)


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
@pytest.mark.parametrize(("headers", "seconds"), [({"retry-after": "90"}, 90), ({}, 60), ({"retry-after": "-1"}, 60)])
def test_slow_down_is_kept_with_a_header_and_without(gateway: str, headers: dict[str, str], seconds: int) -> None:
    publisher, _ = horn(gateway, (429, b"", headers))
    ending = publisher.submit(batch(1)).ending
    assert isinstance(ending, RetryLater)
    assert ending.pause_account
    assert (ending.at - NOW).total_seconds() == seconds


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_a_rehearsal_believes_no_answer_of_a_real_gateway(gateway: str) -> None:
    publisher, wire = horn(gateway, (200, b"{}"))
    wire.marked = False
    ending = publisher.submit(batch(1)).ending
    assert isinstance(ending, Unknown)
    assert ending.code == "E744"


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_a_rehearsal_does_not_leave_this_machine(gateway: str) -> None:
    clock = SimulatedClock(NOW)
    away = account_of(gateway, "https://tong-dai.example")
    publisher: Any = REGISTRY["sms"].build(away, clock)
    ending = publisher.submit(batch(1)).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E744"


@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_a_real_account_does_not_take_an_imitation_for_its_gateway(gateway: str) -> None:
    clock = SimulatedClock(NOW)
    plain = account_of(gateway, "https://tong-dai.example")
    real = Account(
        plain.id, plain.channel, plain.name, plain.settings, plain.hosts, dict.fromkeys(plain.secrets, SECRET[8:])
    )
    _, wire = horn(gateway, (200, b"{}"))
    session = new_session()
    session.mount("https://", wire)
    publisher: Any = REGISTRY["sms"].build(real, clock, session=session)
    ending = publisher.submit(batch(1)).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E743"
