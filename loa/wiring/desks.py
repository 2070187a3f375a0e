"""Putting a desk together: workspace, book, clock, renderer, and a horn for every account."""

from __future__ import annotations

import os
import platform
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from loa.clock import Clock
from loa.delivery import Account, ChannelCard, Equipment, Publisher
from loa.dispatch import Desk
from loa.errors import LoaError
from loa.render import Renderer
from loa.secrets import Secrets, secret_variable
from loa.store import Book, BookMemory, JournalFile, Vault, open_book
from loa.wiring.cards import cards
from loa.wiring.media import open_exchange
from loa.wiring.tokens import LoginAttempt, TokenShelf, login_of
from loa.wiring.webhooks import webhook_url
from loa.workspace import AccountSettings, Workspace
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
    secrets: Secrets | None = None,
    webhook_base: str | None = None,
) -> Desk:
    """The desk of a workspace.

    ``book`` is the place of the book (default: ``LOA_DATABASE_URL``, else the workspace's own); ``sandbox`` gives
    channel → host settings that replace the real ones, and makes every secret a sandbox token. Packages for people
    lie beside the book that knows of them, so that a rehearsal never fills the office's own shelf. ``secrets`` are
    the workspace's, where the caller has unlocked them already. ``webhook_base`` is where gateways find our door:
    by default what ``loa.yaml`` says, and nowhere for a sandbox.
    """
    place = book or os.environ.get("LOA_DATABASE_URL") or workspace.book
    handoff = book.parent / "handoff" if book else workspace.var / "handoff"
    kept = secrets or Secrets(workspace.root, workspace.var)
    equipment = Equipment(media_folder or workspace.var / "public", handoff)
    shelf = token_shelf(workspace, clock, place, in_sandbox=sandbox is not None)
    base = "" if sandbox is not None and webhook_base is None else webhook_base
    in_sandbox = sandbox is not None
    worker = f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"

    def desk_of(workspace: Workspace) -> Desk:
        horns = partial(_horns, workspace, shelf, sandbox, equipment, kept, base)
        # A rehearsal leaves no trace outside of its folder.
        shared_media = open_exchange(workspace, kept, clock, in_sandbox=in_sandbox) if book is None else None
        return Desk(
            workspace=workspace,
            book=shelf.book,
            vault=shelf.vault,
            clock=clock,
            renderer=Renderer(workspace, shared_media),
            cards=cards(),
            publisher_of=horns(),
            examiner_of=horns(),
            worker=worker,
            handoff=handoff,
            desk_of=desk_of,
            in_sandbox=in_sandbox,
        )

    return desk_of(workspace)


def open_login(
    workspace: Workspace, account_id: str, clock: Clock, *, sandbox: Hosts | None = None
) -> LoginAttempt | None:
    """A new attempt to log an account in; None for a channel to which one does not log in.

    Raises:
        LoaError: E203 no such account; E704 a secret is missing; E620 a setting is.
    """
    place = os.environ.get("LOA_DATABASE_URL") or workspace.book
    settings = workspace.account(account_id)
    account = _account(workspace, settings, sandbox, Secrets(workspace.root, workspace.var))
    shelf = token_shelf(workspace, clock, place, in_sandbox=sandbox is not None)
    return login_of(account, shelf, settings.settings)


def token_shelf(workspace: Workspace, clock: Clock, place: Path | str, *, in_sandbox: bool) -> TokenShelf:
    """The shelf of a workspace's tokens in the book at ``place``, which is opened, and its journal beside it."""
    vault = Vault.at(workspace.var / "vault.key")
    return TokenShelf(journaled_book(workspace, clock, place, vault), vault, workspace.var / "locks", clock, in_sandbox)


def journaled_book(workspace: Workspace, clock: Clock, place: Path | str, vault: Vault) -> Book:
    """The book at ``place``, opened, with the journal of this machine."""
    journal = JournalFile(journal_folder(workspace, place), platform.node(), clock, vault.seal)
    return open_book(place, journal)


def journal_folder(workspace: Workspace, place: Path | str) -> Path:
    """Where the journal of a book lies: beside a file; in the machine's folder, where a server has the book."""
    return (place.parent if isinstance(place, Path) else workspace.var) / "journal"


def _horns(
    workspace: Workspace,
    shelf: TokenShelf,
    sandbox: Hosts | None,
    equipment: Equipment,
    kept: Secrets,
    webhook_base: str | None,
) -> Callable[[str], Publisher]:
    """A horn for each account, made when it is first asked for (an account's work stays in one thread at a time)."""
    made: dict[str, Publisher] = {}
    lock = threading.Lock()

    def publisher_of(account_id: str) -> Publisher:
        with lock:
            if account_id not in made:
                settings = workspace.account(account_id)
                account = _account(workspace, settings, sandbox, kept)
                url = webhook_url(workspace, shelf.vault, settings, webhook_base)
                memory = BookMemory(shelf.book, shelf.clock, account_id)
                lent = replace(equipment, tokens=shelf.keeper_of(account), webhook_url=url, memory=memory)
                made[account_id] = REGISTRY[settings.channel].build(account, shelf.clock, equipment=lent)
            return made[account_id]

    return publisher_of


def _account(workspace: Workspace, settings: AccountSettings, sandbox: Hosts | None, kept: Secrets) -> Account:
    channel = settings.channel
    card = REGISTRY[channel].card.of(settings.settings)
    configured = workspace.settings.channels.get(channel)
    hosts = dict(card.host_settings) | (dict(configured.settings) if configured else {})
    return Account(
        id=settings.id,
        channel=channel,
        name=settings.name,
        settings=dict(settings.settings) | dict((sandbox or {}).get(channel, {})),
        hosts=hosts | dict((sandbox or {}).get(channel, {})),
        secrets=_secrets(kept, settings, card, in_sandbox=sandbox is not None),
    )


def _secrets(kept: Secrets, settings: AccountSettings, card: ChannelCard, *, in_sandbox: bool) -> dict[str, str]:
    if in_sandbox:  # no place of real secrets is even asked
        return dict.fromkeys(card.account_secrets, SANDBOX_TOKEN + settings.id)
    wanted = [*card.account_secrets, *(role for role in card.optional_secrets if role in settings.secrets)]
    return {role: _secret(kept, settings, role) for role in wanted}


def _secret(kept: Secrets, settings: AccountSettings, role: str) -> str:
    name = settings.secrets.get(role, "")
    if found := kept.find(name) if name else None:
        return found.value
    raise LoaError("E704", account=settings.id, secret=name or role, variable=secret_variable(name or role))
