"""What is known of a message only grows, and the order in which it becomes known does not matter."""

import functools

from hypothesis import example, given
from hypothesis import strategies as st

from loa.delivery import Fate, ReceiptNews
from loa.dispatch.lattice import Standing, is_partial, raised

PARTS = 3
WHOLE = st.builds(ReceiptNews, fate=st.sampled_from(Fate), code=st.sampled_from(["", "E618", "E619"]))
OF_PART = st.builds(
    ReceiptNews,
    fate=st.sampled_from(Fate),
    part=st.integers(1, PARTS),
    parts=st.sampled_from([0, PARTS]),
    code=st.sampled_from(["", "E618", "E619"]),
)


def after(news: list[ReceiptNews], parts: int = PARTS) -> Standing:
    return functools.reduce(lambda known, each: raised(known, each, parts), news, Standing())


@given(news=st.lists(st.one_of(WHOLE, OF_PART), max_size=8), data=st.data())
def test_any_order_of_the_same_news_ends_the_same(news: list[ReceiptNews], data: st.DataObject) -> None:
    assert after(data.draw(st.permutations(news))) == after(news)


@given(news=st.lists(st.one_of(WHOLE, OF_PART), max_size=6), data=st.data())
def test_news_that_come_twice_say_nothing_new(news: list[ReceiptNews], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(news), max_size=4)) if news else []
    assert after([*news, *again]) == after(news)


@given(news=st.lists(WHOLE, min_size=1))
def test_without_parts_the_fate_is_the_highest_that_was_told(news: list[ReceiptNews]) -> None:
    known = Standing()
    for each in news:
        risen = raised(known, each, PARTS)
        assert risen.fate >= known.fate
        known = risen
    assert known.fate == max(each.fate for each in news)


@given(news=st.lists(OF_PART, max_size=12))
@example(
    [ReceiptNews(Fate.DELIVERED, part=1), ReceiptNews(Fate.DELIVERED, part=2), ReceiptNews(Fate.DELIVERED, part=3)]
)
def test_of_parts_all_must_arrive_and_one_that_failed_fails_the_message(news: list[ReceiptNews]) -> None:
    best = {part: max((each.fate for each in news if each.part == part), default=Fate.NOTHING) for part in (1, 2, 3)}
    known = after(news)
    assert (known.fate == Fate.DELIVERED) == all(fate == Fate.DELIVERED for fate in best.values())
    failed = Fate.FAILED in best.values()
    assert (known.fate == Fate.FAILED) == failed
    assert known.partial == (failed and Fate.DELIVERED in best.values())


def test_one_part_delivered_is_not_yet_a_message() -> None:
    known = after([ReceiptNews(Fate.DELIVERED, part=1)], parts=2)
    assert known.fate == Fate.ACCEPTED
    assert not known.partial


def test_part_one_delivered_and_part_two_failed_is_partial() -> None:
    known = after([ReceiptNews(Fate.DELIVERED, part=1), ReceiptNews(Fate.FAILED, part=2, code="E618")], parts=2)
    assert (known.fate, known.parts, known.code) == (Fate.FAILED, ".df", "E618")
    assert known.partial


def test_a_whole_message_that_failed_is_not_partial() -> None:
    assert not is_partial(Fate.FAILED, "")
    assert not is_partial(Fate.FAILED, "f..")
