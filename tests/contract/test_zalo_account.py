"""The account behind the articles: its table of errors, its meter, what preflight tells, its followers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loa.clock import SimulatedClock
from loa.delivery import AuthNeeded, Done, Ending, Equipment, Pending, Refused, RetryLater, Unknown
from loa.sandbox import Fault
from publishers.http import Answer
from publishers.zalo.door import Door
from publishers.zalo.reading import Reading
from publishers.zalo.table import ending_of, next_month, next_opening

from .conftest import START, Bench
from .zalo import ask, horn_of, set_account

TABLE: dict[int, tuple[type, str]] = {
    -32: (RetryLater, "E604"),
    -200: (Refused, "E609"),
    -201: (Refused, "E607"),
    -202: (AuthNeeded, "E605"),
    -204: (AuthNeeded, "E606"),
    -205: (AuthNeeded, "E606"),
    -207: (AuthNeeded, "E606"),
    -208: (AuthNeeded, "E606"),
    -209: (AuthNeeded, "E606"),
    -210: (Refused, "E607"),
    -211: (AuthNeeded, "E610"),
    -212: (AuthNeeded, "E606"),
    -213: (Refused, "E661"),
    -214: (Unknown, "E603"),
    -215: (AuthNeeded, "E606"),
    -216: (AuthNeeded, "E605"),
    -217: (Refused, "E661"),
    -218: (Refused, "E661"),
    -219: (AuthNeeded, "E606"),
    -220: (AuthNeeded, "E605"),
    -221: (AuthNeeded, "E606"),
    -223: (AuthNeeded, "E606"),
    -224: (AuthNeeded, "E606"),
    -227: (Refused, "E661"),
    -230: (Refused, "E661"),
    -231: (Refused, "E661"),
    -232: (Refused, "E661"),
    -233: (Refused, "E607"),
    -234: (RetryLater, "E604"),
    -235: (Refused, "E607"),
    -240: (AuthNeeded, "E606"),
    -242: (AuthNeeded, "E605"),
    -244: (Refused, "E661"),
    -248: (Refused, "E607"),
    -305: (Refused, "E661"),
    -311: (Refused, "E661"),
    -320: (AuthNeeded, "E606"),
    -321: (AuthNeeded, "E610"),
    -403: (AuthNeeded, "E606"),
    -9999: (Unknown, "E603"),
}
FOR_EVERYBODY = frozenset({-200, -201, -210, -233, -235, -248})


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def ending_for(code: int) -> Ending:
    answer = Answer(200, body=f'{{"error": {code}, "message": "token is invalid"}}'.encode())
    return ending_of(answer, SimulatedClock(START), {})


@pytest.mark.parametrize("code", sorted(TABLE))
def test_every_code_has_its_ending(code: int) -> None:
    kind, sentence = TABLE[code]
    ending = ending_for(code)
    assert isinstance(ending, kind)
    assert ending.code == sentence  # type: ignore[union-attr]  # every ending that is no success has one
    if isinstance(ending, Refused):
        assert (ending.scope == "content") == (code in FOR_EVERYBODY)
    if isinstance(ending, RetryLater):
        assert ending.pause_account


def test_the_words_of_an_answer_never_decide() -> None:
    """``token is invalid`` stands in every answer of the table above, also in that of a parameter."""
    assert isinstance(ending_for(-201), Refused)


@pytest.mark.parametrize("body", [b"", b"Service Unavailable", b"[]", b'{"error": "0"}', b'{"error": {"code": 1}}'])
def test_an_answer_that_cannot_be_read_is_in_doubt(body: bytes) -> None:
    assert isinstance(ending_of(Answer(200, body=body), SimulatedClock(START), {}), Unknown)


def test_the_next_opening_and_the_next_month_are_those_of_viet_nam() -> None:
    new_year_eve = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)  # one in the morning of the first, over there
    assert next_opening(new_year_eve) == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert next_month(new_year_eve) == datetime(2027, 1, 31, 23, 0, tzinfo=UTC)
    assert next_month(new_year_eve - timedelta(days=1)) == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)


def test_the_meter_of_zalo_makes_the_account_rest_until_the_next_minute(it: Bench) -> None:
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Pending)
    assert publisher.rest() is None
    set_account(it, calls_left=100)
    publisher.follow_up(it.message(), ending.receipt)
    rest = publisher.rest()
    assert rest is not None
    assert rest.until == it.clock.now() + timedelta(minutes=1)
    it.clock.move_to(rest.until)
    assert publisher.rest() is None
    publisher.follow_up(it.message(), ending.receipt)
    assert publisher.rest() is None


def test_more_calls_than_a_minute_takes_are_told_to_slow_down(it: Bench) -> None:
    set_account(it, calls_left=0)
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert (ending.code, ending.pause_account) == ("E604", True)
    it.clock.move_to(ending.at)
    assert isinstance(it.publisher().publish(it.message()), Pending)


def _equipment(it: Bench) -> Equipment:
    return Equipment(it.sandbox.public)


def found(it: Bench) -> list[tuple[str, str]]:
    return [(finding.level, finding.code) for finding in it.publisher().preflight()]


def test_preflight_of_a_good_account(it: Bench) -> None:
    assert found(it) == [("ok", "E690"), ("ok", "E652")]


def test_preflight_stops_a_token_of_another_account(it: Bench) -> None:
    other = replace(it.account, settings={**it.account.settings, "oa_id": "4318657068771012647"})
    (finding,) = horn_of(it, other).preflight()
    assert (finding.level, finding.code) == ("stop", "E650")
    assert "4318657068771012646" in finding.detail


def test_preflight_warns_of_an_account_that_is_not_verified(it: Bench) -> None:
    set_account(it, verified=False)
    assert ("warning", "E651") in found(it)


def test_preflight_warns_of_a_missing_package(it: Bench) -> None:
    set_account(it, package="")
    assert ("warning", "E653") in found(it)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("25/10/2026", []),
        ("24/10/2026", [("warning", "E654")]),
        ("2026-10-11", [("warning", "E654")]),
        ("10/10/2026", [("warning", "E654")]),
        ("09/10/2026", [("stop", "E664")]),
        ("sang năm", []),
    ],
)
def test_preflight_tells_fourteen_days_ahead_when_the_package_ends(
    it: Bench, until: str, told: list[tuple[str, str]]
) -> None:
    set_account(it, package_until=until)
    assert found(it)[2:] == told


def test_preflight_tells_what_kept_it_from_asking(it: Bench, closed_port: int) -> None:
    it.sandbox.play([Fault(face="zalo", method="GET", kind="token_expired", times=2)])
    assert found(it) == [("stop", "E605")]
    it.hosts = {"api_host": f"http://127.0.0.1:{closed_port}"}
    assert found(it) == [("stop", "E601")]


def test_followers_are_counted_and_listed_page_by_page(it: Bench) -> None:
    set_account(it, followers=120)
    door = Door(it.account, it.publisher().card, it.clock, None, _equipment(it))
    total, users = Reading(door).followers(most=110)
    assert total == 120
    assert len(set(users)) == len(users) == 110


def test_preflight_counts_the_followers_where_the_account_does_not_tell(it: Bench) -> None:
    set_account(it, followers=1588, tells_followers=False)
    told = {finding.code: finding.detail for finding in it.publisher().preflight()}
    assert told["E652"] == "1.588"
    it.sandbox.play([Fault(face="zalo", route="*/getlist", method="GET", kind="error500_before")])
    assert found(it) == [("ok", "E690")]


def test_a_proof_of_another_shape_is_turned_away(it: Bench) -> None:
    assert ask(it, "GET", "/v2.0/oa/getoa", headers={"appsecret_proof": "x"})["error"] == -242


def test_the_proof_of_the_secret_goes_along_where_it_is_switched_on(it: Bench) -> None:
    """The imitation takes any; what counts is that the secret itself never travels."""
    it.hosts = {"appsecret_proof": "yes"}
    door = Door(it.account, it.publisher().card, it.clock, None, _equipment(it))
    proof = door._proof("sandbox-t")["appsecret_proof"]
    assert len(proof) == 64
    assert it.account.secrets["app_secret"] not in proof
    assert isinstance(it.to_the_end(it.publisher(), it.message()), Done)


def test_the_imitation_lists_ten_articles_at_most(it: Bench) -> None:
    asked = {"offset": "0", "limit": "11", "type": "normal"}
    assert ask(it, "GET", "/v2.0/article/getslice", params=asked)["error"] == -201


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("image", b"\x89PNG\r\n\x1a\n" + b"0" * 100, 0),
        ("image", b"\x89PNG\r\n\x1a\n" + b"0" * 1_000_000, -201),
        ("gif", b"GIF89a" + b"0" * 100, 0),
        ("gif", b"\x89PNG\r\n\x1a\n", -201),
        ("file", b"%PDF-1.7", 0),
        ("file", b"MZ", -201),
    ],
)
def test_the_imitation_looks_at_the_bytes_of_an_upload(it: Bench, path: str, data: bytes, code: int) -> None:
    answer = ask(it, "POST", f"/v2.0/oa/upload/{path}", files={"file": ("tệp", data)})
    assert answer["error"] == code


def test_the_imitation_knows_single_messages_and_quotas(it: Bench) -> None:
    user = "7000000000000000000"
    body = {"recipient": {"user_id": user}, "message": {"text": "Chào bà con"}}
    assert ask(it, "POST", "/v3.0/oa/message/cs", json=body)["data"]["user_id"] == user
    body["recipient"]["user_id"] = "1"
    assert ask(it, "POST", "/v3.0/oa/message/cs", json=body)["error"] == -213
    assert ask(it, "POST", "/v2.0/oa/message", json=body)["error"] == -240
    assert ask(it, "POST", "/v3.0/oa/quota/message", json={"quota_owner": "OA"})["data"][0]["remain"] == 2000
