"""Many processes that use one account's tokens as they expire, and processes killed inside a refresh.

They meet the same sandbox process and the same book, through the code that the real horn uses.
"""

import json
import os
import random
import signal
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError

from loa.cli.redirected import parameters_of
from loa.clock import SimulatedClock
from loa.delivery import Account, AuthNeeded, Equipment, TokenKeeper, TokenPair
from loa.sandbox import overrides
from loa.store import Vault, open_book
from loa.wiring.tokens import TokenShelf, login_of
from publishers.common import Halt
from publishers.zalo.cards import CARD
from publishers.zalo.door import Door

START = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
EXPIRY = timedelta(hours=26)
OA = "4318657068771012646"
PATIENCE = 60
FORK = get_context("fork")

Moment = Literal[
    "before the lock",
    "in the lock",
    "after the intent",
    "on the wire, not yet taken",
    "on the wire, taken",
    "answered, not yet written",
    "written",
]
KILLS: dict[Moment, int] = {
    "before the lock": 3,
    "in the lock": 3,
    "after the intent": 4,
    "on the wire, not yet taken": 7,
    "on the wire, taken": 7,
    "answered, not yet written": 3,
    "written": 3,
}
"""30 kills in all."""


@dataclass(frozen=True)
class Stand:
    """One account on a book (a path, or a PostgreSQL address) and a sandbox."""

    url: str
    folder: Path
    book: Path | str

    @property
    def account(self) -> Account:
        hosts = dict(CARD.host_settings) | overrides(self.url)["zalo"]
        settings = {"oa_id": OA, "app_id": "1234567890123456789"}
        return Account("zalo-xa", "zalo", "Xã Một", settings, hosts, {"app_secret": "sandbox-app"})

    @contextmanager
    def door(self, now: datetime, change: Callable[[TokenKeeper], TokenKeeper] = lambda kept: kept) -> Iterator[Door]:
        """The door to the account at a moment, as a process that has just started opens it."""
        with self.shelf(now) as shelf:
            keeper = shelf.keeper_of(self.account)
            assert keeper
            yield Door(self.account, CARD, shelf.clock, None, Equipment(tokens=change(keeper)))

    @contextmanager
    def shelf(self, now: datetime) -> Iterator[TokenShelf]:
        book = open_book(self.book)
        try:
            vault = Vault.at(self.folder / "vault.key")
            yield TokenShelf(book, vault, self.folder / "locks", SimulatedClock(now), in_sandbox=True)
        finally:
            book.close()

    def use(self, now: datetime) -> str:
        """One use of the token at a moment: ``works``, or the code that a person or the clock must answer."""
        with self.door(now) as door:
            return use(door)

    def log_in(self, now: datetime) -> None:
        """A person agrees on the consent page."""
        with self.shelf(now) as shelf:
            attempt = login_of(self.account, shelf, self.account.settings)
            assert attempt
            attempt.keep(redirected(attempt.link("http://127.0.0.1:1/")))

    def play(self, kind: str, *, seconds: float = 0.0, times: int = 1) -> None:
        """Let the next refreshes go wrong."""
        fault = {"face": "zalo", "route": "*/access_token", "kind": kind, "seconds": seconds, "times": times}
        ask(f"{self.url}/_loa/faults", {"scenario": [fault]})

    def behave(self) -> None:
        ask(f"{self.url}/_loa/faults", {"scenario": []})

    def show(self, now: datetime) -> None:
        """Move the sandbox's clock."""
        ask(f"{self.url}/_loa/clock", {"now": now.isoformat()})

    def counts(self) -> tuple[int, int]:
        """Refreshes that succeeded, and calls that the sandbox refused as an invalid grant."""
        found = ask(f"{self.url}/_loa/zalo/tokens")
        return found["refreshes"].get(OA, 0), found["refused"]


def use(door: Door) -> str:
    """One call of the API."""
    try:
        answer = door.ask("GET", "/v2.0/oa/getoa").json() or {}
    except Halt as stopped:
        code = getattr(stopped.ending, "code", "")
        return f"{code} for a person" if isinstance(stopped.ending, AuthNeeded) else code
    return "works" if answer.get("error") == 0 else str(answer)


def ask(url: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def redirected(link: str) -> dict[str, str]:
    """Open a consent link and give the parameters of the redirect."""
    try:
        urllib.request.build_opener(_Stay).open(link, timeout=PATIENCE)
    except HTTPError as answer:
        with answer:
            return parameters_of(answer.headers["Location"])
    raise AssertionError("the consent page did not redirect")


def play_rounds(stand: Stand, processes: int, rounds: int) -> Counter[str]:
    """Every process uses the token at every expiry; what came of the uses.

    In even rounds every process knows that the token has expired; in odd ones all find out from the platform's -216.
    """
    gate = FORK.Barrier(processes + 1)
    heard: Any = FORK.Queue()
    crew = [
        FORK.Process(target=_worker, args=(stand, rounds, gate, heard), daemon=True, name=f"worker {number}")
        for number in range(processes)
    ]
    for each in crew:
        each.start()
    for number in range(rounds):
        stand.show(_round_at(number))
        gate.wait(PATIENCE)  # go
        gate.wait(PATIENCE)  # all done
    seen: Counter[str] = sum((heard.get(timeout=PATIENCE) for _ in crew), Counter())
    for each in crew:
        each.join(PATIENCE)
    return seen


def _round_at(number: int) -> datetime:
    return START + EXPIRY * (number + 1)


def _worker(stand: Stand, rounds: int, gate: Barrier, heard: Any) -> None:
    seen: Counter[str] = Counter()
    with stand.door(START) as door:
        assert isinstance(door.clock, SimulatedClock)
        for number in range(rounds):
            gate.wait(PATIENCE)
            if number % 2 == 0:
                door.clock.move_to(_round_at(number))
            seen[use(door)] += 1
            gate.wait(PATIENCE)
    heard.put(seen)


class _Deadly:
    """A keeper whose process dies at one moment of a refresh."""

    def __init__(self, keeper: TokenKeeper, moment: Moment, after: float) -> None:
        self._keeper = keeper
        self._moment = moment
        self._after = after

    def read(self) -> Any:
        return self._keeper.read()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        self._die_at("before the lock")
        with self._keeper.exclusive():
            yield

    def begin_refresh(self) -> None:
        self._die_at("in the lock")
        self._keeper.begin_refresh()
        self._die_at("after the intent")
        if self._moment.startswith("on the wire"):
            threading.Timer(self._after, _die).start()

    def abandon_refresh(self) -> None:
        self._keeper.abandon_refresh()

    def give_up(self) -> None:
        self._keeper.give_up()

    def replace(self, pair: TokenPair) -> None:
        self._die_at("answered, not yet written")
        self._keeper.replace(pair)
        self._die_at("written")

    def _die_at(self, moment: Moment) -> None:
        if self._moment == moment:
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_inside(stand: Stand, moment: Moment, now: datetime, chance: random.Random) -> None:
    """A process starts to refresh the expired token and is killed at one moment."""
    stand.show(now)
    after = chance.uniform(0.03, 0.12)
    if moment == "on the wire, not yet taken":
        stand.play("delay", seconds=0.2)
    elif moment == "on the wire, taken":
        stand.play("delay_after", seconds=0.2)
    victim = FORK.Process(target=_victim, args=(stand, moment, now, after), daemon=True)
    victim.start()
    _wait_for(victim)
    stand.behave()


def _victim(stand: Stand, moment: Moment, now: datetime, after: float) -> None:
    with stand.door(now, lambda keeper: _Deadly(keeper, moment, after)) as door:
        use(door)


def _wait_for(victim: BaseProcess) -> None:
    victim.join(PATIENCE)
    assert victim.exitcode == -signal.SIGKILL, f"not killed: {victim.exitcode}"


@dataclass(frozen=True)
class Aftermath:
    """What the next uses after a kill came to."""

    moment: Moment
    first: str
    after_login: str = ""

    @property
    def loud(self) -> bool:
        """Works at once; or is put before a person, and works when he has logged in."""
        return self.first == "works" or (self.first, self.after_login) == ("E665 for a person", "works")


def kill_everywhere(stand: Stand, kills: dict[Moment, int], seed: int) -> list[Aftermath]:
    """Kill at every moment, as often as is asked, and use the account after each kill."""
    chance = random.Random(seed)
    now, seen = START, []
    for moment in [each for each, times in kills.items() for _ in range(times)]:
        assert stand.use(now) == "works"
        now += EXPIRY
        kill_inside(stand, moment, now, chance)
        first = stand.use(now)
        after_login = ""
        if first != "works":
            stand.log_in(now)
            after_login = stand.use(now)
        seen.append(Aftermath(moment, first, after_login))
    return seen
