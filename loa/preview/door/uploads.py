"""Pictures that people bring along: bounded bytes, decoded in a process that may be killed, kept only anew."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from loa import render
from loa.errors import LoaError
from loa.preview.acts import MOST_BYTES, Form
from loa.text import nfc

MOST_PICTURE_BYTES = 20_000_000
_PROGRAM = Path(render.__file__).with_name("incoming.py")
_SECONDS = 20
_MOST_FIELDS = 20
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Brought:
    """A form, and the bytes of its picture as they came; empty where there is none."""

    form: Form
    picture: bytes


async def brought(request: Request, field: str) -> Brought:
    """Read a form that may have one picture in ``field``.

    Raises:
        HTTPException: 413 it is too large, 415 another kind of content, 400 it is no form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415)
    parser = MultiPartParser(
        request.headers, _bounded(request), max_files=1, max_fields=_MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400) from error
    fields = tuple((name, nfc(value)) for name, value in form.multi_items() if isinstance(value, str))
    file = form.get(field)
    data = await file.read() if isinstance(file, UploadFile) else b""
    await form.close()
    return Brought(Form(fields), data)


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    left = MOST_PICTURE_BYTES + MOST_BYTES
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise HTTPException(413)
        yield chunk


def clean_picture(data: bytes) -> bytes:
    """The same picture made anew, as a JPEG without what was beside its pixels; takes up to 20 seconds.

    Raises:
        LoaError: E814, it is no PNG, JPEG or WEBP, is broken, too large, or took too long.
    """
    if not data.startswith(_STARTS) or len(data) > MOST_PICTURE_BYTES:
        raise LoaError("E814")
    command = [sys.executable, "-I", str(_PROGRAM)]
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="loa-upload-") as nowhere:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False, cwd=nowhere)
        except subprocess.TimeoutExpired as error:
            raise LoaError("E814") from error
    if done.returncode != 0 or not done.stdout:
        raise LoaError("E814")
    return done.stdout
