"""The one door to the network: sessions with deadlines that know whether a byte has left this machine.

Every failed call is one of two things, and the difference decides whether a citizen gets a message twice:
``NotSent`` (the connection never stood, so nothing can have been accepted) and ``InDoubt`` (bytes may have left).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util.retry import Retry

from publishers.connection import TOTAL_SECONDS, pools
from publishers.shapes import read_object

Session = requests.Session

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
MAX_ANSWER_BYTES = 4 * 1024 * 1024
_NUMBER = re.compile(r"(?<!\d)(?:(?:\+|00)?84|0)[ .()-]{0,2}[35789](?:[ .-]?\d){8}(?!\d)")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

T = TypeVar("T")


class NotSent(Exception):  # noqa: N818 - a named outcome, not a programmer's error
    """The connection never stood: the platform cannot have accepted anything."""


class InDoubt(Exception):  # noqa: N818 - a named outcome, not a programmer's error
    """Bytes may have reached the platform, and its answer did not reach us."""


class InsecureAddress(requests.RequestException):
    """Plain http to another machine: a token would travel in the clear."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform answered. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> dict[str, Any] | None:
        """The body as a JSON object; None when it is anything else (a 200 with plain text does happen)."""
        return read_object(self.body)


def new_session(total_seconds: float = TOTAL_SECONDS, most_bytes: int = MAX_ANSWER_BYTES) -> Session:
    """A session for one account and one thread: no proxies from the environment, no retries, no redirects.

    No call of it lasts longer than ``total_seconds``, however slowly the answer trickles in; no answer is longer than
    ``most_bytes``.
    """
    session = _StraightSession()
    session.trust_env = False
    session.mount("https://", GuardedAdapter(total_seconds, most_bytes))
    session.mount("http://", GuardedAdapter(total_seconds, most_bytes))
    return session


def call(session: Session, method: str, url: str, **parts: Any) -> Answer:
    """One request, one answer.

    Raises:
        NotSent: the connection never stood.
        InDoubt: bytes may have left and no whole answer came back.
    """
    return answer_of(guarded(lambda: session.request(method, url, **parts)))


def guarded(work: Callable[[], T]) -> T:
    """Run ``work`` and name its network failure; texts of exceptions hold addresses and are dropped."""
    try:
        return work()
    except requests.RequestException as error:
        root = _root(error)
        if _never_left(error):
            raise NotSent(type(root).__name__) from None
        raise InDoubt(type(root).__name__) from None


def answer_of(response: requests.Response) -> Answer:
    """A response of the library in our own form."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content)


def redact(text: str, secrets: Mapping[str, str]) -> str:
    """``text`` fit for the book and the log: no secret of the account, no token, no phone number, not long."""
    for value in sorted(secrets.values(), key=len, reverse=True):
        if value:
            text = text.replace(value, "***")
    # The scheme first: otherwise it is taken for the value, and the token after it stays.
    text = re.sub(r"(?i)\b(bearer|oauth)\s+[\w.\-~+/=|]+", r"\1 ***", text)
    text = re.sub(
        r"(?i)(access_token|secret|token|api_?key|authorization)([=:]\s*|\"\s*:\s*\")[^\s&\",]+", r"\1=***", text
    )
    text = _NUMBER.sub(lambda found: f"***{found[0][-3:]}", text)
    return text[:300]


class GuardedAdapter(HTTPAdapter):
    """Gives every call its deadlines and a longest answer, and tells a refused connection from a lost answer."""

    def __init__(self, total_seconds: float = TOTAL_SECONDS, most_bytes: int = MAX_ANSWER_BYTES) -> None:
        self._total_seconds = total_seconds
        self._most_bytes = most_bytes
        super().__init__(max_retries=Retry(0, connect=0, read=False, redirect=0, status=0, other=0))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools(self._total_seconds)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        _refuse_clear_text(request)
        names = ("stream", "timeout", "verify", "cert", "proxies")
        options = {**dict(zip(names, args, strict=False)), **options, "stream": True}
        options["timeout"] = options.get("timeout") or (CONNECT_SECONDS, READ_SECONDS)
        response = super().send(request, **options)
        response.raw = BytesIO(_whole_body(response, self._most_bytes))
        return response


class _StraightSession(Session):
    """Follows no redirect: a platform that moved is a setting to change, not a place to carry a token to."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - the answer is always no
        return None


def _whole_body(response: requests.Response, most_bytes: int) -> bytes:
    body = bytearray()
    try:
        while piece := response.raw.read1(65536, decode_content=True):
            body += piece
            if len(body) > most_bytes:
                raise requests.ReadTimeout("the answer is too long")
    except (HTTPError, OSError) as error:
        if isinstance(error, requests.RequestException):
            raise
        raise requests.ConnectionError("the answer broke off") from error
    finally:
        if len(body) > most_bytes:
            response.raw.close()
        response.raw.release_conn()
    return bytes(body)


def _refuse_clear_text(request: requests.PreparedRequest) -> None:
    parts = urlsplit(request.url or "")
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise InsecureAddress("plain http to another machine")


_UNMADE = (
    requests.ConnectTimeout,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    InsecureAddress,
)
"""No connection, or not even a request: a wrong address or key in the settings puts nothing in doubt."""


def _never_left(error: requests.RequestException) -> bool:
    if isinstance(error, _UNMADE):
        return True
    return isinstance(_root(error), NewConnectionError | ConnectTimeoutError)


def _root(error: BaseException) -> BaseException:
    """The innermost named cause: requests wraps urllib3's MaxRetryError, which wraps what happened."""
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return reason if isinstance(reason, BaseException) else error
