"""Templates shown to the people who make them: what there is, sample data, and what is wrong, with the place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from loa.errors import LoaError, Place, Problem, RenderError
from loa.reader import Lines, load, read_text
from loa.render.audio import FORMATS, is_audio
from loa.render.kinds import kind_of
from loa.render.library import (
    PREVIEW_FILE,
    TEMPLATE_FILE,
    brand_file,
    load_template,
    shared_file,
    source_of,
    template_folder,
)
from loa.render.order import Kind, Order, Variant
from loa.render.template import FieldSpec, FormatSpec, Preview
from loa.workspace import BRANDS, Workspace, bundled

KINDS = ("infographics", "clips", "documents", "audio")
"""The folders of templates, in the order in which they are told."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LEAST_WORDS = 2
"""A text shorter than this many letters stands in too many places of a file to be looked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a person asks about a template before using it."""

    name: str
    title: str
    about: str
    kinds: tuple[Kind, ...]
    formats: tuple[str, ...]
    specs: Mapping[str, FormatSpec]
    fields: Mapping[str, FieldSpec]
    parts: tuple[str, ...]
    own: bool
    """True for a template of the workspace, False for one that the program brings."""


def template_names(ws: Workspace) -> tuple[str, ...]:
    """Every template of the workspace and of the program: pictures first, then clips, documents, sound."""
    roots = (ws.templates, bundled("templates"))
    found = {path.parent.relative_to(root).as_posix() for root in roots for path in root.glob(f"*/*/{TEMPLATE_FILE}")}
    order = {kind: number for number, kind in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda name: (order.get(name.split("/")[0], len(order)), name)))


def describe_template(ws: Workspace, name: str) -> Sheet:
    """What there is to say of a template.

    Raises:
        RenderError: E401, there is no such template.
        ProblemsFound: everything that is wrong in its file.
    """
    own = template_folder(ws, name).is_relative_to(ws.templates)
    if is_audio(name):
        from loa.render.audio.template import load_audio  # noqa: PLC0415 (the audio room reads from this one's floor)

        sound = load_audio(ws, name)
        kinds = tuple(dict.fromkeys(kind_of(ws, name, form) for form in FORMATS))
        passages = tuple(passage.name for passage in sound.script if passage.name)
        return Sheet(name, sound.title, sound.about, kinds, FORMATS, {}, sound.fields, passages, own)
    template = load_template(ws, name)
    formats = tuple(template.formats)
    kinds = tuple(dict.fromkeys(kind_of(ws, name, form) for form in formats))
    fields, parts = template.fields, tuple(template.parts)
    return Sheet(name, template.title, template.about, kinds, formats, template.formats, fields, parts, own)


@dataclass(frozen=True, slots=True)
class Sample:
    """Sample data of a template and the file that says it."""

    template: str
    data: Mapping[str, Any]
    path: Path
    shown: str


def read_sample(ws: Workspace, name: str, path: Path | None = None) -> Sample:
    """The sample data of a template, or those of another file of the same form.

    Raises:
        RenderError: E401 no such template, E490 it has no sample data.
        ProblemsFound: everything that is wrong in the file.
    """
    file = path or template_folder(ws, name) / PREVIEW_FILE
    if path is None and not file.is_file():
        raise RenderError("E490", template=name)
    shown = source_of(ws, file).shown if file.is_file() else ws.shown(file)
    return Sample(name, _figures(load(file, Preview, shown).value.data), file, shown)


def _figures(value: Any) -> Any:
    """The data with its figures as numbers: a file has texts only, an order of a campaign has numbers."""
    if isinstance(value, Mapping):
        return {name: _number(inner) if name == "number" else _figures(inner) for name, inner in value.items()}
    return [_figures(inner) for inner in value] if isinstance(value, list | tuple) else value


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def sample_orders(
    ws: Workspace,
    name: str,
    data: Mapping[str, Any],
    *,
    formats: Sequence[str] = (),
    variant: Variant = "",
    brand: str = "",
) -> list[Order]:
    """The orders that show a template in these formats, or in all that it has."""
    chosen = formats or describe_template(ws, name).formats
    return [Order(name, form, data, variant=variant, brand=brand) for form in chosen]


def sources(ws: Workspace, name: str, brand: str = "", data: Path | None = None) -> tuple[Path, ...]:
    """Every file that a look at a template depends on: a change of any of them is a reason to look again."""
    folder = ws.find_template(name)
    own = sorted(file for file in folder.rglob("*") if file.is_file()) if folder else []
    beside = [ws.templates / "shared.yaml", ws.templates / "brand.yaml", ws.templates / BRANDS / f"{brand}.yaml"]
    try:
        beside += [shared_file(ws), brand_file(ws, brand)]
    except LoaError:  # what is missing is told when the template is read
        beside += [shared_file(ws)]
    return tuple(dict.fromkeys([*own, *beside, *([data] if data else [])]))


def check_sample(
    ws: Workspace, name: str, *, variants: Iterable[Variant] = ("",), brand: str = ""
) -> Iterator[tuple[Order | None, list[Problem]]]:
    """Each order of a template's sample data with what would stop it; no order where the files cannot be read."""
    from loa.render.picture import check_orders  # noqa: PLC0415 (Skia measures text)

    try:
        specs = describe_template(ws, name).specs
        sample = read_sample(ws, name)
    except LoaError as error:
        yield None, list(error.problems())
        return
    for variant in variants:
        for order in sample_orders(ws, name, sample.data, variant=variant, brand=brand):
            spec = specs.get(order.format)
            if variant and spec is not None and spec.shape == "strip":
                continue  # a banner is read from afar: what it says for all is large enough for elder readers
            if kind_of(ws, name, order.format) != "audio":  # sound needs a voice, which is not the template's affair
                yield order, located(ws, sample, check_orders(ws, [order]))


def located(ws: Workspace, sample: Sample, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of the layout, each at the line of the sample data or of the template that says the text."""
    return [problem if problem.place else replace(problem, place=_place(ws, sample, problem)) for problem in problems]


def _place(ws: Workspace, sample: Sample, problem: Problem) -> Place:
    """Where the words of a problem stand; a field that is missing is missing under ``data``."""
    words = problem.params.get("text", "")
    template = template_folder(ws, sample.template) / TEMPLATE_FILE
    if field := problem.params.get("field", ""):
        return _found(ws, sample.path, f"{field}:") or _found(ws, sample.path, "data:") or Place(sample.shown)
    for path in (sample.path, template, shared_file(ws)):
        if len(words) >= _LEAST_WORDS and (found := _found(ws, path, words)):
            return found
    return Place(sample.shown)


def _found(ws: Workspace, path: Path, words: str) -> Place | None:
    """The first line that says these words; a key is looked for where lines begin."""
    shown = source_of(ws, path).shown
    lines = Lines(read_text(path, shown), shown)
    for number, line in enumerate(lines.all):
        if words in line and (not words.endswith(":") or line.strip().startswith(words)):
            return lines.place(number, line.index(words), len(words))
    return None


def copy_template(ws: Workspace, source: str, name: str) -> Path:
    """Copy a template into the workspace under a new name (its own name makes an office's own version of it).

    Raises:
        RenderError: E401 no such template, E491 a name that cannot be, E492 it is there already.
    """
    folder = template_folder(ws, source)
    kind, _, last = name.partition("/")
    if kind != source.partition("/")[0] or not _SLUG.fullmatch(last):
        raise RenderError("E491", name=name)
    target = ws.inside(f"templates/{name}")
    if target.exists():
        raise RenderError("E492", path=ws.shown(target))
    shutil.copytree(folder, target)
    return target
