"""Articles beyond the first one: clips, hidden first, other words, taken down, found again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from loa.delivery import (
    Absent,
    Attachment,
    AuthNeeded,
    CannotTell,
    Done,
    Found,
    Message,
    Pending,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from loa.errors import LoaError
from loa.sandbox import Fault, Sandbox

from .conftest import Bench
from .driver import carry_through
from .zalo import ask, horn_of, set_account


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zalo")


def detail(it: Bench, article: str) -> Mapping[str, object]:
    data = ask(it, "GET", "/v2.0/article/getdetail", params={"id": article})["data"]
    assert isinstance(data, dict)
    return data


def published(it: Bench, **changes: object) -> str:
    ending = it.to_the_end(it.publisher(), it.message(**changes))
    assert isinstance(ending, Done)
    return ending.receipt.platform_id


def sized(clip: Attachment, width: int, height: int) -> Attachment:
    return replace(clip, width=width, height=height)


@pytest.mark.parametrize(
    ("width", "height", "view"), [(1080, 1920, "vertical"), (1920, 1080, "horizontal"), (1080, 1080, "square")]
)
def test_a_clip_is_the_cover_once_zalo_has_made_it_ready(it: Bench, width: int, height: int, view: str) -> None:
    publisher = it.publisher()
    clip = sized(it.clip(), width, height)
    message = it.message(attachments=(clip,))
    waiting = publisher.publish(message)
    assert isinstance(waiting, RetryLater)
    assert waiting.code == "E658"
    assert it.journal() == ()
    ending = it.to_the_end(publisher, message)
    assert isinstance(ending, Done)
    cover = detail(it, ending.receipt.platform_id)["cover"]
    assert isinstance(cover, dict)
    assert (cover["cover_type"], cover["cover_view"]) == ("video", view)
    assert it.journal()[0].media_sha256 == (clip.sha256,)


def test_a_clip_that_is_not_ready_is_not_sent_anew(it: Bench) -> None:
    publisher = it.publisher()
    message = it.message(attachments=(it.clip(),))
    it.sandbox.play([Fault(face="zalo", route="*/upload_video/verify", method="GET", kind="slow_verify", times=5)])
    for _ in range(5):
        ending = publisher.publish(message)
        assert isinstance(ending, RetryLater)
        assert ending.code == "E658"
    it.sandbox.play([Fault(face="zalo", route="*/preparevideo", kind="error500_before", times=99)])
    carried = carry_through(publisher, message, it.clock)
    assert isinstance(carried.last, Done)


def test_a_clip_whose_token_has_died_is_sent_once_more(it: Bench) -> None:
    publisher = it.publisher()
    message = it.message(attachments=(it.clip(),))
    assert isinstance(publisher.publish(message), RetryLater)
    it.clock.advance(timedelta(minutes=61))
    assert isinstance(carry_through(publisher, message, it.clock).last, Done)
    assert len(it.journal()) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage", "truncated"])
@pytest.mark.parametrize("route", ["*/preparevideo", "*/upload_video/verify"])
def test_a_step_that_nobody_sees_is_simply_done_again(it: Bench, kind: str, route: str) -> None:
    it.sandbox.play([Fault(face="zalo", route=route, method="*", kind=kind)])  # type: ignore[arg-type]  # a plain str
    message = it.message(attachments=(it.clip(),))
    first = it.publisher().publish(message)
    assert isinstance(first, RetryLater)
    assert isinstance(carry_through(it.publisher(), message, it.clock).last, Done)
    assert len(it.journal()) == 1


def test_a_picture_cover_with_a_clip_in_the_body_shows_the_picture_as_its_still(it: Bench) -> None:
    picture, clip = it.picture(), it.clip()
    message = it.message(attachments=(picture, clip))
    ending = carry_through(it.publisher(), message, it.clock).last
    assert isinstance(ending, Done)
    body = detail(it, ending.receipt.platform_id)["body"]
    assert isinstance(body, list)
    assert body[-1]["type"] == "video"
    assert picture.sha256 in body[-1]["thumb"]


def test_a_video_article_has_a_clip_and_a_picture(it: Bench) -> None:
    video = {"article": "video"}
    alone = it.publisher().publish(it.message(attachments=(it.clip(),), options=video))
    assert isinstance(alone, Refused)
    assert alone.code == "E659"
    message = it.message(attachments=(it.picture(), it.clip()), options=video)
    ending = carry_through(it.publisher(), message, it.clock).last
    assert isinstance(ending, Done)
    found = detail(it, ending.receipt.platform_id)
    assert found["type"] == "video"
    assert "body" not in found


def test_a_clip_over_50_mb_is_refused_before_anything_leaves(it: Bench) -> None:
    clip = it.clip()
    with clip.path.open("ab") as file:
        file.truncate(50_000_001)
    ending = it.publisher().publish(it.message(attachments=(clip,)))
    assert isinstance(ending, Refused)
    assert ending.code == "E615"


def test_the_options_of_a_campaign_reach_the_article(it: Bench) -> None:
    options = {"cover": "hide", "comments": "hide", "tracking_link": "https://dichvucong.gov.vn/?d=1"}
    found = detail(it, published(it, options=options))
    assert found["comment"] == "hide"
    assert found["tracking_link"] == options["tracking_link"]
    cover = found["cover"]
    assert isinstance(cover, dict)
    assert cover["status"] == "hide"


@pytest.mark.parametrize(
    "options", [{"cover": "maybe"}, {"tracking_link": "http://example.vn"}, {"article": "story"}, {"hidden_first": "1"}]
)
def test_a_value_that_an_option_does_not_take_is_refused_before_anything_leaves(
    it: Bench, options: dict[str, str]
) -> None:
    ending = it.publisher().publish(it.message(options=options))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E659", "content")


HIDDEN = {"hidden_first": "yes"}


def hidden(it: Bench) -> tuple[Message, Receipt]:
    """An article that is made and hidden, and its receipt."""
    message = it.message(options=HIDDEN)
    ending = it.to_the_end(it.publisher(), message)
    assert isinstance(ending, Pending)
    assert ending.receipt.details == {"waits_for": "person"}
    assert it.journal() == ()
    return message, ending.receipt


def test_a_hidden_article_is_shown_when_a_named_person_has_said_yes(it: Bench) -> None:
    message, receipt = hidden(it)
    publisher = it.publisher()
    assert isinstance(publisher.follow_up(message, receipt), Pending)
    agreed = replace(receipt, details={**receipt.details, "shown_by": "Nguyễn Thị Hạnh"})
    ending = publisher.follow_up(message, agreed)
    while isinstance(ending, Pending):
        it.clock.move_to(ending.check_at)
        ending = publisher.follow_up(message, ending.receipt)
    assert isinstance(ending, Done)
    (effect,) = it.journal()
    assert effect.kind == "article"
    assert effect.id == receipt.platform_id == ending.receipt.platform_id


def test_a_hidden_article_that_a_person_shows_on_zalo_itself_is_done(it: Bench) -> None:
    message, receipt = hidden(it)
    payload = {**detail(it, receipt.platform_id), "id": receipt.platform_id, "status": "show"}
    ask(it, "POST", "/v2.0/article/update", json=payload)
    assert isinstance(it.publisher().follow_up(message, receipt), Done)


def test_the_account_may_ask_for_hidden_first_and_the_campaign_may_say_no(it: Bench) -> None:
    cautious = replace(it.account, settings={**it.account.settings, "hidden_first": "có"})
    publisher = horn_of(it, cautious)
    assert isinstance(it.to_the_end(publisher, it.message()), Pending)
    assert it.journal() == ()
    assert isinstance(it.to_the_end(publisher, it.message(options={"hidden_first": "không"})), Done)


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        ({"hidden_first": "vâng"}, {}),
        ({}, {"appsecret_proof": "1"}),
        ({}, {"rest_below_percent": "5 %"}),
        ({}, {"video_life_minutes": "một giờ"}),
    ],
)
def test_a_setting_that_cannot_be_read_builds_no_horn(
    it: Bench, settings: dict[str, str], hosts: dict[str, str]
) -> None:
    it.hosts = hosts
    account = replace(it.account, settings={**it.account.settings, **settings})
    with pytest.raises(LoaError) as caught:
        horn_of(it, account)
    assert caught.value.code == "E659"


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage", "429"])
def test_showing_may_be_repeated_until_it_is_known(it: Bench, kind: str) -> None:
    message, receipt = hidden(it)
    agreed = replace(receipt, details={"shown_by": "Nguyễn Thị Hạnh"})
    it.sandbox.play([Fault(face="zalo", route="*/article/update", kind=kind)])  # type: ignore[arg-type]  # a plain str
    publisher = it.publisher()
    ending = publisher.follow_up(message, agreed)
    for _ in range(6):
        if not isinstance(ending, Pending):
            break
        it.clock.move_to(ending.check_at)
        ending = publisher.follow_up(message, ending.receipt)
    assert isinstance(ending, Done)
    assert [effect.kind for effect in it.journal()] == ["article"]


def test_a_lost_answer_for_a_hidden_article_is_found_and_still_waits_for_a_person(it: Bench) -> None:
    it.sandbox.play([Fault(face="zalo", route="*/create", kind="drop_after")])
    message, sent_at = it.message(options=HIDDEN), it.clock.now()
    assert isinstance(it.publisher().publish(message), Unknown)
    it.settle()
    found = it.publisher().look_up(message, sent_at, {})
    assert isinstance(found, Found)
    assert found.check_at is not None
    assert found.receipt.details == {"waits_for": "person"}


def test_other_words_go_to_the_same_article(it: Bench) -> None:
    article = published(it)
    revised = it.message(action="revise", target=article, text="Đã dời sang 11/10.", title="Đính chính: 11/10")
    assert isinstance(it.to_the_end(it.publisher(), revised), Done)
    first, second = it.journal()
    assert second.kind == "revise"
    assert second.extra["target"] == first.id == article
    assert second.title == "Đính chính: 11/10"


def test_other_words_without_pictures_keep_those_that_are_there(it: Bench) -> None:
    article = published(it, attachments=(it.picture("một"), it.picture("hai")))
    before = detail(it, article)
    revised = it.message(action="revise", target=article, text="Dời sang 11/10.", attachments=())
    assert isinstance(it.to_the_end(it.publisher(), revised), Done)
    after = detail(it, article)
    assert after["cover"] == before["cover"]
    assert it.journal()[1].media_sha256 == it.journal()[0].media_sha256
    assert it.journal()[1].text == "Dời sang 11/10."


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", False), ("drop_after", True), ("error500_after", True)])
def test_a_lost_answer_for_other_words_is_told_by_reading_the_article(it: Bench, kind: str, *, arrived: bool) -> None:
    article = published(it)
    revised = it.message(action="revise", target=article, text="Dời sang 11/10.")
    it.sandbox.play([Fault(face="zalo", route="*/update", kind=kind)])  # type: ignore[arg-type]  # a plain str
    assert isinstance(it.publisher().publish(revised), Unknown)
    it.settle()
    found = it.publisher().look_up(revised, it.clock.now(), {})
    assert isinstance(found, Found if arrived else Absent)


def test_an_article_that_is_taken_down_is_gone_and_that_was_looked_at(it: Bench) -> None:
    article = published(it)
    removal = Message(key="go-1", text="", action="remove", target=article)
    ending = it.publisher().publish(removal)
    assert ending == Done(Receipt(article, f"{it.sandbox.url}/see/{article}"))
    assert [effect.kind for effect in it.journal()] == ["article", "remove"]
    assert ask(it, "GET", "/v2.0/article/getdetail", params={"id": article})["error"] == -201


def test_a_removal_is_done_only_when_zalo_no_longer_knows_the_article(it: Bench) -> None:
    article = published(it)
    removal = Message(key="go-1", text="", action="remove", target=article)
    publisher = it.publisher()
    assert isinstance(publisher.follow_up(removal, Receipt(article)), Pending)
    ask(it, "POST", "/v2.0/article/remove", json={"id": article})
    assert isinstance(publisher.follow_up(removal, Receipt(article)), Done)


def test_taking_down_what_is_gone_already_is_done(it: Bench) -> None:
    article = published(it)
    removal = Message(key="go-1", text="", action="remove", target=article)
    assert isinstance(it.publisher().publish(removal), Done)
    assert isinstance(it.publisher().publish(removal), Done)
    assert [effect.kind for effect in it.journal()] == ["article", "remove"]


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", False), ("drop_after", True), ("garbage", True)])
def test_a_lost_answer_for_a_removal_is_told_by_reading(it: Bench, kind: str, *, arrived: bool) -> None:
    removal = Message(key="go-1", text="", action="remove", target=published(it))
    it.sandbox.play([Fault(face="zalo", route="*/remove", kind=kind)])  # type: ignore[arg-type]  # a plain str
    ending = it.publisher().publish(removal)
    if kind == "garbage":  # an answer came, and the article can be looked at at once
        assert isinstance(ending, Unknown)
    it.settle()
    assert isinstance(it.publisher().look_up(removal, it.clock.now(), {}), Found if arrived else Absent)


@pytest.mark.parametrize("other", [{"text": "Một bài khác hẳn, cùng tiêu đề."}, {"summary": "Mô tả khác"}])
def test_of_two_articles_with_one_title_the_words_tell_which_is_ours(it: Bench, other: dict[str, str]) -> None:
    sent_at = it.clock.now()
    mine = published(it)
    published(it, **other)
    it.settle()
    found = it.publisher().look_up(it.message(), sent_at, {})
    assert isinstance(found, Found)
    assert found.receipt.platform_id == mine


def test_two_equal_articles_in_the_window_are_for_a_person(it: Bench) -> None:
    sent_at = it.clock.now()
    published(it)
    published(it)
    it.settle()
    assert it.publisher().look_up(it.message(), sent_at, {}) == CannotTell("E632", final=True)


def test_figures_of_an_article_come_from_the_list(it: Bench) -> None:
    publisher = it.publisher()
    article = published(it)
    it.clock.advance(timedelta(days=1))
    assert publisher.insights(Receipt(article)) == {"total_view": 144, "total_share": 14}
    with pytest.raises(LoaError) as caught:
        publisher.insights(Receipt("khong-co"))
    assert caught.value.code == "E634"


def test_a_restarted_sandbox_knows_other_words_and_removals(it: Bench) -> None:
    kept, gone = published(it), published(it, title="Bài sẽ gỡ")
    revised = it.message(action="revise", target=kept, text="Dời sang 11/10.")
    it.to_the_end(it.publisher(), revised)
    it.publisher().publish(Message(key="go", text="", action="remove", target=gone))
    it.clock.advance(timedelta(minutes=1))
    with Sandbox(it.folder / "sandbox", clock=it.clock) as again:
        it.sandbox = again
        assert isinstance(it.publisher().look_up(revised, it.clock.now(), {}), Found)
        assert ask(it, "GET", "/v2.0/article/getdetail", params={"id": gone})["error"] == -201


def test_an_account_without_package_or_seal_is_stopped_for_a_person(it: Bench) -> None:
    for given in ({"verified": False}, {"package": ""}):
        set_account(it, **given)
        ending = it.publisher().publish(it.message())
        assert isinstance(ending, AuthNeeded)
        assert ending.code == "E606"
