from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.campaign import paragraphs, plain_text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("# Tiêu đề", "Tiêu đề"),
        ("### Tiêu đề ###", "Tiêu đề"),
        ("#ChuyenDoiSo #DVCTT", "#ChuyenDoiSo #DVCTT"),
        ("**đậm** và *nghiêng* và _nghiêng_ và __đậm__", "đậm và nghiêng và nghiêng và đậm"),
        ("***cả hai***", "cả hai"),
        ("**đậm có *nghiêng* trong**", "đậm có nghiêng trong"),
        ("- một\n- hai", "– một\n– hai"),
        ("* một\n+ hai", "– một\n– hai"),
        ("1. một\n2. hai", "1. một\n2. hai"),
        ("> trích", "trích"),
        ("[Cổng DVC](https://a.vn/x_y_z)", "Cổng DVC: https://a.vn/x_y_z"),
        ("[https://a.vn](https://a.vn)", "https://a.vn"),
        ("[gọi 1022](tel:1022)", "gọi 1022: 1022"),
        ('[Cổng](https://a.vn "Chú thích")', "Cổng: https://a.vn"),
        ("<https://a.vn/b>", "https://a.vn/b"),
        ("Xem https://a.vn/x_y_z*1_2.", "Xem https://a.vn/x_y_z*1_2."),
        ("**https://a.vn/x_y**", "https://a.vn/x_y"),
        ("![mô tả](a.png)\nsau", "sau"),
        ("ten_tep_anh.png", "ten_tep_anh.png"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        (r"\*giữ sao\* và 1\. giữ", "*giữ sao* và 1. giữ"),
        ("`mã **giữ**`", "mã **giữ**"),
        ("một  \nhai\\\nba", "một\nhai\nba"),
        ("một\n\n\n\nhai", "một\n\nhai"),
        ("một\n\n---\n\nhai", "một\n\nhai"),
        ("trước <!-- ghi chú\nnội bộ --> sau", "trước  sau"),
        ("– đã là gạch", "– đã là gạch"),
        ("5 < 6 và 7 > 6", "5 < 6 và 7 > 6"),
        ("", ""),
    ],
)
def test_no_markup_is_left_and_nothing_else_is_lost(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


def test_line_breaks_stay_as_they_were_written() -> None:
    assert plain_text("Địa chỉ: A\nĐiện thoại: B\n\nHết") == "Địa chỉ: A\nĐiện thoại: B\n\nHết"


def test_paragraphs_are_cut_at_blank_lines() -> None:
    assert paragraphs("# Một\n\nhai\nba\n\n\n- bốn\n") == ("Một", "hai\nba", "– bốn")


@pytest.mark.parametrize(
    "bomb", ["*" * 20_000, "_a" * 10_000, "[" * 20_000, "[ " * 10_000, "**a" * 7_000, "`" * 20_001, "<!--" * 5_000]
)
def test_no_pile_of_signs_takes_long(bomb: str) -> None:
    started = time.perf_counter()
    plain_text(bomb)
    assert time.perf_counter() - started < 5


@given(st.lists(st.text("aăâbcđeê 0123,:;!?“”–💡", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_text_without_markup_stays_as_it_is(lines: list[str]) -> None:
    assert plain_text("\n".join(lines)) == "\n".join(lines)


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**{{ unit.name }}** mời", "Xã *Một* mời"),
        ("[Cổng]({{ unit.portal }})", "Cổng: https://a.vn/x_y_z"),
        ("[{{unit.portal}}]({{ unit.portal }})", "https://a.vn/x_y_z"),
        ("https://a.vn/{{ slug }}.", "https://a.vn/a_b_c."),
        ("{{ dash }}", "- không phải gạch đầu dòng"),
        ("một\n\n{{ nothing }}\n\nhai", "một\n\nhai"),
        ("{{ brace }}", "{{ unit.name }}"),
        ("{{ no.such }}", "{{ no.such }}"),
    ],
)
def test_a_value_is_put_in_as_it_is_and_never_read_as_markdown(markdown: str, plain: str) -> None:
    fields = {
        "unit.name": "Xã *Một*",
        "unit.portal": "https://a.vn/x_y_z",
        "slug": "a_b_c",
        "dash": "- không phải gạch đầu dòng",
        "nothing": "",
        "brace": "{{ unit.name }}",
    }
    assert plain_text(markdown, fields) == plain
