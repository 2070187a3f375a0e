"""A bucket that speaks Amazon's S3: the signature of one PUT (Signature Version 4), nothing else of it.

botocore would sign it too, but it is a hundred times the size of what is needed here; the tests hold this
signature against botocore's.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from loa.clock import Clock
from loa.delivery import Attachment
from publishers.approved import approved_bytes
from publishers.http import Session, call
from publishers.media_hosts.refusal import HostRefused

OK = 200
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


class S3Host:
    """Puts files into a bucket. Who may read them is the bucket's own policy."""

    def __init__(self, bucket: Bucket, key: str, secret: str, clock: Clock, session: Session) -> None:
        self._bucket = bucket
        self._key = key
        self._secret = secret
        self._clock = clock
        self._session = session

    def put(self, name: str, item: Attachment) -> None:
        url = self._bucket.url_of(name)
        headers = {"content-type": item.media_type, "x-amz-content-sha256": item.sha256}
        signed = sign_put(url, headers, self._bucket.region, self._key, self._secret, self._clock.now())
        status = call(self._session, "PUT", url, data=approved_bytes(item, self._clock), headers=signed).status
        if status != OK:
            raise HostRefused(f"S3: HTTP {status}", status=status)


def sign_put(
    url: str, headers: Mapping[str, str], region: str, key: str, secret: str, moment: datetime
) -> dict[str, str]:
    """``headers`` (names in lower case) with ``x-amz-date`` and the ``Authorization`` of a PUT without a query."""
    at = moment.astimezone(UTC)
    stamp, day = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}"
    parts = urlsplit(url)
    signed = {**headers, "host": parts.netloc, "x-amz-date": stamp}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    request = "\n".join(["PUT", parts.path, "", lines, names, headers["x-amz-content-sha256"]])
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
