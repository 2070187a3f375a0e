"""An order for paper, laid out page by page and written as a PDF with a preview beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import skia

from loa.errors import LoaError, Problem, RenderError
from loa.render.alt import compose
from loa.render.canvas import Pixels
from loa.render.fields import refuse
from loa.render.order import Order
from loa.render.picture import Design, design
from loa.render.print.canvas import PrintCanvas
from loa.render.print.dress import dress
from loa.render.print.inks import Inks
from loa.render.print.pages import LaidOut, lay_out, pages_of
from loa.render.print.paper import POINT, Paper, papers, room_left
from loa.render.print.photos import coarse, take_in_all
from loa.render.shelf import Made
from loa.render.template import Sheet
from loa.render.tree.measure import Rect
from loa.render.tree.paint import Painter
from loa.workspace import Workspace

_MARK_WIDTH = 0.25
_JPEG_QUALITY = 92
_OVER = 2.0
"""Units that grounds run on beyond the bleed, where they are cut off sharply: no rim of half-covered points is left."""


@dataclass(frozen=True, slots=True)
class Document:
    """Every page of an order, laid out, and the sheets that they are printed on."""

    plan: Design
    sheet: Sheet
    pages: tuple[LaidOut, ...]
    papers: tuple[Paper, ...]

    @property
    def unit(self) -> float:
        """Millimetres a unit of the layout."""
        return self.sheet.width / self.plan.spec.width

    def problems(self) -> list[Problem]:
        found = [problem for page in self.pages for problem in page.problems]
        return [*found, *coarse(self.plan, self.pages, self.sheet, self.unit)]

    def pictures(self) -> Mapping[str, Pixels]:
        return take_in_all(self.plan, self.pages, self.unit)

    def draw(self, canvas: Any, paper: Paper, pictures: Mapping[str, Pixels], inks: Inks | None = None) -> None:
        """One sheet, in points from its upper left corner."""
        for spot in paper.spots:
            around = Rect(spot.x, spot.y, self.sheet.width * POINT, self.sheet.height * POINT)
            canvas.save()
            canvas.clipRect(skia.Rect.MakeXYWH(*around.inset((-paper.bleed,) * 4)))
            canvas.translate(spot.x, spot.y)
            canvas.scale(self.unit * POINT, self.unit * POINT)
            self.paint(canvas, self.pages[spot.page], pictures, inks)
            canvas.restore()
        ink = skia.Paint(Color=skia.ColorBLACK, StrokeWidth=_MARK_WIDTH)
        for mark in paper.marks:
            canvas.drawLine(*mark, ink)

    def paint(self, canvas: Any, page: LaidOut, pictures: Mapping[str, Pixels], inks: Inks | None = None) -> None:
        """One page, in units from its trimmed corner."""
        beyond = self.sheet.bleed / self.unit + _OVER
        face = PrintCanvas(canvas, page.plan.page, beyond, inks.stand_in if inks else None)
        for root in page.placed:
            Painter(face, page.plan.theme, pictures).paint(root)

    def alt(self) -> str:
        roots = tuple(root for page in self.pages for root in page.placed)
        return compose(self.plan.template, self.plan.scope, self.plan.order.alt, roots)


def lay_out_document(plan: Design) -> Document:
    """The document of a plan.

    Raises:
        RenderError: E461–E465, the pages do not come out right.
    """
    sheet = plan.spec.page
    if sheet is None:
        raise RenderError("E463", template=plan.order.template, format=plan.order.format)
    impose = plan.spec.impose
    if impose is not None and (left := room_left(sheet, impose)) < 0:
        params = {"format": plan.order.format, "missing": f"{-left:.1f}".replace(".", ",")}
        raise RenderError("E464", template=plan.order.template, **params)
    pages = pages_of(plan)
    if impose is not None and impose.order == "booklet" and len(pages) % 4:
        raise RenderError("E465", template=plan.order.template, pages=len(pages))
    return Document(plan, sheet, _laid_out(plan, pages), papers(sheet, impose, len(pages)))


def _laid_out(plan: Design, pages: Sequence[Any]) -> tuple[LaidOut, ...]:
    """The pages in their places; what is wrong with one is told with its number."""
    found = []
    for number, page in enumerate(pages, 1):
        order = replace(plan.order, format=f"{plan.order.format}, trang {number}") if len(pages) > 1 else plan.order
        found.append(lay_out(replace(plan, order=order), page))
    return tuple(found)


def check_document(plan: Design) -> list[Problem]:
    """Everything that would stop a document, found without painting it."""
    try:
        return lay_out_document(plan).problems()
    except LoaError as error:
        return list(error.problems())


def write_pdf(document: Document, pictures: Mapping[str, Pixels]) -> bytes:
    """The PDF: the same bytes for the same document, at any time."""
    told = skia.PDF.Metadata()
    told.fTitle = document.plan.scope.fill("{{ title }}") or document.plan.template.title
    told.fAuthor = document.plan.scope.fill("{{ unit.name }}")
    told.fSubject = document.plan.template.title
    told.fCreator = told.fProducer = "Loa"
    told.fEncodingQuality = _JPEG_QUALITY
    stream, inks = skia.DynamicMemoryWStream(), Inks()
    pdf = skia.PDF.MakeDocument(stream, told)
    for paper in document.papers:
        document.draw(pdf.beginPage(paper.width, paper.height), paper, pictures, inks)
        pdf.endPage()
    pdf.close()
    return dress(bytes(stream.detachAsData()), [paper.boxes for paper in document.papers], inks.restore)


def make_document(ws: Workspace, order: Order) -> Made:
    """A finished document and its preview.

    Raises:
        RenderError: something overflows, is too small, or cannot be read; ProblemsFound when several things do.
    """
    from loa.render.print.preview import preview_of, unread_codes  # noqa: PLC0415 (draws what is laid out here)

    document = lay_out_document(design(ws, order))
    refuse(document.problems())
    pictures = document.pictures()
    refuse(unread_codes(document, pictures))
    preview = preview_of(document, pictures)
    return Made(
        "pdf", write_pdf(document, pictures), preview.width, preview.height, document.alt(), preview=preview.data
    )
