"""The stores that machines share: a folder on the network and a bucket, under what networks and disks do."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loa.clock import SystemClock
from loa.errors import LoaError
from loa.render import Asset, Exchange, Order, Renderer
from loa.render.shared import MediaStore, file_name, note_name
from loa.render.shelf import Made
from loa.secrets import Secrets
from loa.wiring.bucket import BucketStore
from loa.wiring.media import FolderStore
from loa.workspace import SharedMedia, Workspace, open_workspace
from publishers.http import new_session
from publishers.media_hosts.s3 import sign

KEY, SECRET = "AKIAMAU", "sandbox-bi-mat-cua-kho"
LOA_YAML = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}
units: {list: [{code: tinh-mau, name: Tỉnh Mẫu}]}
"""
ORDER = Order("infographics/chi-so", "square")
NAME = "ab" * 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """moto's S3 over loopback, with a bucket of ours."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - a second of start-up that only these tests pay

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    assert new_session().put(f"{url}/an-pham", timeout=10).status_code == 200
    yield url
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MediaStore:
    if request.param == "folder":
        return FolderStore(request.getfixturevalue("root"))
    return bucket_store(request.getfixturevalue("bucket"), tmp_path, monkeypatch)


def bucket_store(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "an-pham") -> BucketStore:
    monkeypatch.setenv("LOA_SECRET_KHO_KEY", KEY)
    monkeypatch.setenv("LOA_SECRET_KHO_SECRET", SECRET)
    media = SharedMedia(
        endpoint=url, bucket=name, region="ap-southeast-1", access_key="kho-key", secret_key="kho-secret"
    )
    return BucketStore(media, Secrets(folder, folder / "var"), SystemClock())


def machine(folder: Path, store: MediaStore | None) -> Renderer:
    folder.mkdir(parents=True)
    (folder / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
    ws: Workspace = open_workspace(folder)
    return Renderer(ws, Exchange(store) if store is not None else None)


def made(data: bytes = b"picture", **changes: object) -> Made:
    return Made("jpg", data, 1080, 1080, "Ảnh mẫu", **changes)  # type: ignore[arg-type]  # fields by name


def code_of(work: object) -> str:
    with pytest.raises(LoaError) as caught:
        work()  # type: ignore[operator]  # a call without arguments
    return caught.value.code


def test_what_one_machine_lays_down_another_finds_with_its_captions_and_its_preview(
    store: MediaStore, tmp_path: Path
) -> None:
    captions = "1\n00:00:00,000 --> 00:00:01,000\nXin chào\n"
    one, other = machine(tmp_path / "one", store), machine(tmp_path / "other", store)
    key = hashlib.sha256(os.urandom(8)).hexdigest()[:40]
    asset = one.shelf.put(key, ORDER, made(captions=captions, preview=b"small"))
    one.shelf.finish_sharing()
    found = other.shelf.find(key)
    assert found is not None
    assert (found.sha256, found.alt_text, found.width) == (asset.sha256, "Ảnh mẫu", 1080)
    assert found.captions is not None and found.captions.read_text(encoding="utf-8") == captions  # noqa: PT018 - for mypy
    assert found.preview is not None and found.preview.read_bytes() == b"small"  # noqa: PT018 - the same
    assert found.path.with_suffix(".vtt").read_bytes() == asset.path.with_suffix(".vtt").read_bytes()


def test_a_name_that_nobody_has_put_there_is_absent(store: MediaStore) -> None:
    assert store.read(file_name("0" * 64)) is None


def test_a_long_file_comes_back_as_it_was(store: MediaStore) -> None:
    data = os.urandom(5_000_000)  # more than an answer of a platform may have
    name = file_name(hashlib.sha256(data).hexdigest())
    store.write(name, data)
    assert store.read(name) == data


def test_many_machines_that_write_one_asset_at_once_leave_one_that_is_whole(store: MediaStore, tmp_path: Path) -> None:
    key = hashlib.sha256(os.urandom(8)).hexdigest()[:40]
    machines = [machine(tmp_path / str(number), store) for number in range(6)]
    start = threading.Barrier(len(machines))

    def put(renderer: Renderer) -> Asset:
        start.wait()
        asset = renderer.shelf.put(key, ORDER, made(b"x" * 300_000))
        renderer.shelf.finish_sharing()
        return asset

    with ThreadPoolExecutor(len(machines)) as pool:
        hashes = {each.sha256 for each in pool.map(put, machines)}
    late = machine(tmp_path / "late", store).shelf.find(key)
    assert late is not None
    assert {late.sha256} == hashes


def test_where_two_machines_give_other_bytes_both_go_on_with_those_that_came_first(
    store: MediaStore, tmp_path: Path
) -> None:
    key = hashlib.sha256(os.urandom(8)).hexdigest()[:40]
    one, other = machine(tmp_path / "one", store), machine(tmp_path / "other", store)
    first = one.shelf.put(key, ORDER, made(b"first"))
    one.shelf.finish_sharing()
    other.shelf.put(key, ORDER, made(b"second"))
    other.shelf.finish_sharing()
    for each in (one, other):
        found = each.shelf.find(key)
        assert found is not None
        assert found.sha256 == first.sha256


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "../../../etc/passwd"},
        {"extension": "../x"},
        {"extension": "exe"},
        {"captions": "../../loa.yaml"},
        {"width": "1080"},
        {"alt_text": None},
    ],
)
def test_a_forged_note_leads_nowhere(root: Path, tmp_path: Path, change: dict[str, object]) -> None:
    one, other = machine(tmp_path / "one", FolderStore(root)), machine(tmp_path / "other", FolderStore(root))
    one.shelf.put(NAME, ORDER, made())
    one.shelf.finish_sharing()
    path = root / note_name(NAME)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change), encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert other.shelf.find(NAME) is None
    assert sorted(tmp_path.rglob("*")) == before
    assert other.exchange is not None
    assert other.exchange.spoilt() == (note_name(NAME),)


@pytest.mark.parametrize("path", ["loa.yaml", "content/x.jpg", "../outside.jpg", "var/book.sqlite"])
def test_no_file_is_fetched_to_a_place_beside_the_shelf(root: Path, tmp_path: Path, path: str) -> None:
    one = machine(tmp_path / "one", FolderStore(root))
    name = hashlib.sha256(b"bytes").hexdigest()
    FolderStore(root).write(file_name(name), b"bytes")
    assert one.shelf.ask_for({one.ws.root / path: name}) == (False, None)


def test_a_half_written_file_is_not_used(root: Path, tmp_path: Path) -> None:
    one, other = machine(tmp_path / "one", FolderStore(root)), machine(tmp_path / "other", FolderStore(root))
    asset = one.shelf.put(NAME, ORDER, made(b"x" * 100_000))
    one.shelf.finish_sharing()
    path = root / file_name(asset.sha256)
    path.write_bytes(path.read_bytes()[:50_000])
    assert other.shelf.find(NAME) is None
    assert not list(other.ws.assets.rglob("*.jpg"))


def test_what_a_dead_machine_left_half_written_is_in_nobodys_way(root: Path, tmp_path: Path) -> None:
    one = machine(tmp_path / "one", FolderStore(root))
    name = file_name(hashlib.sha256(b"picture").hexdigest())
    (root / name).parent.mkdir(parents=True)
    (root / f"{name}.abc.part").write_bytes(b"pict")
    one.shelf.put(NAME, ORDER, made())
    one.shelf.finish_sharing()
    assert (root / name).read_bytes() == b"picture"


def test_a_folder_that_is_not_mounted_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "not-mounted"
    assert code_of(lambda: FolderStore(folder).write(file_name("0" * 64), b"")) == "E981"
    assert code_of(lambda: FolderStore(folder).read(file_name("0" * 64))) == "E981"
    assert not folder.exists()


def test_a_folder_that_goes_away_in_the_middle_is_told_and_taken_up_again(root: Path, tmp_path: Path) -> None:
    one = machine(tmp_path / "one", FolderStore(root))
    assert one.exchange is not None
    one.shelf.put("0" * 40, ORDER, made(b"a"))
    one.shelf.finish_sharing()
    root.rename(tmp_path / "away")
    one.shelf.put("1" * 40, ORDER, made(b"b"))
    assert code_of(one.shelf.finish_sharing) == "E981"
    (tmp_path / "away").rename(root)
    one.exchange.forget_answers()
    assert one.shelf.glance("1" * 40) is not None  # a look at it is enough to share it now
    one.shelf.finish_sharing()
    assert len(list(root.glob("notes/*/*.json"))) == 2


def test_a_folder_that_takes_nothing_more_is_told(root: Path, tmp_path: Path) -> None:
    (root / "files").write_bytes(b"")  # nothing can be written below a file, whoever we are
    one = machine(tmp_path / "one", FolderStore(root))
    one.shelf.put(NAME, ORDER, made())
    assert code_of(one.shelf.finish_sharing) == "E982"
    assert one.shelf.find(NAME) is not None  # this machine has it all the same


FULL = """
import resource, signal, sys
from pathlib import Path
from loa.errors import LoaError
from loa.wiring.media import FolderStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    FolderStore(Path(sys.argv[1])).write("files/00/" + "0" * 64, b"x" * 100_000)
except LoaError as error:
    print(error.code)
"""
"""A process of its own, for which every file is full after 64 KB: a part of it is written, then no more."""


def test_a_disk_that_is_full_in_the_midst_of_a_file_is_told_and_nothing_is_left(root: Path) -> None:
    told = subprocess.run([sys.executable, "-c", FULL, str(root)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "E982"
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_bucket_that_is_not_there_is_no_empty_one(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = bucket_store(bucket, tmp_path, monkeypatch, "khong-co")
    assert code_of(lambda: other.read(file_name("0" * 64))) == "E982"
    assert code_of(lambda: other.write(file_name("0" * 64), b"")) == "E982"


def test_a_bucket_whose_secret_nobody_has_is_told_by_name(tmp_path: Path) -> None:
    media = SharedMedia(
        endpoint="http://127.0.0.1:1", bucket="an-pham", region="x", access_key="chua-dat", secret_key="chua-dat"
    )
    away = BucketStore(media, Secrets(tmp_path, tmp_path / "var"), SystemClock())
    assert code_of(lambda: away.read(file_name("0" * 64))) == "E704"


class Answers(BaseHTTPRequestHandler):
    """A bucket that answers everything with one status."""

    status = 200

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        body = b"<Error><Code>Mau</Code></Error>"
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "E981"), (503, "E981"), (429, "E981"), (507, "E982"), (403, "E982"), (301, "E982")],
)
def test_a_bucket_that_says_no_is_asked_again_or_put_before_a_person(
    status: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Refusing", (Answers,), {"status": status}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        refusing = bucket_store(f"http://127.0.0.1:{server.server_port}", tmp_path, monkeypatch)
        assert code_of(lambda: refusing.write(file_name("0" * 64), b"data")) == code
        assert code_of(lambda: refusing.read(file_name("0" * 64))) == code
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_bucket_that_is_not_reached_is_left_alone_for_a_while(
    tmp_path: Path, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Counting(bucket_store(f"http://127.0.0.1:{closed_port}", tmp_path, monkeypatch))
    one = machine(tmp_path / "one", asked)
    one.shelf.bring([f"{number:040x}" for number in range(200)], None)
    assert asked.reads <= 16  # those that were under way when the first was not answered
    doubt = one.shelf.doubt([])
    assert doubt is not None
    assert doubt.code == "E981"


class Counting:
    """A store whose questions are counted."""

    def __init__(self, store: MediaStore) -> None:
        self._store = store
        self.reads = 0

    @property
    def label(self) -> str:
        return self._store.label

    def read(self, name: str) -> bytes | None:
        self.reads += 1
        return self._store.read(name)

    def write(self, name: str, data: bytes) -> None:
        self._store.write(name, data)


def test_the_signature_of_a_get_is_amazons_too() -> None:
    from botocore.auth import S3SigV4Auth  # noqa: PLC0415 - the oracle of this test only
    from botocore.awsrequest import AWSRequest  # noqa: PLC0415 - the same
    from botocore.credentials import Credentials  # noqa: PLC0415 - the same

    moment = datetime(2026, 10, 10, 1, 2, 3, tzinfo=UTC)
    url, headers = "https://s3.example.vn/an-pham/files/ab/cd", {"x-amz-content-sha256": hashlib.sha256().hexdigest()}
    asked = AWSRequest("GET", url, headers=dict(headers))
    signer = S3SigV4Auth(Credentials(KEY, SECRET), "s3", "ap-southeast-1")
    asked.context["timestamp"] = f"{moment:%Y%m%dT%H%M%SZ}"
    asked.headers["X-Amz-Date"] = asked.context["timestamp"]
    words = signer.signature(signer.string_to_sign(asked, signer.canonical_request(asked)), asked)
    signer._inject_signature_to_request(asked, words)
    ours = sign("GET", url, headers, "ap-southeast-1", KEY, SECRET, moment)
    assert ours["Authorization"] == asked.headers["Authorization"]
