"""The letter to an operator (or another body): a Word file in the form of an official letter, without phone numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from loa.delivery import MediaRule
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "letter",
    "Công văn",
    "Official letter",
    lead=timedelta(days=3),
    max_length=50_000,
    max_title=300,
    media=(MediaRule("document", ("application/pdf",), max_count=5, max_bytes=50_000_000),),
    needs_title=True,
    no_phone_numbers=True,
    account_settings=("person", "body", "recipient", "place", "signer"),
)


def _steps(task: Task) -> Iterator[str]:
    yield f"Mở cong-van.docx, đọc soát; nơi gửi: {task.setting('recipient')}. Số và ngày để trống cho văn thư ghi."
    yield "Không ghi số điện thoại của người dân vào công văn; danh sách số (nếu có) chuyển bằng kênh bảo mật riêng."
    if enclosed := task.names("document"):
        yield f"Đính kèm: {enclosed}."
    yield f"Trình ký theo quy chế của cơ quan: {task.setting('signer')}."
    yield f"Văn thư lấy số, đóng dấu và gửi trước {task.until}."
    yield "Lưu hồ sơ; chụp trang đầu đã có số, ngày."


def _letter(task: Task, folder: Path) -> None:
    from publishers.handoff.official import write_letter  # noqa: PLC0415 - python-docx is for packages, not for cards

    write_letter(task, folder)


JOB = Job(
    title="Trình ký và gửi công văn",
    steps=_steps,
    proof="ảnh chụp trang đầu công văn đã có số, ngày và chữ ký (hoặc màn hình trục liên thông báo đã gửi)",
    undo=(
        "Trình ký công văn thu hồi, gửi tới nơi đã nhận.",
        "Chụp trang đầu công văn thu hồi đã có số, ngày.",
    ),
    extras=(_letter,),
    moment="Gửi trước",
    pastes=False,
)

build = builder(CARD, JOB)
