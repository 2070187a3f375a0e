"""One call of a client of X, as the routes of the imitation see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from loa.sandbox.faces.asking import json_object, parameters


@dataclass(frozen=True)
class Call:
    """Who asks what. ``values`` are query, form and JSON alike, as text; ``json`` is the JSON body as it came."""

    account: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    values: Mapping[str, str]
    files: list[bytes]
    json: Mapping[str, Any]
    new_id: Callable[[], str]


async def call_of(request: Request, account: str, new_id: Callable[[], str]) -> Call:
    """Read a request to its end."""
    kind = request.headers.get("content-type", "")
    body = await json_object(request) if kind.startswith("application/json") else {}
    values, files = await parameters(request)
    if kind.startswith("multipart/") and not files and "media" in values:
        files = [_bytes_of(values["media"])]
    return Call(account, request.path_params, request.query_params, values, files, body, new_id)


def _bytes_of(field: str) -> bytes:
    """The bytes of a part without a file name, which was read as text: UTF-8 where it is that, else Latin-1."""
    try:
        plain = field.encode("latin-1")
        plain.decode()
    except UnicodeEncodeError:
        return field.encode()
    except UnicodeDecodeError:
        return plain
    return field.encode()
