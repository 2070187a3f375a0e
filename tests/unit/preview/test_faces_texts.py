from decimal import Decimal
from html.parser import HTMLParser

import pytest
from support.hard_faces import LONG, message
from support.shown import view
from support.studies import HOSTILE

from loa.preview.faces.folds import FOLDS, Fold, folded
from loa.preview.faces.lints import lints, shouted
from loa.preview.faces.meters import meters
from loa.preview.faces.pieces import initials, pieces
from loa.preview.faces.prose import MOST_CHARACTERS, article, cleaned
from loa.wiring.cards import cards

CARDS = cards()


def _joined(found: tuple[object, ...]) -> str:
    return "".join(piece.text for piece in found)  # type: ignore[attr-defined]  # pieces, all


def _names(**changes: object) -> list[str]:
    delivery = view(**changes)
    return [lint.name for lint in lints(delivery, CARDS[delivery.channel], (), "vi")]


@pytest.mark.parametrize("fold", FOLDS.values())
@pytest.mark.parametrize("text", [LONG, "a" * 900, "một\n" * 40, "", "ngắn", LONG * 3])
def test_a_folded_text_is_the_whole_text_and_only_its_end_is_hidden(fold: Fold, text: str) -> None:
    found = folded(text, fold)

    assert _joined(found.head) + _joined(found.rest) == text
    assert len(_joined(found.head)) <= fold.characters or not found.rest


def test_a_text_is_folded_after_its_lines_and_not_within_a_word() -> None:
    found = folded("một\nhai\nba bốn năm", Fold(lines=2, width=40, characters=400))

    assert _joined(found.head) == "một\nhai"
    assert _joined(folded("chín mười chữ", Fold(9, 40, 7)).head) == "chín"
    assert folded(LONG, None).rest == ()


def test_a_text_that_ends_at_the_fold_is_not_folded() -> None:
    assert folded("một hai", Fold(2, 40, 7)).rest == ()
    assert folded("một hai  \n", Fold(2, 40, 7)).share == 1.0


def test_only_addresses_of_the_web_become_links_and_a_tag_is_no_number() -> None:
    found = pieces("Xem https://a.vn/x. #ChuyenDoiSo #12 javascript:alert(1) ftp://a.vn")

    assert [piece.text for piece in found if piece.kind == "link"] == ["https://a.vn/x"]
    assert [piece.text for piece in found if piece.kind == "tag"] == ["#ChuyenDoiSo"]
    assert [piece.address for piece in found if piece.address] == ["https://a.vn/x"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Xã Kim Liên", "KL"), ("Xã Châu Thành", "CT"), ("Tỉnh Nghệ An (trang mẫu)", "NA"), ("Xã", "X"), ("", "?")],
)
def test_an_avatar_has_the_letters_of_the_units_own_name(name: str, shown: str) -> None:
    assert initials(name) == shown


@pytest.mark.parametrize("lists", [True, False])
@pytest.mark.parametrize("text", HOSTILE)
def test_an_article_of_a_hostile_text_shows_it_and_does_nothing(text: str, *, lists: bool) -> None:
    made = str(article(f"{text}\n– {text}", lists=lists)).lower()

    _is_harmless(made)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_that_slips_in_is_cleaned(text: str) -> None:
    _is_harmless(str(cleaned(text)).lower())


class _Reader(HTMLParser):
    """What a browser would make of it: each element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _is_harmless(made: str) -> None:
    reader = _Reader()
    reader.feed(made)
    for tag, attributes in reader.found:
        assert tag in ("p", "ul", "li", "a")
        assert set(attributes) <= {"href", "rel"}
        assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


def test_an_article_has_paragraphs_on_zalo_and_lists_on_a_portal() -> None:
    text = "Mang theo:\n– Căn cước\n– Điện thoại\nXem https://a.vn"

    assert str(article(text, lists=False)).count("<p>") == 4
    assert "<li>Căn cước</li><li>Điện thoại</li>" in str(article(text, lists=True))
    assert 'href="https://a.vn"' in str(article(text, lists=True))


def test_a_text_without_end_is_cut_before_it_is_laid_out() -> None:
    assert len(article("a" * (MOST_CHARACTERS * 4), lists=False)) < MOST_CHARACTERS * 1.1


def test_a_meter_counts_as_the_channel_counts() -> None:
    text = "ế" * 100
    [found] = meters(view(channel="x", text=text, link=""), CARDS["x"], "vi")
    titled = [each.name for each in meters(view(channel="zalo", title="Tin", summary="Tóm"), CARDS["zalo"], "vi")]

    assert (found.length, found.most, found.tone) == (200, 280, "good")
    assert "100 ký tự viết ra" in found.note
    assert titled == ["Tiêu đề", "Tóm tắt", "Lời"]


def test_a_meter_of_a_message_tells_what_is_left_before_one_part_more() -> None:
    one, two = (
        next(meters(view(channel="sms", text=text, message=message(text)), CARDS["sms"], "vi"))
        for text in ("Nho ba con den som", "ế" * 100)
    )

    assert (one.length, one.most) == (18, 160)
    assert "còn 142 ký tự trước khi thành 2 phần" in one.note
    assert (two.length, two.most) == (100, 134)


def test_lints_tell_what_a_reviewer_would_overlook() -> None:
    assert "too-long" in _names(channel="x", text="ế" * 150, link="")
    assert "near-limit" in _names(channel="zalo", title="a" * 130)
    assert "no-https" in _names(link="http://a.vn")
    assert "bare-link" in _names(text="Xem dichvucong.gov.vn")
    assert "capitals" in _names(text="TẤT CẢ BÀ CON PHẢI ĐẾN NGAY HÔM NAY")
    assert _names(action="remove", text="TẤT CẢ BÀ CON PHẢI ĐẾN NGAY HÔM NAY") == []
    assert _names() == []


def test_short_forms_and_addresses_are_no_shouting() -> None:
    assert shouted("UBND xã, VNeID, HĐND, TTHC, Trung tâm CNTT") == ""
    assert shouted("Xem HTTPS://A.VN/MOT/HAI/BA/BON NAM") == ""
    assert shouted("Mời bà con: ĐẾN NGAY TRUNG TÂM HÀNH CHÍNH nhé") == "ĐẾN NGAY TRUNG TÂM HÀNH CHÍNH"


def test_a_single_sign_that_makes_a_message_dearer_is_named() -> None:
    text = "Moi ba con den nop ho so truc tuyen tai nha van hoa " * 2 + "– ho tro 1022"
    found = list(lints(view(channel="sms", text=text, message=message(text), link=""), CARDS["sms"], (), "vi"))

    assert [lint.name for lint in found] == ["dear-sign"]
    assert "–" in found[0].text
    assert "còn 1 phần" in found[0].remedy


def test_a_message_without_marks_is_to_be_read_again() -> None:
    text = "Moi ba con nop ho so truc tuyen tai xa"

    assert _names(channel="sms", text=text, message=message(text), link="") == ["no-marks"]
    assert message(text).cost == Decimal(390 * 1200)
