from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from loa.delivery import Absent, AuthNeeded, CannotTell, Done, Equipment, Found, Pending, Refused, RetryLater, Unknown
from loa.errors import LoaError
from loa.sandbox import Fault
from publishers import REGISTRY

from .conftest import Bench, png
from .zalo import say


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def test_an_article_is_pending_until_it_is_verified(it: Bench) -> None:
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Pending)
    assert isinstance(publisher.follow_up(it.message(), ending.receipt), Pending)
    assert isinstance(publisher.follow_up(it.message(), ending.receipt), Done)
    (effect,) = it.journal()
    assert effect.kind == "article"
    assert effect.title == "Ngày Chuyển đổi số quốc gia"
    assert effect.media_sha256 == (it.picture().sha256,)
    assert effect.extra["author"] == "Xã Kim Liên"


def test_each_paragraph_is_its_own_text_item(it: Bench) -> None:
    text = "Đoạn một.\n\nĐoạn hai.\n– Ý thứ nhất"
    assert isinstance(it.to_the_end(it.publisher(), it.message(text=text)), Done)
    assert it.journal()[0].text == "Đoạn một.\n\nĐoạn hai.\n\n– Ý thứ nhất"


def test_an_article_without_a_picture_is_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(attachments=()))
    assert isinstance(ending, Refused)
    assert ending.code == "E616"


def test_a_title_of_150_is_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(title="Đ" * 150))
    assert isinstance(ending, Refused)
    assert ending.code == "E613"


def test_a_picture_that_the_world_cannot_see_stops_the_article(it: Bench) -> None:
    it.hosts = {"media_base_url": f"{it.sandbox.url}/media/nowhere"}
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.code == "E617"
    assert it.journal() == ()


def test_a_spoilt_picture_under_the_same_name_is_laid_out_anew(it: Bench) -> None:
    """Names are hashes: whatever else stands there is a copy that broke off."""
    (it.sandbox.public / f"{it.picture().sha256}.png").write_bytes(png("khác")[:20])
    assert isinstance(it.to_the_end(it.publisher(), it.message()), Done)
    assert it.journal()[0].media_sha256 == (it.picture().sha256,)


def test_a_picture_that_zalo_cannot_read_fails_the_article_at_last(it: Bench) -> None:
    """The world sees the approved bytes, but they are no picture."""
    data = b"no picture at all"
    place = it.folder / "broken.png"
    place.write_bytes(data)
    broken = replace(it.picture(), path=place, sha256=hashlib.sha256(data).hexdigest())
    ending = it.to_the_end(it.publisher(), it.message(attachments=(broken,)))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E609", "content")
    assert it.journal() == ()


@pytest.mark.parametrize("kind", ["drop_before", "error500_before", "429"])
def test_a_question_that_fails_never_makes_a_second_article(it: Bench, kind: str) -> None:
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Pending)
    it.sandbox.play([Fault(face="zalo", route="*/verify", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    ending = publisher.follow_up(it.message(), ending.receipt)
    assert isinstance(ending, Pending)
    it.clock.move_to(ending.check_at)
    assert isinstance(publisher.follow_up(it.message(), ending.receipt), Done)
    assert len(it.journal()) == 1


def test_a_login_that_dies_while_an_article_is_processed_is_told_and_the_article_goes_on(it: Bench) -> None:
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Pending)
    it.sandbox.play([Fault(face="zalo", route="*/verify", kind="token_expired")])
    stopped = publisher.follow_up(it.message(), ending.receipt)
    assert isinstance(stopped, AuthNeeded)
    assert stopped.code == "E605"
    it.clock.advance(timedelta(minutes=1))
    assert isinstance(publisher.follow_up(it.message(), ending.receipt), Done)
    assert len(it.journal()) == 1


@pytest.mark.parametrize("answer", [{"error": -201, "message": "token is invalid"}, {"error": -7777}])
def test_an_answer_about_its_token_never_says_that_an_article_was_refused(
    it: Bench, monkeypatch: pytest.MonkeyPatch, answer: dict[str, object]
) -> None:
    """The token of a creation is not the article: which lies with Zalo, whatever becomes of the question."""
    publisher = it.publisher()
    ending = publisher.publish(it.message())
    assert isinstance(ending, Pending)
    say(monkeypatch, "/v2.0/article/verify", answer)
    assert isinstance(publisher.follow_up(it.message(), ending.receipt), Unknown)


def test_two_articles_of_one_title_in_the_window_are_for_a_person(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    it.to_the_end(publisher, it.message())
    it.to_the_end(publisher, it.message())
    it.settle()
    assert publisher.look_up(it.message(), sent_at, {}) == CannotTell("E632", final=True)


def test_an_older_article_of_the_same_title_is_not_taken_for_this_one(it: Bench) -> None:
    publisher = it.publisher()
    it.to_the_end(publisher, it.message())
    it.clock.advance(timedelta(days=30))
    assert publisher.look_up(it.message(), it.clock.now(), {}) == Absent()


def test_many_articles_since_then_are_read_on(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    it.to_the_end(publisher, it.message())
    for number in range(12):
        publisher.publish(it.message(title=f"Bài số {number}"))
    it.settle()
    assert isinstance(publisher.look_up(it.message(), sent_at - timedelta(seconds=60), {}), Found)


def test_another_account_does_not_see_the_article(it: Bench, bench: Callable[[str], Bench]) -> None:
    it.to_the_end(it.publisher(), it.message())
    account = it.account
    other = type(account)(
        account.id,
        "zalo",
        "Xã khác",
        account.settings,
        account.hosts,
        it.account.secrets | {"access_token": "sandbox-2"},
    )
    publisher = REGISTRY["zalo"].build(other, it.clock, equipment=Equipment(it.sandbox.public))
    it.settle()
    assert publisher.look_up(it.message(), it.clock.now() - timedelta(minutes=2), {}) == Absent()


def test_without_a_public_place_no_horn_is_built(it: Bench) -> None:
    with pytest.raises(LoaError) as caught:
        REGISTRY["zalo"].build(it.account, it.clock)
    assert caught.value.code == "E623"


def test_preflight_names_the_account_and_a_dead_token(it: Bench) -> None:
    assert it.publisher().preflight()[0].level == "ok"
    it.sandbox.play([Fault(face="zalo", method="GET", kind="token_expired")])
    finding = it.publisher().preflight()[0]
    assert (finding.level, finding.code) == ("stop", "E605")
