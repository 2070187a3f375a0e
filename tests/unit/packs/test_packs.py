"""Content packs: signed, whole, contained; what was edited here is never lost; old versions are told."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.office import make_office

from loa.campaign import load_campaigns
from loa.errors import LoaError
from loa.packs import bring_in_pack, build_pack, open_pack, read_usage, usage_note, usages
from loa.packs.keys import new_key, sign
from loa.packs.manifest import Manifest, version_key
from loa.workspace import Workspace, open_workspace

SECRET, PUBLIC = new_key()
TRUSTED = {"Tỉnh Mẫu": PUBLIC}
NOW = datetime(2027, 3, 1, 2, tzinfo=UTC)


def _built(root: Path, target: Path, version: str = "2027.1") -> Path:
    ws = open_workspace(root)
    build_pack(
        ws,
        load_campaigns(ws),
        (),
        target,
        name="dvctt",
        version=version,
        title="Gói DVCTT",
        made_by="Nguyễn Thị Lan",
        made_on=date(2027, 3, 1),
        secret=SECRET,
    )
    return target


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("tinh"))


@pytest.fixture(scope="module")
def sent(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(province, tmp_path_factory.mktemp("goi") / "dvctt-2027.1.zip")


@pytest.fixture
def commune(tmp_path: Path) -> Workspace:
    return open_workspace(make_office(tmp_path / "xa"))


def _code(do: Callable[[], object]) -> str:
    with pytest.raises(LoaError) as refused:
        do()
    return refused.value.code


def test_the_same_files_make_the_same_bytes_and_hold_the_content_of_every_item(
    province: Path, sent: Path, tmp_path: Path
) -> None:
    assert _built(province, tmp_path / "again.zip").read_bytes() == sent.read_bytes()
    assert {each.path for each in open_pack(sent, TRUSTED).manifest.files} >= {
        "content/tin-mot.md",
        "packs/dvctt/thu-nghiem.yaml",
    }


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_pack_with_any_byte_changed_is_refused_or_says_the_same(
    sent: Path, tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(sent.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(whole)
    honest = open_pack(sent, TRUSTED)
    # There are bytes that nobody reads: the time of an entry.
    assert _read_or_code(spoilt) in ("E366", "E367", (honest.manifest, honest.files, honest.key))


def _read_or_code(path: Path) -> object:
    try:
        read = open_pack(path, TRUSTED)
    except LoaError as error:
        return error.code
    return (read.manifest, read.files, read.key)


def _resigned(sent: Path, target: Path, change: Callable[[dict[str, object]], None], extra: str = "") -> Path:
    """A pack whose manifest somebody changed and signed with their own key."""
    other, public = new_key()
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        change(manifest)
        said = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        new.writestr("manifest.json", said)
        new.writestr("signature.txt", f"{public} {sign(other, said)}\n")
        for name in old.namelist()[2:]:
            new.writestr(name, old.read(name))
        if extra:
            new.writestr(extra, b"x")
    return target


ELSEWHERE = ("../ngoai.md", "content/../../ngoai.md", "/etc/x.md", "C:/x.md")
NOT_CONTENT = ("content/x.exe", "loa.yaml", "content/.git/x.md")


@pytest.mark.parametrize("path", ELSEWHERE + NOT_CONTENT)
def test_a_file_that_would_lie_elsewhere_or_be_run_is_refused(sent: Path, tmp_path: Path, path: str) -> None:
    def elsewhere(manifest: dict[str, object]) -> None:
        manifest["files"][0]["path"] = path  # type: ignore[index]  # as packs are written

    assert _code(lambda: open_pack(_resigned(sent, tmp_path / "x.zip", elsewhere), TRUSTED)) == "E366"


def test_a_file_beside_the_manifest_is_refused(sent: Path, tmp_path: Path) -> None:
    more = _resigned(sent, tmp_path / "x.zip", lambda _: None, extra="content/them.md")
    assert _code(lambda: open_pack(more, TRUSTED)) == "E367"


def test_a_pack_of_somebody_unknown_is_read_and_not_taken_in(sent: Path, tmp_path: Path, commune: Workspace) -> None:
    pack = open_pack(_resigned(sent, tmp_path / "x.zip", lambda _: None), TRUSTED)
    assert pack.signer == ""
    assert _code(lambda: bring_in_pack(commune, pack, "Lan", NOW)) == "E371"


def test_what_was_edited_here_stays_until_somebody_says_replace_and_is_laid_aside_then(
    sent: Path, commune: Workspace
) -> None:
    pack, edited = open_pack(sent, TRUSTED), commune.content / "tin-mot.md"
    edited.write_text("của xã", encoding="utf-8")
    before = {path: path.read_bytes() for path in commune.root.rglob("*") if path.is_file()}
    assert _code(lambda: bring_in_pack(commune, pack, "Lan", NOW)) == "E368"
    assert {path: path.read_bytes() for path in commune.root.rglob("*") if path.is_file()} == before
    came = bring_in_pack(commune, pack, "Lan", NOW, replace=True)
    assert (commune.root / came.kept / "content/tin-mot.md").read_text(encoding="utf-8") == "của xã"
    assert edited.read_bytes() == pack.files["content/tin-mot.md"]


def test_a_new_version_replaces_what_came_with_the_old_one_and_an_old_one_is_refused(
    province: Path, sent: Path, commune: Workspace, tmp_path: Path
) -> None:
    own = make_office(tmp_path / "tinh")
    with (own / "content/tin-mot.md").open("a", encoding="utf-8") as file:
        file.write("\nLời mới.\n")
    newer = open_pack(_built(own, tmp_path / "moi.zip", "2027.10"), TRUSTED)
    bring_in_pack(commune, open_pack(sent, TRUSTED), "Lan", NOW)
    assert bring_in_pack(commune, newer, "Lan", NOW).changed == ("content/tin-mot.md",)
    assert _code(lambda: bring_in_pack(commune, open_pack(sent, TRUSTED), "Lan", NOW)) == "E369"
    (commune.content / "tin-mot.md").write_text("của xã", encoding="utf-8")
    (used,) = usages(commune)
    assert (used.version, used.edited) == ("2027.10", ("content/tin-mot.md",))


def test_units_with_an_old_version_come_first(commune: Workspace, sent: Path, tmp_path: Path) -> None:
    none = json.loads(usage_note(commune)) | {"unit": "xa-mot"}
    bring_in_pack(commune, open_pack(sent, TRUSTED), "Lan", NOW)
    for name, said in (("a", usage_note(commune)), ("b", json.dumps(none))):
        (tmp_path / f"{name}.json").write_text(said, encoding="utf-8")
    found = read_usage([tmp_path / "a.json", tmp_path / "b.json"], "dvctt")
    assert found == [("xa-mot", "", 0), ("tinh-mau", "2027.1", 0)]


def test_versions_are_numbers_not_words() -> None:
    assert version_key("2027.2") < version_key("2027.10") < version_key("2028")


def test_a_manifest_takes_a_path_once_whatever_its_case(sent: Path) -> None:
    said = open_pack(sent, TRUSTED).manifest.model_dump()
    said["files"].append(said["files"][0] | {"path": said["files"][0]["path"].upper().replace("CONTENT", "content")})
    with pytest.raises(ValueError, match="path"):
        Manifest.model_validate(said)
