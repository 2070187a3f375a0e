import unicodedata

import pytest

from loa.render.tree.words import NBSP, chunks, joints


@pytest.mark.parametrize("compound", ["dịch vụ", "trực tuyến", "công nghệ", "chuyển đổi", "thủ tục", "hồ sơ"])
def test_a_compound_is_one_piece(compound: str) -> None:
    assert compound.replace(" ", NBSP) in chunks(f"mọi {compound} hôm nay")


def test_a_compound_is_known_whatever_its_case() -> None:
    assert chunks("Dịch vụ công") == (f"Dịch{NBSP}vụ", "công")


def test_a_number_keeps_its_unit_and_the_word_before_it() -> None:
    assert chunks("đạt 1,5 triệu hồ sơ") == ("đạt", f"1,5{NBSP}triệu", f"hồ{NBSP}sơ")
    assert f"năm{NBSP}2025" in chunks("trong năm 2025")


@pytest.mark.parametrize("name", ["Ea Kao", "Kim Liên", "Ma Thuột", "Cư Ni"])
def test_a_short_name_of_a_place_is_one_piece(name: str) -> None:
    assert name.replace(" ", NBSP) in chunks(f"Ủy ban nhân dân xã {name} thông báo")


def test_a_long_name_may_break_but_every_break_in_it_costs() -> None:
    pieces = chunks("phường Đông Hưng Thuận Nghĩa Lộ")
    assert pieces == ("phường", "Đông", "Hưng", "Thuận", "Nghĩa", "Lộ")
    assert min(joints(pieces)[1:]) > max(joints(chunks("làm việc tại nhà")))


def test_a_common_noun_before_a_name_is_no_part_of_it() -> None:
    assert chunks("Cổng Dịch vụ công Quốc gia") == ("Cổng", f"Dịch{NBSP}vụ", "công", f"Quốc{NBSP}gia")


def test_a_pause_is_a_good_place_to_break_and_a_word_that_leans_on_the_next_is_not() -> None:
    pieces = chunks("nhanh hơn, tiện cho dân")
    assert joints(pieces)[pieces.index("hơn,")] < 0 < joints(pieces)[pieces.index("cho")]


@pytest.mark.parametrize("held", ["quý III", "năm 2025", "mức độ 2", "95 %", "1,5 triệu", "tổng đài 1022", "3 bước"])
def test_a_number_is_never_torn_from_what_it_belongs_to(held: str) -> None:
    assert any(held.replace(" ", NBSP) in piece for piece in chunks(f"theo {held} thì"))


def test_a_comma_ends_a_compound() -> None:
    assert chunks("ở hồ, sơ thảo") == ("ở", "hồ,", "sơ", "thảo")


def test_a_dash_never_begins_a_line() -> None:
    assert chunks("trực tuyến – Đơn giản")[0] == f"trực{NBSP}tuyến{NBSP}–"


def test_decomposed_text_must_be_composed_first() -> None:
    decomposed = unicodedata.normalize("NFD", "dịch vụ")
    assert len(chunks(decomposed)) == 2
