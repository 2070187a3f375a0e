"""Every gateway × every misbehaviour × seeds: each call ends, and no handset gets it twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from support.sms_door import Reports, reports_door

from loa.clock import SimulatedClock
from loa.delivery import Absent, AuthNeeded, Batch, CannotTell, Done, Fate, Found, Refused, RetryLater, Unknown
from loa.sandbox import FaultKind, Sandbox
from loa.sandbox.sms import Rules
from publishers import sms
from publishers.http import new_session

from .sms_bench import FACES, IDEMPOTENT, SmsBench, carry_call, fates_by, journal_holds_no

SEEDS = range(8)
EXPECTED: dict[FaultKind, tuple[type, ...]] = {
    "drop_before": (Unknown,),
    "drop_after": (Unknown,),
    "error500_before": (Unknown,),
    "error500_after": (Unknown,),
    "garbage": (Unknown,),
    "truncated": (Unknown,),
    "wrong_json": (Unknown,),
    "error_body": (Unknown,),
    "delay": (Done,),
    "delay_after": (Done,),
    "trickle": (Done,),
    "429": (RetryLater,),
    "429_bare": (RetryLater,),
    "token_expired": (AuthNeeded,),
}
"""The other kinds are of uploads and of other platforms."""
PLAIN = {"garbage", "truncated", "wrong_json", "error_body"}
"""Kannel's answer is words: its status alone says that it took the message."""
BENCHES = Callable[[str], SmsBench]
ASKED = [each for each, card in sms.GATEWAYS.items() if card.bulk and card.bulk({}).asks]
PAIRS = [(gateway, kind) for gateway in FACES for kind in EXPECTED]


@pytest.fixture
def reports() -> Iterator[Reports]:
    with reports_door() as door:
        yield door


@pytest.fixture
def bench(sandbox: Sandbox, clock: SimulatedClock, reports: Reports) -> BENCHES:
    return lambda gateway: SmsBench(gateway, sandbox, clock, reports.url)


def expected(gateway: str, kind: FaultKind) -> tuple[type, ...]:
    return (Unknown, Done) if gateway == "kannel" and kind in PLAIN else EXPECTED[kind]


def test_each_gateway_has_a_face() -> None:
    assert set(FACES) == set(sms.GATEWAYS)


@pytest.mark.parametrize(("gateway", "kind"), PAIRS)
def test_each_call_ends_and_each_handset_has_it_once(bench: BENCHES, gateway: str, kind: FaultKind) -> None:
    """Even seeds spoil the call itself, odd ones any call of its course, questions included."""
    it = bench(gateway)
    for seed in SEEDS:
        batch, chance = it.batch(seed), random.Random(f"{gateway}/{kind}/{seed}")
        at_once = seed % 2 == 0
        it.spoil(kind, **({} if at_once else {"route": "*", "method": "*", "nth": chance.randint(1, 3)}))
        course = carry_call(it.horn(), batch, it.clock)
        it.sandbox.play([])
        if at_once:
            assert isinstance(course.answers[0].ending, expected(gateway, kind)), (seed, course)
        if course.last is None:  # a person, or a report
            assert gateway not in IDEMPOTENT
            assert set(it.seen(batch.text).values()) <= {1}
            assert len(it.seen(batch.text)) in {0, len(batch.numbers)}
        else:
            assert isinstance(course.last.ending, Done)
            assert it.once_each(batch), (seed, course)
        assert not any(answer.refused for answer in course.answers)


@pytest.mark.parametrize("gateway", FACES)
def test_a_time_out_after_the_gateway_took_it_makes_no_second_message(bench: BENCHES, gateway: str) -> None:
    it = bench(gateway)
    it.spoil("delay_after", seconds=1.0)
    batch = it.batch()
    assert isinstance(it.horn(new_session(total_seconds=0.3)).submit(batch).ending, Unknown)
    course = carry_call(it.horn(), batch, it.clock) if gateway in IDEMPOTENT else None
    assert course is None or isinstance(course.last and course.last.ending, Done)
    assert it.once_each(batch)


@pytest.mark.parametrize("gateway", FACES)
def test_a_refused_connection_is_certainly_not_sent(bench: BENCHES, gateway: str, closed_port: int) -> None:
    it = bench(gateway)
    it.hosts = {f"{gateway}_host": f"http://127.0.0.1:{closed_port}"}
    ending = it.horn().submit(it.batch()).ending
    assert isinstance(ending, RetryLater)
    assert ending.code == "E601"
    assert not it.seen()


@pytest.mark.parametrize("gateway", FACES)
def test_the_same_key_again_is_one_call_where_the_gateway_remembers_keys(bench: BENCHES, gateway: str) -> None:
    """And two where it does not: that is why such a call is never made again by the machine."""
    it = bench(gateway)
    batch, horn = it.batch(), it.horn()
    first = horn.submit(batch)
    assert isinstance(first.ending, Done)
    it.clock.advance(sms.GATEWAYS[gateway].key_life or timedelta(hours=1))
    again = horn.submit(batch)
    assert isinstance(again.ending, Done)
    assert not again.refused
    assert set(it.seen(batch.text).values()) == {1 if gateway in IDEMPOTENT else 2}
    assert (sms.GATEWAYS[gateway].key_life > timedelta(0)) == (gateway in IDEMPOTENT)


def test_a_key_that_esms_has_forgotten_makes_a_second_message(bench: BENCHES) -> None:
    """So the desk must not use one beyond the life that the card names."""
    it = bench("esms")
    batch = it.batch()
    it.horn().submit(batch)
    it.clock.advance(timedelta(hours=24, seconds=1))
    it.horn().submit(batch)
    assert set(it.seen(batch.text).values()) == {2}
    assert sms.GATEWAYS["esms"].key_life < timedelta(hours=24)


@pytest.mark.parametrize("gateway", FACES)
def test_receipts_of_a_call_reach_the_horn_and_name_its_numbers(bench: BENCHES, reports: Reports, gateway: str) -> None:
    it = bench(gateway)
    it.sandbox.rules = _reporting(it)
    batch, horn = it.batch(1), it.horn()
    answer = horn.submit(batch)
    assert isinstance(answer.ending, Done)
    for _ in range(4):
        it.clock.advance(timedelta(hours=1))
        assert it.sandbox.deliver_receipts()
    told = reports.read_by(horn)
    assert fates_by(told, batch) == dict.fromkeys(batch.numbers, Fate.DELIVERED)
    names = {(news.key, news.platform_id) for each in told for news in each.receipts}
    assert all(key == batch.key or name == answer.ending.receipt.platform_id for key, name in names), names
    assert not any(
        number[3:] in f"{call.query}" for call in reports.calls for number in batch.numbers if gateway != "esms"
    )


@pytest.mark.parametrize("gateway", ASKED)
def test_a_gateway_that_can_be_asked_tells_of_each_number(bench: BENCHES, gateway: str) -> None:
    it = bench(gateway)
    batch, horn = it.batch(2), it.horn()
    ending = horn.submit(batch).ending
    assert isinstance(ending, Done)
    it.clock.advance(timedelta(hours=4))
    told = horn.ask(ending.receipt, batch.key, batch.numbers)
    assert fates_by([told], batch) == dict.fromkeys(batch.numbers, Fate.DELIVERED)


@pytest.mark.parametrize(
    "gateway", [each for each in FACES if each in {"kannel", "twilio", "infobip", "smsgate", "esms"}]
)
def test_a_receipt_names_a_call_whose_answer_was_lost(bench: BENCHES, reports: Reports, gateway: str) -> None:
    it = bench(gateway)
    it.sandbox.rules = _reporting(it)
    it.spoil("drop_after")
    batch, horn = it.batch(3), it.horn()
    assert isinstance(horn.submit(batch).ending, Unknown)
    it.clock.advance(timedelta(hours=4))
    assert it.sandbox.deliver_receipts()
    assert {news.key for each in reports.read_by(horn) for news in each.receipts} == {batch.key}


@pytest.mark.parametrize("gateway", [each for each in FACES if each in {"smsgate", "infobip"}])
def test_a_doubtful_call_is_found_where_the_gateway_can_be_asked(bench: BENCHES, gateway: str) -> None:
    it = bench(gateway)
    horn = it.horn()
    taken, lost = it.batch(4), it.batch(5)
    sent_at = it.clock.now()
    for batch, kind in ((taken, "drop_after"), (lost, "drop_before")):
        it.spoil(kind)  # type: ignore[arg-type]  # two kinds of fault
        assert isinstance(horn.submit(batch).ending, Unknown)
    it.sandbox.play([])
    it.clock.advance(timedelta(minutes=5))
    assert isinstance(horn.look_up_batch(taken, sent_at, {}), Found)
    absent = horn.look_up_batch(lost, sent_at, {})
    assert isinstance(absent, Absent if gateway == "smsgate" else CannotTell)


@pytest.mark.parametrize("gateway", FACES)
def test_no_number_and_no_secret_is_shown(bench: BENCHES, gateway: str) -> None:
    it = bench(gateway)
    for kind in ("token_expired", "garbage", "429"):
        it.spoil(kind)
        batch = it.batch()
        shown = f"{it.horn().submit(batch)!r} {it.account!r}"
        assert not any(secret in shown for secret in it.account.secrets.values())
        assert not any(number[3:] in shown for number in batch.numbers)
    assert journal_holds_no(it.sandbox.journal, it.batch().numbers)


def test_a_bad_number_in_a_list_is_refused_and_the_others_get_their_message(bench: BENCHES) -> None:
    it = bench("speedsms")
    batch = it.batch(6)
    landline = "+842383840000"
    answer = it.horn().submit(replace(batch, numbers=(*batch.numbers, landline)))
    assert isinstance(answer.ending, Done)
    assert {number: no.code for number, no in answer.refused.items()} in ({landline: "E618"}, {})
    assert it.once_each(batch)


@pytest.mark.parametrize("gateway", ["esms", "infobip"])
def test_a_number_whose_carrier_does_not_know_the_sender_is_refused_alone(bench: BENCHES, gateway: str) -> None:
    """Where the gateway tells so at once; by the others it comes later, as a report."""
    it = bench(gateway)
    it.sandbox.rules = replace(it.sandbox.rules, senders={"viettel": ("SoYTe",)}, ported=0.0)
    known, strange = it.batch(8, 1).numbers[0], "+84970000123"
    numbers = (known, strange) if gateway == "infobip" else (strange,)
    answer = it.horn().submit(replace(it.batch(8), numbers=numbers))
    assert isinstance(answer.ending, Done if gateway == "infobip" else Refused)
    assert {number: no.scope for number, no in answer.refused.items()} == (
        {strange: "row"} if gateway == "infobip" else {}
    )
    assert it.seen().total() == len(numbers) - 1


@pytest.mark.parametrize(
    ("size", "kind"), [(29, Refused), (30, Done), (31, Done), (4999, Done), (5000, Done), (5001, Refused)]
)
def test_advertising_by_esms_goes_out_in_lists_of_30_to_5000(bench: BENCHES, size: int, kind: type) -> None:
    it = bench("esms")
    numbers = tuple(f"+8452{place:07}" for place in range(size))
    advert = Batch("q" * 32, "[QC] Hoi cho que. Tu choi: TC gui 1022", numbers, {"class": "advertising"})
    ending = it.horn().submit(advert).ending
    assert isinstance(ending, kind)
    assert it.seen().total() == len(it.seen()) == (size if kind is Done else 0)
    bulk = sms.GATEWAYS["esms"].bulk(advert.options)  # type: ignore[misc]  # every gateway has it
    assert (kind is Done) == (bulk.least <= size <= bulk.most)


def _reporting(it: SmsBench) -> Rules:
    """Rules under which the gateway knows our door, even where a call cannot name it."""
    return replace(it.sandbox.rules, webhooks={it.gateway: it.door}, silent=0.0)
