"""The page of accounts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.preview.accounts.asking import ask_again
from loa.preview.accounts.resuming import let_go_on
from loa.preview.accounts.standing import AccountLine, accounts_of, pace_words
from loa.preview.acts import Form, act
from loa.preview.door.rights import require
from loa.preview.frame import show
from loa.preview.room import room_of
from loa.preview.small import channel_icon
from loa.preview.visits import visit_of
from loa.text import nfc

_NAMES = {
    "stopped": ("cần xử lý", "needs a person"),
    "warned": ("cần để ý", "to be watched"),
    "unasked": ("chưa kiểm tra", "not asked yet"),
    "well": ("tốt", "well"),
    "by_hand": ("người đăng", "by hand"),
}
_TONES = {"stopped": "bad", "warned": "wait", "unasked": "quiet", "well": "good", "by_hand": "quiet"}


def accounts(request: Request) -> Response:
    """All accounts that the reader asked for."""
    return _shown(request, "accounts/page.html")


def _resumed(request: Request, form: Form) -> Response:
    visit = visit_of(request)
    person = require(visit, "publisher")
    said = let_go_on(room_of(request).desk, visit, person, form.get("id"))
    return _shown(request, "accounts/list.html", said[visit.lang == "en"])


def _asked(request: Request, form: Form) -> Response:
    visit = visit_of(request)
    require(visit, "publisher")
    said = ask_again(room_of(request).desk, visit, form.get("id"))
    return _shown(request, "accounts/list.html", said[visit.lang == "en"])


def _shown(request: Request, template: str, said: str = "") -> Response:
    visit, room, asked = visit_of(request), room_of(request), request.query_params
    lines = accounts_of(room.desk, room.shown(visit.lang).views, visit.lang)
    chosen = {name: asked.get(name, "")[:100] for name in ("channel", "standing", "words")}
    return show(
        request,
        template,
        lines=[line for line in lines if _takes(chosen, line)],
        chosen=chosen,
        channels=sorted({line.account.channel for line in lines}),
        standings=[name for name in _NAMES if any(line.standing == name for line in lines)],
        standing_name=lambda name: _NAMES[name][visit.lang == "en"],
        standing_tone=_TONES.__getitem__,
        pace=lambda line: pace_words(line.pace, visit.lang),
        icon=channel_icon,
        decides="publisher" in visit.rights,
        query=request.url.query,
        said=said,
    )


def _takes(chosen: dict[str, str], line: AccountLine) -> bool:
    said = f"{line.account.name} {line.account.id} {line.unit}".casefold()
    return (
        chosen["channel"] in ("", line.account.channel)
        and chosen["standing"] in ("", line.standing)
        and all(word in said for word in nfc(chosen["words"]).casefold().split())
    )


ROUTES = (
    Route("/accounts", accounts, methods=["GET"]),
    Route("/accounts/resume", act(_resumed), methods=["POST"]),
    Route("/accounts/ask", act(_asked), methods=["POST"]),
)
