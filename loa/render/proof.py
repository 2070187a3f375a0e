"""A look at an order whatever the lint says of it: the designer sees what is wrong, not only that something is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from loa.errors import Problem
from loa.render.audio import is_audio
from loa.render.canvas import SkiaCanvas
from loa.render.finish import encode
from loa.render.kinds import kind_of
from loa.render.order import Kind, Order
from loa.render.pen import Pixels
from loa.render.picture import Design, design, painted, settle
from loa.render.scan import check_codes
from loa.render.tree.paint import Painter
from loa.workspace import Workspace

_GAP = 24
_GROUND = (217, 222, 230, 255)
_SCENE_HEIGHT = 720


@dataclass(frozen=True, slots=True)
class Proof:
    """What an order looks like now, and what would stop it. ``text`` instead of a picture where it is heard."""

    order: Order
    kind: Kind
    data: bytes
    width: int
    height: int
    problems: tuple[Problem, ...]
    safe: tuple[float, float, float, float]
    """Where no text may stand: top, right, bottom and left, as shares of the picture."""
    milliseconds: float
    text: str = ""


def proof(ws: Workspace, order: Order) -> Proof:
    """Make a picture of an order to look at; nothing is kept.

    Raises:
        LoaError: the template, the brand or the data cannot be read at all.
    """
    start = time.perf_counter()
    if is_audio(order.template):
        return _script(ws, order, start)
    plan = design(ws, order)
    kind = kind_of(ws, order.template, order.format)
    data, width, height, problems = _LOOKS[kind](plan)
    taken = (time.perf_counter() - start) * 1000
    return Proof(order, kind, data, width, height, tuple(problems), _safe(plan, kind), taken)


Look = tuple[bytes, int, int, list[Problem]]


def _picture(plan: Design) -> Look:
    settled, placed, problems = settle(plan)
    order, spec = settled.order, settled.spec
    with painted(settled, placed) as sheet:
        codes = check_codes(sheet.pixels, placed, f"{order.template}/{order.format}")
        return encode(sheet.pixels, whole=sheet.jpeg), spec.width, spec.height, [*problems, *codes]


def _document(plan: Design) -> Look:
    from loa.render.print.document import lay_out_document  # noqa: PLC0415 (paper is seldom looked at)
    from loa.render.print.preview import preview_of  # noqa: PLC0415 (the same)

    document = lay_out_document(plan)
    shown = preview_of(document, document.pictures())
    return shown.data, shown.width, shown.height, document.problems()


def _clip(plan: Design) -> Look:
    """The scenes of a clip side by side, each as it stands when all of it has come on."""
    from loa.render.clip import laid_out  # noqa: PLC0415 (clips are seldom looked at)

    clip = laid_out(plan)
    pictures = clip.plan.pictures(tuple(root.element for root in clip.seen))
    frames = []
    for _, roots in clip.scenes:
        canvas = SkiaCanvas(plan.spec.width, plan.spec.height)
        painter = Painter(canvas, clip.plan.theme, pictures)
        for root in (*clip.ground, *roots):
            painter.paint(root)
        frames.append(canvas.pixels)
    board = _board(frames)
    return encode(board), board.shape[1], board.shape[0], clip.problems()


def _board(frames: list[Pixels]) -> Pixels:
    """Frames beside each other, in as many rows as make the board about as high as wide."""
    step = max(1, round(frames[0].shape[0] / _SCENE_HEIGHT))
    small = [_smaller(frame, step) for frame in frames]
    height, width = small[0].shape[:2]
    columns = min(len(small), max(1, math.ceil(math.sqrt(len(small) * height / width * 1.6))))
    rows = math.ceil(len(small) / columns)
    columns = math.ceil(len(small) / rows)  # as even as they come: three and three, not five and one
    board = np.empty((rows * (height + _GAP) + _GAP, columns * (width + _GAP) + _GAP, 4), np.uint8)
    board[:] = _GROUND
    for index, frame in enumerate(small):
        top, left = index // columns * (height + _GAP) + _GAP, index % columns * (width + _GAP) + _GAP
        board[top : top + height, left : left + width] = frame
    return board


def _smaller(frame: Pixels, step: int) -> Pixels:
    """A frame ``step`` times smaller, each point the mean of those it stands for."""
    height, width = frame.shape[0] // step, frame.shape[1] // step
    blocks = frame[: height * step, : width * step].reshape(height, step, width, step, 4)
    small: Pixels = blocks.mean(axis=(1, 3)).round().astype(np.uint8)
    return small


_LOOKS = {"picture": _picture, "document": _document, "clip": _clip}


def _safe(plan: Design, kind: Kind) -> tuple[float, float, float, float]:
    if kind != "picture":
        return 0, 0, 0, 0
    top, right, bottom, left = plan.theme.sides(plan.spec.safe)
    width, height = plan.spec.width, plan.spec.height
    return top / height, right / width, bottom / height, left / width


def _script(ws: Workspace, order: Order, start: float) -> Proof:
    """What an announcer reads; a sound is made only when it is ordered."""
    from loa.render.audio.bulletin import bulletin_problems  # noqa: PLC0415 (sound is seldom looked at)
    from loa.render.audio.script import write_script  # noqa: PLC0415 (the same)

    sheet = write_script(ws, order).sheet(ws.settings.voice.pace)
    problems = tuple(bulletin_problems(ws, order))
    taken = (time.perf_counter() - start) * 1000
    return Proof(order, kind_of(ws, order.template, order.format), b"", 0, 0, problems, (0, 0, 0, 0), taken, sheet)
