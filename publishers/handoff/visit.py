"""From door to door: what the digital team carries along, what it says, and how visits are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "visit",
    "Đến từng nhà",
    "Door to door",
    lead=timedelta(days=3),
    max_length=50_000,
    media=(
        MediaRule("document", ("application/pdf", "text/plain"), max_count=6, max_bytes=200_000_000),
        MediaRule("picture", ("image/png", "image/jpeg"), max_count=4, max_bytes=20_000_000),
    ),
    account_settings=("person", "area"),
    options=(Option("households", "Số hộ cần đến, ví dụ: 120", "How many households"),),
)


def _steps(task: Task) -> Iterator[str]:
    if papers := task.names("document"):
        yield f"In đủ số bản mang theo: {papers}."
    households = task.chosen("households")
    wanted = f" Số hộ cần đến: {households}." if households else ""
    yield f"Địa bàn: {task.setting('area')}. Xong trước {task.until}.{wanted}"
    yield "Đeo thẻ, giới thiệu tên và Tổ công nghệ số cộng đồng; đến vào giờ bà con ở nhà."
    yield "Nói những ý trong tệp lời; giúp bà con làm thử một việc trên điện thoại của chính họ."
    yield "Không hỏi, không ghi mật khẩu, mã OTP, số căn cước; không cầm điện thoại bà con đi nơi khác."
    yield "Chuyển tiếp lời nhắn kèm ảnh vào nhóm Zalo của thôn, tổ dân phố (mục “Chữ để dán” bên dưới)."
    yield "Ghi số hộ đã đến từng ngày; chụp ảnh buổi đi (xin phép người trong ảnh)."


JOB = Job(
    title="Đến từng nhà hướng dẫn",
    steps=_steps,
    proof="ảnh buổi đi, hoặc ảnh bảng đếm số hộ có chữ ký trưởng thôn, tổ trưởng dân phố",
    undo=(
        "Báo các thành viên ngừng phát tài liệu này, thu lại bản chưa phát.",
        "Nhắn đính chính vào các nhóm Zalo đã chuyển tiếp; chụp màn hình tin nhắn.",
    ),
    moment="Xong trước",
)

build = builder(CARD, JOB)
