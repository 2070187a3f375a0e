"""Zalo's single-use refresh token: one refresh an expiry, and an account that is lost says so (bar 2 of issue 4)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from support.postgres import fresh_database
from support.processes import sandbox_process
from support.token_rounds import (
    EXPIRY,
    KILLS,
    OA,
    START,
    Aftermath,
    Stand,
    kill_everywhere,
    play_rounds,
    redirected,
    use,
)

from loa.clock import SimulatedClock
from loa.delivery import Account, Done, Equipment, Finding, Kept, Pending, TokenKeeper, TokenPair
from loa.errors import LoaError
from loa.sandbox import Sandbox
from loa.store import Vault, tokens
from loa.wiring.tokens import TokenShelf, login_of
from publishers import REGISTRY
from publishers.http import Answer
from publishers.zalo import oauth
from publishers.zalo.door import Door

from .conftest import Bench

LATER = START + EXPIRY
PAIR = TokenPair("sandbox-real", "sandbox-real-refresh", START, LATER, START + timedelta(days=90))


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with Sandbox(tmp_path / "sandbox", clock=SimulatedClock(START)) as running:
        yield Stand(running.url, tmp_path, tmp_path / "book.sqlite")


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Stand]:
    """The same with a sandbox in its own process: for tests that fork and kill."""
    with sandbox_process(tmp_path / "sandbox") as url:
        made = Stand(url, tmp_path, tmp_path / "book.sqlite")
        made.show(START)
        yield made


@pytest.fixture
def postgresql(server: str) -> str:
    return fresh_database(server)


def real_keeper(shelf: TokenShelf, stand: Stand, key: bytes = b"k" * 32) -> TokenKeeper:
    """The keeper of the real pair, beside the sandbox's, in the same book."""
    keeper = replace(shelf, vault=Vault(key), in_sandbox=False).keeper_of(stand.account)
    assert keeper
    return keeper


def preflight(shelf: TokenShelf, stand: Stand, keeper: TokenKeeper) -> Finding:
    """The first thing that the horn says of its account."""
    lent = Equipment(stand.folder, tokens=keeper)
    return REGISTRY["zalo"].build(stand.account, shelf.clock, equipment=lent).preflight()[0]


def findings(stand: Stand, days: float = 0) -> list[tuple[str, str]]:
    """What the account's login says of itself so many days later; the sandbox's clock goes along."""
    now = START + timedelta(days=days)
    stand.show(now)
    with stand.door(now) as door:
        return [(each.level, each.code) for each in door.login()]


def test_eight_processes_at_each_expiry_make_one_refresh_and_none_is_refused(apart: Stand) -> None:
    assert apart.use(START) == "works"
    assert play_rounds(apart, processes=8, rounds=12) == {"works": 96}
    assert apart.counts() == (12, 0)


def test_the_same_holds_on_a_book_that_several_machines_share(apart: Stand, postgresql: str) -> None:
    shared = Stand(apart.url, apart.folder, postgresql)
    assert shared.use(START) == "works"
    assert play_rounds(shared, processes=6, rounds=6) == {"works": 36}
    assert shared.counts() == (6, 0)


def test_a_process_killed_at_any_of_30_points_of_a_refresh_leaves_no_silent_death(apart: Stand) -> None:
    seen = kill_everywhere(apart, KILLS, seed=1)
    assert len(seen) == 30
    assert [each for each in seen if not each.loud] == []
    assert {each.first for each in seen if each.moment == "on the wire, taken"} == {"E665 for a person"}
    assert {each.first for each in seen if each.moment in {"after the intent", "written"}} == {"works"}


def test_a_kill_lets_go_of_the_lock_that_several_machines_share(apart: Stand, postgresql: str) -> None:
    shared = Stand(apart.url, apart.folder, postgresql)
    shared.log_in(START)
    seen = kill_everywhere(shared, {"after the intent": 1, "on the wire, taken": 1}, seed=2)
    assert seen == [
        Aftermath("after the intent", "works"),
        Aftermath("on the wire, taken", "E665 for a person", "works"),
    ]


@pytest.mark.parametrize("kind", ["drop_after", "error500_after", "garbage"])
def test_a_lost_answer_is_asked_for_once_more_and_then_put_before_a_person(stand: Stand, kind: str) -> None:
    stand.use(START)
    stand.show(LATER)
    stand.play(kind)
    assert stand.use(LATER) == "E667"
    assert stand.use(LATER) == "E665 for a person"
    refused = stand.counts()[1]
    assert stand.use(LATER) == "E665 for a person"
    assert stand.counts()[1] == refused, "a refresh token that is used up must not be shown again and again"
    stand.log_in(LATER)
    assert stand.use(LATER) == "works"


@pytest.mark.parametrize("kind", ["drop_before", "error500_before"])
def test_a_refresh_that_was_never_taken_is_made_at_the_next_use(stand: Stand, kind: str) -> None:
    stand.use(START)
    stand.show(LATER)
    stand.play(kind)
    assert stand.use(LATER) == "E667"
    assert stand.use(LATER) == "works"
    assert stand.counts() == (1, 0)


@pytest.mark.parametrize("book", ["sqlite", "postgresql"])
def test_a_process_that_hangs_in_a_refresh_does_not_hang_the_others(
    stand: Stand, book: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if book == "postgresql":
        stand = replace(stand, book=request.getfixturevalue("postgresql"))
    monkeypatch.setattr(tokens, "LOCK_SECONDS", 0.1)
    stand.use(START)
    stand.show(LATER)
    with stand.shelf(LATER) as shelf, shelf.keeper_of(stand.account).exclusive():  # type: ignore[union-attr]  # Zalo has a keeper
        assert stand.use(LATER) == "E670"
    assert stand.use(LATER) == "works"


@pytest.fixture(params=["sqlite", "postgresql"])
def either(stand: Stand, request: pytest.FixtureRequest) -> Stand:
    """The account on a book of one machine, and on one that several share."""
    if request.param == "sqlite":
        return stand
    return replace(stand, book=request.getfixturevalue("postgresql"))


def test_two_keepers_of_one_process_never_hold_the_same_account_at_once(either: Stand) -> None:
    """The horn of the beat and the one that is asked how it is have a keeper each, in one process."""
    held = Event()
    with either.shelf(START) as shelf, ThreadPoolExecutor() as threads:
        beat, examiner = (shelf.keeper_of(either.account) for _ in range(2))
        assert beat
        assert examiner

        def wait_and_look() -> bool:
            with examiner.exclusive():
                return held.is_set()

        with beat.exclusive():
            other = threads.submit(wait_and_look)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.3)
            held.set()
        assert other.result(timeout=10)


@pytest.mark.parametrize("known", [True, False])
def test_all_horns_of_one_oa_in_one_process_make_one_refresh_at_its_expiry(either: Stand, *, known: bool) -> None:
    """Articles, broadcasts, messages and the daily look; the expiry is known, or all find it out by -216."""
    either.log_in(START)
    either.show(LATER)
    start = Barrier(6)

    def look(horn: Any) -> str:
        start.wait(10)
        found: Finding = horn.preflight()[0]
        return found.code

    with either.shelf(LATER if known else START) as shelf, ThreadPoolExecutor() as threads:
        seen = Counter(threads.map(look, _horns(either, shelf)))
    assert seen == {"E690": 6}
    assert either.counts() == (1, 0)


def _horns(stand: Stand, shelf: TokenShelf) -> list[Any]:
    settings = {**stand.account.settings, "package": "basic"}
    made = []
    for channel in ("zalo", "zalo-broadcast", "zbs") * 2:
        hosts = dict(REGISTRY[channel].card.host_settings) | dict(stand.account.hosts)
        account = replace(stand.account, id=channel, channel=channel, settings=settings, hosts=hosts)
        lent = Equipment(stand.folder, tokens=shelf.keeper_of(account))
        made.append(REGISTRY[channel].build(account, shelf.clock, equipment=lent))
    return made


Refresh = Callable[[str], tuple[str, Kept]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Door, TokenKeeper]]:
    """A door and its keeper for all tests that put the answer into Zalo's mouth."""
    folder = tmp_path_factory.mktemp("office")
    with Sandbox(folder / "sandbox", clock=SimulatedClock(LATER)) as running:
        stand = Stand(running.url, folder, folder / "book.sqlite")
        with stand.shelf(LATER) as shelf, stand.door(LATER) as door:
            keeper = shelf.keeper_of(stand.account)
            assert keeper
            yield door, keeper


@pytest.fixture
def refreshed_by(opened: tuple[Door, TokenKeeper], monkeypatch: pytest.MonkeyPatch) -> Refresh:
    """What a use of an old pair comes to when its refresh is answered so, and what is kept afterwards."""

    def refreshed(body: str) -> tuple[str, Kept]:
        door, keeper = opened
        keeper.replace(replace(PAIR, expires=START))
        monkeypatch.setattr(oauth, "call", lambda *_, **__: Answer(200, body=body.encode()))
        came_to = use(door)
        kept = keeper.read()
        assert kept
        return came_to, kept

    return refreshed


@pytest.mark.parametrize(
    "told", ["90000", 90000, "²", "٣", "9" * 40, 10**17, -5, 0, "0", "", None, True, 25.5, [], {}, "1e5"], ids=str
)
def test_a_pair_is_kept_whatever_is_told_of_its_life(refreshed_by: Refresh, told: Any) -> None:
    pair = {"access_token": f"sandbox-{OA}-x", "refresh_token": "sandbox-next", "expires_in": told}
    _, kept = refreshed_by(json.dumps(pair))
    assert (kept.standing, kept.pair.refresh) == ("sure", "sandbox-next")
    assert kept.pair.expires == LATER + timedelta(hours=25)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        '"ok"',
        "{}",
        "<html>bảo trì</html>",
        '{"access_token": "sandbox-a"}',
        '{"refresh_token": "sandbox-r"}',
        '{"access_token": "", "refresh_token": "sandbox-r"}',
        '{"access_token": 7, "refresh_token": "sandbox-r"}',
        '{"access_token": {"x": 1}, "refresh_token": ["sandbox-r"], "error": 0}',
        '{"error": 0, "error_name": "ok"}',
        "[" * 3000,
    ],
)
def test_an_answer_that_is_neither_a_pair_nor_a_no_leaves_the_pair_in_doubt(refreshed_by: Refresh, body: str) -> None:
    came_to, kept = refreshed_by(body)
    assert (came_to, kept.standing, kept.pair.refresh) == ("E667", "in_doubt", PAIR.refresh)


def test_a_login_does_not_use_its_code_up_while_somebody_else_renews(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "LOCK_SECONDS", 0.1)
    with stand.shelf(START) as shelf:
        attempt = login_of(stand.account, shelf, stand.account.settings)
        assert attempt
        returned = redirected(attempt.link("http://127.0.0.1:1/"))
        with shelf.keeper_of(stand.account).exclusive(), pytest.raises(LoaError) as busy:  # type: ignore[union-attr]  # Zalo has a keeper
            attempt.keep(returned)
        assert busy.value.code == "E670"
        attempt.keep(returned)
    assert stand.use(START) == "works"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keep_alive_days", "bảy"),
        ("keep_alive_days", "9" * 17),
        ("refresh_days", "²"),
        ("refresh_days", "0"),
        ("access_hours", "25h"),
    ],
)
def test_a_number_of_days_that_is_none_is_told(stand: Stand, name: str, value: str) -> None:
    wrong = replace(stand.account, hosts={**stand.account.hosts, name: value})
    with stand.shelf(START) as shelf, pytest.raises(LoaError) as refusal:
        REGISTRY["zalo"].build(
            wrong, shelf.clock, equipment=Equipment(stand.folder, tokens=shelf.keeper_of(stand.account))
        )
    assert refusal.value.code == "E659"
    assert refusal.value.params["detail"].startswith(name)


def test_a_server_that_cannot_be_reached_leaves_no_doubt(stand: Stand, closed_port: int) -> None:
    stand.use(START)
    away = Stand(f"http://127.0.0.1:{closed_port}", stand.folder, stand.book)
    assert away.use(LATER) == "E601"
    with stand.shelf(LATER) as shelf:
        kept = shelf.keeper_of(stand.account).read()  # type: ignore[union-attr]  # Zalo has a keeper
    assert kept is not None
    assert kept.standing == "sure"


def test_a_refusal_without_any_doubt_keeps_the_pair_for_a_mended_setting(stand: Stand) -> None:
    """A wrong application secret: the platform's no used nothing up."""
    stand.use(START)
    stand.show(LATER)
    with stand.door(LATER) as door:
        right = door._access._application
        object.__setattr__(right, "secret", "no-sandbox-secret")
        with pytest.raises(Exception) as stopped:  # noqa: PT011 - Halt carries its ending
            door.ask("GET", "/v2.0/oa/getoa")
    assert stopped.value.ending.code == "E666"  # type: ignore[attr-defined]  # Halt
    assert "no-sandbox-secret" not in stopped.value.ending.detail  # type: ignore[attr-defined]  # Halt
    assert stand.use(LATER) == "works"


def test_an_account_that_nobody_logged_in_says_so(stand: Stand) -> None:
    with stand.shelf(START) as shelf:
        assert preflight(shelf, stand, real_keeper(shelf, stand)) == Finding("stop", "E671", "zalo-xa")


def test_a_sandbox_run_never_touches_the_real_pair_of_the_same_book(stand: Stand) -> None:
    with stand.shelf(START) as shelf:
        real = real_keeper(shelf, stand)
        real.replace(PAIR)
        real.begin_refresh()
    stand.show(LATER)
    assert stand.use(LATER) == "works"
    with stand.shelf(LATER) as shelf:
        assert real_keeper(shelf, stand).read() == Kept(PAIR, "in_doubt")


def test_accounts_of_one_oa_share_one_pair(stand: Stand) -> None:
    """Articles and messages of an OA are two accounts in loa.yaml and one login at Zalo."""
    stand.use(START)
    stand.show(LATER)
    with stand.shelf(LATER) as shelf:
        other = Account("zbs-xa", "zbs", "Xã Một", stand.account.settings, stand.account.hosts, stand.account.secrets)
        assert shelf.keeper_of(stand.account).read() == shelf.keeper_of(other).read()  # type: ignore[union-attr]  # both have one
    assert stand.use(LATER) == "works"
    assert stand.counts() == (1, 0)


def test_no_token_is_readable_in_the_book_or_in_a_printed_form(stand: Stand) -> None:
    stand.use(START)
    with stand.shelf(START) as shelf:
        kept = shelf.keeper_of(stand.account).read()  # type: ignore[union-attr]  # Zalo has a keeper
    assert kept is not None
    assert "sandbox-" not in repr(kept)
    for path in stand.folder.glob("book.sqlite*"):
        assert f"sandbox-{OA}".encode() not in path.read_bytes()
        assert b"sandbox-refresh-" not in path.read_bytes()


@pytest.mark.parametrize("text", ["bad {token}", "{token}", '{{"x": "{token}"}}'])
def test_the_kept_token_does_not_reach_the_book_when_zalo_repeats_it(stand: Stand, text: str) -> None:
    """It is no secret of loa.yaml, and Zalo may still echo it."""
    body = {"error": -248, "message": text.format(token=f"sandbox-{OA}")}
    with stand.door(START) as door:
        door.ask("GET", "/v2.0/oa/getoa")
        answer = Answer(200, body=json.dumps(body).encode())
        told = [door.words(answer), str(door.ending(answer)), str(door.unseen(answer))]
    assert OA not in "".join(told)


def test_a_pair_sealed_with_another_key_asks_for_a_person(stand: Stand) -> None:
    with stand.shelf(START) as shelf:
        real_keeper(shelf, stand).replace(PAIR)
        found = preflight(shelf, stand, real_keeper(shelf, stand, key=b"n" * 32))
    assert (found.level, found.code) == ("stop", "E674")


def test_a_quiet_account_is_kept_alive_by_the_daily_look(stand: Stand) -> None:
    assert findings(stand) == [("ok", "E673")]
    assert findings(stand, days=6) == [("ok", "E673")]
    assert stand.counts() == (0, 0)
    for week in range(1, 30):
        assert findings(stand, days=7.1 * week) == [("ok", "E673")]
    assert stand.counts() == (29, 0)


@pytest.mark.parametrize(("days", "level"), [(75.5, ""), (76.5, "warning"), (83.5, "warning"), (89.5, "stop")])
def test_a_login_that_could_not_be_renewed_is_told_14_days_ahead(stand: Stand, days: float, level: str) -> None:
    findings(stand)
    stand.play("error500_before")
    told = findings(stand, days)
    assert told[0] == ("stop", "E667")
    assert told[1:] == ([(level, "E672")] if level else [])


def test_a_dead_account_is_found_by_the_daily_look(stand: Stand) -> None:
    stand.log_in(START)
    assert findings(stand, days=91) == [("stop", "E666"), ("stop", "E672")]


def test_a_sandbox_that_was_killed_knows_its_tokens_again(tmp_path: Path) -> None:
    book = tmp_path / "book.sqlite"
    for number in range(3):
        with sandbox_process(tmp_path / "sandbox") as url:
            stand = Stand(url, tmp_path, book)
            stand.show(START + EXPIRY * number)
            assert stand.use(START + EXPIRY * number) == "works"
            assert stand.counts() == (number, 0)


def test_an_article_goes_out_after_its_token_has_expired(bench: Callable[[str], Bench], tmp_path: Path) -> None:
    it = bench("zalo")
    account = Account("zalo-xa", "zalo", "Xã Một", it.account.settings, it.account.hosts, {"app_secret": "sandbox-app"})
    stand = Stand(it.sandbox.url, tmp_path, tmp_path / "book.sqlite")
    with stand.shelf(it.clock.now()) as shelf:
        lent = Equipment(it.sandbox.public, tokens=replace(shelf, clock=it.clock).keeper_of(account))
        publisher = REGISTRY["zalo"].build(account, it.clock, equipment=lent)
        for number in range(3):
            ending = publisher.publish(it.message(title=f"Bài số {number}"))
            assert isinstance(ending, Pending)
            it.clock.advance(EXPIRY)
            assert isinstance(publisher.follow_up(it.message(), ending.receipt), Done)
    assert stand.counts() == (3, 0)
    assert len(it.journal()) == 3
