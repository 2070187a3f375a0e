"""The report as CSV: every delivery a row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo

from loa.delivery import State
from loa.dispatch import DeliveryView
from loa.dispatch.words import channel_name, state_name
from loa.messages import Lang
from loa.report.words import words

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "due", "campaign", "item", "unit", "channel", "account", "state", "reason", "recipients", "sent",
    "late_minutes", "approved_by", "receipt", "link", "hash", "key",
)  # fmt: skip


def as_csv(views: Sequence[DeliveryView], zone: tzinfo, lang: Lang = "vi") -> str:
    """One row for each of ``views``, after a row of headings. Excel needs the BOM to read Vietnamese."""
    w = words(lang)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([w[name] for name in _COLUMNS])
    for view in views:
        writer.writerow([harmless(cell) for cell in _row(view, zone, lang)])
    return BOM + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: what looks like a formula gets an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(view: DeliveryView, zone: tzinfo, lang: Lang) -> tuple[str, ...]:
    return (
        f"{view.due.astimezone(zone):%Y-%m-%d %H:%M}",
        view.campaign_title,
        view.item_title,
        view.unit_name,
        channel_name(view.channel),
        view.account_name,
        state_name(view.state, lang),
        view.reason,
        str(view.recipients or ""),
        str(view.counts.get(State.DONE, 0)) if view.recipients else "",
        str(round(view.late_by.total_seconds() / 60)),
        ", ".join(each.reviewer for each in view.approvals if each.decision == "approve"),
        view.receipts[0].platform_id if view.receipts else "",
        view.receipts[0].url if view.receipts else "",
        view.content_hash,
        view.key,
    )
