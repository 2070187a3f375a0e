"""What ``media`` of loa.yaml may say: one whole place, told at its key where it is not."""

import pytest

from loa.errors import Problem, ProblemsFound
from loa.workspace import open_workspace

from .conftest import SETTINGS, Maker

WHOLE = {
    "endpoint": "https://s3.nghean.gov.vn",
    "bucket": "an-pham",
    "region": "vn-1",
    "access_key": "kho-key",
    "secret_key": "kho-secret",
}


def problems(make: Maker, media: dict[str, str]) -> tuple[Problem, ...]:
    lines = "".join(f'  {name}: "{value}"\n' for name, value in media.items())
    with pytest.raises(ProblemsFound) as caught:
        open_workspace(make(f"{SETTINGS}media:\n{lines}"))
    return caught.value.problems()


@pytest.mark.parametrize(
    "media", [{}, {"folder": "/mnt/loa"}, {"folder": "//may-chu/loa"}, {"folder": "Z:/loa"}, WHOLE]
)
def test_no_place_a_folder_or_a_whole_bucket_are_in_order(make: Maker, media: dict[str, str]) -> None:
    lines = "".join(f'  {name}: "{value}"\n' for name, value in media.items())
    ws = open_workspace(make(f"{SETTINGS}media:\n{lines}" if media else SETTINGS))
    assert ws.settings.media.folder == media.get("folder", "")


def test_a_folder_and_a_bucket_at_once_are_told_at_each_key(make: Maker) -> None:
    found = problems(make, {"folder": "/mnt/loa", "bucket": "an-pham"})
    assert [(each.code, each.params["keys"]) for each in found] == [("E980", "folder"), ("E980", "bucket")]
    places = [each.place for each in found]
    assert all(place is not None and place.file == "loa.yaml" and place.line and place.column for place in places)


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_half_a_bucket_is_told_with_what_it_lacks(make: Maker, missing: str) -> None:
    (found,) = problems(make, {name: value for name, value in WHOLE.items() if name != missing})
    assert (found.code, found.params["keys"]) == ("E980", missing)
    assert found.place is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("endpoint", "http://s3.nghean.gov.vn"),
        ("endpoint", "s3.nghean.gov.vn"),
        ("endpoint", "https://ten:matkhau@s3.nghean.gov.vn"),
        ("endpoint", "https://s3.nghean.gov.vn?x=1"),
        ("endpoint", "https://[::1"),
        ("bucket", "../khac"),
        ("bucket", "Ấn phẩm"),
        ("region", "vn 1"),
    ],
)
def test_an_address_or_name_that_is_none_is_told_at_its_key(make: Maker, name: str, value: str) -> None:
    (found,) = problems(make, WHOLE | {name: value})
    assert (found.code, found.params["keys"]) == ("E980", name)
    assert found.place is not None
    assert found.place.source_line.strip().startswith(name)


@pytest.mark.parametrize("folder", ["kho", "./kho", "../kho"])
def test_a_folder_that_is_another_one_on_each_machine_is_refused(make: Maker, folder: str) -> None:
    (found,) = problems(make, {"folder": folder})
    assert (found.code, found.params["keys"]) == ("E980", "folder")


def test_a_pasted_key_of_the_store_is_refused_and_not_repeated(make: Maker) -> None:
    (found,) = problems(make, WHOLE | {"secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"})
    assert found.code == "E217"
    assert "wJalr" not in repr(found)


def test_the_keys_of_the_store_are_among_the_secrets_that_can_be_set(make: Maker) -> None:
    lines = "".join(f'  {name}: "{value}"\n' for name, value in WHOLE.items())
    names = open_workspace(make(f"{SETTINGS}media:\n{lines}")).secret_names()
    assert (names["kho-key"], names["kho-secret"]) == (("media",), ("media",))
