"""The book: what was planned, approved, sent and answered. SQLite on one PC, PostgreSQL for a province.

``open_book`` gives a ``Book``; its tables are moved only by the functions of this room, each move guarded by
the state it starts from, and each leaving an event with time, cause and actor.
"""

from sqlalchemy import Connection

from loa.store.approvals import Approval, approvals_of, record_decision
from loa.store.arming import ALL, Arming, arming_of, armings, outside_of, set_arming
from loa.store.book import Book, open_book
from loa.store.control import (
    AccountPause,
    Resumed,
    Stop,
    clear_note,
    is_of_sandbox,
    keep_for,
    note,
    pause_account,
    pauses,
    read_note,
    resume_accounts,
    set_stop,
    stop_of,
    worker_beat,
    worker_seen,
)
from loa.store.deliveries import (
    OPEN,
    DeliveryRow,
    Plan,
    deliveries,
    delivery_by_id,
    keys_of_moment,
    move_delivery,
    oldest_open_due,
    save_plan,
)
from loa.store.events import MACHINE, Event, events_of
from loa.store.health import HealthLine, health_of_accounts, replace_health
from loa.store.insights import Figure, PublishedRow, figures_of, newest_posts, write_figures
from loa.store.lock import hold, holder
from loa.store.sendings import (
    WAITING,
    NewSending,
    SendingRow,
    add_sendings,
    claim,
    first_sent,
    is_held_by_another,
    move_sending,
    next_moment,
    record_endings,
    recover,
    ripe_deliveries,
    sendings,
    state_counts,
)
from loa.store.tokens import BookTokens
from loa.store.vault import Vault

__all__ = [
    "ALL",
    "MACHINE",
    "OPEN",
    "WAITING",
    "AccountPause",
    "Approval",
    "Arming",
    "Book",
    "BookTokens",
    "Connection",
    "DeliveryRow",
    "Event",
    "Figure",
    "HealthLine",
    "NewSending",
    "Plan",
    "PublishedRow",
    "Resumed",
    "SendingRow",
    "Stop",
    "Vault",
    "add_sendings",
    "approvals_of",
    "arming_of",
    "armings",
    "claim",
    "clear_note",
    "deliveries",
    "delivery_by_id",
    "events_of",
    "figures_of",
    "first_sent",
    "health_of_accounts",
    "hold",
    "holder",
    "is_held_by_another",
    "is_of_sandbox",
    "keep_for",
    "keys_of_moment",
    "move_delivery",
    "move_sending",
    "newest_posts",
    "next_moment",
    "note",
    "oldest_open_due",
    "open_book",
    "outside_of",
    "pause_account",
    "pauses",
    "read_note",
    "record_decision",
    "record_endings",
    "recover",
    "replace_health",
    "resume_accounts",
    "ripe_deliveries",
    "save_plan",
    "sendings",
    "set_arming",
    "set_stop",
    "state_counts",
    "stop_of",
    "worker_beat",
    "worker_seen",
    "write_figures",
]
