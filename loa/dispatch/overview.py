"""The book as views for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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


def overview(
    book: Book,
    workspace: Workspace,
    *,
    campaigns: Iterable[str] | None = None,
    ids: Collection[int] | None = None,
    lang: Lang = "vi",
    cards: Mapping[str, ChannelCard] | None = None,
) -> tuple[DeliveryView, ...]:
    """Every delivery in the book (or of ``campaigns``, or with these ``ids``), in the order in which they are due.

    With the ``cards`` of the channels it also tells what each costs and which are for a person's hands.
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
    views = [_view(workspace, row, decisions.get(row.key, []), sent.get(row.id, []), lang) for row in rows]
    views = [_with_people(view, people.get(view.id), taken.get(view.id)) for view in views]
    terms = Terms(workspace, book, cards or {}, lang)

    def whole(view: DeliveryView, row: DeliveryRow) -> DeliveryView:
        card = (cards or {}).get(view.channel)
        if card is None or view.action != "publish":
            return view
        return _with_card(workspace, view, row, card, terms)

    return tuple(whole(view, row) for row, view in zip(rows, views, strict=True))


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
