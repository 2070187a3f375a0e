"""``loa service``: install, show, remove. Files for the system's own starter; a person switches them on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here

if TYPE_CHECKING:
    from pathlib import Path

    from loa.autostart import Plan
    from loa.workspace import Workspace

For = Annotated[
    Literal["windows", "systemd", "launchd"] | None,
    typer.Option(
        "--for",
        metavar="windows|systemd|launchd",
        help=say("Cho hệ điều hành nào (mặc định: máy này)", "For which system (default: this one)"),
    ),
]
AsWorker = Annotated[
    bool, typer.Option("--worker", help=say("Máy phát phụ (`loa worker`) thay vì bộ lịch phát", "`loa worker` instead"))
]
WithMachine = Annotated[
    bool,
    typer.Option(
        "--machine",
        help=say(
            "Chạy từ khi bật máy, không cần ai đăng nhập (cần quyền quản trị)",
            "From the start of the machine, without a log-in (needs an administrator)",
        ),
    ),
]
User = Annotated[
    str,
    typer.Option(
        "--user", help=say("Tài khoản của máy sẽ chạy Loa (mặc định: bạn)", "Who runs it on the machine (default: you)")
    ),
]


def install(system: For = None, worker: AsWorker = False, machine: WithMachine = False, user: User = "") -> None:
    """Write the files, and say what to type so that the system starts Loa by itself."""
    from loa.cli.output import line

    folder, plan = _plan(system, worker=worker, machine=machine, user=user)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in plan.files.items():
        (folder / name).write_bytes(content)
        line(say(f"Đã ghi {folder / name}", f"Wrote {folder / name}"))
    _tell_of_secrets(plan)
    line()
    line(say("Loa chưa tự bật gì. Để bật, chạy lần lượt:", "Nothing is switched on yet. To do so, run in turn:"))
    _type(plan.switch_on)
    line(say("Rồi xem `loa status`: nhịp của bộ lịch phát phải mới.", "Then see `loa status`: the beat must be new."))


def show(system: For = None, worker: AsWorker = False, machine: WithMachine = False, user: User = "") -> None:
    """Print the files and the commands; nothing is written."""
    from loa.cli.output import line

    folder, plan = _plan(system, worker=worker, machine=machine, user=user)
    for name, content in plan.files.items():
        line(f"# {folder / name}")
        line(content.decode("utf-16" if plan.system == "windows" else "utf-8").replace("\r\n", "\n"))
    line(say("# Để bật:", "# To switch it on:"))
    _type(plan.switch_on)
    line(say("# Để tắt:", "# To switch it off:"))
    _type(plan.switch_off)


def remove(system: For = None, worker: AsWorker = False, machine: WithMachine = False, user: User = "") -> None:
    """Remove the files that were written, and say what to type so that the system forgets them."""
    from loa.cli.output import line

    folder, plan = _plan(system, worker=worker, machine=machine, user=user)
    for name in plan.files:
        if (folder / name).exists():
            (folder / name).unlink()
            line(say(f"Đã xóa {folder / name}", f"Removed {folder / name}"))
    line(say("Để tắt hẳn, chạy lần lượt:", "To switch it off for good, run in turn:"))
    _type(plan.switch_off)


def _plan(
    system: Literal["windows", "systemd", "launchd"] | None, *, worker: bool, machine: bool, user: str
) -> tuple[Path, Plan]:
    from loa.autostart import plan_for, this_system, works

    workspace = workspace_here()
    root = workspace.root.resolve()
    made = works(
        root,
        "worker" if worker else "run",
        os.environ,
        user=user or _user(),
        for_machine=machine,
        shared=_shared(workspace),
    )
    folder = root / "var" / "service"
    return folder, plan_for(system or this_system(), made, folder)


def _shared(workspace: Workspace) -> tuple[Path, ...]:
    """The folder of media that several machines share, where there is one."""
    from pathlib import Path

    folder = workspace.settings.media.folder
    return (Path(folder),) if folder else ()


def _user() -> str:
    import getpass

    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()


def _tell_of_secrets(plan: Plan) -> None:
    """What this window knows and the service will not: secrets do not go into files that many can read."""
    from loa.autostart import HANDED_ON, is_no_secret
    from loa.cli.output import line

    hidden = [name for name in HANDED_ON if not is_no_secret(os.environ.get(name, ""))]
    hidden += [name for name in os.environ if name == "LOA_PASSPHRASE" or name.startswith("LOA_SECRET_")]
    if not hidden:
        return
    names = ", ".join(sorted(hidden))
    line(
        say(
            f"Không ghi vào tệp vì là bí mật: {names}. Xem docs/chay-tu-dong.md, mục “Khóa bí mật”.",
            f"Not written, as they are secrets: {names}. See docs/chay-tu-dong.md.",
        )
    )
    if plan.system == "systemd":
        line(
            say(
                "Có thể đặt chúng trong var/service.env (mỗi dòng TÊN=giá trị, chmod 600).",
                "They may stand in var/service.env (NAME=value, one a line, chmod 600).",
            )
        )


def _type(commands: tuple[str, ...]) -> None:
    from loa.cli.output import line

    for each in commands:
        line(f"  {each}")
