"""What the platforms counted for each post: the last word of every figure, by the platform's own name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A public post that is out, as its platform knows it."""

    delivery_id: int
    campaign_id: str
    item_id: str
    unit_code: str
    channel: str
    account_id: str
    due: datetime
    labels: Mapping[str, str]
    reason: str
    package: str
    platform_id: str
    url: str
    hint: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a post, and when it was asked for."""

    delivery_id: int
    name: str
    value: int
    at: datetime


def newest_posts(
    connection: sa.Connection, *, channels: Iterable[str], campaigns: Iterable[str] | None, most: int
) -> list[PublishedRow]:
    """The newest posts of these channels that are done, the newest first."""
    delivery, sending = tables.delivery, tables.sending
    names = ("campaign_id", "item_id", "unit_code", "channel", "account_id", "due", "labels", "reason", "package")
    query = (
        sa.select(delivery.c.id, *(delivery.c[name] for name in names), *_of_sending())
        .join(sending, sending.c.delivery_id == delivery.c.id)
        .where(sending.c.state == State.DONE, sending.c.seq == 0, sending.c.platform_id != "")
        .where(delivery.c.channel.in_(tuple(channels)))
        .order_by(delivery.c.due.desc(), delivery.c.key)
        .limit(most)
    )
    if campaigns is not None:
        query = query.where(delivery.c.campaign_id.in_(tuple(campaigns)))
    return [PublishedRow(*row) for row in connection.execute(query)]


def _of_sending() -> tuple[sa.Column[object], ...]:
    return tuple(tables.sending.c[name] for name in ("platform_id", "url", "hint"))


def write_figures(connection: sa.Connection, delivery_id: int, figures: Mapping[str, int], at: datetime) -> None:
    """The figures of a post from now on; those that the platform no longer names go."""
    insight = tables.insight
    connection.execute(sa.delete(insight).where(insight.c.delivery_id == delivery_id))
    rows = [{"delivery_id": delivery_id, "name": name, "value": value, "at": at} for name, value in figures.items()]
    if rows:
        connection.execute(sa.insert(insight), rows)


def figures_of(connection: sa.Connection, delivery_ids: Sequence[int]) -> list[Figure]:
    """Every figure of these deliveries, by delivery and name."""
    insight = tables.insight
    query = sa.select(insight.c.delivery_id, insight.c.name, insight.c.value, insight.c.at)
    query = query.where(insight.c.delivery_id.in_(tuple(delivery_ids)))
    return [Figure(*row) for row in connection.execute(query.order_by(insight.c.delivery_id, insight.c.name))]


def figures_of_campaigns(connection: sa.Connection, campaigns: Iterable[str]) -> list[Figure]:
    """Every figure of the posts of these campaigns, by delivery and name."""
    insight, delivery = tables.insight, tables.delivery
    query = sa.select(insight.c.delivery_id, insight.c.name, insight.c.value, insight.c.at)
    query = query.join(delivery, delivery.c.id == insight.c.delivery_id)
    query = query.where(delivery.c.campaign_id.in_(tuple(campaigns)))
    return [Figure(*row) for row in connection.execute(query.order_by(insight.c.delivery_id, insight.c.name))]
