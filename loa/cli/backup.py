"""``loa backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import desk_here


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=say("[TỆP hoặc THƯ MỤC]", "[FILE or FOLDER]"),
            help=say(
                "Tệp .zip, hoặc thư mục giữ nhiều bản (mặc định: var/backups)",
                "A .zip file, or a folder that keeps several (default: var/backups)",
            ),
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        int,
        typer.Option(
            "--keep",
            min=1,
            help=say("Trong thư mục: giữ lại số bản mới nhất này", "In a folder: how many of the newest stay"),
        ),
    ] = 7,
    with_key: Annotated[
        bool,
        typer.Option(
            "--with-key",
            help=say(
                "Kèm var/vault.key. Ai có tệp này đọc được mọi số điện thoại: cất như cất khóa",
                "With var/vault.key. Whoever has the file can read every telephone number: keep it like a key",
            ),
        ),
    ] = False,
) -> None:
    """Lay a whole, examined copy of the book, its journal and the office's files into one zip; nothing has to stop."""
    from loa.cli.output import line
    from loa.dispatch.backing_up import back_up, back_up_into, folder_of
    from loa.store.backup import require_free

    desk = desk_here()
    target = file or folder_of(desk.workspace)
    removed: list[Path] = []
    if file is None or target.is_dir() or not (target.exists() or target.suffix.lower() == ".zip"):
        if file:  # its parent must be there: a drive that is not plugged in is not made up on this disk
            target.mkdir(exist_ok=True)
        target, removed = back_up_into(desk, target, keep, with_key=with_key)
    else:
        require_free(target)
        back_up(desk, target, with_key=with_key)
    size = f"{target.stat().st_size / 1_048_576:.1f}"
    told = f"{target} ({size} MB)"
    line(say(f"Đã sao lưu và đọc lại kiểm tra: {told}.", f"Backed up and read back: {told}."))
    if removed:
        line(say(f"Đã bỏ {len(removed)} bản cũ.", f"Removed {len(removed)} older ones."))
    if not with_key and (desk.workspace.var / "vault.key").exists():
        line(
            say(
                "Bản này KHÔNG có var/vault.key. Mất khóa đó thì không mở được số điện thoại và mã đăng nhập trong sổ: "
                "chép khóa vào nơi cất riêng, không để cùng bản sao lưu.",
                "It does NOT hold var/vault.key. Without that key no telephone number and no login in the book can be "
                "opened: keep a copy of it in another safe place, not beside the backups.",
            )
        )
