"""Broadcasts: articles go to followers once, or a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from loa.delivery import AuthNeeded, CannotTell, Done, Message, Refused, RetryLater, Unknown
from loa.sandbox import Fault, Sandbox
from publishers import REGISTRY

from .conftest import Bench
from .zalo import set_account

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
COMMIT = "*/v2.0/oa/message"


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo-broadcast")


@pytest.fixture
def articles(bench: Callable[[str], Bench]) -> tuple[str, ...]:
    """Two articles that are out."""
    made = bench("zalo")
    endings = [made.to_the_end(made.publisher(), made.message(title=f"Bài {number}")) for number in (1, 2)]
    return tuple(ending.receipt.platform_id for ending in endings if isinstance(ending, Done))


def sent(it: Bench) -> list[str]:
    return [effect.text for effect in it.journal() if effect.kind == "broadcast"]


def test_articles_go_to_the_followers_that_the_campaign_means(it: Bench, articles: tuple[str, ...]) -> None:
    options = {
        "ages": "18-24, 65+",
        "gender": "Nữ",
        "locations": "Miền Trung",
        "cities": "Nghệ An, hà tĩnh, TP. HCM",
        "platform": "Android",
    }
    ending = it.publisher().publish(it.message(references=articles, options=options))
    assert isinstance(ending, Done)
    assert ending.receipt.details == {"moderation_minutes": "30"}
    (effect,) = [each for each in it.journal() if each.kind == "broadcast"]
    assert effect.id == ending.receipt.platform_id
    assert effect.text == "Bài 1\nBài 2"
    assert effect.extra["aimed"] == {
        "ages": "2,7",
        "gender": "2",
        "locations": "1",
        "cities": "55,36,4",
        "platform": "2",
    }


def test_without_filters_everybody_gets_it(it: Bench, articles: tuple[str, ...]) -> None:
    assert isinstance(it.publisher().publish(it.message(references=articles)), Done)
    assert it.journal()[-1].extra["aimed"] == {"gender": "0"}


@pytest.mark.parametrize("references", [(), tuple("abcdef")])
def test_none_and_six_articles_are_refused_before_anything_leaves(it: Bench, references: tuple[str, ...]) -> None:
    ending = it.publisher().publish(it.message(references=references))
    assert isinstance(ending, Refused)
    assert ending.code == "E660"


@pytest.mark.parametrize("options", [{"cities": "Nghệ Tĩnh"}, {"ages": "18"}, {"gender": "khác"}])
def test_a_word_that_names_no_group_is_refused_before_anything_leaves(it: Bench, options: dict[str, str]) -> None:
    ending = it.publisher().publish(it.message(references=("a",), options=options))
    assert isinstance(ending, Refused)
    assert ending.code == "E659"


def test_an_article_that_is_still_hidden_is_not_sent(it: Bench, bench: Callable[[str], Bench]) -> None:
    made = bench("zalo")
    ending = made.to_the_end(made.publisher(), made.message(options={"hidden_first": "yes"}))
    assert not isinstance(ending, Done)
    article = ending.receipt.platform_id  # type: ignore[union-attr]  # pending
    assert isinstance(it.publisher().publish(it.message(references=(article,))), Refused)
    assert sent(it) == []


@pytest.mark.parametrize(
    "kind", ["drop_before", "drop_after", "error500_before", "error500_after", "garbage", "truncated", "wrong_json"]
)
def test_a_lost_answer_goes_to_a_person_and_is_never_sent_again(
    it: Bench, articles: tuple[str, ...], kind: str
) -> None:
    it.sandbox.play([Fault(face="zalo", route=COMMIT, kind=kind)])  # type: ignore[arg-type]  # a plain str
    message = it.message(references=articles)
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), Unknown)
    found = publisher.look_up(message, it.clock.now(), {})
    assert isinstance(found, CannotTell)
    assert found.final
    assert publisher.card.read_back == "none"


def test_a_refused_connection_is_certainly_not_sent(it: Bench, closed_port: int) -> None:
    it.hosts = {"api_host": f"http://127.0.0.1:{closed_port}"}
    ending = it.publisher().publish(it.message(references=("a",)))
    assert isinstance(ending, RetryLater)
    assert ending.code == "E601"


def test_a_dead_token_stops_the_account(it: Bench, articles: tuple[str, ...]) -> None:
    it.sandbox.play([Fault(face="zalo", route=COMMIT, kind="token_expired", times=2)])
    ending = it.publisher().publish(it.message(references=articles))
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E605"
    assert sent(it) == []


@pytest.mark.parametrize(("package", "most"), [("basic", 1), ("advanced", 4), ("unknown", None)])
def test_the_package_tells_how_many_a_month(it: Bench, package: str, most: int | None) -> None:
    card = REGISTRY["zalo-broadcast"].card
    assert card.monthly_quota is not None
    assert card.monthly_quota({"package": package}, dict(card.host_settings)) == most


def test_a_quota_that_is_used_up_waits_for_the_first_of_the_next_month(it: Bench, articles: tuple[str, ...]) -> None:
    set_account(it, broadcasts=1)
    publisher = it.publisher()
    assert isinstance(publisher.publish(it.message(references=articles[:1])), Done)
    ending = publisher.publish(it.message(references=articles[1:]))
    assert isinstance(ending, RetryLater)
    assert (ending.code, ending.pause_account) == ("E656", True)
    assert ending.at == datetime(2026, 11, 1, 6, 0, tzinfo=VIETNAM)
    it.clock.move_to(ending.at)
    assert isinstance(publisher.publish(it.message(references=articles[1:])), Done)


def test_a_restarted_sandbox_goes_on_counting_the_quota(it: Bench, articles: tuple[str, ...]) -> None:
    assert isinstance(it.publisher().publish(it.message(references=articles)), Done)
    with Sandbox(it.folder / "sandbox", clock=it.clock) as again:
        it.sandbox = again
        set_account(it, broadcasts=1)
        assert isinstance(it.publisher().publish(it.message(references=articles)), RetryLater)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 10, 10, 15, 30, tzinfo=UTC), datetime(2026, 10, 11, 6, 0, tzinfo=VIETNAM)),
        (datetime(2026, 10, 10, 22, 30, tzinfo=UTC), datetime(2026, 10, 11, 6, 0, tzinfo=VIETNAM)),
    ],
)
def test_at_night_it_waits_for_six_in_the_morning(
    it: Bench, articles: tuple[str, ...], now: datetime, opens: datetime
) -> None:
    it.clock.move_to(now)
    ending = it.publisher().publish(it.message(references=articles))
    assert isinstance(ending, RetryLater)
    assert ending.at == opens
    assert it.publisher().card.hours == ("06:00", "21:59")


def test_preflight_names_the_account_and_what_is_left(it: Bench) -> None:
    codes = [finding.code for finding in it.publisher().preflight()]
    assert codes == ["E690", "E652", "E655"]


def test_the_words_of_a_message_do_not_matter_only_its_articles(it: Bench, articles: tuple[str, ...]) -> None:
    message = replace(it.message(references=articles), text="", title="")
    assert isinstance(message, Message)
    assert isinstance(it.publisher().publish(message), Done)
