import io
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from support.pictures import add_template, order

from loa.errors import LoaError
from loa.render import Order, Renderer, template_formats
from loa.render.library import load_template
from loa.render.renderer import make
from loa.workspace import Workspace, bundled

TEMPLATES = sorted(
    folder.name for folder in bundled("templates", "infographics").iterdir() if (folder / "preview.yaml").is_file()
)
PLAIN = """\
title: Mã
formats: {{f: {{width: 400, height: 400}}}}
fields: {{link: {{}}}}
box: {{kind: column, fill: white, padding: "100", children: [
  {{kind: qr, value: "{{{{ link }}}}", size: 200, color: "{color}"}}]}}
"""


def read(picture: Image.Image) -> set[str]:
    """What a phone reads that looks at the whole picture, in colour and in grey, as one frame and the next differ."""
    frames = (picture.convert("RGB"), picture.convert("L"))
    return {found.text for frame in frames for found in zxingcpp.read_barcodes(np.asarray(frame))}


def shown_small(jpeg: bytes) -> Image.Image:
    """The picture as a feed shows it: half the size, and saved once more at a low quality."""
    whole = Image.open(io.BytesIO(jpeg))
    out = io.BytesIO()
    whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.LANCZOS).save(out, "JPEG", quality=60)
    return Image.open(out)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_code_is_read_at_half_the_size_and_quality_sixty(ws: Workspace, name: str) -> None:
    template = f"infographics/{name}"
    specs = load_template(ws, template).formats
    for form in template_formats(ws, template):
        if specs[form].page is not None:
            continue
        asked = order(template, form)
        picture = make(ws, asked)
        if asked.data.get("qr"):
            found = read(shown_small(picture.data))
            assert found <= {asked.data["qr"]}
            assert found or not read(Image.open(io.BytesIO(picture.data))), form  # a format may leave the code out


def refused(ws: Workspace, link: str, color: str) -> str:
    add_template(ws, "infographics/ma", PLAIN.format(color=color))
    try:
        Renderer(ws).render(Order("infographics/ma", "f", {"link": link}))
    except LoaError as error:
        return error.code
    return ""


def test_a_dark_code_on_white_goes_out_and_a_pale_one_does_not(ws: Workspace) -> None:
    assert refused(ws, "https://dichvucong.gov.vn", "#0A2150") == ""
    assert refused(ws, "https://dichvucong.gov.vn", "#FFF3C0") == "E480"


def test_a_code_too_fine_for_a_feed_is_refused_by_one_rule_or_the_other(ws: Workspace) -> None:
    assert refused(ws, "https://dichvucong.gov.vn/" + "a" * 300, "#0A2150") in {"E434", "E480"}


def test_what_covers_a_code_is_noticed(ws: Workspace) -> None:
    text = PLAIN.replace("children: [", "children: [{{kind: stack, children: [").replace(
        "]}}\n", ", {{kind: column, fill: white, width: 120, height: 200}}]}}]}}\n"
    )
    add_template(ws, "infographics/ma", text.format(color="#0A2150"))
    with pytest.raises(LoaError) as caught:
        Renderer(ws).render(Order("infographics/ma", "f", {"link": "https://dichvucong.gov.vn"}))
    assert caught.value.code == "E480"
    assert not list(Path(ws.assets).rglob("*.jpg"))
