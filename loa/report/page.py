"""The printed page: figures, tables and lists, ready for the template."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.views import DeliveryView
from loa.dispatch.words import channel_name
from loa.messages import Lang, moment, number, short_date
from loa.progress.outcome import TROUBLE, Outcome, outcome_of
from loa.report.blocks import Grid, Picture, Section, Words
from loa.report.coverage import Matrix, matrices
from loa.report.fates import FIGURES, ReasonLine, Sections, fates_lines, reason_lines, sum_of
from loa.report.tally import is_to_recipients, lines, message_lines, messages, totals
from loa.report.words import outcome_name, words
from loa.workspace import Workspace

_TEMPLATE = "report.html"
_LATE = timedelta(minutes=5)
"""A delay that the office would see; the scheduler's own beat is far below it."""
_COLUMNS = 16
"""Items side by side in one coverage table: what fits an A4 page upright."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """When the report is written, and of what."""

    period: tuple[datetime, datetime] | None
    now: datetime
    zone: ZoneInfo
    rehearsal: bool = False
    lang: Lang = "vi"

    def told(self, when: datetime) -> str:
        return moment(when, self.zone, self.lang)


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the list of publications."""

    at: str
    late: str
    unit: str
    channel: str
    account: str
    title: str
    url: str
    count: str
    since: str
    """What has become of the post since: corrected, taken down."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One delivery that the reader must know of, with its reason."""

    due: str
    unit: str
    channel: str
    account: str
    title: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """A part of a matrix that fits the width of the page; items carry their numbers of the legend."""

    items: tuple[tuple[int, str, str], ...]


def page(
    views: Sequence[DeliveryView], workspace: Workspace, occasion: Occasion, sections: Sequence[Section] = ()
) -> str:
    """The whole HTML page; needs nothing beside it."""
    fates = fates_lines(views)
    return (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            lang=occasion.lang,
            w=words(occasion.lang),
            body=workspace.settings.body,
            rehearsal=occasion.rehearsal,
            span=_span(views, occasion),
            written=occasion.told(occasion.now),
            outcomes=tuple(Outcome),
            done=Outcome.DONE,
            outcome_name=partial(outcome_name, lang=occasion.lang),
            number=partial(number, lang=occasion.lang),
            channel_name=partial(channel_name, lang=occasion.lang),
            totals=totals(views),
            lines=lines(views),
            message_lines=message_lines(views),
            fates=fates,
            fates_sum=sum_of(fates),
            fates_reasons=tuple(_reasons(fates, occasion.lang)),
            fate_figures=FIGURES,
            publications=_publications(views, occasion),
            troubles=tuple(_troubles(views, occasion)),
            coverage=tuple((matrix, _tables(matrix)) for matrix in matrices(views, workspace.units.codes())),
            silent=_silent(views, workspace, occasion),
            sections=sections,
        )
    )


def _reasons(fates: Sections, lang: Lang) -> Iterator[tuple[str, str, tuple[ReasonLine, ...]]]:
    """(campaign, account, its reasons) for every line that has some."""
    for _, campaign, accounts in fates:
        for line in accounts:
            if found := reason_lines(line, lang, words(lang)["unnamed"]):
                yield campaign, line.name, found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["web"] = _web
    made.filters["inline"] = _inline
    made.tests["words"] = lambda block: isinstance(block, Words)
    made.tests["grid"] = lambda block: isinstance(block, Grid)
    made.tests["picture"] = lambda block: isinstance(block, Picture)
    return made


def _web(url: str) -> str:
    """An address that may become a link; anything but http(s) stays text."""
    return url if url.startswith(("https://", "http://")) else ""


def _inline(png: bytes) -> str:
    """A picture that lies in the page itself."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _span(views: Sequence[DeliveryView], occasion: Occasion) -> str:
    if occasion.period:
        first, after = occasion.period
        last = after - timedelta(microseconds=1)
    elif views:
        first, last = views[0].due, views[-1].due
    else:
        return ""
    days = [short_date(each.astimezone(occasion.zone).date(), occasion.lang) for each in (first, last)]
    return words(occasion.lang)["day" if days[0] == days[1] else "span"].format(first=days[0], last=days[1])


def _publications(views: Sequence[DeliveryView], occasion: Occasion) -> tuple[tuple[str, tuple[Publication, ...]], ...]:
    """What is out, by campaign."""
    grouped: dict[str, list[DeliveryView]] = {}
    for view in views:
        if view.state == State.DONE:
            grouped.setdefault(view.campaign_id, []).append(view)
    return tuple(
        (found[0].campaign_title, tuple(_publication(view, occasion) for view in found)) for found in grouped.values()
    )


def _publication(view: DeliveryView, occasion: Occasion) -> Publication:
    to_people = is_to_recipients(view)
    return Publication(
        at=occasion.told(max((each.at for each in view.receipts), default=view.due)),
        late=_late(view.late_by, words(occasion.lang)) if view.late_by >= _LATE else "",
        unit=view.unit_name,
        channel=channel_name(view.channel, occasion.lang),
        account=view.account_name,
        title=view.item_title,
        url=view.receipts[0].url if view.receipts and not to_people else "",
        count=_share(view, occasion.lang) if to_people else _proof(view, occasion.lang),
        since=view.reason if view.code in reasons.SINCE else "",
    )


def _share(view: DeliveryView, lang: Lang) -> str:
    sent = messages([view])
    return f"{number(sent.get(Outcome.DONE, 0), lang)}/{number(sum(sent.values()), lang)} {words(lang)['sms']}"


def _proof(view: DeliveryView, lang: Lang) -> str:
    return words(lang)["photo"] if any(each.photo for each in view.receipts) else ""


def _late(span: timedelta, said: Mapping[str, str]) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    parts = [f"{count} {said[name]}" for count, name in ((hours, "hours"), (minutes, "minutes")) if count]
    return " ".join([said["late"], *parts])


def _troubles(views: Sequence[DeliveryView], occasion: Occasion) -> Iterator[Trouble]:
    """What is held, missed, unknown or refused, what only a part of the recipients got, late hands, posts with gaps."""
    for view in views:
        outcome = outcome_of(view.state)
        overdue = view.in_hand and view.due < occasion.now
        partly = outcome == Outcome.DONE and is_to_recipients(view) and set(view.counts) - {State.DONE}
        lacking = view.code in reasons.LACKING
        if outcome in TROUBLE or partly or overdue or lacking:
            yield Trouble(
                occasion.told(view.due),
                view.unit_name,
                channel_name(view.channel, occasion.lang),
                view.account_name,
                view.item_title,
                _called(
                    outcome,
                    occasion.lang,
                    "partly" if partly else "overdue" if overdue else "lacking" if lacking else "",
                ),
                view.reason,
            )


def _called(outcome: Outcome, lang: Lang, rather: str) -> str:
    """The outcome as the list names it; ``rather`` is the word that says it better, where there is one."""
    return words(lang)[rather] if rather else outcome_name(outcome, lang)


def _tables(matrix: Matrix) -> tuple[CoverageTable, ...]:
    numbered = tuple((place, item, name) for place, (item, name) in enumerate(matrix.items, start=1))
    return tuple(CoverageTable(numbered[first : first + _COLUMNS]) for first in range(0, len(numbered), _COLUMNS))


def _silent(views: Sequence[DeliveryView], workspace: Workspace, occasion: Occasion) -> tuple[str, ...]:
    """Units that exist today and have no delivery at all in the report: a gap that no table would show."""
    heard = {view.unit_code for view in views}
    today = occasion.now.astimezone(occasion.zone).date()
    return tuple(unit.name for unit in workspace.units.on(today) if unit.code not in heard)
