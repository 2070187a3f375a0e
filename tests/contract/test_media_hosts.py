"""Where pictures become public: a folder, a WebDAV server, a bucket, each against a real server of its kind."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from werkzeug.serving import WSGIRequestHandler, make_server
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

from loa.clock import SimulatedClock, SystemClock
from loa.delivery import Account, Attachment, RetryLater
from loa.errors import LoaError
from publishers.common import Halt
from publishers.http import InDoubt, NotSent, new_session
from publishers.media_hosts import HostRefused, Shelf, encoded, open_shelf
from publishers.media_hosts.folder import FolderHost
from publishers.media_hosts.s3 import sign

from .conftest import holding, png

PASSWORD = "sandbox-mật-khẩu"
SECRET = "sandbox-bí mật/+="


@pytest.fixture
def picture(tmp_path: Path) -> Attachment:
    data = png("anh")
    place = tmp_path / "anh.png"
    place.write_bytes(data)
    return Attachment("picture", place, hashlib.sha256(data).hexdigest(), "image/png", 8, 8)


@dataclass
class Office:
    """The settings of an office, and what they make."""

    hosts: Mapping[str, str]
    secrets: Mapping[str, str]
    folder: Path | None = None

    def shelf(self, **changes: str) -> Shelf:
        empty = dict.fromkeys(
            ("media_base_url", "media_upload_url", "media_endpoint", "media_bucket", "media_region"), ""
        )
        hosts = {"media_host": "folder", **empty, **self.hosts, **changes}
        account = Account("zalo-kim-lien", "zalo", "Xã Kim Liên", {}, hosts, self.secrets)
        return open_shelf(account, hosts, self.folder, SystemClock(), new_session())


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


def bounded(app: Any) -> Any:
    """WsgiDAV reads a body to its end, which this small server does not mark."""

    def inner(environ: dict[str, Any], start_response: Any) -> Any:
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        return app(environ, start_response)

    return inner


@pytest.fixture
def webdav(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A WebDAV server that asks for a password to write and lets everybody read under /xem."""
    folder = tmp_path / "dav"
    folder.mkdir()
    users = {"loa": {"password": PASSWORD}}
    app = WsgiDAVApp(
        {
            "provider_mapping": {
                "/dav": FilesystemProvider(str(folder)),
                "/xem": FilesystemProvider(str(folder), readonly=True),
            },
            "simple_dc": {"user_mapping": {"/dav": users, "/xem": True}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False, "enable_loggers": []},
            "verbose": 0,
        }
    )
    server = make_server("127.0.0.1", 0, bounded(app), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", folder
    server.shutdown()
    thread.join()
    server.server_close()


def dav_office(url: str, password: str = PASSWORD, folder: str = "ảnh công khai/zalo") -> Office:
    hosts = {
        "media_host": "webdav",
        "media_upload_url": f"{url}/dav/{folder}",
        "media_base_url": f"{url}/xem/{folder}",
    }
    return Office(hosts, {"media_user": "loa", "media_password": password})


def test_a_webdav_folder_with_a_vietnamese_name_is_made_and_shows_the_picture(
    webdav: tuple[str, Path], picture: Attachment
) -> None:
    url, folder = webdav
    shown = dav_office(url).shelf().show(picture)
    assert shown.isascii()
    assert shown == f"{url}/xem/%E1%BA%A3nh%20c%C3%B4ng%20khai/zalo/{picture.sha256}.png"
    assert (folder / "ảnh công khai/zalo" / f"{picture.sha256}.png").read_bytes() == picture.path.read_bytes()


def test_what_the_world_sees_already_is_not_uploaded_again(webdav: tuple[str, Path], picture: Attachment) -> None:
    url, folder = webdav
    office = dav_office(url)
    office.shelf().show(picture)
    (place,) = folder.rglob("*.png")
    before = place.stat().st_mtime_ns
    dav_office(url, password="sandbox-wrong").shelf().show(picture)  # not even asked for
    assert place.stat().st_mtime_ns == before


def test_a_wrong_password_is_for_a_person_and_is_not_told(webdav: tuple[str, Path], picture: Attachment) -> None:
    url, _ = webdav
    with pytest.raises(HostRefused) as caught:
        dav_office(url, password="sandbox-wrong").shelf().show(picture)
    assert caught.value.denied
    assert "wrong" not in str(caught.value)


def test_a_picture_that_stands_elsewhere_than_the_world_looks_is_not_shown(
    webdav: tuple[str, Path], picture: Attachment
) -> None:
    url, _ = webdav
    with pytest.raises(HostRefused) as caught:
        dav_office(url).shelf(media_base_url=f"{url}/xem/nhầm").show(picture)
    assert caught.value.unseen
    assert not caught.value.denied


def test_a_hundred_accounts_may_lay_the_same_picture_out_at_one_moment(tmp_path: Path, picture: Attachment) -> None:
    """One announcement with one picture for all communes of a province, in one slot."""
    picture = holding(picture, png("anh") + bytes(300_000))
    folder, name = tmp_path / "public", f"{picture.sha256}.png"

    def lay_out(_: int) -> bytes:
        FolderHost(folder, SystemClock()).put(name, picture)
        return hashlib.sha256((folder / name).read_bytes()).digest()

    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(lay_out, range(100)))
    assert seen == {bytes.fromhex(picture.sha256)}
    assert [each.name for each in folder.iterdir()] == [name]


@pytest.mark.parametrize("kind", ["folder", "webdav", "s3"])
def test_other_bytes_than_the_approved_ones_never_become_public(
    tmp_path: Path, picture: Attachment, webdav: tuple[str, Path], bucket: str, kind: str
) -> None:
    url, dav = webdav
    office = {
        "folder": Office({"media_base_url": f"{url}/xem"}, {}, dav),
        "webdav": dav_office(url, folder="x"),
        "s3": s3_office(bucket),
    }[kind]
    picture.path.write_bytes(png("khác"))
    with pytest.raises(Halt) as halted:
        office.shelf().show(picture)
    assert isinstance(halted.value.ending, RetryLater)
    assert halted.value.ending.code == "E624"
    assert not [each for each in dav.rglob("*") if each.is_file()]


def test_a_folder_that_cannot_be_written_is_for_a_person(tmp_path: Path, picture: Attachment) -> None:
    (tmp_path / "public").write_text("a file where the folder should be")
    with pytest.raises(HostRefused):
        FolderHost(tmp_path / "public", SystemClock()).put("anh.png", picture)


def test_a_folder_shows_what_was_copied(tmp_path: Path, picture: Attachment, webdav: tuple[str, Path]) -> None:
    url, folder = webdav
    office = Office({"media_base_url": f"{url}/xem"}, {}, folder)
    assert office.shelf().show(picture) == f"{url}/xem/{picture.sha256}.png"
    assert [path.name for path in folder.iterdir()] == [f"{picture.sha256}.png"]


class Bucket(BaseHTTPRequestHandler):
    """A strict stand-in for S3: keeps a PUT only when botocore signs the very same request the same way."""

    kept: dict[str, bytes]

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        good = self.headers["Authorization"] == _signed_by_botocore(self)["Authorization"]
        whole = hashlib.sha256(data).hexdigest() == self.headers["x-amz-content-sha256"]
        if good and whole:
            self.kept[self.path] = data
        self._answer(200 if good and whole else 403, b"")

    def do_GET(self) -> None:
        data = self.kept.get(self.path)
        self._answer(404 if data is None else 200, data or b"")

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def _signed_by_botocore(request: Bucket) -> Mapping[str, str]:
    url = f"http://{request.headers['Host']}{request.path}"
    headers = {name: request.headers[name] for name in ("content-type", "x-amz-content-sha256")}
    moment = datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return signed_by_botocore(url, headers, moment, "AKIAMAU", SECRET)


def signed_by_botocore(url: str, headers: Mapping[str, str], moment: datetime, key: str, secret: str) -> dict[str, Any]:
    """The oracle: Amazon's own signer, at a moment of ours."""
    asked = AWSRequest("PUT", url, headers=dict(headers))
    signer = S3SigV4Auth(Credentials(key, secret), "s3", "ap-southeast-1")
    asked.context["timestamp"] = f"{moment:%Y%m%dT%H%M%SZ}"
    asked.headers["X-Amz-Date"] = asked.context["timestamp"]
    canonical = signer.canonical_request(asked)
    signature = signer.signature(signer.string_to_sign(asked, canonical), asked)
    signer._inject_signature_to_request(asked, signature)
    return dict(asked.headers)


@pytest.fixture
def bucket() -> Iterator[str]:
    handler = type("OneBucket", (Bucket,), {"kept": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def s3_office(url: str, secret: str = SECRET) -> Office:
    hosts = {
        "media_host": "s3",
        "media_endpoint": url,
        "media_bucket": "truyen-thong",
        "media_region": "ap-southeast-1",
        "media_base_url": f"{url}/truyen-thong",
    }
    return Office(hosts, {"media_key": "AKIAMAU", "media_secret": secret})


def test_a_bucket_takes_the_picture_and_shows_it(bucket: str, picture: Attachment) -> None:
    shown = s3_office(bucket).shelf().show(picture)
    assert shown == f"{bucket}/truyen-thong/{picture.sha256}.png"
    assert s3_office(bucket, "sandbox-wrong").shelf().show(picture) == shown  # seen already, nothing is uploaded


def test_a_wrong_key_for_the_bucket_is_for_a_person(bucket: str, picture: Attachment) -> None:
    with pytest.raises(HostRefused) as caught:
        s3_office(bucket, "sandbox-wrong").shelf().show(picture)
    assert caught.value.denied


def test_moto_takes_the_picture_too(picture: Attachment) -> None:
    """Another S3 than the strict one above: moto keeps it, and its own policy lets the world read."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - a second of start-up that only this test pays

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        assert new_session().put(f"{url}/truyen-thong", timeout=10).status_code == 200
        rule = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::truyen-thong/*",
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
        assert new_session().put(f"{url}/truyen-thong?policy", data=policy, timeout=10).ok
        assert s3_office(url).shelf().show(picture).endswith(f"{picture.sha256}.png")
    finally:
        server.stop()


def test_the_signature_is_the_one_of_amazons_own_library() -> None:
    moment = datetime(2026, 10, 10, 1, 2, 3, tzinfo=UTC)
    for name in ("a.png", "ảnh mẫu+1.png", "thư mục/b.jpg"):
        url = f"https://s3.example.vn:9000/{encoded('https://x/' + name).removeprefix('https://x/')}"
        headers = {"content-type": "image/png", "x-amz-content-sha256": hashlib.sha256(b"x").hexdigest()}
        ours = sign("PUT", url, headers, "ap-southeast-1", "AKIAMAU", SECRET, moment)
        assert ours["Authorization"] == signed_by_botocore(url, headers, moment, "AKIAMAU", SECRET)["Authorization"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://truyenthong.example.vn/anh/", "https://truyenthong.example.vn/anh"),
        ("https://x.vn/ảnh Kim Liên", "https://x.vn/%E1%BA%A3nh%20Kim%20Li%C3%AAn"),
        ("https://x.vn/%E1%BA%A3nh", "https://x.vn/%E1%BA%A3nh"),
        ("https://tỉnh.vn:8443/a", "https://xn--tnh-dlz.vn:8443/a"),
    ],
)
def test_addresses_are_plain_ascii(written: str, address: str) -> None:
    assert encoded(written) == address


@pytest.mark.parametrize(
    ("hosts", "secrets", "code", "named"),
    [
        ({}, {}, "E623", ""),
        ({"media_host": "ftp", "media_base_url": "https://x.vn"}, {}, "E662", "media_host"),
        ({"media_host": "webdav", "media_base_url": "https://x.vn"}, {}, "E662", "media_password"),
        ({"media_host": "s3", "media_base_url": "https://x.vn"}, {"media_key": "k"}, "E662", "media_region"),
    ],
)
def test_an_office_that_lacks_a_setting_is_told_which(
    tmp_path: Path, hosts: dict[str, str], secrets: dict[str, str], code: str, named: str
) -> None:
    with pytest.raises(LoaError) as caught:
        Office(hosts, secrets, tmp_path).shelf()
    assert caught.value.code == code
    assert named in caught.value.params.get("name", "")


def test_a_host_that_cannot_be_reached_is_no_refusal(closed_port: int, picture: Attachment) -> None:
    with pytest.raises((NotSent, InDoubt)):
        dav_office(f"http://127.0.0.1:{closed_port}").shelf().show(picture)


def test_the_clock_of_the_signature_is_the_one_that_was_handed_in() -> None:
    moment = SimulatedClock(datetime(2026, 10, 10, tzinfo=UTC)).now()
    signed = sign("PUT", "https://s3.vn/b/c", {"x-amz-content-sha256": "0"}, "r", "k", SECRET, moment)
    assert signed["x-amz-date"] == "20261010T000000Z"
