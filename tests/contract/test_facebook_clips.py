"""Clips on Facebook: the two ways of a file, uploads that break and go on, captions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.facebook_page import PageBench, shared_sandbox
from support.subtitles import subtitled

from loa.clock import SimulatedClock
from loa.delivery import Absent, Attachment, CannotTell, Done, Found, Message, Pending, Refused, RetryLater, Unknown
from loa.sandbox import FaultKind, Sandbox

from .conftest import holding

SRT = "1\n00:00:00,000 --> 00:00:02,000\nNộp hồ sơ tại nhà\n"
MIB = 1024 * 1024
UPRIGHT = (1080, 1920)
THREE_CHUNKS = 2 * MIB + 500
MISHAPS: tuple[FaultKind, ...] = (
    *("drop_before", "drop_after", "error500_after", "garbage", "wrong_json", "truncated"),
    *("transient", "slow_verify"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, SimulatedClock]]:
    with shared_sandbox(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture
def it(office: tuple[Sandbox, SimulatedClock], tmp_path: Path) -> PageBench:
    return PageBench(*office, tmp_path)


def carrying(clip: Attachment, text: str = "Mời bà con xem phim") -> Message:
    return Message("khoa-1", text, title="Một cửa", attachments=(clip,))


def captioned(it: PageBench, text: str = SRT, frame: tuple[int, int] = UPRIGHT) -> Message:
    place = it.folder / "loi-thoai.srt"
    place.write_text(text, encoding="utf-8")
    return carrying(subtitled(it.film(frame=frame), place))


def test_a_landscape_clip_goes_out_as_a_video_chunk_by_chunk(it: PageBench) -> None:
    message = carrying(it.film(THREE_CHUNKS))
    ending = it.to_the_end(it.publisher(), message)
    assert isinstance(ending, Done)
    (effect,) = it.journal()
    assert (effect.kind, effect.id) == ("video", ending.receipt.platform_id)
    assert effect.media_sha256 == (message.attachments[0].sha256,)
    assert (effect.title, effect.text) == (message.title, message.text)
    assert ending.receipt.url.endswith(f"/videos/{effect.id}")
    assert ending.receipt.details["post_id"] == effect.extra["post_id"]
    assert len(it.calls("/videos")) == 1 + 3 + 1


@pytest.mark.parametrize(
    ("frame", "seconds", "kind"),
    [(UPRIGHT, 90, "reel"), (UPRIGHT, 90.1, "video"), ((1080, 1080), 30, "video"), ((540, 960), 3, "reel")],
)
def test_a_clip_that_keeps_the_rules_is_a_reel_and_every_other_a_video(
    it: PageBench, frame: tuple[int, int], seconds: float, kind: str
) -> None:
    assert isinstance(it.to_the_end(it.publisher(), carrying(it.film(5000, frame, seconds))), Done)
    assert [effect.kind for effect in it.journal()] == [kind]


@pytest.mark.parametrize("kind", [*MISHAPS, "wrong_offset"])
@pytest.mark.parametrize("nth", [2, 3, 4])
def test_a_chunk_that_goes_wrong_is_sent_again_from_where_the_server_says(
    it: PageBench, kind: FaultKind, nth: int
) -> None:
    """The first call is the start; the chunks are the next three."""
    it.play("*/videos", kind, nth=nth)
    message = carrying(it.film(THREE_CHUNKS))
    assert isinstance(it.to_the_end(it.publisher(), message), Done)
    assert [effect.media_sha256 for effect in it.journal()] == [(message.attachments[0].sha256,)]


def test_the_place_of_a_lost_chunk_may_come_as_a_text_inside_the_error(it: PageBench) -> None:
    publisher, message = it.publisher(), carrying(it.film(5000))
    it.play("*/videos", "drop_before", nth=1)
    assert isinstance(publisher.publish(message), RetryLater)
    place = '{"start_offset": "0", "end_offset": "5000"}'
    it.say_words("/videos", '{"video_id": "1", "upload_session_id": "2", "start_offset": "0", "end_offset": "9"}')
    it.say("/videos", code=6001, error_subcode=1363037, error_data=place)
    it.say_words("/videos", '{"start_offset": "5000", "end_offset": "5000"}')
    it.say_words("/videos", '{"success": true}')
    assert isinstance(publisher.publish(message), Pending)
    assert len(it.calls("/videos")[-2].body) > 5000


def test_an_upload_that_stays_broken_is_given_up_and_cancelled(it: PageBench) -> None:
    it.play("*/videos", "transient", nth=2, times=4)
    publisher, message = it.publisher(), carrying(it.film())
    ending = publisher.publish(message)
    assert isinstance(ending, RetryLater)
    assert not ending.pause_account
    assert "upload_phase=cancel" in it.calls("/videos")[-1].body
    assert isinstance(it.to_the_end(publisher, message), Done)
    assert len(it.journal()) == 1


def test_a_limit_in_the_middle_of_an_upload_pauses_the_account_and_cancels(it: PageBench) -> None:
    it.play("*/videos", "throttled_613", nth=3)
    ending = it.publisher().publish(carrying(it.film(THREE_CHUNKS)))
    assert isinstance(ending, RetryLater)
    assert ending.pause_account
    assert ending.at == it.clock.now() + timedelta(hours=1)
    assert "upload_phase=cancel" in it.calls("/videos")[-1].body


@pytest.mark.parametrize("kind", ["drop_after", "error500_after", "garbage", "truncated", "wrong_json", "error_body"])
@pytest.mark.parametrize("frame", [UPRIGHT, (1920, 1080)])
def test_a_finish_in_doubt_is_found_by_the_video_or_by_its_words(
    it: PageBench, kind: FaultKind, frame: tuple[int, int]
) -> None:
    it.play("*/video_reels", kind, nth=2) if frame == UPRIGHT else it.play("*/videos", kind, nth=3)
    message, sent_at, publisher = carrying(it.film(frame=frame)), it.clock.now(), it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    for hint in (ending.hint, {}):
        found = publisher.look_up(message, sent_at, hint)
        assert isinstance(found, Found)
        assert found.receipt.platform_id == it.journal()[0].id
        assert found.check_at is None


@pytest.mark.parametrize("kind", ["wrong_json", "garbage", "error_body", "slow_verify", "drop_before"])
@pytest.mark.parametrize("hint", [{"video": "1"}, {"photos": "1,2"}, {}])
def test_an_answer_about_something_else_decides_nothing(it: PageBench, kind: FaultKind, hint: dict[str, str]) -> None:
    it.play("*", kind, method="GET", times=9)
    found = it.publisher().look_up(carrying(it.film()), it.clock.now(), hint)
    assert isinstance(found, CannotTell)
    assert not found.final


@pytest.mark.parametrize("status", ["{}", '{"publishing_phase": {}}', '{"video_status": "ready"}', "[]"])
def test_a_clip_that_does_not_tell_whether_it_is_out_is_not_sent_again(it: PageBench, status: str) -> None:
    """Only a publishing phase that has not begun is a no: anything else may be a clip that citizens see."""
    it.say_words("/771", f'{{"id": "771", "status": {status}}}', verb="GET")
    found = it.publisher().look_up(carrying(it.film()), it.clock.now(), {"video": "771"})
    assert isinstance(found, CannotTell)
    assert not found.final


@pytest.mark.parametrize(
    "told", ['{"start_offset": "0", "end_offset": "1000"}', '{"start_offset": 0, "end_offset": 9}']
)
def test_a_server_that_wants_the_same_chunk_for_ever_is_given_up(it: PageBench, told: str) -> None:
    it.say_words("/videos", '{"video_id": "1", "upload_session_id": "2", "start_offset": "0", "end_offset": "1000"}')
    for _ in range(10):
        it.say_words("/videos", told)
    ending = it.publisher().publish(carrying(it.film()))
    assert isinstance(ending, RetryLater)
    assert len(it.calls("/videos")) < 10
    assert it.journal() == ()


def test_a_clip_found_while_it_is_processed_is_asked_after_again(it: PageBench) -> None:
    it.play("*/videos", "drop_after", nth=3)
    message, publisher = carrying(it.film()), it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    found = publisher.look_up(message, it.clock.now(), ending.hint)
    assert isinstance(found, Found)
    assert found.check_at is not None
    it.clock.move_to(found.check_at)
    assert isinstance(publisher.follow_up(message, found.receipt), Done)


def test_a_finish_that_never_arrived_is_absent_and_a_second_sending_makes_one(it: PageBench) -> None:
    it.play("*/videos", "drop_before", nth=3)
    message, sent_at, publisher = carrying(it.film()), it.clock.now(), it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    assert publisher.look_up(message, sent_at, ending.hint) == Absent()
    assert isinstance(it.to_the_end(publisher, message), Done)
    assert len(it.journal()) == 1


def test_a_file_that_meta_cannot_read_is_uploaded_twice_and_then_refused(it: PageBench) -> None:
    clip = holding(it.film(), b"khong phai phim" * 500)
    ending = it.publisher().publish(carrying(clip))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E609", "content")
    assert sum("upload_phase=start" in each.body for each in it.calls("/videos")) == 2
    assert it.journal() == ()


@pytest.mark.parametrize("kind", ["cut_upload", "error500_before", *MISHAPS])
def test_the_bytes_of_a_reel_go_on_from_where_they_broke(it: PageBench, kind: FaultKind) -> None:
    it.play("*/rupload/*", kind)
    message = carrying(it.film(MIB, UPRIGHT))
    assert isinstance(it.to_the_end(it.publisher(), message), Done)
    assert [effect.media_sha256 for effect in it.journal()] == [(message.attachments[0].sha256,)]


def test_a_reel_whose_bytes_never_arrive_is_tried_later(it: PageBench) -> None:
    it.play("*/rupload/*", "drop_before", times=9)
    assert isinstance(it.publisher().publish(carrying(it.film(frame=UPRIGHT))), RetryLater)
    assert it.journal() == ()


def test_a_reel_that_meta_cannot_process_is_refused(it: PageBench) -> None:
    clip = holding(it.film(frame=UPRIGHT), b"khong phai phim" * 500)
    ending = it.publisher().publish(carrying(clip))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.detail) == ("E609", "ProcessingFailedError")


def test_the_thirty_first_reel_of_a_day_waits(it: PageBench) -> None:
    publisher, clip = it.publisher(), it.film(frame=UPRIGHT)
    for number in range(30):
        assert isinstance(publisher.publish(carrying(clip, f"Thước phim số {number}")), Pending)
    ending = publisher.publish(carrying(clip))
    assert isinstance(ending, RetryLater)
    assert ending.pause_account
    it.clock.advance(timedelta(hours=24))
    assert isinstance(publisher.publish(carrying(clip)), Pending)


def test_a_reel_that_is_not_there_while_it_is_processed_is_asked_after_and_then_a_persons(it: PageBench) -> None:
    """Taken down by somebody, or not to be seen yet: only a person can tell."""
    message, publisher = carrying(it.film(frame=UPRIGHT)), it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Pending)
    it.ask(ending.receipt.platform_id, "DELETE")
    gone = publisher.follow_up(message, ending.receipt)
    assert isinstance(gone, Unknown)
    assert gone.code == "E641"


@pytest.mark.parametrize("code", [6000, 6001])
def test_a_finish_that_meta_calls_passing_is_in_doubt_and_not_done_twice(it: PageBench, code: int) -> None:
    it.say_words("/videos", '{"video_id": "1", "upload_session_id": "2", "start_offset": "9", "end_offset": "9"}')
    it.say("/videos", 503, code=code, is_transient=True)
    ending = it.publisher().publish(carrying(it.film()))
    assert isinstance(ending, Unknown)
    assert ending.hint == {"video": "1"}
    assert len(it.calls("/videos")) == 2


@pytest.mark.parametrize("frame", [UPRIGHT, (1920, 1080)])
def test_captions_follow_when_the_clip_is_out(it: PageBench, frame: tuple[int, int]) -> None:
    ending = it.to_the_end(it.publisher(), captioned(it, frame=frame))
    assert isinstance(ending, Done)
    assert "captions" not in ending.receipt.details
    assert "until" not in ending.receipt.details
    (sent,) = it.calls("/captions")
    assert 'filename="loi-thoai.vi_VN.srt"' in sent.body
    assert [row["locale"] for row in it.ask(f"{ending.receipt.platform_id}/captions")["data"]] == ["vi_VN"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage", "transient", "429"])
def test_captions_in_doubt_are_sent_again_and_what_is_there_already_is_fine(it: PageBench, kind: FaultKind) -> None:
    it.play("*/captions", kind)
    ending = it.to_the_end(it.publisher(), captioned(it))
    assert isinstance(ending, Done)
    assert "captions" not in ending.receipt.details
    assert len(it.calls("/captions")) == 2
    assert len(it.ask(f"{ending.receipt.platform_id}/captions")["data"]) == 1


@pytest.mark.parametrize(("text", "why"), [("không có mốc giờ", "385/0"), (SRT * 5000, "> 204800")])
def test_captions_that_meta_refuses_do_not_lose_the_clip(it: PageBench, text: str, why: str) -> None:
    ending = it.to_the_end(it.publisher(), captioned(it, text))
    assert isinstance(ending, Done)
    assert ending.receipt.details["captions"].startswith("missing: ")
    assert why in ending.receipt.details["captions"]
    assert len(it.journal()) == 1


def test_captions_that_are_gone_from_the_disk_do_not_lose_the_clip(it: PageBench) -> None:
    message, publisher = captioned(it), it.publisher()
    ending = publisher.publish(message)
    assert isinstance(ending, Pending)
    (it.folder / "loi-thoai.srt").unlink()
    it.clock.move_to(ending.check_at)
    last = publisher.follow_up(message, ending.receipt)
    assert isinstance(last, Done)
    assert last.receipt.details["captions"] == "missing: loi-thoai.srt: FileNotFoundError"


def test_captions_that_nobody_approved_do_not_follow_the_clip(it: PageBench) -> None:
    """They follow minutes after the last look at the files."""
    message = captioned(it)
    (it.folder / "loi-thoai.srt").write_text(SRT + "\n", encoding="utf-8")
    ending = it.to_the_end(it.publisher(), message)
    assert isinstance(ending, Done)
    assert ending.receipt.details["captions"] == "missing: E624 loi-thoai.srt"
    assert it.calls("/captions") == []


def test_captions_that_fail_for_hours_are_told_to_a_person(it: PageBench) -> None:
    it.play("*/captions", "transient", times=999)
    ending = it.to_the_end(it.publisher(), captioned(it))
    assert isinstance(ending, Done)
    assert ending.receipt.details["captions"].startswith("missing: 2/0")
    assert it.clock.now() - it.journal()[0].moment < timedelta(hours=3)
