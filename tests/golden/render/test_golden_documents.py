"""The bundled documents look as they did when somebody last looked at them. How to rewrite: tests/golden/README.md."""

import io
from pathlib import Path

import pytest
from PIL import Image
from support.pictures import compare, make_studio, order

from loa.render.library import template_formats
from loa.render.print.document import make_document
from loa.workspace import Workspace, bundled

HERE = Path(__file__).parent
NAMES = sorted(folder.name for folder in (bundled("templates") / "documents").iterdir())
SHOWN = {
    "ap-phich": ("a3",), "phieu-phat-thanh": ("a4",), "qr-diem": ("a4",), "so-tay": ("a5", "a4-ghim"),
    "the-bo-tui": ("the", "the-a4"), "to-gap": ("a5",),
}  # fmt: skip
SAMPLES = [(name, form) for name, forms in SHOWN.items() for form in forms]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path)


def test_every_bundled_document_has_its_golden_picture() -> None:
    assert list(SHOWN) == NAMES


@pytest.mark.parametrize(("name", "form"), SAMPLES)
def test_a_document_looks_as_it_did(ws: Workspace, name: str, form: str) -> None:
    made = make_document(ws, order(f"documents/{name}", form))
    compare(Image.open(io.BytesIO(made.preview)).convert("RGB"), HERE / f"document-{name}-{form}.webp")


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_made_in_each_of_its_formats_and_for_elder_readers(ws: Workspace, name: str) -> None:
    for form in template_formats(ws, f"documents/{name}"):
        assert make_document(ws, order(f"documents/{name}", form)).data.startswith(b"%PDF")
    assert make_document(ws, order(f"documents/{name}", form, variant="elder")).data.startswith(b"%PDF")
