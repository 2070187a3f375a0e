"""PDFs as other programs read them, and small document templates to print."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pypdf
import pypdfium2
from numpy.typing import NDArray

from loa.render import Order
from loa.render.picture import design
from loa.render.print.document import Document, lay_out_document, write_pdf
from loa.workspace import Workspace

DOCUMENT = """\
title: Tài liệu thử
formats:
  a6: {{ width: 1050, height: 1480, page: {{ width: 105, height: 148, bleed: 3 }}, smallest: 8{more} }}
most_pages: {most}
multiple: {multiple}
fields:
  title: {{ about: Tên }}
  photo: {{ about: Ảnh }}
  body: {{ about: Bài }}
  sections: {{ list: yes, about: Các mục }}
pages:
{pages}
"""
COVER = (
    '  - box: { kind: column, fill: navy, children: [ { kind: text, text: "{{ title }}", color: white, size: 60 } ] }'
)
FLOW = """\
  - flow: {field}
    spoken: {spoken}
    box:
      kind: column
      fill: white
      padding: "100"
      gap: 20
      children:
        - {{ kind: text, when: {{ given: first }}, text: "{{{{ section.title }}}}", size: 60, lines: 3 }}
        - kind: column
          grow: 1
          gap: 20
          children:
            - {{ kind: text, each: blocks, text: "{{{{ item.text }}}}", size: 50, lines: 20, balance: no }}
        - {{ kind: text, when: {{ given: side }}, text: "Trang", size: 90 }}
        - {{ kind: text, text: "{{{{ page }}}}/{{{{ pages }}}} {{{{ section.minutes }}}}", size: 30 }}
"""
PAD = '  - { pad: yes, box: { kind: column, children: [ { kind: text, text: "Ghi chú {{ page }}" } ] } }'
CONTENTS = """\
  - box:
      kind: column
      children:
        - { kind: text, each: contents, text: "{{ item.number }}. {{ item.title }}: {{ item.page }}" }
"""


def document_yaml(*pages: str, more: str = "", most: int = 60, multiple: int = 1) -> str:
    return DOCUMENT.format(pages="\n".join(pages), more=more, most=most, multiple=multiple)


def flow(field: str = "body", *, spoken: bool = False) -> str:
    return FLOW.format(field=field, spoken="yes" if spoken else "no")


def paged(ws: Workspace, name: str, form: str = "a6", **data: Any) -> Document:
    return lay_out_document(design(ws, Order(name, form, data)))


def pdf_of(document: Document) -> bytes:
    assert document.problems() == []
    return write_pdf(document, document.pictures())


def texts(pdf: bytes) -> list[str]:
    """What PDFium reads on each page, spaces made one."""
    with pypdfium2.PdfDocument(pdf) as read:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in read]


def pixels(pdf: bytes, page: int = 0, dpi: int = 72) -> NDArray[np.int16]:
    """A page as PDFium draws it, marks and all."""
    with pypdfium2.PdfDocument(pdf) as read:
        return np.asarray(read[page].render(scale=dpi / 72).to_pil().convert("RGB")).astype(np.int16)


def reader(pdf: bytes) -> pypdf.PdfReader:
    """Strict: what is not in order raises."""
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def boxes(pdf: bytes, page: int = 0) -> dict[str, tuple[float, ...]]:
    """Media, bleed and trim box in millimetres."""
    found = reader(pdf).pages[page]
    return {
        name: tuple(round(float(value) * 25.4 / 72, 2) for value in found[f"/{name}"])
        for name in ("MediaBox", "BleedBox", "TrimBox")
    }
