"""X through tweepy: posts, media, subtitles, removal, figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from support.planted import X_USER as USER
from support.subtitles import subtitled

from loa.clock import SimulatedClock, SystemClock
from loa.delivery import (
    Absent,
    AuthNeeded,
    CannotTell,
    Done,
    Found,
    Message,
    Receipt,
    Refused,
    Rest,
    RetryLater,
    Unknown,
)
from loa.errors import LoaError
from loa.sandbox import Fault, Sandbox
from publishers.x import CARD
from publishers.x.timeline import Timeline

from .conftest import Bench, holding

SRT = "1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ tại nhà\n"


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("x")


@pytest.fixture
def slow(tmp_path: Path) -> Bench:
    """A bench whose sandbox digests clips in steps; the horn waits by coming back."""
    with Sandbox(tmp_path / "sandbox", clock=SystemClock()) as sandbox:
        yield Bench("x", sandbox, SimulatedClock(SystemClock().now()), tmp_path)


def as_user(it: Bench, **hosts: str) -> Timeline:
    """The horn whose token names the account itself, so that the sandbox knows the user's id."""
    secrets = {**it.account.secrets, "access_token": f"sandbox-{USER}"}
    account = replace(it.account, secrets=secrets, hosts={**it.account.hosts, **hosts})
    return Timeline(account, it.clock)


def test_four_pictures_go_out_with_their_alt_texts(it: Bench) -> None:
    pictures = tuple(it.picture(f"ảnh {number}", f"Mô tả {number}") for number in range(4))
    assert isinstance(it.publisher().publish(it.message(attachments=pictures)), Done)
    (effect,) = it.journal()
    assert effect.media_sha256 == tuple(picture.sha256 for picture in pictures)
    assert effect.extra["alt"] == ["Mô tả 0", "Mô tả 1", "Mô tả 2", "Mô tả 3"]


def test_the_same_picture_twice_in_a_post_goes_up_twice(it: Bench) -> None:
    assert isinstance(it.publisher().publish(it.message(attachments=(it.picture(), it.picture()))), Done)
    assert len(set(it.journal()[0].extra["media_keys"])) == 2


def test_an_alt_text_that_is_too_long_is_refused_before_anything_leaves(it: Bench) -> None:
    it.hosts = {"api_host": "http://127.0.0.1:9"}
    ending = it.publisher().publish(it.message(attachments=(it.picture(), it.picture(alt="a" * 1001))))
    assert ending == Refused("E613", "alt 1001 > 1000", "content")


def test_a_clip_goes_up_in_pieces_and_arrives_whole(it: Bench) -> None:
    clip = it.clip()
    clip = holding(clip, clip.path.read_bytes() + bytes(5 * 1024 * 1024))
    assert isinstance(it.publisher().publish(it.message(attachments=(clip,))), Done)
    taken = next((it.folder / "sandbox" / "taken").iterdir())
    assert taken.read_bytes() == clip.path.read_bytes()


def waits_until_done(it: Bench, horn: Timeline, message: Message) -> list[tuple[str, timedelta]]:
    """Come back whenever the horn says so; why and how long it was waited each time."""
    waits = []
    while not isinstance(ending := horn.publish(message), Done):
        assert isinstance(ending, RetryLater)
        waits.append((ending.code, ending.at - it.clock.now()))
        it.clock.move_to(ending.at)
    return waits


def test_a_clip_in_processing_is_waited_for_by_coming_back(slow: Bench) -> None:
    horn, message = as_user(slow), slow.message(attachments=(slow.clip(),))
    assert waits_until_done(slow, horn, message) == [("E678", timedelta(seconds=1))] * 2
    assert len(slow.journal()) == 1


def test_a_clip_that_takes_long_is_not_sent_a_second_time(slow: Bench) -> None:
    horn, message = as_user(slow), slow.message(attachments=(slow.clip(),))
    slow.sandbox.play([Fault(face="x", method="GET", route="*/media/upload", kind="slow_verify", times=99)])
    for _ in range(5):
        first = horn.publish(message)
        assert isinstance(first, RetryLater)
        assert first.code == "E678"
        slow.clock.move_to(first.at)
    slow.sandbox.play([Fault(face="x", route="*/initialize", kind="error500_before", times=9)])
    assert waits_until_done(slow, horn, message) == [("E678", timedelta(seconds=1))]
    assert len(slow.journal()) == 1


def test_a_clip_that_is_stuck_goes_up_anew(slow: Bench) -> None:
    horn, message = as_user(slow), slow.message(attachments=(slow.clip(),))
    slow.sandbox.play([Fault(face="x", method="GET", route="*/media/upload", kind="slow_verify", times=99)])
    assert isinstance(horn.publish(message), RetryLater)
    slow.clock.advance(timedelta(minutes=16))
    assert isinstance(horn.publish(message), RetryLater)
    slow.sandbox.play([Fault(face="x", route="*/initialize", kind="429")])
    ending = horn.publish(message)
    assert isinstance(ending, RetryLater)
    assert ending.code == "E604"


def test_an_upload_that_was_never_closed_goes_up_anew(slow: Bench) -> None:
    horn = as_user(slow)
    message = slow.message(attachments=(slow.clip(),))
    slow.sandbox.play([Fault(face="x", route="*/finalize", kind="slow_verify")])
    assert waits_until_done(slow, horn, message)
    assert len(slow.journal()) == 1


def test_an_upload_is_used_again_by_the_next_try_but_not_after_its_life(it: Bench) -> None:
    horn = as_user(it)
    message = it.message(attachments=(it.picture(),))
    it.sandbox.play([Fault(face="x", route="*/2/tweets", kind="429", times=2)])
    assert isinstance(horn.publish(message), RetryLater)
    again = [Fault(face="x", route="*/2/tweets", kind="429"), Fault(face="x", route="*/upload", kind="error500_before")]
    it.sandbox.play(again)
    second = horn.publish(message)
    assert isinstance(second, RetryLater)
    assert second.code == "E604"
    it.clock.advance(timedelta(hours=24))
    it.sandbox.play([Fault(face="x", route="*/upload", kind="error500_before")])
    ending = horn.publish(message)
    assert isinstance(ending, RetryLater)
    assert ending.code == "E603"


def test_another_post_never_carries_the_media_of_one_in_doubt(it: Bench) -> None:
    horn = as_user(it)
    it.sandbox.play([Fault(face="x", route="*/2/tweets", kind="drop_before")])
    first = horn.publish(it.message(attachments=(it.picture(),)))
    assert isinstance(first, Unknown)
    assert isinstance(horn.publish(it.message(text="Tin khác", attachments=(it.picture(),))), Done)
    it.settle()
    found = horn.look_up(it.message(attachments=(it.picture(),)), it.clock.now() - timedelta(minutes=2), first.hint)
    assert found == Absent()


def test_subtitles_go_with_the_clip(it: Bench) -> None:
    track = it.folder / "clip.srt"
    track.write_text(SRT, encoding="utf-8")
    ending = it.publisher().publish(it.message(attachments=(subtitled(it.clip(), track),)))
    assert isinstance(ending, Done)
    assert ending.receipt.details["subtitles"] == "VI"
    assert list(it.journal()[0].extra["subtitles"][0]) == ["VI"]


def test_subtitles_that_fail_do_not_cost_the_post(it: Bench) -> None:
    track = it.folder / "clip.srt"
    track.write_text("không phải phụ đề", encoding="utf-8")
    ending = it.publisher().publish(it.message(attachments=(subtitled(it.clip(), track),)))
    assert isinstance(ending, Done)
    assert ending.receipt.details["subtitles"].startswith("E679 HTTP 400")
    assert it.journal()[0].extra["subtitles"] == [{}]


def test_subtitles_that_are_gone_from_the_disk_do_not_cost_the_post(it: Bench) -> None:
    clip = subtitled(it.clip(), it.folder / "mat-roi.srt")
    ending = it.publisher().publish(it.message(attachments=(clip,)))
    assert isinstance(ending, Done)
    assert ending.receipt.details["subtitles"] == "E679 mat-roi.srt: FileNotFoundError"


def test_subtitles_that_nobody_approved_do_not_go_out_with_the_clip(it: Bench) -> None:
    track = it.folder / "clip.srt"
    track.write_text(SRT, encoding="utf-8")
    clip = subtitled(it.clip(), track)
    track.write_text(SRT + "\n", encoding="utf-8")
    ending = it.publisher().publish(it.message(attachments=(clip,)))
    assert isinstance(ending, Done)
    assert ending.receipt.details["subtitles"] == "E679 E624 clip.srt"
    assert it.journal()[0].extra["subtitles"] == [{}]


def test_subtitles_are_tried_twice(it: Bench) -> None:
    track = it.folder / "clip.srt"
    track.write_text(SRT, encoding="utf-8")
    it.sandbox.play([Fault(face="x", route="*/media/subtitles", kind="error500_before")])
    ending = it.publisher().publish(it.message(attachments=(subtitled(it.clip(), track),)))
    assert isinstance(ending, Done)
    assert ending.receipt.details["subtitles"] == "VI"


def test_a_post_with_a_link_and_signs_is_found_by_its_words(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", route="*/tweets", kind="drop_after")])
    text = "Hỏi & đáp <một cửa>: xem dichvucong.gov.vn và https://nghean.gov.vn/tin?id=1&copy=2"
    message = it.message(text=text, attachments=(it.picture(),))
    publisher = it.publisher()
    sent_at = it.clock.now()
    assert isinstance(publisher.publish(message), Unknown)
    it.settle()
    found = publisher.look_up(message, sent_at, {})
    assert isinstance(found, Found)
    assert found.receipt.platform_id == it.journal()[0].id


def test_a_post_is_found_by_its_media_among_equal_words(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", route="*/tweets", kind="drop_after")])
    message = it.message(attachments=(it.picture(),))
    publisher = it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    assert set(ending.hint) == {"media_keys"}
    assert isinstance(publisher.look_up(message, it.clock.now(), ending.hint), Found)
    assert publisher.look_up(message, it.clock.now(), {"media_keys": "3_7"}) == Absent()


def test_the_same_words_again_are_read_back_and_not_sent(it: Bench) -> None:
    publisher = it.publisher()
    assert isinstance(publisher.publish(it.message()), Done)
    ending = publisher.publish(it.message())
    assert isinstance(ending, Unknown)
    assert ending.code == "E611"
    assert len(it.journal()) == 1


def test_two_equal_posts_in_the_window_are_for_a_person(it: Bench) -> None:
    publisher = it.publisher()
    it.publisher().publish(it.message())
    it.clock.advance(timedelta(hours=25))
    it.publisher().publish(it.message())
    found = publisher.look_up(it.message(), it.clock.now() - timedelta(hours=30), {})
    assert found == CannotTell("E632", final=True)


def test_many_posts_since_then_are_read_on(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    publisher.publish(it.message())
    for number in range(70):
        publisher.publish(it.message(text=f"Tin số {number}"))
    assert isinstance(publisher.look_up(it.message(), sent_at, {}), Found)


@pytest.mark.parametrize("naming", ["tweet.fields", "post.fields"])
def test_both_namings_of_the_platform_are_understood(it: Bench, naming: str) -> None:
    it.hosts = {"fields_name": naming}
    message = it.message(text="Xem dichvucong.gov.vn")
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), Done)
    assert isinstance(publisher.look_up(message, it.clock.now(), {}), Found)


def test_a_text_that_weighs_too_much_is_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(text="ế" * 141))
    assert isinstance(ending, Refused)
    assert ending.code == "E613"


def test_a_text_with_a_sign_that_x_does_not_take_is_refused_before_anything_leaves(it: Bench) -> None:
    assert it.publisher().publish(it.message(text="Nộp hồ sơ\ufeff")) == Refused("E680", "", "content")


def test_a_windows_line_end_leaves_as_one_sign(it: Bench) -> None:
    assert isinstance(it.publisher().publish(it.message(text="Một\r\nHai")), Done)
    assert it.journal()[0].text == "Một\nHai"


def test_a_webp_picture_is_taken(it: Bench) -> None:
    data = b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(20)
    picture = holding(replace(it.picture(), path=it.folder / "anh.webp", media_type="image/webp"), data)
    assert isinstance(it.publisher().publish(it.message(attachments=(picture,))), Done)
    assert next((it.folder / "sandbox" / "taken").iterdir()).read_bytes() == data


def test_a_moving_gif_is_refused_before_anything_leaves(it: Bench) -> None:
    gif = replace(it.picture(), media_type="image/gif")
    ending = it.publisher().publish(it.message(attachments=(gif,)))
    assert isinstance(ending, Refused)
    assert ending.code == "E615"


def test_the_link_counts_towards_the_weight(it: Bench) -> None:
    ending = it.publisher().publish(it.message(text="a" * 270, link="https://nghean.gov.vn"))
    assert isinstance(ending, Refused)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage"])
@pytest.mark.parametrize("route", ["*/media/upload", "*/media/metadata"])
def test_a_failed_upload_may_simply_be_done_again(it: Bench, route: str, kind: str) -> None:
    it.sandbox.play([Fault(face="x", route=route, kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    message = it.message(attachments=(it.picture(),))
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.journal()) == 1


@pytest.mark.parametrize("route", ["*/initialize", "*/append", "*/finalize"])
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "truncated"])
def test_a_clip_whose_upload_broke_off_arrives_whole(it: Bench, route: str, kind: str) -> None:
    clip = it.clip()
    clip = holding(clip, clip.path.read_bytes() + bytes(3 * 1024 * 1024))
    it.sandbox.play([Fault(face="x", route=route, kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    publisher = it.publisher()
    message = it.message(attachments=(clip,))
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    taken = next((it.folder / "sandbox" / "taken").iterdir())
    assert taken.read_bytes() == clip.path.read_bytes()


def test_pieces_that_are_up_do_not_go_up_again(it: Bench) -> None:
    clip = it.clip()
    clip = holding(clip, clip.path.read_bytes() + bytes(5 * 1024 * 1024))
    it.sandbox.play([Fault(face="x", route="*/append", kind="429", nth=2)])
    publisher = it.publisher()
    message = it.message(attachments=(clip,))
    assert isinstance(publisher.publish(message), RetryLater)
    it.sandbox.play([Fault(face="x", route="*/append", kind="429", nth=3)])
    assert isinstance(publisher.publish(message), Done)


def test_an_upload_that_x_forgot_before_its_time_is_made_anew(it: Bench) -> None:
    horn = as_user(it)
    message = it.message(attachments=(it.clip(),))
    it.sandbox.play([Fault(face="x", route="*/finalize", kind="429")])
    assert isinstance(horn.publish(message), RetryLater)
    it.sandbox.stop()
    with Sandbox(it.folder / "anew", clock=it.clock, port=int(it.sandbox.url.rpartition(":")[2])) as it.sandbox:
        assert isinstance(horn.publish(message), RetryLater)
        assert isinstance(horn.publish(message), Done)


def test_the_reset_moment_of_the_platform_is_kept(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", route="*/tweets", kind="429")])
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=15)


def test_an_account_rests_before_its_window_is_used_up(it: Bench) -> None:
    publisher = it.publisher()
    for number in range(94):
        publisher.publish(it.message(text=f"Tin số {number}"))
    assert publisher.rest() is None
    publisher.publish(it.message(text="Tin số 94"))
    resting = publisher.rest()
    assert resting == Rest(it.clock.now() + timedelta(minutes=15), "E604", "5/100")
    it.clock.move_to(resting.until)
    assert publisher.rest() is None


def test_a_window_that_is_used_up_is_told_by_the_platform_itself(it: Bench) -> None:
    publisher = it.publisher()
    endings = [publisher.publish(it.message(text=f"Tin số {number}")) for number in range(101)]
    assert isinstance(endings[99], Done)
    assert endings[100] == RetryLater(
        it.clock.now() + timedelta(minutes=15), "E604", "HTTP 429: Too Many Requests", pause_account=True
    )
    it.clock.advance(timedelta(minutes=15))
    assert isinstance(publisher.publish(it.message()), Done)


def test_preflight_names_the_account_and_a_dead_token(it: Bench) -> None:
    named, credit = as_user(it).preflight()
    assert (named.level, named.code, named.detail) == ("ok", "E690", f"@{USER} · {USER}")
    assert (credit.level, credit.code, credit.detail) == ("ok", "E676", "0.015")
    it.sandbox.play([Fault(face="x", method="GET", kind="token_expired")])
    finding = it.publisher().preflight()[0]
    assert (finding.level, finding.code) == ("stop", "E605")


def test_preflight_stops_secrets_of_another_account(it: Bench) -> None:
    another = replace(it.account, settings={"user_id": "1"})
    (finding,) = Timeline(another, it.clock).preflight()
    assert (finding.level, finding.code) == ("stop", "E675")


def test_a_token_of_a_rehearsal_names_no_user_id_and_stops_nothing(it: Bench) -> None:
    secrets = dict.fromkeys(it.account.secrets, "sandbox-x-tinh-nghe-an")
    publisher = Timeline(replace(it.account, secrets=secrets), it.clock)
    assert publisher.preflight()[0].level == "ok"
    assert isinstance(publisher.publish(it.message()), Done)
    assert isinstance(publisher.look_up(it.message(), it.clock.now(), {}), Found)


def test_a_post_is_taken_down_and_that_is_seen(it: Bench) -> None:
    publisher = it.publisher()
    posted = publisher.publish(it.message())
    assert isinstance(posted, Done)
    removal = it.message(action="remove", target=posted.receipt.platform_id)
    assert publisher.look_up(removal, it.clock.now(), {}) == Absent()
    ending = publisher.publish(removal)
    assert isinstance(ending, Done)
    assert ending.receipt.details == {"price_usd": "0.010"}
    assert isinstance(publisher.look_up(removal, it.clock.now(), {}), Found)
    assert [effect.kind for effect in it.journal()] == ["tweet", "remove"]
    assert publisher.look_up(it.message(), it.clock.now(), {}) == Absent()


def test_what_is_gone_already_is_down(it: Bench) -> None:
    removal = it.message(action="remove", target="1990000000000000001")
    assert isinstance(it.publisher().publish(removal), Done)
    assert it.journal() == ()


@pytest.mark.parametrize("kind", ["drop_after", "error500_after", "wrong_json", "error_body"])
def test_a_removal_in_doubt_is_looked_up(it: Bench, kind: str) -> None:
    publisher = it.publisher()
    posted = publisher.publish(it.message())
    assert isinstance(posted, Done)
    removal = it.message(action="remove", target=posted.receipt.platform_id)
    it.sandbox.play([Fault(face="x", method="DELETE", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    assert isinstance(publisher.publish(removal), Unknown)
    assert isinstance(publisher.look_up(removal, it.clock.now(), {}), Found)


def test_a_removed_post_stays_down_when_the_sandbox_starts_again(it: Bench) -> None:
    publisher = it.publisher()
    posted = publisher.publish(it.message())
    assert isinstance(posted, Done)
    publisher.publish(it.message(action="remove", target=posted.receipt.platform_id))
    with Sandbox(it.folder / "sandbox", clock=it.clock) as it.sandbox:
        assert it.publisher().look_up(it.message(), it.clock.now(), {}) == Absent()


def test_the_figures_of_a_post_come_by_the_platforms_names(it: Bench) -> None:
    publisher = it.publisher()
    posted = publisher.publish(it.message())
    assert isinstance(posted, Done)
    it.clock.advance(timedelta(hours=1))
    figures = publisher.insights(posted.receipt)
    assert figures["impression_count"] == 3600
    assert figures["like_count"] == 60
    assert {"reply_count", "retweet_count", "quote_count", "bookmark_count"} <= set(figures)


def test_figures_that_cannot_be_asked_are_an_error(it: Bench) -> None:
    publisher = it.publisher()
    with pytest.raises(LoaError, match="E634"):
        publisher.insights(Receipt("1990000000000000001"))
    it.sandbox.play([Fault(face="x", method="GET", kind="drop_before")])
    with pytest.raises(LoaError, match="E634"):
        publisher.insights(Receipt("1990000000000000001"))


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Nộp hồ sơ tại nhà", "0.015"),
        ("Nộp tại https://dichvucong.gov.vn", "0.200"),
        ("Nộp tại dichvucong.gov.vn", "0.200"),
        ("Thư: ubnd@nghean.gov.vn", "0.015"),
    ],
)
def test_a_link_makes_a_post_dearer_and_the_receipt_says_what_it_cost(it: Bench, text: str, price: str) -> None:
    assert CARD.price is not None
    assert CARD.price(text, it.account.hosts) == Decimal(price)
    ending = it.publisher().publish(it.message(text=text))
    assert isinstance(ending, Done)
    assert ending.receipt.details == {"price_usd": price}


def test_an_office_may_set_its_own_prices_but_only_in_numbers(it: Bench) -> None:
    assert CARD.price is not None
    assert CARD.price("Tin", {"post_price": "0.02"}) == Decimal("0.02")
    for wrong in ("hai xu", "-1", "NaN"):
        with pytest.raises(LoaError, match="E677"):
            CARD.price("Tin", {"post_price": wrong})
        for name in ("post_price", "link_price", "delete_price"):
            it.hosts = {name: wrong}
            with pytest.raises(LoaError, match="E677"):
                it.publisher()


def test_the_receipt_and_the_endings_are_fit_for_the_book(it: Bench) -> None:
    ending = it.publisher().publish(it.message(attachments=(it.picture(),)))
    assert isinstance(ending, Done)
    json.dumps([ending.receipt.platform_id, ending.receipt.url, dict(ending.receipt.details)])
    assert ending.receipt.url.endswith(f"/i/web/status/{ending.receipt.platform_id}")
    assert len(ending.receipt.platform_id) == 19


def test_a_dead_token_stops_an_upload_and_a_removal_too(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", method="*", kind="token_expired", times=2)])
    assert isinstance(it.publisher().publish(it.message(attachments=(it.picture(),))), AuthNeeded)
    assert isinstance(it.publisher().publish(it.message(action="remove", target="1")), AuthNeeded)
