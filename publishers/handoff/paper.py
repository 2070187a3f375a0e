"""Print by hand: the PDF that was approved, how many copies, and where they are put up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "print",
    "In ấn, niêm yết",
    "Print",
    lead=timedelta(days=3),
    max_length=50_000,
    media=(MediaRule("document", ("application/pdf",), max_count=10, max_bytes=500_000_000),),
    needs_one_of=("document",),
    account_settings=("person", "places"),
    options=(
        Option("copies", "Số bản in, ví dụ: 20", "How many copies"),
        Option("paper", "Giấy in, ví dụ: couché 150 g/m²", "The paper"),
    ),
)


def _steps(task: Task) -> Iterator[str]:
    copies, paper = task.chosen("copies"), task.chosen("paper")
    order = [f"{copies} bản mỗi tệp" if copies else "", f"giấy {paper}" if paper else ""]
    asked = f" Số lượng, chất liệu: {', '.join(filter(None, order))}." if any(order) else ""
    yield f"Gửi nhà in, hoặc tự in: {task.names('document')}.{asked}"
    yield "In đúng kích thước (100 %, không chọn “vừa trang”): bản in đã có phần xén."
    yield "Xem một bản in thử: đủ màu, rõ chữ; quét thử mã QR bằng điện thoại."
    yield f"Dán hoặc phát tại: {task.setting('places')}. Xong trước {task.until}."
    yield "Dán ngang tầm mắt, không che thông báo khác. Chụp ảnh tại từng nơi."
    yield "Ghi số bản đã in, đã phát để đưa vào báo cáo."


JOB = Job(
    title="In và niêm yết",
    steps=_steps,
    proof="ảnh chụp tại chỗ, thấy rõ bản in và nơi niêm yết",
    undo=(
        "Tháo mọi bản đã dán, thu lại các bản chưa phát.",
        "Chụp ảnh từng nơi sau khi tháo.",
    ),
    moment="Xong trước",
    pastes=False,
)

build = builder(CARD, JOB)
