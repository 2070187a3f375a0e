"""Laying out a delivery that has come due: its people become rows, in chunks that may be cut off anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.bulk.terms import pinned_facts
from loa.dispatch.desk import Desk
from loa.dispatch.guard import hold
from loa.dispatch.package import opened
from loa.errors import LoaError
from loa.recipients import lists_of
from loa.rules import MessageClass
from loa.store import MACHINE, DeliveryRow, Event
from loa.store import bulk_layout as layouts
from loa.store.bulk_layout import FIRST_WAVE, REST, Wave
from loa.store.events import write_events
from loa.store.journal_words import keep_layout
from loa.store.rebuild_calls import clear_recipients


def lay_out(desk: Desk, row: DeliveryRow) -> bool:
    """Lay out an approved delivery and let it go; False where its lists are not those that were approved any more.

    Killed on the way it goes on where it was; laid out from anything else than is approved now, it begins anew.
    """
    now = desk.clock.now()
    content = opened(row.package)
    try:
        rules = pinned_facts(desk, content).message
    except LoaError as error:
        with desk.book.write() as connection:
            hold(desk, connection, row, reasons.RULES_GONE, dict(error.params))
        return False
    with desk.book.read() as connection:
        is_out = layouts.is_out(connection, row.id)
    if is_out:
        return _go_on(desk, row, content)
    waves = _waves(desk, row, content, now)
    if not _begin(desk, row, content, waves):
        return False
    for wave in waves:
        _lay_out_wave(desk, wave, rules, now)
    return _let_go(desk, row, content, waves)


def lay_out_again(desk: Desk, row: DeliveryRow, known: Mapping[str, Any]) -> bool:
    """Lay out the people of a delivery that was under way, in a book that lost them; False where they are others.

    ``known`` is what the journal tells of the first time. Only the very files of that time bring everybody to his place
    again: the digest of a list says who is in it, not in which order.
    """
    content = opened(row.package)
    if known.get("made_from") != _made_from(content, row.unit_code) or not _lists_are_approved(desk, row, content):
        return False
    waves = _waves(desk, row, content, desk.clock.now())
    with desk.book.read() as connection:
        lists = {each.id: each.source_sha256 for each in store.lists(connection)}
    if [lists.get(wave.list_id) for wave in waves] != known["files"]:
        return False
    note = "/".join([known["made_from"], *(str(wave.list_id) for wave in waves)])
    with desk.book.write() as connection:
        if layouts.layout_note(connection, row.id) != note:
            clear_recipients(connection, row.id)
            layouts.put_layout_note(connection, row.id, note)
    rules = pinned_facts(desk, content).message
    for wave in waves:
        _lay_out_wave(desk, wave, rules, desk.clock.now())
    return True


def _go_on(desk: Desk, row: DeliveryRow, content: Mapping[str, Any]) -> bool:
    """One of which something is out was held in between: its people stay as they are; others wait for a person."""
    now = desk.clock.now()
    with desk.book.write() as connection:
        if layouts.layout_note(connection, row.id).partition("/")[0] == _made_from(content, row.unit_code):
            return store.move_delivery(connection, row, State.DUE, at=now, reason=row.reason, params=row.reason_params)
        hold(desk, connection, row, reasons.CHANGED_MIDWAY, {})
    return False


def _begin(desk: Desk, row: DeliveryRow, content: Mapping[str, Any], waves: Sequence[Wave]) -> bool:
    """Take back what was laid out from another package; False where the lists have changed since the approval.

    A list that was brought in again holds the same people at other places: what is laid out must be of one bringing.
    """
    if not _lists_are_approved(desk, row, content):
        return False
    made_from = "/".join([_made_from(content, row.unit_code), *(str(wave.list_id) for wave in waves)])
    with desk.book.read() as connection:
        known = layouts.layout_note(connection, row.id)
    if known.partition(":")[0] != made_from:
        layouts.clear_layout(desk.book, row.id)
        with desk.book.write() as connection:
            layouts.put_layout_note(connection, row.id, made_from)
    return True


def _made_from(content: Mapping[str, Any], unit_code: str) -> str:
    words = json.dumps([content["recipients"], content["message"], unit_code], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _lists_are_approved(desk: Desk, row: DeliveryRow, content: Mapping[str, Any]) -> bool:
    people_of = lists_of(desk.book)
    message = content["message"]
    wanted = [(content["recipients"]["list"], content["recipients"]["digest"])]
    wanted += [(message["canary"], message["canary_digest"])] if message["canary"] else []
    return all(people_of(name, row.unit_code).digest == digest for name, digest in wanted)


def _waves(desk: Desk, row: DeliveryRow, content: Mapping[str, Any], now: datetime) -> list[Wave]:
    canary = content["message"]["canary"]
    with desk.book.read() as connection:
        rest = store.list_named(connection, content["recipients"]["list"])
        first = store.list_named(connection, canary) if canary else None
        offset = layouts.last_place(connection, first.id) if first else 0
    found = []
    if first:
        found.append(Wave(row.id, FIRST_WAVE, first.id, 0, row.unit_code, None, State.DUE, now))
    if rest:
        state = State.HELD if canary else State.DUE
        besides = first.id if first else None
        found.append(Wave(row.id, REST, rest.id, offset, row.unit_code, besides, state, now))
    return found


def _lay_out_wave(desk: Desk, wave: Wave, rules: MessageClass, now: datetime) -> None:
    """Chunk after chunk, each in a transaction of its own, from where an earlier attempt was cut off."""
    with desk.book.read() as connection:
        after: int | None = max(layouts.laid_until(connection, wave.delivery_id) - wave.offset, 0)
    while after is not None:
        with desk.book.write() as connection:
            after = layouts.lay_out_chunk(connection, wave, after, rules, now)


def _let_go(desk: Desk, row: DeliveryRow, content: Mapping[str, Any], waves: Sequence[Wave]) -> bool:
    """Everybody is laid out: the delivery is due, and the trail tells what the guards did under which rules.

    A list that was brought in again meanwhile has another id: of the old one perhaps not everybody was laid out.
    """
    now = desk.clock.now()
    message = content["message"]
    names = [message["canary"], content["recipients"]["list"]] if message["canary"] else [content["recipients"]["list"]]
    still_approved = _lists_are_approved(desk, row, content)
    with desk.book.write() as connection:
        heads = [store.list_named(connection, name) for name in names]
        same = [head.id for head in heads if head] == [wave.list_id for wave in waves]
        if still_approved and same and store.move_delivery(connection, row, State.DUE, at=now):
            layouts.mark_whole(connection, row.id)
            files = [head.source_sha256 for head in heads if head]
            keep_layout(connection, row.id, _made_from(content, row.unit_code), files)
            counts = {code: str(count) for code, count in layouts.guard_counts(connection, row.id).items()}
            words = {"class": message["class"], "rules": message["rules"]} | counts
            write_events(connection, [Event(now, MACHINE, "guards", row.id, params=words)])
            return True
    layouts.clear_layout(desk.book, row.id)
    return False
