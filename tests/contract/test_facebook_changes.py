"""What follows a post: the comment with its link, other words, its removal, its figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.facebook_page import PageBench, shared_sandbox
from support.subtitles import subtitled

from loa.clock import SimulatedClock
from loa.delivery import (
    Absent,
    Action,
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
from loa.sandbox import FaultKind, Sandbox

LINK = "https://dichvucong.gov.vn/chuyen-doi-so"
IN_COMMENT = Message("khoa-1", "Mời bà con xem", link=LINK, options={"link_in_comment": "yes"})
LOST: tuple[FaultKind, ...] = ("drop_after", "error500_after", "garbage", "truncated", "wrong_json", "error_body")
NEVER: tuple[FaultKind, ...] = ("drop_before", "error500_before", "transient")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, SimulatedClock]]:
    with shared_sandbox(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture
def it(office: tuple[Sandbox, SimulatedClock], tmp_path: Path) -> PageBench:
    return PageBench(*office, tmp_path)


def out(it: PageBench, message: Message | None = None) -> Receipt:
    """A post that is out."""
    ending = it.to_the_end(it.publisher(), message or Message("khoa-1", "Lịch tiêm"))
    assert isinstance(ending, Done)
    return ending.receipt


def change(action: Action, target: str, text: str = "Lịch tiêm (đính chính)") -> Message:
    return Message("khoa-2", "" if action == "remove" else text, action=action, target=target)


def told(it: PageBench) -> list[tuple[str, str]]:
    return [(effect.kind, effect.text) for effect in it.journal()]


@pytest.mark.parametrize("yes", ["yes", "có"])
def test_the_link_stands_in_one_comment_and_not_in_the_text(it: PageBench, yes: str) -> None:
    receipt = out(it, replace(IN_COMMENT, options={"link_in_comment": yes}))
    assert told(it) == [("post", "Mời bà con xem"), ("comment", LINK)]
    assert it.journal()[1].extra["target"] == receipt.platform_id
    assert "until" not in receipt.details
    assert "link=" not in it.calls("/feed")[0].body


def test_without_the_option_the_link_stands_in_the_text(it: PageBench) -> None:
    for value in ({}, {"link_in_comment": "no"}, {"link_in_comment": "không"}):
        out(it, replace(IN_COMMENT, options=value, text=f"Mời {value}"))
    assert it.calls("/comments") == []


def test_a_link_that_the_text_has_already_is_not_said_twice(it: PageBench) -> None:
    out(it, replace(IN_COMMENT, text=f"Xem {LINK}"))
    assert told(it) == [("post", f"Xem {LINK}")]


def test_a_clip_has_its_link_in_a_comment_too(it: PageBench) -> None:
    out(it, replace(IN_COMMENT, attachments=(it.film(frame=(1080, 1920)),)))
    assert told(it) == [("reel", "Mời bà con xem"), ("comment", LINK)]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", [*LOST, *NEVER, "429", "token_expired"])
def test_the_comment_is_made_exactly_once_whatever_goes_wrong(it: PageBench, kind: FaultKind, method: str) -> None:
    it.play("*/comments", kind, method=method)
    receipt = out(it, IN_COMMENT)
    assert told(it) == [("post", "Mời bà con xem"), ("comment", LINK)]
    assert "comment" not in receipt.details


@pytest.mark.parametrize("kind", [*LOST, *NEVER])
def test_a_post_in_doubt_that_is_found_still_gets_its_comment(it: PageBench, kind: FaultKind) -> None:
    it.play("*/feed", kind)
    publisher, sent_at = it.publisher(), it.clock.now()
    ending = publisher.publish(IN_COMMENT)
    assert isinstance(ending, Unknown)
    it.settle()
    found = publisher.look_up(IN_COMMENT, sent_at, ending.hint)
    if kind in NEVER:
        assert found == Absent()
        assert isinstance(it.to_the_end(publisher, IN_COMMENT), Done)
    else:
        assert isinstance(found, Found)
        assert found.check_at == it.clock.now()
        assert isinstance(it.to_the_end(publisher, IN_COMMENT, Pending(found.receipt, found.check_at)), Done)
    assert told(it) == [("post", "Mời bà con xem"), ("comment", LINK)]


def test_the_same_link_in_a_citizens_comment_is_not_ours(it: PageBench) -> None:
    it.say_words("/comments", f'{{"data": [{{"id": "1", "message": "{LINK}", "from": {{"id": "7"}}}}]}}', verb="GET")
    out(it, IN_COMMENT)
    assert told(it)[-1] == ("comment", LINK)


@pytest.mark.parametrize("further", ["", "https://graph.facebook.com/next"])
def test_a_pinned_old_post_before_ours_does_not_hide_it(it: PageBench, further: str) -> None:
    """An end of the list that is read too early would be an absence that is none, and a second post."""
    rows = [
        {"id": f"{it.page}_{number}", "message": words, "created_time": made}
        for number, words, made in (
            (1, "Ghim", "2020-01-01T00:00:00+0000"),
            (2, "Lịch tiêm", "2030-01-01T00:00:00+0000"),
        )
    ]
    it.say_words("/published_posts", json.dumps({"data": rows, "paging": {"next": further}}), verb="GET")
    found = it.publisher().look_up(Message("khoa-1", "Lịch tiêm"), it.clock.now(), {})
    assert isinstance(found, Found)
    assert found.receipt.platform_id == f"{it.page}_2"


def test_a_comment_that_meta_took_is_not_made_again_while_captions_are_tried(it: PageBench) -> None:
    """Not even when reading the comments back does not show it: the receipt knows that it was taken."""
    place = it.folder / "loi-thoai.srt"
    place.write_text("1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ tại nhà\n", encoding="utf-8")
    clip = subtitled(it.film(frame=(1080, 1920)), place)
    it.play("*/captions", "transient", times=3)
    for _ in range(9):
        it.say_words("/comments", '{"data": []}', verb="GET")
    receipt = out(it, replace(IN_COMMENT, attachments=(clip,)))
    assert told(it) == [("reel", "Mời bà con xem"), ("comment", LINK)]
    assert receipt.details["comment_id"] == it.journal()[1].id
    assert not any(value.startswith("missing") for value in receipt.details.values())


def test_a_comment_whose_writer_meta_does_not_tell_counts_as_ours(it: PageBench) -> None:
    it.say_words("/comments", f'{{"data": [{{"id": "1", "message": "{LINK}"}}]}}', verb="GET")
    out(it, IN_COMMENT)
    assert told(it) == [("post", "Mời bà con xem")]


def test_a_comment_that_may_not_be_made_is_told_and_the_post_is_done(it: PageBench) -> None:
    it.say("/comments", 403, code=200)
    receipt = out(it, IN_COMMENT)
    assert receipt.details["comment"].startswith("missing: 200/0")
    assert told(it) == [("post", "Mời bà con xem")]


def test_other_words_take_the_place_of_the_old_ones(it: PageBench) -> None:
    receipt = out(it)
    ending = it.publisher().publish(change("revise", receipt.platform_id))
    assert isinstance(ending, Done)
    assert ending.receipt.platform_id == receipt.platform_id
    assert it.ask(receipt.platform_id, fields="message")["message"] == "Lịch tiêm (đính chính)"
    assert told(it) == [("post", "Lịch tiêm"), ("revise", "Lịch tiêm (đính chính)")]


def test_a_clip_can_have_other_words_too(it: PageBench) -> None:
    receipt = out(it, Message("khoa-1", "Phim", attachments=(it.film(),)))
    assert isinstance(it.publisher().publish(change("revise", receipt.platform_id)), Done)
    assert it.ask(receipt.platform_id, fields="description")["description"] == "Lịch tiêm (đính chính)"


@pytest.mark.parametrize("attached", [False, True])
def test_a_removed_post_is_gone_and_was_seen_to_be_gone(it: PageBench, *, attached: bool) -> None:
    clip = (it.film(frame=(1080, 1920)),) if attached else ()
    receipt = out(it, Message("khoa-1", "Lịch tiêm", attachments=clip))
    assert isinstance(it.publisher().publish(change("remove", receipt.platform_id)), Done)
    assert it.ask(receipt.platform_id)["error"]["error_subcode"] == 33
    assert it.calls(receipt.platform_id, "GET")
    assert told(it)[-1] == ("remove", "")


def test_what_is_gone_already_is_removed(it: PageBench) -> None:
    receipt, publisher = out(it), it.publisher()
    for _ in range(2):
        assert isinstance(publisher.publish(change("remove", receipt.platform_id)), Done)
    assert [kind for kind, _ in told(it)] == ["post", "remove"]


def test_a_post_that_still_stands_after_the_yes_is_looked_at_again(it: PageBench) -> None:
    receipt, publisher = out(it), it.publisher()
    message = change("remove", receipt.platform_id)
    it.say_words(receipt.platform_id, '{"success": true}')
    ending = publisher.publish(message)
    assert isinstance(ending, Pending)
    # Not pending: the desk asks after what is unknown too, but not for ever.
    assert isinstance(publisher.follow_up(message, ending.receipt), Unknown)
    it.ask(receipt.platform_id, "DELETE")
    assert isinstance(publisher.follow_up(message, ending.receipt), Done)


def test_a_yes_to_a_removal_that_does_not_say_yes_is_none(it: PageBench) -> None:
    receipt, publisher = out(it), it.publisher()
    message = change("remove", receipt.platform_id)
    for words in ('{"success": false}', "{}", '{"success": "true"}'):
        it.say_words(receipt.platform_id, words)
        assert isinstance(publisher.publish(message), Unknown)
    assert isinstance(publisher.look_up(message, it.clock.now(), {}), Absent)


def test_words_for_a_post_that_is_gone_are_refused(it: PageBench) -> None:
    receipt = out(it)
    it.ask(receipt.platform_id, "DELETE")
    ending = it.publisher().publish(change("revise", receipt.platform_id))
    assert isinstance(ending, Refused)
    assert ending.detail.startswith("100/33")


@pytest.mark.parametrize("action", ["revise", "remove"])
@pytest.mark.parametrize("kind", [*LOST, *NEVER])
def test_a_change_in_doubt_is_decided_by_reading(it: PageBench, kind: FaultKind, action: Action) -> None:
    receipt, publisher = out(it), it.publisher()
    it.play(f"*/{receipt.platform_id}", kind, method="POST" if action == "revise" else "DELETE")
    message = change(action, receipt.platform_id)
    ending = publisher.publish(message)
    happened = isinstance(ending, Done)
    if not happened:
        assert isinstance(ending, Unknown)
        it.settle()
        found = publisher.look_up(message, it.clock.now(), ending.hint)
        assert isinstance(found, Absent if kind in NEVER else Found)
        if isinstance(found, Absent):
            assert isinstance(publisher.publish(message), Done)
    assert [each for each, _ in told(it)] == ["post", action]


@pytest.mark.parametrize("action", ["revise", "remove"])
@pytest.mark.parametrize("kind", ["drop_before", "garbage", "wrong_json", "429", "token_expired", "error500_before"])
def test_a_change_that_cannot_be_read_is_not_guessed(it: PageBench, kind: FaultKind, action: Action) -> None:
    receipt = out(it)
    it.play(f"*/{receipt.platform_id}", kind, method="GET")
    found = it.publisher().look_up(change(action, receipt.platform_id), it.clock.now(), {})
    assert isinstance(found, CannotTell)
    assert not found.final


def test_a_limit_and_a_dead_token_stop_a_change(it: PageBench) -> None:
    receipt, publisher = out(it), it.publisher()
    it.say(receipt.platform_id, code=613)
    assert isinstance(publisher.publish(change("remove", receipt.platform_id)), RetryLater)
    it.say(receipt.platform_id, code=190)
    assert isinstance(publisher.publish(change("revise", receipt.platform_id)), AuthNeeded)


def test_the_figures_of_a_post_a_video_and_a_reel(it: PageBench) -> None:
    publisher = it.publisher()
    post = publisher.insights(out(it))
    assert {"post_media_view", "post_clicks", "post_reactions_by_type_total.like"} <= set(post)
    assert all(isinstance(value, int) for value in post.values())
    video = out(it, Message("khoa-2", "Phim ngang", attachments=(it.film(),)))
    assert "post_media_view" in publisher.insights(video)
    reel = out(it, Message("khoa-3", "Phim dọc", attachments=(it.film(frame=(1080, 1920)),)))
    assert "blue_reels_play_count" in publisher.insights(reel)
    assert not any("impressions" in each.url for each in it.line.sent)


@pytest.mark.parametrize("metrics", ["post_impressions", "post_clicks,post_impressions_unique", ""])
def test_a_figure_that_no_longer_exists_fails_the_whole_question(it: PageBench, metrics: str) -> None:
    receipt = out(it)
    it.hosts = {"insight_metrics": metrics}
    with pytest.raises(LoaError) as caught:
        it.publisher().insights(receipt)
    assert caught.value.code == "E634"


@pytest.mark.parametrize("kind", ["drop_before", "garbage", "wrong_json", "token_expired"])
def test_figures_that_cannot_be_asked_say_so(it: PageBench, kind: FaultKind) -> None:
    receipt = out(it)
    it.play("*/insights", kind, method="GET")
    with pytest.raises(LoaError) as caught:
        it.publisher().insights(receipt)
    assert caught.value.code == "E634"
