"""The page that the person works from: what, until when, the steps, the words to paste, how to tell that it is done."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from publishers.handoff.task import Job, Task
from publishers.handoff.words import parts_of

CHECKLIST = "viec-can-lam.html"
_TITLES = {"revise": "Đính chính nội dung đã đăng", "remove": "Gỡ nội dung đã đăng"}
_GONE = "ảnh chụp màn hình hoặc ảnh chụp tại chỗ, thấy nội dung không còn"


@cache
def pages() -> Environment:
    """The templates of this room; everything that is put in is escaped."""
    return Environment(
        loader=PackageLoader("publishers.handoff", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_checklist(task: Task, job: Job, folder: Path) -> None:
    """Write the page; it needs nothing beside it, and prints on one or two sheets."""
    page = (
        pages()
        .get_template(CHECKLIST)
        .render(
            task=task,
            heading=_TITLES.get(task.message.action, job.title),
            channel=task.card.name_vi,
            moment="Xong trước" if task.message.action != "publish" else job.moment,
            about=_about(task),
            steps=steps_of(task, job),
            parts=parts_of(task) if job.pastes and task.message.action != "remove" else (),
            proof=_GONE if task.message.action == "remove" else job.proof,
            captions=[each.captions for each in task.files if each.captions],
        )
    )
    (folder / CHECKLIST).write_text(page, encoding="utf-8")


def _about(task: Task) -> tuple[tuple[str, str], ...]:
    labels = task.message.labels
    rows = (
        ("Người làm", task.person),
        ("Nơi thực hiện", task.account.name),
        ("Đơn vị", labels.get("unit", "")),
        ("Chiến dịch", labels.get("campaign", "")),
        ("Tin", labels.get("item", "")),
        ("Lý do", labels.get("why", "")),
        ("Mã gói", task.code),
    )
    return tuple((name, value) for name, value in rows if value)


def steps_of(task: Task, job: Job) -> tuple[str, ...]:
    """What the person does, a line a step."""
    before = f"“{task.target['title'] or task.target['folder']}”" if task.target else "đã đăng trước đó"
    where = f" tại {task.target['link']}" if task.target and task.target["link"] else ""
    if task.message.action == "remove":
        return (f"Mở nội dung {before}{where}.", *job.undo)
    if task.message.action == "revise":
        return (f"Mở nội dung {before}{where}; thay bằng nội dung dưới đây, không đăng thành bài mới.",)
    return tuple(job.steps(task))
