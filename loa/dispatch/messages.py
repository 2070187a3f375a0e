"""A message to people as the book has it, with all that it is judged by: pinned rules, parts, cost, its course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from loa.calendar import QuietWindow
from loa.delivery import Bulk, ChannelCard
from loa.draft import bulk_of, quiet_of, settings_over
from loa.errors import LoaError, Problem, ProblemsFound
from loa.messages import moment, number
from loa.rules import (
    Course,
    MessageClass,
    RuleSet,
    cost,
    course_of,
    list_problems,
    parts_of,
    parts_per_second,
    price_per_part,
    register_problem,
    rules_by_id,
    rules_in_force,
    text_problems,
)
from loa.workspace import Workspace


@dataclass(frozen=True)
class MessageFacts:
    """One message to people, ready to be judged."""

    rules: RuleSet
    message: MessageClass
    text: str
    bulk: Bulk | None
    """None where approved templates are sent: there are no words of ours to judge."""
    recipients: int
    list_id: str
    canary: str
    canary_count: int
    budget: Decimal | None
    settings: Mapping[str, str]
    """Of the card, of the channel over it, of the account over both."""
    pace: Decimal
    """Parts per second."""
    quiet: tuple[QuietWindow, ...]
    """The hours of the house and of the channel in which nothing leaves."""

    @property
    def parts(self) -> int:
        """Of one message."""
        return parts_of(self.text, self.bulk) if self.bulk else 1

    @property
    def price(self) -> Decimal | None:
        """What it costs to send it to everybody, in whole VND; None where nobody has said the price."""
        each = price_per_part(self.settings)
        return cost(self.parts, self.recipients + self.canary_count, each) if each is not None else None

    def course(self, start: datetime) -> Course | None:
        """How it would run from ``start`` (local) on; None where it would never end."""
        total = self.parts * (self.recipients + self.canary_count)
        return course_of(start, total, self.pace, self.message, self.quiet)


def facts_of(workspace: Workspace, cards: Mapping[str, ChannelCard], content: Mapping[str, Any]) -> MessageFacts | None:
    """The message in a package (opened); None for a public post, or where its rules cannot be read any more."""
    terms = content.get("message")
    rules = _rules_of(workspace, terms["rules"]) if terms else None
    if terms is None or rules is None:
        return None
    account = content["account"]["settings"]
    card = cards[content["channel"]].of(account)
    settings = settings_over(workspace, card, account)
    return MessageFacts(
        rules=rules,
        message=rules.of(terms["class"]),
        text=content["text"],
        bulk=bulk_of(card, account, content["options"]) if card.bulk else None,
        recipients=content["recipients"].get("count", 0),
        list_id=content["recipients"].get("list", ""),
        canary=terms["canary"],
        canary_count=terms["canary_count"],
        budget=Decimal(terms["budget"]) if terms["budget"] else None,
        settings=settings,
        pace=parts_per_second(settings) if card.bulk else Decimal(str(card.rate_per_second)),
        quiet=quiet_of(workspace, card),
    )


def _rules_of(workspace: Workspace, rules_id: str) -> RuleSet | None:
    try:
        return rules_by_id(workspace, rules_id)
    except ProblemsFound:
        return None  # the last look holds what has no rules; ``loa check`` tells what is wrong with the file


def are_pinned(workspace: Workspace, content: Mapping[str, Any]) -> bool:
    """Whether the rules that were approved with a message are still there, byte for byte, and in force on its day."""
    terms = content["message"]
    day: date = datetime.fromisoformat(content["window"][0]).astimezone(workspace.zone).date()
    try:
        rules = rules_in_force(workspace, day)
    except LoaError:
        return False
    return (rules.id, rules.sha256) == (terms["rules"], terms["rules_sha256"])


def objections(workspace: Workspace, facts: MessageFacts, dated: date | None, today: date) -> Iterator[Problem]:
    """Everything but the hours that keeps a message from going out. ``dated``: the day of the do-not-call file."""
    if facts.bulk is not None:
        found = text_problems(facts.text, facts.rules, facts.message, facts.bulk)
        yield from (problem for problem in found if problem.severity == "error")
    consents = {listed.id: listed.consent for listed in workspace.settings.lists}
    yield from list_problems(facts.list_id, consents.get(facts.list_id, ""), facts.message)
    if problem := register_problem(dated, today, facts.message):
        yield problem
    if facts.canary_count > facts.rules.canary_most:
        params = {"name": facts.canary, "count": str(facts.canary_count), "most": str(facts.rules.canary_most)}
        yield Problem("E785", params)
    yield from _of_budget(facts)


def _of_budget(facts: MessageFacts) -> Iterator[Problem]:
    if facts.budget is None:
        return
    if facts.price is None:
        yield Problem("E783")
    elif facts.price > facts.budget:
        yield Problem("E782", {"cost": number(facts.price), "budget": number(facts.budget)})


def lateness(workspace: Workspace, facts: MessageFacts, start: datetime, expires: datetime) -> Problem | None:
    """A message that would not have reached everybody by its deadline, with when it would."""
    course = facts.course(start.astimezone(workspace.zone))
    if course is None:
        return Problem("E794")
    if course.finish <= expires:
        return None
    deadline, finish = moment(expires, workspace.zone), moment(course.finish, workspace.zone)
    return Problem("E781", {"deadline": deadline, "finish": finish, "days": str(len(course.days))})
