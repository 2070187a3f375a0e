"""What pictures share is painted once; nobody can tell from the pixels."""

import copy
import threading
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import facts, sample

from loa.render import Order
from loa.render.canvas import Pixels, SkiaCanvas
from loa.render.display import Stroke, strokes_of
from loa.render.easel import Easel, forget
from loa.render.picture import design, painted, settle
from loa.render.tree.paint import Painter
from loa.workspace import Workspace


def commune(number: int, form: str = "portrait", **more: Any) -> Order:
    data = copy.deepcopy(sample())
    data["unit"]["name"] = f"Ủy ban nhân dân xã Ea Kao {number}" + " kéo dài cho đủ hai dòng" * (number % 5 == 4)
    data["facts"][1].update(value=str(40 + number * 7 % 50), number=float(40 + number * 7 % 50))
    return Order("infographics/chi-so", form, {**data, **more})


def pixels_of(ws: Workspace, asked: Order) -> Pixels:
    plan, placed, problems = settle(design(ws, asked))
    assert problems == []
    with painted(plan, placed) as sheet:
        return sheet.pixels.copy()


def painted_in_full(ws: Workspace, asked: Order) -> Pixels:
    """Stroke by stroke on a canvas of its own."""
    plan, placed, _ = settle(design(ws, asked))
    canvas = SkiaCanvas(plan.spec.width, plan.spec.height)
    painter = Painter(canvas, plan.theme, plan.pictures(tuple(root.element for root in placed)))
    for root in placed:
        painter.paint(root)
    return canvas.pixels


@pytest.mark.parametrize("form", ["square", "portrait", "story"])
def test_a_picture_of_a_series_has_the_bytes_of_one_painted_alone(ws: Workspace, form: str) -> None:
    for number in range(10):
        asked = commune(number, form, **({"facts": facts(6)} if number == 6 else {}))
        assert np.array_equal(pixels_of(ws, asked), painted_in_full(ws, asked)), number


def test_the_order_in_which_pictures_are_made_changes_none_of_them(ws: Workspace) -> None:
    first = [pixels_of(ws, commune(number)) for number in range(6)]
    forget()
    second = [pixels_of(ws, commune(number)) for number in reversed(range(6))]
    assert all(np.array_equal(one, other) for one, other in zip(first, reversed(second), strict=True))


def test_a_logo_that_changes_is_painted_anew(ws: Workspace) -> None:
    for color in ("#00aa00", "#aa0000", "#0000aa"):
        Image.new("RGB", (64, 64), color).save(ws.root / "logo.png")
        asked = commune(1, unit={**sample()["unit"], "logo": "logo.png"})
        assert np.array_equal(pixels_of(ws, asked), painted_in_full(ws, asked))


def stroke(mark: int, left: float, color: tuple[int, int, int, int], drawn: list[int]) -> Stroke:
    def draw(pen: Any) -> None:
        drawn.append(mark)
        pen.disc(left + 10, 20, 8, color)

    return Stroke(mark, (left, 10, left + 20, 30), draw)


def test_what_was_painted_for_the_last_pictures_is_not_painted_again() -> None:
    easel, drawn = Easel(200, 40), list[int]()
    ground = [stroke(mark, mark * 30.0, (10, 20, 30, 255), drawn) for mark in range(5)]
    for number in range(4):
        drawn.clear()
        with easel.painted([*ground, stroke(100 + number, 160, (200, 0, 0, 255), drawn)]):
            pass
    assert drawn == [103]


def test_a_stroke_that_reaches_under_a_shared_one_keeps_its_place() -> None:
    easel, drawn = Easel(60, 40), list[int]()
    over = stroke(1, 20, (0, 0, 255, 255), drawn)
    alone = stroke(2, 40, (0, 255, 0, 255), drawn)
    for number in range(5):
        under = stroke(50 + number, 15, (255, 0, 0, 255), drawn)
        with easel.painted([under, over, alone]) as sheet:
            assert tuple(sheet.pixels[20, 30]) == (0, 0, 255, 255)


def test_strokes_tell_which_pixels_they_touch(ws: Workspace) -> None:
    plan, placed, _ = settle(design(ws, commune(0)))
    for each in strokes_of(plan.theme, placed, {}):
        canvas = SkiaCanvas(plan.spec.width, plan.spec.height)
        each.draw(canvas)
        down, across = np.nonzero(canvas.pixels[..., 3])
        if len(down):
            left, top, right, bottom = each.bounds
            assert left - 1 < across.min(), each
            assert top - 1 < down.min(), each
            assert across.max() < right + 1, each
            assert down.max() < bottom + 1, each


def test_two_threads_may_paint_at_once(ws: Workspace) -> None:
    wanted = {number: painted_in_full(ws, commune(number)) for number in range(4)}
    wrong: list[int] = []

    def work(number: int) -> None:
        seen = [pixels_of(ws, commune(number)) for _ in range(3)]
        wrong.extend(number for pixels in seen if not np.array_equal(pixels, wanted[number]))

    threads = [threading.Thread(target=work, args=(number,)) for number in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
