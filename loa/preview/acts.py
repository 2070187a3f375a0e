"""What people do on a page: a bounded form comes in, work is done in a thread, a refusal is told in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from loa.errors import LoaError
from loa.messages import remedy, sentence
from loa.preview.frame import show
from loa.preview.visits import visit_of
from loa.text import nfc

MOST_BYTES = 64 * 1024
_MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, in NFC and in the order in which they were sent; a field may come more than once."""

    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The value of a field; an empty text where it was not sent."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return [value for each, value in self.fields if each == name]


def act(work: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The end of a POST: ``work`` runs in a thread. A ``LoaError`` becomes a message on the page."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request)
        try:
            return await run_in_threadpool(work, request, form)
        except LoaError as error:
            return told(request, error)

    return endpoint


def told(request: Request, error: LoaError, status: int = 409) -> Response:
    """What is wrong and what to do, in the page's place for messages; a page of its own without htmx."""
    lang, params = visit_of(request).lang, error.params
    words = {"code": error.code, "text": sentence(error.code, params, lang), "remedy": remedy(error.code, params, lang)}
    if request.headers.get("hx-request") != "true":
        return show(request, "refused.html", status=status, **words)
    answer = show(request, "message_box.html", status=status, **words)
    answer.headers["HX-Retarget"] = "#told"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


async def _form(request: Request) -> Form:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return Form(tuple((name, nfc(value)) for name, value in fields))
