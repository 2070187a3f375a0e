"""The report pack: Word, Excel, the page and the tables in one folder."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from loa.errors import LoaError
from loa.report.paper import docx_file, xlsx_file
from loa.report.paper.docx_file import write_docx
from loa.report.paper.sections import sections_of
from loa.report.paper.sheets import write_xlsx
from loa.report.paper.source import Source
from loa.report.paper.template import FOLDER_FILE
from loa.report.write import write_report
from loa.workspace import Workspace


def write_pack(folder: Path, source: Source, template: Path | None = None) -> tuple[Path, ...]:
    """Write everything into ``folder``; the paths, the Word file first.

    Raises:
        LoaError: E802 the folder cannot be written to; E275, E278, E279 the template cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        word, sheet = folder / docx_file.FILE, folder / xlsx_file.FILE
        write_docx(source, _fresh(word), template)
        write_xlsx(source, _fresh(sheet))
        for path in (word, sheet):  # whole or not at all: somebody may have the old one open
            _fresh(path).replace(path)
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error
    zone = source.workspace.zone
    start = datetime.combine(source.period.first, time(), zone)
    end = datetime.combine(source.period.last + timedelta(days=1), time(), zone)
    page = write_report(
        folder,
        source.views,
        source.workspace,
        (start, end),
        source.now,
        rehearsal=source.rehearsal,
        sections=sections_of(source),
    )
    return (word, sheet, *page)


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def template_of(workspace: Workspace, named: str) -> Path | None:
    """The template that was named, else the office's own, else none: then Loa lays the paper out by itself.

    Raises:
        WorkspaceError: E202, it lies outside of the workspace.
    """
    if named:
        return workspace.inside(named)
    own = workspace.inside(FOLDER_FILE)
    return own if own.is_file() else None
