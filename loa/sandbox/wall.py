"""What citizens see: the journal as a Page wall, Zalo articles, an X timeline and a wall of phones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from loa.clock import DEFAULT_ZONE
from loa.sandbox.journal import Effect
from loa.sandbox.media import MediaStore
from loa.sandbox.sms.engine import Engine
from loa.sandbox.sms.handsets import Handset, handsets
from loa.sandbox.world import World

MOST_POSTS = 60
MOST_PHONES = 12
MOST_BUBBLES = 20
COLOURS = 6
CHANGES = frozenset({"comment", "revise", "remove"})
"""Kinds that change another effect instead of standing for themselves."""
LIVELY = re.compile(r"https?://[^\s<>]+|(?<![\w&])#\w+")
STYLE = Path(__file__).parent / "pages" / "wall.css"
CARRIERS = {
    "viettel": "Viettel",
    "mobifone": "MobiFone",
    "vinaphone": "VinaPhone",
    "vietnamobile": "Vietnamobile",
    "gmobile": "Gmobile",
    "itel": "Itel",
    "wintel": "Wintel",
}
STATES = {
    "approval": "chờ nhà cung cấp duyệt",
    "queued": "chờ gửi",
    "accepted": "nhà mạng đã nhận",
    "buffered": "máy chưa liên lạc được",
    "delivered": "đã tới máy",
    "failed": "không tới máy",
    "expired": "hết hạn, không tới máy",
    "rejected": "nhà mạng từ chối",
}
REASONS = {
    "sender_not_registered": "tên người gửi chưa đăng ký",
    "template_mismatch": "không khớp mẫu tin",
    "content_blocked": "có từ bị chặn",
    "unicode_not_supported": "không nhận tin có dấu",
    "forbidden_character": "có ký tự cấm",
    "number_blocked": "chủ máy chặn tin",
    "duplicate_content": "trùng tin vừa gửi",
    "not_approved": "không được duyệt",
    "part_lost": "mất một phần",
}


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
class Phones:
    """The part of the page with the handsets. ``live``: a citizen can answer from here."""

    shown: tuple[Handset, ...] = ()
    in_all: int = 0
    messages: int = 0
    lost: int = 0
    live: bool = False


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
        phones = await run_in_threadpool(phones_of, self._world.sms, live=True)
        return HTMLResponse(page_of(self._world.journal.effects(), self._world.names, self._world.media, phones))

    async def _style(self, _: Request) -> Response:
        return FileResponse(STYLE, media_type="text/css")

    async def _see(self, request: Request) -> Response:
        """The address that receipts carry: the post's place on the page."""
        return RedirectResponse(f"/#p{request.path_params['post'].rpartition('/')[2]}", status_code=303)


def phones_of(engine: Engine, *, live: bool) -> Phones:
    """The handsets where something happened last; however many there are, the page stays small."""
    shown = tuple(handsets(engine, MOST_PHONES, MOST_BUBBLES))
    return Phones(shown, engine.handsets_in_all, engine.messages_in_all, engine.lost, live)


def write_page(
    folder: Path, effects: Sequence[Effect], names: Mapping[str, str], media: MediaStore, phones: Phones
) -> Path:
    """The page with its media, in a folder that opens without a server. Gives the page's own file."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(STYLE, folder / "wall.css")
    if media.folder.exists():
        shutil.copytree(media.folder, folder / "taken", dirs_exist_ok=True)
    place = folder / "index.html"
    place.write_text(page_of(effects, names, media, phones), encoding="utf-8")
    return place


def page_of(effects: Sequence[Effect], names: Mapping[str, str], media: MediaStore, phones: Phones) -> str:
    """The whole page as HTML."""
    files = {path.stem: path.name for path in media.folder.glob("*")}
    changes = _changes(effects)
    shown = [
        _shown(effect, names, files, changes.get(effect.id, ()))
        for effect in reversed(effects)
        if effect.kind not in CHANGES and effect.kind != "sms"
    ]
    columns = {name: [each for each in shown if each.effect.platform == name] for name in ("facebook", "zalo", "x")}
    environment = Environment(loader=PackageLoader("loa.sandbox", "pages"), autoescape=True, trim_blocks=True)
    environment.filters["lively"] = lively
    environment.filters["local"] = local
    return environment.get_template("wall.html").render(
        columns=columns,
        phones=phones,
        carriers=CARRIERS,
        states=STATES,
        reasons=REASONS,
        most=MOST_POSTS,
    )


def local(moment: datetime) -> str:
    """A moment as people here read it."""
    return f"{moment.astimezone(DEFAULT_ZONE):%H:%M · %d/%m/%Y}"


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
    revisions = [change.text for change in changes if change.kind == "revise"]
    return Shown(
        effect,
        name,
        _initials(name),
        crc32(name.encode()) % COLOURS,
        local(effect.moment),
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
