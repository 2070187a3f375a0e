"""Packages for people: whole or not at all, only approved bytes, and all that the person needs."""

import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from markupsafe import escape
from support.packages import BY_HAND, DUE, Shelf
from support.subtitles import subtitled

from loa.delivery import Absent, Equipment, Found, Instructing, Pending, Refused, RetryLater
from loa.errors import LoaError
from publishers import REGISTRY

ROOT = Path(__file__).parents[3]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.mark.parametrize("channel", BY_HAND)
def test_a_package_tells_the_person_what_to_do_until_when_and_how_to_prove_it(shelf: Shelf, channel: str) -> None:
    message = shelf.message(channel)
    ending = shelf.horn(channel).publish(message)
    assert isinstance(ending, Pending)
    assert ending.check_at == DUE
    folder = shelf.folder(message)
    assert ending.receipt.platform_id == folder.relative_to(shelf.packages).as_posix()
    page = (folder / "viec-can-lam.html").read_text("utf-8")
    for words in ("17:00 thứ Bảy 09/10/2027", "Nguyễn Văn Mẫu, công chức văn hóa", "Xã Mẫu", "Các bước", "Minh chứng"):
        assert words in page
    assert f"loa handoff done {message.key[:8]} --as" in page


@pytest.mark.parametrize("channel", BY_HAND)
def test_the_steps_are_told_before_anything_is_laid_out_and_are_those_of_the_package(
    shelf: Shelf, channel: str
) -> None:
    horn, message = shelf.horn(channel), shelf.message(channel)
    assert isinstance(horn, Instructing)
    steps = horn.steps(message)
    assert not shelf.packages.exists()
    horn.publish(message)
    page = (shelf.folder(message) / "viec-can-lam.html").read_text("utf-8")
    assert len(steps) > 2
    assert all(escape(step) in page for step in steps)


@pytest.mark.parametrize("channel", BY_HAND)
def test_the_files_in_a_package_are_the_approved_bytes(shelf: Shelf, channel: str) -> None:
    message = shelf.message(channel)
    shelf.horn(channel).publish(message)
    folder = shelf.folder(message)
    (told,) = json.loads((folder / "thong-tin.json").read_text("utf-8"))["files"]
    copied = (folder / told["name"]).read_bytes()
    assert hashlib.sha256(copied).hexdigest() == told["sha256"] == message.attachments[0].sha256


def test_a_file_that_is_not_the_approved_one_makes_no_package(shelf: Shelf) -> None:
    message = shelf.message("print")
    message.attachments[0].path.write_bytes(b"something else")
    ending = shelf.horn("print").publish(message)
    assert isinstance(ending, Refused)
    assert ending.code == "E686"
    assert [path for path in shelf.packages.rglob("*") if path.is_file()] == []
    assert shelf.horn("print").look_up(message, DUE, {}) == Absent()


def test_what_a_killed_process_left_is_no_package_and_is_cleared_away(shelf: Shelf) -> None:
    horn, message = shelf.horn("loudspeaker"), shelf.message("loudspeaker")
    left = shelf.packages / "loudspeaker/loudspeaker-xa-mau/.dang-do.tmp"
    left.mkdir(parents=True)
    (left / "viec-can-lam.html").write_text("half")
    assert horn.look_up(message, DUE, {}) == Absent()
    ending = horn.publish(message)
    assert isinstance(ending, Pending)
    assert not left.exists()
    assert horn.look_up(message, DUE, {}) == Found(ending.receipt, DUE)


ENDLESS = """
import hashlib, os, sys
from dataclasses import replace
from pathlib import Path
from support.packages import Shelf
shelf = Shelf(Path(sys.argv[1]))
horn, message = shelf.horn("youtube"), shelf.message("youtube")
big = Path(sys.argv[2])
clip = replace(message.attachments[0], path=big, sha256=hashlib.sha256(big.read_bytes()).hexdigest())
print("go", flush=True)
for number in range(10_000):
    horn.publish(replace(message, key=f"{os.getpid():08}{number:024}"[::-1], attachments=(clip,)))
"""


def test_a_killed_process_leaves_whole_packages_only(shelf: Shelf) -> None:
    clip = shelf.root / "lon.mp4"
    clip.write_bytes(b"x" * 3_000_000)
    for number in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, shelf.root, clip], cwd=ROOT / "tests", stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout
        assert process.stdout.readline() == b"go\n"
        time.sleep(0.05 + number * 0.03)
        process.kill()
        process.wait()
        process.stdout.close()
    folders = [path for path in shelf.packages.glob("*/*/*") if not path.name.startswith(".")]
    assert folders
    for folder in folders:
        assert {path.suffix for path in folder.iterdir()} == {".mp4", ".html", ".json", ".txt"}
        (told,) = json.loads((folder / "thong-tin.json").read_text("utf-8"))["files"]
        assert hashlib.sha256((folder / told["name"]).read_bytes()).hexdigest() == told["sha256"]


def test_the_same_message_again_makes_no_second_package(shelf: Shelf) -> None:
    horn, message = shelf.horn("portal"), shelf.message("portal")
    first = horn.publish(message)
    written = (shelf.folder(message) / "thong-tin.json").stat().st_mtime_ns
    assert horn.publish(message) == first
    assert (shelf.folder(message) / "thong-tin.json").stat().st_mtime_ns == written


def test_a_package_that_somebody_threw_away_is_laid_out_again(shelf: Shelf) -> None:
    horn, message = shelf.horn("print"), shelf.message("print")
    ending = horn.publish(message)
    assert isinstance(ending, Pending)
    for path in shelf.folder(message).iterdir():
        path.unlink()
    shelf.folder(message).rmdir()
    shelf.clock.move_to(DUE)
    assert horn.follow_up(message, ending.receipt) == Pending(ending.receipt, DUE + timedelta(days=1))
    assert (shelf.folder(message) / "viec-can-lam.html").is_file()


def test_a_task_stands_although_its_files_are_gone(shelf: Shelf) -> None:
    horn, message = shelf.horn("print"), shelf.message("print")
    ending = horn.publish(message)
    assert isinstance(ending, Pending)
    shelf.folder(message).rename(shelf.root / "elsewhere")
    message.attachments[0].path.unlink()
    assert isinstance(horn.follow_up(message, ending.receipt), Pending)


def test_a_disk_that_takes_nothing_is_asked_again_later(shelf: Shelf) -> None:
    shelf.packages.write_text("a file where the folder should be")
    ending = shelf.horn("print").publish(shelf.message("print"))
    assert isinstance(ending, RetryLater)
    assert ending.code == "E687"
    assert [finding.code for finding in shelf.horn("print").preflight()] == ["E687"]


def test_subtitles_lie_beside_the_clip(shelf: Shelf) -> None:
    captions = shelf.root / "a.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:02,000\nXin chào\n", encoding="utf-8")
    message = shelf.message("youtube", attachments=(subtitled(shelf.asset("youtube"), captions),))
    shelf.horn("youtube").publish(message)
    names = {path.name for path in shelf.folder(message).iterdir()}
    assert {"clip-ngay-mai-la-10-10.mp4", "clip-ngay-mai-la-10-10.srt"} <= names
    assert "clip-ngay-mai-la-10-10.srt" in (shelf.folder(message) / "viec-can-lam.html").read_text("utf-8")


def test_subtitles_that_nobody_approved_are_not_laid_out(shelf: Shelf) -> None:
    captions = shelf.root / "a.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:02,000\nXin chào\n", encoding="utf-8")
    clip = subtitled(shelf.asset("youtube"), captions)
    captions.write_text("1\n00:00:00,000 --> 00:00:02,000\nXin chao\n", encoding="utf-8")
    ending = shelf.horn("youtube").publish(shelf.message("youtube", attachments=(clip,)))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.detail) == ("E686", "a.srt")


def test_words_to_paste_are_whole_and_tell_their_length(shelf: Shelf) -> None:
    message = shelf.message("youtube", text="Dòng một\n\n#ChuyểnĐổiSố", link="https://dichvucong.gov.vn")
    shelf.horn("youtube").publish(message)
    words = (shelf.folder(message) / "noi-dung.txt").read_bytes().decode("utf-8-sig")
    assert "TIÊU ĐỀ\r\n=======\r\nNgày mai là 10/10\r\n" in words
    assert "Dòng một\r\n\r\n#ChuyểnĐổiSố\r\n\r\nhttps://dichvucong.gov.vn\r\n" in words
    assert "/5.000 KÝ TỰ)" in words


def test_markup_in_what_staff_wrote_stays_text_on_the_page(shelf: Shelf) -> None:
    message = shelf.message("youtube", title="<script>alert(1)</script>", text='<img src=x onerror="y">')
    shelf.horn("youtube").publish(message)
    page = (shelf.folder(message) / "viec-can-lam.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("channel", "values", "code"),
    [
        ("youtube", {"attachments": ()}, "E695"),
        ("print", {"attachments": ()}, "E695"),
        ("youtube", {"title": ""}, "E612"),
        ("youtube", {"title": "a" * 101}, "E613"),
        ("tiktok", {"text": "a" * 2201}, "E613"),
        ("letter", {"text": "Xin gửi thông báo tới số 0912 345 678."}, "E689"),
        ("letter", {"text": "Đầu mối: +84.912.345.678."}, "E689"),
    ],
)
def test_what_a_channel_does_not_take_is_refused_before_anything_lies_there(
    shelf: Shelf, channel: str, values: dict[str, object], code: str
) -> None:
    ending = shelf.horn(channel).publish(shelf.message(channel, **values))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == (code, "content")
    assert not shelf.packages.exists()


def test_more_clips_than_a_post_has_are_refused(shelf: Shelf) -> None:
    clips = tuple(shelf.asset("tiktok", name) for name in ("a", "b"))
    ending = shelf.horn("tiktok").publish(shelf.message("tiktok", attachments=clips))
    assert isinstance(ending, Refused)
    assert ending.code == "E614"


def test_a_sheet_and_a_recording_go_into_one_package(shelf: Shelf) -> None:
    sound = shelf.asset("loudspeaker", "am", kind="audio", media_type="audio/mpeg", seconds=84.0)
    message = shelf.message("loudspeaker", attachments=(shelf.asset("loudspeaker"), sound))
    assert isinstance(shelf.horn("loudspeaker").publish(message), Pending)
    assert "(1,4 phút)" in (shelf.folder(message) / "viec-can-lam.html").read_text("utf-8")


def test_what_the_campaign_chose_stands_in_the_steps(shelf: Shelf) -> None:
    message = shelf.message("print", options={"copies": "300", "paper": "couché 150 g/m²"})
    shelf.horn("print").publish(message)
    assert "300 bản mỗi tệp, giấy couché 150 g/m²" in (shelf.folder(message) / "viec-can-lam.html").read_text("utf-8")


def test_a_letter_has_the_form_of_an_official_letter(shelf: Shelf) -> None:
    text = "Đề nghị quý đơn vị phối hợp:\n\n– Nhắn tin tới thuê bao\n– Gọi 1022 khi cần.\n\nTrân trọng."
    message = shelf.message("letter", text=text, title="phối hợp nhắn tin tuyên truyền")
    shelf.horn("letter", symbol="UBND-VX").publish(message)
    letter = Document(str(shelf.folder(message) / "cong-van.docx"))
    head = [paragraph.text for cell in letter.tables[0].rows[0].cells for paragraph in cell.paragraphs]
    assert "ỦY BAN NHÂN DÂN TỈNH MẪU" in head
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "V/v phối hợp nhắn tin tuyên truyền" in head
    assert "Số:          /UBND-VX" in head
    body = [paragraph.text for paragraph in letter.paragraphs if paragraph.text]
    assert body == [
        "Kính gửi: Viễn thông Mẫu",
        "Đề nghị quý đơn vị phối hợp:",
        "- Nhắn tin tới thuê bao",
        "- Gọi 1022 khi cần.",
        "Trân trọng./.",
    ]
    foot = [paragraph.text for cell in letter.tables[1].rows[0].cells for paragraph in cell.paragraphs]
    assert foot == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("action", "words", "proof"),
    [
        ("remove", "<h1>Gỡ nội dung đã đăng", "thấy nội dung không còn"),
        ("revise", "<h1>Đính chính nội dung đã đăng", "đường dẫn video"),
    ],
)
def test_a_correction_and_a_takedown_are_packages_that_name_what_went_before(
    shelf: Shelf, action: str, words: str, proof: str
) -> None:
    horn, first = shelf.horn("youtube"), shelf.message("youtube")
    laid = horn.publish(first)
    assert isinstance(laid, Pending)
    told = {"link": "https://youtu.be/abc"}
    (shelf.folder(first) / "xac-nhan.json").write_text(json.dumps(told), encoding="utf-8")
    again = shelf.message("youtube", "hai", action=action, target=laid.receipt.platform_id, attachments=())
    assert isinstance(horn.publish(again), Pending)
    page = (shelf.folder(again) / "viec-can-lam.html").read_text("utf-8")
    assert words in page
    assert f"Minh chứng: {proof}" in page.replace("ảnh chụp màn hình hoặc ảnh chụp tại chỗ, ", "")
    assert "Ngày mai là 10/10" in page
    assert "https://youtu.be/abc" in page


def test_an_account_says_what_it_lacks(shelf: Shelf) -> None:
    with pytest.raises(LoaError) as lacking:
        shelf.horn("youtube", person="")
    assert lacking.value.code == "E620"
    with pytest.raises(LoaError) as wrong:
        shelf.horn("portal", site_url="javascript:alert(1)")
    assert wrong.value.code == "E688"
    with pytest.raises(LoaError) as nowhere:
        REGISTRY["print"].build(shelf.horn("print")._account, shelf.clock, equipment=Equipment())
    assert nowhere.value.code == "E685"
