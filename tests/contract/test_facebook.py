from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from loa.delivery import Absent, AuthNeeded, CannotTell, Done, Found, Pending, Refused, RetryLater, Unknown
from loa.sandbox import Fault

from .conftest import Bench


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("facebook")


def test_photos_go_out_in_order_with_their_alt_texts(it: Bench) -> None:
    pictures = (it.picture("một", "Ảnh thứ nhất"), it.picture("hai", "Ảnh thứ hai"))
    assert isinstance(it.publisher().publish(it.message(attachments=pictures)), Done)
    (effect,) = it.journal()
    assert effect.kind == "photo_post"
    assert effect.media_sha256 == tuple(picture.sha256 for picture in pictures)
    assert effect.extra["alt"] == ["Ảnh thứ nhất", "Ảnh thứ hai"]


def test_a_lost_answer_to_a_photo_post_is_found_by_photo(it: Bench) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/feed", kind="drop_after")])
    message = it.message(attachments=(it.picture(),))
    sent_at = it.clock.now()
    publisher = it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    found = publisher.look_up(message, sent_at, ending.hint)
    assert isinstance(found, Found)
    assert found.receipt.platform_id == it.journal()[0].id


def test_a_photo_that_no_post_took_is_absent(it: Bench) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/feed", kind="drop_before")])
    message = it.message(attachments=(it.picture(),))
    publisher = it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    assert publisher.look_up(message, it.clock.now(), ending.hint) == Absent()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage"])
def test_a_failed_upload_may_simply_be_done_again(it: Bench, kind: str) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/photos", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    message = it.message(attachments=(it.picture(),))
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.journal()) == 1


def test_a_reel_is_pending_until_it_is_published(it: Bench) -> None:
    message = it.message(attachments=(it.clip(),))
    publisher = it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Pending)
    assert isinstance(publisher.follow_up(message, ending.receipt), Pending)
    it.clock.advance(timedelta(seconds=30))
    assert isinstance(publisher.follow_up(message, ending.receipt), Done)
    (effect,) = it.journal()
    assert effect.kind == "reel"
    assert effect.media_sha256 == (message.attachments[0].sha256,)


@pytest.mark.parametrize("remembered", [True, False])
def test_a_lost_finish_of_a_reel_is_found(it: Bench, *, remembered: bool) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/video_reels", nth=2, kind="drop_after")])
    message = it.message(attachments=(it.clip(),))
    publisher = it.publisher()
    sent_at = it.clock.now()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    found = publisher.look_up(message, sent_at, ending.hint if remembered else {})
    assert isinstance(found, Found)
    assert found.receipt.platform_id == it.journal()[0].id


def test_a_finish_that_never_arrived_is_absent(it: Bench) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/video_reels", nth=2, kind="drop_before")])
    message = it.message(attachments=(it.clip(),))
    publisher = it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    assert publisher.look_up(message, it.clock.now(), ending.hint) == Absent()


def test_the_same_words_twice_in_a_row_are_read_back_and_not_sent(it: Bench) -> None:
    publisher = it.publisher()
    assert isinstance(publisher.publish(it.message()), Done)
    ending = publisher.publish(it.message())
    assert isinstance(ending, Unknown)
    assert ending.code == "E611"
    assert len(it.journal()) == 1


def test_two_equal_posts_in_the_window_are_for_a_person(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    for text in ("Lịch tiêm", "Tin khác", "Lịch tiêm"):
        assert isinstance(publisher.publish(it.message(text=text)), Done)
    it.settle()
    found = publisher.look_up(it.message(text="Lịch tiêm"), sent_at, {})
    assert found == CannotTell("E632", final=True)


def test_an_older_equal_post_is_not_taken_for_this_one(it: Bench) -> None:
    publisher = it.publisher()
    assert isinstance(publisher.publish(it.message()), Done)
    it.clock.advance(timedelta(days=30))
    assert publisher.look_up(it.message(), it.clock.now(), {}) == Absent()


def test_a_page_with_many_posts_since_then_is_read_on(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    assert isinstance(publisher.publish(it.message()), Done)
    for number in range(30):
        publisher.publish(it.message(text=f"Tin số {number}"))
    assert isinstance(publisher.look_up(it.message(), sent_at, {}), Found)


def test_the_minutes_of_the_platform_are_kept(it: Bench) -> None:
    it.sandbox.play([Fault(face="facebook", route="*/feed", kind="429")])
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=5)


def test_the_token_goes_to_no_host_that_the_settings_do_not_name(it: Bench) -> None:
    it.hosts = {"rupload_host": "https://rupload.facebook.com"}
    ending = it.publisher().publish(it.message(attachments=(it.clip(),)))
    assert isinstance(ending, Refused)
    assert ending.code == "E622"


def test_picture_and_clip_together_are_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(attachments=(it.picture(), it.clip())))
    assert isinstance(ending, Refused)
    assert ending.code == "E614"


def test_a_clip_that_is_too_long_is_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(attachments=(it.clip(seconds=14_401),)))
    assert isinstance(ending, Refused)
    assert ending.code == "E615"


def test_the_link_is_part_of_what_citizens_read(it: Bench) -> None:
    it.publisher().publish(it.message(text="Mời xem", link="https://dichvucong.gov.vn/a"))
    (effect,) = it.journal()
    assert effect.text == "Mời xem\n\nhttps://dichvucong.gov.vn/a"


def test_preflight_names_the_page_and_a_dead_token(it: Bench) -> None:
    assert it.publisher().preflight()[0].level == "ok"
    it.sandbox.play([Fault(face="facebook", method="GET", kind="token_expired")])
    finding = it.publisher().preflight()[0]
    assert (finding.level, finding.code) == ("stop", "E605")


def test_a_missing_permission_is_for_a_person(it: Bench) -> None:
    publisher = it.publisher()
    it.sandbox.play([Fault(face="facebook", route="*/photos", kind="token_expired")])
    assert isinstance(publisher.publish(it.message(attachments=(it.picture(),))), AuthNeeded)
