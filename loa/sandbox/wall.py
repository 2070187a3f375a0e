"""What citizens see: the journal as a Page wall, Zalo articles, an X timeline and a wall of phones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from loa.clock import DEFAULT_ZONE
from loa.sandbox.journal import Effect
from loa.sandbox.media import MediaStore
from loa.sandbox.world import World

MOST_POSTS = 60
MOST_PHONES = 12
MOST_BUBBLES = 20
COLOURS = 6
CHANGES = frozenset({"comment", "revise", "remove"})
"""Kinds that change another effect instead of standing for themselves."""
LIVELY = re.compile(r"https?://[^\s<>]+|(?<![\w&])#\w+")
STYLE = Path(__file__).parent / "pages" / "wall.css"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or clip on the page; ``address`` is relative, so that the page also opens from a folder."""

    address: str
    is_clip: bool
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One effect as the page shows it."""

    effect: Effect
    name: str
    initials: str
    colour: int
    when: str
    media: tuple[Picture, ...]
    text: str
    """The words as they stand now, after any correction."""
    corrected: bool
    removed: bool
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phone:
    """One fake handset with what it received, oldest first."""

    number: str
    bubbles: tuple[Shown, ...]
    earlier: int


class Wall:
    """The page at ``/``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._page, methods=["GET"]),
            Route("/wall.css", self._style, methods=["GET"]),
            Route("/see/{post:path}", self._see, methods=["GET"]),
            Mount("/taken", StaticFiles(directory=self._world.media.folder, check_dir=False)),
        ]

    async def _page(self, _: Request) -> Response:
        return HTMLResponse(page_of(self._world.journal.effects(), self._world.names, self._world.media))

    async def _style(self, _: Request) -> Response:
        return FileResponse(STYLE, media_type="text/css")

    async def _see(self, request: Request) -> Response:
        """The address that receipts carry: the post's place on the page."""
        return RedirectResponse(f"/#p{request.path_params['post'].rpartition('/')[2]}", status_code=303)


def write_page(folder: Path, effects: Sequence[Effect], names: Mapping[str, str], media: MediaStore) -> Path:
    """The page with its media, in a folder that opens without a server. Gives the page's own file."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(STYLE, folder / "wall.css")
    if media.folder.exists():
        shutil.copytree(media.folder, folder / "taken", dirs_exist_ok=True)
    place = folder / "index.html"
    place.write_text(page_of(effects, names, media), encoding="utf-8")
    return place


def page_of(effects: Sequence[Effect], names: Mapping[str, str], media: MediaStore) -> str:
    """The whole page as HTML."""
    files = {path.stem: path.name for path in media.folder.glob("*")}
    changes = _changes(effects)
    shown = [
        _shown(effect, names, files, changes.get(effect.id, ()))
        for effect in reversed(effects)
        if effect.kind not in CHANGES
    ]
    columns = {name: [each for each in shown if each.effect.platform == name] for name in ("facebook", "zalo", "x")}
    environment = Environment(loader=PackageLoader("loa.sandbox", "pages"), autoescape=True, trim_blocks=True)
    environment.filters["lively"] = lively
    return environment.get_template("wall.html").render(
        columns=columns,
        phones=_phones([each for each in shown if each.effect.platform == "esms"]),
        phones_in_all=len({effect.recipient_hmac for effect in effects if effect.platform == "esms"}),
        messages=sum(effect.platform == "esms" for effect in effects),
        most=MOST_POSTS,
    )


def lively(text: str) -> Markup:
    """Addresses and hashtags in the colour of a link. Everything is escaped first; nothing leads out of the sandbox."""
    return Markup(LIVELY.sub(lambda found: f'<span class="link">{found[0]}</span>', str(escape(text))))  # noqa: S704 - escaped just before


def _changes(effects: Sequence[Effect]) -> dict[str, list[Effect]]:
    """What was done to an effect later, oldest first, by its id."""
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        if effect.kind in CHANGES:
            found.setdefault(str(effect.extra.get("target", "")), []).append(effect)
    return found


def _shown(effect: Effect, names: Mapping[str, str], files: Mapping[str, str], changes: Sequence[Effect]) -> Shown:
    name = names.get(effect.account, effect.account)
    alts = [*effect.extra.get("alt", []), *([""] * len(effect.media_sha256))]
    found = zip(effect.media_sha256, alts, strict=False)
    media = tuple(
        Picture(f"taken/{files[sha]}", files[sha].endswith(".mp4"), alt) for sha, alt in found if sha in files
    )
    when = effect.moment.astimezone(DEFAULT_ZONE)
    revisions = [change.text for change in changes if change.kind == "revise"]
    return Shown(
        effect,
        name,
        _initials(name),
        crc32(name.encode()) % COLOURS,
        f"{when:%H:%M · %d/%m/%Y}",
        media,
        text=revisions[-1] if revisions else effect.text,
        corrected=bool(revisions),
        removed=any(change.kind == "remove" for change in changes),
        comments=tuple(change.text for change in changes if change.kind == "comment"),
    )


def _initials(name: str) -> str:
    """The first letters of the last two words: "UBND xã Kim Liên (trang mẫu)" → "KL"."""
    plain = re.sub(r"\([^)]*\)", "", name)
    return "".join(word[0].upper() for word in plain.split()[-2:])


def _phones(messages: Sequence[Shown]) -> list[Phone]:
    """Handsets in the order of their last message; ``messages`` come newest first."""
    by_number: dict[str, list[Shown]] = {}
    for each in messages:
        by_number.setdefault(each.effect.recipient_hmac, []).append(each)
    return [
        Phone(
            newest_first[0].effect.recipient,
            tuple(reversed(newest_first[:MOST_BUBBLES])),
            max(0, len(newest_first) - MOST_BUBBLES),
        )
        for newest_first in list(by_number.values())[:MOST_PHONES]
    ]
