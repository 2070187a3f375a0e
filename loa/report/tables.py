"""The CSV files: what a spreadsheet opens without a question, and without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from io import StringIO

from loa.dispatch.views import DeliveryView
from loa.dispatch.words import channel_name, state_name
from loa.messages import Lang
from loa.progress.outcome import Outcome, outcome_of
from loa.report.coverage import matrices
from loa.report.fates import FIGURES, fates_lines, reason_lines
from loa.report.tally import is_to_recipients, messages
from loa.report.words import outcome_name, words
from loa.text import safe_cell

_BOM = "\ufeff"

_DELIVERY = (
    "id", "key", "campaign_id", "campaign", "item_id", "item", "unit_code", "unit", "channel", "account_id", "account",
    "due", "done_at", "late_seconds", "outcome", "state", "reason", "headline", "link", "platform_id",
    "picture_count", "clip_count", "reviewers", "hash", "recipients",
)  # fmt: skip
_COVERAGE = (
    "campaign_id", "campaign", "unit_code", "unit", "item_id", "item", "planned", "all", "outcome",
)  # fmt: skip


def deliveries_csv(views: Sequence[DeliveryView], zone: tzinfo, lang: Lang) -> str:
    """One row a delivery; behind it, for those to recipients, their messages by outcome."""
    said = words(lang)
    of_messages = [f"{said['messages']}: {outcome_name(outcome, lang)}" for outcome in Outcome]
    headings = [*(said[name] for name in _DELIVERY), *of_messages]
    return _written(headings, (_delivery(view, zone, lang) for view in views))


def coverage_csv(views: Sequence[DeliveryView], lang: Lang) -> str:
    """One row a unit and item."""
    said = words(lang)
    rows = (
        (table.campaign_id, table.campaign, unit, unit_name, item, item_name, cell.planned, cell.done, said[cell.level])
        for table in matrices(views)
        for unit, unit_name in table.units
        for item, item_name in table.items
        if (cell := table.cell(unit, item))
    )
    return _written([said[name] for name in _COVERAGE], rows)


def messages_csv(views: Sequence[DeliveryView], lang: Lang) -> str:
    """One row a campaign, account and figure, those with reasons one a reason; no number of anybody."""
    said = words(lang)
    headings = [said[name] for name in ("campaign_id", "campaign", "account", "figure", "code", "reason", "count")]
    return _written(headings, _message_rows(views, lang, said))


def _message_rows(
    views: Sequence[DeliveryView], lang: Lang, said: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    for campaign_id, campaign, lines in fates_lines(views):
        for line in lines:
            for figure in FIGURES:
                if figure != "failed":  # told by reason
                    yield campaign_id, campaign, line.name, said[figure], "", "", line.counts[figure]
            for each in reason_lines(line, lang, said["unnamed"]):
                yield campaign_id, campaign, line.name, said[f"kind_{each.kind}"], each.code, each.words, each.count


def _written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return _BOM + out.getvalue()


def _delivery(view: DeliveryView, zone: tzinfo, lang: Lang) -> tuple[object, ...]:
    counts = messages([view])
    receipt = view.receipts[0] if view.receipts and not is_to_recipients(view) else None
    done_at = max((each.at for each in view.receipts), default=None)
    return (
        view.id,
        view.key,
        view.campaign_id,
        view.campaign_title,
        view.item_id,
        view.item_title,
        view.unit_code,
        view.unit_name,
        channel_name(view.channel, lang),
        view.account_id,
        view.account_name,
        f"{view.due.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        f"{done_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if done_at else "",
        int(view.late_by.total_seconds()) if done_at else "",
        outcome_name(outcome_of(view.state), lang),
        state_name(view.state, lang),
        view.reason,
        view.title,
        receipt.url if receipt else "",
        receipt.platform_id if receipt else "",
        sum(each.kind == "picture" for each in view.attachments),
        sum(each.kind == "clip" for each in view.attachments),
        "; ".join(each.reviewer for each in view.approvals if each.decision == "approve" and each.stands),
        view.content_hash,
        view.recipients or "",
        *(counts.get(outcome, 0) if is_to_recipients(view) else "" for outcome in Outcome),
    )
