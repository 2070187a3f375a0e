"""Who calls by HTTP Basic, and with which key a gateway signs what it tells that caller."""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request

from loa.sandbox.world import ANY_ACCOUNT, World


def credentials(request: Request) -> tuple[str, str]:
    """Name and password of a call; two empty strings where there are none."""
    kind, _, coded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password


def signing_key(world: World, account: str) -> bytes:
    """The key that the account and its gateway share: all secrets of an account have one value in a sandbox."""
    known = (token for token, owner in (world.tokens or {}).items() if owner == account)
    return next(known, ANY_ACCOUNT + account).encode()
