"""YouTube by hand: a clip with its title, description and subtitles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "youtube",
    "YouTube",
    "YouTube",
    lead=timedelta(days=1),
    max_length=5_000,
    max_title=100,
    media=(MediaRule("clip", ("video/mp4",), max_count=1, max_bytes=256_000_000_000),),
    needs_one_of=("clip",),
    needs_title=True,
    hashtags=True,
    account_settings=("person", "channel_url"),
    options=(Option("playlist", "Danh sách phát mà video được xếp vào", "The playlist that the video goes into"),),
)


def _steps(task: Task) -> Iterator[str]:
    yield f"Đăng nhập YouTube Studio bằng tài khoản quản trị kênh {task.setting('channel_url')}."
    yield f"Bấm Tạo, chọn Tải video lên, chọn tệp {task.names('clip')}."
    yield "Dán tiêu đề và phần nội dung (mục “Chữ để dán” bên dưới) vào ô Tiêu đề và ô Mô tả."
    yield "Mục Đối tượng người xem: chọn “Không, nội dung này không dành cho trẻ em”."
    if captions := [each.captions for each in task.files if each.captions]:
        yield f"Mục Phụ đề: chọn Tiếng Việt, Tải tệp lên, Có mốc thời gian, rồi chọn {', '.join(captions)}."
    if playlist := task.chosen("playlist"):
        yield f"Thêm video vào danh sách phát “{playlist}”."
    yield f"Mục Chế độ hiển thị: chọn Lên lịch, đặt {task.until}. Đã quá giờ đó thì chọn Công khai."
    yield "Sau giờ đăng, mở video bằng cửa sổ ẩn danh: xem hình, nghe tiếng, bật phụ đề. Chép đường dẫn video."


JOB = Job(
    title="Đăng video lên YouTube",
    steps=_steps,
    proof="đường dẫn video, dạng https://youtu.be/… hoặc https://www.youtube.com/watch?v=…",
    undo=(
        "Trong YouTube Studio, mục Nội dung, đặt video ở chế độ “Riêng tư”; không xóa, để còn lưu hồ sơ.",
        "Mở đường dẫn video bằng cửa sổ ẩn danh: phải thấy báo video không còn công khai. Chụp màn hình này.",
    ),
)

build = builder(CARD, JOB)
