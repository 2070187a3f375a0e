"""A delivery as its channel will show it: everything that a template needs, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from loa.delivery import ChannelCard
from loa.delivery.media import MediaKind
from loa.dispatch import AttachmentView, DeliveryView
from loa.draft import as_sent
from loa.messages import Lang
from loa.preview.faces.folds import DEVICES, FOLDS, Device, Folded, folded
from loa.preview.faces.grids import Grid, Network, arranged, kept
from loa.preview.faces.lints import Lint, lints
from loa.preview.faces.logos import logo_file
from loa.preview.faces.meters import Meter, meters
from loa.preview.faces.papers import Paper, paper_of
from loa.preview.faces.pieces import initials
from loa.preview.faces.prose import MOST_CHARACTERS, article
from loa.preview.faces.scripts import script_of
from loa.preview.room import Room
from loa.workspace import Workspace

Kind = Literal["post", "reel", "video", "article", "broadcast", "template", "sms", "sound", "print", "letter", "plain"]
_KINDS: Mapping[str, Kind] = {
    "facebook": "post", "zalo": "article", "zalo-broadcast": "broadcast", "zbs": "template", "x": "post", "sms": "sms",
    "youtube": "video", "tiktok": "reel", "portal": "article", "loudspeaker": "sound", "print": "print",
    "letter": "letter",
}  # fmt: skip
_REEL_RATIO = 0.6
_YES = ("có", "yes")
_ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture in its place in a post, and the part of it that is seen there: left, top, width, height (0 to 1)."""

    picture: AttachmentView
    seen: tuple[float, float, float, float]

    @property
    def lost(self) -> int:
        """Per cent of the picture that is cut away."""
        return round(100 * (1 - self.seen[2] * self.seen[3]))


@dataclass(frozen=True, slots=True)
class Card:
    """One article in a broadcast: what followers see of it before they open it."""

    title: str
    cover: AttachmentView | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something that is printed, read or heard: the file, its paper and its words where they are known."""

    file: AttachmentView
    paper: Paper | None
    script: str


@dataclass(frozen=True, slots=True)
class Face:
    """One delivery as it will look."""

    kind: Kind
    view: DeliveryView
    name: str
    """Of the page or account, as citizens see it."""
    initials: str
    logo: str
    """The code of the unit whose logo stands in the avatar; empty: initials."""
    text: Mapping[Device, Folded]
    body: Markup
    is_cut: bool
    """The text is longer than any page shows."""
    comment: str
    """A link that the page itself puts into the first comment."""
    link_host: str
    """Of the link whose preview stands under a post; empty where there is none."""
    grid: Grid
    tiles: tuple[Tile, ...]
    clip: AttachmentView | None
    sheets: tuple[Sheet, ...]
    besides: tuple[Sheet, ...]
    cards: tuple[Card, ...]
    meters: tuple[Meter, ...]
    lints: tuple[Lint, ...]

    @property
    def is_waiting(self) -> bool:
        """Nothing has been made for it yet."""
        return self.view.state.value == "planned" and not self.view.attachments

    @property
    def described(self) -> tuple[AttachmentView, ...]:
        """What goes out and is to be seen: each must be told to those who do not see."""
        return tuple(each for each in self.view.attachments if each.kind in ("picture", "clip"))

    @property
    def may_hold_codes(self) -> bool:
        """There are pictures in which codes can be looked for; a clip is not looked through."""
        return any(each.kind == "picture" or each.preview for each in (*self.view.attachments, *self.view.besides))


def face_of(view: DeliveryView, room: Room, lang: Lang) -> Face:
    """The face of a delivery, by the cards, units and other deliveries of ``room``."""
    desk = room.desk
    return make_face(view, desk.cards, desk.workspace, room.shown(lang).views if view.channel in _SENDS else (), lang)


def make_face(
    view: DeliveryView,
    cards: Mapping[str, ChannelCard],
    workspace: Workspace,
    others: Sequence[DeliveryView],
    lang: Lang,
) -> Face:
    """The same, with everything given. ``others``: among which the articles of a broadcast are found."""
    card = cards[view.channel]
    kind, comment = _kind(view), _comment(view)
    words = view.text if comment else as_sent(card, view.text, view.link)
    pictures = _of(view, "picture")
    network: Network = "x" if view.channel == "x" else "facebook"
    grid = arranged(network, [(each.width, each.height) for each in pictures]) if kind == "post" else Grid("none", ())
    tiles = tuple(
        Tile(each, kept((each.width, each.height), ratio)) for each, ratio in zip(pictures, grid.ratios, strict=False)
    )
    has_media = bool(pictures or _of(view, "clip"))
    return Face(
        kind=kind,
        view=view,
        name=view.account_name or view.unit_name,
        initials=initials(view.unit_name),
        logo=view.unit_code if logo_file(workspace, view.unit_code) else "",
        text={device: folded(words, FOLDS.get((_fold(view, kind), device))) for device in DEVICES},
        body=article(words, lists=view.channel == "portal") if kind == "article" else Markup(),
        is_cut=len(words) > MOST_CHARACTERS,
        comment=comment,
        link_host="" if has_media or comment or kind != "post" else _host(view.link),
        grid=grid,
        tiles=tiles,
        clip=next(iter(_of(view, "clip")), None),
        sheets=_sheets(view.attachments),
        besides=_sheets(view.besides),
        cards=_cards(view, others) if kind == "broadcast" else (),
        meters=() if kind in _WITHOUT_WORDS else tuple(meters(view, card, lang)),
        lints=tuple(lints(view, card, tiles, lang)),
    )


_SENDS = ("zalo-broadcast",)
"""Channels that show posts of others: these are looked for."""
_WITHOUT_WORDS: frozenset[Kind] = frozenset({"broadcast", "template", "sound", "print"})
"""What goes out there is a file, an article or an approved template: the text of the item is not put out."""


def _kind(view: DeliveryView) -> Kind:
    kind = _KINDS.get(view.channel, "plain")
    clip = next(iter(_of(view, "clip")), None)
    if kind == "post" and view.channel == "facebook" and clip and 0 < clip.width < _REEL_RATIO * clip.height:
        return "reel"
    return kind


def _fold(view: DeliveryView, kind: Kind) -> str:
    if view.channel in ("x", "tiktok"):
        return view.channel
    return kind


def _of(view: DeliveryView, kind: MediaKind) -> list[AttachmentView]:
    return [each for each in view.attachments if each.kind == kind]


def _comment(view: DeliveryView) -> str:
    """A link that goes into a comment, as the horn of Facebook does it."""
    wanted = view.options.get("link_in_comment") in _YES and view.link not in view.text
    return view.link if wanted else ""


def _host(link: str) -> str:
    return link.partition("://")[2].partition("/")[0] if link.startswith(("https://", "http://")) else ""


def _sheets(files: Sequence[AttachmentView]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(each, paper_of(each.path, each.sha256), script_of(each))
        for each in files
        if each.kind in ("document", "audio")
    )


def _cards(view: DeliveryView, others: Sequence[DeliveryView]) -> tuple[Card, ...]:
    """The articles that a broadcast sends, as far as the book has them: the last of each item before its moment."""
    named = [part.strip() for part in view.options.get(_ARTICLES, "").split(",") if part.strip()] or [view.item_id]
    found = []
    for item in dict.fromkeys(named):
        posts = [
            each
            for each in others
            if (each.channel, each.campaign_id, each.unit_code, each.item_id)
            == ("zalo", view.campaign_id, view.unit_code, item)
            and each.due <= view.due
            and each.action == "publish"
        ]
        if posts:
            last = max(posts, key=lambda each: each.due)
            found.append(Card(last.title, next(iter(_of(last, "picture")), None)))
    return tuple(found)
