"""The engine behind all SMS faces: takes orders, keeps handsets, and has receipts told when their moment has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from loa.clock import Clock
from loa.errors import LoaError
from loa.sandbox.journal import Effect, Journal
from loa.sandbox.sms.air import labelled, on_the_air
from loa.sandbox.sms.book import SealedBook
from loa.sandbox.sms.carriers import Carrier, carrier_of
from loa.sandbox.sms.counter import Counter
from loa.sandbox.sms.courier import Courier
from loa.sandbox.sms.course import DROPS, EARLY, STUMBLES, Course, Step, course_of, draws_of, moment_of, state_at
from loa.sandbox.sms.errands import PerMessage, Reply, WholeCall
from loa.sandbox.sms.guards import judge_number, judge_text
from loa.sandbox.sms.order import Accepted, Call, Inbound, Message, Order, Reason, State
from loa.sandbox.sms.rules import Rules

if TYPE_CHECKING:
    from loa.sandbox.sms.face import SmsFace


class Numbers(Protocol):
    """Gives numbers that become ids."""

    def __call__(self) -> int: ...


class Engine:
    """One for all faces. Every method may be called from any thread."""

    def __init__(self, clock: Clock, journal: Journal, numbers: Numbers, *, seed: int, rules: Rules) -> None:
        self.clock = clock
        self.seed = seed
        self.rules = rules
        self.courier = Courier(clock)
        self.counter = Counter()
        self.lost = 0
        """Messages of an earlier run whose numbers cannot be read any more: no handset, no receipts."""
        self._journal = journal
        self._numbers = numbers
        self._book = SealedBook(journal.path.with_suffix(".sms"), journal.key_for("sms book"))
        self._faces: dict[str, SmsFace] = {}
        self._calls: dict[str, Call] = {}
        self._newest: dict[str, Message | Inbound] = {}
        self._lock = Lock()
        self._in_journal = self._in_book = 0

    def register(self, face: SmsFace) -> None:
        self._faces[face.name] = face

    def accept(self, order: Order) -> Accepted:
        """Take an order, or as much of it as its carriers and its gateway take.

        Raises:
            Refusal: nothing of it is taken. Stumble: nothing is taken, this once.
        """
        face, rules = self._faces[order.face], self.rules
        with self._lock:
            now = self.clock.now()
            self.counter.check(order, rules, now, face.key_life)
            if rules.magic and any(number.endswith(STUMBLES) for number in order.numbers):
                self.counter.stumble(order)
            judged = self._judged(order, rules, now)
            told = [reason if reason in order.tells else None for reason in judged]
            call = self._call(order, rules, now, judged, told)
            price = self.counter.charge(call, told.count(None))
            self._put(call)
        messages = self._begin(call) if order.callback else []
        return Accepted(
            call,
            tuple(told),
            price,
            drops=rules.magic and any(number.endswith(DROPS) for number in order.numbers),
            early=tuple(each for each in messages if rules.magic and each.number.endswith(EARLY)),
        )

    def call(self, call_id: str) -> Call | None:
        """A call that was taken, for gateways that can be asked."""
        return self._calls.get(call_id)

    def find(self, message_id: str) -> Message | None:
        """A message by its own id, for gateways that can be asked."""
        call_id, dash, place = message_id.rpartition("-")
        for wanted, position in ((message_id, 0), (call_id, int(place) - 1 if dash and place.isdigit() else 0)):
            call = self._calls.get(wanted)
            if call is not None and position not in call.skipped and 0 <= position < len(call.order.numbers):
                return Message(call, position, None)
        return None

    def state(self, message: Message) -> Step:
        """What the gateway knows of a message now."""
        face = self._faces[message.call.order.face]
        seconds = (self.clock.now() - message.call.at).total_seconds()
        step = state_at(self.course(message), seconds)
        return _as_heard(face, self.course(message), step)

    def totals(self, call: Call, at: datetime | None = None) -> dict[State, int]:
        """How many messages of a call are in which state, now or at a moment."""
        seconds = ((at or self.clock.now()) - call.at).total_seconds()
        found: dict[State, int] = {}
        for message in messages_of(call):
            state = state_at(self.course(message), seconds).state
            found[state] = found.get(state, 0) + 1
        return found

    def course(self, message: Message) -> Course:
        return course_of(message, self.seed, hasty=self._faces[message.call.order.face].hasty)

    def steps(self, message: Message) -> list[Step]:
        """The receipts of a message that its gateway sends."""
        face, course = self._faces[message.call.order.face], self.course(message)
        return [_as_heard(face, course, step) for step in course.steps if step.state in face.reports]

    def face_of(self, name: str) -> SmsFace:
        return self._faces[name]

    def carrier(self, number: str, rules: Rules | None = None) -> Carrier:
        """Who carries a number."""
        used = rules or self.rules
        return carrier_of(number, draws_of(self.seed, "carrier", number)[0], used.ported, magic=used.magic)

    def deliver(self) -> bool:
        """Bring every receipt and every citizen's text that is due; False when there was too little time for it."""
        return self.courier.deliver()

    def tell_early(self, accepted: Accepted) -> None:
        """Bring the receipts that come before the answer to the call."""
        for message in accepted.early:
            for index in range(len(self.steps(message))):
                self.courier.now(PerMessage(self, message, index, alone=True))

    def hears(self, newest: Message | Inbound) -> bool:
        """Whether the gateway of what stands last on a handset brings an answer to it."""
        where = newest if isinstance(newest, Inbound) else newest.call.order
        asked = Inbound("mo0", self.clock.now(), where.face, where.account, where.sender, "+84900000000", "TC")
        return self.face_of(where.face).inbound(asked, "http://127.0.0.1/") is not None

    def write_back(self, handset: str, text: str) -> Inbound:
        """A citizen answers, from the handset with this fingerprint, to whoever sent the last message.

        Raises:
            LoaError: E857, no such handset has got a message.
        """
        found = next((number for number in self._newest if self.fingerprint(number) == handset), None)
        if found is None:
            raise LoaError("E857", handset=handset)
        with self._lock:
            newest = self._newest[found]
            where = newest if isinstance(newest, Inbound) else newest.call.order
            inbound = Inbound(
                f"mo{self._numbers()}", self.clock.now(), where.face, where.account, where.sender, found, text, newest
            )
            del self._newest[found]
            self._newest[found] = inbound
            self._book.keep_inbound(inbound)
        if url := self.rules.webhook(where.face, where.sender):
            self.courier.add([(inbound.at.timestamp(), Reply(self, inbound, url))])
        return inbound

    def fingerprint(self, number: str) -> str:
        """What a handset is known by outside, instead of its number."""
        return self._journal.fingerprint(number)

    def handsets(self, most: int) -> list[tuple[str, Message | Inbound]]:
        """The numbers where something happened last, newest first, each with the newest thing on its handset.

        ``earlier`` leads from there to the rest.
        """
        with self._lock:
            return [(number, self._newest[number]) for number in islice(reversed(self._newest), most)]

    @property
    def handsets_in_all(self) -> int:
        return len(self._newest)

    @property
    def messages_in_all(self) -> int:
        """All messages that were taken, in this run and in earlier ones."""
        return self._in_book

    def calls(self) -> Sequence[Call]:
        with self._lock:
            return tuple(self._calls.values())

    def told(self, call: Call, place: int, count: int) -> None:
        """So many receipts are out: a restart goes on behind them."""
        self._book.keep_told([(call.id, place, count)])

    def remember(self, effect: Effect) -> None:
        """An effect of an earlier run: its key stays known."""
        self._in_journal += 1
        self.counter.remember(effect)

    def wake(self) -> None:
        """Take up the calls of an earlier run, when all faces are there."""
        told: dict[tuple[str, int], int] = {}
        for entry in self._book.read():
            if isinstance(entry, Call):
                self._restore(entry)
            elif isinstance(entry, Inbound):
                earlier = self._newest.pop(entry.number, None)
                self._newest[entry.number] = replace(entry, earlier=earlier)
            elif entry is not None:
                told |= {(call, place): count for call, place, count in entry}
        self.lost = max(0, self._in_journal - self._in_book)
        for call in self._calls.values():
            if call.order.callback:
                self._begin(call, told)

    def close(self) -> None:
        self.courier.stop()
        self._book.close()

    def _judged(self, order: Order, rules: Rules, now: datetime) -> list[Reason | None]:
        """For each number why its carrier says no."""
        by_carrier: dict[Carrier | None, Reason | None] = {}
        matters = bool(rules.senders or rules.no_unicode or rules.forbidden)
        found: list[Reason | None] = []
        for number in order.numbers:
            carrier = self.carrier(number, rules) if matters else None
            if carrier not in by_carrier:
                by_carrier[carrier] = judge_text(order, carrier, rules)
            reason = by_carrier[carrier] or judge_number(number, rules)
            found.append(reason or self.counter.repeated(number, order.text, rules, now))
        return found

    def _call(
        self, order: Order, rules: Rules, now: datetime, judged: Sequence[Reason | None], told: Sequence[Reason | None]
    ) -> Call:
        text = labelled(order.text) if rules.label and order.advertising else order.text
        parts, unicode = on_the_air(text, unicode=order.unicode)
        later = {place: reason for place, reason in enumerate(judged) if reason is not None and told[place] is None}
        skipped = frozenset(place for place, reason in enumerate(told) if reason is not None)
        return Call(order.id_form.format(self._numbers()), now, order, parts, unicode, rules, later, skipped)

    def _put(self, call: Call) -> None:
        """Keep a call, its messages and its effects."""
        messages = list(messages_of(call))
        if not messages:
            return
        self._book.keep_call(call)
        self._shelve(call, messages)
        order = call.order
        extra = {"parts": len(call.parts), "unicode": call.unicode}
        rows = [(each.id, each.number) for each in messages]
        self._journal.append_many(order.face, order.sender, "sms", rows, key=order.key, text=call.text, extra=extra)

    def _shelve(self, call: Call, messages: Sequence[Message]) -> None:
        self._calls[call.id] = call
        self._in_book += len(messages)
        for each in messages:
            each.earlier = self._newest.pop(each.number, None)
            self._newest[each.number] = each  # at the end of the dictionary: the newest

    def _restore(self, call: Call) -> None:
        self._shelve(call, list(messages_of(call)))
        self.counter.restore(call)

    def _begin(self, call: Call, told: dict[tuple[str, int], int] | None = None) -> list[Message]:
        """Queue the first receipt of every message that has not been told yet."""
        known = told or {}
        if call.order.whole:
            errand = WholeCall(self, call, known.get((call.id, -1), 0))
            self.courier.add(errand.first())
            return []
        messages = list(messages_of(call))
        early = call.rules.magic
        waiting = []
        for each in messages:
            if early and told is None and each.number.endswith(EARLY):
                continue  # told before the answer
            index = known.get((call.id, each.place), 0)
            steps = self.steps(each)
            if index < len(steps):
                waiting.append((moment_of(call, steps[index]), PerMessage(self, each, index)))
        self.courier.add(waiting)
        return messages


def messages_of(call: Call) -> Iterator[Message]:
    """The messages of a call that were taken."""
    return (Message(call, place, None) for place in range(len(call.order.numbers)) if place not in call.skipped)


def _as_heard(face: SmsFace, course: Course, step: Step) -> Step:
    """What a gateway makes of the loss of a part that it asked no receipt for."""
    if step.reason == "part_lost" and course.lost and face.hears_first_part_only:
        return Step(step.after, "delivered")
    return step
