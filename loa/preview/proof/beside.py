"""What lies beside the pages of a proof: every address of the desk in them becomes that of a file in the folder."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import fontpkg_be_vietnam_pro

from loa.dispatch import AttachmentView, DeliveryView
from loa.preview.faces.logos import logo_file
from loa.preview.frame import STATIC
from loa.render.subtitles import vtt
from loa.render.thumbs import thumbnail
from loa.workspace import Workspace

OWN, MEDIA = "loa", "tep"
_SHORT = 16
_STYLES = ("vendor/pico.min.css", "frame.css", "faces.css", "proof.css")
_SCRIPTS = ("faces.js", "proof.js")
_CUTS = ("Regular", "SemiBold", "Bold")
_ADDRESS = re.compile(r'(?P<name>src|href|poster)="/(?P<kind>asset|shown|thumb|captions-track|logo)/(?P<rest>[^"]*)"')
"""Only the templates write a quotation mark: in what people wrote it is escaped."""
_STAGE = re.compile(r' data-stage="/face/\d+/stage/([0-9a-f]+)"')


class Beside:
    """The files of one proof. ``written`` lists all of them, as paths from the folder."""

    def __init__(self, folder: Path, workspace: Workspace, views: Iterable[DeliveryView]) -> None:
        self._folder, self._workspace = folder, workspace
        self._assets: dict[str, AttachmentView] = {
            each.sha256: each for view in views for each in (*view.attachments, *view.besides)
        }
        self._thumbs = workspace.var / "preview" / "thumbs"
        self.written: dict[str, None] = {}

    def lay_own(self) -> None:
        """The program's own files: looks, script and typeface."""
        for name in (*_STYLES, *_SCRIPTS):
            source, target = STATIC / name, self._target(f"{OWN}/{Path(name).name}")
            if source.suffix == ".css":
                text = source.read_text(encoding="utf-8").replace('url("/font/', 'url("')
                target.write_text(text, encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(source, target)
        fonts = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
        for cut in _CUTS:
            shutil.copyfile(fonts / f"BeVietnamPro-{cut}.ttf", self._target(f"{OWN}/{cut}.ttf"))

    def text(self, name: str, text: str) -> Path:
        """Write a file of the folder."""
        path = self._target(name)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def data(self, name: str, data: bytes) -> Path:
        """The same for bytes."""
        path = self._target(name)
        path.write_bytes(data)
        return path

    def at_home(self, markup: str) -> str:
        """``markup`` of the desk with addresses in the folder; what they name is laid there."""
        return _ADDRESS.sub(self._addressed, _STAGE.sub(r' data-asset="\1"', markup))

    def small(self, view: DeliveryView) -> Path | None:
        """The picture that a delivery is known by, 640 pixels across at most."""
        found = (self._small(each.sha256, 640) for each in (*view.attachments, *view.besides))
        return next(filter(None, found), None)

    def _addressed(self, match: re.Match[str]) -> str:
        address = self._address(match["kind"], match["rest"])
        return f'{match["name"]}="{address}"'

    def _address(self, kind: str, rest: str) -> str:
        sha256, _, width = rest.partition("/")
        if kind == "logo":
            return self._laid(logo_file(self._workspace, rest), f"logo-{rest}")
        found = self._assets[sha256]
        if kind == "captions-track":
            return _track(found)
        if kind == "thumb":
            return self._laid(self._small(sha256, int(width)), f"{sha256[:_SHORT]}-{width}")
        if kind == "shown":
            return self._laid(found.preview, f"{sha256[:_SHORT]}-xem")
        return self._laid(found.path, sha256[:_SHORT])

    def _small(self, sha256: str, width: int) -> Path | None:
        found = self._assets[sha256]
        source = found.preview or (found.path if found.kind == "picture" else None)
        return thumbnail(source, sha256, width, self._thumbs) if source is not None and source.is_file() else None

    def _laid(self, source: Path | None, stem: str) -> str:
        """Copy what is there; what is not is told by the page."""
        if source is None or not source.is_file():
            return ""
        name = f"{MEDIA}/{stem}{source.suffix.lower()}"
        if name not in self.written:
            shutil.copyfile(source, self._target(name))
        return name

    def _target(self, name: str) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written[name] = None
        return path


def _track(clip: AttachmentView) -> str:
    """Captions inside the page: a browser takes none from a file beside it."""
    text = vtt(clip.captions.read_text(encoding="utf-8-sig")) if clip.captions else ""
    return f"data:text/vtt;base64,{base64.b64encode(text.encode()).decode()}"
