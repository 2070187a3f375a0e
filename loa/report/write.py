"""The files of a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from loa.delivery import State
from loa.dispatch import DeliveryView
from loa.dispatch.words import channel_name, state_name, tone
from loa.errors import LoaError
from loa.messages import Lang, moment, number, short_date
from loa.report.figures import summarise
from loa.report.table import as_csv
from loa.report.words import words
from loa.workspace import Workspace

Period = tuple[datetime, datetime]
"""From a moment until before another."""
_pages = Environment(
    loader=PackageLoader("loa.report", "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def write_report(
    folder: Path,
    views: Sequence[DeliveryView],
    workspace: Workspace,
    period: Period | None,
    now: datetime,
    lang: Lang = "vi",
) -> tuple[Path, ...]:
    """Write the report on ``views`` as HTML and CSV; without ``period`` it spans from their first to their last day.

    Raises:
        LoaError: E802, the folder cannot be written to.
    """
    span = period or _span(views, now)
    name = "bao-cao-" + "-".join(f"{day.astimezone(workspace.zone):%Y-%m-%d}" for day in (span[0], _last(span)))
    html, table = folder / f"{name}.html", folder / f"{name}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        html.write_text(as_html(views, workspace, span, now, lang), encoding="utf-8", newline="\n")
        table.write_text(as_csv(views, workspace.zone, lang), encoding="utf-8", newline="")
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error
    return html, table


def as_html(
    views: Sequence[DeliveryView], workspace: Workspace, period: Period, now: datetime, lang: Lang = "vi"
) -> str:
    """The report as one page that needs no other file; prints on A4."""
    zone = workspace.zone
    return _pages.get_template("report.html").render(
        w=words(lang),
        lang=lang,
        body=workspace.settings.body,
        summary=summarise(views),
        first=short_date(period[0].astimezone(zone).date(), lang),
        last=short_date(_last(period).astimezone(zone).date(), lang),
        made=moment(now, zone, lang),
        told=lambda when: moment(when, zone, lang),
        number=lambda value: number(value, lang),
        state_name=lambda state: state_name(state, lang),
        tone=tone,
        channel_name=channel_name,
        sent=lambda view: view.counts.get(State.DONE, 0),
        is_link=lambda url: url.startswith(("https://", "http://")),
        minutes=lambda span: round(span.total_seconds() / 60),
    )


def _span(views: Sequence[DeliveryView], now: datetime) -> Period:
    moments = [view.due for view in views] or [now]
    return min(moments), max(moments) + timedelta(seconds=1)


def _last(period: Period) -> datetime:
    """A moment of the last day: the end itself is no longer part of the period."""
    return period[1] - timedelta(seconds=1)
