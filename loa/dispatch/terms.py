"""By which rules a message goes, for the people who approve it: class, basis, course, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from loa.delivery import ChannelCard, State
from loa.dispatch.messages import MessageFacts, facts_of, lateness, objections
from loa.dispatch.package import opened
from loa.dispatch.views import TermsView
from loa.errors import Problem
from loa.messages import Lang, sentence
from loa.rules import carrier_problems
from loa.store import OPEN, DeliveryRow
from loa.workspace import Workspace


def terms_view(
    workspace: Workspace, card: ChannelCard, row: DeliveryRow, dated: date | None, lang: Lang
) -> TermsView | None:
    """The terms of a delivery; None for a public post. ``dated``: the day of the do-not-call file."""
    facts = facts_of(workspace, {row.channel: card}, opened(row.package))
    if facts is None:
        return None
    course = facts.course(row.due.astimezone(workspace.zone))
    problems = _against(workspace, facts, row, dated) if row.state in (*OPEN, State.DUE) else ()
    return TermsView(
        title=facts.message.title,
        rules=facts.rules.id,
        basis=facts.message.basis,
        finish=course.finish if course else None,
        days=len(course.days) if course else 0,
        canary=facts.canary,
        canary_count=facts.canary_count,
        budget=facts.budget,
        against=tuple(sentence(each.code, each.params, lang) for each in problems),
    )


def _against(workspace: Workspace, facts: MessageFacts, row: DeliveryRow, dated: date | None) -> Iterator[Problem]:
    yield from objections(workspace, facts, dated, row.due.astimezone(workspace.zone).date())
    if row.state in OPEN and (late := lateness(workspace, facts, row.due, row.expires)):
        yield late
    yield from carrier_problems(facts.settings)
