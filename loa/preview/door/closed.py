"""What is answered to whom is not let in: why, and how to get in. Nothing else: no file, no name, no picture."""

from __future__ import annotations

import base64
import hashlib

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from loa.messages import Lang, remedy, sentence
from loa.preview.frame import STATIC, templates

_STYLE = (STATIC / "closed.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"


def refusal(request: Request, code: str, address: str, lang: Lang) -> Response:
    """A page of its own; to a part of a page that asked, a message for the place above it."""
    words = {"code": code, "lang": lang, "address": address}
    words |= {"text": sentence(code, {"address": address}, lang), "remedy": remedy(code, {"address": address}, lang)}
    if request.headers.get("hx-request") == "true":
        part = templates.get_template("door/closed_part.html").render(**words)
        return HTMLResponse(part, 403, {"HX-Retarget": "#told", "HX-Reswap": "innerHTML"})
    return self_contained("door/closed.html", 403, **words)


def self_contained(template: str, status: int = 200, **words: str) -> Response:
    """A page that needs no other file: its style is in it, and named to the browser by its hash."""
    text = templates.get_template(template).render(style=_STYLE, **words)
    return HTMLResponse(text, status, {"content-security-policy": _POLICY})
