"""TikTok by hand: a clip with its caption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "tiktok",
    "TikTok",
    "TikTok",
    lead=timedelta(days=1),
    max_length=2_200,
    media=(
        MediaRule(
            "clip", ("video/mp4",), max_count=1, max_bytes=4_000_000_000, min_seconds=3, max_seconds=600,
            untried=("bytes", "seconds"),
        ),
    ),
    needs_one_of=("clip",),
    hashtags=True,
    account_settings=("person", "profile_url"),
)  # fmt: skip


def _steps(task: Task) -> Iterator[str]:
    yield f"Trên máy tính, đăng nhập TikTok Studio bằng tài khoản {task.setting('profile_url')}."
    yield f"Bấm Tải lên, chọn tệp {task.names('clip')}. Không thêm nhạc của TikTok: clip đã có tiếng và đã duyệt."
    yield "Dán phần nội dung (mục “Chữ để dán” bên dưới) vào ô Mô tả."
    yield f"Ai có thể xem: chọn Mọi người. Thời điểm đăng: chọn Lên lịch, đặt {task.until}. Đã quá giờ thì đăng ngay."
    yield "Sau giờ đăng, mở video bằng điện thoại khác: xem hình, nghe tiếng, chữ không bị nút của TikTok che."
    yield "Bấm Chia sẻ, Sao chép liên kết."


JOB = Job(
    title="Đăng video lên TikTok",
    steps=_steps,
    proof="đường dẫn video, dạng https://www.tiktok.com/@…/video/…",
    undo=(
        "Trong TikTok Studio, mục Bài đăng, đặt quyền xem của video là “Chỉ mình tôi”.",
        "Mở đường dẫn video bằng cửa sổ ẩn danh: phải thấy báo video không xem được. Chụp màn hình này.",
    ),
)

build = builder(CARD, JOB)
