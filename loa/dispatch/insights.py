"""What the platforms counted for the posts that are out: asked for, written into the book, read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loa import store
from loa.delivery import Publisher, Receipt
from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of
from loa.errors import LoaError
from loa.store import Figure, PublishedRow

MOST = 200
"""Posts that are asked for or shown at a time: the newest."""


@dataclass(frozen=True, slots=True)
class Silent:
    """An account or post whose figures could not be had, and why; ``delivery_id`` 0 for a whole account."""

    account_id: str
    delivery_id: int
    code: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: how many posts told figures, who did not, and which channels ask money for an answer."""

    posts: int
    silent: tuple[Silent, ...]
    not_free: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A post with its figures, by the platform's own names."""

    post: PublishedRow
    figures: tuple[Figure, ...]


def collect(desk: Desk, campaigns: Sequence[str] | None = None, *, paid: bool = False) -> Asked:
    """Ask the platforms for the figures of the newest posts and write them down.

    What one account or post does not tell is noted, and the others are asked all the same. A channel that takes
    money is asked only where ``paid`` says so.
    """
    posts = [post for post in _posts(desk, campaigns) if post.reason != reasons.REMOVED]
    dear = {post.channel for post in posts if desk.cards[post.channel].price is not None and not paid}
    silent: list[Silent] = []
    told = 0
    for account_id in dict.fromkeys(post.account_id for post in posts if post.channel not in dear):
        told += _ask(desk, account_id, [post for post in posts if post.account_id == account_id], silent)
    return Asked(told, tuple(silent), tuple(sorted(dear)))


def counted(desk: Desk, campaigns: Sequence[str] | None = None) -> tuple[Counted, ...]:
    """The newest posts with what the book has of their figures."""
    posts = _posts(desk, campaigns)
    with desk.book.read() as connection:
        figures = store.figures_of(connection, [post.delivery_id for post in posts])
    return tuple(
        Counted(post, tuple(figure for figure in figures if figure.delivery_id == post.delivery_id)) for post in posts
    )


def totals(found: Iterable[Counted]) -> dict[str, dict[str, int]]:
    """The sum of each figure, by channel. Figures of people reached do not add up to people: they are left as told."""
    sums: dict[str, Counter[str]] = {}
    for each in found:
        line = sums.setdefault(each.post.channel, Counter())
        line.update({figure.name: figure.value for figure in each.figures})
    return {channel: dict(line) for channel, line in sums.items()}


def _posts(desk: Desk, campaigns: Sequence[str] | None) -> list[PublishedRow]:
    public = [card.id for card in desk.cards.values() if not card.to_recipients and not card.by_hand]
    with desk.book.read() as connection:
        found = store.newest_posts(connection, channels=public, campaigns=campaigns or None, most=MOST)
    return [post for post in found if action_of(post.package) == "publish"]


def _ask(desk: Desk, account_id: str, posts: Sequence[PublishedRow], silent: list[Silent]) -> int:
    """Ask for the posts of one account until its meters ask for a rest; how many told figures."""
    try:
        publisher = desk.publisher_of(account_id)
    except LoaError as error:
        silent.append(Silent(account_id, 0, error.code, error.params))
        return 0
    told = 0
    for post in posts:
        told += _ask_of_post(desk, publisher, post, silent)
        if rest := publisher.rest():
            silent.append(Silent(account_id, 0, rest.code, {"detail": rest.detail}))
            break
    return told


def _ask_of_post(desk: Desk, publisher: Publisher, post: PublishedRow, silent: list[Silent]) -> bool:
    try:
        figures = publisher.insights(Receipt(post.platform_id, post.url, post.hint))
    except LoaError as error:
        silent.append(Silent(post.account_id, post.delivery_id, error.code, error.params))
        return False
    if figures:
        with desk.book.write() as connection:
            store.write_figures(connection, post.delivery_id, figures, desk.clock.now())
    return bool(figures)
