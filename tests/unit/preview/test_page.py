from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from support.shown import Over, attachment, view

from loa.delivery import State
from loa.dispatch.views import MessageView
from loa.dispatch.words import STATE_NAMES, state_name
from loa.text import sms_split


def test_a_card_shows_what_goes_out_where_and_who_approved_it(get: Over, tmp_path: Path) -> None:
    page = get([view(attachments=(attachment(tmp_path),))])().text

    for shown in ("Chào ngày 10/10!", "Xã Một (trang mẫu)", "Facebook", "chờ duyệt", "Nguyễn Thị Lan", "ab12cd34ef56"):
        assert shown in page
    assert 'alt="Bảy mươi phần trăm"' in page
    assert "07:30" in page, "the moment is told in the zone of the workspace"
    assert "Chủ nhật, ngày 10 tháng 10 năm 2027" in page


def test_every_delivery_has_its_card(get: Over) -> None:
    page = get([view(number, account_id=f"fb-{number}") for number in range(1, 31)])().text

    assert page.count("<article") == 30
    assert "30 lượt gửi" in page


def test_markup_in_texts_stays_text(get: Over) -> None:
    page = get([view(text="<script>alert(1)</script> & <b>", unit_name='Xã "Một" <i>')])().text

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert "<i>" not in page


def test_only_web_addresses_become_links(get: Over) -> None:
    page = get([view(link="javascript:alert(1)", receipts=())])().text

    assert "javascript:" not in page


def test_the_link_stands_under_a_text_that_does_not_have_it(get: Over) -> None:
    with_link = get([view(text="Vào https://dichvucong.gov.vn", receipts=())])().text
    without = get([view(text="Chào bà con", receipts=())])().text

    assert 'href="https://dichvucong.gov.vn"' not in with_link
    assert 'href="https://dichvucong.gov.vn"' in without


def test_a_message_to_recipients_has_neither_title_nor_link(get: Over) -> None:
    page = get([view(channel="sms", recipients=12, title="Nhắc tổ", text="Chao anh chi", receipts=())])().text

    assert "12 người nhận" in page
    assert "SMS" in page
    assert "Nhắc tổ" not in page
    assert "https://dichvucong.gov.vn" not in page


def test_a_message_is_shown_as_its_parts_on_a_handset_with_what_they_cost(get: Over) -> None:
    text = "Bà con đến trụ sở xã " * 8
    parts = sms_split(text)
    message = MessageView("XAMOT", "UCS-2", 168, parts, 4620, Decimal(1_617_000))
    page = get([view(channel="sms", recipients=1540, text=text, message=message, receipts=())])().text

    assert page.count('class="bubble words"') == len(parts) == 3
    assert all(part in page for part in parts)
    for told in (
        "XAMOT",
        "Phần 2/3",
        "UCS-2",
        "168 ký tự",
        "3 phần mỗi tin",
        "4.620",
        "1.617.000 đ",
        "1.540 người nhận",
    ):
        assert told in page
    assert page.count(parts[0]) == 1, "the words stand once"


def test_a_message_of_one_part_without_a_price_says_so(get: Over) -> None:
    message = MessageView("", "GSM-7", 6, ("Ha Nam",), 12, None)
    page = get([view(channel="sms", recipients=12, text="Ha Nam", message=message, receipts=())])().text

    assert "GSM-7" in page
    assert "Phần 1/1" not in page
    assert "Chưa có giá mỗi phần" in page


def test_the_reason_and_a_return_are_told(get: Over) -> None:
    returned = view(reason="Nội dung đã thay đổi sau khi duyệt: text.", approvals=())
    page = get([returned])().text

    assert "Nội dung đã thay đổi sau khi duyệt: text." in page
    assert "Chưa ai duyệt" in page


def test_what_is_not_rendered_or_no_longer_there_is_said(get: Over, tmp_path: Path) -> None:
    lost = attachment(tmp_path, b"soon gone")
    lost.path.unlink()

    assert "Chưa dựng ấn phẩm" in get([view(state=State.PLANNED)])().text
    assert "Tệp ấn phẩm không còn trên máy" in get([view(attachments=(lost,))])().text


def test_clips_play_on_the_page(get: Over, tmp_path: Path) -> None:
    clip = attachment(tmp_path, b"clip", "clip")
    page = get([view(attachments=(clip,))])().text

    assert (
        f'<video controls playsinline preload="metadata" width="1080" height="1350" src="/asset/{clip.sha256}"' in page
    )
    assert "Clip 1080×1350 · 8 s" in page


def test_being_late_is_told_in_minutes(get: Over) -> None:
    assert "trễ 12 phút" in get([view(late_by=timedelta(minutes=12))])().text
    assert "trễ" not in get([view(late_by=timedelta(seconds=20))])().text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {1, 2, 3}),
        ("campaign=hang-thang", {2}),
        ("state=done", {3}),
        ("channel=zalo", {2}),
        ("unit=tinh", {3}),
        ("month=2027-11", {2}),
        ("campaign=hang-thang&state=done", set()),
    ],
)
def test_filters_narrow_the_page(get: Over, query: str, seen: set[int]) -> None:
    later = datetime(2027, 11, 1, 1, tzinfo=UTC)
    views = [
        view(1),
        view(2, campaign_id="hang-thang", campaign_title="Hằng tháng", channel="zalo", due=later),
        view(3, state=State.DONE, unit_code="tinh", unit_name="Tỉnh Mẫu"),
    ]
    page = get(views)("/", query).text

    assert {number for number in (1, 2, 3) if f'id="d{number}"' in page} == seen
    assert ("Chưa có lượt gửi nào khớp" in page) == (not seen)


def test_a_filter_keeps_what_was_chosen_before(get: Over) -> None:
    page = get([view(1), view(2, state=State.DONE)])("/", "campaign=chuyen-doi-so&lang=en").text

    assert '<option value="chuyen-doi-so" selected>' in page
    assert 'href="?lang=en&amp;campaign=chuyen-doi-so&amp;state=done"' in page
    assert 'href="?campaign=chuyen-doi-so"' in page, "the link to Vietnamese keeps the campaign"


def test_the_page_is_there_in_english(get: Over) -> None:
    page = get([view()])("/", "lang=en").text

    assert '<html lang="en">' in page
    assert "Preview of the timetable" in page
    assert "awaiting approval" in page
    assert "Sunday, 10 October 2027" in page
    for vietnamese in ("Xem trước", "Chiến dịch<", "chờ duyệt", "Duyệt:"):
        assert vietnamese not in page


def test_the_page_needs_no_script_and_no_other_host(get: Over, tmp_path: Path) -> None:
    page = get([view(attachments=(attachment(tmp_path),), receipts=(), link="")])().text

    assert "<script" not in page
    assert "style=" not in page
    assert "http" not in page.replace("https://dichvucong.gov.vn", "")


def test_every_state_has_its_words_in_both_languages() -> None:
    assert set(STATE_NAMES) == set(State)
    assert all(state_name(state, "vi") != state_name(state, "en") for state in State)


def test_print_and_sound_of_an_item_stand_on_the_card_with_their_files(get: Over, tmp_path: Path) -> None:
    poster = replace(attachment(tmp_path, b"%PDF-1.7"), kind="document", media_type="application/pdf")
    shown = tmp_path / "poster.jpg"
    shown.write_bytes(b"as a picture")
    sound = replace(attachment(tmp_path, b"ID3"), kind="audio", media_type="audio/mpeg", alt_text="Thưa bà con")
    script = replace(attachment(tmp_path, b"BAN TIN"), kind="document", media_type="text/plain", alt_text="Mời bà con")
    ask = get([view(besides=(replace(poster, preview=shown), sound, script))])
    page = ask().text

    assert "Làm kèm tin này (không đăng lên kênh)" in page
    assert f'<a href="/asset/{poster.sha256}"' in page
    assert f'src="/shown/{poster.sha256}"' in page
    assert f'<audio controls preload="metadata" src="/asset/{sound.sha256}"' in page
    assert '<summary>Lời đọc</summary><p lang="vi">Thưa bà con</p>' in page
    assert "Mời bà con" in page
    assert ask(f"/shown/{poster.sha256}").body == b"as a picture"
    assert ask(f"/shown/{sound.sha256}").status == 404
    assert ask(f"/asset/{poster.sha256}").body == b"%PDF-1.7"


def test_the_price_of_a_post_is_told_where_it_has_one(get: Over) -> None:
    assert "≈ 0,20 USD" in get([view(price=Decimal("0.2"))])().text
    assert "≈ 0.015 USD" in get([view(price=Decimal("0.015"))])(query="lang=en").text
    assert "USD" not in get([view()])().text


def test_what_a_person_publishes_tells_whose_task_it_is_and_until_when(get: Over) -> None:
    due = view().due
    page = get([view(channel="loudspeaker", handed_at=due - timedelta(days=1), person="Anh Lô Văn Bảy")])().text

    assert "Anh Lô Văn Bảy" in page
    assert "Loa truyền thanh" in page
    assert page.index("07:30 ngày 09/10/2027") < page.index("07:30 ngày 10/10/2027")
    assert "chờ người làm" not in page
    assert "chờ người làm" in get([view(state=State.PENDING, in_hand=True)])().text
    assert "Loudspeakers" in get([view(channel="loudspeaker")])(query="lang=en").text


def test_a_takedown_and_a_correction_say_what_they_do_and_why_under_their_own_heading(get: Over) -> None:
    page = get(
        [
            view(1, state=State.DONE),
            view(2, action="remove", why="Sai số máy", item_title="Gỡ bài: Hôm nay 10/10", state=State.DONE),
            view(3, action="revise", why="<Sửa giờ>", item_title="Đính chính: Hôm nay 10/10"),
        ]
    )().text

    assert page.count("<h4") == 3
    for shown in ('Gỡ bài đã đăng</b>: <span lang="vi">Sai số máy', "&lt;Sửa giờ&gt;", ">đã gỡ<", ">đã phát<"):
        assert shown in page
    assert 'class="card good action-remove"' in page
