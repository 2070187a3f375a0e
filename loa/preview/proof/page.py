"""The pages of a proof: every slot in the order of time, and for a named reviewer the way to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from markupsafe import Markup

from loa.delivery import ChannelCard
from loa.dispatch import DeliveryView
from loa.dispatch.approval import DECIDABLE
from loa.dispatch.words import channel_name, state_name, tone
from loa.messages import Lang, dollars, long_date, moment, number
from loa.preview.faces.codes import code_lints, codes
from loa.preview.faces.face import Face, make_face
from loa.preview.frame import STATIC, templates
from loa.preview.small import channel_icon
from loa.text import slug
from loa.workspace import Workspace

PAGES: Mapping[Lang, str] = {"vi": "index.html", "en": "english.html"}
SHEET = "tong-hop.pdf"
SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class Slots:
    """What a proof shows. ``views`` and ``steps`` are asked for each language, and for each delivery of a person."""

    campaign_id: str
    title: str
    workspace: Workspace
    cards: Mapping[str, ChannelCard]
    views: Mapping[Lang, Sequence[DeliveryView]]
    steps: Callable[[int], tuple[str, ...]]
    made_at: datetime

    @property
    def shown(self) -> dict[int, str]:
        """What can be decided upon: delivery id → content hash."""
        return {each.id: each.content_hash for each in self.views["vi"] if can_be_decided(each)}


@dataclass(frozen=True, slots=True)
class Reviewing:
    """For whom a proof was made, and what signs the answer."""

    proof_id: str
    key: str
    reviewer_id: str
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Ready:
    """Parts of a face that the desk would ask for later."""

    codes: Markup
    steps: Markup


@dataclass(frozen=True, slots=True)
class Shown:
    """One delivery on the page."""

    view: DeliveryView
    face: Face
    ready: Ready
    decidable: bool


def can_be_decided(view: DeliveryView) -> bool:
    """Whether an opinion about it can be taken in."""
    return bool(view.content_hash) and view.state in DECIDABLE


def page_of(slots: Slots, reviewing: Reviewing | None, lang: Lang) -> str:
    """The page in one language, with addresses of the desk."""
    tools = _tools(slots.workspace, lang)
    days = [(day, tuple(_shown(slots, view, lang, tools) for view in views)) for day, views in _by_day(slots, lang)]
    return templates.get_template("proof/page.html").render(
        **tools,
        slots=slots,
        reviewing=reviewing,
        days=days,
        total=len(slots.views[lang]),
        other=PAGES["vi" if lang == "en" else "en"],
        sheet=SHEET,
        icons=Markup((STATIC / "icons.svg").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        data=_data(slots, reviewing),
    )


def answer_name(slots: Slots, name: str) -> str:
    """What the file that comes back is called."""
    return f"y-kien-{slug(slots.campaign_id)}-{slug(name)}.loa.json"


def _data(slots: Slots, reviewing: Reviewing | None) -> dict[str, object]:
    """What the script of the page needs; nothing where nobody decides."""
    if reviewing is None:
        return {}
    return {
        "proof": reviewing.proof_id,
        "key": reviewing.key,
        "campaign": slots.campaign_id,
        "reviewer": reviewing.reviewer_id,
        "until": reviewing.until.isoformat(),
        "file": answer_name(slots, reviewing.name),
        "shown": {str(number): digest for number, digest in slots.shown.items()},
    }


def _by_day(slots: Slots, lang: Lang) -> Iterator[tuple[date, list[DeliveryView]]]:
    zone = slots.workspace.zone
    ordered = sorted(
        slots.views[lang], key=lambda view: (view.due, view.item_id, view.unit_code, view.channel, view.id)
    )
    for day, views in groupby(ordered, key=lambda view: view.due.astimezone(zone).date()):
        yield day, list(views)


def _shown(slots: Slots, view: DeliveryView, lang: Lang, tools: Mapping[str, object]) -> Shown:
    face = make_face(view, slots.cards, slots.workspace, slots.views[lang], lang)
    read = codes(view, slots.workspace)
    lints = tuple(code_lints(read, view, lang))
    ready = Ready(
        Markup(templates.get_template("faces/codes.html").render(**tools, codes=read, lints=lints)),  # noqa: S704 - escaped by its template
        Markup(templates.get_template("faces/steps.html").render(**tools, steps=slots.steps(view.id))),  # noqa: S704 - the same
    )
    return Shown(view, face, ready, can_be_decided(view))


def _tools(workspace: Workspace, lang: Lang) -> dict[str, object]:
    """The words and helpers of the desk's templates (``loa.preview.frame.show``), for a page without a server."""
    return {
        "t": lambda vi, en: en if lang == "en" else vi,
        "lang": lang,
        "static": lambda name: "" if name == "icons.svg" else name,
        "told": lambda when: moment(when, workspace.zone, lang),
        "clock": lambda when: f"{when.astimezone(workspace.zone):%H:%M}",
        "day": lambda found: long_date(found, lang),
        "count": lambda value: number(value, lang),
        "channel_name": lambda channel: channel_name(channel, lang),
        "channel_icon": channel_icon,
        "state_name": lambda state: state_name(state, lang),
        "tone": tone,
        "usd": lambda price: dollars(price, lang),
        "short": lambda digest: digest[:SHORT_HASH],
    }
