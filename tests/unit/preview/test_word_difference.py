"""Word by word: nothing of either text is lost in the telling."""

from hypothesis import given
from hypothesis import strategies as st

from loa.preview.compare.words import Piece, word_difference

TEXTS = st.lists(st.sampled_from(["nộp", "hồ sơ", "trực tuyến", "\n\n", "  ", "1022", "–"]), max_size=30).map(" ".join)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    pieces = word_difference(before, after)
    assert "".join(each.text for each in pieces if each.kind != "gained") == before
    assert "".join(each.text for each in pieces if each.kind != "lost") == after


def test_words_that_follow_each_other_change_together() -> None:
    assert word_difference("Nộp trực tuyến nhé", "Nộp qua mạng nhé") == (
        Piece("same", "Nộp "),
        Piece("lost", "trực tuyến "),
        Piece("gained", "qua mạng "),
        Piece("same", "nhé"),
    )


def test_what_is_equal_has_no_difference() -> None:
    assert word_difference("Bà con nộp hồ sơ", "Bà con nộp hồ sơ") == (Piece("same", "Bà con nộp hồ sơ"),)


def test_a_book_of_words_is_told_as_a_whole_instead_of_for_ever() -> None:
    before, after = "mới " * 15_000, "cũ " * 15_000
    assert word_difference(before, after) == (Piece("lost", before), Piece("gained", after))
