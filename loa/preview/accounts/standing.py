"""How each account stands: what it said when it was last asked, its pause, its pace and its next post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from loa import store
from loa.delivery import State
from loa.dispatch import DeliveryView, Desk
from loa.dispatch.pace import pace_of
from loa.errors import LoaError
from loa.messages import Lang, remedy, sentence
from loa.preview.campaigns.progress import grouped
from loa.store import AccountPause, HealthLine
from loa.workspace import AccountSettings

Standing = Literal["stopped", "warned", "well", "unasked", "by_hand"]
_ORDER: tuple[Standing, ...] = ("stopped", "warned", "unasked", "well", "by_hand")
_TO_COME = (State.PLANNED, State.AWAITING, State.APPROVED, State.DUE, State.RETRY_LATER)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an account said of itself, or that its pause says of it."""

    code: str
    text: str
    cure: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account."""

    account: AccountSettings
    unit: str
    standing: Standing
    pause: AccountPause | None
    findings: tuple[Finding, ...]
    asked: datetime | None
    """When it was last asked how it is."""
    coming: DeliveryView | None
    waiting: int
    done: int
    pace: float | None
    """Seconds between two posts; None where its setting cannot be read, or a person publishes."""


def accounts_of(desk: Desk, views: Sequence[DeliveryView], lang: Lang) -> tuple[AccountLine, ...]:
    """Every account of the settings: what needs a person first."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        paused = {each.account_id: each for each in store.pauses(connection, now)}
    told: dict[str, list[HealthLine]] = {}
    for each in store.health_of_accounts(desk.book):
        told.setdefault(each.account_id, []).append(each)
    mine = grouped(views, lambda view: view.account_id)
    lines = [
        _line(desk, each, paused.get(each.id), told.get(each.id, []), mine.get(each.id, []), lang)
        for each in desk.workspace.settings.accounts
    ]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.standing), line.account.channel, line.account.name)))


def _line(
    desk: Desk,
    account: AccountSettings,
    pause: AccountPause | None,
    told: Sequence[HealthLine],
    views: Sequence[DeliveryView],
    lang: Lang,
) -> AccountLine:
    now = desk.clock.now()
    card = desk.cards.get(account.channel)
    coming = [each for each in views if each.state in _TO_COME and each.expires > now]
    by_hand = card is not None and card.by_hand
    return AccountLine(
        account,
        _unit_name(desk, account.unit),
        _standing(pause, told, by_hand=by_hand),
        pause,
        tuple(_findings(pause, told, lang)),
        max((each.at for each in told), default=None),
        min(coming, key=lambda view: view.due, default=None),
        len(coming),
        sum(each.state == State.DONE for each in views),
        None if by_hand else _distance(desk, account),
    )


def _standing(pause: AccountPause | None, told: Sequence[HealthLine], *, by_hand: bool) -> Standing:
    levels = {each.level for each in told}
    if (pause is not None and pause.until is None) or "stop" in levels:
        return "stopped"
    if pause is not None or "warning" in levels:
        return "warned"
    if by_hand:
        return "by_hand"
    return "well" if told else "unasked"


def _findings(pause: AccountPause | None, told: Sequence[HealthLine], lang: Lang) -> list[Finding]:
    found = []
    if pause is not None:
        words = {"account": pause.account_id, "detail": pause.detail}
        found.append(
            Finding(pause.code, sentence(pause.code, words, lang), remedy(pause.code, words, lang), is_bad=True)
        )
    for each in told:
        if each.level != "ok" and each.code not in (known.code for known in found):
            text, cure = sentence(each.code, each.params, lang), remedy(each.code, each.params, lang)
            found.append(Finding(each.code, text, cure, is_bad=each.level == "stop"))
    return found


def _unit_name(desk: Desk, code: str) -> str:
    units = desk.workspace.units
    return units.get(code).name if code in units else code


def _distance(desk: Desk, account: AccountSettings) -> float | None:
    try:
        return pace_of(desk.workspace, desk.cards, account).distance
    except (LoaError, KeyError):
        return None


def pace_words(seconds: float | None, lang: Lang) -> str:
    """``tối đa 1 bài mỗi 30 giây``, ``tối đa 5 bài mỗi giây``; nothing where no pace is known."""
    if seconds is None:
        return ""
    if seconds <= 1:
        per = round(1 / seconds)
        return f"at most {per} a second" if lang == "en" else f"tối đa {per} lượt mỗi giây"
    if seconds < _MINUTE:
        return f"at most one each {round(seconds)} s" if lang == "en" else f"tối đa 1 lượt mỗi {round(seconds)} giây"
    minutes = round(seconds / _MINUTE)
    return f"at most one each {minutes} min" if lang == "en" else f"tối đa 1 lượt mỗi {minutes} phút"
