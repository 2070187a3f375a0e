"""Every code that Meta's pages name, and how a sending ends by it: by the code, never by the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.facebook_page import PageBench, shared_sandbox

from loa.clock import SimulatedClock
from loa.delivery import Absent, Attachment, AuthNeeded, CannotTell, Done, Ending, Message, Refused, RetryLater, Unknown
from loa.sandbox import Sandbox

from .conftest import png

POST = Message("khoa-1", "Nộp hồ sơ tại nhà")
MINUTES = {4: 15, 17: 15, 32: 15, 341: 120, 613: 60, 80001: 60, 1609005: 10}
TOKEN_SUBCODES = (458, 459, 460, 463, 464, 467, 492)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, SimulatedClock]]:
    with shared_sandbox(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture
def it(office: tuple[Sandbox, SimulatedClock], tmp_path: Path) -> PageBench:
    return PageBench(*office, tmp_path)


def answered(it: PageBench, status: int = 400, **error: object) -> Ending:
    it.say("/feed", status, **error)
    ending = it.publisher().publish(POST)
    assert len(it.calls("/feed")) == 1
    return ending


@pytest.mark.parametrize(("code", "minutes"), MINUTES.items())
@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_limit_is_waited_out(it: PageBench, code: int, minutes: int, status: int) -> None:
    """Meta marks a limit as passing, and answers it with any status; it is certain all the same."""
    ending = answered(it, status, code=code, is_transient=True)
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=minutes)
    assert ending.pause_account is (code != 1609005)
    assert ending.code == "E604"


def test_the_minutes_that_meta_names_go_before_our_own(it: PageBench) -> None:
    usage = f'{{"{it.page}": [{{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 42}}]}}'
    it.say("/feed", 400, {"X-Business-Use-Case-Usage": usage}, code=80001)
    ending = it.publisher().publish(POST)
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(minutes=42)


@pytest.mark.parametrize("header", ["", "no JSON", "[]", '{"1": 3}', '{"1": [7]}', '{"1": [{"call_count": "?"}]}'])
def test_a_strange_usage_header_is_no_reason_to_fail(it: PageBench, header: str) -> None:
    headers = {"X-Business-Use-Case-Usage": header, "X-App-Usage": header}
    it.say("/feed", 400, headers, code=80001)
    publisher = it.publisher()
    assert isinstance(publisher.publish(POST), RetryLater)
    assert publisher.rest() is None


@pytest.mark.parametrize(
    ("code", "subcode", "sentence"),
    [
        *((190, subcode, "E605") for subcode in TOKEN_SUBCODES),
        (102, 0, "E605"),
        *((code, 0, "E606") for code in (3, 10, 200, 210, 283, 299)),
        *((368, subcode, "E608") for subcode in (0, 1390008, 4854002, 1404082)),
    ],
)
def test_a_token_a_permission_and_a_block_stop_the_account_for_a_person(
    it: PageBench, code: int, subcode: int, sentence: str
) -> None:
    ending = answered(it, 403, code=code, error_subcode=subcode)
    assert isinstance(ending, AuthNeeded)
    assert ending.code == sentence


@pytest.mark.parametrize(
    ("code", "subcode", "sentence"),
    [
        (100, 0, "E607"),
        (100, 33, "E607"),
        *((code, 0, "E609") for code in (324, 382, 385, 386, 387, 388, 389, 6000, 6001)),
        *((100, subcode, "E609") for subcode in (1363040, 1363127, 1363128, 1363129)),
    ],
)
def test_what_is_wrong_with_the_content_is_final(it: PageBench, code: int, subcode: int, sentence: str) -> None:
    ending = answered(it, code=code, error_subcode=subcode)
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == (sentence, "content")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, {"code": 1}),
        (400, {"code": 1}),
        (503, {"code": 2}),
        (200, {"code": 2}),
        (400, {"code": 100, "is_transient": True}),
        (400, {"code": 987654}),
        (400, {"code": "no number"}),
    ],
)
def test_metas_own_trouble_and_a_code_that_nobody_knows_leave_it_open(
    it: PageBench, status: int, error: dict[str, object]
) -> None:
    ending = answered(it, status, **error)
    assert isinstance(ending, Unknown)
    assert ending.code == "E603"


@pytest.mark.parametrize(
    "words", ["Service Unavailable", "", "[]", "{}", '{"id": ""}', '{"id": 5}', '{"id": "5"}', '{"id": "5_x"}']
)
def test_an_answer_of_200_that_names_no_post_leaves_it_open(it: PageBench, words: str) -> None:
    it.say_words("/feed", words)
    assert isinstance(it.publisher().publish(POST), Unknown)


def test_the_same_words_twice_are_read_back(it: PageBench) -> None:
    ending = answered(it, code=506)
    assert isinstance(ending, Unknown)
    assert ending.code == "E611"
    # Meta says that the post is there: not to see it is a riddle for a person, not a reason to send it again.
    assert it.publisher().look_up(POST, it.clock.now(), ending.hint) == CannotTell("E611")
    assert isinstance(it.publisher().look_up(POST, it.clock.now(), {}), Absent)


def test_the_number_for_metas_support_is_kept_and_the_token_is_not(it: PageBench) -> None:
    words = {"message": f"bad {it.token}", "error_user_msg": f"Lỗi với {it.token}"}
    ending = answered(it, code=100, error_subcode=33, fbtrace_id="AbC123", **words)
    assert isinstance(ending, Refused)
    assert ending.detail == "100/33: Lỗi với *** [AbC123]"


def test_a_link_that_meta_cannot_read_goes_out_without_its_preview_the_next_time(it: PageBench) -> None:
    publisher, message = it.publisher(), replace(POST, link="https://a.vn/x")
    it.say("/feed", code=1609005)
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert ["&link=" in sent.body for sent in it.calls("/feed")] == [True, False]
    assert [effect.text for effect in it.journal()] == ["Nộp hồ sơ tại nhà\n\nhttps://a.vn/x"]


def test_a_limit_without_any_words_is_a_limit(it: PageBench) -> None:
    it.say_words("/feed", "Too Many Requests", 429)
    ending = it.publisher().publish(POST)
    assert isinstance(ending, RetryLater)
    assert ending.pause_account


@pytest.mark.parametrize(
    ("words", "status"), [("Service Unavailable", 200), ('{"error": {"code": 2, "message": ""}}', 503), ("", 500)]
)
def test_doubt_about_what_nobody_sees_is_only_a_retry(it: PageBench, words: str, status: int) -> None:
    it.say_words("/photos", words, status)
    message = Message("khoa-1", "Một ảnh", attachments=(picture(it),))
    publisher = it.publisher()
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)


def test_the_two_photos_that_are_there_are_used_by_the_retry(it: PageBench) -> None:
    message = Message("khoa-1", "Hai ảnh", attachments=(picture(it, "một"), picture(it, "hai")))
    publisher = it.publisher()
    it.say("/feed", code=4)
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.calls("/photos")) == 2
    assert [len(effect.media_sha256) for effect in it.journal()] == [2]


def test_photos_older_than_a_day_are_uploaded_again(it: PageBench) -> None:
    message = Message("khoa-1", "Hai ảnh", attachments=(picture(it, "một"), picture(it, "hai")))
    publisher = it.publisher()
    it.say("/feed", code=4)
    assert isinstance(publisher.publish(message), RetryLater)
    it.clock.advance(timedelta(hours=23))
    assert isinstance(publisher.publish(message), Done)
    assert len(it.calls("/photos")) == 4


def test_photos_that_meta_dropped_early_are_uploaded_again(it: PageBench) -> None:
    message = Message("khoa-1", "Một ảnh", attachments=(picture(it),))
    publisher = it.publisher()
    it.say("/feed", code=4)
    assert isinstance(publisher.publish(message), RetryLater)
    it.say("/feed", code=100)
    assert isinstance(publisher.publish(message), RetryLater)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.calls("/photos")) == 2


def test_a_photo_that_a_post_has_taken_is_not_used_for_the_next(it: PageBench) -> None:
    publisher = it.publisher()
    for text in ("Tuần này", "Tuần sau"):
        assert isinstance(publisher.publish(Message(text, text, attachments=(picture(it),))), Done)
    assert len(it.calls("/photos")) == 2


def test_photos_of_a_sending_that_is_absent_are_used_again(it: PageBench) -> None:
    message = Message("khoa-1", "Một ảnh", attachments=(picture(it),))
    publisher, sent_at = it.publisher(), it.clock.now()
    it.play("*/feed", "drop_before")
    ending = publisher.publish(message)
    assert isinstance(ending, Unknown)
    it.settle()
    publisher.look_up(message, sent_at, ending.hint)
    assert isinstance(publisher.publish(message), Done)
    assert len(it.calls("/photos")) == 1


def test_the_same_picture_twice_and_another_alt_text_are_photos_of_their_own(it: PageBench) -> None:
    first, again = picture(it, alt="Trước"), picture(it, alt="Sau")
    message = Message("khoa-1", "Ba ảnh", attachments=(first, first, again))
    assert isinstance(it.publisher().publish(message), Done)
    (effect,) = it.journal()
    assert effect.extra["alt"] == ["Trước", "Trước", "Sau"]
    assert len(set(effect.extra["photos"])) == 3


def picture(it: PageBench, name: str = "anh", alt: str = "Người dân nộp hồ sơ") -> Attachment:
    data = png(name)
    place = it.folder / f"{name}.png"
    place.write_bytes(data)
    return Attachment("picture", place, hashlib.sha256(data).hexdigest(), "image/png", 1080, 1080, alt_text=alt)
