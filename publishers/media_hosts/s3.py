"""A bucket that speaks Amazon's S3: the signature of one GET or PUT (Signature Version 4), nothing else of it.

botocore would sign it too, but it is a hundred times the size of what is needed here; the tests hold this
signature against botocore's.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from loa.clock import Clock
from loa.delivery import Attachment
from publishers.approved import approved_bytes
from publishers.http import Answer, Session, call
from publishers.media_hosts.refusal import HostRefused

OK, NOT_FOUND, BROKEN, FULL = 200, 404, 500, 507
LATER = frozenset({408, 425, 429})
SERVICE = "s3"
ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket with its address, in path style: ``https://<endpoint>/<bucket>/<name>``."""

    endpoint: str
    name: str
    region: str

    def url_of(self, name: str) -> str:
        return f"{self.endpoint}/{quote(self.name)}/{quote(name)}"


class _Signed:
    """Calls to a bucket, each signed with its key."""

    def __init__(self, bucket: Bucket, key: str, secret: str, clock: Clock, session: Session) -> None:
        self._bucket = bucket
        self._key = key
        self._secret = secret
        self._clock = clock
        self._session = session

    def _send(self, method: str, name: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        url = self._bucket.url_of(name)
        signed = sign(method, url, headers, self._bucket.region, self._key, self._secret, self._clock.now())
        return call(self._session, method, url, data=data, headers=signed)


class S3Host(_Signed):
    """Puts files into a bucket. Who may read them is the bucket's own policy."""

    def put(self, name: str, item: Attachment) -> None:
        headers = {"content-type": item.media_type, "x-amz-content-sha256": item.sha256}
        status = self._send("PUT", name, approved_bytes(item, self._clock), headers).status
        if status != OK:
            raise HostRefused(f"S3: HTTP {status}", status=status)


class S3Store(_Signed):
    """Files of our own in a bucket, read and written by the same key; nobody else need see them."""

    def read(self, name: str) -> bytes | None:
        """The file of this name; None where there is none.

        Raises:
            NotSent, InDoubt: (``publishers.http``) the network failed. Busy: ask again later. HostRefused: it said no.
        """
        answer = self._call("GET", name, b"")
        if answer.status == NOT_FOUND and _code(answer) != "NoSuchBucket":
            return None
        _judge(answer)
        return answer.body

    def write(self, name: str, data: bytes) -> None:
        """Put a file under this name, whole or not at all.

        Raises:
            NotSent, InDoubt, Busy, HostRefused: as ``read``; doing it again does no harm.
        """
        _judge(self._call("PUT", name, data))

    def _call(self, method: str, name: str, data: bytes) -> Answer:
        headers = {"x-amz-content-sha256": hashlib.sha256(data).hexdigest()}
        if method == "PUT":
            headers["content-type"] = "application/octet-stream"
        return self._send(method, name, data or None, headers)


class Busy(Exception):  # noqa: N818 - a named outcome
    """The bucket cannot answer now; nothing speaks against asking again."""


def _judge(answer: Answer) -> None:
    if answer.status == OK:
        return
    told = " ".join(filter(None, (f"HTTP {answer.status}", _code(answer))))
    if answer.status in LATER or (answer.status >= BROKEN and answer.status != FULL):
        raise Busy(told)
    raise HostRefused(told, status=answer.status)


def _code(answer: Answer) -> str:
    """What S3 calls its refusal: ``AccessDenied``, ``NoSuchBucket``, ``RequestTimeTooSkewed``."""
    found = re.search(rb"<Code>([A-Za-z]{1,60})</Code>", answer.body)
    return found[1].decode() if found else ""


def sign(
    method: str, url: str, headers: Mapping[str, str], region: str, key: str, secret: str, moment: datetime
) -> dict[str, str]:
    """``headers`` (names in lower case) with ``x-amz-date`` and the ``Authorization`` of a call without a query."""
    at = moment.astimezone(UTC)
    stamp, day = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}"
    parts = urlsplit(url)
    signed = {**headers, "host": parts.netloc, "x-amz-date": stamp}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    request = "\n".join([method, parts.path, "", lines, names, headers["x-amz-content-sha256"]])
    scope = f"{day}/{region}/{SERVICE}/aws4_request"
    wanted = "\n".join([ALGORITHM, stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    proof = hmac.new(_key(secret, day, region), wanted.encode(), hashlib.sha256).hexdigest()
    credential = f"{ALGORITHM} Credential={key}/{scope}, SignedHeaders={names}, Signature={proof}"
    return {**headers, "x-amz-date": stamp, "Authorization": credential}


def _key(secret: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, SERVICE, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
