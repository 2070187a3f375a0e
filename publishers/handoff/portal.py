"""A portal by hand: an article as clean HTML with its pictures, and a feed of what is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "portal",
    "Cổng thông tin điện tử",
    "Portal",
    lead=timedelta(days=1),
    max_length=50_000,
    max_title=200,
    max_summary=500,
    media=(
        MediaRule("picture", ("image/jpeg", "image/png"), max_count=20, max_bytes=10_000_000),
        MediaRule("document", ("application/pdf",), max_count=10, max_bytes=50_000_000),
    ),
    needs_title=True,
    account_settings=("person", "site_url"),
    options=(Option("section", "Chuyên mục của bài trên cổng", "The section of the portal that the article goes to"),),
)


def _steps(task: Task) -> Iterator[str]:
    section = task.chosen("section")
    where = f", chuyên mục “{section}”" if section else ""
    yield f"Đăng nhập trang quản trị của {task.setting('site_url')}, tạo bài mới{where}."
    yield "Dán tiêu đề và phần tóm tắt (mục “Chữ để dán” bên dưới)."
    yield "Mở bai-viet.html bằng trình duyệt, chọn và chép phần thân bài (dưới tóm tắt), dán vào khung soạn thảo."
    if pictures := task.of_kind("picture"):
        yield f"Tải ảnh lên đúng chỗ như trong bai-viet.html: {task.names('picture')}."
        described = [f"{each.name}: “{each.asset.alt_text}”" for each in pictures if each.asset.alt_text]
        if described:
            yield f"Ghi mô tả ảnh (dành cho người khiếm thị). {' '.join(described)}"
    if documents := task.names("document"):
        yield f"Đính kèm tài liệu: {documents}."
    yield f"Đặt giờ đăng {task.until}. Cổng không hẹn giờ được thì đăng đúng giờ này."
    yield "Sau giờ đăng, mở bài bằng điện thoại như người dân: ảnh hiện đủ, bấm thử từng đường dẫn. Chép đường dẫn bài."


def _article(task: Task, folder: Path) -> None:
    from publishers.handoff.article import write_article  # noqa: PLC0415 - Jinja is for packages, not for cards

    write_article(task, folder)


JOB = Job(
    title="Đăng bài lên cổng thông tin điện tử",
    steps=_steps,
    proof="đường dẫn bài trên cổng (mở được mà không cần đăng nhập)",
    undo=(
        "Trong trang quản trị của cổng, chuyển bài về trạng thái ngừng đăng; không xóa hẳn để còn lưu hồ sơ.",
        "Mở lại đường dẫn bài: phải không còn đọc được. Chụp màn hình này.",
    ),
    extras=(_article,),
    publishes_feed=True,
)

build = builder(CARD, JOB)
