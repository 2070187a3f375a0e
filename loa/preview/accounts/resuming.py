"""Letting an account go on that waits for a person."""

from __future__ import annotations

from loa.dispatch import Desk, resume
from loa.dispatch.audit import note_deed
from loa.preview.visits import Visit
from loa.workspace import Reviewer


def let_go_on(desk: Desk, visit: Visit, person: Reviewer, account: str) -> tuple[str, str]:
    """Lift the pause of ``account`` in the name of ``person``; what was done, in Vietnamese and English.

    Raises:
        LoaError: E565, it does not wait for a person.
    """
    with desk.book.write() as connection:
        resumed = resume(desk, connection, person.name, [account])
        note_deed(desk, visit, "resume account", account, connection=connection)
    if resumed.resting:
        return ("Nền tảng đã chặn tài khoản; nó nghỉ thêm rồi tự chạy tiếp.", "It rests a while yet, then goes on.")
    return ("Đã mở lại tài khoản.", "The account goes on.")
