"""Counting quotas: every delivery and every entry of the log is looked at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from loa.dispatch.views import DeliveryView
from loa.plan import Quota
from loa.progress.model import Evidence, Ground, Part, QuotaState, Standing, Window, is_share
from loa.progress.units import Heirs
from loa.progress.windows import windows_of
from loa.store.logbook import Entry

_Key = tuple[object, ...]
_FROM_ITEMS = ("items", "deliveries", "units")
_BY_KIND = {"event": "events", "people": "people", "copies": "copies"}
"""Which quotas an entry of the log can fill; ``logged`` fills the one that it names, whatever that counts."""
_HUNDRED, _NOTHING = Decimal(100), Decimal(0)
_Grouped = defaultdict[tuple[Window, str], list[Evidence]]
"""What counts for each part: by window and unit (an empty code where all are counted together)."""


class QuotaCount:
    """One quota while it is counted."""

    def __init__(self, ground: Ground, quota: Quota, heirs: Heirs, day: date) -> None:
        self.quota = quota
        self._ground = ground
        self._heirs = heirs
        self._day = day
        self._windows = windows_of(ground.plan, quota)
        self._window_of_day: dict[date, Window | None] = {}
        self._channels = frozenset(quota.channels)
        self._units = frozenset(heirs.of(code) for code in quota.units)
        self._found: dict[_Key, Evidence] = {}
        self._coming: set[_Key] = set()

    def publication(self, view: DeliveryView, unit: str, due: date, published: date | None) -> None:
        """A delivery that is out (``published``) or still to come; it belongs to the day for which it was planned."""
        window = self._window(due)
        if window is None or not self._is_meant(unit, view.channel):
            return
        key = self._key(view, unit, due, window)
        if published is None or published > self._day:
            self._coming.add(key)
        else:
            self._add(key, _of_delivery(view, unit, published, window))

    def entry(self, entry: Entry, unit: str) -> None:
        """An entry of the log that names this quota, or an event that serves it."""
        window = self._window(entry.day)
        if window is None or entry.day > self._day or not self._is_meant(unit):
            return
        counted = self.quota.count
        if counted in ("units", "channels"):
            self._add((window.start, unit), _of_entry(entry, unit, window, 1))
        elif counted == "events" and entry.kind == "event":
            key = ("event", entry.target, entry.unit_code, entry.day)
            known = self._found.get(key)
            if known is None or known.amount < entry.count:  # told twice by two people it was held once
                self._found[key] = _of_entry(entry, unit, window, entry.count)
        else:
            self._found["log", entry.id] = _of_entry(entry, unit, window, entry.count)

    def accounts(self) -> None:
        """Quotas of channels are filled by the accounts of ``loa.yaml``, whatever was published on them."""
        window = self._windows[0]
        for account in self._ground.accounts:
            unit = self._heirs.of(account.unit)
            if self._is_meant(unit, account.channel):
                source = f"account {account.id}"
                self._found.setdefault(
                    (window.start, unit),
                    Evidence(unit, window.start, window, 1, account.name, account.channel, source=source),
                )

    def state(self) -> QuotaState:
        """What was found, against what is asked."""
        asked = [unit.code for unit in self._heirs.there if not self._units or unit.code in self._units]
        evidence = tuple(sorted(self._found.values(), key=lambda each: (each.day, each.source)))
        grouped: _Grouped = defaultdict(list)
        for each in evidence:
            grouped[each.window, each.unit_code if self._is_by_unit else ""].append(each)
        parts = tuple(self._parts(asked, grouped))
        return QuotaState(
            quota=self.quota,
            parts=parts,
            evidence=evidence,
            standing=self._standing(parts),
            reached_on=_reached_on(parts, grouped),
            to_come=len(self._coming - self._found.keys()),
            asked=tuple(asked),
        )

    @property
    def _is_by_unit(self) -> bool:
        """Units and channels are counted over all units in any case."""
        return self.quota.per == "unit" and self.quota.count not in ("units", "channels")

    def _window(self, day: date) -> Window | None:
        if day not in self._window_of_day:
            found = (each for each in self._windows if each.start <= day <= each.end)
            self._window_of_day[day] = next(found, None)
        return self._window_of_day[day]

    def _is_meant(self, unit: str, channel: str = "") -> bool:
        """Units that are no more prove nothing of units."""
        in_units = not self._units or unit in self._units
        there = self.quota.count not in ("units", "channels") or unit in self._heirs
        return there and in_units and (not channel or not self._channels or channel in self._channels)

    def _key(self, view: DeliveryView, unit: str, due: date, window: Window) -> _Key:
        if self.quota.count == "units":
            return (window.start, unit)
        if self.quota.count == "deliveries":
            return ("delivery", view.id)
        return (unit if self._is_by_unit else "", view.campaign_id, view.item_id, due)

    def _add(self, key: _Key, evidence: Evidence) -> None:
        """Of several that prove the same thing, the first one stands."""
        known = self._found.get(key)
        if known is None or (evidence.day, evidence.source) < (known.day, known.source):
            self._found[key] = evidence

    def _parts(self, asked: Sequence[str], grouped: _Grouped) -> Iterator[Part]:
        target = self.quota.target * len(asked) / _HUNDRED if is_share(self.quota) else self.quota.target
        for window in self._windows:
            if window.start <= self._day or any(key[0] == window for key in grouped):
                codes = asked if self._is_by_unit else [""]
                others = [code for each, code in grouped if each == window and code not in codes]
                for code in (*codes, *others):
                    counted = sum(each.amount for each in grouped.get((window, code), ()))
                    yield Part(code, window, counted, target if code in codes else _NOTHING)

    def _standing(self, parts: Sequence[Part]) -> Standing:
        lacking = [part for part in parts if not part.is_reached]
        if any(part.window.due < self._day for part in lacking):
            return "late"
        return "open" if lacking or not parts else "reached"


class QuotaCounts:
    """All quotas of a plan, each found by what names it."""

    def __init__(self, ground: Ground, heirs: Heirs, day: date) -> None:
        self._ground = ground
        self._counts = counts = [QuotaCount(ground, quota, heirs, day) for quota in ground.plan.quotas]
        self._by_id = {each.quota.id: each for each in counts}
        named = {name for served in ground.serves.values() for name in served}
        self._of_any_item = tuple(
            each for each in counts if each.quota.count in _FROM_ITEMS and each.quota.id not in named
        )
        """A quota that no item and no campaign names counts everything that is published for the plan."""
        self._by_item: dict[tuple[str, str], tuple[QuotaCount, ...]] = {}
        for each in counts:
            if each.quota.count == "channels":
                each.accounts()

    def publication(self, view: DeliveryView, unit: str, due: date, published: date | None) -> None:
        for each in self._of(view.campaign_id, view.item_id):
            each.publication(view, unit, due, published)

    def entry(self, entry: Entry, unit: str) -> None:
        """Every entry fills the quota that it names; events and those who came to them also those that they serve."""
        names = {entry.target}
        if entry.kind in ("event", "people"):
            names.update(self._ground.served_by_event(entry.target))
        for name in names:
            count = self._by_id.get(name)
            if count and (entry.kind == "logged" or _BY_KIND.get(entry.kind) == count.quota.count):
                count.entry(entry, unit)

    def states(self) -> tuple[QuotaState, ...]:
        return tuple(each.state() for each in self._counts)

    def _of(self, campaign_id: str, item_id: str) -> tuple[QuotaCount, ...]:
        key = (campaign_id, item_id)
        if key not in self._by_item:
            served = (self._by_id.get(name) for name in dict.fromkeys(self._ground.served_by_item(key)))
            named = tuple(each for each in served if each and each.quota.count in _FROM_ITEMS)
            self._by_item[key] = (*named, *self._of_any_item)
        return self._by_item[key]


def _of_delivery(view: DeliveryView, unit: str, day: date, window: Window) -> Evidence:
    receipt = view.receipts[0] if view.receipts and not view.recipients else None
    proof = (receipt.url or receipt.photo) if receipt else ""
    return Evidence(unit, day, window, 1, view.item_title, view.channel, proof, f"delivery {view.id}")


def _of_entry(entry: Entry, unit: str, window: Window, amount: int) -> Evidence:
    title = entry.words.get("note") or entry.words.get("place", "")
    proof = entry.words.get("link") or entry.words.get("photo", "")
    return Evidence(unit, entry.day, window, amount, title, proof=proof, source=f"log {entry.id}")


def _reached_on(parts: Sequence[Part], grouped: _Grouped) -> date | None:
    """The day on which the last part was reached; None where one is not, or where nothing is asked."""
    days = [_day_of(part, grouped.get((part.window, part.unit_code), ())) for part in parts if part.target]
    whole = [each for each in days if each is not None]
    return max(whole) if whole and len(whole) == len(days) else None


def _day_of(part: Part, evidence: Iterable[Evidence]) -> date | None:
    counted = 0
    for each in evidence:
        counted += each.amount
        if counted >= part.target:
            return each.day
    return None
