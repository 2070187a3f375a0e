"""Reading a request the way lenient platforms do: query, form and JSON alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

MAX_PART = 512 * 1024 * 1024


async def parameters(request: Request) -> tuple[dict[str, str], list[bytes]]:
    """Named values of query and body as text (JSON values re-encoded), and the bytes of uploaded files."""
    values: dict[str, str] = dict(request.query_params)
    files: list[bytes] = []
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        values |= {name: _as_text(value) for name, value in (await json_object(request)).items()}
    elif kind:
        async with request.form(max_part_size=MAX_PART) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.append(await value.read())
                else:
                    values[name] = value
    return values, files


async def json_object(request: Request) -> Mapping[str, Any]:
    """The JSON object of the body; an empty one when it is anything else."""
    try:
        found = json.loads(await request.body())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
