"""Every channel × every misbehaviour: the right ending, and the platform's own journal counts at most one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.planted import phone

from loa.delivery import Absent, AuthNeeded, CannotTell, Done, Found, RetryLater, Unknown
from loa.sandbox import Fault, FaultKind, Sandbox
from publishers import REGISTRY

from .conftest import Bench

# What people carry, and what cannot be read back (test_zalo_broadcast, test_zbs), have tests of their own.
CHANNELS = sorted(name for name, entry in REGISTRY.items() if not entry.card.by_hand and entry.card.read_back != "none")
READABLE = [name for name in CHANNELS if REGISTRY[name].card.read_back in {"exact", "good"}]
COMMIT = {
    "facebook": ("facebook", "*/feed"),
    "zalo": ("zalo", "*/article/create"),
    "x": ("x", "*/2/tweets"),
    "sms": ("esms", "*"),
}
Benches = Callable[[str], Bench]


def spoil(bench: Bench, kind: FaultKind, **values: object) -> None:
    face, route = COMMIT[bench.channel]
    bench.sandbox.play([Fault(face=face, route=route, kind=kind, **values)])  # type: ignore[arg-type]  # pytest gives a plain str


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_message_is_published_once(bench: Benches, channel: str) -> None:
    it = bench(channel)
    ending = it.to_the_end(it.publisher(), it.message())
    assert isinstance(ending, Done)
    (effect,) = it.journal()
    assert effect.text == it.message().text
    assert ending.receipt.platform_id == effect.id


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_refused_connection_is_certainly_not_sent(bench: Benches, channel: str, closed_port: int) -> None:
    it = bench(channel)
    name = {"facebook": "graph_host", "sms": "esms_host"}.get(channel, "api_host")
    it.hosts = {name: f"http://127.0.0.1:{closed_port}"}
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.code == "E601"
    assert ending.at > it.clock.now()
    assert it.journal() == ()


@pytest.mark.parametrize("kind", ["drop_before", "error500_before"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_call_lost_on_the_way_is_unknown(bench: Benches, channel: str, kind: FaultKind) -> None:
    it = bench(channel)
    spoil(it, kind)
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, Unknown)
    assert it.journal() == ()


@pytest.mark.parametrize("kind", ["drop_after", "error500_after", "garbage"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_lost_answer_is_unknown_and_the_message_stands_once(bench: Benches, channel: str, kind: FaultKind) -> None:
    it = bench(channel)
    spoil(it, kind)
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, Unknown)
    assert len(it.journal()) == 1


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("channel", READABLE)
def test_a_look_finds_what_was_taken(bench: Benches, channel: str, *, remembered: bool) -> None:
    """With the hint of the ending, and without it, as after a crash between the call and the book."""
    it = bench(channel)
    spoil(it, "drop_after")
    sent_at = it.clock.now()
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Unknown)
    it.settle()
    found = publisher.look_up(it.message(), sent_at, ending.hint if remembered else {})
    assert isinstance(found, Found)
    assert found.receipt.platform_id == it.journal()[0].id


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("channel", READABLE)
def test_a_look_says_absent_and_a_second_sending_makes_one(bench: Benches, channel: str, *, remembered: bool) -> None:
    it = bench(channel)
    spoil(it, "drop_before")
    sent_at = it.clock.now()
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Unknown)
    it.settle()
    found = publisher.look_up(it.message(), sent_at, ending.hint if remembered else {})
    assert isinstance(found, Absent)
    assert isinstance(it.to_the_end(publisher, it.message()), Done)
    assert len(it.journal()) == 1


@pytest.mark.parametrize("channel", READABLE)
def test_a_look_that_cannot_read_does_not_guess(bench: Benches, channel: str) -> None:
    it = bench(channel)
    it.sandbox.play([Fault(face="*", method="GET", kind="error500_before", times=9)])
    found = it.publisher().look_up(it.message(), it.clock.now(), {})
    assert isinstance(found, CannotTell)
    assert not found.final


@pytest.mark.parametrize("channel", CHANNELS)
def test_slow_down_pauses_the_account(bench: Benches, channel: str) -> None:
    it = bench(channel)
    spoil(it, "429")
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.pause_account
    assert ending.at > it.clock.now()
    assert it.journal() == ()


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_dead_token_stops_the_account(bench: Benches, channel: str) -> None:
    it = bench(channel)
    spoil(it, "token_expired")
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E605"
    assert it.journal() == ()


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_ending_and_no_printed_form_shows_a_secret(bench: Benches, channel: str) -> None:
    it = bench(channel)
    spoil(it, "token_expired")
    shown = f"{it.publisher().publish(it.message())!r} {it.account!r}"
    assert not any(secret in shown for secret in it.account.secrets.values())
    assert phone(1)[1:] not in shown


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_restarted_sandbox_remembers_what_was_public(bench: Benches, channel: str) -> None:
    """The platform's memory does not end with its process: no second sending makes a second effect."""
    it = bench(channel)
    spoil(it, "drop_after")
    sent_at = it.clock.now()
    assert isinstance(it.publisher().publish(it.message()), Unknown)
    with Sandbox(it.folder / "sandbox", clock=it.clock) as again:
        it.sandbox = again
        it.settle()
        if channel in READABLE:
            found = it.publisher().look_up(it.message(), sent_at, {})
            assert isinstance(found, Found)
            assert found.receipt.platform_id == it.journal()[0].id
        else:
            assert isinstance(it.publisher().publish(it.message()), Done)
        assert len(it.journal()) == 1
