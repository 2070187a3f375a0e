"""``loa run`` (= ``python scheduler.py``)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.logged import log_beat, logged
from loa.cli.options import ToSandbox, unlocked_desk, workspace_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from loa.dispatch import BeatResult, Desk
    from loa.heartbeat import Standing


def run(
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help=say(
                "Chạy một nhịp rồi dừng (đang nhắn tin thì tối đa 50 giây)",
                "One beat, then end (with messages under way: at most 50 seconds)",
            ),
        ),
    ] = False,
    seconds: Annotated[
        int, typer.Option("--every", min=1, max=300, help=say("Số giây giữa hai nhịp", "Seconds between beats"))
    ] = 5,
    sandbox: ToSandbox = "",
) -> None:
    """Publish what is approved and due, until Ctrl+C."""
    from loa.cli.sandboxed import sandbox_desk
    from loa.store import require_world
    from loa.wiring.webhooks import desk_and_door, door_of

    if once:
        desk = sandbox_desk(sandbox) if sandbox else unlocked_desk()
        require_world(desk.book, "sandbox" if sandbox else "real")
        with logged(desk.workspace, desk.worker):
            _once(desk)
    elif sandbox:
        with desk_and_door(workspace_here(), lambda base: sandbox_desk(sandbox, base)) as (desk, door):
            require_world(desk.book, "sandbox")
            with logged(desk.workspace, desk.worker):
                _forever(desk, seconds, door)
    else:
        desk = unlocked_desk()
        require_world(desk.book, "real")
        with logged(desk.workspace, desk.worker):
            _forever(desk, seconds, door_of(desk))


def _once(desk: Desk) -> None:
    from loa.cli.output import line
    from loa.heartbeat import run_once
    from loa.wiring.alerts import tell_now

    result = run_once(desk)
    log_beat(result)
    tell_now(desk)
    line(_words(result))
    if result.blocked:
        raise typer.Exit(1)


def _forever(desk: Desk, seconds: int, door: AbstractContextManager[object]) -> None:
    """Run, and once the book is found sound let gateways report and the office be told of trouble."""
    from loa.cli.output import line
    from loa.heartbeat import run_forever

    line(say("Bộ lịch phát đang chạy. Ctrl+C để dừng.", "The scheduler is running. Ctrl+C ends it."))
    run_forever(desk, seconds, _Teller(desk), _stand, _beside(desk, door))


@contextmanager
def _beside(desk: Desk, door: AbstractContextManager[object]) -> Iterator[None]:
    from loa.wiring.alerts import watch_of

    with door, watch_of(desk):
        yield


def _stand(standing: Standing) -> None:
    """Say whether this scheduler leads: on a shared book several may run."""
    from loa.cli.output import line
    from loa.messages import sentence

    match standing:
        case "standby":
            line(
                say("Chờ đến lượt: nếu bộ lịch phát khác đang chạy thì bộ này đứng dự bị.", "Standing by for the lead.")
            )
        case "leads":
            line(say("Bộ lịch phát này đang điều hành.", "This scheduler leads."))
        case "lost":
            line(sentence("E971", {}, lang()))


class _Teller:
    """Says what a beat did when it did something, and a trouble once, not at every beat."""

    def __init__(self, desk: Desk) -> None:
        self._clock, self._zone = desk.clock, desk.workspace.zone
        self._last = ""

    def __call__(self, result: BeatResult) -> None:
        from loa.cli.output import line

        words = _words(result)
        if result.sent or result.failed or result.held or result.missed or words != self._last:
            line(f"{self._clock.now().astimezone(self._zone):%H:%M:%S}  {words}")
            log_beat(result)
        self._last = words


def _words(result: BeatResult) -> str:
    if result.blocked:
        return say(
            "Tệp kế hoạch có lỗi nên không phát gì; xem `loa check`.",
            "The plan has problems, so nothing goes out; see `loa check`.",
        )
    if result.doubted:
        return say(
            "Chưa chắc đồng hồ máy đúng giờ nên không phát gì; xem `loa status`.",
            "The clock of this machine is in doubt, so nothing goes out; see `loa status`.",
        )
    done = say(
        f"Một nhịp: gửi {result.sent}, giữ lại {result.held}, bỏ lỡ {result.missed}.",
        f"One beat: {result.sent} sent, {result.held} held, {result.missed} missed.",
    )
    if result.failed:
        done += say(
            f" {result.failed} lượt chưa gửi được hoặc chưa rõ kết quả; xem `loa status`.",
            f" {result.failed} could not be sent, or nobody knows yet; see `loa status`.",
        )
    if result.handed:
        done += say(f" Giao máy phát phụ {result.handed} tài khoản.", f" {result.handed} accounts handed to workers.")
    if not result.stopped:
        return done
    return done + say(" Đang dừng tất cả; `loa resume` để chạy tiếp.", " All is stopped; `loa resume` to go on.")
