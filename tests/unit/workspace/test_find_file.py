"""A file that data names: the workspace's own first; of templates/, else the one that the program brings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loa.errors import WorkspaceError
from loa.workspace import bundled, open_workspace

Maker = Callable[..., Path]
SHIPPED = "templates/brand.yaml"


def test_a_file_of_templates_that_the_workspace_lacks_is_the_one_that_the_program_brings(make: Maker) -> None:
    ws = open_workspace(make())
    assert ws.find_file(SHIPPED) == bundled("templates", "brand.yaml")


def test_the_own_file_of_a_workspace_comes_first(make: Maker) -> None:
    ws = open_workspace(make())
    own = ws.root / SHIPPED
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("colors: {}", encoding="utf-8")
    assert ws.find_file(SHIPPED) == own


@pytest.mark.parametrize("relative", ["content/khong-co.jpg", "templates/khong-co.jpg", "templates"])
def test_a_file_that_nobody_has_is_looked_for_in_the_workspace(make: Maker, relative: str) -> None:
    ws = open_workspace(make())
    assert ws.find_file(relative) == ws.root / relative


@pytest.mark.parametrize("relative", ["templates/../loa.yaml", "/etc/passwd", "../ngoai.jpg"])
def test_no_file_outside_the_workspace_is_found(make: Maker, relative: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(make()).find_file(relative)
    assert caught.value.code == "E202"
