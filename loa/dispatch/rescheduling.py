"""A person moves a slot: the campaign's file says so from then on, the plan is renewed, approvals of it are dropped.

The file is replaced only when nothing speaks against it; else it stays as it was, and the person is told why.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loa import store
from loa.calendar import QuietWindow
from loa.campaign import Item, LoadedCampaign, When, check_campaigns, load_campaigns
from loa.campaign.rewrite_file import Written, as_written, rewriting
from loa.delivery import State
from loa.dispatch.desk import Desk
from loa.dispatch.plan import plan
from loa.draft import limit_problems
from loa.errors import LoaError, Problem
from loa.messages import describe, moment
from loa.timetable import problems as timetable_problems
from loa.timetable import working_days
from loa.timetable.build import due_of, is_rule_day, period_end

_AROUND = timedelta(days=1)
_LEFT_ALONE = (*store.OPEN, State.CANCELLED)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Wish:
    """One occurrence of an item, for all of its units and channels, is to go out at ``to`` (a moment with a zone).

    ``digest``: the SHA-256 of the campaign's file as the person saw it.
    """

    campaign_id: str
    item_id: str
    occurrence: date
    to: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done. ``warnings``: what a person should know of the new moment."""

    title: str
    before: datetime
    after: datetime
    place: str
    """File and line."""
    digest: str
    """Of the file as it is now."""
    dropped: int
    """Approved deliveries that need a new approval."""
    approved: int
    """Deliveries that are approved as they are now: what comes back just as it was approved is approved again."""
    warnings: tuple[Problem, ...]


def reschedule(desk: Desk, wish: Wish) -> Moved:
    """Write the new moment into the campaign's file, and renew the plan.

    Raises:
        LoaError: E826–E832, why the slot cannot be moved there; the file is as it was.
        ProblemsFound: the files of the staff have problems already.
    """
    with _one_at_a_time:
        return _Move(desk, wish).done()


class _Move:
    """One wish against the files and the book as they are now."""

    def __init__(self, desk: Desk, wish: Wish) -> None:
        self._desk, self._wish = desk, wish
        self._workspace = desk.workspace
        self._campaigns = load_campaigns(desk.workspace)
        self._working = working_days(desk.workspace)
        self._local = wish.to.astimezone(desk.workspace.zone).replace(tzinfo=None, second=0, microsecond=0)
        self._loaded, self._item = self._found()

    def done(self) -> Moved:
        before = due_of(self._workspace, self._item.when, self._working, self._wish.occurrence)
        written = as_written(self._workspace.inside(self._loaded.shown), self._loaded.shown)
        if written.digest != self._wish.digest:
            raise LoaError("E827", file=written.shown)
        approved = self._refuse_what_cannot_be(before)
        when, text = self._rewritten(written)
        warnings = self._put_in_place(written, when, text)
        plan(self._desk)
        now = as_written(written.path, written.shown).digest
        return Moved(
            self._item.title,
            before,
            self._wish.to,
            self._place(),
            now,
            approved,
            self._states().count(State.APPROVED),
            warnings,
        )

    def _found(self) -> tuple[LoadedCampaign, Item]:
        wish = self._wish
        for loaded in self._campaigns:
            for item in loaded.campaign.items:
                if (loaded.campaign.id, item.id) == (wish.campaign_id, wish.item_id) and self._goes_out(loaded, item):
                    return loaded, item
        raise LoaError("E826", item=wish.item_id, campaign=wish.campaign_id, day=f"{wish.occurrence:%d/%m/%Y}")

    def _goes_out(self, loaded: LoadedCampaign, item: Item) -> bool:
        day = self._wish.occurrence
        if item.when.event is not None:  # it is named by its meeting: whoever moves that moves what is said of it
            return False
        return day not in item.when.skip and is_rule_day(loaded.campaign, item.when, self._working, day)

    def _place(self) -> str:
        place = self._loaded.item_place(self._item.id, "when")
        return f"{place.file}:{place.line}"

    def _refuse_what_cannot_be(self, before: datetime) -> int:
        """Nothing but how many approvals would be dropped, where the wish can be granted."""
        now, zone = self._desk.clock.now(), self._workspace.zone
        words = {"item": self._item.title, "place": self._place(), "time": f"{self._local:%H:%M, %d/%m/%Y}"}
        states = self._states()
        if before <= now or set(states) - set(_LEFT_ALONE):
            raise LoaError("E829", **words | {"time": moment(before, zone)})
        if self._wish.to <= now:
            raise LoaError("E828", **words)
        hours = self._workspace.settings.policies.quiet_hours
        if QuietWindow(hours.start, hours.end).contains(self._local.replace(tzinfo=zone)):
            raise LoaError("E830", **words, start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")
        campaign = self._loaded.campaign
        last = period_end(campaign)
        if not campaign.start <= self._local.date() <= (last or date.max):
            ends = f"{last:%d/%m/%Y}" if last else "…"
            raise LoaError("E831", **words, campaign=campaign.title, start=f"{campaign.start:%d/%m/%Y}", end=ends)
        return states.count(State.APPROVED)

    def _states(self) -> list[State]:
        wish = self._wish
        slot = f"{wish.campaign_id}/{wish.item_id}/{wish.occurrence.isoformat()}/"
        with self._desk.book.read() as connection:
            rows = store.deliveries(connection, campaigns=[wish.campaign_id])
        return [row.state for row in rows if row.key.startswith(slot)]

    def _rewritten(self, written: Written) -> tuple[When, str]:
        """What the item's ``when`` is to be, and the text that says so.

        A single date is written anew where its deliveries are not in the book, or only the hour changes. Else the move
        keeps the nominal day: it names the deliveries, to which remarks and earlier versions belong.
        """
        from loa.campaign.rewrite import NotFoundError, with_day, with_move  # noqa: PLC0415 - 6 MB of ruamel.yaml

        when, day, local = self._item.when, self._wish.occurrence, self._local
        try:
            if when.date is not None and day not in when.move and (local.date() == day or not self._states()):
                fresh = when.model_copy(update={"date": local.date(), "at": local.time()})
                if self._leads_there(fresh, local.date()):
                    return fresh, with_day(written.text, self._item.id, local)
            fresh = when.model_copy(update={"move": {**when.move, day: local}})
            return fresh, with_move(written.text, self._item.id, day, local)
        except NotFoundError as error:
            raise self._not_writable() from error

    def _leads_there(self, when: When, day: date) -> bool:
        is_named = day not in when.skip and is_rule_day(self._loaded.campaign, when, self._working, day)
        return is_named and due_of(self._workspace, when, self._working, day) == self._wish.to

    def _not_writable(self) -> LoaError:
        wish = self._wish
        return LoaError("E826", item=wish.item_id, campaign=self._place(), day=f"{wish.occurrence:%d/%m/%Y}")

    def _put_in_place(self, written: Written, when: When, text: str) -> tuple[Problem, ...]:
        """Replace the file, once its new text says just what was meant and nothing is wrong with it."""
        with rewriting(written, text) as rewrite:
            campaign, fresh = self._loaded.campaign, self._item.model_copy(update={"when": when})
            items = tuple(fresh if item.id == fresh.id else item for item in campaign.items)
            if rewrite.loaded.campaign != campaign.model_copy(update={"items": items}):
                raise self._not_writable()
            campaigns = [rewrite.loaded if each is self._loaded else each for each in self._campaigns]
            found = self._problems(campaigns)
            if errors := [problem for problem in found if problem.severity == "error"]:
                raise LoaError("E832", item=self._item.title, problem=describe(errors[0]))
            rewrite.put_in_place()
        known = {(each.code, str(each.params)) for each in (self._problems(self._campaigns) if found else ())}
        return tuple(problem for problem in found if (problem.code, str(problem.params)) not in known)

    def _problems(self, campaigns: Sequence[LoadedCampaign]) -> list[Problem]:
        """What ``loa check`` says of the campaigns, of their days only those around the wish."""
        cards, start, end = self._desk.cards, self._wish.to - _AROUND, self._wish.to + _AROUND
        found = check_campaigns(self._workspace, campaigns, cards)
        if any(problem.severity == "error" for problem in found):
            return found
        found += timetable_problems(self._workspace, campaigns, start, end)
        return found + limit_problems(self._workspace, campaigns, cards, start, end)
