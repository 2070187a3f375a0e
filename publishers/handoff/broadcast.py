"""Radio and television by hand: the script, the sound or the clip, the programme that takes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "radio-tv",
    "Phát thanh, truyền hình",
    "Radio and television",
    lead=timedelta(days=3),
    max_length=50_000,
    media=(
        MediaRule("document", ("text/plain", "application/pdf"), max_count=4, max_bytes=20_000_000),
        MediaRule("audio", ("audio/mpeg", "audio/mp4", "audio/wav"), max_count=4, max_bytes=500_000_000),
        MediaRule("clip", ("video/mp4",), max_count=2, max_bytes=4_000_000_000),
    ),
    needs_one_of=("document", "audio", "clip"),
    account_settings=("person", "station"),
    options=(Option("programme", "Chuyên mục, ví dụ: Chuyển đổi số 19:45 thứ Năm", "The programme that takes it"),),
)


def _steps(task: Task) -> Iterator[str]:
    if ready := [*task.of_kind("clip"), *task.of_kind("audio")]:
        yield f"Xem, nghe hết tệp trước khi gửi: {', '.join(each.name for each in ready)}."
    if task.of_kind("document"):
        yield f"Gửi kèm lời đọc ({task.names('document')}); số và ngày đã viết thành lời."
    programme = task.chosen("programme")
    yield f"Gửi {task.setting('station')}" + (f", chuyên mục {programme}." if programme else ".")
    yield f"Hẹn phát lần đầu: {task.until}. Ghi lại giờ phát và các lần phát lại mà đài báo."
    yield "Sau khi phát, xin giấy xác nhận phát sóng hoặc đường dẫn chương trình; đếm số lần phát."


JOB = Job(
    title="Gửi đài phát thanh, truyền hình",
    steps=_steps,
    proof="đường dẫn chương trình trên trang của đài, hoặc ảnh chụp giấy xác nhận phát sóng",
    undo=(
        "Báo đài ngừng phát lại và gỡ chương trình khỏi trang của đài.",
        "Xin đài xác nhận bằng văn bản hoặc thư; chụp lại văn bản này.",
    ),
    moment="Phát lúc",
    pastes=False,
)

build = builder(CARD, JOB)
