from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from support.planted import phone

from loa.delivery import CannotTell, Done, Refused, RetryLater, Unknown
from loa.sandbox import Fault

from .conftest import Bench


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("sms")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage"])
def test_the_same_key_again_makes_exactly_one_message(it: Bench, kind: str) -> None:
    it.sandbox.play([Fault(face="esms", kind=kind)])  # type: ignore[arg-type]  # pytest gives a plain str
    publisher = it.publisher()
    assert isinstance(publisher.publish(it.message()), Unknown)
    assert isinstance(publisher.publish(it.message()), Done)
    assert len(it.journal()) == 1


def test_nothing_can_be_read_back_by_key(it: Bench) -> None:
    assert it.publisher().look_up(it.message(), it.clock.now(), {}) == CannotTell("E633", final=True)


def test_a_long_key_stays_one_key(it: Bench) -> None:
    publisher = it.publisher()
    keys = [f"chuyen-doi-so-10-10/loi-nhac/2026-10-10/xa-kim-lien/{number}" for number in (1, 2, 2)]
    for key in keys:
        assert isinstance(publisher.publish(it.message(key=key)), Done)
    assert len(it.journal()) == 2


def test_the_number_is_never_written_in_full(it: Bench) -> None:
    it.publisher().publish(it.message())
    assert phone(1)[1:] not in it.sandbox.journal.read_text()
    assert it.journal()[0].recipient == f"+84 {phone(1)[1:3]}* *** {phone(1)[-3:]}"


def test_vietnamese_arrives_as_it_was_written(it: Bench) -> None:
    it.publisher().publish(it.message(text="Đề nghị bà con sơ tán trước 17 giờ."))
    (effect,) = it.journal()
    assert effect.text == "Đề nghị bà con sơ tán trước 17 giờ."
    assert effect.extra == {"parts": 1, "unicode": True}


def test_plain_letters_are_sent_the_cheap_way(it: Bench) -> None:
    it.publisher().publish(it.message(text="De nghi ba con so tan truoc 17 gio."))
    assert it.journal()[0].extra == {"parts": 1, "unicode": False}


def test_seven_parts_are_refused_before_anything_leaves(it: Bench) -> None:
    ending = it.publisher().publish(it.message(text="ế" * (6 * 67 + 1)))
    assert isinstance(ending, Refused)
    assert ending.code == "E613"


def test_a_bad_number_is_refused_for_its_row_only(it: Bench) -> None:
    ending = it.publisher().publish(it.message(recipient="+84212345678"))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E618", "row")


def test_the_wait_of_the_platform_is_kept(it: Bench) -> None:
    it.sandbox.play([Fault(face="esms", kind="429")])
    ending = it.publisher().publish(it.message())
    assert isinstance(ending, RetryLater)
    assert ending.at == it.clock.now() + timedelta(seconds=60)
