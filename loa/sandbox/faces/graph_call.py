"""One call to the imitation Graph API, read as leniently as Meta reads it: query, form, multipart and JSON alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request

from loa.sandbox.faces.asking import MAX_PART, json_object

BODY_IS_WORDS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Part:
    """An uploaded file."""

    name: str
    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked, with everything that Meta takes from any of its places already in one."""

    method: str
    version: str
    object: str
    edge: str
    values: Mapping[str, str]
    files: tuple[Part, ...]
    headers: Mapping[str, str]
    body: bytes
    base: str
    url: str

    @property
    def token(self) -> str:
        """From the header in either of its forms, else from the parameters."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme in {"Bearer", "OAuth"} else self.values.get("access_token", "")


async def read_call(request: Request) -> Call:
    """Read a request to its end; the parameter ``method`` overrules the verb, as in the Graph API."""
    values: dict[str, str] = dict(request.query_params)
    files: list[Part] = []
    body = b""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        values |= {name: _as_text(value) for name, value in (await json_object(request)).items()}
    elif kind.startswith(BODY_IS_WORDS):
        async with request.form(max_part_size=MAX_PART) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.append(Part(name, value.filename or "", await value.read()))
                else:
                    values[name] = value
    else:
        body = await _raw(request)
    places = request.path_params
    return Call(
        values.pop("method", request.method).upper(),
        places["version"],
        places["object"],
        places.get("edge", ""),
        values,
        tuple(files),
        request.headers,
        body,
        str(request.base_url),
        str(request.url),
    )


async def _raw(request: Request) -> bytes:
    """The body as far as it came: an upload that breaks off leaves what had arrived."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
    except ClientDisconnect:
        pass
    return bytes(body)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
