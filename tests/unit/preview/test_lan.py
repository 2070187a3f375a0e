"""The desk for other machines: never without PINs, never over a line that can be read, or behind a proxy."""

import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.office import make_office
from support.processes import LOA, clean_environment, loa

PROXY = "https://loa.tinh.example"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("bare") / "office")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which everybody who may decide has a PIN."""
    root = make_office(tmp_path_factory.mktemp("lan") / "office")
    for person, pin in (("lan", "482915"), ("binh", "730164")):
        assert loa("people", "pin", person, cwd=root, typed=pin).returncode == 0
    return root


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return cert, secret


def refused(office: Path, *words: str | Path) -> str:
    done = loa("preview", "--port", "0", "--lan", *words, cwd=office)
    assert done.returncode != 0
    return done.stderr


def test_without_pins_it_is_not_opened(bare: Path, certificate: tuple[Path, Path]) -> None:
    told = refused(bare, "--host", "127.0.0.1", "--cert", certificate[0], "--key", certificate[1])
    assert "E812" in told
    assert "Nguyễn Thị Lan, Trần Văn Bình" in told


def test_over_a_line_that_can_be_read_it_is_not_opened(office: Path, certificate: tuple[Path, Path]) -> None:
    assert "E813" in refused(office)
    assert "E813" in refused(office, "--cert", certificate[0])
    assert "E813" in refused(office, "--cert", certificate[0], "--key", certificate[0])
    assert "E813" in refused(office, "--cert", certificate[0], "--key", "none.pem")
    for proxy in ("http://loa.tinh.example", "loa.tinh.example", "https://loa.tinh.example/desk", "https://"):
        assert "E813" in refused(office, "--behind-proxy", proxy)


def opened(office: Path, *words: str | Path) -> Iterator[tuple[str, str]]:
    """What it says, and the address that it tells."""
    command = [*LOA, "preview", "--port", "0", "--lan", *map(str, words)]
    with subprocess.Popen(command, cwd=office, env=clean_environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            said = ""
            while "/enter/" not in said:
                said += process.stdout.readline() or sys.exit("it has ended")
            yield said, said.split("/enter/")[0].rpartition(" ")[2]
        finally:
            process.terminate()
            process.wait(20)


def test_with_a_certificate_it_speaks_tls_and_its_cookie_never_leaves_it(
    office: Path, certificate: tuple[Path, Path]
) -> None:
    for said, origin in opened(office, "--host", "127.0.0.1", "--cert", certificate[0], "--key", certificate[1]):
        assert origin.startswith("https://127.0.0.1:")
        assert "mã PIN" in said
        trusted = ssl.create_default_context(cafile=str(certificate[0]))
        link = said[said.index(origin) :].split()[0]
        with urllib.request.urlopen(link, context=trusted, timeout=60) as answer:
            cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-loa-")
        assert {"httponly", "secure", "samesite=strict", "path=/"} <= set(cookie.lower().split("; "))


def test_behind_a_proxy_only_the_name_of_the_proxy_is_answered(office: Path) -> None:
    for said, origin in opened(office, "--behind-proxy", PROXY):
        assert origin == PROXY
        assert f"{PROXY}/enter/" in said
