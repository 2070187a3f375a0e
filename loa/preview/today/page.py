"""The page of today."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.dispatch import DeliveryView
from loa.messages import Lang, remedy, sentence
from loa.preview.frame import show
from loa.preview.room import Room, room_of
from loa.preview.small import channel_icon, first_picture
from loa.preview.today.choices import Choice, advice_of
from loa.preview.today.facts import FEW, MANY, is_standing, look
from loa.preview.today.words import advice, countdown, group_name, span
from loa.preview.visits import visit_of

_NO_WORDS = ("", "")


def today(request: Request) -> Response:
    """The whole page."""
    return _shown(request, "today/page.html")


def body(request: Request, said: tuple[str, str] = _NO_WORDS) -> Response:
    """What moves with the book; after a deed with what was done, in both languages."""
    return _shown(request, "today/body.html", said)


def _shown(request: Request, template: str, said: tuple[str, str] = _NO_WORDS) -> Response:
    visit, room = visit_of(request), room_of(request)
    lang, every = visit.lang, request.query_params.get("all") == "1"
    return show(
        request,
        template,
        today=look(room.desk, visit.person, lang, MANY if every else FEW),
        every=every,
        said=said[lang == "en"],
        picture=first_picture,
        countdown=lambda seconds: countdown(seconds, lang),
        span=lambda seconds: span(seconds, lang),
        is_standing=is_standing,
        icon=channel_icon,
        reason_of=lambda code, params: sentence(code, params, lang),
        remedy_of=lambda code, params: remedy(code, params, lang),
        account_name=lambda account: _account_name(room, account),
        group_name=lambda name: group_name(name, lang),
        advice=lambda view, choices: _advice(view, choices, lang),
        decides="publisher" in visit.rights,
    )


def _account_name(room: Room, account: str) -> str:
    accounts = room.desk.workspace.settings.accounts
    return next((each.name for each in accounts if each.id == account), account)


def _advice(view: DeliveryView, choices: tuple[Choice, ...], lang: Lang) -> str:
    name = advice_of(view, choices)
    return advice(name, lang) if name else view.remedy


ROUTES = (Route("/today", today, methods=["GET"]), Route("/today/body", body, methods=["GET"]))
