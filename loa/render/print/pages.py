"""The pages that a document has with this data: which, in what order, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from loa.errors import Problem, RenderError
from loa.render.fields import refuse
from loa.render.picture import Design
from loa.render.print.blocks import Block, blocks_of, leads_on
from loa.render.template import Leaf
from loa.render.tree.fill import Scope
from loa.render.tree.measure import Placed
from loa.text.spoken import minutes, spoken

_OVERFLOW = "E431"
_NOT_YET_KNOWN = {"page": "88", "pages": "88", "side": "right"}
"""Stands for what is told when all pages are counted, and takes as much room."""
_FEWEST, _MOST_BLOCKS = 3, 100
"""Blocks on the last page of a section; and on any page, however small they are."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is laid out: its tree and the data that it may reach."""

    leaf: Leaf
    scope: Scope

    def told(self, **more: Any) -> Page:
        return replace(self, scope=replace(self.scope, data={**self.scope.data, **more}))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page in its place, with the sizes that suit it, and what is wrong with it."""

    plan: Design
    placed: tuple[Placed, ...]
    problems: tuple[Problem, ...]


def pages_of(plan: Design) -> list[Page]:
    """Every page of a document, numbered, its table of contents filled in.

    Raises:
        RenderError: E461, too many; E462, a paragraph is longer than a page.
    """
    most = plan.template.most_pages
    pages = list(islice((page for leaf in plan.template.leaves for page in _pages_of_leaf(plan, leaf)), most + 1))
    pages = _padded(pages, plan.template.multiple)
    if len(pages) > most:
        raise RenderError("E461", template=plan.order.template, most=str(most))
    contents = [
        {"title": page.scope.text("section.title"), "number": page.scope.text("section.number"), "page": str(number)}
        for number, page in enumerate(pages, 1)
        if page.scope.find("first")
    ]
    return [
        page.told(page=str(number), pages=str(len(pages)), side=_side(number), contents=contents)
        for number, page in enumerate(pages, 1)
    ]


def _side(number: int) -> str:
    return "right" if number % 2 else "left"


def _pages_of_leaf(plan: Design, leaf: Leaf) -> Iterator[Page]:
    scope = replace(plan.scope, data={**plan.scope.data, **_NOT_YET_KNOWN})
    if not scope.holds(leaf.when):
        return
    if leaf.flow:
        for index, section in enumerate(_sections(scope.find(leaf.flow))):
            told = _spoken(plan, section) if leaf.spoken else section
            yield from _flow(plan, Page(leaf, replace(scope, accent=index)), told)
    elif leaf.each:
        yield from (Page(leaf, inner) for inner in scope.each(leaf.each))
    else:
        yield Page(leaf, scope)


def _sections(value: Any) -> list[dict[str, Any]]:
    """What flows: one text, or a list of sections with a title and a text."""
    rows = [value] if isinstance(value, str) else value or []
    whole = [row if isinstance(row, Mapping) else {"text": row} for row in rows]
    return [
        {**row, "number": str(number), "blocks": blocks_of(str(row.get("text", "")))}
        for number, row in enumerate(whole, 1)
    ]


def _spoken(plan: Design, section: Mapping[str, Any]) -> dict[str, Any]:
    """A section in the words that an announcer says, and about how many minutes they take."""
    voice = plan.ws.settings.voice
    own = dict(voice.words)
    blocks = [{**block, "text": spoken(block["text"], own)} for block in section["blocks"]]
    said = "\n\n".join(block["text"] for block in blocks if block["kind"] != "heading")
    return {**section, "blocks": blocks, "minutes": f"{minutes(said, voice.pace):g}".replace(".", ",")}


def _flow(plan: Design, page: Page, section: Mapping[str, Any]) -> Iterator[Page]:
    """A section on as many pages as it needs; one without text still has its title."""
    left: Sequence[Block] = section["blocks"]
    first = "yes"
    while left or first:
        count = _fitting(plan, page.told(section=section, first=first), left[:_MOST_BLOCKS]) if left else 0
        yield page.told(section=section, first=first, blocks=left[:count], last="" if left[count:] else "yes")
        left, first = left[count:], ""


def _fitting(plan: Design, page: Page, blocks: Sequence[Block]) -> int:
    """How many of the blocks go on one page."""
    if not _overflow(plan, page.told(blocks=blocks, last="yes")):
        return len(blocks)
    low, high = 0, len(blocks)
    while high - low > 1:
        middle = (low + high) // 2
        crowded = _overflow(plan, page.told(blocks=blocks[:middle], last=""))
        low, high = (low, middle) if crowded else (middle, high)
    if not low:
        refuse(_overflow(plan, page.told(blocks=[], last="yes")))  # the page by itself
        raise RenderError("E462", template=plan.order.template, text=blocks[0]["text"][:60])
    return _good_break(blocks, low)


def _good_break(blocks: Sequence[Block], count: int) -> int:
    """A little earlier than the page is full, if the next page would be nearly empty or a heading left behind."""
    missing = _FEWEST - (len(blocks) - count)
    count = count - missing if missing > 0 and count - missing >= _FEWEST else count
    while count > 1 and leads_on(blocks[count - 1]):
        count -= 1
    return count


def _overflow(plan: Design, page: Page) -> list[Problem]:
    """What finds no room on a page."""
    here = replace(plan, scope=page.scope)
    return [problem for problem in here.lint(here.place(page.leaf.box)) if problem.code == _OVERFLOW]


def _padded(pages: list[Page], multiple: int) -> list[Page]:
    """The pages with those repeated that fill a booklet up to whole sheets; one that is not needed is left out."""
    fillers = [page for page in pages if page.leaf.pad]
    if not fillers:
        return pages
    others = len(pages) - len(fillers)
    wanted = -others % multiple
    at = pages.index(fillers[0])
    rest = [page for page in pages if not page.leaf.pad]
    return [*rest[:at], *fillers[:1] * wanted, *rest[at:]]


def lay_out(plan: Design, page: Page) -> LaidOut:
    """A page laid out; one that is crowded takes the sizes for much content, if its format has such."""
    here = replace(plan, scope=page.scope)
    placed = here.place(page.leaf.box)
    problems = here.lint(placed)
    if plan.spec.dense and not page.leaf.flow and any(problem.code in {_OVERFLOW, "E435"} for problem in problems):
        crowded = here.crowded()
        placed = crowded.place(page.leaf.box)
        return LaidOut(crowded, placed, tuple(crowded.lint(placed)))
    return LaidOut(here, placed, tuple(problems))
