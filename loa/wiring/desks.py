"""Putting a desk together: workspace, book, clock, renderer, and a horn for every account."""

from __future__ import annotations

import os
import platform
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from loa.clock import Clock
from loa.delivery import Account, ChannelCard, Equipment, Publisher
from loa.dispatch import Desk
from loa.errors import LoaError
from loa.render import Renderer
from loa.store import Vault, open_book
from loa.wiring.cards import cards
from loa.workspace import AccountSettings, Workspace, secret_variable
from publishers import REGISTRY

Hosts = Mapping[str, Mapping[str, str]]
SANDBOX_TOKEN = "sandbox-"  # noqa: S105 - the prefix that the sandbox takes, no secret


def open_desk(
    workspace: Workspace,
    clock: Clock,
    *,
    book: Path | None = None,
    sandbox: Hosts | None = None,
    media_folder: Path | None = None,
) -> Desk:
    """The desk of a workspace.

    ``book`` is the place of the book (default: ``LOA_DATABASE_URL``, else the workspace's own); ``sandbox`` gives
    channel → host settings that replace the real ones, and makes every secret a sandbox token. Packages for people
    lie beside the book that knows of them, so that a rehearsal never fills the office's own shelf.
    """
    place = book or os.environ.get("LOA_DATABASE_URL") or workspace.book
    handoff = book.parent / "handoff" if book else workspace.var / "handoff"
    return Desk(
        workspace=workspace,
        book=open_book(place),
        vault=Vault.at(workspace.var / "vault.key"),
        clock=clock,
        renderer=Renderer(workspace),
        cards=cards(),
        publisher_of=_horns(workspace, clock, sandbox, media_folder or workspace.var / "public", handoff),
        worker=f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex[:8]}",
        handoff=handoff,
    )


def _horns(
    workspace: Workspace, clock: Clock, sandbox: Hosts | None, media_folder: Path, handoff_folder: Path
) -> Callable[[str], Publisher]:
    """A horn for each account, made when it is first asked for (an account's work stays in one thread at a time)."""
    made: dict[str, Publisher] = {}
    lock = threading.Lock()

    def publisher_of(account_id: str) -> Publisher:
        with lock:
            if account_id not in made:
                settings = workspace.account(account_id)
                account = _account(workspace, settings, sandbox)
                equipment = Equipment(media_folder, handoff_folder)
                made[account_id] = REGISTRY[settings.channel].build(account, clock, equipment=equipment)
            return made[account_id]

    return publisher_of


def _account(workspace: Workspace, settings: AccountSettings, sandbox: Hosts | None) -> Account:
    channel = settings.channel
    card = REGISTRY[channel].card
    configured = workspace.settings.channels.get(channel)
    hosts = dict(card.host_settings) | (dict(configured.settings) if configured else {})
    return Account(
        id=settings.id,
        channel=channel,
        name=settings.name,
        settings=dict(settings.settings) | dict((sandbox or {}).get(channel, {})),
        hosts=hosts | dict((sandbox or {}).get(channel, {})),
        secrets=_secrets(workspace, settings, card, in_sandbox=sandbox is not None),
    )


def _secrets(workspace: Workspace, settings: AccountSettings, card: ChannelCard, *, in_sandbox: bool) -> dict[str, str]:
    if in_sandbox:
        return dict.fromkeys(card.account_secrets, SANDBOX_TOKEN + settings.id)
    wanted = [*card.account_secrets, *(role for role in card.optional_secrets if role in settings.secrets)]
    return {role: _secret(workspace, settings, role) for role in wanted}


def _secret(workspace: Workspace, settings: AccountSettings, role: str) -> str:
    name = settings.secrets.get(role, "")
    if value := workspace.secret(name) if name else None:
        return value
    raise LoaError("E704", account=settings.id, secret=name or role, variable=secret_variable(name or role))
