"""The office's own Word template: its styles, pages and heads stay; ``{{NAMES}}`` are filled."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError

from loa.errors import LoaError
from loa.official import new_paper

FOLDER_FILE = "templates/documents/bao-cao.docx"
CONTENT = "NOI_DUNG"
_PLACE = re.compile(r"\{\{\s*([A-Z_]+)\s*\}\}")


def open_template(path: Path) -> Any:
    """The document of a template.

    Raises:
        LoaError: E278, it cannot be opened.
    """
    try:
        return new_paper(path)
    except (OSError, OpcError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise LoaError("E278", file=path, detail=str(error)) from error


def fill(document: Any, path: Path, texts: Mapping[str, str], write: Callable[[], None]) -> None:
    """Fill every place with its text; ``write`` adds the text of the report, which is moved to its place.

    Raises:
        LoaError: E275 the text has no place; E279 a place is not known.
    """
    paragraphs = list(_paragraphs(document))
    names = {name for each in paragraphs for name in _PLACE.findall(each.text)}
    if unknown := sorted(names - texts.keys() - {CONTENT}):
        raise LoaError("E279", file=path, names=", ".join(unknown))
    body = [each for each in document.paragraphs if CONTENT in _PLACE.findall(each.text)]
    if not body:
        raise LoaError("E275", file=path)
    for each in paragraphs:
        if CONTENT not in _PLACE.findall(each.text):
            _fill_paragraph(each, texts)
    _move(document, body[0], write)


def _move(document: Any, place: Any, write: Callable[[], None]) -> None:
    """What ``write`` adds at the end goes before ``place``, which goes."""
    before = set(document.element.body.iterchildren())
    write()
    for element in [each for each in document.element.body.iterchildren() if each not in before]:
        place._p.addprevious(element)  # noqa: SLF001 - python-docx moves nothing
    place._p.getparent().remove(place._p)  # noqa: SLF001 - and takes nothing out


def _fill_paragraph(paragraph: Any, texts: Mapping[str, str]) -> None:
    """Word tears a name into runs as it likes: the first run that has a part of it takes the whole text."""
    if not _PLACE.search(paragraph.text):
        return
    whole = _PLACE.sub(lambda match: texts[match[1]], paragraph.text)
    first, *others = paragraph.runs
    first.text = whole
    for each in others:
        each.text = ""


def _paragraphs(part: Any) -> Iterator[Any]:
    """Every paragraph of a document, a cell or a header, those in tables too."""
    yield from part.paragraphs
    for table in part.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _paragraphs(cell)
    for section in getattr(part, "sections", ()):
        for each in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            yield from _paragraphs(each)
