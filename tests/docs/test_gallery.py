"""The gallery shows every template as it is today.

``LOA_REWRITE_GALLERY=1 uv run pytest tests/docs/test_gallery.py`` makes it anew; look at every picture.
"""

import io
import json
import os
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from support.gallery import (
    FOLDER,
    HASHES,
    MOST_BYTES,
    PAGE,
    SPECIAL,
    hash_of,
    looks_of,
    page_of,
    picture_name,
    rewrite,
    sheet_of,
    shown,
)
from support.pictures import make_studio

from loa.render.showroom import check_sample, template_names
from loa.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(
    path.parent.relative_to(ROOT / "templates").as_posix() for path in ROOT.glob("templates/*/*/template.yaml")
)
SEEN = [name for name in NAMES if not name.startswith("audio/")]
AGAIN = "run: LOA_REWRITE_GALLERY=1 uv run pytest tests/docs/test_gallery.py"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    studio = make_studio(tmp_path_factory.mktemp("gallery"))
    if os.environ.get("LOA_REWRITE_GALLERY"):
        rewrite(studio)
    return studio


def test_every_template_is_in_the_gallery_and_nothing_else(ws: Workspace) -> None:
    assert sorted(template_names(ws)) == NAMES
    assert {path.name for path in FOLDER.glob("*.webp")} == {
        *(f"{name}.webp" for name in SPECIAL),
        *map(picture_name, shown(ws)),
    }, AGAIN


def test_the_page_is_what_the_templates_say(ws: Workspace) -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of(ws), AGAIN


@pytest.mark.parametrize("name", NAMES)
def test_no_picture_is_older_than_its_template(ws: Workspace, name: str) -> None:
    assert json.loads(HASHES.read_text(encoding="utf-8")).get(name) == hash_of(ws, name), AGAIN


@pytest.mark.parametrize("name", [*SEEN, *SPECIAL])
def test_a_picture_is_what_the_renderer_paints(ws: Workspace, name: str) -> None:
    stored = FOLDER / (f"{name}.webp" if name in SPECIAL else picture_name(name))
    assert stored.stat().st_size <= MOST_BYTES
    painted = sheet_of(SPECIAL[name](ws) if name in SPECIAL else looks_of(ws, name))
    with Image.open(io.BytesIO(stored.read_bytes())) as opened:
        kept = opened.convert("RGB")
        assert kept.size == painted.size, AGAIN
        # what packing blurs is gone at an eighth of the size; what a designer changed is not
        small = (painted.width // 8, painted.height // 8)
        difference = ImageChops.difference(kept.resize(small), painted.resize(small))
    assert max(ImageStat.Stat(difference).mean) < 4, AGAIN


def test_the_overview_for_the_staff_names_every_template_and_no_other() -> None:
    overview = (ROOT / "docs" / "mau-an-pham.md").read_text(encoding="utf-8")
    table = overview.partition("## Chọn mẫu theo việc")[2].partition("## Khổ")[0]
    named = set(re.findall(r"`((?:infographics|clips|documents|audio)/[a-z0-9-]+)`", table))

    assert named == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_data_stand_in_every_format_plain_and_for_elder_readers(ws: Workspace, name: str) -> None:
    problems = [
        (order and f"{order.format} {order.variant}".strip(), problem.code, dict(problem.params))
        for brand in ("", "tre-xanh")
        for order, found in check_sample(ws, name, variants=("", "elder"), brand=brand)
        for problem in found
    ]
    assert problems == []
