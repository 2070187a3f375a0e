"""``loa restore``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say

if TYPE_CHECKING:
    from loa.dispatch.restoring import Place, Restored


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(metavar=say("[TỆP]", "[FILE]"), help=say("Bản sao lưu", "A backup"), show_default=False),
    ] = None,
    from_journal: Annotated[
        bool,
        typer.Option(
            "--from-journal",
            help=say(
                "Ghi bù từ sổ biên nhận (var/journal); sổ phát hỏng hoặc mất thì dựng lại từ đầu",
                "Bring the book up to its journal (var/journal); one that is damaged or gone is made anew",
            ),
        ),
    ] = False,
) -> None:
    """Make the book whole again, so that nothing that is out goes out a second time. What is there is put aside."""
    if (file is None) != from_journal:
        raise typer.BadParameter(
            say("Chỉ tên bản sao lưu, hoặc thêm --from-journal", "Name a backup, or give --from-journal")
        )
    from loa.dispatch.restoring import lay_office, restore_backup, restore_from_journal

    if file is not None:
        lay_office(file, Path.cwd())
    with _place() as place:
        done = restore_backup(place, file) if file else restore_from_journal(place)
    _tell(done)


@contextmanager
def _place() -> Iterator[Place]:
    """Where the book belongs; nobody else works on it meanwhile."""
    from contextlib import closing

    from loa.clock import SystemClock
    from loa.dispatch.restoring import Place
    from loa.store import hold, open_book
    from loa.store.moving import require_nobody
    from loa.wiring.cards import cards
    from loa.workspace import find_root

    root, clock = find_root(Path.cwd()), SystemClock()
    var = root / "var"
    book = os.environ.get("LOA_DATABASE_URL") or var / "book.sqlite"
    with hold(var, clock):
        if isinstance(book, str):
            with closing(open_book(book)) as shared:
                require_nobody(shared, clock)
        yield Place(root, book, var / "journal", cards(), clock.now)


def _tell(done: Restored) -> None:
    from loa.cli.output import line

    made = done.rebuilt
    line(
        say(
            f"Đã khôi phục sổ phát: ghi bù {made.posts} tin đã gửi, {made.deliveries} lượt gửi, "
            f"{made.refusals} người từ chối nhận tin.",
            f"The book is restored: {made.posts} posts, {made.deliveries} deliveries and {made.refusals} refusals "
            "came from the journal.",
        )
    )
    for text in _more(done):
        line(text)


def _more(done: Restored) -> Iterator[str]:
    made = done.rebuilt
    if made.doubtful:
        yield say(
            f"{made.doubtful} tin chưa rõ kết quả: bộ lịch phát sẽ dò lại trên kênh, không tự gửi lại.",
            f"{made.doubtful} posts are in doubt: the scheduler looks them up and never sends them again by itself.",
        )
    if made.waiting:
        yield say(
            f"{made.waiting} tin nhắn chờ danh sách: nhập lại đúng tệp người nhận cũ, tin tự gửi cho người còn lại.",
            f"{made.waiting} messages wait for their list: bring in the very same file, the rest is sent by itself.",
        )
    if done.aside:
        yield say(f"Sổ cũ để ở {done.aside}.", f"The earlier book lies in {done.aside}.")
    if done.laid:
        yield say(f"Lấy lại {len(done.laid)} tệp bị thiếu.", f"{len(done.laid)} missing files are there again.")
    if done.different:
        names = ", ".join(done.different[:10])
        yield say(f"Giữ nguyên tệp đã sửa sau khi sao lưu: {names}.", f"Left alone, changed since: {names}.")
    if done.key_missing:
        yield say(
            "var/vault.key không phải khóa của sổ này: chép lại đúng khóa cũ rồi chạy lại lệnh này.",
            "var/vault.key is not the key of this book: put the right one there and run this again.",
        )
    if done.moved:
        yield say(
            f"ĐÃ DỪNG TẤT CẢ: sổ phát này đã chuyển sang {done.moved}, nơi đó có thể đã phát thêm mà sổ này "
            "không biết. Chỉ `loa resume` khi sổ ở đó không còn được dùng nữa và đã xem trên các kênh.",
            f"ALL IS STOPPED: this book had moved to {done.moved}, where more may have been sent than it knows. "
            "`loa resume` only when the book there is used no more, and after a look at the channels.",
        )
    if done.faults or made.lost or done.key_missing:
        yield say(
            f"ĐÃ DỪNG TẤT CẢ: sổ biên nhận thiếu hoặc hỏng {done.faults + made.lost} chỗ, có thể có tin đã phát mà sổ "
            "không biết. Hãy xem trên các kênh, rồi `loa resume`.",
            f"ALL IS STOPPED: the journal has {done.faults + made.lost} gaps or damaged lines, so something may be out "
            "that the book does not know. Look at the channels, then `loa resume`.",
        )
