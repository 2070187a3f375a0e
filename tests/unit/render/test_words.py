import unicodedata

import pytest

from loa.render.tree.words import NBSP, chunks


@pytest.mark.parametrize("compound", ["dịch vụ", "trực tuyến", "công nghệ", "chuyển đổi", "thủ tục", "hồ sơ"])
def test_a_compound_is_one_piece(compound: str) -> None:
    assert compound.replace(" ", NBSP) in chunks(f"mọi {compound} hôm nay")


def test_a_compound_is_known_whatever_its_case() -> None:
    assert chunks("Dịch vụ công") == (f"Dịch{NBSP}vụ", "công")


def test_a_number_keeps_its_unit_and_the_word_before_it() -> None:
    assert chunks("đạt 1,5 triệu hồ sơ") == ("đạt", f"1,5{NBSP}triệu", f"hồ{NBSP}sơ")
    assert f"năm{NBSP}2025" in chunks("trong năm 2025")


def test_a_comma_ends_a_compound() -> None:
    assert chunks("ở hồ, sơ tán") == ("ở", "hồ,", "sơ", "tán")


def test_a_dash_never_begins_a_line() -> None:
    assert chunks("trực tuyến – Đơn giản")[0] == f"trực{NBSP}tuyến{NBSP}–"


def test_decomposed_text_must_be_composed_first() -> None:
    decomposed = unicodedata.normalize("NFD", "dịch vụ")
    assert len(chunks(decomposed)) == 2
