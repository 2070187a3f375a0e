"""A real SMTP server on this machine, and a certificate for it."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class MailServer:
    """What it was handed, and with which login."""

    place: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuse:
            return self.refuse
        letter = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.secure.append(session.ssl is not None)
        return "250 OK"

    def check(self, _server: object, _session: object, _envelope: object, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=True)


@contextmanager
def mail_server(
    host: str = "127.0.0.1", certificate: Path | None = None, *, login: bool = False
) -> Iterator[MailServer]:
    """A server on a free port; with a certificate it offers STARTTLS."""
    server = MailServer()
    options: dict[str, Any] = {"authenticator": server.check, "auth_require_tls": True} if login else {}
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
        options["tls_context"] = tls
    controller = _Anywhere(server, hostname=host, port=0, **options)
    controller.start()
    try:
        assert controller.server
        server.place = f"{host}:{controller.server.sockets[0].getsockname()[1]}"
        yield server
    finally:
        controller.stop()


class _Anywhere(Controller):
    """A controller on a port that is known only when it listens."""

    def _trigger_server(self) -> None:
        """The base class knocks at the port that it was given."""
        assert self.server
        with socket.create_connection(self.server.sockets[0].getsockname(), 5) as knock:
            knock.recv(1024)


def certificate_for(folder: Path, address: str) -> Path:
    """A certificate and its key in one file, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
