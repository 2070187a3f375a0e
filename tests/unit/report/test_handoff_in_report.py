"""What people publish by hand stands in the report: counted when done, named when late."""

from datetime import timedelta
from pathlib import Path

from support.deliveries import NOW, START, delivery
from support.office import make_office

from loa.delivery import State
from loa.dispatch.views import DeliveryView, ReceiptView
from loa.report import write_report
from loa.workspace import open_workspace


def _page(root: Path, *views: DeliveryView) -> str:
    page, *_ = write_report(root / "bao-cao", views, open_workspace(make_office(root)), None, NOW)
    return page.read_text("utf-8")


def test_a_late_package_is_named(tmp_path: Path) -> None:
    late = delivery(1, State.PENDING, channel="loudspeaker", in_hand=True, reason="Đang chờ người phụ trách.")
    page = _page(tmp_path, late)
    assert "Quá hạn, chưa báo xong" in page
    assert "Đang chờ người phụ trách." in page
    assert "Loa truyền thanh" in page


def test_a_package_whose_moment_is_still_to_come_is_no_trouble(tmp_path: Path) -> None:
    coming = delivery(1, State.PENDING, channel="print", in_hand=True, due=NOW + timedelta(hours=1))
    assert "Quá hạn" not in _page(tmp_path, coming)


def test_what_a_person_did_counts_like_any_other_publication(tmp_path: Path) -> None:
    photo = ReceiptView("print/in/1", "", START, 0, "var/handoff/print/in/1/minh-chung/ab.jpg")
    page = _page(
        tmp_path,
        delivery(1, State.DONE),
        delivery(2, State.DONE, channel="portal", late_by=timedelta(hours=3), by_hand=True),
        delivery(3, State.DONE, channel="print", by_hand=True, receipts=(photo,)),
    )
    assert "Cổng thông tin" in page
    assert "trễ 3 giờ" in page
    assert page.count("có ảnh minh chứng") == 1
    assert '<b data-figure="posts">1</b>' in page
    assert '<b data-figure="by_hand">2</b>' in page


def test_a_post_with_gaps_is_to_be_noted_and_one_that_is_gone_says_so(tmp_path: Path) -> None:
    page = _page(
        tmp_path,
        delivery(1, State.DONE, code="E545", reason="Bài đã đăng nhưng chưa gắn được phụ đề."),
        delivery(2, State.DONE, code="E555", reason="Đã gỡ khỏi kênh (Lan: Sai số)."),
    )
    assert "Đã phát, còn thiếu" in page
    assert "chưa gắn được phụ đề" in page
    assert "<i>Đã gỡ khỏi kênh (Lan: Sai số).</i>" in page
    assert '<b data-figure="troubles">1</b>' in page
