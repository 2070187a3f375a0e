"""Each figure with its name, its unit and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from loa import store
from loa.delivery import State
from loa.dispatch import Desk
from loa.dispatch.backing_up import folder_of, made_at
from loa.store.alerts import alerts_untold
from loa.store.backup import backups_in
from loa.store.gauges import BUCKETS, Gauges, gauges_of, rows_of_trail
from loa.store.troubles import total_beats

_BAD = {
    "missed": (State.MISSED,),
    "unknown": (State.UNKNOWN, State.HUMAN),
    "held": (State.HELD,),
    "refused": (State.REFUSED,),
}
_ALIVE_SECONDS = 60.0


def families_of(desk: Desk) -> Iterator[Metric]:
    """Every figure, from one look at the book."""
    now = desk.clock.now()
    found = gauges_of(desk.book, now)
    yield InfoMetricFamily("loa_build", "The program.", {"version": version("loa")})
    yield from _work(found, now)
    yield from _people(found)
    yield from _scheduler(desk, now)
    yield from _accounts(desk, now)
    yield from _keeping(desk, found, now)


def _work(found: Gauges, now: datetime) -> Iterator[Metric]:
    deliveries = GaugeMetricFamily("loa_deliveries", "Deliveries by state and channel.", labels=["state", "channel"])
    for state, channel, count in found.deliveries:
        deliveries.add_metric([state, channel], count)
    yield deliveries
    sendings = GaugeMetricFamily("loa_sendings", "Public posts by state of their call.", labels=["state"])
    for state, count in found.sendings:
        sendings.add_metric([state], count)
    yield sendings
    troubles = GaugeMetricFamily("loa_deliveries_in_trouble", "Deliveries that ended or stand badly.", labels=["kind"])
    for kind, states in _BAD.items():
        troubles.add_metric([kind], sum(count for state, _, count in found.deliveries if state in states))
    yield troubles
    oldest = (now - found.oldest_due).total_seconds() if found.oldest_due else 0.0
    yield GaugeMetricFamily("loa_oldest_due_seconds", "For how long the oldest due delivery has waited.", oldest)
    yield CounterMetricFamily("loa_retries", "Calls that were made again.", found.retries)
    yield _latency(found)


def _latency(found: Gauges) -> Metric:
    family = HistogramMetricFamily("loa_attempt_seconds", "How long platforms took to answer.", labels=["channel"])
    for each in found.latencies:
        bounds = [(str(bound), float(count)) for bound, count in zip(BUCKETS, each.buckets, strict=True)]
        family.add_metric([each.channel], [*bounds, ("+Inf", float(each.count))], each.seconds)
    return family


def _people(found: Gauges) -> Iterator[Metric]:
    messages = GaugeMetricFamily("loa_messages", "Messages to people by state of their call.", labels=["state"])
    for state, count in found.messages:
        messages.add_metric([state], count)
    yield messages
    yield GaugeMetricFamily("loa_messages_waiting", "Messages to people that wait to be sent.", found.messages_waiting)
    yield GaugeMetricFamily("loa_inbox_letters", "Reports of gateways that wait to be read.", found.inbox)


def _scheduler(desk: Desk, now: datetime) -> Iterator[Metric]:
    seen = store.worker_seen(desk.book)
    with desk.book.read() as connection:
        leader, here, beats = store.leader_of(connection), store.workers_here(connection), total_beats(connection)
        halted = store.stop_of(connection) is not None
    yield GaugeMetricFamily("loa_beats", "Signs of life of all processes that are signed in.", beats)
    if seen:
        age = (now - seen).total_seconds()
        yield GaugeMetricFamily("loa_last_beat_age_seconds", "Since a scheduler last gave a sign of life.", age)
    yield GaugeMetricFamily("loa_leader_term", "The term of the leading scheduler.", leader.term if leader else 0)
    workers = GaugeMetricFamily(
        "loa_workers_alive", "Processes with a sign of life in the last minute.", labels=["kind"]
    )
    for kind in sorted({each.kind for each in here}):
        alive = [
            each for each in here if each.kind == kind and abs((now - each.seen_at).total_seconds()) <= _ALIVE_SECONDS
        ]
        workers.add_metric([kind], len(alive))
    yield workers
    yield GaugeMetricFamily("loa_stopped", "Whether everything is stopped by a person.", int(halted))
    blocked = int(bool(store.read_note(desk.book, "blocked")))
    yield GaugeMetricFamily("loa_plan_blocked", "Whether problems of the plan keep everything from going out.", blocked)


def _accounts(desk: Desk, now: datetime) -> Iterator[Metric]:
    with desk.book.read() as connection:
        codes = {each.account_id: each.code for each in store.pauses(connection, now)}
    paused = GaugeMetricFamily("loa_account_paused", "Whether an account rests, and why.", labels=["account", "code"])
    for each in desk.workspace.settings.accounts:
        paused.add_metric([each.id, codes.get(each.id, "")], int(each.id in codes))
    yield paused


def _keeping(desk: Desk, found: Gauges, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily("loa_book_bytes", "The size of the book.", found.bytes)
    with desk.book.read() as connection:
        events, untold = rows_of_trail(connection), len(alerts_untold(connection))
    yield CounterMetricFamily("loa_trail_events", "Moves in the book's trail.", events)
    yield GaugeMetricFamily("loa_alerts_untold", "Alerts that could not be told so far.", untold)
    folder = desk.workspace.var / "journal"
    size = sum(path.stat().st_size for path in folder.glob("*.jsonl")) if folder.is_dir() else 0
    yield GaugeMetricFamily("loa_journal_bytes", "The journal of this machine beside the book.", size)
    newest = max(map(made_at, backups_in(folder_of(desk.workspace))), default=None)
    if newest:
        age = (now - newest).total_seconds()
        yield GaugeMetricFamily("loa_backup_age_seconds", "Since the last backup of the scheduler.", age)
