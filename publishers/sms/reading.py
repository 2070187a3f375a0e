"""What gateways write: numbers in their several forms, and the calls that they make to our door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from loa.delivery import WebhookCall
from loa.errors import LoaError
from publishers.shapes import read_object

COUNTRY = "+84"
_MOBILE = re.compile(r"(?:\+?84|0084|0)?([35789]\d{8})", re.ASCII)

_MAYBE_A_NUMBER = re.compile(r"\+?\d(?:(?:[\s.,()/_:-]|%20|%2B){0,3}\d){8,}")


def local(number: str) -> str:
    """0912345678 of +84912345678."""
    return f"0{number.removeprefix(COUNTRY)}"


def bare(number: str) -> str:
    """84912345678 of +84912345678."""
    return number.removeprefix("+")


def e164(words: object) -> str:
    """+84912345678 of what a gateway writes for it; empty for what is no Vietnamese mobile number."""
    found = _MOBILE.fullmatch(re.sub(r"[\s.()-]", "", str(words)))
    return f"{COUNTRY}{found[1]}" if found else ""


def form_of(call: WebhookCall) -> Mapping[str, str]:
    """Query and form fields of a call, names in lower case, without what no book can hold.

    Raises:
        LoaError: E742, the body is no form.
    """
    try:
        sent = parse_qsl(call.body.decode(), keep_blank_values=True) if call.body else []
    except ValueError:
        raise LoaError("E742") from None
    return {name.lower(): kept(value) for name, value in [*call.query.items(), *sent]}


def object_of(call: WebhookCall) -> dict[str, Any]:
    """The JSON object of a call's body.

    Raises:
        LoaError: E742, it is none.
    """
    found = read_object(call.body)
    if found is None:
        raise LoaError("E742")
    return found


def unnumbered(words: str) -> str:
    """Words of a gateway without anything that may be a person's number, however it is spelled."""
    return _MAYBE_A_NUMBER.sub("***", words)


def kept(words: object) -> str:
    """Words as the book can hold them: no half signs, no NUL."""
    return str(words).encode(errors="replace").decode().replace("\0", "?")
