"""The pages and the acts of Duyệt."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from loa.dispatch import RETURN
from loa.dispatch.looking import look
from loa.dispatch.people import human_of
from loa.dispatch.remarks import Spot, remark, settle
from loa.dispatch.reviewing import decide_seen, standing_of
from loa.errors import ApprovalError
from loa.messages import remedy, sentence
from loa.preview.acts import Form, act
from loa.preview.door.rights import require
from loa.preview.frame import Page, show
from loa.preview.review.queue import MOST_AT_ONCE, WINDOW, Choice
from loa.preview.review.scene import Scene, scene_of, seen_of, token
from loa.preview.review.told import Done, pictures, remarks_told, thumb, versions_told
from loa.preview.room import room_of
from loa.preview.small import channel_icon
from loa.preview.visits import visit_of

_PARTS = {"queue": "review/queue.html", "standing": "review/standing.html", "remarks": "review/remarks.html"}
_ON_A_REFUSAL = {"HX-Retarget": "#told", "HX-Reswap": "innerHTML", "HX-Trigger": "book-changed"}


def review(request: Request) -> Response:
    """The whole page, or for htmx its desk, or one part of it."""
    asked = request.query_params
    part = asked.get("part", "")
    scene = scene_of(request, request.path_params.get("id"))
    if part in _PARTS:
        return _shown(request, scene, _PARTS[part], known=asked.get("mark", ""), is_part=True)
    is_part = _by_htmx(request) and "hx-history-restore-request" not in request.headers
    return _shown(request, scene, "review/desk.html" if is_part else "review/page.html")


def _shown(request: Request, scene: Scene, template: str, **more: Any) -> Response:
    view = scene.place.view if scene.place and not scene.place.sheet else None
    desk, lang = scene.room.desk, scene.visit.lang
    values: dict[str, Any] = {
        "scene": scene,
        "choice": scene.choice,
        "place": scene.place,
        "view": view,
        "device": scene.choice.look,
        "window": _window(scene),
        "standing": standing_of(desk, view.id, lang) if view else None,
        "versions": versions_told(desk, view) if view else (),
        "remarks": remarks_told(desk, view) if view else (),
        "token": token,
        "pictures": pictures,
        "thumb": thumb,
        "symbol": channel_icon,
        "most_at_once": MOST_AT_ONCE,
        "page_size": WINDOW,
        "known": scene.mark,
        "is_part": False,
        "done": None,
    }
    return show(request, template, **values | more)


def _window(scene: Scene) -> tuple[int, int]:
    """First and last (excluded) of the slots that the queue shows: those around the one on show."""
    page = scene.choice.page
    here = scene.slots.index(scene.place.slot) if scene.place else 0
    first = (int(page) if page.isdecimal() else here // WINDOW) * WINDOW
    return first, min(first + WINDOW, len(scene.slots))


def decided(request: Request, form: Form) -> Response:
    """Approve, return or take back what the form says was seen; then the next halt of the queue."""
    visit, room = visit_of(request), room_of(request)
    require(visit, "reviewer")
    scene = scene_of(request, _number(form.get("at")))
    decision, seen = form.get("decision"), [seen_of(each) for each in form.all("seen")]
    if decision not in ("approve", RETURN, "take back"):
        raise ApprovalError("E824")
    try:
        done = decide_seen(room.desk, seen, visit, decision, form.get("note"))
    except ApprovalError as error:
        return _refused(request, scene, error)
    halt = scene.place.after if scene.place and decision != "take back" else None
    choice, at = scene.choice, scene.place.view.id if scene.place and decision == "take back" else None
    if halt:
        choice, at = Choice.asked({**request.query_params, "sheet": "1" if halt.sheet else ""}), halt.delivery_id
    if not _by_htmx(request):
        return RedirectResponse(choice.address(at), 303)
    answer = _shown(request, scene_of(request, at, choice), "review/desk.html", done=Done.of(decision, done))
    answer.headers["HX-Push-Url"] = choice.address(at)
    return answer


def _refused(request: Request, scene: Scene, error: ApprovalError) -> Response:
    """Why nothing was recorded, and where to look."""
    if not _by_htmx(request):
        raise error
    lang, number = scene.visit.lang, error.params.get("id", "")
    answer = show(
        request,
        "review/refused.html",
        status=409,
        code=error.code,
        text=sentence(error.code, error.params, lang),
        remedy=remedy(error.code, error.params, lang),
        number=number,
        address=scene.choice.address(_number(number), sheet=""),
    )
    answer.headers.update(_ON_A_REFUSAL)
    return answer


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else None


def looked(request: Request, form: Form) -> Response:
    """Tick what was really opened. Who has not signed in leaves no tick."""
    visit = visit_of(request)
    if visit.person is not None:
        look(room_of(request).desk, human_of(visit.person.id), [seen_of(each) for each in form.all("seen")])
    return Response(status_code=204)


def remarked(request: Request, form: Form) -> Response:
    """Take in a remark on a spot or on the text; the remarks as they are now."""
    visit = visit_of(request)
    require(visit, "author")
    seen = seen_of(form.get("seen"))
    spot = Spot(form.get("asset"), _number(form.get("x")) or 0, _number(form.get("y")) or 0)
    try:
        remark(room_of(request).desk, seen, spot, form.get("words"), visit)
    except ApprovalError as error:
        return _refused(request, scene_of(request, seen.delivery_id), error)
    return _remarks(request, seen.delivery_id)


def settled(request: Request, form: Form) -> Response:
    """Note that a remark is dealt with; the remarks as they are now."""
    visit = visit_of(request)
    require(visit, "author")
    settle(room_of(request).desk, _number(form.get("number")) or 0, visit)
    return _remarks(request, _number(form.get("at")))


def _remarks(request: Request, at: int | None) -> Response:
    scene = scene_of(request, at)
    if _by_htmx(request):
        return _shown(request, scene, "review/remarks.html")
    return RedirectResponse(scene.choice.address(at), 303)


def _by_htmx(request: Request) -> bool:
    """Otherwise the form was sent before the page's script had taken hold of it, and a page is the answer."""
    return request.headers.get("hx-request") == "true"


PAGE = Page(
    "/review",
    "Duyệt",
    "Review",
    "review",
    (
        Route("/review", review, methods=["GET"]),
        Route("/review/{id:int}", review, methods=["GET"]),
        Route("/review/decide", act(decided), methods=["POST"]),
        Route("/review/looked", act(looked), methods=["POST"]),
        Route("/review/remark", act(remarked), methods=["POST"]),
        Route("/review/settle", act(settled), methods=["POST"]),
    ),
)
