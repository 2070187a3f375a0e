"""Loudspeakers and radio by hand: the sheet to read from, the sound, the times on the air."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from loa.delivery import MediaRule, Option
from publishers.handoff.cards import builder, by_hand
from publishers.handoff.task import Job, Task

CARD = by_hand(
    "loudspeaker",
    "Loa truyền thanh",
    "Loudspeakers",
    lead=timedelta(days=1),
    max_length=50_000,
    media=(
        MediaRule("document", ("text/plain", "application/pdf"), max_count=4, max_bytes=20_000_000),
        MediaRule("audio", ("audio/mpeg", "audio/mp4", "audio/wav"), max_count=4, max_bytes=200_000_000),
    ),
    needs_one_of=("document", "audio"),
    account_settings=("person", "air_times"),
    options=(Option("air_times", "Các lần phát lại, ví dụ: 17:00 hôm đó, 05:30 hôm sau", "When it is repeated"),),
)


def _steps(task: Task) -> Iterator[str]:
    if sounds := task.of_kind("audio"):
        told = ", ".join(f"{each.name} ({_minutes(each.asset.seconds)} phút)" for each in sounds)
        yield f"Nghe thử hết tệp âm thanh trước khi phát: {told}."
    else:
        yield f"In lời đọc ({task.names('document')}). Phát thanh viên đọc thử một lượt; số và ngày đã viết thành lời."
    yield f"Phát lần đầu lúc {task.until}."
    yield f"Phát lại: {task.chosen('air_times')}."
    yield "Không phát vào giờ nghỉ của người dân theo quy chế của địa phương; trùng tin khẩn cấp thì nhường tin khẩn."
    yield "Sau mỗi lần phát, ghi sổ nhật ký phát thanh: ngày, giờ, tên bản tin, người phát. Chụp trang sổ."


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}".replace(".", ",")


JOB = Job(
    title="Phát bản tin trên loa truyền thanh",
    steps=_steps,
    proof="ảnh chụp trang sổ nhật ký phát thanh có ghi bản tin này, hoặc đường dẫn bản ghi",
    undo=(
        "Ngừng phát bản tin này trong các khung giờ còn lại; báo ngay cho các cụm loa.",
        "Ghi vào sổ nhật ký phát thanh giờ ngừng phát và người yêu cầu. Chụp trang sổ này.",
    ),
    moment="Phát lúc",
    pastes=False,
)

build = builder(CARD, JOB)
