"""``loa worker``."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.logged import logged
from loa.cli.options import ToSandbox, workspace_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.workers import Standing
    from loa.workspace import Workspace


def worker(
    deliver: Annotated[
        bool, typer.Option("--deliver", help=say("Chỉ gửi tin, bài", "Only send (default: send and render)"))
    ] = False,
    render: Annotated[
        bool, typer.Option("--render", help=say("Chỉ dựng ấn phẩm", "Only render (default: send and render)"))
    ] = False,
    threads: Annotated[
        int,
        typer.Option(
            "--threads",
            min=1,
            max=32,
            help=say("Số tài khoản phục vụ cùng lúc trên máy này", "Accounts served at once on this machine"),
        ),
    ] = 8,
    sandbox: ToSandbox = "",
) -> None:
    """Carry what `loa run` on some machine hands out, until Ctrl+C. Needs a book on PostgreSQL."""
    from loa.cli.output import line
    from loa.dispatch.sound import require_sound_here
    from loa.errors import ProblemsFound
    from loa.store import keep_for
    from loa.workers import JOBS, missing, run_worker

    workspace = workspace_here()
    _require_shared(workspace)
    open_desk = _opener(workspace, sandbox)
    desk = open_desk()
    require_sound_here(desk)
    wanted = {"deliver": deliver or not render, "render": render or not deliver}
    if problems := missing(desk) if wanted["deliver"] else []:  # who only renders sends nothing, and needs no secret
        raise ProblemsFound(problems)
    keep_for(desk.book, "sandbox" if sandbox else "real")
    desk.book.close()
    names = [name for name in JOBS if wanted.get(name)]
    line(say("Máy phát phụ đang chạy. Ctrl+C để dừng.", "The worker is running. Ctrl+C ends it."))
    with logged(workspace, desk.worker):
        run_worker(open_desk, names, threads, _say)


def _require_shared(workspace: Workspace) -> None:
    """Before anything is opened: opening would make a book, or a key, of this machine's own.

    Raises:
        StoreError: E970 the book is no shared one; E972 its key is not on this machine.
    """
    from loa.errors import StoreError

    if not os.environ.get("LOA_DATABASE_URL", "").startswith("postgresql"):
        raise StoreError("E970")
    if not (workspace.var / "vault.key").is_file():
        raise StoreError("E972", place="var/vault.key")


def _opener(workspace: Workspace, sandbox: str) -> Callable[[], Desk]:
    """Opens a desk for each life of the worker; a passphrase is asked for once."""
    from loa.cli.sandboxed import sandbox_desk
    from loa.clock import SystemClock
    from loa.secrets import Secrets
    from loa.wiring.desks import open_desk

    if sandbox:
        return lambda: sandbox_desk(sandbox)
    secrets = Secrets(workspace.root, workspace.var)
    secrets.unlock()
    return lambda: open_desk(workspace_here(), SystemClock(), secrets=secrets)


def _say(standing: Standing) -> None:
    from loa.cli.output import line

    match standing:
        case "works":
            line(say("Đã vào sổ phát, chờ việc.", "Signed in, waiting for work."))
        case "changed":
            line(say("Tệp của đơn vị đã đổi; đọc lại.", "The office's files have changed; reading them anew."))
        case "lost":
            line(
                say(
                    "Máy này bị treo nên đã bị coi là mất; việc đang gửi dở sẽ được tra lại. Bắt đầu lại.",
                    "This machine stood still and was taken for dead; what it was sending is looked up. Starting anew.",
                )
            )
        case "away":
            line(
                say(
                    "Có trục trặc với sổ phát hoặc với việc đang làm (xem var/log); bắt đầu lại.",
                    "Something broke, in the book or in a job (see var/log); starting anew.",
                )
            )
