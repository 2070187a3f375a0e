"""The dossier for operators: the words in both forms, where and when; never a phone number."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from support.planted import phone

from loa.dossier import Dossier, Wording, dossier_of, letter_of, write_appendix
from loa.dossier.appendix import _rows
from loa.errors import LoaError
from loa.text import mobile_numbers, sms_count

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2027, 10, 9, 8, 0, tzinfo=ZONE)
TEXT = "UBND tỉnh Mẫu: ngày 10/10 mời bà con nộp hồ sơ trực tuyến, gọi 1022 để được giúp."


def wording(text: str = TEXT, day: int = 0, area: str = "Tỉnh Mẫu", item: str = "Nhắc ngày 10/10") -> Wording:
    return Wording(item, text, MORNING + timedelta(days=day), area)


def made(*wordings: Wording) -> Dossier:
    return dossier_of(
        wordings or (wording(),),
        campaign="Ngày Chuyển đổi số",
        body="UBND tỉnh Mẫu",
        basis=("Kế hoạch số 1/KH-UBND",),
        lead="Văn phòng UBND tỉnh",
        hotline="1022",
        sender="TINHMAU",
    )


def test_each_message_stands_in_both_forms_with_its_parts() -> None:
    [found] = made().rounds
    assert found.plain is not None
    assert (found.accented.encoding, found.accented.parts) == ("UCS-2", sms_count(TEXT).parts)
    assert (found.plain.encoding, found.plain.parts) == ("GSM-7", 1)
    assert found.plain.text == "UBND tinh Mau: ngay 10/10 moi ba con nop ho so truc tuyen, goi 1022 de duoc giup."


def test_a_text_without_a_plain_form_says_so() -> None:
    assert made(wording("Chúc mừng 🎉")).rounds[0].plain is None


def test_the_same_words_are_one_round_with_all_its_days_and_areas() -> None:
    found = made(wording(day=1, area="Xã Một"), wording(day=0), wording(day=1), wording("Tin khác", 2)).rounds
    assert [len(each.times) for each in found] == [2, 1]
    assert found[0].areas == ("Tỉnh Mẫu", "Xã Một")
    assert found[0].times == (MORNING, MORNING + timedelta(days=1))


def test_a_personal_number_in_a_message_stops_the_dossier_and_is_not_repeated() -> None:
    with pytest.raises(LoaError) as error:
        made(wording(f"Gọi {phone(7)} để được giúp"))
    assert error.value.code == "E945"
    assert phone(7)[-6:] not in str(error.value.params)


def test_a_campaign_without_messages_makes_no_dossier() -> None:
    with pytest.raises(LoaError) as error:
        dossier_of((), campaign="c", body="b", basis=(), lead="l", hotline="", sender="")
    assert error.value.code == "E944"


def test_the_letter_tells_area_sender_days_and_contact() -> None:
    subject, text = letter_of(made(wording(), wording("Tin hai", 3)))
    assert subject == "đề nghị phối hợp nhắn tin tuyên truyền “Ngày Chuyển đổi số”"
    for words in (
        "Tỉnh Mẫu",
        "TINHMAU",
        "từ ngày 09/10/2027 đến ngày 12/10/2027",
        "2 tin",
        "Văn phòng UBND tỉnh, điện thoại 1022",
    ):
        assert words in text
    assert mobile_numbers(text) == 0


def test_many_areas_are_counted_in_the_letter_and_named_in_the_appendix(tmp_path: Path) -> None:
    dossier = made(*(wording(area=f"Xã {number}") for number in range(8)))
    assert "8 đơn vị ghi tại phụ lục" in letter_of(dossier)[1]
    word, _ = write_appendix(dossier, tmp_path)
    assert "Xã 7" in Document(str(word)).tables[0].rows[1].cells[4].text


def test_the_appendix_holds_every_word_of_every_message(tmp_path: Path) -> None:
    dossier = made(wording(), wording("Tin hai: nộp hồ sơ tại nhà.", 3))
    word, sheet = write_appendix(dossier, tmp_path)
    table = Document(str(word)).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["STT", "1", "2"]
    assert TEXT in table.rows[1].cells[1].text
    assert table.rows[2].cells[3].text == "08:00 12/10/2027"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["dang"] for row in rows] == ["có dấu", "không dấu"] * 2
    assert rows[0]["noi_dung"] == TEXT


def test_a_message_written_without_diacritics_is_given_once(tmp_path: Path) -> None:
    word, sheet = write_appendix(made(wording("Moi ba con nop ho so truc tuyen.")), tmp_path)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert [row["dang"] for row in csv.DictReader(file)] == ["không dấu"]
    assert Document(str(word)).tables[0].rows[1].cells[1].text == "(Tin soạn không dấu)"


@given(text=st.text(min_size=1).filter(lambda text: text.strip() and not mobile_numbers(text)))
def test_no_cell_of_the_sheet_is_a_formula(text: str) -> None:
    for row in _rows(made(wording(text))):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row)
