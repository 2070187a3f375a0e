"""One order, laid out, looked over and painted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from loa.errors import LoaError, Problem, RenderError
from loa.render.alt import compose
from loa.render.audio import is_audio
from loa.render.canvas import Pixels
from loa.render.display import strokes_of
from loa.render.easel import Sheet, easel_for
from loa.render.fields import field_problems, refuse
from loa.render.finish import Encoding, encode
from loa.render.intake import take_in
from loa.render.library import load_brand, load_template
from loa.render.lint import WHITE, Lint, ground_under
from loa.render.order import Order
from loa.render.scan import check_codes
from loa.render.shelf import Made
from loa.render.template import FormatSpec, Template
from loa.render.tree import nodes
from loa.render.tree.boxes import crowded_of
from loa.render.tree.fill import Element, Scope, grow, weigh
from loa.render.tree.layout import CrowdedError, Layout
from loa.render.tree.measure import Placed, Rect, groups_of
from loa.render.tree.theme import Rgba, Theme
from loa.workspace import Workspace

_CROWDED = frozenset({"E431", "E435", "E450"})


@dataclass(frozen=True, slots=True)
class Design:
    """An order with everything that belongs to it read: template, format, brand, data in scope."""

    ws: Workspace
    order: Order
    template: Template
    spec: FormatSpec
    theme: Theme
    scope: Scope

    @property
    def page(self) -> Rect:
        """The page in units. On paper the height follows the paper, whose shape no whole number tells."""
        paper = self.spec.page
        return Rect(0, 0, self.spec.width, self.spec.width * paper.height / paper.width if paper else self.spec.height)

    def place(self, node: nodes.Node, *, strict: bool = False) -> tuple[Placed, ...]:
        """The boxes of a tree, where they go; a strict layout raises CrowdedError where it has too little room."""
        elements = grow(self.template, node, self.scope)
        weigh(elements)
        layout = Layout(self.theme, groups_of(elements), strict)
        return tuple(layout.place(element, self.page) for element in elements)

    def lint(self, placed: tuple[Placed, ...], ground: Rgba = WHITE) -> list[Problem]:
        safe = self.page.inset(self.theme.sides(self.spec.safe))
        checker = Lint(self.theme, f"{self.order.template}/{self.order.format}", safe)
        return [problem for root in placed for problem in checker.problems(root, ground)]

    def crowded(self) -> Design:
        """The same design with the sizes for much content."""
        spec = crowded_of(self.spec)
        return replace(self, spec=spec, theme=replace(self.theme, spec=spec), scope=replace(self.scope, roomy=False))

    def ground_color(self, placed: tuple[Placed, ...]) -> Rgba:
        """The colour that the scenes of a clip stand on."""
        return ground_under(self.theme, placed[0].element, WHITE) if placed else WHITE

    def pictures(self, roots: tuple[Element, ...]) -> Mapping[str, Pixels]:
        names = {name or self.theme.brand.logo for root in roots for name in image_names(root)}
        return {name: take_in(self.ws, name) for name in sorted(names) if name}


def image_names(element: Element) -> Iterator[str]:
    """The files that the logos and images of a tree are read from."""
    if isinstance(element.node, nodes.Logo | nodes.Image):
        yield element.get("value")
    for child in element.children:
        yield from image_names(child)


def design(ws: Workspace, order: Order) -> Design:
    """Read what an order needs and check its data.

    Raises:
        RenderError: E401 no such template, E402 no such format, E403 a field is missing or too long.
    """
    template = load_template(ws, order.template, order.brand)
    spec = template.formats.get(order.format)
    if spec is None:
        raise RenderError("E402", template=order.template, format=order.format, accepted=", ".join(template.formats))
    refuse(field_problems(template.fields, order))
    defaults = {name: spec.default for name, spec in template.fields.items() if spec.default}
    given = {name: value for name, value in order.data.items() if value}
    elder = order.variant == "elder"
    scope = Scope({**defaults, **given}, order.format, shape=spec.shape, elder=elder)
    theme = Theme(load_brand(ws, order.brand).of_variant(order.variant), spec, elder)
    return Design(ws, order, template, spec, theme, scope)


def settle(plan: Design) -> tuple[Design, tuple[Placed, ...], list[Problem]]:
    """The picture laid out with the sizes that suit its content, and what is still wrong with it."""
    try:
        placed = plan.place(plan.template.box, strict=bool(plan.spec.dense)) if plan.template.box is not None else ()
        problems = plan.lint(placed)
    except CrowdedError:
        return settle(plan.crowded())
    if not plan.spec.dense or not any(problem.code in _CROWDED for problem in problems):
        return plan, placed, problems
    return settle(plan.crowded())


@contextmanager
def painted(plan: Design, placed: tuple[Placed, ...]) -> Iterator[Sheet]:
    """A painted picture, whose pixels are its own until the block ends."""
    strokes = strokes_of(plan.theme, placed, plan.pictures(tuple(root.element for root in placed)))
    spec, order = plan.spec, plan.order
    easel = easel_for((order.template, order.format, order.brand, order.variant), spec.width, spec.height)
    with easel.painted(strokes) as sheet:
        yield sheet


def make_picture(ws: Workspace, order: Order, encoding: Encoding = "jpg") -> Made:
    """A finished picture, of no more bytes than its format allows.

    Raises:
        RenderError: something overflows or cannot be read or scanned, E451 the bytes do not do; ProblemsFound for many.
    """
    plan, placed, problems = settle(design(ws, order))
    refuse(problems)
    with painted(plan, placed) as sheet:
        refuse(check_codes(sheet.pixels, placed, f"{order.template}/{order.format}"))
        data = encode(sheet.pixels, encoding, plan.spec.most_bytes if encoding == "jpg" else None, sheet.jpeg)
    alt = compose(plan.template, plan.scope, order.alt, placed)
    return Made(encoding, data, plan.spec.width, plan.spec.height, alt)


def check_orders(ws: Workspace, orders: Iterable[Order]) -> list[Problem]:
    """Everything that would stop these orders, found by layout alone: nothing is painted."""
    problems: list[Problem] = []
    for order in orders:
        try:
            problems.extend(_order_problems(ws, order))
        except LoaError as error:
            problems.extend(error.problems())
    return problems


def _order_problems(ws: Workspace, order: Order) -> list[Problem]:
    if is_audio(order.template):
        from loa.render.audio.bulletin import bulletin_problems  # noqa: PLC0415 (sound is seldom asked for)

        return bulletin_problems(ws, order)
    return _plan_problems(design(ws, order))


def _plan_problems(plan: Design) -> list[Problem]:
    if plan.template.printed_in(plan.order.format):
        from loa.render.print.document import check_document  # noqa: PLC0415 (documents are made of what stands here)

        return check_document(plan)
    if plan.template.box is not None:
        return settle(plan)[2]
    from loa.render.clip import clip_problems  # noqa: PLC0415 (clips are made of what stands here)

    return clip_problems(plan)
