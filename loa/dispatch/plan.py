"""A fresh look at the plan: the campaigns as they stand now, brought into the book.

What is already on the wire or ended is never touched. What was approved and is not the same any more loses its
approval, and says what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loa import store
from loa.campaign import OF_ONE_UNIT, LoadedCampaign, check_campaigns, load_campaigns
from loa.delivery import MediaRule, State
from loa.dispatch import reasons
from loa.dispatch.approval import demands_of, verdict
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of, damaged_assets, differences, opened, pack, package_hash
from loa.dispatch.wanting import lack_of, unmade
from loa.draft import Composer, Draft
from loa.errors import ProblemsFound
from loa.recipients import import_changed, lists_of
from loa.render import Asset, Order, fitted
from loa.render.keys import Keys
from loa.store import Approval, DeliveryRow, Plan
from loa.store.bulk_counts import waits
from loa.store.bulk_layout import is_out
from loa.store.deliveries import midway_changes, note_midway_change
from loa.timetable import Slot, build

HORIZON = timedelta(days=90)
LOOK_BACK = timedelta(days=1)
"""A slot that began at most this long ago and is not yet too late may still be planned."""
_DUE = (State.DUE, State.RETRY_LATER)
_IN_DOUBT = (State.UNKNOWN, State.HUMAN)
_RESTING = (State.HELD, State.AWAITING, State.APPROVED, *_IN_DOUBT)
_CHANGED = (reasons.CHANGED, reasons.CHANGED_NOT_RENDERED, reasons.CHANGED_MIDWAY)
Parts = Mapping[str, Collection[str]]
"""Campaigns by their ids, and which of their items; none named: all."""
Progress = Callable[[int, int], None]
_PATIENCE_SECONDS = 5.0
"""So long a look at the plan waits for assets that other machines have made; those that come later are seen next."""


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What a look at the plan brought: new deliveries, and those that lost an approval."""

    new: int
    changed: int


def plan(desk: Desk, until: datetime | None = None) -> PlanResult:
    """Compile the campaigns into deliveries up to ``until`` (default: 90 days ahead). Renders nothing.

    Raises:
        ProblemsFound: the files of the staff have problems; the book is left as it was.
    """
    campaigns = sound_campaigns(desk)
    now = desk.clock.now()
    known_until = planned_until(desk)
    end = max(until or now + HORIZON, known_until or now)
    import_changed(desk.workspace, desk.book, desk.vault, desk.clock)
    result = _bring_in(desk, _laid_out(desk, campaigns, end), now, known_until or now)
    store.note(desk.book, "planned_until", end.isoformat())
    return result


def plan_some(desk: Desk, parts: Parts) -> PlanResult:
    """``plan`` for these campaigns, as far as the plan was laid out before: who has just saved one sees it at once.

    It takes the place of no ``plan``: what reaches beyond a campaign, or beyond the items asked for, is not looked at.

    Raises:
        ProblemsFound: as for ``plan``.
    """
    known_until = planned_until(desk)
    if known_until is None:
        return plan(desk)
    found = _laid_out(desk, sound_campaigns(desk, parts), known_until)
    return _bring_in(desk, found, desk.clock.now(), known_until, parts)


def _laid_out(desk: Desk, campaigns: Sequence[LoadedCampaign], end: datetime) -> dict[str, Plan]:
    """What these campaigns send until ``end``, by its key."""
    drafts = _drafts(desk, campaigns, build(desk.workspace, campaigns, start_of(desk), end))
    desk.renderer.bring((order for each in drafts for _, order in (*each.orders, *each.besides)), _PATIENCE_SECONDS)
    keys = Keys(desk.workspace)
    return {each.key: each for each in (_planned(desk, draft, keys) for draft in drafts)}


def start_of(desk: Desk) -> datetime:
    """From where to look: what is still open, what was never looked at, and what is a little late."""
    with desk.book.read() as connection:
        oldest = store.oldest_open_due(connection)
    moments = (desk.clock.now() - LOOK_BACK, planned_until(desk), oldest)
    return min(moment for moment in moments if moment is not None)


def sound_campaigns(desk: Desk, parts: Parts | None = None) -> tuple[LoadedCampaign, ...]:
    """The campaigns, every reference of theirs checked; a wrong one stops the run here, not at the wire.

    What concerns one unit only stops nothing: its deliveries wait with the reason, all others go on.
    """
    loaded = load_campaigns(desk.workspace)
    campaigns = loaded if parts is None else tuple(_parts_of(loaded, parts))
    problems = check_campaigns(desk.workspace, campaigns, desk.cards)
    if errors := [each for each in problems if each.severity == "error" and each.code not in OF_ONE_UNIT]:
        raise ProblemsFound(errors)
    return campaigns


def planned_until(desk: Desk) -> datetime | None:
    """How far ahead the plan was last laid out."""
    written = store.read_note(desk.book, "planned_until")
    return datetime.fromisoformat(written) if written else None


def _drafts(desk: Desk, campaigns: Sequence[LoadedCampaign], slots: Sequence[Slot]) -> list[Draft]:
    composer = Composer(desk.workspace, desk.renderer, lists_of(desk.book), desk.cards)
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    return [draft for slot in slots for draft in composer.drafts(by_id[slot.campaign_id], slot)]


def _planned(desk: Desk, draft: Draft, keys: Keys) -> Plan:
    media = desk.cards[draft.channel].media
    assets, besides = _ready(desk, keys, draft.orders, media), _ready(desk, keys, draft.besides)
    orders = [order for _, order in (*draft.orders, *draft.besides)]
    rendered = (len(assets), len(besides)) == (len(draft.orders), len(draft.besides))
    lacking, words = lack_of(desk, draft) or (("", {}) if rendered else unmade(desk, orders))
    complete = not lacking
    package = pack(draft, assets, besides, desk.workspace)
    return Plan(
        key=draft.key,
        campaign_id=draft.slot.campaign_id,
        item_id=draft.slot.item_id,
        unit_code=draft.slot.unit_code,
        channel=draft.channel,
        account_id=draft.account.id,
        due=draft.slot.due,
        expires=draft.slot.expires,
        when_late=draft.when_late,
        state=State.AWAITING if complete else State.PLANNED,
        content_hash=package_hash(package) if complete else "",
        package=package,
        reason=lacking,
        reason_params=words,
        labels=dict(draft.labels),
    )


def _ready(desk: Desk, keys: Keys, orders: Sequence[tuple[str, Order]], media: Sequence[MediaRule] = ()) -> list[Asset]:
    """What is made already; of a picture that the channel's rules ask to be smaller, the smaller one."""
    found = (desk.renderer.cached(order, keys) for _, order in orders)
    fitting = (fitted(desk.renderer.shelf, asset, media) for asset in found if asset is not None)
    return [asset for asset in fitting if asset is not None]


def _bring_in(
    desk: Desk, found: dict[str, Plan], now: datetime, known_until: datetime, parts: Parts | None = None
) -> PlanResult:
    with desk.book.write() as connection:
        rows = {row.key: row for row in store.deliveries(connection, campaigns=parts) if _is_in(row, parts)}
        decisions = store.approvals_of(connection, None if parts is None else [*{**rows, **found}])
        new = [
            _judged(desk, each, decisions.get(each.key, []))
            for each in found.values()
            if each.key not in rows and (each.expires >= now or each.due >= known_until)
        ]
        resting = _resting(connection, rows.values(), now)
        untouched = _untouched(connection, rows.values(), resting)
        changed = []
        seen = midway_changes(connection)
        for row in rows.values():
            fresh = found.get(row.key)
            changed_at_rest = row.id in resting and fresh is not None and fresh.content_hash != row.content_hash
            # What changes while a sending rests must not be passed over when it goes on.
            known = replace(row, state=State.DUE, reason="") if changed_at_rest else row
            after = _after(desk, known, fresh, decisions.get(row.key, []), untouched=row.id in untouched)
            if after is None or not _differs(row, after):
                continue
            if after.reason == reasons.CHANGED_MIDWAY:
                change = fresh.content_hash if fresh else ""
                if _goes_on(row) and seen.get(row.id) == change:
                    continue  # a person has seen just this change, and let it go on as it was approved
                note_midway_change(connection, row.id, change)
            changed.append((row, after))
        store.save_plan(connection, new, changed, now)
    return PlanResult(
        new=len(new),
        changed=sum(plan.reason in _CHANGED for _, plan in changed),
    )


def _parts_of(loaded: Iterable[LoadedCampaign], parts: Parts) -> Iterator[LoadedCampaign]:
    for each in loaded:
        if (items := parts.get(each.campaign.id)) is not None:
            yield each.part(items) if items else each


def _is_in(row: DeliveryRow, parts: Parts | None) -> bool:
    return parts is None or not parts[row.campaign_id] or row.item_id in parts[row.campaign_id]


def _goes_on(row: DeliveryRow) -> bool:
    """Whether a sending that has begun goes on by itself, or rests for another reason than a change."""
    return row.state in (*_DUE, *_IN_DOUBT) or row.reason in reasons.BETWEEN_CALLS


def _untouched(connection: store.Connection, rows: Iterable[DeliveryRow], resting: Collection[int]) -> set[int]:
    """Deliveries that are due although nothing of them has been on the wire yet."""
    due = [row for row in rows if row.state in _DUE or row.id in resting]
    posts = [row.id for row in due if not is_to_people(row)]
    counts = store.state_counts(connection, posts)
    untouched = {each for each in posts if set(counts.get(each, {})) <= set(_DUE)}
    return untouched | {row.id for row in due if row.id not in posts and not is_out(connection, row.id)}


def _resting(connection: store.Connection, rows: Iterable[DeliveryRow], now: datetime) -> set[int]:
    """Sendings to people that have begun and rest, whatever for, or go on beside a call that is in doubt."""
    begun = [row for row in rows if row.due <= now and row.state in _RESTING and is_to_people(row)]
    return {row.id for row in begun if (waits if row.state in _IN_DOUBT else is_out)(connection, row.id)} | {
        row.id for row in begun if row.reason in reasons.BETWEEN_CALLS
    }


def _after(
    desk: Desk, row: DeliveryRow, fresh: Plan | None, decisions: Sequence[Approval], *, untouched: bool
) -> Plan | None:
    """Where a delivery stands after a look at the plan; None where the plan has no say any more."""
    if fresh is None and action_of(row.package) != "publish":
        return _mended(desk, row, decisions)
    if fresh is not None and row.content_hash and fresh.reason in reasons.NOT_FETCHED and _same_words(row, fresh):
        return None  # nobody has changed it: its files are fetched before it goes out, and compared
    if row.state in store.OPEN:
        return _as_held(row, reasons.WITHDRAWN) if fresh is None else _renewed(desk, row, fresh, decisions)
    if row.state not in _DUE or (fresh is not None and fresh.content_hash == row.content_hash):
        return None
    if untouched and fresh is not None:
        return _renewed(desk, row, fresh, decisions)
    return _as_held(row, reasons.WITHDRAWN if untouched else reasons.CHANGED_MIDWAY)


def _judged(desk: Desk, fresh: Plan, decisions: Sequence[Approval]) -> Plan:
    if fresh.state == State.PLANNED:
        return fresh
    demands = demands_of(desk.workspace, fresh.package)
    state, reason, params = verdict(decisions, fresh.content_hash, fresh.labels["author"], demands)
    return replace(fresh, state=state, reason=reason, reason_params=params)


def _renewed(desk: Desk, row: DeliveryRow, fresh: Plan, decisions: Sequence[Approval]) -> Plan:
    judged = _judged(desk, fresh, decisions)
    if row.reason == reasons.DAMAGED and damaged_assets(opened(row.package), desk.workspace):
        return _as_held(row, row.reason)
    catch_is_on = row.reason in (reasons.UNARMED, reasons.ARMED_FOR_TESTS)
    if row.reason in reasons.WAITS_FOR_A_PERSON and not (catch_is_on and fresh.content_hash != row.content_hash):
        return _as_held(row, row.reason)
    if row.reason == reasons.RELEASED and judged.content_hash == row.content_hash:
        return replace(judged, expires=row.expires, reason=row.reason, reason_params=row.reason_params)
    if judged.reason in ("", reasons.NOT_RENDERED) and judged.state != State.APPROVED and row.approved_package:
        parts = differences(row.approved_package, judged.package)
        reason = reasons.CHANGED_NOT_RENDERED if judged.state == State.PLANNED else reasons.CHANGED
        return replace(judged, reason=reason, reason_params={"parts": ", ".join(parts)}) if parts else judged
    return judged


def _same_words(row: DeliveryRow, fresh: Plan) -> bool:
    """Whether everything but the finished assets is as it was; what they are made from is among it."""
    before, after = ({**opened(each.package), "assets": (), "besides": ()} for each in (row, fresh))
    return before == after


def _mended(desk: Desk, row: DeliveryRow, decisions: Sequence[Approval]) -> Plan | None:
    """A correction or takedown is no part of the plan; one whose files were spoilt goes on once they are whole."""
    if row.reason != reasons.DAMAGED or damaged_assets(opened(row.package), desk.workspace):
        return None
    return _judged(desk, replace(_as_held(row, ""), state=State.AWAITING), decisions)


def _as_held(row: DeliveryRow, reason: str) -> Plan:
    fields = {name: getattr(row, name) for name in Plan.__slots__}
    params = row.reason_params if reason == row.reason else {}
    return Plan(**fields | {"state": State.HELD, "reason": reason, "reason_params": params})


def _differs(row: DeliveryRow, after: Plan) -> bool:
    return any(getattr(row, name) != getattr(after, name) for name in Plan.__slots__)
