from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.render.tree.breaks import LONELY, copy_of, split_copy
from loa.render.tree.fonts import missing_glyphs, width_of
from loa.render.tree.setting import Setting, Style, set_text

TITLE = "Toàn dân sử dụng dịch vụ công trực tuyến"


def style(**changes: object) -> Style:
    return Style(**{"size": 60, "smallest": 60, "lines": 3, "weight": 700, "leading": 1.2, **changes})  # type: ignore[arg-type] - values of many types by name


def test_lines_are_about_as_long_as_each_other() -> None:
    setting = set_text(TITLE, style(), 1000)
    widths = [width_of(line, 60, 700) for line in setting.lines]
    assert len(widths) == 2
    assert min(widths) / max(widths) > 0.6


def test_lines_that_need_not_be_even_are_full_and_still_leave_no_orphan() -> None:
    full, even = (set_text(TITLE, style(balance=balance), 1130) for balance in (False, True))
    first, last = ([width_of(setting.lines[at], 60, 700) for setting in (full, even)] for at in (0, -1))
    assert first[0] >= first[1]
    assert last[0] >= LONELY * full.width


@pytest.mark.parametrize("room", range(330, 1200, 37))
def test_the_last_line_is_never_one_lonely_syllable(room: int) -> None:
    setting = set_text(
        "người dân trưởng thành sử dụng dịch vụ công trực tuyến", style(size=30, smallest=30, lines=9), room
    )
    assert len(setting.lines) == 1 or len(setting.lines[-1].replace("\u00a0", " ").split()) > 1


def test_two_lines_break_at_a_pause() -> None:
    setting = set_text("Nhanh hơn, tiện hơn, minh bạch hơn: làm thủ tục ngay tại nhà", style(size=30, smallest=30), 600)
    assert setting.lines[0].endswith("hơn:")


def test_a_text_shrinks_before_it_takes_another_line() -> None:
    setting = set_text(TITLE, style(smallest=40), 1100)
    assert len(setting.lines) == 1
    assert 43 <= setting.size < 60


def test_a_text_that_may_not_shrink_says_that_it_does_not_fit() -> None:
    assert not set_text(TITLE, style(lines=1), 600).fits
    assert set_text(TITLE, style(lines=1), 2000).fits


def test_a_compound_is_broken_only_as_the_last_resort_and_that_is_told() -> None:
    tight = set_text("trực tuyến", style(lines=2), width_of("tuyến", 60, 700) + 4)
    assert tight.lines == ("trực", "tuyến")
    assert tight.loose
    assert tight.split
    assert not set_text("trực tuyến", style(lines=2), width_of("trực tuyến", 60, 700) + 4).split


@pytest.mark.parametrize("room", range(380, 1500, 41))
def test_no_line_tears_a_compound_a_short_name_or_a_number_from_its_unit(room: int) -> None:
    text = "Ủy ban nhân dân xã Ea Kao giải quyết 1,5 triệu hồ sơ trực tuyến trong năm 2025"
    for line, after in pairwise(set_text(text, style(size=30, smallest=30, lines=9), room).lines):
        torn = f"{line.split()[-1]} {after.split()[0]}"
        assert torn not in {
            "Ủy ban",
            "nhân dân",
            "Ea Kao",
            "giải quyết",
            "1,5 triệu",
            "hồ sơ",
            "trực tuyến",
            "năm 2025",
        }


@pytest.mark.parametrize("room", range(420, 1300, 29))
def test_no_line_stands_alone_where_another_break_is_possible(room: int) -> None:
    setting = set_text("Nhận kết quả qua điện thoại, khỏi đi lại nhiều lần", style(size=30, smallest=30, lines=9), room)
    widths = [width_of(line, 30, 700) for line in setting.lines]
    assert len(widths) == 1 or min(widths) >= LONELY * max(widths)


def test_a_line_ends_after_a_word_that_leans_on_the_next_only_if_it_must() -> None:
    lines = set_text("Hồ sơ của bà con và của doanh nghiệp", style(size=40, smallest=40), 520).lines
    assert all(line.split()[-1] not in {"của", "và"} for line in lines)


def test_a_title_gives_up_a_little_size_for_better_breaks() -> None:
    best = set_text(TITLE, style(lines=2), 1100)
    tight = set_text(TITLE, style(lines=2, smallest=50), best.width - 20)
    assert tight.lines == best.lines
    assert 0.93 * 60 <= tight.size < 60


def test_the_breaks_depend_on_sizes_only_through_their_ratio() -> None:
    small, large = (set_text(TITLE, style(size=size, smallest=size), size * 14) for size in (20, 80))
    assert small.lines == large.lines
    assert large.width == pytest.approx(4 * small.width)


def test_capitals_keep_names_together_as_small_letters_do() -> None:
    lines = set_text("Ủy ban nhân dân xã Ea Kao", style(size=40, smallest=40, upper=True), 520).lines
    assert lines == ("ỦY BAN NHÂN DÂN", "XÃ EA KAO")


def test_a_text_of_one_long_word_does_not_fit_a_narrow_box() -> None:
    assert not set_text("dichvucong.gov.vn", style(lines=3), 200).fits


def test_nothing_takes_one_empty_line() -> None:
    assert set_text("", style(), 100).lines == ("",)


def test_width_grows_with_the_size() -> None:
    assert width_of("Đề án 06", 80, 700) == pytest.approx(2 * width_of("Đề án 06", 40, 700))


def test_the_font_covers_vietnamese_and_tells_what_it_lacks() -> None:
    assert missing_glyphs("ẮẰẲẴẶắằẳẵặĐđƠơƯư“”–…%0123456789") == ()
    assert missing_glyphs("Việt 漢 😀") == ("漢", "😀")


@given(st.permutations([12 + step * 0.6 for step in range(40)]), st.booleans())
def test_the_breaks_of_a_room_do_not_depend_on_the_rooms_asked_before(rooms: list[float], balance: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    words = (
        "Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh được nâng cấp"
        " để phục vụ người dân nhanh hơn, an toàn hơn."
    )
    style = Style(30, 30, 6, 500, 1.3, balance=balance)

    def setting(room: float) -> Setting:
        return set_text(words, style, room * 30)

    alone = {}
    for room in rooms:
        forget()
        alone[room] = setting(room)
    forget()
    assert {room: setting(room) for room in rooms} == alone


def forget() -> None:
    """No text was ever set."""
    set_text.cache_clear()
    copy_of.cache_clear()
    split_copy.cache_clear()
