"""``loa secret``: set, list, test, remove. Values are typed unseen or piped in; none is ever printed."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from loa.cli.command import PROBLEMS_FOUND
from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here, workspace_here
from loa.errors import LoaError

if TYPE_CHECKING:
    from loa.secrets import Secrets
    from loa.workspace import Workspace

Name = Annotated[str, typer.Argument(help=say("Tên khóa, như ghi trong loa.yaml", "Name, as it stands in loa.yaml"))]


def set_secret(
    name: Name,
    store: Annotated[
        Literal["keyring", "file"] | None,
        typer.Option(
            "--store",
            metavar="keyring|file",
            help=say(
                "Nơi lưu: kho của hệ điều hành hoặc tệp mã hóa (mặc định: kho hệ điều hành nếu có)",
                "Where: the system's keyring or the encrypted file (default: the keyring where there is one)",
            ),
        ),
    ] = None,
    any_name: Annotated[
        bool, typer.Option("--any", help=say("Cho phép tên chưa có trong loa.yaml", "Allow a name not in loa.yaml"))
    ] = False,
) -> None:
    """Keep a secret; its value is typed unseen, or read from standard input."""
    from loa.cli.output import line
    from loa.secrets import secret_variable

    workspace = workspace_here()
    if not any_name:
        _known(workspace, name)
    kept = _secrets(workspace)
    place = kept.put(name, _value(name), store)
    line(say(f"Đã lưu khóa {name}: {_where(place)}.", f"Kept {name}: {_where(place)}."))
    if (first := kept.place_of(name)) not in (place, None):
        variable = secret_variable(name)
        hides = f"Lưu ý: biến môi trường {variable} đang có và được dùng trước."
        line(say(hides, f"Note: the environment variable {variable} is set and goes before it ({first})."))
    line(say("Bộ lịch phát đang chạy cần khởi động lại.", "A running scheduler must be started again."))


def list_secrets(json_wanted: AsJson = False) -> None:
    """Every secret that loa.yaml asks for, and where it is; never a value."""
    from loa.cli.output import as_json, table

    rows = _listed(workspace_here())
    if json_wanted:
        as_json(rows)
        return
    words = {"missing": say("THIẾU", "MISSING"), "unused": say("không ai dùng", "unused"), "found": say("có", "found")}
    table(
        (
            say("Khóa", "Secret"),
            say("Tình trạng", "State"),
            say("Ở đâu", "Where"),
            say("Tài khoản", "Accounts"),
            say("Biến môi trường", "Variable"),
        ),
        [
            (
                str(row["name"]),
                words[str(row["state"])],
                _where(row["place"]) if row["place"] else "",
                ", ".join(row["accounts"]),
                str(row["variable"]),
            )
            for row in rows
        ],
    )


def try_secrets(
    account: Annotated[
        str | None,
        typer.Argument(help=say("Mã tài khoản; bỏ trống = tất cả", "Account id; none = all"), show_default=False),
    ] = None,
) -> None:
    """Ask the platforms whether the secrets are good; nothing is published."""
    from loa.cli.checkup.accounts import accounts
    from loa.cli.checkup.finding import show

    desk = desk_here()
    known = [each.id for each in desk.workspace.settings.accounts]
    wanted = [desk.workspace.account(account).id] if account else known
    checks = list(accounts(desk, wanted))
    show(checks)
    if any(each.level == "stop" for each in checks):
        raise typer.Exit(PROBLEMS_FOUND)


def remove(name: Name) -> None:
    """Forget a secret wherever Loa keeps it."""
    from loa.cli.output import line
    from loa.secrets import secret_variable

    kept = _secrets(workspace_here())
    was = kept.remove(name)
    for place in was:
        line(say(f"Đã xóa khóa {name}: {_where(place)}.", f"Removed {name}: {_where(place)}."))
    if not was:
        line(say(f"Loa không giữ khóa {name}.", f"Loa does not keep {name}."))
    if kept.place_of(name):
        left = secret_variable(name)
        line(say(f"Biến môi trường {left} vẫn còn.", f"The environment variable {left} is still there."))


def _known(workspace: Workspace, name: str) -> None:
    wanted = workspace.secret_names()
    if name not in wanted:
        guess = "".join(get_close_matches(name, wanted, 1))
        raise LoaError("E927", name=name, guess=guess or ", ".join(list(wanted)[:5]) or "–")


def _value(name: str) -> str:
    """What was typed or piped in, without the blanks and line ends around it."""
    from loa.secrets import hidden_line

    if sys.stdin.isatty():
        value = hidden_line(say(f"Giá trị của {name} (không hiện khi gõ): ", f"Value of {name} (not shown): "))
    else:
        value = sys.stdin.read()
    value = value.strip().removeprefix("\ufeff").strip()  # PowerShell puts a mark in front of what it pipes
    if not value:
        raise typer.BadParameter(say("Giá trị trống, không lưu gì.", "The value is empty; nothing was kept."))
    return value


def _listed(workspace: Workspace) -> list[dict[str, Any]]:
    from loa.packs.keys import SECRET_NAME
    from loa.secrets import secret_variable

    kept, wanted = _secrets(workspace), dict(workspace.secret_names())
    if kept.place_of(SECRET_NAME):  # an office that shares no packs needs no key for them
        wanted[SECRET_NAME] = ("pack",)
    rows: list[dict[str, Any]] = []
    for name, accounts in wanted.items():
        place = kept.place_of(name)
        state = "found" if place else "missing"
        rows.append({"name": name, "state": state, "place": place, "accounts": accounts})
    rows += [
        {"name": name, "state": "unused", "place": place, "accounts": []} for name, place in kept.unused(tuple(wanted))
    ]
    return [{**row, "variable": secret_variable(str(row["name"]))} for row in rows]


def _secrets(workspace: Workspace) -> Secrets:
    from loa.secrets import Secrets

    return Secrets(workspace.root, workspace.var)


def _where(place: object) -> str:
    """A place in words."""
    from loa.secrets import Place

    names = {
        Place.ENVIRONMENT: ("biến môi trường", "environment"),
        Place.KEYRING: ("kho khóa của hệ điều hành", "keyring of the system"),
        Place.FILE: ("tệp mã hóa var/secrets.enc", "encrypted file var/secrets.enc"),
    }
    return names[Place(str(place))][lang() == "en"]
