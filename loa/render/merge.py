"""A template and what it shares with the others, made one and checked as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from loa.errors import Problem, ProblemsFound
from loa.reader import Loaded
from loa.render.brand import Brand
from loa.render.template import BUILT_IN, FIELD, FormatSpec, Shared, Template
from loa.render.tree import nodes
from loa.render.tree.icons import ICONS

PAGE = "page"
"""The shared part that is the whole picture of a template without a box of its own."""
_COLOR_KEYS = frozenset({"fill", "color", "track", "border", "motif_color", "behind", "target_color"})
_ALWAYS = ("accent", "white", "black")
Loc = tuple[str | int, ...]
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SHARE = re.compile(r"(?:100|[0-9]{1,2}(?:\.[0-9]+)?)?")
"""How much of a colour covers what lies below, per cent."""
_DEEPEST, _MOST_NODES = 40, 3000


def merged(template: Template, shared: Shared) -> Template:
    """The template with the shared fields, parts and formats; its own win.

    One with formats of its own that names no shared one stands alone and shares nothing.
    """
    if template.formats and not template.only:
        shared = Shared(formats=shared.formats)
    parts = {**shared.parts, **template.parts}
    own_tree = template.box is not None or template.is_clip or bool(template.pages)
    return template.model_copy(
        update={
            "formats": dict(_formats(template, shared)),
            "fields": {**shared.fields, **template.fields},
            "parts": parts,
            "box": template.box if own_tree else parts.get(PAGE),
        }
    )


def _formats(template: Template, shared: Shared) -> Iterator[tuple[str, FormatSpec]]:
    """The template's own formats, and of the shared ones those it names, or all if it names none and has none."""
    for name, spec in template.formats.items():
        yield name, _sized(template, name, spec, shared.tokens, spec.tokens)
    names = template.only or (() if template.formats else tuple(shared.formats))
    for name in names:
        if name in shared.formats:
            spec = shared.formats[name]
            yield name, _sized(template, name, spec, {**shared.tokens, **spec.tokens}, {})


def _sized(
    template: Template, name: str, spec: FormatSpec, below: Mapping[str, float], own: Mapping[str, float]
) -> FormatSpec:
    """The format with its sizes: those it shares lie ``below`` the template's, its ``own`` above them."""
    sizes, dense = template.sizes, template.dense
    return spec.model_copy(
        update={
            "tokens": {
                **below,
                **template.tokens,
                **sizes.get(spec.shape, {}),
                **own,
                **sizes.get(name, {}),
            },
            "dense": {**spec.dense, **dense.get(spec.shape, {}), **dense.get(name, {})},
        }
    )


@dataclass(frozen=True, slots=True)
class _Check:
    """Walks the file of a template and notes what does not hold together with what it shares."""

    loaded: Loaded[Any]
    whole: Template
    brand: Brand
    problems: list[Problem]

    def note(self, code: str, loc: Loc, accepted: tuple[str, ...] = (), **params: str) -> None:
        self.problems.append(Problem(code, params, self.loaded.place_of(loc), accepted))

    def walk(self) -> None:
        known = set(self.whole.fields) | BUILT_IN
        for text, loc in _strings(self.loaded.value.model_dump(by_alias=True, exclude_defaults=True), ()):
            for name in FIELD.findall(text):
                if name.split(".")[0] not in known:
                    self.note("E411", loc, tuple(sorted(known)), field=name)
            if "{{" in FIELD.sub("", text):  # {{ tên }}: it would stand in the picture as it is written
                self.note("E411", loc, tuple(sorted(known)), field=text[:60])
            self.one_name(str(loc[-1]) if loc else "", text, loc)

    def one_name(self, key: str, text: str, loc: Loc) -> None:
        if key in _COLOR_KEYS and text:
            known = (*self.brand.colors, *self.brand.gradients, *_ALWAYS)
            base, _, share = text.partition("/")
            if (base not in known and not _HEX.fullmatch(base)) or (_SHARE.fullmatch(share) is None):
                self.note("E412", loc, known, color=text)
        elif key == "part" and text not in self.whole.parts:
            self.note("E413", loc, tuple(self.whole.parts), part=text)
        elif key == "name" and "{{" not in text and text not in ICONS:
            self.note("E414", loc, tuple(ICONS), icon=text)
        self.tokens(text, loc)

    def tokens(self, text: str, loc: Loc) -> None:
        for word in text.split():
            if not word.startswith(("$", "-$")):
                continue
            for name, spec in self.whole.formats.items():
                if word.lstrip("$-") not in spec.tokens:
                    self.note("E415", loc, tuple(spec.tokens), token=word, format=name)

    def only(self, shared: Shared) -> None:
        for index, name in enumerate(self.whole.only):
            if name not in shared.formats:
                self.note("E418", ("only", index), tuple(shared.formats), format=name)

    def circles(self) -> None:
        """A part that uses itself, straight or by others, would never end."""
        uses = {name: set(_uses(part)) for name, part in self.whole.parts.items()}
        for name, called in uses.items():
            if name in _reached(uses, called):
                self.note("E419", ("parts", name), part=name)
                return

    def extent(self) -> None:
        """A template that is small on paper and endless when its parts are laid in: no layout would come to an end."""
        known: dict[str, tuple[int, int]] = {}
        for loc, root in _roots(self.whole):
            depth, count = _extent(root, self.whole.parts, known)
            if depth > _DEEPEST or count > _MOST_NODES:
                params = {"depth": str(depth), "count": str(count), "deepest": str(_DEEPEST), "most": str(_MOST_NODES)}
                self.note("E428", loc, (), **params)
                return

    def borrowed(self) -> None:
        """What the shared parts call that the template must bring: ``body`` of a page."""
        uses = {name: set(_uses(part)) for name, part in self.whole.parts.items()}
        called = {part for _, root in _roots(self.whole) for part in _uses(root)}
        for name in sorted((_reached(uses, called) | called) - set(self.whole.parts)):
            if not any(problem.params.get("part") == name for problem in self.problems):
                self.note("E413", (), tuple(self.whole.parts), part=name)


def _roots(whole: Template) -> Iterator[tuple[Loc, nodes.Node]]:
    for name in ("box", "background", "overlay"):
        if (root := getattr(whole, name)) is not None:
            yield (name,), root
    for index, scene in enumerate(whole.scenes):
        yield ("scenes", index), scene.box
    for index, leaf in enumerate(whole.pages):
        yield ("pages", index), leaf.box


def _extent(
    node: nodes.Node, parts: Mapping[str, nodes.Node], known: dict[str, tuple[int, int]], at: int = 1
) -> tuple[int, int]:
    """How deep a tree is and how many nodes it has, with its parts laid in. A part is looked at once."""
    if at > _DEEPEST:
        return 1, 1
    if isinstance(node, nodes.Use):
        if node.part not in parts:
            return 1, 1
        if node.part not in known:
            known[node.part] = _extent(parts[node.part], parts, known, at + 1)
        depth, count = known[node.part]
        return depth + 1, count
    inside = [_extent(child, parts, known, at + 1) for child in _children(node)]
    return 1 + max((depth for depth, _ in inside), default=0), 1 + sum(count for _, count in inside)


def _children(node: nodes.Node) -> tuple[nodes.Node, ...]:
    return (*getattr(node, "children", ()), *getattr(node, "options", ()))


def _reached(uses: Mapping[str, set[str]], start: set[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(uses.get(name, ()))
    return seen


def _uses(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Use):
        yield node.part
    for child in _children(node):
        yield from _uses(child)


def _strings(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    if isinstance(value, str):
        yield value, loc
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _strings(inner, (*loc, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*loc, index))


def check_template(loaded: Loaded[Template], shared: Shared, brand: Brand) -> Template:
    """The merged template.

    Raises:
        ProblemsFound: every unknown field, colour, part, icon, token and format, each at its place.
    """
    whole = merged(loaded.value, shared)
    check = _Check(loaded, whole, brand, [])
    if (whole.box is not None, whole.is_clip, bool(whole.pages)).count(True) != 1:
        check.note("E416", ())
    check.only(shared)
    check.walk()
    check.circles()
    check.borrowed()
    if not check.problems:
        check.extent()
    if check.problems:
        raise ProblemsFound(check.problems)
    return whole


def check_shared(loaded: Loaded[Shared], brand: Brand) -> Shared:
    """The shared file, if its colours, icons, tokens and fields are known.

    Raises:
        ProblemsFound: as of a template.
    """
    shared = loaded.value
    whole = merged(Template(title="shared"), shared)
    check = _Check(loaded, whole, brand, [])
    check.walk()
    check.problems[:] = [problem for problem in check.problems if problem.code != "E413"]  # templates bring those
    check.circles()
    if check.problems:
        raise ProblemsFound(check.problems)
    return shared
