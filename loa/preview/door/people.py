"""Signing in and out, and the page of who has signed in: what they may do, in whose name, their PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from loa.dispatch.audit import Doer, note_deed
from loa.dispatch.people import human_of, own_rights
from loa.dispatch.pins import check_pin, let_try_again, pins_of, set_pin
from loa.dispatch.words import ROLE_NAMES, role_name
from loa.errors import ApprovalError, LoaError
from loa.messages import remedy, sentence
from loa.preview.acts import Form, act
from loa.preview.door.entry import Door, entered_again
from loa.preview.door.rights import require
from loa.preview.frame import show
from loa.preview.visits import visit_of
from loa.store.pins import PinRow
from loa.workspace import Delegation, Reviewer


@dataclass(frozen=True, slots=True)
class Choice:
    """A name to sign in with."""

    person: Reviewer
    may: tuple[str, ...]
    has_pin: bool
    is_locked: bool


class People:
    """What is behind the addresses of the door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.routes: tuple[BaseRoute, ...] = (
            Route("/enter/{token:str}", entered_again, methods=["GET"]),
            Route("/language/{lang:str}", self._language, methods=["GET"]),
            Route("/sign-in", self._sign_in_page, methods=["GET"]),
            Route("/me", self._me_page, methods=["GET"]),
            *(Route(path, act(work), methods=["POST"]) for path, work in self._deeds().items()),
        )

    def _deeds(self) -> dict[str, Callable[[Request, Form], Response]]:
        return {
            "/sign-in": self._sign_in,
            "/sign-out": self._sign_out,
            "/me/name": self._in_name_of,
            "/me/pin": self._change_pin,
            "/me/unlock": self._unlock,
            "/me/invite": self._invite,
        }

    def _language(self, request: Request) -> Response:
        self._door.session_of(request).lang = "en" if request.path_params["lang"] == "en" else "vi"
        return RedirectResponse(_inside(request.query_params.get("to", "/")), 303)

    def _sign_in_page(self, request: Request) -> Response:
        return self._choose(request, request.query_params.get("to", "/"))

    def _choose(self, request: Request, to: str, chosen: str = "", error: LoaError | None = None) -> Response:
        choices = self._choices(request)
        return show(
            request,
            "door/sign_in.html",
            status=403 if error else 200,
            choices=choices,
            to=_inside(to),
            chosen=chosen,
            asks_pin=self._asks_pin(),
            shared=self._door.address.is_shared,
            **_told(error, request),
        )

    def _choices(self, request: Request) -> list[Choice]:
        desk, lang = self._door.room.desk, visit_of(request).lang
        settings, known, now = desk.workspace.settings, pins_of(desk), desk.clock.now()
        found = ((each, known.get(each.id)) for each in settings.reviewers)
        return [
            Choice(each, _words(own_rights(settings, each), lang), row is not None, _is_locked(row, now))
            for each, row in found
        ]

    def _asks_pin(self) -> bool:
        """Where anybody has a PIN, or others may come from other machines, everybody needs one."""
        return self._door.address.is_shared or bool(pins_of(self._door.room.desk))

    def _sign_in(self, request: Request, form: Form) -> Response:
        desk, to = self._door.room.desk, form.get("to") or "/"
        person = self._listed(form.get("person"))
        asked = self._asks_pin()
        who = Doer(person, visit_of(request).origin)
        if asked:
            try:
                check_pin(desk, person, form.get("pin").strip(), who)
            except ApprovalError as error:
                return self._choose(request, to, person.id, error)
        note_deed(desk, who, "sign in", words={"pin": "yes" if asked else "no"})
        return self._as(request, person.id, to)

    def _sign_out(self, request: Request, _form: Form) -> Response:
        visit = visit_of(request)
        if visit.person:
            note_deed(self._door.room.desk, visit, "sign out")
        return self._as(request, "", "/")

    def _as(self, request: Request, person_id: str, to: str) -> Response:
        answer = RedirectResponse(_inside(to), 303)
        self._door.give(answer, self._door.sessions.renew(request.state.cookie, person_id))
        return answer

    def _listed(self, person_id: str) -> Reviewer:
        reviewers = self._door.room.desk.workspace.settings.reviewers
        for each in reviewers:
            if each.id == person_id:
                return each
        raise ApprovalError("E501", name=person_id, reviewers=", ".join(each.name for each in reviewers) or "–")

    def _me_page(self, request: Request) -> Response:
        if visit_of(request).person is None:
            return RedirectResponse("/sign-in?to=/me", 303)
        return self._me(request)

    def _me(self, request: Request, *, said: str = "", link: str = "", error: LoaError | None = None) -> Response:
        visit, desk = visit_of(request), self._door.room.desk
        me = self._myself(request)
        settings, known = desk.workspace.settings, pins_of(desk)
        return show(
            request,
            "door/me.html",
            status=403 if error else 200,
            me=me,
            may=_words(visit.rights, visit.lang),
            given=_delegations(settings.delegations, lambda each: each.given_by == me.id),
            taken=_delegations(settings.delegations, lambda each: each.to == me.id),
            names={each.id: each.name for each in settings.reviewers},
            signs_as=visit.person.id if visit.person else "",
            signs_alone="reviewer" in own_rights(settings, me),
            has_pin=me.id in known,
            locked=[each for each in settings.reviewers if _is_locked(known.get(each.id), desk.clock.now())],
            said=said,
            link=link,
            **_told(error, request),
        )

    def _myself(self, request: Request) -> Reviewer:
        """The person who acts, in whosever name."""
        return self._listed(human_of(require(visit_of(request), "author").id))

    def _in_name_of(self, request: Request, form: Form) -> Response:
        visit, wanted = visit_of(request), form.get("person")
        require(visit, "reviewer")
        if wanted and wanted not in {each.id for each in visit.stands_for}:
            raise ApprovalError("E807", name=self._myself(request).name, role="reviewer")
        self._door.session_of(request).in_name_of = wanted
        return RedirectResponse("/me", 303)

    def _change_pin(self, request: Request, form: Form) -> Response:
        desk, me = self._door.room.desk, self._myself(request)
        who = Doer(me, visit_of(request).origin)
        try:
            check_pin(desk, me, form.get("pin").strip(), who)
            set_pin(desk, me, form.get("new").strip(), who)
        except ApprovalError as error:
            return self._me(request, error=error)
        vi, en = f"Đã đổi mã PIN của {me.name}.", f"{me.name} has a new PIN."
        return self._me(request, said=en if visit_of(request).lang == "en" else vi)

    def _unlock(self, request: Request, form: Form) -> Response:
        require(visit_of(request), "admin")
        let_try_again(self._door.room.desk, self._listed(form.get("person")), visit_of(request))
        return RedirectResponse("/me", 303)

    def _invite(self, request: Request, _form: Form) -> Response:
        visit = visit_of(request)
        require(visit, "admin")
        note_deed(self._door.room.desk, visit, "invite")
        return self._me(request, link=self._door.link())


def _words(rights: frozenset[str], lang: str) -> tuple[str, ...]:
    return tuple(role_name(role, "en" if lang == "en" else "vi") for role in ROLE_NAMES if role in rights)


def _is_locked(row: PinRow | None, now: datetime) -> bool:
    return row is not None and row.locked_until is not None and row.locked_until > now


def _delegations(all_: tuple[Delegation, ...], mine: Callable[[Delegation], bool]) -> list[Delegation]:
    return [each for each in all_ if mine(each)]


def _told(error: LoaError | None, request: Request) -> dict[str, str]:
    lang = visit_of(request).lang
    if error is None:
        return {"wrong": "", "wrong_remedy": ""}
    return {
        "wrong": sentence(error.code, error.params, lang),
        "wrong_remedy": remedy(error.code, error.params, lang),
    }


def _inside(to: str) -> str:
    """An address of ours to go on to; the first page for anything else. Browsers take a backslash for a slash."""
    is_ours = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_ours else "/"
