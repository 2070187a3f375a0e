"""Packages in people's hands: laid out ahead, late but never lost, done only with a name and a proof."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.office import replace_in

from loa import store
from loa.clock import Clock
from loa.delivery import (
    NO_EQUIPMENT,
    Absent,
    Account,
    Done,
    Ending,
    Equipment,
    LookUp,
    Message,
    Publisher,
    Receipt,
    State,
)
from loa.dispatch import DeliveryView, take_down
from loa.dispatch.handoff import HandOff, find_handoff, give_up, open_handoffs, report_done
from loa.dispatch.proof import MOST_PHOTO_BYTES, Proof
from loa.dispatch.steps import steps_of
from loa.errors import ApprovalError, LoaError
from loa.store import windows
from publishers import REGISTRY, ChannelEntry
from publishers.common import Horn

from .conftest import FIRST_SLOT, Stage

ACCOUNTS = """\
  - id: cong-tinh
    channel: portal
    unit: tinh-mau
    name: Cổng tỉnh Mẫu
    settings: {person: Ban biên tập cổng, site_url: "https://tinh-mau.example.vn"}
  - id: youtube-tinh
    channel: youtube
    unit: tinh-mau
    name: YouTube tỉnh Mẫu
    settings: {person: Tổ truyền thông, channel_url: "https://www.youtube.com/@tinh-mau"}
reviewers:
"""
ITEM = """\
items:
  - id: tin-cong
    title: Tin cho cổng
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {date: 2027-03-05, at: "08:00"}
    send:
      CHANNEL: {}
"""
DUE = FIRST_SLOT + timedelta(days=4)
LINK = Proof("https://tinh-mau.example.vn/tin/1")
JPEG = b"\xff\xd8\xff\xe0" + b"anh" * 100


def _office(stage: Stage, channel: str) -> Stage:
    replace_in(stage.root / "loa.yaml", "reviewers:\n", ACCOUNTS)
    replace_in(stage.root / "campaigns/thu-nghiem.yaml", "items:\n", ITEM.replace("CHANNEL", channel))
    stage.open()
    stage.make_ready()
    return stage


@pytest.fixture
def portal(stage: Stage) -> Stage:
    return _office(stage, "portal")


def _open(stage: Stage) -> HandOff:
    (found,) = open_handoffs(stage.desk)
    return found


def _view(stage: Stage) -> DeliveryView:
    (found,) = stage.views("tin-cong")
    return found


def _laid_out(stage: Stage) -> HandOff:
    stage.go_to(DUE - timedelta(days=1))
    return _open(stage)


def test_a_package_is_laid_out_a_day_ahead_and_not_before(portal: Stage) -> None:
    portal.go_to(DUE - timedelta(days=1, seconds=1))
    assert open_handoffs(portal.desk) == ()
    found = _laid_out(portal)
    assert (found.due, found.late_by, found.person) == (DUE, timedelta(0), "Ban biên tập cổng")
    assert (found.folder / "bai-viet.html").is_file()
    assert _view(portal).state == State.PENDING
    assert _view(portal).in_hand
    assert "loa handoff done" in _view(portal).remedy


def test_reviewers_read_the_steps_before_the_package_is_laid_out(portal: Stage) -> None:
    steps = steps_of(portal.desk, _view(portal).id)
    assert open_handoffs(portal.desk) == ()
    assert any("https://tinh-mau.example.vn" in step for step in steps)
    machine = next(view for view in portal.views() if view.channel == "facebook")
    assert steps_of(portal.desk, machine.id) == ()
    assert steps_of(portal.desk, 999_999) == ()


def test_what_nobody_did_is_late_and_stays_open_for_weeks(portal: Stage) -> None:
    found = _laid_out(portal)
    portal.settle(days=40)
    late = _open(portal)
    assert late.id == found.id
    assert late.late_by >= timedelta(days=38)
    assert _view(portal).state == State.PENDING


def test_a_named_person_with_a_link_ends_it(portal: Stage) -> None:
    found = _laid_out(portal)
    portal.go_to(DUE + timedelta(hours=2))
    report_done(portal.desk, found.code, "lan", LINK)
    view = _view(portal)
    assert view.state == State.DONE
    assert view.receipts[0].url == LINK.link
    assert view.late_by == timedelta(hours=2)
    assert open_handoffs(portal.desk) == ()
    told = [event for event in store.events_of(portal.desk.book, found.id) if event.cause == "proof"]
    assert [(event.actor, event.params["detail"]) for event in told] == [("Nguyễn Thị Lan", LINK.link)]
    assert LINK.link in (found.folder.parent / "rss.xml").read_text("utf-8")


def test_what_was_done_in_time_and_told_later_is_not_late(portal: Stage) -> None:
    found = _laid_out(portal)
    portal.go_to(DUE + timedelta(days=2))
    report_done(portal.desk, str(found.id), "lan", LINK, at=DUE - timedelta(minutes=5))
    assert _view(portal).late_by == timedelta(0)
    assert _view(portal).receipts[0].at == DUE - timedelta(minutes=5)


@pytest.mark.parametrize("at", [DUE + timedelta(minutes=1), DUE - timedelta(days=1, seconds=1)])
def test_a_time_in_the_future_or_before_the_package_is_not_believed(portal: Stage, at: datetime) -> None:
    found = _laid_out(portal)
    portal.go_to(DUE)
    with pytest.raises(LoaError) as error:
        report_done(portal.desk, found.code, "lan", LINK, at=at)
    assert error.value.code == "E699"
    assert _view(portal).state == State.PENDING


def test_a_photo_is_judged_by_its_bytes_and_kept_with_its_hash(portal: Stage, tmp_path: Path) -> None:
    found = _laid_out(portal)
    photo = tmp_path / "anh.txt"
    photo.write_bytes(JPEG)
    report_done(portal.desk, found.code, "Nguyễn Thị Lan", Proof(photo=photo))
    (kept,) = (found.folder / "minh-chung").iterdir()
    assert (kept.suffix, kept.read_bytes()) == (".jpg", JPEG)
    told = json.loads((found.folder / "xac-nhan.json").read_text("utf-8"))
    assert (told["person"], told["by"]) == ("Ban biên tập cổng", "Nguyễn Thị Lan")
    assert _view(portal).by_hand
    assert kept.name.startswith(told["sha256"][:12])
    assert told["photo"] == portal.desk.workspace.shown(kept)


def _file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "anh.jpg"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (lambda _: Proof(), "E697"),
        (lambda _: Proof("ftp://tinh-mau.example.vn/1"), "E697"),
        (lambda _: Proof("javascript:alert(1)"), "E697"),
        (lambda _: Proof("https://"), "E697"),
        (lambda _: Proof("https://a.vn/1 https://b.vn/2"), "E697"),
        (lambda folder: Proof(photo=_file(folder, b"no picture")), "E698"),
        (lambda folder: Proof(photo=folder / "khong-co.jpg"), "E100"),
    ],
)
def test_without_proof_nothing_is_done(
    portal: Stage, tmp_path: Path, proof: Callable[[Path], Proof], code: str
) -> None:
    found = _laid_out(portal)
    with pytest.raises(LoaError) as error:
        report_done(portal.desk, found.code, "lan", proof(tmp_path))
    assert error.value.code == code
    assert _view(portal).state == State.PENDING
    assert not (found.folder / "minh-chung").exists()


def test_a_photo_that_is_too_large_is_told_by_its_size(portal: Stage, tmp_path: Path) -> None:
    found = _laid_out(portal)
    photo = _file(tmp_path, JPEG.ljust(MOST_PHOTO_BYTES + 1, b"x"))
    with pytest.raises(LoaError) as error:
        report_done(portal.desk, found.code, "lan", Proof(photo=photo))
    assert (error.value.code, error.value.params["detail"]) == ("E698", "20,0 MB")


def test_a_stranger_may_neither_tell_nor_give_up(portal: Stage) -> None:
    found = _laid_out(portal)
    with pytest.raises(ApprovalError, match="E501"):
        report_done(portal.desk, found.code, "Người Lạ", LINK)
    with pytest.raises(ApprovalError, match="E501"):
        give_up(portal.desk, found.code, "Người Lạ", "không thích")


def test_the_second_of_two_people_hears_that_it_is_done(portal: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _laid_out(portal)
    report_done(portal.desk, found.code, "lan", LINK)
    with pytest.raises(LoaError, match="E696"):
        report_done(portal.desk, found.code, "binh", LINK)
    # Both looked at the list before either had told.
    monkeypatch.setattr("loa.dispatch.handoff.find_handoff", lambda _desk, _name: found)
    with pytest.raises(LoaError, match="E696"):
        report_done(portal.desk, found.code, "binh", LINK)
    assert len([event for event in store.events_of(portal.desk.book, found.id) if event.cause == "proof"]) == 1


def test_a_package_that_is_not_needed_any_more_says_so(portal: Stage) -> None:
    found = _laid_out(portal)
    give_up(portal.desk, found.code, "lan", "Hoãn vì mưa bão")
    assert _view(portal).state == State.CANCELLED
    assert "Nguyễn Thị Lan: Hoãn vì mưa bão" in _view(portal).reason
    assert "Hoãn vì mưa bão" in (found.folder / "da-huy.txt").read_text("utf-8")
    portal.settle(days=10)
    assert "<item>" not in (found.folder.parent / "rss.xml").read_text("utf-8")
    with pytest.raises(LoaError, match="E696"):
        find_handoff(portal.desk, found.code)


def test_a_takedown_is_a_package_that_names_the_post_and_ends_with_proof(portal: Stage) -> None:
    first = _laid_out(portal)
    portal.go_to(DUE)
    report_done(portal.desk, first.code, "lan", LINK)
    take_down(portal.desk, str(first.id), "lan", "Số liệu sai")
    portal.go_to(DUE + timedelta(minutes=1))
    down = _open(portal)
    page = (down.folder / "viec-can-lam.html").read_text("utf-8")
    assert "Gỡ nội dung đã đăng" in page
    assert "Số liệu sai" in page
    assert LINK.link in page
    report_done(portal.desk, down.code, "lan", LINK)
    assert "<item>" not in (down.folder.parent / "rss.xml").read_text("utf-8")
    states = {view.id: (view.state, view.reason) for view in portal.views("tin-cong")}
    assert states[down.id][0] == State.DONE
    assert "Số liệu sai" in states[first.id][1]


def test_a_package_cleared_away_can_still_be_told_of(portal: Stage) -> None:
    found = _laid_out(portal)
    for path in found.folder.iterdir():
        path.unlink()
    found.folder.rmdir()
    report_done(portal.desk, found.code, "lan", LINK)
    assert _view(portal).state == State.DONE


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_killed_between_the_package_and_the_book_it_is_found_again(
    portal: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(windows, "record", _die)
        with pytest.raises(KeyboardInterrupt):
            portal.go_to(DUE - timedelta(days=1))
    portal.open()
    assert portal.states("tin-cong") == {"cong-tinh": State.UNKNOWN}
    portal.settle()
    found = _open(portal)
    assert len(list(found.folder.parent.glob("2*"))) == 1
    report_done(portal.desk, found.code, "lan", LINK)
    assert _view(portal).state == State.DONE


class Api(Horn):
    """A publisher of the future: posts by itself what a person posts today."""

    card = replace(REGISTRY["youtube"].card, lead=timedelta(0), needs_one_of=())

    def __init__(self, posted: list[str]) -> None:
        self._posted = posted

    def preflight(self) -> list[Any]:
        return []

    def publish(self, message: Message) -> Ending:
        self._posted.append(message.text)
        return Done(Receipt("video-1", "https://youtu.be/video-1"))

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - the contract
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Any) -> LookUp:  # noqa: ARG002 - the contract
        return Absent()


def test_a_publisher_that_posts_by_itself_takes_a_channel_over_by_its_line_in_the_registry(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[str] = []

    def build(account: Account, clock: Clock, session: Any = None, equipment: Equipment = NO_EQUIPMENT) -> Publisher:
        return Api(posted)

    monkeypatch.setitem(REGISTRY, "youtube", ChannelEntry(Api.card, build))  # type: ignore[arg-type] - a dict it is
    _office(stage, "youtube")
    stage.go_to(DUE - timedelta(days=1))
    assert posted == []
    stage.go_to(DUE)
    assert len(posted) == 1
    assert _view(stage).state == State.DONE
    assert _view(stage).receipts[0].url == "https://youtu.be/video-1"
    assert open_handoffs(stage.desk) == ()
    assert not stage.desk.handoff.exists()
