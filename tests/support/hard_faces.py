"""Deliveries that are hard to show: many pictures, none, long and Khmer texts, and texts that mean harm.

``python hard_faces.py ROOT`` lays out an office in ROOT and opens its review desk with these deliveries; it prints the
link that lets one browser in.
"""

import socket
import subprocess
import sys
import wave
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import segno
import uvicorn
from PIL import Image, ImageDraw

from loa.clock import SystemClock
from loa.dispatch import AttachmentView, DeliveryView
from loa.dispatch.views import MessageView, TermsView
from loa.messages import Lang
from loa.preview import Planning
from loa.preview.door import Door
from loa.preview.room import Room, Shown
from loa.preview.site import site
from loa.text import sms_count, sms_split
from loa.wiring.desks import open_desk
from loa.workspace import init_workspace, open_workspace
from support.review_desk import _tell
from support.shown import view
from support.studies import HOSTILE

LONG = (
    "Từ ngày 01/10/2027, bà con nộp hồ sơ trực tuyến mức độ toàn trình được miễn lệ phí theo Nghị quyết của Hội đồng "
    "nhân dân tỉnh. Người khuyết tật, người cao tuổi, hộ nghèo được Tổ công nghệ số cộng đồng giúp tận nhà.\n\n"
    "Cần chuẩn bị:\n– Căn cước hoặc tài khoản VNeID mức độ 2\n– Giấy tờ của thủ tục, chụp rõ bốn góc\n"
    "– Số điện thoại đang dùng để nhận thông báo\n\nNhững vướng mắc thường gặp: ảnh mờ, chữ ký thiếu, nhập sai số nhà. "
    "Xã Nghĩa Thuận, xã Quỳnh Thắng, phường Trường Vinh đều có người trực đến 20 giờ để hướng dẫn từng bước một.\n\n"
    "#DichVuCong #ChuyenDoiSo"
)
KHMER = "សូមអញ្ជើញបងប្អូនមកធ្វើឯកសារតាមអនឡាញនៅមជ្ឈមណ្ឌលសេវារដ្ឋបាលសាធារណៈឃុំ។ មានមន្ត្រីជួយណែនាំម្តងមួយជំហានៗ ដោយមិនគិតថ្លៃ។\n\nទូរស័ព្ទ៖ 1022"
SMS = (
    "UBND xã Kim Liên mời bà con đến Nhà văn hóa xóm Sen 2 lúc 19h00 ngày 12/10/2027 để được hướng dẫn nộp hồ sơ trực "
    "tuyến. Mang theo căn cước và điện thoại. Hỏi thêm: 1022."
)

_TO_A_PAGE = 8


class HardRoom(Room):
    """A room that shows the deliveries it was given."""

    views: tuple[DeliveryView, ...] = ()

    def shown(self, lang: Lang = "vi") -> Shown:  # noqa: ARG002 - a room's own signature
        assets = {each.sha256: each for view in self.views for each in (*view.attachments, *view.besides)}
        return Shown((), self.views, {each.id: each for each in self.views}, assets)


def hard_room(root: Path, views: Sequence[DeliveryView], host: str) -> HardRoom:
    """Over the sample workspace in ``root``, which is laid out where it is not there yet."""
    if not root.exists():
        init_workspace(root)
    room = HardRoom(open_desk(open_workspace(root), SystemClock()), None, host)
    room.views = tuple(views)
    return room


def picture(folder: Path, width: int, height: int, code: str = "", **changes: Any) -> AttachmentView:
    """A picture with its size written on it, and a code where one is asked for."""
    image = Image.new("RGB", (width, height), (14, 77, 174))
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, width - 20, height - 20), outline=(255, 196, 32), width=12)
    pen.text((60, 60), f"{width} x {height}", fill=(255, 255, 255), font_size=90)
    if code:
        name = folder / "code.png"
        segno.make(code, error="m").save(name, scale=8)
        image.paste(Image.open(name).convert("RGB"), (60, 200))
    path = folder / f"{width}x{height}-{sha256(code.encode()).hexdigest()[:8]}.png"
    image.save(path)
    plain = AttachmentView(
        "picture", path, sha256(path.read_bytes()).hexdigest(), "image/png", width, height, 0.0, "Ba bước nộp hồ sơ"
    )
    return replace(plain, **changes)


def message(text: str, recipients: int = 1200) -> MessageView:
    """A message as handsets get it."""
    count = sms_count(text)
    alphabet = "GSM-7" if count.encoding == "gsm7" else "UCS-2"
    parts = sms_split(text)
    return MessageView(
        "XAKIMLIEN", alphabet, count.units, parts, len(parts) * recipients, Decimal(390 * len(parts) * recipients)
    )


def sheet(folder: Path) -> AttachmentView:
    """An A4 poster with a bleed: the boxes of its PDF, and the picture that shows it."""
    path, shown = folder / "poster.pdf", folder / "poster.jpg"
    path.write_bytes(
        b"%PDF-1.4\n<</Type /Page\n/MediaBox [0 0 643.465 889.795]\n/BleedBox [15.591 15.591 627.874 874.204]\n"
        b"/TrimBox [24.094 24.094 619.37 865.984]>>\n"
    )
    Image.new("RGB", (1131, 1600), (10, 46, 122)).save(shown)
    return AttachmentView(
        "document", path, sha256(path.read_bytes()).hexdigest(), "application/pdf", 1131, 1600, 0.0, "Áp phích",
        preview=shown,
    )  # fmt: skip


def clip(folder: Path) -> AttachmentView:
    """Two seconds of a test card, upright, with a caption."""
    path, captions = folder / "clip.mp4", folder / "clip.srt"
    if not path.exists():
        card = ("-f", "lavfi", "-i", "testsrc=size=540x960:rate=10:duration=2", "-pix_fmt", "yuv420p")
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *card, str(path)], check=True, timeout=60)
    captions.write_text("1\n00:00:00,000 --> 00:00:02,000\nMời bà con xem clip\n", encoding="utf-8")
    sha = sha256(path.read_bytes()).hexdigest()
    return AttachmentView("clip", path, sha, "video/mp4", 540, 960, 2.0, "Clip thử", captions)


def sound(folder: Path) -> AttachmentView:
    """Two seconds of silence with its words."""
    path = folder / "ban-tin.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * 16000)
    words = "Kính thưa bà con. Ngày mười tháng mười là Ngày Chuyển đổi số quốc gia."
    return AttachmentView("audio", path, sha256(path.read_bytes()).hexdigest(), "audio/wav", 0, 0, 2.0, words)


def hard_views(folder: Path) -> dict[str, DeliveryView]:
    """Each by the name that tests call it."""
    folder.mkdir(parents=True, exist_ok=True)
    tall, wide, square = (picture(folder, *size) for size in ((1080, 1350), (1200, 630), (1080, 1080)))
    story = picture(folder, 1080, 1920)
    coded = picture(folder, 1080, 1080, "https://khac.example.vn/bay")
    due = datetime(2027, 10, 12, 1, 30, tzinfo=UTC)
    terms = TermsView(
        "Chăm sóc khách hàng", "vn-2026", "Nghị định 91/2020/NĐ-CP", due, 1, "can-bo-thu", 3, Decimal(2_000_000), (),
        ("Tin dài hơn số phần của loại tin.",),
    )  # fmt: skip
    letter = {
        "body": "Ủy ban nhân dân xã Kim Liên", "superior": "Ủy ban nhân dân tỉnh Nghệ An", "symbol": "UBND-VP",
        "recipient": "các doanh nghiệp viễn thông trên địa bàn xã", "place": "Kim Liên",
        "signer": "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "person": "Văn thư (mẫu)",
    }  # fmt: skip
    given: dict[str, dict[str, Any]] = {
        "no-picture": {"text": LONG},
        "five-tall": {"text": LONG, "attachments": (tall, wide, square, story, coded)},
        "seven": {"attachments": (wide, tall, square, story, coded, tall, wide)},
        "two-wide": {"attachments": (wide, tall)},
        "three-square": {"attachments": (square, tall, wide)},
        "four-tall": {"attachments": (tall, wide, square, story)},
        "story": {"attachments": (story,)},
        "khmer": {"text": KHMER, "attachments": (square,), "unit_name": "Xã Châu Thành"},
        "x-three": {"channel": "x", "text": LONG[:252], "attachments": (wide, square, tall), "link": ""},
        "sms": {"channel": "sms", "text": SMS, "message": message(SMS), "recipients": 1200, "terms": terms},
        "article": {
            "channel": "zalo", "title": LONG[:139], "summary": LONG[140:300], "text": LONG,
            "attachments": (tall, wide, square),
        },
        "broadcast": {"channel": "zalo-broadcast", "due": due, "text": "", "options": {"ages": "35-44,45-54"}},
        "letter": {"channel": "letter", "text": LONG, "title": "phối hợp", "settings": letter, "handed_at": due},
        "print": {"channel": "print", "attachments": (sheet(folder),), "handed_at": due, "person": "Văn thư (mẫu)"},
        "sound": {"channel": "loudspeaker", "attachments": (sound(folder),), "handed_at": due},
        "waiting": {"state": view().state.__class__.PLANNED, "attachments": ()},
        "lost": {"attachments": (replace(tall, path=folder / "gone.png", sha256="0" * 64),)},
        "shouting": {
            "title": "", "text": "TẤT CẢ BÀ CON PHẢI ĐẾN NGAY HÔM NAY. Xem http://xa.example.vn",
            "attachments": (replace(square, alt_text=""),),
        },
        "removal": {"action": "remove", "why": "Sai ngày", "attachments": (square,)},
        "comment": {"options": {"link_in_comment": "có"}, "attachments": (square,)},
        "reel": {"text": LONG, "attachments": (clip(folder),)},
        "portal": {"channel": "portal", "text": LONG, "attachments": (wide,), "handed_at": due},
    }  # fmt: skip
    given |= {
        f"hostile-{channel}-{number}": _all_over(channel, texts, square)
        for channel in ("facebook", "zalo", "portal", "sms")
        for number, texts in enumerate(hostile_texts())
    }
    base = view(
        unit_code="xa-kim-lien", unit_name="Xã Kim Liên", account_name="Xã Kim Liên (trang mẫu)", text=LONG[:180]
    )
    return {
        name: replace(base, id=number, key=f"k/{number}", **changes)
        for number, (name, changes) in enumerate(given.items(), 1)
    }


def hostile_texts() -> list[tuple[str, ...]]:
    """The hostile texts, some to a page."""
    return [HOSTILE[first : first + _TO_A_PAGE] for first in range(0, len(HOSTILE), _TO_A_PAGE)]


def _all_over(channel: str, texts: Sequence[str], square: AttachmentView) -> dict[str, Any]:
    """Every field that the staff writes says nothing but these."""
    text = "\n".join(texts)
    written = ("text", "title", "summary", "why", "account_name", "unit_name", "item_title", "person", "campaign_title")
    link = next((each for each in texts if each.startswith("https://")), texts[0])
    return dict.fromkeys(written, text) | {
        "channel": channel,
        "link": link,
        "message": message(text) if channel == "sms" else None,
        "attachments": (replace(square, alt_text=text),),
    }


def no_plan() -> None:
    """These pages show what no file says."""


def main() -> None:
    root = Path(sys.argv[1])
    views = hard_views(root.parent / "hard-faces")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        room = hard_room(root, tuple(views.values()), f"127.0.0.1:{listening.getsockname()[1]}")
        door = Door(room)
        _tell(door.link)
        uvicorn.Server(uvicorn.Config(site(room, door, Planning(no_plan), ()), log_level="warning")).run(
            sockets=[listening]
        )


if __name__ == "__main__":
    main()
