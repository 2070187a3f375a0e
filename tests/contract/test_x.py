from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from loa.clock import SimulatedClock, SystemClock
from loa.delivery import Absent, CannotTell, Done, Found, Refused, RetryLater, Unknown
from loa.sandbox import Fault, Sandbox

from .conftest import Bench


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("x")


def test_four_pictures_go_out_with_their_alt_texts(it: Bench) -> None:
    pictures = tuple(it.picture(f"ảnh {number}", f"Mô tả {number}") for number in range(4))
    assert isinstance(it.publisher().publish(it.message(attachments=pictures)), Done)
    (effect,) = it.journal()
    assert effect.media_sha256 == tuple(picture.sha256 for picture in pictures)
    assert effect.extra["alt"] == ["Mô tả 0", "Mô tả 1", "Mô tả 2", "Mô tả 3"]


def test_a_clip_goes_up_in_pieces_and_arrives_whole(it: Bench) -> None:
    clip = it.clip()
    clip.path.write_bytes(clip.path.read_bytes() + bytes(5 * 1024 * 1024))
    assert isinstance(it.publisher().publish(it.message(attachments=(clip,))), Done)
    taken = next((it.folder / "sandbox" / "taken").iterdir())
    assert taken.read_bytes() == clip.path.read_bytes()


def test_a_clip_in_processing_is_waited_for(tmp_path: Path) -> None:
    with Sandbox(tmp_path / "sandbox", clock=SystemClock()) as sandbox:
        it = Bench("x", sandbox, SimulatedClock(SystemClock().now()), tmp_path)
        assert isinstance(it.publisher().publish(it.message(attachments=(it.clip(),))), Done)
        assert len(it.journal()) == 1


def test_a_post_with_a_link_and_signs_is_found_by_its_words(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", route="*/tweets", kind="drop_after")])
    text = "Hỏi & đáp <một cửa>: xem dichvucong.gov.vn và https://nghean.gov.vn/tin?id=1&trang=2"
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


def test_a_text_that_weighs_too_much_is_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(text="ế" * 141))
    assert isinstance(ending, Refused)
    assert ending.code == "E613"


def test_the_link_counts_towards_the_weight(it: Bench) -> None:
    ending = it.publisher().publish(it.message(text="a" * 270, link="https://nghean.gov.vn"))
    assert isinstance(ending, Refused)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage"])
def test_a_failed_upload_may_simply_be_done_again(it: Bench, kind: str) -> None:
    it.sandbox.play([Fault(face="x", route="*/media/upload", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    message = it.message(attachments=(it.picture(),))
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.journal()) == 1


def test_the_reset_moment_of_the_platform_is_kept(it: Bench) -> None:
    it.sandbox.play([Fault(face="x", route="*/tweets", kind="429")])
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=15)


def test_many_posts_since_then_are_read_on(it: Bench) -> None:
    publisher = it.publisher()
    sent_at = it.clock.now()
    publisher.publish(it.message())
    for number in range(15):
        publisher.publish(it.message(text=f"Tin số {number}"))
    assert isinstance(publisher.look_up(it.message(), sent_at, {}), Found)


def test_preflight_names_the_account_and_a_dead_token(it: Bench) -> None:
    assert it.publisher().preflight()[0].level == "ok"
    it.sandbox.play([Fault(face="x", method="GET", kind="token_expired")])
    finding = it.publisher().preflight()[0]
    assert (finding.level, finding.code) == ("stop", "E605")
