"""``loa webhooks``."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.logged import logged
from loa.cli.options import desk_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.webhooks.app import Tally

_LOOK_SECONDS = 60


def webhooks(
    host: Annotated[
        str, typer.Option("--host", help=say("Địa chỉ của máy này để nghe", "Address of this machine to listen on"))
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("Cổng", "Port"))] = 8780,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help=say(
                "Máy chủ https đứng trước nằm ở máy khác: cho nghe ngoài 127.0.0.1",
                "The https server before it is another machine: listen beyond 127.0.0.1",
            ),
        ),
    ] = False,
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar=say("TÀI_KHOẢN", "ACCOUNT"),
            help=say(
                "In địa chỉ cần khai ở trang của tổng đài, không mở cổng",
                "Print the address to enter at the gateway's site; opens nothing",
            ),
        ),
    ] = "",
) -> None:
    """Take in what gateways report, until Ctrl+C; `loa run` reads it."""
    from loa.cli.output import line

    desk = desk_here()
    if show:
        line(_address(desk, show))
    else:
        with logged(desk.workspace, desk.worker):
            _serve(desk, host, port, behind_proxy=behind_proxy)


def _address(desk: Desk, account_id: str) -> str:
    from loa.errors import LoaError
    from loa.webhooks import address_of, base_of

    account = desk.workspace.account(account_id)
    if desk.cards[account.channel].of(account.settings).bulk is None:
        raise LoaError("E865", account=account_id)
    if base := base_of(desk.workspace, account.channel):
        return address_of(base, desk.vault, account_id)
    raise LoaError("E862", account=account_id, channel=account.channel)


def _serve(desk: Desk, host: str, port: int, *, behind_proxy: bool) -> None:
    from loa.cli.output import line
    from loa.dispatch.sound import require_sound_here
    from loa.errors import LoaError
    from loa.webhooks.door import LOOPBACK, Door, listening
    from loa.wiring.webhooks import reported_to

    if host != LOOPBACK and not behind_proxy:
        raise LoaError("E863")
    require_sound_here(desk)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    with Door(listening(host, port), desk.book, desk.vault, desk.clock, reported_to(desk.workspace)) as door:
        line(say(f"Đang nhận báo cáo của tổng đài ở http://{host}:{port}/sms/…", f"Open at http://{host}:{port}/sms/…"))
        line(
            say(
                "Máy chủ https (nginx, Caddy) phải chuyển đúng đường dẫn /sms/ về đây. Ctrl+C để dừng.",
                "The https server (nginx, Caddy) must pass the path /sms/ on to it. Ctrl+C ends it.",
            )
        )
        _watch(door.tally, ended)


def _watch(tally: Tally, ended: threading.Event) -> None:
    """One line a minute in which something came: how many, never what."""
    from loa.cli.output import line

    told = (0, 0, 0)
    try:
        while not ended.wait(_LOOK_SECONDS):
            now = (tally.kept, tally.turned_away, tally.put_off)
            if now != told:
                kept, away, later = (new - old for new, old in zip(now, told, strict=True))
                line(
                    say(
                        f"Đã giữ {kept}, không nhận {away}, hẹn lại {later}.",
                        f"{kept} kept, {away} turned away, {later} put off.",
                    )
                )
            told = now
    except KeyboardInterrupt:
        line()
