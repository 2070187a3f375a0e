"""What becomes of an order: a picture, a clip, a document or sound. Told without making anything."""

from __future__ import annotations

from loa.render.audio import SCRIPT, is_audio
from loa.render.library import load_template
from loa.render.order import Kind
from loa.workspace import Workspace


def kind_of(ws: Workspace, template: str, form: str) -> Kind:
    """The kind of asset that a template becomes in a format.

    Raises:
        RenderError: E401, there is no such template.
        ProblemsFound: everything that is wrong in its file.
    """
    if is_audio(template):
        return "document" if form == SCRIPT else "audio"
    loaded = load_template(ws, template)
    if loaded.is_clip:
        return "clip"
    return "document" if loaded.printed_in(form) else "picture"


def size_of(ws: Workspace, template: str, form: str) -> tuple[int, int]:
    """Width and height in pixels; nothing for what has none (sound) or has millimetres (print)."""
    if kind_of(ws, template, form) not in ("picture", "clip"):
        return 0, 0
    spec = load_template(ws, template).formats[form]
    return spec.width, spec.height


def template_fields(ws: Workspace, template: str) -> tuple[str, ...]:
    """The fields that a template asks for; nothing for sound, which has a form of its own."""
    return () if is_audio(template) else tuple(load_template(ws, template).fields)
