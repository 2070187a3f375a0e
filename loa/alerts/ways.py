"""Two of the ways to the office: a command of its own, and a letter through its mail server. Both are bounded."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from loa.alerts.notice import Notice
from loa.errors import LoaError

COMMAND_SECONDS = 30.0
MAIL_SECONDS = 60.0
_EACH_ANSWER_SECONDS = 20.0
_SUBMISSION, _WRAPPED = 587, 465
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "COMSPEC", "PATHEXT")
"""All that a command is given of our environment: no secret, no address of a database."""


def run_command(argv: Sequence[str], folder: Path, notice: Notice, seconds: float = COMMAND_SECONDS) -> None:
    """Start the office's own command in ``folder`` with the notice as JSON on its standard input.

    Raises:
        LoaError: E987, it cannot be started, does not end in time or ends badly.
    """
    words = json.dumps({"subject": notice.subject, "text": notice.body, **notice.data}, ensure_ascii=False)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            argv, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise LoaError("E987", way=argv[0], detail=type(error).__name__) from None
    try:
        process.communicate(words.encode(), timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise LoaError("E987", way=argv[0], detail=f"> {seconds:.0f} s") from None
    if process.returncode:
        raise LoaError("E987", way=argv[0], detail=process.returncode)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and whatever it has started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server, and between whom the letter goes."""

    server: str
    """host:port; 587 where no port is given."""
    sender: str
    to: str
    user: str = ""
    password: Callable[[], str] | None = None
    """Asked for when a letter is sent; raises LoaError where the secret is not there."""


def send_mail(box: Mailbox, notice: Notice, seconds: float = MAIL_SECONDS) -> None:
    """Hand one letter to the mail server. Beyond this machine it travels only inside TLS.

    Raises:
        LoaError: E999, the server cannot be reached, is not to be trusted or does not take it in time.
    """
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = notice.subject, box.sender, box.to
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(notice.body)
    password = box.password() if box.password else ""
    try:
        with _connected(box.server, seconds) as server:
            if box.user:
                server.login(box.user, password)
            server.send_message(letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ssl's errors are OSErrors
        code = getattr(error, "smtp_code", "")
        raise LoaError("E999", way=box.to, detail=f"{type(error).__name__} {code}".strip()) from None


class _Server(smtplib.SMTP):
    """A mail server that is hung up on after so many seconds, however slowly it trickles."""

    def __init__(self, seconds: float, host: str, port: int, **options: Any) -> None:
        self._over = threading.Timer(seconds, self._hang_up)
        self._over.daemon = True
        self._over.start()
        super().__init__(host, port, timeout=_EACH_ANSWER_SECONDS, **options)

    def _hang_up(self) -> None:
        with suppress(OSError, AttributeError):  # not connected yet, or not any more
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None is what AttributeError stands for

    def close(self) -> None:
        self._over.cancel()
        super().close()


class _WrappedServer(_Server, smtplib.SMTP_SSL):
    """The same, inside TLS from the first byte."""


@contextmanager
def _connected(place: str, seconds: float) -> Iterator[smtplib.SMTP]:
    host, port = parted(place)
    trusted = ssl.create_default_context()
    if port == _WRAPPED:
        with _WrappedServer(seconds, host, port, context=trusted) as server:
            yield server
        return
    with _Server(seconds, host, port) as server:
        server.ehlo()
        if host not in _LOOPBACK or server.has_extn("starttls"):
            server.starttls(context=trusted)
            server.ehlo()
        yield server


def parted(place: str) -> tuple[str, int]:
    """host:port in two; the port of submission where none is given.

    Raises:
        ValueError: it is no place of a server.
    """
    host, colon, port = place.rpartition(":")
    if not colon:
        return place, _SUBMISSION
    return host.strip("[]"), int(port)
