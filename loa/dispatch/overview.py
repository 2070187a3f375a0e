"""The book as views for people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from loa import store
from loa.delivery import Action, ChannelCard, State
from loa.dispatch import reasons
from loa.dispatch.approval import APPROVE, standing
from loa.dispatch.handsets import message_view
from loa.dispatch.package import opened
from loa.dispatch.terms import Terms
from loa.dispatch.views import ApprovalView, AttachmentView, DeliveryView, ReceiptView
from loa.dispatch.words import action_title
from loa.draft import as_sent, price_of
from loa.messages import Lang, remedy, sentence
from loa.store import Approval, Book, DeliveryRow, SendingRow
from loa.store.bulk_counts import last_done, recipient_counts
from loa.store.screen import deliveries_of
from loa.workspace import Workspace

_Basis = tuple[object, ...]


class Known:
    """Posts as people were last shown them, for one workspace and language: only what has changed is opened again."""

    def __init__(self) -> None:
        self._views: dict[int, tuple[_Basis, DeliveryView]] = {}

    def view(self, number: int, basis: _Basis, make: Callable[[], DeliveryView]) -> DeliveryView:
        """The view of a delivery: the one that was made on just this basis, or a new one."""
        before, view = self._views.get(number, (None, None))
        if view is None or before != basis or _is_message(view):
            view = make()
            self._views[number] = (basis, view)
        return view


def _is_message(view: DeliveryView) -> bool:
    """To a list of people: what stands against it is in the rules and the lists too."""
    return bool(view.recipients or view.message or view.terms)


def overview(
    book: Book,
    workspace: Workspace,
    *,
    campaigns: Iterable[str] | None = None,
    ids: Collection[int] | None = None,
    lang: Lang = "vi",
    cards: Mapping[str, ChannelCard] | None = None,
    known: Known | None = None,
) -> tuple[DeliveryView, ...]:
    """Every delivery in the book (or of ``campaigns``, or with these ``ids``), in the order in which they are due.

    With the ``cards`` of the channels it also tells what each costs and which are for a person's hands. ``known``:
    of a look before this one, with the same cards; it is brought up to date.
    """
    with book.read() as connection:
        if ids is None:
            rows, keys = store.deliveries(connection, campaigns=campaigns), None
        else:
            rows = deliveries_of(connection, ids)
            keys = [row.key for row in rows]
        decisions = store.approvals_of(connection, keys)
        sent: dict[int, list[SendingRow]] = {}
        for each in store.sendings(connection, delivery_ids=ids):
            sent.setdefault(each.delivery_id, []).append(each)
        people = recipient_counts(connection, ids)
        taken = last_done(connection)
    terms = Terms(workspace, book, cards or {}, lang)

    def made(row: DeliveryRow) -> DeliveryView:
        view = _view(workspace, row, decisions.get(row.key, []), sent.get(row.id, []), lang)
        view = _with_people(view, people.get(view.id), taken.get(view.id))
        card = (cards or {}).get(view.channel)
        if card is None or view.action != "publish":
            return view
        return _with_card(workspace, view, row, card, terms)

    def looked_up(row: DeliveryRow, known: Known) -> DeliveryView:
        basis = (_brief(row), decisions.get(row.key), sent.get(row.id))
        return known.view(row.id, basis, lambda: made(row))

    return tuple(made(row) if known is None else looked_up(row, known) for row in rows)


def _brief(row: DeliveryRow) -> DeliveryRow:
    """The row with a hash in the place of its package: to be kept, and compared."""
    return replace(row, package=hashlib.sha256(row.package.encode()).hexdigest(), approved_package="")


def _with_people(view: DeliveryView, counts: Mapping[State, int] | None, taken: datetime | None) -> DeliveryView:
    """A delivery to people is counted by its recipients; its last call tells how late it was."""
    if counts is None:
        return view
    return replace(view, counts=counts, late_by=max(taken - view.due, timedelta(0)) if taken else timedelta(0))


def _with_card(
    workspace: Workspace, view: DeliveryView, row: DeliveryRow, card: ChannelCard, terms: Terms
) -> DeliveryView:
    """What only the channel's card knows of a delivery."""
    handed = view.due - card.lead if card.by_hand else None
    message = message_view(workspace, card, opened(row.package)) if card.bulk else None
    price = price_of(workspace, card, as_sent(card, view.text, view.link))
    return replace(view, price=price, handed_at=handed, message=message, terms=terms.of(row))


def _view(
    workspace: Workspace, row: DeliveryRow, decisions: Sequence[Approval], sent: Sequence[SendingRow], lang: Lang
) -> DeliveryView:
    content = opened(row.package)
    action: Action = content.get("action", "publish")
    counts: dict[State, int] = {}
    for each in sent:
        counts[each.state] = counts.get(each.state, 0) + 1
    return DeliveryView(
        id=row.id,
        key=row.key,
        campaign_id=row.campaign_id,
        campaign_title=row.labels["campaign"],
        item_id=row.item_id,
        item_title=action_title(action, row.labels["item"], lang),
        unit_code=row.unit_code,
        unit_name=row.labels["unit"],
        channel=row.channel,
        account_id=row.account_id,
        account_name=row.labels["account"],
        due=row.due,
        expires=row.expires,
        state=row.state,
        reason=sentence(row.reason, row.reason_params, lang) if row.reason else "",
        code=row.reason,
        remedy=remedy(row.reason, dict(row.reason_params) | {"id": str(row.id)}, lang) if row.reason else "",
        action=action,
        text=content["text"],
        title=content["title"],
        link=content["link"],
        attachments=tuple(attachment_view(workspace, each) for each in content["assets"]),
        besides=tuple(attachment_view(workspace, each) for each in content.get("besides", ())),
        content_hash=row.content_hash,
        approvals=_approvals(decisions, row.content_hash),
        recipients=content["recipients"].get("count", 0),
        counts=counts,
        receipts=tuple(
            ReceiptView(each.platform_id, each.url, each.done_at, each.seq, each.hint.get("photo", ""))
            for each in sent
            if each.state == State.DONE and each.done_at
        ),
        late_by=_late_by(row.due, sent),
        by_hand=any("person" in each.hint for each in sent),
        in_hand=row.reason == reasons.IN_HAND,
        why=content.get("because", {}).get("why", ""),
        person=content["account"]["settings"].get("person", ""),
        summary=content["summary"],
        options=content["options"],
        settings=content["account"]["settings"],
    )


def _approvals(decisions: Sequence[Approval], content_hash: str) -> tuple[ApprovalView, ...]:
    stand = standing(decisions, content_hash)
    return tuple(
        ApprovalView(
            each.reviewer_name,
            each.decision,
            each.at,
            each.note,
            each.reviewer_id,
            stands=each.decision != APPROVE or each in stand,
        )
        for each in decisions
        if each.content_hash == content_hash
    )


def attachment_view(workspace: Workspace, each: dict[str, Any]) -> AttachmentView:
    """An asset as a package names it, for people."""
    return AttachmentView(
        kind=each["kind"],
        path=workspace.inside(each["path"]),
        sha256=each["sha256"],
        media_type=each["media_type"],
        width=each["width"],
        height=each["height"],
        seconds=each["seconds"],
        alt_text=each["alt_text"],
        captions=workspace.inside(each["captions"]) if each["captions"] else None,
        preview=workspace.inside(each["preview"]) if "preview" in each else None,
    )


def _late_by(due: datetime, sent: Sequence[SendingRow]) -> timedelta:
    done = [each.done_at for each in sent if each.done_at]
    return max(max(done) - due, timedelta(0)) if done else timedelta(0)
