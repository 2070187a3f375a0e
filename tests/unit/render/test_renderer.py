import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from support.pictures import add_template, order, sample

from loa.errors import RenderError
from loa.render import Renderer
from loa.render.picture import make_picture
from loa.workspace import Workspace, bundled

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from support.pictures import make_studio, order
from loa.render import Renderer
from loa.render.picture import make_picture
asset = Renderer(make_studio(Path(sys.argv[1]))).render(order())
print(asset.key, asset.sha256)
"""


def test_what_was_made_once_is_taken_from_the_shelf(ws: Workspace) -> None:
    renderer = Renderer(ws)
    assert renderer.cached(order()) is None
    made = renderer.render(order())
    born = made.path.stat().st_mtime_ns
    assert renderer.cached(order()) == renderer.render(order()) == made
    assert made.path.stat().st_mtime_ns == born
    assert made.path == ws.assets / made.key[:2] / f"{made.key}.jpg"


def test_a_changed_byte_is_noticed_and_the_picture_made_again(ws: Workspace) -> None:
    renderer = Renderer(ws)
    made = renderer.render(order())
    data = bytearray(made.path.read_bytes())
    data[-20] ^= 1
    made.path.write_bytes(data)
    assert not renderer.verify(made)
    assert renderer.cached(order()) is None
    assert renderer.render(order()) == made
    assert renderer.verify(made)


def test_a_batch_looks_at_size_and_time_and_who_sends_something_out_looks_at_the_bytes(ws: Workspace) -> None:
    renderer = Renderer(ws)
    (made,) = renderer.render_all([order()])
    status = made.path.stat()
    data = bytearray(made.path.read_bytes())
    data[-20] ^= 1
    made.path.write_bytes(data)
    os.utime(made.path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as only somebody who means harm would leave it
    assert renderer.render_all([order()]) == [made]
    assert not renderer.verify(made)
    assert renderer.cached(order()) is None


def test_a_batch_notices_a_file_that_was_touched_and_believes_one_that_was_only_copied(ws: Workspace) -> None:
    renderer = Renderer(ws)
    (made,) = renderer.render_all([order()])
    data = made.path.read_bytes()
    made.path.write_bytes(data)  # another time, the same bytes: as a backup brings it back
    born = made.path.stat().st_mtime_ns
    assert renderer.render_all([order()]) == [made]
    assert made.path.stat().st_mtime_ns == born
    made.path.write_bytes(data[:-1] + b"x")
    assert renderer.render_all([order()]) == [made]
    assert made.path.read_bytes() == data


def test_a_deleted_file_or_a_broken_note_is_made_again(ws: Workspace) -> None:
    renderer = Renderer(ws)
    made = renderer.render(order())
    made.path.unlink()
    assert not renderer.verify(made)
    assert renderer.verify(renderer.render(order()))
    made.path.with_suffix(".json").write_text("{", encoding="utf-8")
    assert renderer.render(order()) == made


def test_the_note_tells_what_the_picture_is(ws: Workspace) -> None:
    made = Renderer(ws).render(order())
    note = json.loads(made.path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (note["sha256"], note["width"], note["height"]) == (made.sha256, 1080, 1350)
    assert (made.kind, made.media_type, made.captions) == ("picture", "image/jpeg", None)


def test_no_half_written_file_is_left(ws: Workspace) -> None:
    made = Renderer(ws).render(order())
    assert sorted(path.suffix for path in made.path.parent.iterdir()) == [".jpg", ".json"]


def test_the_key_changes_with_whatever_could_show(ws: Workspace) -> None:
    renderer = Renderer(ws)
    first = renderer.key(order())
    changed = [
        renderer.key(order(title="Tên khác")),
        renderer.key(order(form="square")),
        renderer.key(dataclasses.replace(order(), alt="Mô tả")),
    ]
    shipped = bundled("templates")
    text = (shipped / "infographics/chi-so/template.yaml").read_text(encoding="utf-8")
    brand = (shipped / "brand.yaml").read_text(encoding="utf-8")
    add_template(ws, "infographics/chi-so", text + "# một chú thích\n", brand)
    changed.append(renderer.key(order()))
    add_template(ws, "infographics/chi-so", text, brand.replace("#C81E36", "#C81E37"))
    changed.append(renderer.key(order()))
    add_template(ws, "infographics/chi-so", text, brand)
    assert renderer.key(order()) == first
    assert len({first, *changed}) == 6


def test_the_key_changes_with_the_bytes_of_a_logo(ws: Workspace) -> None:
    renderer, logo = Renderer(ws), ws.root / "logo.png"
    asked = order(unit={**sample()["unit"], "logo": "logo.png"})
    Image.new("RGB", (64, 64), "#00aa00").save(logo)
    first = renderer.render(asked)
    Image.new("RGB", (64, 64), "#aa0000").save(logo)
    second = renderer.render(asked)
    assert first.key != second.key
    assert first.sha256 != second.sha256


def test_two_processes_give_the_same_key_and_bytes(ws: Workspace, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "elsewhere"), str(Path(__file__).parents[2])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    made = Renderer(ws).render(order())
    assert done.stdout.split() == [made.key, made.sha256]


def test_many_orders_come_back_in_their_order_with_progress(ws: Workspace) -> None:
    renderer = Renderer(ws)
    orders = [order(title=f"Tiêu đề số {number} của loạt", form="square") for number in (1, 2, 1, 3)]
    seen: list[tuple[int, int]] = []
    assets = renderer.render_all(orders, lambda done, all_: seen.append((done, all_)))
    assert [asset.key for asset in assets] == [renderer.key(each) for each in orders]
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.slow
def test_worker_processes_make_the_same_bytes_and_report_problems(ws: Workspace) -> None:
    renderer = Renderer(ws)
    orders = [order(title=f"Tiêu đề số {number} của loạt", form="square") for number in range(9)]
    assets = renderer.render_all(orders)
    here = [hashlib.sha256(make_picture(ws, each).data).hexdigest() for each in orders]
    assert [asset.sha256 for asset in assets] == here
    with pytest.raises(RenderError) as caught:
        renderer.render_all([order(title=f"Số {number} " + "dài " * 40) for number in range(9)])
    assert caught.value.code == "E405"
