"""By which rules a message goes, for the people who approve it: class, basis, course, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property

from loa import store
from loa.delivery import ChannelCard, State
from loa.dispatch.messages import MessageFacts, facts_of, lateness, objections
from loa.dispatch.package import opened
from loa.dispatch.views import TermsView
from loa.errors import Problem
from loa.messages import Lang, number, sentence
from loa.rules import registered, unregistered
from loa.store import OPEN, Book, DeliveryRow
from loa.workspace import Workspace


class Terms:
    """Tells the terms of deliveries; what it asks the book, it asks once."""

    def __init__(self, workspace: Workspace, book: Book, cards: Mapping[str, ChannelCard], lang: Lang) -> None:
        self._workspace = workspace
        self._book = book
        self._cards = cards
        self._lang = lang
        self._tally = cache(self._count_list)

    def of(self, row: DeliveryRow) -> TermsView | None:
        """The terms of a delivery; None for a public post."""
        facts = facts_of(self._workspace, self._cards, opened(row.package))
        if facts is None:
            return None
        course = facts.course(row.due.astimezone(self._workspace.zone))
        problems = self._against(facts, row) if row.state in (*OPEN, State.DUE) else ()
        return TermsView(
            title=facts.message.title,
            rules=facts.rules.id,
            basis=facts.message.basis,
            finish=course.finish if course else None,
            days=len(course.days) if course else 0,
            canary=facts.canary,
            canary_count=facts.canary_count,
            budget=facts.budget,
            carriers=registered(facts.settings),
            against=tuple(sentence(each.code, each.params, self._lang) for each in problems),
        )

    def _against(self, facts: MessageFacts, row: DeliveryRow) -> Iterator[Problem]:
        today = row.due.astimezone(self._workspace.zone).date()
        yield from objections(self._workspace, facts, self._dated, today)
        if row.state in OPEN and (late := lateness(self._workspace, facts, row.due, row.expires)):
            yield late
        yield from self._of_carriers(facts, row.unit_code)

    def _of_carriers(self, facts: MessageFacts, unit_code: str) -> Iterator[Problem]:
        """How many, by their prefixes, are with carriers that do not know the brandname: a hint, people move."""
        if not (missing := unregistered(facts.settings)):
            return
        there = {(unit, carrier) for unit in ("", unit_code) for carrier in missing}
        if count := sum(people for place, people in self._tally(facts.list_id).items() if place in there):
            words = {"count": number(count), "all": number(facts.recipients), "carriers": ", ".join(missing)}
            yield Problem("E798", words)

    def _count_list(self, name: str) -> Mapping[tuple[str, str], int]:
        with self._book.read() as connection:
            listed = store.list_named(connection, name)
            return store.tally(connection, listed.id) if listed else {}

    @cached_property
    def _dated(self) -> date | None:
        """The day of the do-not-call file."""
        written = store.read_note(self._book, store.REGISTER_DATED)
        return date.fromisoformat(written[:10]) if written else None
