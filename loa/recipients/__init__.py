"""Lists of people: reading files of numbers, keeping them sealed, reviewing, purging, forgetting."""

from loa.recipients.bring_in import Imported, import_changed, import_list
from loa.recipients.leave_alone import Blocked, block, forget
from loa.recipients.lookup import lists_fingerprint, lists_of
from loa.recipients.purge import Purged, let_all_go, purge
from loa.recipients.review import DoubtView, Row, accept, correct, drop, hidden, review
from loa.recipients.stats import LeftAlone, ListStats, left_alone, stats

__all__ = [
    "Blocked",
    "DoubtView",
    "Imported",
    "LeftAlone",
    "ListStats",
    "Purged",
    "Row",
    "accept",
    "block",
    "correct",
    "drop",
    "forget",
    "hidden",
    "import_changed",
    "import_list",
    "left_alone",
    "let_all_go",
    "lists_fingerprint",
    "lists_of",
    "purge",
    "review",
    "stats",
]
